//! Names of things, each a type of its own, so that one cannot be passed for another.

use serde::{Deserialize, Serialize};

/// Milliseconds on the server's wall clock, counted from the Unix epoch.
pub type Millis = i64;

/// Microseconds on a clock that the context names, the page's or the server's, or between two instants of one.
pub type Micros = i64;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub $inner);
    };
}

id!(
    /// A team of one game.
    TeamId(u32)
);
id!(
    /// A question of one game: its index in the whole quiz, counted from 0.
    QuestionId(u16)
);
id!(
    /// One loading of a page: random, so that two tabs of one browser never number their edits alike.
    WriterId(u64)
);
impl WriterId {
    /// Writes what neither page typed: what a rule or the quizmaster changes in an answer.
    pub const SERVER: Self = Self(0);
}

id!(
    /// The place of an anonymous answer in one team's rating sheet; it says nothing about the author.
    Slot(u16)
);
