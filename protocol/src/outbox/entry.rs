//! What waits for its acknowledgement.

use crate::answer::Change;
use crate::ids::{Millis, QuestionId, Slot};
use crate::limits;
use crate::text::Splice;
use serde::{Deserialize, Serialize};

/// One numbered edit or rating.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number among the writer's.
    pub number: u64,
    /// When it was made.
    pub at_ms: Millis,
    /// Whether it stands on edits that came too late.
    pub on_late: bool,
    /// Whether the crash store has it as it is now.
    pub is_kept: bool,
    /// What was done.
    pub act: Act,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// Typed or ticked.
    Edit {
        /// In which answer.
        question: QuestionId,
        /// One change, unless another page's edits have split it or made it needless.
        changes: Vec<Change>,
    },
    /// A star clicked.
    Rate {
        /// Round whose answers are rated.
        round: u16,
        /// Which answer.
        slot: Slot,
        /// 1 to 5.
        stars: u8,
    },
}

impl Entry {
    /// Whether it edits the answer to this question.
    pub fn is_of(&self, question: QuestionId) -> bool {
        matches!(self.act, Act::Edit { question: of, .. } if of == question)
    }
}

/// Characters that a change brings.
pub fn length(change: &Change) -> usize {
    match change {
        Change::Splice(splice) => splice.inserted() as usize,
        _ => 0,
    }
}

/// A change as pieces that each fit a frame.
pub fn cut(change: Change) -> Vec<Change> {
    let Change::Splice(splice) = change else { return vec![change] };
    let chars: Vec<char> = splice.insert.chars().collect();
    if chars.len() <= limits::SPLICE_CHARS {
        return vec![Change::Splice(splice)];
    }
    let mut at = splice.at;
    let pieces = chars.chunks(limits::SPLICE_CHARS).enumerate();
    pieces
        .map(|(index, piece)| {
            let delete = if index == 0 { splice.delete } else { 0 };
            let piece = Splice { at, delete, insert: piece.iter().collect() };
            at += piece.inserted();
            Change::Splice(piece)
        })
        .collect()
}
