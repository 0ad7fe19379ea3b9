//! Who is connected, and whose connection goes when there is no place for another.
//!
//! A connection is counted with its address until a request over it shows a session, and then with whom the session
//! belongs to. So whoever has no session can take only a part of the places, and nobody can take those of others: who
//! is one too many takes the place of the one of its own that has done nothing for the longest.

use super::descriptors;
use crate::store::Identity;
use protocol::ids::TeamId;
use std::collections::{BTreeSet, HashMap};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep};

/// How long a connection has to show what it is here for before it goes for another: a hall that comes all at once is let
/// in as fast as it can be answered.
const PATIENCE: Duration = Duration::from_millis(500);
/// Before it is looked again whether there is room.
const MOMENT: Duration = Duration::from_millis(10);
/// Connections of one address without a session: a hall that loads the login page behind one router.
const OF_ADDRESS: usize = 2_048;
/// Connections of one team: its open pages, and what their browsers open beside the link.
const OF_TEAM: usize = 64;
/// Connections of all desks.
const OF_DESK: usize = 256;
/// Connections of one game's big screens.
const OF_SCREEN: usize = 64;

/// Whom a connection is counted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// Whoever has no session, by address.
    Address(IpAddr),
    /// A team.
    Team(TeamId),
    /// The quizmaster.
    Desk,
    /// The big screens of a game.
    Screen(i64),
}

impl Party {
    /// Somebody without a session.
    pub fn at(address: IpAddr) -> Self {
        Self::Address(network(address))
    }

    /// Whoever a session belongs to.
    pub fn of(identity: Identity) -> Self {
        match identity {
            Identity::Team { team, .. } => Self::Team(team),
            Identity::Quizmaster => Self::Desk,
            Identity::Screen { game } => Self::Screen(game),
        }
    }

    fn is_stranger(self) -> bool {
        matches!(self, Self::Address(_))
    }

    fn places(self) -> usize {
        match self {
            Self::Address(_) => OF_ADDRESS,
            Self::Team(_) => OF_TEAM,
            Self::Desk => OF_DESK,
            Self::Screen(_) => OF_SCREEN,
        }
    }
}

/// What counts as one address: of IPv6 the network, for a laptop has as many addresses in it as it likes.
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        address => address,
    }
}

/// All connections of this server.
#[derive(Clone)]
pub struct Guests(Arc<Book>);

struct Book {
    places: usize,
    entries: Mutex<Entries>,
    left: Notify,
}

#[derive(Default)]
struct Entries {
    last: u64,
    guests: HashMap<u64, Entry>,
    /// Those that may have to go, by party; the idle ones first, and of these who has done nothing for the longest.
    leaving: BTreeSet<(Party, bool, u64, u64)>,
    counts: HashMap<Party, usize>,
}

struct Entry {
    party: Party,
    /// Requests that are being answered.
    busy: u32,
    /// Grows with everything it does.
    since: u64,
    /// When it did that.
    at: Instant,
    /// Whether it carries a link, which has limits of its own.
    is_linked: bool,
    lost: Arc<Lost>,
}

/// Whether a place was given to another.
#[derive(Default)]
struct Lost {
    is_lost: AtomicBool,
    told: Notify,
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

impl Entries {
    fn add(&mut self, id: u64, entry: Entry) {
        *self.counts.entry(entry.party).or_default() += 1;
        if !entry.is_linked {
            self.leaving.insert((entry.party, entry.busy > 0, entry.since, id));
        }
        self.guests.insert(id, entry);
    }

