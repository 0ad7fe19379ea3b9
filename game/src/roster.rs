//! Who plays: the teams of a game, by id.

use protocol::ids::TeamId;
use std::collections::BTreeMap;

/// The teams' names. They are not part of the facts, so that they can be erased.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster(BTreeMap<TeamId, String>);

impl Roster {
    /// A team's name; empty if it was erased.
    pub fn name(&self, team: TeamId) -> String {
        self.0.get(&team).cloned().unwrap_or_default()
    }

    /// All teams.
    pub fn teams(&self) -> impl Iterator<Item = TeamId> {
        self.0.keys().copied()
    }
}

impl FromIterator<(TeamId, String)> for Roster {
    fn from_iter<T: IntoIterator<Item = (TeamId, String)>>(teams: T) -> Self {
        Self(teams.into_iter().collect())
    }
}
