//! A laptop's disk: where the page keeps what is not acknowledged, for the page that is loaded after a crash.

use super::Ledger;
use protocol::outbox::Kept;
use protocol::replica::Replica;
use std::collections::BTreeMap;

/// Records by writer and number.
#[derive(Debug, Default)]
pub struct Disk(BTreeMap<(u64, u64), Vec<u8>>);

impl Disk {
    /// Does what the page asks of its crash store; what is written for the first time was just made.
    pub fn keep(&mut self, page: &mut Replica, ledger: &mut Ledger) {
        for disk_writes in page.disk_writes() {
            let writer = disk_writes.writer;
            let is_former = |of: u64| disk_writes.former.iter().any(|former| former.0 == of);
            self.0.retain(|(of, number), _| !is_former(*of) && (*of != writer.0 || *number >= disk_writes.first));
            for kept in disk_writes.put {
                ledger.made(writer, kept.number);
                self.0.insert((writer.0, kept.number), kept.record());
            }
        }
    }

    /// What is there.
    pub fn records(&self) -> Vec<Kept> {
        self.0.values().filter_map(|record| Kept::read(record)).collect()
    }

    /// Whether nothing is there.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
