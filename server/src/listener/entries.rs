//! The list of connections: whom each is counted with, and which goes first.

use super::party::Party;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Notify;
use tokio::time::Instant;

/// All connections, and the order in which they go.
#[derive(Default)]
pub struct Entries {
    /// What they are numbered with, and what they do.
    pub last: u64,
    /// The connections.
    pub guests: HashMap<u64, Entry>,
    /// Those that may have to go, by party; the idle ones first, and of these who has done nothing for the longest.
    leaving: BTreeSet<(Party, bool, u64, u64)>,
    counts: HashMap<Party, usize>,
}

/// One connection.
pub struct Entry {
    /// Whom it is counted with.
    pub party: Party,
    /// Requests that are being answered.
    pub busy: u32,
    /// Grows with everything it does.
    pub since: u64,
    /// When it did that.
    pub at: Instant,
    /// Whether it carries a link, which has limits of its own.
    pub is_linked: bool,
    /// Whether its place was given to another.
    pub lost: Arc<Lost>,
}

/// Whether a place was given to another.
#[derive(Default)]
pub struct Lost {
    /// Whether it was.
    pub is_lost: AtomicBool,
    /// Told when it is.
    pub told: Notify,
}

impl Entries {
    /// Adds a connection.
    pub fn add(&mut self, id: u64, entry: Entry) {
        *self.counts.entry(entry.party).or_default() += 1;
        if !entry.is_linked {
            self.leaving.insert((entry.party, entry.busy > 0, entry.since, id));
        }
        self.guests.insert(id, entry);
    }

    /// Removes a connection.
    pub fn take(&mut self, id: u64) -> Option<Entry> {
        let entry = self.guests.remove(&id)?;
        self.leaving.remove(&(entry.party, entry.busy > 0, entry.since, id));
        if let Some(count) = self.counts.get_mut(&entry.party) {
            *count -= 1;
            if *count == 0 {
                self.counts.remove(&entry.party);
            }
        }
        Some(entry)
    }

    /// Changes what is known of a guest.
    pub fn change(&mut self, id: u64, change: impl FnOnce(&mut Entry)) {
        let Some(mut entry) = self.take(id) else { return };
        self.last += 1;
        (entry.since, entry.at) = (self.last, Instant::now());
        change(&mut entry);
        self.add(id, entry);
    }

    /// Connections of a party.
    pub fn count(&self, party: Party) -> usize {
        self.counts.get(&party).copied().unwrap_or(0)
    }

    /// Half of the places are kept for those with a session.
    pub fn has_room(&self, party: Party, places: usize) -> bool {
        let strangers =
            || self.counts.iter().filter(|(party, _)| party.is_stranger()).map(|(_, count)| count).sum::<usize>();
        self.guests.len() < places
            && self.count(party) < party.places()
            && !(party.is_stranger() && strangers() >= places / 2)
    }

    /// Whose place goes to another of this party, and since when it has done nothing: one of the own party if that is
    /// full, else of the address that has the most.
    pub fn first_to_go(&self, party: Party) -> Option<(u64, Instant)> {
        let strangers = self.counts.iter().filter(|(party, _)| party.is_stranger());
        let most = strangers.max_by_key(|(_, count)| **count).map(|(party, _)| *party);
        let from = if self.count(party) >= party.places() { Some(party) } else { most };
        let first =
            from.and_then(|from| self.leaving.range((from, false, 0, 0)..=(from, true, u64::MAX, u64::MAX)).next());
        let &(.., id) = first?;
        Some((id, self.guests.get(&id)?.at))
    }

    /// Gives the place of the first to go away.
    pub fn make_room(&mut self, party: Party) {
        let first = self.first_to_go(party).and_then(|(id, _)| self.take(id));
        if let Some(entry) = first {
            entry.lost.is_lost.store(true, Ordering::Relaxed);
            entry.lost.told.notify_one();
        }
    }
}
