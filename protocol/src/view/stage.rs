//! Where a game stands, as pages show it: the same stages for everybody, and beside each what one audience alone is told.

use super::{Attendance, Span, Standing};
use crate::ids::Millis;
use crate::question::{Heading, Question, Solution};
use crate::seal::{CipherKey, Enclosure, Sealed};
use crate::shared::Shared;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt::Debug;

/// Something that travels in a view.
pub trait Part: Debug + Clone + Default + Eq + Serialize + DeserializeOwned + Send + Sync + 'static {}

impl<T: Debug + Clone + Default + Eq + Serialize + DeserializeOwned + Send + Sync + 'static> Part for T {}

/// Whom views are for, with what they alone are told at each stage. The type itself is what they are told at every one.
pub trait Audience: Part {
    /// Beside who is here.
    type Lobby: Part;
    /// Beside the question that is being answered.
    type Open: Part;
    /// Beside the question that was answered.
    type Closed: Part;
    /// Beside the solution.
    type Solution: Part;
    /// Beside the clock of a rating.
    type Rating: Part;
    /// Beside the leaderboard.
    type Scores: Part;
}

/// Where the game stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "")]
pub enum Stage<A: Audience> {
    /// Not known yet: what a page shows before its link is up.
    #[default]
    Connecting,
    /// Before the first question.
    Lobby {
        /// Who is here.
        attendance: Attendance,
        /// What this audience alone is told.
        own: A::Lobby,
    },
    /// Between two questions, with the next round's or question's heading.
    Between {
        /// Heading of the next question.
        next: Heading,
        /// One sentence about the round, before its first question.
        intro: String,
    },
    /// Counting in.
    Armed {
        /// Heading of what comes.
        heading: Heading,
        /// The question, which cannot be read yet.
        sealed: Sealed,
        /// When it opens; nothing while pages are still waited for.
        reveal_ms: Option<Millis>,
        /// What opens it, shortly before the instant.
        key: Option<CipherKey>,
    },
    /// Being answered.
    Open {
        /// The question.
        question: Question,
        /// From reveal to deadline.
        clock: Span,
        /// What this audience alone is told.
        own: A::Open,
    },
    /// Answered, waiting for what comes next.
    Closed {
        /// The question.
        question: Question,
        /// Still collecting what is under way.
        collecting: bool,
        /// What this audience alone is told.
        own: A::Closed,
    },
    /// The solution is shown.
    Solution {
        /// The question.
        question: Question,
        /// Its solution.
        solution: Solution,
        /// What this audience alone is told.
        own: A::Solution,
    },
    /// Teams rate each other's answers.
    Rating {
        /// Round whose answers they are.
        round: u16,
        /// From the end of the card to the deadline.
        clock: Span,
        /// What this audience alone is told.
        own: A::Rating,
    },
    /// Rating has ended.
    Rated {
        /// Still collecting what is under way.
        collecting: bool,
    },
    /// The leaderboard is shown.
    Scores {
        /// All teams.
        standings: Shared<Vec<Standing>>,
        /// What this audience alone is told.
        own: A::Scores,
    },
    /// The end.
    Finished {
        /// All teams.
        standings: Shared<Vec<Standing>>,
    },
    /// The clock is stopped and the question covered.
    Paused {
        /// Time that was left.
        left_ms: Millis,
    },
}

impl<A: Audience> Stage<A> {
    /// The question that is shown, if one is.
    pub fn question(&self) -> Option<&Question> {
        match self {
            Self::Open { question, .. } | Self::Closed { question, .. } | Self::Solution { question, .. } => {
                Some(question)
            }
            _ => None,
        }
    }

    /// The same, to be changed.
    pub fn question_mut(&mut self) -> Option<&mut Question> {
        match self {
            Self::Open { question, .. } | Self::Closed { question, .. } | Self::Solution { question, .. } => {
                Some(question)
            }
            _ => None,
        }
    }

    /// Number of the question that it is about, or of the round.
    pub fn subject(&self) -> u16 {
        match self {
            Self::Between { next: heading, .. } | Self::Armed { heading, .. } => heading.id.0,
            Self::Rating { round, .. } => *round,
            _ => self.question().map_or(0, |question| question.heading.id.0),
        }
    }

    /// The clock that runs.
    pub fn clock(&self) -> Option<Span> {
        match self {
            Self::Open { clock, .. } | Self::Rating { clock, .. } => Some(*clock),
            _ => None,
        }
    }

    /// When the question that is being counted in opens, once that is known.
    pub fn reveal_ms(&self) -> Option<Millis> {
        match self {
            Self::Armed { reveal_ms, .. } => *reveal_ms,
            _ => None,
        }
    }

    /// The leaderboard, where it is shown.
    pub fn standings(&self) -> &[Standing] {
        match self {
            Self::Scores { standings, .. } | Self::Finished { standings } => standings,
            _ => &[],
        }
    }

    /// Who is here, to be changed.
    pub fn attendance_mut(&mut self) -> Option<&mut Attendance> {
        match self {
            Self::Lobby { attendance, .. } => Some(attendance),
            _ => None,
        }
    }
}

/// What a page shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct View<A: Audience> {
    /// Journal sequence that it reflects.
    pub seq: u64,
    /// Title of the game.
    pub title: String,
    /// Where the game stands.
    pub stage: Stage<A>,
    /// The instant from which this is to be shown, so that all pages change together.
    pub from_ms: Millis,
    /// The next question's picture, to be fetched while there is time.
    pub ahead: Option<Enclosure>,
    /// What this audience alone is told, wherever the game stands.
    pub own: A,
}
