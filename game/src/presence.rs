//! Who is here: the pages that are connected, and how far away they are.

use crate::roster::Roster;
use crate::round_trips::{self, RoundTrips};
use protocol::ids::{Millis, QuestionId, TeamId};
use protocol::limits;
use protocol::view::{Attendance, LobbyTeam, RollCall, Transport};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Teams of which one may be slower than everybody is made to wait for.
const TEAMS_PER_OUTLIER: usize = 20;

/// An open page of a team, or a big screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectedPage {
    /// How it is connected.
    pub transport: Transport,
    /// How far away it is.
    pub round_trips: RoundTrips,
    /// How much of 100 it has of which sealed question.
    pub loaded: Option<(QuestionId, u8)>,
}

impl ConnectedPage {
    /// One that has just come.
    pub fn new(transport: Transport) -> Self {
        Self { transport, round_trips: RoundTrips::default(), loaded: None }
    }

    /// How much of 100 it has of a sealed question.
    pub fn percent(&self, question: QuestionId) -> u8 {
        self.loaded.filter(|(of, _)| *of == question).map_or(0, |(_, percent)| percent)
    }
}

/// A team's pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TeamPresence {
    /// Those that are open, by their connections.
    pub pages: BTreeMap<u64, ConnectedPage>,
    /// When one was last connected.
    pub seen_ms: Option<Millis>,
    /// Least round trip of any of them, for one that has not been measured yet, or only just come.
    pub least_us: Option<u32>,
    /// How often the team has lit its tile, and the round-trip time of the page that did so last, in milliseconds.
    pub waved: Option<(u32, u32)>,
}

impl TeamPresence {
    /// Whether a page is open.
    pub fn is_here(&self) -> bool {
        !self.pages.is_empty()
    }

    /// How long after the deadline what was typed on a page may arrive.
    pub fn grace_ms(&self, connection: u64) -> Millis {
        let page = self.pages.get(&connection).map(|page| &page.round_trips);
        let believed = page.filter(|round_trips| !round_trips.is_young());
        round_trips::grace_ms(believed.and_then(RoundTrips::least_us).or(self.least_us))
    }
}

/// Who is here, of one game.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Presence {
    /// The teams, whether they are here or not.
    pub teams: BTreeMap<TeamId, TeamPresence>,
    /// Big screens, by their connections.
    pub screens: BTreeMap<u64, ConnectedPage>,
    /// Screens that wait to be let in, by their connections: the numbers that they show.
    pub waiting: BTreeMap<u64, u16>,
}

impl Presence {
    /// Nobody is here yet.
    pub fn of(teams: impl IntoIterator<Item = TeamId>) -> Self {
        let teams = teams.into_iter().map(|team| (team, TeamPresence::default())).collect();
        Self { teams, ..Self::default() }
    }

    /// All pages that show questions, with whose they are; those of nobody are big screens.
    pub fn pages(&self) -> impl Iterator<Item = (Option<TeamId>, &ConnectedPage)> {
        let of_teams = self.teams.iter().flat_map(|(team, of)| of.pages.values().map(|page| (Some(*team), page)));
        of_teams.chain(self.screens.values().map(|page| (None, page)))
    }

    /// A question is sealed anew: no page has it.
    pub fn forget_loaded(&mut self) {
        let of_teams = self.teams.values_mut().flat_map(|team| team.pages.values_mut());
        of_teams.chain(self.screens.values_mut()).for_each(|page| page.loaded = None);
    }

    /// Who can open a question, and who cannot yet.
    pub fn roll_call(&self, roster: &Roster, question: QuestionId) -> RollCall {
        let mut roll_call = RollCall::default();
        for (team, page) in self.pages() {
            roll_call.pages += 1;
            match page.percent(question) {
                100.. => roll_call.ready += 1,
                percent => roll_call.waiting.push((team.map(|team| roster.name(team)), percent)),
            }
        }
        roll_call
    }

    /// Whether every page can open a question.
    pub fn is_ready(&self, question: QuestionId) -> bool {
        self.pages().all(|(_, page)| page.percent(question) >= 100)
    }

    /// How long it takes until the slowest page has heard something, within bounds. The slowest team of each twenty is
    /// not waited for, but told to be late: one page that answers late must not make it later for everybody.
    pub fn lead_ms(&self) -> Millis {
        let reach_us =
            |pages: &BTreeMap<u64, ConnectedPage>| pages.values().map(|page| page.round_trips.reach_us()).max();
        let mut teams_us: Vec<_> = self.teams.values().filter_map(|team| reach_us(&team.pages)).collect();
        teams_us.sort_unstable();
        let outliers = if teams_us.len() > 1 { teams_us.len().div_ceil(TEAMS_PER_OUTLIER) } else { 0 };
        let team_us = teams_us.into_iter().rev().nth(outliers);
        let slowest_us = team_us.max(reach_us(&self.screens)).unwrap_or(0);
        (Millis::from(slowest_us) / 1_000 + limits::LEAD_MS_MIN / 2).clamp(limits::LEAD_MS_MIN, limits::LEAD_MS_MAX)
    }

