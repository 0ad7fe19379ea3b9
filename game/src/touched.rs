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
}

impl Touched {
    /// Adds what an event changes.
    pub fn add(&mut self, event: &Event) {
        match event {
            Event::Edited { team, .. } => {
                self.rows.insert(*team);
                self.screen = true;
            }
            Event::Shown { .. } => {
                self.desk = true;
                self.screen = true;
            }
            Event::EditedLate { .. } | Event::LateSettled { .. } => self.desk = true,
            Event::Amended { .. } => {
                self.desk = true;
                self.screen = true;
            }
            Event::Rated { team, .. } => {
                self.desk = true;
                self.screen = true;
                self.teams.insert(*team);
            }
            Event::RatedLate { .. } => self.desk = true,
            _ => self.all = true,
        }
    }
}