    fn take(&mut self, id: u64) -> Option<Entry> {
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
    fn change(&mut self, id: u64, change: impl FnOnce(&mut Entry)) {
        let Some(mut entry) = self.take(id) else { return };
        self.last += 1;
        (entry.since, entry.at) = (self.last, Instant::now());
        change(&mut entry);
        self.add(id, entry);
    }

    fn count(&self, party: Party) -> usize {
        self.counts.get(&party).copied().unwrap_or(0)
    }

    /// Half of the places are kept for those with a session.
    fn has_room(&self, party: Party, places: usize) -> bool {
        let strangers =
            || self.counts.iter().filter(|(party, _)| party.is_stranger()).map(|(_, count)| count).sum::<usize>();
        self.guests.len() < places
            && self.count(party) < party.places()
            && !(party.is_stranger() && strangers() >= places / 2)
    }

    /// Whose place goes to another of this party, and since when it has done nothing: one of the own party if that is
    /// full, else of the address that has the most.
    fn first_to_go(&self, party: Party) -> Option<(u64, Instant)> {
        let strangers = self.counts.iter().filter(|(party, _)| party.is_stranger());
        let most = strangers.max_by_key(|(_, count)| **count).map(|(party, _)| *party);
        let from = if self.count(party) >= party.places() { Some(party) } else { most };
        let first =
            from.and_then(|from| self.leaving.range((from, false, 0, 0)..=(from, true, u64::MAX, u64::MAX)).next());
        let &(.., id) = first?;
        Some((id, self.guests.get(&id)?.at))
    }

    fn make_room(&mut self, party: Party) {
        let first = self.first_to_go(party).and_then(|(id, _)| self.take(id));
        if let Some(entry) = first {
            entry.lost.is_lost.store(true, Ordering::Relaxed);
            entry.lost.told.notify_one();
        }
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
mod tests {
    use super::*;

    fn address(last: u8) -> IpAddr {
        IpAddr::from([192, 168, 0, last])
    }

    fn team(place: &Place, team: u32) {
        place.belongs(Identity::Team { team: TeamId(team), game: 1 });
    }

    async fn enter(guests: &Guests, last: u8) -> Arc<Place> {
        guests.enter(address(last)).await.expect("a place")
    }

    #[tokio::test(start_paused = true)]
    async fn who_has_no_session_takes_half_of_the_places_and_never_a_team_s() {
        let guests = Guests::with_places(8);
        let mut teams = Vec::new();
        for number in 0..4 {
            teams.push(enter(&guests, 1).await);
            team(&teams[number], number as u32);
        }
        let mut strangers = Vec::new();
        for _ in 0..100 {
            strangers.push(enter(&guests, 2).await);
        }
        assert_eq!(strangers.iter().filter(|place| !place.is_lost()).count(), 4);
        assert!(strangers[96..].iter().all(|place| !place.is_lost()), "the newest stay");
        assert!(teams.iter().all(|place| !place.is_lost()));
        // From elsewhere: one of the many goes, not the one that has just come.
        let (other, again) = (enter(&guests, 3).await, enter(&guests, 2).await);
        assert!(!other.is_lost() && !again.is_lost());
    }

    #[tokio::test(start_paused = true)]
    async fn who_waits_for_an_answer_goes_after_those_who_idle() {
        let guests = Guests::with_places(4);
        let (busy, idle) = (enter(&guests, 1).await, enter(&guests, 1).await);
        busy.begin();
        let _next = enter(&guests, 1).await;
        assert!(idle.is_lost() && !busy.is_lost());
    }

    #[tokio::test(start_paused = true)]
    async fn a_hall_that_comes_at_once_drives_nobody_out() {
        let guests = Guests::with_places(2_000);
        let mut places = Vec::new();
        for number in 0..1_500 {
            let begun = Instant::now();
            let place = enter(&guests, 1).await;
            assert!(begun.elapsed() < PATIENCE);
            places.push(place);
            // Each shows its session a moment after it has come.
            if let Some(place) = places.get(number.max(300) - 300) {
                team(place, number as u32);
            }
        }
        assert!(places.iter().all(|place| !place.is_lost()));
    }

    #[tokio::test(start_paused = true)]
    async fn a_team_drives_out_its_own() {
        let guests = Guests::with_places(10_000);
        let other = enter(&guests, 1).await;
        team(&other, 1);
        let mut places = Vec::new();
        for _ in 0..200 {
            places.push(enter(&guests, 2).await);
            places.iter().for_each(|place| team(place, 2));
        }
        assert_eq!(places.iter().filter(|place| !place.is_lost()).count(), OF_TEAM);
        assert!(!other.is_lost());
    }

    #[tokio::test(start_paused = true)]
    async fn a_place_is_free_again_when_it_is_left() {
        let guests = Guests::with_places(2);
        let only = enter(&guests, 1).await;
        only.belongs(Identity::Quizmaster);
        let stranger = enter(&guests, 1).await;
        drop((only, stranger));
        guests.gone().await;
        enter(&guests, 1).await;
    }
}
