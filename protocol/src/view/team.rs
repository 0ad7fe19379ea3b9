//! A team's view.

use super::{Attendance, Mark, Span, Standing};
use crate::ids::{Millis, Slot, TeamId};
use crate::question::{Heading, Question, Solution};
use crate::seal::{CipherKey, Enclosure, Sealed};
use crate::shared::Shared;
use serde::{Deserialize, Serialize};

/// One anonymous answer to rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its place.
    pub slot: Slot,
    /// The question it answers.
    pub prompt: String,
    /// What to judge.
    pub criterion: String,
    /// The answer.
    pub text: String,
    /// Stars given so far, 0 for none.
    pub stars: u8,
}

/// Where the game stands, for a team.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TeamStage {
    /// Not known yet: what the page shows before its link is up.
    #[default]
    Connecting,
    /// Before the first question.
    Lobby {
        /// Who is here.
        attendance: Attendance,
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
    },
    /// Answered, waiting for what comes next.
    Closed {
        /// The question.
        question: Question,
        /// Still collecting what is under way.
        collecting: bool,
    },
    /// The solution is shown.
    Solution {
        /// The question.
        question: Question,
        /// Its solution.
        solution: Solution,
        /// The team's own mark.
        mark: Mark,
    },
    /// Rating other teams' answers.
    Rating {
        /// Round whose answers they are.
        round: u16,
        /// From the end of the card to the deadline.
        clock: Span,
        /// What to rate.
        sheets: Vec<Sheet>,
        /// Whether there are too few teams for anonymity.
        too_few: bool,
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
        /// Own marks of the round, by question.
        marks: Vec<(String, Mark)>,
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

impl TeamStage {
    /// Whether an answer is being written, or may be gone on with: it is covered, or its question was withdrawn.
    pub fn is_answerable(&self) -> bool {
        matches!(self, Self::Between { .. } | Self::Armed { .. } | Self::Open { .. } | Self::Paused { .. })
    }

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

/// What a team sees.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamView {
    /// Journal sequence that it reflects.
    pub seq: u64,
    /// Title of the game.
    pub title: String,
    /// The team's own name.
    pub name: String,
    /// The team's own id, to find itself in the leaderboard.
    pub team: Option<TeamId>,
    /// The game's code; with the team's id it names what this browser keeps.
    pub game: String,
    /// The team's open pages, this one included.
    pub devices: u32,
    /// Where the game stands.
    pub stage: TeamStage,
    /// The instant from which this is to be shown, so that all pages change together.
    pub from_ms: Millis,
    /// The next question's picture, to be fetched while there is time.
    pub ahead: Option<Enclosure>,
    /// What the server has to say, such as after an outage.
    pub notice: Option<String>,
}
