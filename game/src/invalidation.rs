//! Whose view an event changes, so that a keypress does not redraw every page.

use crate::event::Event;
use protocol::ids::TeamId;
use std::collections::BTreeSet;

/// Views that are out of date.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StaleViews {
    /// Every role's.
    pub all: bool,
    /// The desk's, as a whole.
    pub desk: bool,
    /// The big screen's.
    pub screen: bool,
    /// These teams'.
    pub teams: BTreeSet<TeamId>,
    /// These teams' rows of the wall.
    pub rows: BTreeSet<TeamId>,
    /// Who is here, of these teams.
    pub presence: BTreeSet<TeamId>,
}

impl StaleViews {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Adds those of another turn.
    pub fn merge(&mut self, other: Self) {
        self.all |= other.all;
        self.desk |= other.desk;
        self.screen |= other.screen;
        self.teams.extend(other.teams);
        self.rows.extend(other.rows);
        self.presence.extend(other.presence);
    }
}

/// The views that have to be sent again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Invalidation {
    /// At once.
    pub now: StaleViews,
    /// A few times a second: what comes from all pages at about the same time. A view for each would be as many views as
    /// pages, each with something about all pages in it.
    pub throttled: StaleViews,
}

impl Invalidation {
    /// Adds what an event changes.
    pub fn add(&mut self, event: &Event) {
        match event {
            Event::Edited { team, .. } => {
                self.now.rows.insert(*team);
            }
            Event::LateSettled { .. } => self.now.desk = true,
            // Also what a rule cuts off, with each key beyond the limit.
            Event::Amended { team, .. } => {
                self.now.rows.insert(*team);
                self.throttled.desk = true;
                self.throttled.screen = true;
            }
            Event::Rated { team, .. } => {
                self.throttled.desk = true;
                self.throttled.screen = true;
                self.now.teams.insert(*team);
            }
            Event::Displayed { .. } => {
                self.throttled.desk = true;
                self.throttled.screen = true;
            }
            Event::EditedLate { .. } | Event::RatedLate { .. } => self.throttled.desk = true,
            _ => self.now.all = true,
        }
    }
}
