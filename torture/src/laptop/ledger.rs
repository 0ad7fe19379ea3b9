//! What a laptop's pages know of the fate of what was typed on them.

use protocol::ids::WriterId;
use protocol::server::ToTeam;
use std::collections::BTreeMap;

/// One page load.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Number of the last edit or rating that was made.
    pub made: u64,
    /// Number of the last one that the server has called saved.
    pub acknowledged: u64,
}

/// All page loads of a laptop.
#[derive(Debug, Clone, Default)]
pub struct Ledger(BTreeMap<WriterId, Written>);

impl Ledger {
    /// Something was made.
    pub fn made(&mut self, writer: WriterId, number: u64) {
        let written = self.0.entry(writer).or_default();
        written.made = written.made.max(number);
    }

    /// The server says something: whatever lets the page forget what it has sent is an acknowledgement.
    pub fn hear(&mut self, message: &ToTeam) {
        let (writer, number) = match message {
            ToTeam::Welcome { writer, acked, .. } => (*writer, *acked),
            ToTeam::Ack { writer, number, .. } | ToTeam::Late { writer, number, .. } => (*writer, *number),
            ToTeam::Edited { step, .. } => (step.writer, step.number),
            _ => return,
        };
        if let Some(written) = self.0.get_mut(&writer) {
            written.acknowledged = written.acknowledged.max(number);
        }
    }

    /// The page loads.
    pub fn writers(&self) -> impl Iterator<Item = (WriterId, Written)> + '_ {
        self.0.iter().map(|(writer, written)| (*writer, *written))
    }

    /// Whether everything that was made is saved.
    pub fn is_settled(&self) -> bool {
        self.0.values().all(|written| written.acknowledged == written.made)
    }
}
