//! A page's edits on their way to the server: what is typed is shown at once, kept until it is acknowledged, sent
//! again after a lost connection under the same number, and carried past what the team's other pages typed.
//!
//! One batch is in flight at a time; whatever is typed meanwhile goes with the next. Pure: the caller moves frames, and
//! puts what [`Outbox::disk_writes`] tells on the laptop's disk.

mod entry;
mod exchange;
mod kept;
mod restart;

pub use entry::Act;
pub use kept::{DiskWrites, Kept};

use crate::answer::{Change, Content, Document, Step, transform};
use crate::ids::{Millis, QuestionId, Slot, WriterId};
use crate::limits;
use entry::{Entry, cut};
use std::collections::VecDeque;

/// Why something that was typed is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotTaken {
    /// The page has been offline for too long to keep more.
    Full,
    /// What was typed before came too late, and the page is just being told what counts.
    Late,
}

/// How far the connection has come. Nothing but the greeting is sent before the server has answered it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Handshake {
    Cut,
    Connected,
    Greeted,
    Welcomed,
}

/// Everything a page holds of its team's answers, sent and unsent.
#[derive(Debug, Clone)]
pub struct Outbox {
    writer: WriterId,
    next: u64,
    acked: u64,
    queue: VecDeque<Entry>,
    /// Last number of the batch whose acknowledgement is awaited.
    in_flight: Option<u64>,
    /// Edits that the next batch may have: fewer after one that the server could not place at once.
    batch_edits: usize,
    handshake: Handshake,
    /// Answers that the greeting named.
    named: Vec<QuestionId>,
    documents: Vec<Document>,
    /// Answers of which edits came too late, as they count. Entries that stand on those edits are still sent, for the
    /// journal; then this is what the page goes on from.
    counted: Vec<Document>,
    /// Whether the crash store has entries that are gone here.
    erased: bool,
    /// Writers that this page no longer is.
    former: Vec<WriterId>,
}

impl Outbox {
    /// An empty one for a new page load.
    pub fn new(writer: WriterId) -> Self {
        Self {
            writer,
            next: 1,
            acked: 0,
            queue: VecDeque::new(),
            in_flight: None,
            batch_edits: limits::BATCH_EDITS,
            handshake: Handshake::Cut,
            named: Vec::new(),
            documents: Vec::new(),
            counted: Vec::new(),
            erased: false,
            former: Vec::new(),
        }
    }

    /// Whose numbers it counts.
    pub fn writer(&self) -> WriterId {
        self.writer
    }

    /// What the page shows for a question: the server's state with everything typed since.
    pub fn content(&self, question: QuestionId) -> Content {
        let document = find(&self.counted, question).or_else(|| find(&self.documents, question));
        document.map(|document| document.content.clone()).unwrap_or_default()
    }

    /// Edits and ratings that are not acknowledged yet.
    pub fn unsaved(&self) -> usize {
        self.queue.len()
    }

    /// Takes what was typed or ticked; long pastes are cut into several edits.
    ///
    /// # Errors
    /// When it cannot be kept; nothing was taken then.
    pub fn edit(&mut self, question: QuestionId, change: Change, at_ms: Millis) -> Result<(), NotTaken> {
        let changes = cut(change);
        if find(&self.counted, question).is_some() {
            return Err(NotTaken::Late);
        }
        self.admit(changes.len())?;
        for change in changes {
            self.document(question).content.apply(&change);
            self.push(at_ms, Act::Edit { question, changes: vec![change] });
        }
        Ok(())
    }

