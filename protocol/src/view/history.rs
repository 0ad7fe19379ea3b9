//! What happened to one answer, as evidence for the quizmaster.

use crate::ids::{Millis, QuestionId, TeamId};
use serde::{Deserialize, Serialize};

/// Everything that happened to one answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// Whose.
    pub team: TeamId,
    /// Its name.
    pub name: String,
    /// To which question.
    pub question: QuestionId,
    /// Its prompt.
    pub prompt: String,
    /// How it stood, the newest first; at most [`crate::limits::HISTORY_VERSIONS`].
    pub versions: Vec<Version>,
    /// What came too late, the newest first.
    pub late: Vec<LateVersion>,
    /// Clicks on its stars, the newest first.
    pub clicks: Vec<Click>,
    /// Whether an earlier version can be used now.
    pub usable: bool,
}

/// An answer as it stood when nobody typed for a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Revision of the answer.
    pub revision: u32,
    /// When it came to stand like this, by the server's clock.
    pub at_ms: Millis,
    /// Which device of the team made its last change, counted from 1; nothing for the quizmaster or a rule.
    pub device: Option<u16>,
    /// What it said.
    pub text: String,
}

/// Edits that came too late, as one text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateVersion {
    /// When the last of them was made, by the device's estimate of the server's clock.
    pub made_ms: Millis,
    /// When they came.
    pub arrived_ms: Millis,
    /// Which device sent them.
    pub device: Option<u16>,
    /// What the answer would have said with them.
    pub text: String,
    /// Until when they would have counted.
    pub closes_ms: Millis,
    /// When the first of them was made, by the device's estimate.
    pub first_ms: Millis,
    /// How long after that what was made in time could have come over this line.
    pub grace_ms: Option<Millis>,
    /// Whether the quizmaster has accepted or left them.
    pub settled: bool,
}

/// One click on a star of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Click {
    /// Name of the rater.
    pub rater: String,
    /// 1 to 5.
    pub stars: u8,
    /// When it came.
    pub at_ms: Millis,
    /// Whether it came too late to count.
    pub late: bool,
}