    /// Who is here, for a page that comes; its own team is listed in any case.
    pub fn attendance(&self, roster: &Roster, own: Option<TeamId>) -> Attendance {
        let mut attendance = self.attendance_of(roster, &BTreeSet::new());
        let mut listed: Vec<_> = self.teams.iter().collect();
        if !attendance.is_whole() {
            listed.retain(|(team, of)| of.is_here() || Some(**team) == own);
            let newest_first = |(team, of): &(&TeamId, &TeamPresence)| (Some(**team) != own, Reverse(of.seen_ms));
            // Only those that are listed are put in order: each page that comes asks.
            if listed.len() > limits::LOBBY_TEAMS {
                listed.select_nth_unstable_by_key(limits::LOBBY_TEAMS, newest_first);
                listed.truncate(limits::LOBBY_TEAMS);
            }
            listed.sort_unstable_by_key(newest_first);
        }
        attendance.teams = listed.into_iter().map(|(team, of)| lobby_team(roster, *team, of)).collect();
        if attendance.is_whole() {
            attendance.teams.sort_by(|one, other| one.name.cmp(&other.name));
        }
        attendance
    }

    /// What has changed of who is here.
    pub fn attendance_of(&self, roster: &Roster, teams: &BTreeSet<TeamId>) -> Attendance {
        let here = self.teams.values().filter(|team| team.is_here()).count() as u32;
        let changed = teams.iter().filter_map(|team| Some(lobby_team(roster, *team, self.teams.get(team)?)));
        Attendance { here, of: self.teams.len() as u32, teams: changed.collect() }
    }
}

fn lobby_team(roster: &Roster, team: TeamId, of: &TeamPresence) -> LobbyTeam {
    LobbyTeam { team, name: roster.name(team), online: of.is_here(), waved: of.waved }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Teams with one page each, whose round trips take so long.
    fn presence(round_trips_ms: &[u32]) -> Presence {
        let team = |round_trip_ms: &u32| {
            let mut page = ConnectedPage::new(Transport::WebSocket);
            (0..10).for_each(|_| page.round_trips.hear(round_trip_ms * 1_000));
            TeamPresence { pages: BTreeMap::from([(1, page)]), ..TeamPresence::default() }
        };
        let teams = round_trips_ms.iter().map(team).zip(1..).map(|(of, team)| (TeamId(team), of));
        Presence { teams: teams.collect(), ..Presence::default() }
    }

    #[test]
    fn one_page_that_answers_late_does_not_make_it_later_for_the_others() {
        for honest in [1, 2, 3, 19] {
            let mut round_trips_ms = vec![20; honest];
            let lead_ms = presence(&round_trips_ms).lead_ms();
            round_trips_ms.push(1_900);
            assert_eq!(presence(&round_trips_ms).lead_ms(), lead_ms, "{honest}");
        }
    }

    #[test]
    fn slow_lines_that_are_no_exception_are_waited_for() {
        assert_eq!(presence(&[700]).lead_ms(), 750);
        assert_eq!(presence(&[20, 20, 600, 700]).lead_ms(), 650);
        let mut screens = presence(&[20, 20]);
        let mut page = ConnectedPage::new(Transport::WebSocket);
        page.round_trips.hear(500_000);
        screens.screens.insert(9, page);
        assert_eq!(screens.lead_ms(), 550);
    }

    #[test]
    fn who_has_just_come_gets_no_more_time_than_the_team_s_best_line() {
        let mut team = TeamPresence {
            pages: BTreeMap::from([(7, ConnectedPage::new(Transport::WebSocket))]),
            ..TeamPresence::default()
        };
        assert_eq!(team.grace_ms(7), limits::GRACE_MS_MIN, "nothing is known");
        team.least_us = Some(20_000);
        let hear = |team: &mut TeamPresence| team.pages.values_mut().for_each(|page| page.round_trips.hear(800_000));
        hear(&mut team);
        assert_eq!(team.grace_ms(7), 290, "it would have to stay slow");
        (0..40).for_each(|_| hear(&mut team));
        assert_eq!(team.grace_ms(7), 1_850, "a slow line is believed in the end");
    }
}