    /// Takes a click on a star.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn rate(&mut self, round: u16, slot: Slot, stars: u8, at_ms: Millis) -> Result<(), NotTaken> {
        self.admit(1)?;
        self.push(at_ms, Act::Rate { round, slot, stars });
        Ok(())
    }

    /// Gives up everything that is not acknowledged.
    pub fn forget(&mut self) {
        self.acked(self.next - 1, None);
    }

    /// On disk: everything up to this number.
    pub fn acked(&mut self, number: u64, revision: Option<(QuestionId, u32)>) {
        self.acked = self.acked.max(number);
        self.take_off(|entry| entry.number <= number);
        self.in_flight = self.in_flight.filter(|last| *last > number);
        self.batch_edits = limits::BATCH_EDITS;
        if let Some((question, revision)) = revision {
            let document = self.document(question);
            document.revision = document.revision.max(revision);
        }
    }

    /// A step of the answer that the server accepted: another page's, the server's own, or one of this page whose
    /// acknowledgement is still to come. True when another page typed it.
    pub fn edited(&mut self, question: QuestionId, revision: u32, step: Step) -> bool {
        // Before the welcome there is a hole in what it knows; the welcome fills it.
        if self.handshake != Handshake::Welcomed || revision <= self.document(question).revision {
            return false;
        }
        self.document(question).revision = revision;
        if step.writer == self.writer {
            self.take_off(|entry| entry.number == step.number);
            return false;
        }
        if let Some(counted) = self.counted.iter_mut().find(|document| document.question == question) {
            counted.revision = revision;
            step.changes.iter().for_each(|change| counted.content.apply(change));
        }
        let mut theirs = step.changes;
        for entry in &mut self.queue {
            if let Act::Edit { question: of, changes } = &mut entry.act
                && *of == question
            {
                let (ours, after) = transform(changes, &theirs);
                (*changes, theirs) = (ours, after);
                // Also where nothing moved: it stands on another revision now.
                entry.is_kept = false;
            }
        }
        let document = self.document(question);
        theirs.iter().for_each(|change| document.content.apply(change));
        step.writer != WriterId::SERVER
    }

    /// Edits up to this number came too late to count; they are in the journal, and the answer is what the server says.
    pub fn late(&mut self, number: u64, document: Option<Document>) {
        self.acked(number, None);
        if let Some(document) = document {
            self.overrule(document);
        }
    }

    /// The server says what counts. What was typed on top of edits that do not is late as well.
    fn overrule(&mut self, document: Document) {
        let question = document.question;
        for entry in self.queue.iter_mut().filter(|entry| entry.is_of(question)) {
            (entry.on_late, entry.is_kept) = (true, false);
        }
        let ours = self.document(question);
        ours.revision = ours.revision.max(document.revision);
        put(&mut self.counted, document);
        self.count();
    }

    /// Where nothing stands on late edits any more, the page goes on from what counts.
    fn count(&mut self) {
        for document in std::mem::take(&mut self.counted) {
            let on_late = self.is_unsent(document.question);
            put(if on_late { &mut self.counted } else { &mut self.documents }, document);
        }
    }

    fn is_unsent(&self, question: QuestionId) -> bool {
        self.queue.iter().any(|entry| entry.is_of(question))
    }

    fn take_off(&mut self, is_done: impl Fn(&Entry) -> bool) {
        let before = self.queue.len();
        self.queue.retain(|entry| !is_done(entry));
        self.erased |= self.queue.len() < before;
        self.count();
    }

    fn admit(&self, entries: usize) -> Result<(), NotTaken> {
        if self.queue.len() + entries <= limits::OUTBOX_ENTRIES { Ok(()) } else { Err(NotTaken::Full) }
    }

    fn push(&mut self, at_ms: Millis, act: Act) {
        self.queue.push_back(Entry { number: self.next, at_ms, on_late: false, is_kept: false, act });
        self.next += 1;
    }

    fn document(&mut self, question: QuestionId) -> &mut Document {
        let index = self.documents.iter().position(|document| document.question == question);
        let index = index.unwrap_or_else(|| {
            self.documents.push(Document { question, revision: 0, content: Content::default() });
            self.documents.len() - 1
        });
        &mut self.documents[index]
    }
}

fn find(documents: &[Document], question: QuestionId) -> Option<&Document> {
    documents.iter().find(|document| document.question == question)
}

/// Puts a document into the place of the one about the same question.
fn put(documents: &mut Vec<Document>, document: Document) {
    documents.retain(|other| other.question != document.question);
    documents.push(document);
}

#[cfg(test)]
mod tests;
