//! What answers are worth, and why.

use serde::{Deserialize, Serialize};

/// Hundredths of a point, so that half a star is exact; fewer than none where something was lost.
pub type Cents = i64;

/// A mark and its reason.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// What was given; nothing while it is pending.
    pub cents: Option<Cents>,
    /// Of how much.
    pub of: Cents,
    /// Why, by the rules.
    pub reason: Reason,
    /// Set by the quizmaster, whatever the rules say.
    pub by_hand: bool,
}

/// Why a mark is what the rules make it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// Nothing was answered.
    #[default]
    NoAnswer,
    /// The text is among the accepted ones.
    Accepted,
    /// It is not.
    NotAccepted,
    /// The right option was chosen.
    Right,
    /// Another one was.
    Wrong,
    /// Several options were ticked.
    Ticks {
        /// How many of them are right.
        hits: u32,
        /// How many are right at all.
        of: u32,
        /// How many of those that were ticked are not.
        wrong: u32,
    },
    /// The number is the right one.
    Exact,
    /// It is within the tolerance.
    CloseEnough,
    /// It is not.
    OffBy {
        /// By how much, in hundredths; more than this can hold counts as the most that it can.
        hundredths: u64,
    },
    /// What was written is no number.
    NotANumber,
    /// Too few teams have rated the answer yet.
    Pending {
        /// How many have.
        given: u32,
        /// How many have to.
        needed: u32,
    },
    /// The median of what other teams gave.
    Median {
        /// Twice the median, so that half a star is exact.
        doubled: u32,
        /// What they gave, the least first.
        stars: Vec<u8>,
    },
}
