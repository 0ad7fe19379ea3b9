//! The outbox on the laptop's disk: what is not acknowledged survives the page that typed it. A later page load sends it
//! under its old writer and number, so that what had arrived after all is recognised.

use super::entry::{Act, Entry};
use super::{Outbox, find};
use crate::answer::{Content, Document};
use crate::codec::{decode, encode};
use crate::ids::{Millis, WriterId};
use serde::{Deserialize, Serialize};

/// First byte of a record. A page of a later version still reads what an earlier one has kept.
const FORMAT: u8 = 1;

/// One unacknowledged entry, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Who made it.
    pub writer: WriterId,
    /// Its number among the writer's.
    pub number: u64,
    /// When it was made.
    pub at_ms: Millis,
    /// Revision of the answer that the first entry of the writer stands on; 0 for ratings.
    pub base: u32,
    /// Whether it stands on edits that came too late.
    pub on_late: bool,
    /// What was done.
    pub act: Act,
}

impl Kept {
    /// As a record.
    pub fn record(&self) -> Vec<u8> {
        [&[FORMAT], encode(self).as_slice()].concat()
    }

    /// From a record; nothing when it is damaged or of a later version.
    pub fn read(record: &[u8]) -> Option<Self> {
        let (format, rest) = record.split_first()?;
        decode(rest).ok().filter(|_| *format == FORMAT)
    }
}

/// What the crash store has to do to hold the outbox as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiskWrites {
    /// Whose records.
    pub writer: WriterId,
    /// Records with lower numbers are to be erased.
    pub first: u64,
    /// Records to write.
    pub put: Vec<Kept>,
    /// Writers of which every record is to be erased.
    pub former: Vec<WriterId>,
}

impl Outbox {
    /// What has changed since this was last asked; to be done in one transaction.
    pub fn disk_writes(&mut self) -> Option<DiskWrites> {
        let put: Vec<_> = self.queue.iter().filter(|entry| !entry.is_kept).map(|entry| self.keep(entry)).collect();
        if put.is_empty() && !self.erased && self.former.is_empty() {
            return None;
        }
        self.queue.iter_mut().for_each(|entry| entry.is_kept = true);
        let (former, _) = (std::mem::take(&mut self.former), std::mem::take(&mut self.erased));
        let first = self.queue.front().map_or(self.next, |entry| entry.number);
        Some(DiskWrites { writer: self.writer, first, put, former })
    }

    fn keep(&self, entry: &Entry) -> Kept {
        let base = match &entry.act {
            Act::Edit { question, .. } => find(&self.documents, *question).map_or(0, |document| document.revision),
            Act::Rate { .. } => 0,
        };
        let (number, at_ms, on_late) = (entry.number, entry.at_ms, entry.on_late);
        Kept { writer: self.writer, number, at_ms, base, on_late, act: entry.act.clone() }
    }

    /// The replica of earlier page loads, from records in the order of writers and numbers. Of each, the records up to
    /// the first gap: what comes after it stands on something that is lost.
    ///
    /// They only ever send what they hold. A base that is behind is right all the same: only own steps, which the
    /// entries stand on, have followed it.
    pub fn restore(records: Vec<Kept>) -> Vec<Self> {
        let mut replica: Vec<Self> = Vec::new();
        for kept in records {
            match replica.last_mut().filter(|outbox| outbox.writer == kept.writer) {
                Some(outbox) if outbox.next != kept.number => {}
                Some(outbox) => outbox.take_back(kept),
                None => {
                    let mut outbox = Self::new(kept.writer);
                    (outbox.next, outbox.acked) = (kept.number, kept.number.saturating_sub(1));
                    outbox.take_back(kept);
                    replica.push(outbox);
                }
            }
        }
        replica
    }

    fn take_back(&mut self, kept: Kept) {
        if let Act::Edit { question, .. } = kept.act {
            let (revision, content) = (kept.base, Content::default());
            if find(&self.documents, question).is_none() {
                self.documents.push(Document { question, revision, content });
            }
        }
        let Kept { number, at_ms, on_late, act, .. } = kept;
        self.queue.push_back(Entry { number, at_ms, on_late, is_kept: true, act });
        self.next = number.saturating_add(1);
    }

    /// The instant of the newest entry, if there is one.
    pub fn newest_ms(&self) -> Option<Millis> {
        self.queue.iter().map(|entry| entry.at_ms).max()
    }
}
