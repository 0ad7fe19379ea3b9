//! What is known of a game while it is played, beside the rules, and never part of a replay.

use crate::presence::Presence;
use crate::reveal::RevealState;
use crate::roster::Roster;
use protocol::ids::{Millis, QuestionId, TeamId};
use protocol::view::Notice;

/// Where a game is found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entrance {
    /// The game's code.
    pub code: String,
    /// Address that teams join at, without the scheme.
    pub address: String,
    /// The same as a square of QR modules.
    pub qr: Vec<bool>,
    /// Path of the big screen, with the key that opens it.
    pub screen: String,
}

/// What the quizmaster looks at beside the question that is on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeskSelection {
    /// An earlier question.
    pub review: Option<QuestionId>,
    /// An answer, with its history.
    pub history: Option<(TeamId, QuestionId)>,
}

/// A game's live state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LiveState {
    /// Where it is found.
    pub entrance: Entrance,
    /// Who plays.
    pub roster: Roster,
    /// Who is here.
    pub presence: Presence,
    /// How far the next question is on its way to the pages.
    pub reveal: RevealState,
    /// What the quizmaster looks at.
    pub selection: DeskSelection,
    /// The instant from which pages show where the game stands.
    pub from_ms: Millis,
    /// What everybody should be told, such as after an outage.
    pub notice: Option<Notice>,
}
