//! Who sits in the hall: what is known of the teams beside the rules, and never part of a replay.

use crate::line::{self, Line};
use protocol::ids::{Millis, QuestionId, TeamId};
use protocol::limits;
use protocol::seal::{Enclosure, Key, Sealed};
use protocol::view::{Muster, Transport};
use std::collections::{BTreeMap, BTreeSet};

/// Teams of which one may be slower than everybody is made to wait for.
const TEAMS_PER_OUTLIER: usize = 20;

/// An open page of a team, or a big screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// How it is connected.
    pub transport: Transport,
    /// Its line.
    pub line: Line,
    /// How much of 100 it has of which sealed question.
    pub loaded: Option<(QuestionId, u8)>,
}

impl Page {
    /// One that has just come.
    pub fn new(transport: Transport) -> Self {
        Self { transport, line: Line::default(), loaded: None }
    }

    /// How much of 100 it has of a sealed question.
    pub fn percent(&self, question: QuestionId) -> u8 {
        self.loaded.filter(|(of, _)| *of == question).map_or(0, |(_, percent)| percent)
    }
}

/// A team's seat.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seat {
    /// The team's name.
    pub name: String,
    /// Open pages, by their connections.
    pub devices: BTreeMap<u64, Page>,
    /// When a page was last connected.
    pub seen_ms: Option<Millis>,
    /// Least round trip of any of its pages, for one that has not been measured yet, or only just come.
    pub least_us: Option<u32>,
    /// How often it has lit its tile, and the round-trip time of the page that did so last, in milliseconds.
    pub waved: Option<(u32, u32)>,
}

impl Seat {
    /// How long after the deadline what was typed on a page may arrive.
    pub fn grace_ms(&self, connection: u64) -> Millis {
        let line = self.devices.get(&connection).map(|page| &page.line).filter(|line| !line.is_young());
        line::grace_ms(line.and_then(Line::least_us).or(self.least_us))
    }
}

/// A question that has gone out sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// Which.
    pub question: QuestionId,
    /// What pages hold.
    pub sealed: Sealed,
    /// What opens it.
    pub key: Key,
    /// Whether pages have been given the key.
    pub is_given: bool,
}

/// What a sealed picture is fetched and opened with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureSeal {
    /// Where it is.
    pub enclosure: Enclosure,
    /// What opens it.
    pub key: Key,
    /// Its kind.
    pub mime: String,
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
    /// Big screens, by their connections.
    pub screens: BTreeMap<u64, Page>,
    /// Screens that wait to be let in, by their connections: the numbers that they show.
    pub waiting: BTreeMap<u64, u16>,
    /// Path of the big screen, with the key that opens it.
    pub screen: String,
    /// Page loads that have told when they showed the question that is on; those of nobody are big screens.
    pub shown: BTreeMap<Option<TeamId>, BTreeSet<u64>>,
    /// The question that is being armed.
    pub seal: Option<Seal>,
    /// How pictures are sealed, by their addresses.
    pub pictures: BTreeMap<String, PictureSeal>,
    /// The instant from which pages show where the game stands.
    pub from_ms: Millis,
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

    /// All pages that show questions, with whose they are.
    pub fn pages(&self) -> impl Iterator<Item = (&str, &Page)> {
        let teams = self.seats.values().flat_map(|seat| seat.devices.values().map(|page| (seat.name.as_str(), page)));
        teams.chain(self.screens.values().map(|page| (SCREEN, page)))
    }

    /// A question is sealed anew: no page has it, or has shown it.
    pub fn forget_reveal(&mut self) {
        let devices = self.seats.values_mut().flat_map(|seat| seat.devices.values_mut());
        devices.chain(self.screens.values_mut()).for_each(|page| page.loaded = None);
        self.shown.clear();
    }

    /// Whether this is the first that a page load tells of showing the question, and from no more of them than can be
    /// open: whoever comes back over another connection is still the same.
    pub fn shows(&mut self, team: Option<TeamId>, page_load: u64) -> bool {
        let most = if team.is_some() { limits::DEVICES_PER_TEAM } else { limits::SCREENS_PER_GAME };
        let shown = self.shown.entry(team).or_default();
        shown.len() < most && shown.insert(page_load)
    }

    /// Who can open a question, and who cannot yet.
    pub fn muster(&self, question: QuestionId) -> Muster {
        let mut muster = Muster::default();
        for (name, page) in self.pages() {
            muster.pages += 1;
            match page.percent(question) {
                100.. => muster.ready += 1,
                percent => muster.waiting.push((name.to_owned(), percent)),
            }
        }
        muster
    }

    /// A question as pages hold it, and its key once they may have it.
    pub fn sealed(&self, question: QuestionId) -> (Sealed, Option<Key>) {
        let seal = self.seal.as_ref().filter(|seal| seal.question == question);
        let key = seal.filter(|seal| seal.is_given).map(|seal| seal.key.clone());
        (seal.map(|seal| seal.sealed.clone()).unwrap_or_default(), key)
    }

    /// How long it takes until the slowest page has heard something, within bounds. The slowest team of each twenty is
    /// not waited for, but told to be late: one page that answers late must not make it later for everybody.
    pub fn lead_ms(&self) -> Millis {
        let reach_us = |pages: &BTreeMap<u64, Page>| pages.values().map(|page| page.line.reach_us()).max();
        let mut teams_us: Vec<_> = self.seats.values().filter_map(|seat| reach_us(&seat.devices)).collect();
        teams_us.sort_unstable();
        let outliers = if teams_us.len() > 1 { teams_us.len().div_ceil(TEAMS_PER_OUTLIER) } else { 0 };
        let team_us = teams_us.into_iter().rev().nth(outliers);
        let slowest_us = team_us.max(reach_us(&self.screens)).unwrap_or(0);
        (Millis::from(slowest_us) / 1_000 + limits::LEAD_MS_MIN / 2).clamp(limits::LEAD_MS_MIN, limits::LEAD_MS_MAX)
    }

    /// How long before the reveal pages are given the key: until it has come, and what it opens is ready to be painted.
    pub fn key_lead_ms(&self) -> Millis {
        let picture = self.seal.as_ref().and_then(|seal| seal.sealed.picture.as_ref());
        let decode_ms = picture.map_or(0, |picture| i64::from(picture.bytes) * limits::DECODE_MS_PER_MB / 1_000_000);
        (self.lead_ms() + decode_ms).min(limits::KEY_MS_MAX)
    }
}

