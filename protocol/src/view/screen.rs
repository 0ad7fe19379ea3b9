//! The big screen's view.

use super::{Attendance, Span, Standing, Together};
use crate::ids::Millis;
use crate::question::{Heading, Question, Solution};
use crate::seal::{CipherKey, Enclosure, Sealed};
use crate::shared::Shared;
use serde::{Deserialize, Serialize};

/// Where the game stands, for the room.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub enum ScreenStage {
    /// Not known yet.
    #[default]
    Connecting,
    /// Before the first question.
    Lobby {
        /// Who is here.
        attendance: Attendance,
    },
    /// Between two questions.
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
        /// Teams that have written something.
        answered: u32,
        /// Teams in all.
        teams: u32,
        /// How close together the laptops showed it, once they have said so.
        together: Option<Together>,
    },
    /// Pencils down.
    Closed {
        /// The question.
        question: Question,
        /// Teams that have written something.
        answered: u32,
        /// Teams in all.
        teams: u32,
        /// Still collecting what is under way.
        collecting: bool,
    },
    /// The solution is shown.
    Solution {
        /// The question.
        question: Question,
        /// Its solution.
        solution: Solution,
        /// Teams with full marks.
        right: u32,
        /// Teams in all.
        teams: u32,
    },
    /// Teams rate.
    Rating {
        /// From the end of the card to the deadline.
        clock: Span,
        /// For each team: ratings given, of how many.
        progress: Vec<(String, u32, u32)>,
    },
    /// Rating has ended.
    Rated {
        /// Still collecting what is under way.
        collecting: bool,
    },
    /// The leaderboard.
    Scores {
        /// All teams.
        standings: Shared<Vec<Standing>>,
    },
    /// The podium.
    Finished {
        /// All teams.
        standings: Shared<Vec<Standing>>,
    },
    /// The clock is stopped.
    Paused {
        /// Time that was left.
        left_ms: Millis,
    },
    /// The quizmaster has not let this screen in.
    Waiting {
        /// What it is known by on the desk.
        number: u16,
    },
}

impl ScreenStage {
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
}

/// What the room sees.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ScreenView {
    /// Journal sequence that it reflects.
    pub seq: u64,
    /// Title of the game.
    pub title: String,
    /// Address to join at, without the scheme.
    pub address: String,
    /// The same as a QR code: a square of modules, true is dark.
    pub qr: Vec<bool>,
    /// Where the game stands.
    pub stage: ScreenStage,
    /// The instant from which this is to be shown, so that all pages change together.
    pub from_ms: Millis,
    /// The next question's picture, to be fetched while there is time.
    pub ahead: Option<Enclosure>,
}
