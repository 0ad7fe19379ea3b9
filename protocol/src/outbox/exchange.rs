//! What goes to the server over a connection, from the greeting on: one message at a time.

use super::entry::{Act, Entry, length};
use super::{Handshake, Outbox};
use crate::answer::{Document, Edit};
use crate::client::{Batch, FromTeam, Known, Rating};
use crate::limits;
use crate::server::Missed;

/// Changes of one batch, so that its frame stays under [`limits::CLIENT_FRAME_BYTES`] beside the text of
/// [`limits::BATCH_CHARS`].
const BATCH_CHANGES: usize = 2 * limits::BATCH_EDITS;

impl Outbox {
    /// A connection stands: the next message is the greeting.
    pub fn connected(&mut self) {
        self.handshake = Handshake::Connected;
    }

    /// The connection is gone.
    pub fn cut(&mut self) {
        self.handshake = Handshake::Cut;
    }

    /// Whether the next message is the greeting.
    pub fn is_to_greet(&self) -> bool {
        self.handshake == Handshake::Connected
    }

    fn hello(&mut self) -> FromTeam {
        let (mut known, others): (Vec<_>, Vec<_>) =
            self.documents.iter().partition(|document| self.is_unsent(document.question));
        known.extend(others.into_iter().rev());
        let known = known.into_iter().take(limits::KNOWN_ANSWERS);
        let known: Vec<_> =
            known.map(|document| Known { question: document.question, revision: document.revision }).collect();
        self.named = known.iter().map(|known| known.question).collect();
        FromTeam::Hello { writer: self.writer, acked: self.acked, known }
    }

    /// The server's answer to the greeting: what arrived before the connection broke is taken off.
    ///
    /// Returns the answers whose ground is lost, because the server no longer knows the revision they stand on, or can no
    /// longer tell all that has happened since; each wants a [`Self::restart`]. An answer that was begun since the greeting is asked for by another greeting.
    pub fn welcome(&mut self, acked: u64, missed: Vec<Missed>, documents: Vec<Document>) -> Vec<Document> {
        (self.handshake, self.in_flight) = (Handshake::Welcomed, None);
        let followed: Vec<_> = missed.iter().map(|missed| missed.question).collect();
        for Missed { question, steps } in missed {
            for step in steps {
                let revision = self.document(question).revision + 1;
                self.edited(question, revision, step);
            }
        }
        self.acked(acked, None);
        let mut lost = Vec::new();
        for document in documents {
            if !self.is_unsent(document.question) || followed.contains(&document.question) {
                self.overrule(document);
            } else if self.named.contains(&document.question)
                || self.document(document.question).revision > document.revision
            {
                lost.push(document);
            } else {
                self.handshake = Handshake::Connected;
            }
        }
        lost
    }

    /// The batch in flight was more than the server can place at once: half of it goes next. False when it was a single
    /// edit.
    pub fn halve(&mut self) -> bool {
        let Some(last) = self.in_flight.take() else { return false };
        let edits = self.queue.iter().take_while(|entry| entry.number <= last).count();
        self.batch_edits = if edits > 1 { edits / 2 } else { limits::BATCH_EDITS };
        edits > 1
    }

    /// The next message to send, if nothing is in flight.
    pub fn flush(&mut self) -> Option<FromTeam> {
        match self.handshake {
            Handshake::Connected => {
                self.handshake = Handshake::Greeted;
                return Some(self.hello());
            }
            Handshake::Welcomed if self.in_flight.is_none() => {}
            _ => return None,
        }
        let &Entry { number: first, at_ms, on_late, ref act, .. } = self.queue.front()?;
        let question = match *act {
            Act::Rate { round, slot, stars } => {
                self.in_flight = Some(first);
                return Some(FromTeam::Rate(Rating { writer: self.writer, number: first, at_ms, round, slot, stars }));
            }
            Act::Edit { question, .. } => question,
        };
        let (mut chars, mut pieces) = (0, 0);
        let mut edits = Vec::new();
        for entry in &self.queue {
            let Act::Edit { question: of, changes } = &entry.act else { break };
            chars += changes.iter().map(length).sum::<usize>();
            // Others' edits may have split each into many.
            pieces += changes.len();
            let over = (chars > limits::BATCH_CHARS || pieces > BATCH_CHANGES) && !edits.is_empty();
            if *of != question || entry.on_late != on_late || over || edits.len() >= self.batch_edits {
                break;
            }
            edits.push(Edit { at_ms: entry.at_ms, changes: changes.clone() });
        }
        self.in_flight = Some(first + edits.len() as u64 - 1);
        let base = self.document(question).revision;
        Some(FromTeam::Edits(Batch { writer: self.writer, first, question, base, on_late, edits }))
    }
}
