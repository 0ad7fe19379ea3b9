//! What each role sees of a game. A team's types have no place for a solution before it is shown, nor for the
//! author of an answer it rates.

mod desk;
mod history;
mod lobby;
mod screen;
mod stage;
mod team;

pub use crate::mark::{Cents, Mark, Reason};
pub use desk::*;
pub use history::*;
pub use lobby::*;
pub use screen::*;
pub use stage::*;
pub use team::*;

use crate::ids::{Millis, TeamId};
use crate::rejection::Rejection;
use serde::{Deserialize, Serialize};

/// What the server has to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Notice {
    /// It was away, and lost none of so many saved keypresses.
    Back {
        /// How many there are.
        saved: u64,
    },
    /// What was just done changes nothing.
    Refused(Rejection),
}

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
