//! A team's view.

use super::{Audience, Mark, Notice, Stage, View};
use crate::ids::{Slot, TeamId};
use serde::{Deserialize, Serialize};

/// What a team sees.
pub type TeamView = View<TeamPart>;
/// Where the game stands, for a team.
pub type TeamStage = Stage<TeamPart>;

/// What only a team's pages are told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamPart {
    /// The team's own name.
    pub name: String,
    /// The team's own id, to find itself in the leaderboard.
    pub team: Option<TeamId>,
    /// The game's code; with the team's id it names what this browser keeps.
    pub game: String,
    /// The team's open pages, this one included.
    pub devices: u32,
    /// What the server has to say, such as after an outage.
    pub notice: Option<Notice>,
}

impl Audience for TeamPart {
    type Lobby = ();
    type Open = ();
    type Closed = ();
    /// The team's own mark.
    type Solution = Mark;
    type Rating = Jury;
    /// Own marks of the round, by question.
    type Scores = Vec<(String, Mark)>;
}

/// What a team rates.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jury {
    /// Other teams' answers.
    pub sheets: Vec<Sheet>,
    /// Whether there are too few teams for anonymity.
    pub too_few: bool,
}

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

impl TeamStage {
    /// Whether an answer is being written, or may be gone on with: it is covered, or its question was withdrawn.
    pub fn is_answerable(&self) -> bool {
        matches!(self, Self::Between { .. } | Self::Armed { .. } | Self::Open { .. } | Self::Paused { .. })
    }
}
