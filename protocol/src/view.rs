//! What each role sees of a game. A team's types have no place for a solution before it is shown, nor for the
//! author of an answer it rates.

mod desk;
mod lobby;
mod screen;
mod team;

pub use desk::*;
pub use lobby::*;
pub use screen::*;
pub use team::*;

use crate::ids::{Millis, TeamId};
use serde::{Deserialize, Serialize};

/// Hundredths of a point, so that half a star is exact.
pub type Cents = u32;

/// A team's place in the leaderboard; ties share one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// 1 is first.
    pub place: u32,
    /// Whose.
    pub team: TeamId,
    /// Its name.
    pub name: String,
    /// All its points.
    pub cents: Cents,
}

/// A mark and its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// What was given; nothing while it is pending.
    pub cents: Option<Cents>,
    /// Of how much.
    pub of: Cents,
    /// Why.
    pub why: String,
    /// Set by the quizmaster.
    pub by_hand: bool,
}

/// How close together pages showed one question, by their own word, each within the error of its clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Together {
    /// Laptops that showed it.
    pub laptops: u32,
    /// Microseconds from the first to the last.
    pub spread_us: u32,
}

/// A clock that runs between two server instants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// From.
    pub from_ms: Millis,
    /// To.
    pub to_ms: Millis,
}
