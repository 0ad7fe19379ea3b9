//! What a game holds of answers and their ratings.

use crate::event::Deal;
use protocol::answer::{Change, Content, Step};
use protocol::ids::{Millis, Slot, TeamId, WriterId};
use std::collections::BTreeMap;

/// When a step of an answer was made, by the page's estimate, and when it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// Made.
    pub made_ms: Millis,
    /// Came.
    pub at_ms: Millis,
}

/// An edit that came too late.
#[derive(Debug, Clone, PartialEq)]
pub struct LateEdit {
    /// By which page load.
    pub writer: WriterId,
    /// When.
    pub times: Times,
    /// Revision it is to be placed on; nothing if it cannot be.
    pub base: Option<u32>,
    /// Whether it stands on the one before it of the same page load.
    pub on_late: bool,
    /// How long after the deadline it could have arrived.
    pub grace_ms: Option<Millis>,
    /// What it would have changed.
    pub changes: Vec<Change>,
}

/// One team's answer to one question.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// What is there.
    pub content: Content,
    /// All accepted steps; their number is the revision.
    pub steps: Vec<Step>,
    /// When they were made, one for each step.
    pub times: Vec<Times>,
    /// Changes of all steps together.
    pub changes: usize,
    /// When it last changed.
    pub changed_ms: Millis,
    /// Edits that came too late, at most [`protocol::limits::LATE_EDITS`].
    pub late: Vec<LateEdit>,
    /// Their changes together.
    pub late_changes: usize,
    /// How many of them the quizmaster has accepted or left.
    pub settled: usize,
    /// The last late number of each page load, for pages that were not there to be told.
    pub late_numbers: BTreeMap<WriterId, u64>,
}

impl Answer {
    /// Edits that came too late and wait for the quizmaster's word.
    pub fn unsettled(&self) -> &[LateEdit] {
        self.late.get(self.settled..).unwrap_or_default()
    }

    pub(super) fn step(&mut self, step: Step, times: Times) {
        step.changes.iter().for_each(|change| self.content.apply(change));
        self.changed_ms = times.at_ms;
        self.changes += step.changes.len();
        self.steps.push(step);
        self.times.push(times);
    }
}

/// A page that showed a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Display {
    /// Whose; nothing for a big screen.
    pub team: Option<TeamId>,
    /// Microseconds after the instant of the reveal.
    pub after_us: u32,
    /// How far off that may be.
    pub error_us: u32,
    /// Whether its browser's clock is so coarse that this says little.
    pub coarse: bool,
}

impl Display {
    /// Whether it says how close together laptops showed the question.
    pub fn is_telling(&self) -> bool {
        self.team.is_some() && !self.coarse
    }
}

/// A click on a star.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clicked {
    /// By which team.
    pub team: TeamId,
    /// On which of its sheet's answers.
    pub slot: Slot,
    /// 1 to 5.
    pub stars: u8,
    /// When it came.
    pub at_ms: Millis,
    /// Whether that was too late.
    pub late: bool,
}

/// One round's rating.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RatingRound {
    /// What each team rates, by slot.
    pub sheets: BTreeMap<TeamId, Vec<Deal>>,
    /// Who rates each answer, and in which slot.
    pub raters: BTreeMap<Deal, Vec<(TeamId, Slot)>>,
    /// Stars given.
    pub stars: BTreeMap<(TeamId, Slot), u8>,
    /// All clicks, in order.
    pub clicks: Vec<Clicked>,
    /// Their number for each team.
    pub clicks_by: BTreeMap<TeamId, usize>,
}

impl RatingRound {
    /// A round's rating before the first star.
    pub(super) fn new(sheets: BTreeMap<TeamId, Vec<Deal>>) -> Self {
        let mut raters: BTreeMap<Deal, Vec<(TeamId, Slot)>> = BTreeMap::new();
        for (team, sheet) in &sheets {
            for (deal, slot) in sheet.iter().zip(0u16..) {
                raters.entry(*deal).or_default().push((*team, Slot(slot)));
            }
        }
        Self { sheets, raters, ..Self::default() }
    }
}
