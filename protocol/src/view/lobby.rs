//! Who is here, before the first question.

use crate::ids::TeamId;
use crate::limits;
use serde::{Deserialize, Serialize};

/// A team and whether it is connected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LobbyTeam {
    /// Which team.
    pub team: TeamId,
    /// Its name.
    pub name: String,
    /// Whether a page of it is open.
    pub online: bool,
    /// How often it has lit its tile, and the round-trip time of the laptop that did so last.
    pub waved: Option<(u32, u32)>,
}

/// Who is here: as a whole when a page comes, then what has changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// Teams with a page open.
    pub here: u32,
    /// Teams of the game.
    pub of: u32,
    /// All of them by name, if they are no more than [`limits::LOBBY_TEAMS`]; else those that came last, the newest
    /// first. In a message about changes: those that have changed.
    pub teams: Vec<LobbyTeam>,
}

impl Attendance {
    /// Whether every team is listed, whoever has come.
    pub fn is_whole(&self) -> bool {
        self.of as usize <= limits::LOBBY_TEAMS
    }

    /// Takes what has changed.
    pub fn follow(&mut self, news: Self) {
        (self.here, self.of) = (news.here, news.of);
        self.teams.retain(|team| !news.teams.iter().any(|changed| changed.team == team.team));
        if self.is_whole() {
            self.teams.extend(news.teams);
            self.teams.sort_by(|one, other| one.name.cmp(&other.name));
        } else {
            self.teams.splice(0..0, news.teams.into_iter().filter(|team| team.online));
            self.teams.truncate(limits::LOBBY_TEAMS);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn presence(team: u32, online: bool) -> LobbyTeam {
        LobbyTeam { team: TeamId(team), name: format!("Team {team:03}"), online, waved: None }
    }

    #[test]
    fn a_small_hall_is_listed_by_name_whoever_has_come() {
        let mut attendance = Attendance { here: 0, of: 3, teams: (1..=3).map(|team| presence(team, false)).collect() };
        attendance.follow(Attendance { here: 1, of: 3, teams: vec![presence(2, true)] });
        let listed: Vec<_> = attendance.teams.iter().map(|team| (team.team.0, team.online)).collect();
        assert_eq!(listed, [(1, false), (2, true), (3, false)]);
    }

    #[test]
    fn of_a_large_hall_those_that_came_last_are_listed() {
        let mut attendance = Attendance { here: 0, of: 1_000, teams: Vec::new() };
        for team in 1..=200 {
            attendance.follow(Attendance { here: team, of: 1_000, teams: vec![presence(team, true)] });
        }
        attendance.follow(Attendance { here: 199, of: 1_000, teams: vec![presence(199, false)] });
        let listed: Vec<_> = attendance.teams.iter().map(|team| team.team.0).collect();
        assert_eq!((listed.len(), listed[0], listed[1]), (limits::LOBBY_TEAMS - 1, 200, 198));
    }
}
