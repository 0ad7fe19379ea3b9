//! Where a game stands.

use protocol::ids::{Millis, QuestionId};

/// Where a game stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Before the first question.
    Lobby,
    /// Before a round, or after a question was withdrawn.
    Between,
    /// Out on all pages, sealed; those that do not have it yet are waited for.
    Sealed {
        /// What.
        question: QuestionId,
    },
    /// Counting in.
    Armed {
        /// What.
        question: QuestionId,
        /// When it opens.
        reveal_ms: Millis,
    },
    /// Being answered.
    Open {
        /// What.
        question: QuestionId,
    },
    /// The clock has run out; what is under way still counts.
    Ending {
        /// What.
        question: QuestionId,
    },
    /// Answered.
    Closed {
        /// What.
        question: QuestionId,
    },
    /// The solution is shown.
    Solution {
        /// What.
        question: QuestionId,
    },
    /// Teams rate.
    Rating {
        /// Of which round.
        round: u16,
    },
    /// Rating has run out; clicks under way still count.
    RatingEnding {
        /// Of which round.
        round: u16,
    },
    /// Rated.
    Rated {
        /// Of which round.
        round: u16,
    },
    /// The leaderboard is shown.
    Scores,
    /// The end.
    Finished,
}

impl Phase {
    /// When the question that is being counted in opens.
    pub fn reveal_ms(self) -> Option<Millis> {
        match self {
            Self::Armed { reveal_ms, .. } => Some(reveal_ms),
            _ => None,
        }
    }
}
