//! Limits on failing with passwords: strict for one team or the quizmaster from one address, generous for an address,
//! because a whole hall may sit behind one. Who gets in has not failed, however often.

use crate::bucket::{Bucket, Rate};
use crate::listener::network;
use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// Failures for one name from one address: at once, and then six a minute.
const NAME: Rate = Rate { burst: 10.0, per_second: 0.1 };
/// The same for an address as a whole.
const ADDRESS: Rate = Rate { burst: 300.0, per_second: 5.0 };
/// Keys kept before those that have recovered are forgotten.
const KEYS: usize = 10_000;

/// Counts failed attempts.
#[derive(Default)]
pub struct Attempts(Mutex<Counts>);

#[derive(Default)]
struct Counts {
    names: HashMap<(String, IpAddr), Bucket>,
    addresses: HashMap<IpAddr, Bucket>,
}

impl Attempts {
    /// Whether another attempt is allowed now. For its name it counts as failed from the beginning, so that many at once
    /// are as many.
    pub fn allow(&self, name: &str, address: IpAddr) -> bool {
        let (now, address) = (Instant::now(), network(address));
        let mut counts = self.counts();
        forget(&mut counts.names, now);
        forget(&mut counts.addresses, now);
        let has_failed_often = counts.addresses.get_mut(&address).is_some_and(|bucket| !bucket.has_one(now));
        let of_name = counts.names.entry((name.to_owned(), address)).or_insert_with(|| Bucket::new(NAME, now));
        !has_failed_often && of_name.take(now)
    }

    /// The attempt has failed.
    pub fn failed(&self, address: IpAddr) {
        let now = Instant::now();
        self.counts().addresses.entry(network(address)).or_insert_with(|| Bucket::new(ADDRESS, now)).take(now);
    }

    /// The attempt was none: whoever it was is in, or nothing was tried.
    pub fn forgive(&self, name: &str, address: IpAddr) {
        let key = (name.to_owned(), network(address));
        self.counts().names.get_mut(&key).into_iter().for_each(Bucket::give_back);
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn forget<K: Hash + Eq>(buckets: &mut HashMap<K, Bucket>, now: Instant) {
    if buckets.len() >= KEYS {
        buckets.retain(|_, bucket| !bucket.is_full(now));
    }
    if buckets.len() >= KEYS {
        buckets.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROUTER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 168, 0, 1));

    #[test]
    fn a_hall_behind_one_router_gets_in() {
        let attempts = Attempts::default();
        // All at once, and none of them is through yet.
        assert!((0..1_000).all(|team| attempts.allow(&format!("team {team}"), ROUTER)));
        (0..1_000).for_each(|team| attempts.forgive(&format!("team {team}"), ROUTER));
        assert!((0..1_000).all(|_| {
            let allowed = attempts.allow("one", ROUTER);
            attempts.forgive("one", ROUTER);
            allowed
        }));
    }

    #[test]
    fn guesses_for_one_name_are_few_also_at_once_and_those_of_an_address_are_bounded() {
        let attempts = Attempts::default();
        assert_eq!((0..100).filter(|_| attempts.allow("one", ROUTER)).count(), 10);
        let fail = |name: &str| {
            let allowed = attempts.allow(name, ROUTER);
            attempts.failed(ROUTER);
            allowed
        };
        assert_eq!((0..1_000).filter(|team| fail(&format!("team {team}"))).count(), 300);
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let attempts = Attempts::default();
        (0..3 * KEYS).for_each(|team| assert!(attempts.allow(&format!("team {team}"), ROUTER)));
        assert!(attempts.counts().names.len() <= KEYS);
    }
}
