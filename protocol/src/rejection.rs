//! Why something was refused.

use serde::{Deserialize, Serialize};

/// A reason for which a message changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Rejection {
    /// The game has no such team.
    UnknownTeam,
    /// The game has no such question.
    UnknownQuestion,
    /// The question is not open.
    NotOpen,
    /// The change does not fit this kind of answer.
    WrongKind,
    /// The change lies outside the text.
    OutOfRange,
    /// The answer would become too long.
    TooLong,
    /// More edits than one answer may have.
    TooManyEdits,
    /// More page loads than one team may have.
    TooManyWriters,
    /// An edit is missing before this one.
    NumberSkipped,
    /// The edit is based on a revision that does not exist or is too old.
    UnknownBase,
    /// There is no such answer to rate, or rating is not on.
    NotRating,
    /// Not one to five stars.
    NoSuchStars,
    /// The game has moved on since the button was shown.
    Stale,
    /// That makes no sense at this point of the game.
    NotNow,
    /// There is no answer to rate.
    NothingToRate,
    /// The mark is less than nothing, or more than the question's points.
    MarkOutOfRange,
    /// Placing the whole batch would take too long; its parts are welcome.
    BatchTooLong,
    /// The team has sent more than a game keeps of one.
    TooMuch,
    /// No team is here that could rate any of the answers.
    NobodyToRate,
}

impl Rejection {
    /// Whether it says that page and server had lost track of each other, rather than that the thing cannot be.
    pub fn is_lost_track(self) -> bool {
        matches!(self, Self::OutOfRange | Self::NumberSkipped | Self::UnknownBase | Self::BatchTooLong)
    }
}
