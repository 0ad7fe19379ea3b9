//! A team's page as far as its answers go: its own outbox, and those of earlier page loads of this browser which it sends
//! to the end. Pure: it is told what came and asked what to send.

use crate::answer::{Change, Content};
use crate::client::FromTeam;
use crate::ids::{Millis, QuestionId, Slot, WriterId};
use crate::limits;
use crate::outbox::{DiskWrites, Kept, NotTaken, Outbox};
use crate::rejection::Rejection;
use crate::seal::Unsealing;
use crate::server::ToTeam;
use crate::view::{Attendance, TeamView};

/// What a message means for the page, beside the answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// Nothing.
    Nothing,
    /// The game stands there.
    View(Box<TeamView>),
    /// Another device of the team types.
    TypedElsewhere,
    /// Something came too late to count.
    Late,
    /// Something was refused.
    Refused(Rejection),
    /// What opens the next question.
    Unseal(Unsealing),
    /// What has changed of who is here.
    Attendance(Attendance),
}

/// All replica of a page.
#[derive(Debug, Clone)]
pub struct Replica {
    own: Outbox,
    orphans: Vec<Outbox>,
    is_connected: bool,
    /// Whether the own one has started anew and nothing was acknowledged since: a second refusal is taken as the last
    /// word.
    restarted: bool,
    /// Orphans that were given up.
    given_up: Vec<WriterId>,
}

impl Replica {
    /// An empty own one for a new page load.
    pub fn new(writer: WriterId) -> Self {
        Self {
            own: Outbox::new(writer),
            orphans: Vec::new(),
            is_connected: false,
            restarted: false,
            given_up: Vec::new(),
        }
    }

    /// Takes over what earlier page loads have kept, as far as it is not too old. The rest is forgotten.
    pub fn adopt(&mut self, records: Vec<Kept>, now_ms: Millis) {
        let known = |writer: WriterId| {
            writer == self.own.writer() || self.orphans.iter().any(|orphan| orphan.writer() == writer)
        };
        let records = records.into_iter().filter(|kept| !known(kept.writer)).collect();
        let is_young = |outbox: &Outbox| outbox.newest_ms().is_some_and(|at_ms| now_ms - at_ms < limits::KEPT_MS);
        let (mut young, old): (Vec<_>, Vec<_>) = Outbox::restore(records).into_iter().partition(is_young);
        self.given_up.extend(old.iter().map(Outbox::writer));
        young.truncate(limits::ORPHANS);
        if self.is_connected {
            young.iter_mut().for_each(Outbox::connected);
        }
        self.orphans.extend(young);
    }

    /// What the page shows for a question.
    pub fn content(&self, question: QuestionId) -> Content {
        self.own.content(question)
    }

    /// Edits and ratings that are not acknowledged yet.
    pub fn unsaved(&self) -> usize {
        self.own.unsaved() + self.orphans.iter().map(Outbox::unsaved).sum::<usize>()
    }

    /// Takes what was typed or ticked.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn edit(&mut self, question: QuestionId, change: Change, at_ms: Millis) -> Result<(), NotTaken> {
        self.own.edit(question, change, at_ms)
    }

    /// Takes a click on a star.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn rate(&mut self, round: u16, slot: Slot, stars: u8, at_ms: Millis) -> Result<(), NotTaken> {
        self.own.rate(round, slot, stars, at_ms)
    }

    /// Gives up everything that is not acknowledged, on the disk too.
    pub fn forget(&mut self) {
        self.given_up.extend(self.orphans.drain(..).map(|orphan| orphan.writer()));
        self.own.forget();
    }

    /// A connection stands.
    pub fn connected(&mut self) {
        self.is_connected = true;
        self.all().for_each(Outbox::connected);
    }

    /// The connection is gone.
    pub fn cut(&mut self) {
        self.is_connected = false;
        self.all().for_each(Outbox::cut);
    }

    /// The next message to send: first of all the own greeting, by which the server knows the connection.
    pub fn flush(&mut self) -> Option<FromTeam> {
        let greets = self.own.is_to_greet();
        let orphans = self.orphans.iter_mut().filter(|_| !greets).find_map(Outbox::flush);
        orphans.or_else(|| self.own.flush())
    }

    /// What the crash store has to do to hold what is here.
    pub fn disk_writes(&mut self) -> Vec<DiskWrites> {
        let mut disk_writes: Vec<_> = self.all().filter_map(Outbox::disk_writes).collect();
        let gone = |writer| DiskWrites { writer, first: u64::MAX, put: Vec::new(), former: Vec::new() };
        disk_writes.extend(std::mem::take(&mut self.given_up).into_iter().map(gone));
        self.orphans.retain(|orphan| orphan.unsaved() > 0);
        disk_writes
    }

    /// Takes what the server says. `fresh` is a writer that nobody else is, for when the page has to start anew.
    pub fn hear(&mut self, message: ToTeam, fresh: WriterId) -> Heard {
        match message {
            ToTeam::Welcome { writer, view, acked, missed, documents } => {
                let lost = self.of(writer).map(|outbox| outbox.welcome(acked, missed, documents));
                let lost = lost.unwrap_or_default();
                if writer != self.own.writer() && !lost.is_empty() {
                    self.give_up(writer);
                } else {
                    lost.into_iter().for_each(|document| self.own.restart(fresh, Some(document), true));
                }
                Heard::View(view.into())
            }
            ToTeam::View(view) => Heard::View(view.into()),
            ToTeam::Ack { writer, number, revision } => {
                self.restarted &= writer != self.own.writer();
                self.of(writer).into_iter().for_each(|outbox| outbox.acked(number, revision));
                Heard::Nothing
            }
            ToTeam::Edited { question, revision, step } => {
                let ours = self.of(step.writer).is_some();
                let mut typed = false;
                self.all().for_each(|outbox| typed |= outbox.edited(question, revision, step.clone()));
                if typed && !ours { Heard::TypedElsewhere } else { Heard::Nothing }
            }
            ToTeam::Late { writer, number, document } => {
                self.of(writer).into_iter().for_each(|outbox| outbox.late(number, document.clone()));
                Heard::Late
            }
            ToTeam::Refused { writer, reason: Rejection::BatchTooLong, .. }
                if self.of(writer).is_some_and(Outbox::halve) =>
            {
                Heard::Nothing
            }
            ToTeam::Refused { writer, reason, document } => {
                if writer == self.own.writer() {
                    let resubmit = !self.restarted && reason.is_lost_track();
                    self.own.restart(fresh, document, resubmit);
                    self.restarted = true;
                } else {
                    self.give_up(writer);
                }
                Heard::Refused(reason)
            }
            ToTeam::Unseal(unsealing) => Heard::Unseal(unsealing),
            ToTeam::Attendance(news) => Heard::Attendance(news),
        }
    }

    fn all(&mut self) -> impl Iterator<Item = &mut Outbox> {
        std::iter::once(&mut self.own).chain(&mut self.orphans)
    }

    fn of(&mut self, writer: WriterId) -> Option<&mut Outbox> {
        self.all().find(|outbox| outbox.writer() == writer)
    }

    fn give_up(&mut self, writer: WriterId) {
        self.orphans.retain(|orphan| orphan.writer() != writer);
        self.given_up.push(writer);
    }
}

#[cfg(test)]
mod tests;
