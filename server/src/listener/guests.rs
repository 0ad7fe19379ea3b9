//! Who is connected, and whose connection goes when there is no place for another.
//!
//! A connection is counted with its address until a request over it shows a session, and then with whom the session
//! belongs to. So whoever has no session can take only a part of the places, and nobody can take those of others: who
//! is one too many takes the place of the one of its own that has done nothing for the longest.

use super::descriptors;
use super::entries::{Entries, Entry, Lost};
use super::party::Party;
use crate::storage::Identity;
use std::net::IpAddr;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep};

/// How long a connection has to show what it is here for before it goes for another: a hall that comes all at once is let
/// in as fast as it can be answered.
const PATIENCE: Duration = Duration::from_millis(500);
/// Before it is looked again whether there is room.
const MOMENT: Duration = Duration::from_millis(10);
/// All connections of this server.
#[derive(Clone)]
pub struct Guests(Arc<Book>);

struct Book {
    places: usize,
    entries: Mutex<Entries>,
    left: Notify,
}

/// A connection's place.
pub struct Place {
    book: Arc<Book>,
    id: u64,
    lost: Arc<Lost>,
    /// Hash of the cookies that were looked up last.
    known: Mutex<[u8; 32]>,
}

impl Default for Guests {
    /// As many places as descriptors allow.
    fn default() -> Self {
        Self::with_places(descriptors::places())
    }
}

impl Guests {
    fn with_places(places: usize) -> Self {
        Self(Arc::new(Book { places, entries: Mutex::default(), left: Notify::new() }))
    }

    /// A place for a new connection, once there is one; none if nobody can go.
    pub async fn enter(&self, address: IpAddr) -> Option<Arc<Place>> {
        let party = Party::at(address);
        loop {
            {
                let mut entries = self.0.entries();
                if !entries.has_room(party, self.0.places) {
                    let last_ones_at = entries.first_to_go(party)?.1;
                    if last_ones_at.elapsed() >= PATIENCE {
                        entries.make_room(party);
                    }
                }
                if entries.has_room(party, self.0.places) {
                    entries.last += 1;
                    let (id, lost) = (entries.last, Arc::<Lost>::default());
                    let at = Instant::now();
                    entries.add(id, Entry { party, busy: 0, since: id, at, is_linked: false, lost: lost.clone() });
                    return Some(Arc::new(Place { book: self.0.clone(), id, lost, known: Mutex::default() }));
                }
            }
            sleep(MOMENT).await;
        }
    }

    /// Waits until all have left.
    pub async fn gone(&self) {
        loop {
            let left = self.0.left.notified();
            if self.0.entries().guests.is_empty() {
                return;
            }
            left.await;
        }
    }
}

impl Book {
    fn entries(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// A request begins.
    pub fn begin(&self) {
        self.book.entries().change(self.id, |entry| entry.busy += 1);
    }

    /// It was answered; if by a link, the connection stays as long as the link does.
    pub fn end(&self, is_linked: bool) {
        self.book.entries().change(self.id, |entry| {
            entry.busy = entry.busy.saturating_sub(1);
            entry.is_linked |= is_linked && !entry.party.is_stranger();
        });
    }

    /// Whether cookies of this hash have still to be looked up: they are others than those of the request before.
    pub fn is_news(&self, cookies: [u8; 32]) -> bool {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *known, cookies) != cookies
    }

    /// The connection belongs to whoever its cookies belong to.
    pub fn belongs(&self, identity: Identity) {
        let party = Party::of(identity);
        let mut entries = self.book.entries();
        if entries.guests.get(&self.id).is_none_or(|entry| entry.party == party) {
            return;
        }
        if entries.count(party) >= party.places() {
            entries.make_room(party);
        }
        entries.change(self.id, |entry| entry.party = party);
    }

    /// Whether the place was given to another.
    pub fn is_lost(&self) -> bool {
        self.lost.is_lost.load(Ordering::Relaxed)
    }

    /// Waits until it is.
    pub async fn lost(&self) {
        self.lost.told.notified().await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.book.entries().take(self.id);
        self.book.left.notify_waiters();
    }
}

#[cfg(test)]
mod tests;
