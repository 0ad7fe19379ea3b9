//! Whose view an event changes, so that a keypress does not redraw the hall.

use crate::event::Event;
use protocol::ids::TeamId;
use std::collections::BTreeSet;

/// The views that have to be sent again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
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
    /// What may wait for a moment.
    pub crowd: Crowd,
}

/// What comes from all pages at about the same time: a view for each would be as many views as pages, each with
/// something about all pages in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Crowd {
    /// The desk's view.
    pub desk: bool,
    /// The big screen's.
    pub screen: bool,
    /// Rows of the wall.
    pub rows: BTreeSet<TeamId>,
    /// Who is here.
    pub presence: BTreeSet<TeamId>,
}

impl Crowd {
    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Adds what waits as well.
    pub fn gather(&mut self, other: Self) {
        self.desk |= other.desk;
        self.screen |= other.screen;
        self.rows.extend(other.rows);
        self.presence.extend(other.presence);
    }
}

impl Touched {
    /// What has waited is to be sent.
    pub fn release(&mut self, crowd: Crowd) {
        self.desk |= crowd.desk;
        self.screen |= crowd.screen;
        self.rows.extend(crowd.rows);
        self.presence.extend(crowd.presence);
    }

    /// Adds what an event changes.
    pub fn add(&mut self, event: &Event) {
        match event {
            Event::Edited { team, .. } => {
                self.rows.insert(*team);
            }
            Event::LateSettled { .. } => self.desk = true,
            // Also what a rule cuts off, with each key beyond the limit.
            Event::Amended { team, .. } => {
                self.rows.insert(*team);
                self.crowd.desk = true;
                self.crowd.screen = true;
            }
            Event::Rated { team, .. } => {
                self.crowd.desk = true;
                self.crowd.screen = true;
                self.teams.insert(*team);
            }
            Event::Shown { .. } => {
                self.crowd.desk = true;
                self.crowd.screen = true;
            }
            Event::EditedLate { .. } | Event::RatedLate { .. } => self.crowd.desk = true,
            _ => self.all = true,
        }
    }
}
