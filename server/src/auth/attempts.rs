//! Limits on trying passwords: strict for one team or the quizmaster from one address, generous for an address,
//! because a whole hall may sit behind one.

use governor::clock::DefaultClock;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;

type Limiter<K> = RateLimiter<K, DefaultKeyedStateStore<K>, DefaultClock>;

/// Attempts at once for one name from one address; after that one every [`NAME_PER_MINUTE`]th of a minute.
const NAME_BURST: u32 = 10;
const NAME_PER_MINUTE: u32 = 6;
/// The same for an address as a whole.
const ADDRESS_BURST: u32 = 300;
const ADDRESS_PER_MINUTE: u32 = 300;
/// Keys kept before those that have recovered are forgotten.
const KEYS: usize = 10_000;

/// Counts attempts.
pub struct Attempts {
    names: Limiter<(String, IpAddr)>,
    addresses: Limiter<IpAddr>,
}

impl Default for Attempts {
    fn default() -> Self {
        Self {
            names: RateLimiter::keyed(quota(NAME_PER_MINUTE, NAME_BURST)),
            addresses: RateLimiter::keyed(quota(ADDRESS_PER_MINUTE, ADDRESS_BURST)),
        }
    }
}

impl Attempts {
    /// Whether another attempt is allowed now.
    pub fn allow(&self, name: &str, address: IpAddr) -> bool {
        forget(&self.names);
        forget(&self.addresses);
        self.addresses.check_key(&address).is_ok() && self.names.check_key(&(name.to_owned(), address)).is_ok()
    }
}

fn quota(per_minute: u32, burst: u32) -> Quota {
    let number = |value| NonZeroU32::new(value).unwrap_or(NonZeroU32::MIN);
    Quota::per_minute(number(per_minute)).allow_burst(number(burst))
}

fn forget<K: Hash + Eq + Clone>(limiter: &Limiter<K>) {
    if limiter.len() > KEYS {
        limiter.retain_recent();
    }
}