/// What the big screen is called among the teams.
pub const SCREEN: &str = "Big screen";

#[cfg(test)]
mod tests {
    use super::*;

    /// A hall of teams with one page each, whose round trips take so long.
    fn hall(round_trips_ms: &[u32]) -> Hall {
        let seat = |round_trip_ms: &u32| {
            let mut page = Page::new(Transport::WebSocket);
            (0..10).for_each(|_| page.line.hear(round_trip_ms * 1_000));
            Seat { devices: BTreeMap::from([(1, page)]), ..Seat::default() }
        };
        let seats = round_trips_ms.iter().map(seat).zip(1..).map(|(seat, team)| (TeamId(team), seat));
        Hall { seats: seats.collect(), ..Hall::default() }
    }

    #[test]
    fn one_page_that_answers_late_does_not_make_it_later_for_the_others() {
        for honest in [1, 2, 3, 19] {
            let mut round_trips_ms = vec![20; honest];
            let lead_ms = hall(&round_trips_ms).lead_ms();
            round_trips_ms.push(1_900);
            assert_eq!(hall(&round_trips_ms).lead_ms(), lead_ms, "{honest}");
        }
    }

    #[test]
    fn slow_lines_that_are_no_exception_are_waited_for() {
        assert_eq!(hall(&[700]).lead_ms(), 750);
        assert_eq!(hall(&[20, 20, 600, 700]).lead_ms(), 650);
        let mut screens = hall(&[20, 20]);
        let mut page = Page::new(Transport::WebSocket);
        page.line.hear(500_000);
        screens.screens.insert(9, page);
        assert_eq!(screens.lead_ms(), 550);
    }

    #[test]
    fn who_has_just_come_gets_no_more_time_than_the_team_s_best_line() {
        let mut seat = Seat { devices: BTreeMap::from([(7, Page::new(Transport::WebSocket))]), ..Seat::default() };
        assert_eq!(seat.grace_ms(7), limits::GRACE_MS_MIN, "nothing is known");
        seat.least_us = Some(20_000);
        let hear = |seat: &mut Seat| seat.devices.values_mut().for_each(|page| page.line.hear(800_000));
        hear(&mut seat);
        assert_eq!(seat.grace_ms(7), 290, "it would have to stay slow");
        (0..40).for_each(|_| hear(&mut seat));
        assert_eq!(seat.grace_ms(7), 1_850, "a slow line is believed in the end");
    }

    #[test]
    fn a_page_load_shows_a_question_once_and_a_team_has_only_so_many() {
        let mut hall = Hall::default();
        let team = Some(TeamId(1));
        assert!(hall.shows(team, 1) && !hall.shows(team, 1) && hall.shows(None, 1));
        assert_eq!((2..1_000).filter(|page_load| hall.shows(team, *page_load)).count(), limits::DEVICES_PER_TEAM - 1);
        hall.forget_reveal();
        assert!(hall.shows(team, 1));
    }
}
