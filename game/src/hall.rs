//! Who sits in the hall: what is known of the teams beside the rules, and never part of a replay.

use protocol::ids::{Millis, QuestionId, TeamId};
use protocol::view::Device;
use std::collections::BTreeMap;

/// A team's seat.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seat {
    /// The team's name.
    pub name: String,
    /// Open pages, by their connections.
    pub devices: BTreeMap<u64, Device>,
    /// When a page was last connected.
    pub seen_ms: Option<Millis>,
}

/// The hall of one game.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hall {
    /// The game's code.
    pub code: String,
    /// Address that teams join at, without the scheme.
    pub address: String,
    /// The same as a square of QR modules.
    pub qr: Vec<bool>,
    /// The teams.
    pub seats: BTreeMap<TeamId, Seat>,
    /// What everybody should be told, such as after an outage.
    pub notice: Option<String>,
    /// The earlier question that the quizmaster looks at.
    pub review: Option<QuestionId>,
    /// The answer whose history the quizmaster looks at.
    pub history: Option<(TeamId, QuestionId)>,
}

impl Hall {
    /// A team's name; empty if it was erased.
    pub fn name(&self, team: TeamId) -> String {
        self.seats.get(&team).map(|seat| seat.name.clone()).unwrap_or_default()
    }
}
