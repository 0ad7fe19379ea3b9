//! Why something was refused, in words for a person.

use serde::{Deserialize, Serialize};
use std::fmt;

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
    /// The mark is higher than the question's points.
    MarkTooHigh,
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

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownTeam => "This team is not part of the game.",
            Self::UnknownQuestion => "The game has no such question.",
            Self::NotOpen => "The question is not open.",
            Self::WrongKind => "That does not fit this kind of question.",
            Self::OutOfRange => "The change lies outside the text.",
            Self::TooLong => "The answer is as long as it can be.",
            Self::TooManyEdits => "This answer was changed too often.",
            Self::TooManyWriters => "This team has opened too many pages.",
            Self::NumberSkipped => "An earlier keypress is missing.",
            Self::UnknownBase => "The page had lost track of the answer.",
            Self::NotRating => "That answer is not there to be rated now.",
            Self::NoSuchStars => "Give one to five stars.",
            Self::Stale => "The game had already moved on; nothing was done.",
            Self::NotNow => "That is not possible at this point.",
            Self::NothingToRate => "Nobody wrote an answer that could be rated.",
            Self::MarkTooHigh => "A mark cannot be higher than the question's points.",
            Self::BatchTooLong => "That was too much at once.",
            Self::TooMuch => "This team has sent more than one evening can hold.",
            Self::NobodyToRate => "No team is here that could rate another one's answer.",
        })
    }
}

impl std::error::Error for Rejection {}
