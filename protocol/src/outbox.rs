//! A page's edits on their way to the server: what is typed is shown at once, kept until it is acknowledged, sent
//! again after a lost connection under the same number, and carried past what the team's other pages typed.
//!
//! One batch is in flight at a time; whatever is typed meanwhile goes with the next. Pure: the caller moves frames.

use crate::answer::{Change, Content, Document, Edit, Step, transform};
use crate::client::{Batch, FromTeam, Known, Rating};
use crate::ids::{Millis, QuestionId, Slot, WriterId};
use crate::limits;
use crate::server::Missed;
use crate::text::Splice;
use std::collections::{BTreeMap, VecDeque};

/// What waits for its acknowledgement.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    number: u64,
    at_ms: Millis,
    act: Act,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Act {
    Edit { question: QuestionId, changes: Vec<Change> },
    Rate { round: u16, slot: Slot, stars: u8 },
}

/// The outbox is full: the page has been offline for too long to keep more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full;

/// Everything a page holds of its team's answers, sent and unsent.
#[derive(Debug, Clone)]
pub struct Outbox {
    writer: WriterId,
    next: u64,
    acked: u64,
    queue: VecDeque<Entry>,
    /// Last number of the batch whose acknowledgement is awaited.
    in_flight: Option<u64>,
    /// Whether the server has answered this connection's first message; nothing is sent before.
    welcomed: bool,
    documents: BTreeMap<QuestionId, Document>,
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
            welcomed: false,
            documents: BTreeMap::new(),
        }
    }

    /// What the page shows for a question: the server's state with everything typed since.
    pub fn content(&self, question: QuestionId) -> Content {
        self.documents.get(&question).map(|document| document.content.clone()).unwrap_or_default()
    }

    /// Edits and ratings that are not acknowledged yet.
    pub fn unsaved(&self) -> usize {
        self.queue.len()
    }

    /// Takes what was typed or ticked; long pastes are cut into several edits.
    pub fn edit(&mut self, question: QuestionId, change: Change, at_ms: Millis) -> Result<(), Full> {
        for change in cut(change) {
            self.admit()?;
            self.document(question).content.apply(&change);
            self.push(at_ms, Act::Edit { question, changes: vec![change] });
        }
        Ok(())
    }

    /// Takes a click on a star.
    pub fn rate(&mut self, round: u16, slot: Slot, stars: u8, at_ms: Millis) -> Result<(), Full> {
        self.admit()?;
        self.push(at_ms, Act::Rate { round, slot, stars });
        Ok(())
    }

    /// First message of a new connection.
    pub fn hello(&mut self) -> FromTeam {
        self.welcomed = false;
        let unsent = |question: &QuestionId| self.queue.iter().any(|entry| entry.is_of(*question));
        let (mut known, others): (Vec<_>, Vec<_>) =
            self.documents.values().partition(|document| unsent(&document.question));
        known.extend(others.into_iter().rev());
        let known = known.into_iter().take(limits::KNOWN_ANSWERS);
        let known = known.map(|document| Known { question: document.question, revision: document.revision }).collect();
        FromTeam::Hello { writer: self.writer, acked: self.acked, known }
    }

    /// The server's answer to [`Self::hello`]: what arrived before the connection broke is taken off.
    pub fn welcome(&mut self, acked: u64, missed: Vec<Missed>, documents: Vec<Document>) {
        (self.welcomed, self.in_flight) = (true, None);
        for Missed { question, steps } in missed {
            for step in steps {
                let revision = self.document(question).revision + 1;
                self.edited(question, revision, step);
            }
        }
        self.acked(acked, None);
        documents.into_iter().for_each(|document| self.replace(document));
    }

    /// The next message to send, if nothing is in flight.
    pub fn flush(&mut self) -> Option<FromTeam> {
        if !self.welcomed || self.in_flight.is_some() {
            return None;
        }
        let first = self.queue.front()?;
        if let Act::Rate { round, slot, stars } = first.act {
            let (number, at_ms) = (first.number, first.at_ms);
            self.in_flight = Some(number);
            return Some(FromTeam::Rate(Rating { writer: self.writer, number, at_ms, round, slot, stars }));
        }
        let Act::Edit { question, .. } = first.act else { return None };
        let first = first.number;
        let mut chars = 0;
        let mut edits = Vec::new();
        for entry in &self.queue {
            let Act::Edit { question: of, changes } = &entry.act else { break };
            chars += changes.iter().map(length).sum::<usize>();
            let over = chars > limits::BATCH_CHARS && !edits.is_empty();
            if *of != question || over || edits.len() == limits::BATCH_EDITS {
                break;
            }
            edits.push(Edit { at_ms: entry.at_ms, changes: changes.clone() });
        }
        self.in_flight = Some(first + edits.len() as u64 - 1);
        let base = self.document(question).revision;
        Some(FromTeam::Edits(Batch { writer: self.writer, first, question, base, edits }))
    }

    /// On disk: everything up to this number.
    pub fn acked(&mut self, number: u64, revision: Option<(QuestionId, u32)>) {
        self.acked = self.acked.max(number);
        self.queue.retain(|entry| entry.number > number);
        self.in_flight = self.in_flight.filter(|last| *last > number);
        if let Some((question, revision)) = revision {
            let document = self.document(question);
            document.revision = document.revision.max(revision);
        }
    }

    /// A step of the answer that the server accepted: another page's, or an own one whose ack was lost.
    ///
    /// Returns what it changes in the text shown.
    pub fn edited(&mut self, question: QuestionId, revision: u32, step: Step) -> Vec<Change> {
        if revision <= self.document(question).revision {
            return Vec::new();
        }
        self.document(question).revision = revision;
        if step.writer == self.writer {
            self.queue.retain(|entry| entry.number != step.number);
            return Vec::new();
        }
        let mut theirs = step.changes;
        for entry in &mut self.queue {
            if let Act::Edit { question: of, changes } = &mut entry.act
                && *of == question
            {
                let (ours, after) = transform(changes, &theirs);
                (*changes, theirs) = (ours, after);
            }
        }
        let document = self.document(question);
        theirs.iter().for_each(|change| document.content.apply(change));
        theirs
    }

    /// Gives up what the server did not take and goes on from what it has, as another writer.
    pub fn reset(&mut self, writer: WriterId, document: Option<Document>) {
        // An answer that loses entries is forgotten, so that the next welcome brings it whole.
        let queue = std::mem::take(&mut self.queue);
        self.documents.retain(|question, _| !queue.iter().any(|entry| entry.is_of(*question)));
        self.in_flight = None;
        (self.writer, self.next, self.acked) = (writer, 1, 0);
        if let Some(document) = document {
            self.documents.insert(document.question, document);
        }
    }

    /// Some edits came too late to count: they are in the journal, and the answer is what the server says.
    pub fn late(&mut self, number: u64, document: Option<Document>) {
        self.acked(number, None);
        if let Some(document) = document {
            self.replace(document);
        }
    }

    /// Takes the server's word for an answer. What was typed on top of what was there before has lost its ground;
    /// the entries that stay close the gap in the numbers.
    fn replace(&mut self, document: Document) {
        self.queue.retain(|entry| !entry.is_of(document.question));
        self.documents.insert(document.question, document);
        for (entry, number) in self.queue.iter_mut().zip(self.acked + 1..) {
            entry.number = number;
        }
        self.next = self.acked + 1 + self.queue.len() as u64;
    }

    fn admit(&self) -> Result<(), Full> {
        if self.queue.len() < limits::OUTBOX_ENTRIES { Ok(()) } else { Err(Full) }
    }

    fn push(&mut self, at_ms: Millis, act: Act) {
        self.queue.push_back(Entry { number: self.next, at_ms, act });
        self.next += 1;
    }

    fn document(&mut self, question: QuestionId) -> &mut Document {
        self.documents.entry(question).or_insert_with(|| Document {
            question,
            revision: 0,
            content: Content::default(),
        })
    }
}

impl Entry {
    fn is_of(&self, question: QuestionId) -> bool {
        matches!(self.act, Act::Edit { question: of, .. } if of == question)
    }
}

fn length(change: &Change) -> usize {
    match change {
        Change::Splice(splice) => splice.inserted() as usize,
        _ => 0,
    }
}

/// A change as pieces that each fit a frame.
fn cut(change: Change) -> Vec<Change> {
    let Change::Splice(splice) = change else { return vec![change] };
    let chars: Vec<char> = splice.insert.chars().collect();
    if chars.len() <= limits::SPLICE_CHARS {
        return vec![Change::Splice(splice)];
    }
    let mut at = splice.at;
    let pieces = chars.chunks(limits::SPLICE_CHARS).enumerate();
    pieces
        .map(|(index, piece)| {
            let delete = if index == 0 { splice.delete } else { 0 };
            let piece = Splice { at, delete, insert: piece.iter().collect() };
            at += piece.inserted();
            Change::Splice(piece)
        })
        .collect()
}
