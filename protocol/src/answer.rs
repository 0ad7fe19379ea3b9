//! One team's answer to one question, and the changes it is made of.

use crate::ids::{Millis, QuestionId, WriterId};
use crate::text::{self, Splice};
use serde::{Deserialize, Serialize};

/// Options ticked, as a set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices(pub u32);

impl Choices {
    /// Whether the option is ticked.
    pub fn has(self, option: u8) -> bool {
        option < 32 && self.0 & (1 << option) != 0
    }

    /// Ticks or unticks an option.
    pub fn set(&mut self, option: u8, on: bool) {
        if option < 32 {
            self.0 = if on { self.0 | 1 << option } else { self.0 & !(1 << option) };
        }
    }

    /// The ticked options in ascending order.
    pub fn iter(self) -> impl Iterator<Item = u8> {
        (0..32).filter(move |option| self.has(*option))
    }
}

/// What a team has written or ticked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Text of the text and number kinds.
    pub text: String,
    /// Options of the choice kinds.
    pub choices: Choices,
}

impl Content {
    /// Applies a change that fits; one that does not is cut to what does.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Splice(splice) => splice.apply(&mut self.text),
            Change::Tick { option, on } => self.choices.set(*option, *on),
            Change::Pick { option } => {
                self.choices = Choices::default();
                self.choices.set(*option, true);
            }
        }
    }
}

/// What an edit does to an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// Text replaced.
    Splice(Splice),
    /// One of several options ticked or unticked.
    Tick {
        /// Which option.
        option: u8,
        /// Ticked or not.
        on: bool,
    },
    /// The one option chosen.
    Pick {
        /// Which option.
        option: u8,
    },
}

impl Change {
    /// What it takes to keep it, about.
    pub fn bytes(&self) -> u64 {
        match self {
            Self::Splice(splice) => 16 + splice.insert.len() as u64,
            Self::Tick { .. } | Self::Pick { .. } => 16,
        }
    }
}

/// One keypress, paste or click with the instant it was made, by the page's estimate of the server's clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// When it was made.
    pub at_ms: Millis,
    /// What was made: one change, unless another page's edits have split it or made it needless.
    pub changes: Vec<Change>,
}

/// One accepted revision of an answer: a page's change, as it fits the answer at that point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Who made it.
    pub writer: WriterId,
    /// Its number among that writer's.
    pub number: u64,
    /// The change; empty where others had already made it, two where theirs split it.
    pub changes: Vec<Change>,
}

/// An answer as the server has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Which question.
    pub question: QuestionId,
    /// How many steps were accepted.
    pub revision: u32,
    /// What they add up to.
    pub content: Content,
}

/// Carries two concurrent sequences of changes past each other; `ours` was accepted second.
///
/// Returns (ours after theirs, theirs after ours). Of two choices that collide ours wins, so theirs is left out.
pub fn transform(ours: &[Change], theirs: &[Change]) -> (Vec<Change>, Vec<Change>) {
    let splices = |changes: &[Change]| -> Vec<Splice> {
        changes
            .iter()
            .filter_map(|change| match change {
                Change::Splice(splice) => Some(splice.clone()),
                _ => None,
            })
            .collect()
    };
    let (left, right) = text::transform(&splices(ours), &splices(theirs));
    let merge = |changes: &[Change], splices: Vec<Splice>| -> Vec<Change> {
        let others = changes.iter().filter(|change| !matches!(change, Change::Splice(_))).cloned();
        splices.into_iter().map(Change::Splice).chain(others).collect()
    };
    let mut after = merge(theirs, right);
    after.retain(|change| !is_overruled(change, ours));
    (merge(ours, left), after)
}

fn is_overruled(theirs: &Change, ours: &[Change]) -> bool {
    ours.iter().any(|our| match (theirs, our) {
        (Change::Tick { option, .. }, Change::Tick { option: own, .. }) => option == own,
        (Change::Tick { .. } | Change::Pick { .. }, Change::Pick { .. }) => true,
        _ => false,
    })
}
