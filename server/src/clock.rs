//! The server's clock: the wall clock as it was at the start, carried on by the monotonic one, so that it never jumps.

use protocol::ids::{Micros, Millis};
use std::sync::LazyLock;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

static ANCHOR: LazyLock<(Micros, Instant)> = LazyLock::new(|| {
    let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    (wall.as_micros() as Micros, Instant::now())
});

/// Microseconds since the Unix epoch.
pub fn now_us() -> Micros {
    ANCHOR.0 + ANCHOR.1.elapsed().as_micros() as Micros
}

/// Milliseconds since the Unix epoch.
pub fn now_ms() -> Millis {
    now_us().div_euclid(1_000)
}

/// The instant at which [`now_ms`] will be `at_ms`; now, if that has passed.
pub fn instant(at_ms: Millis) -> tokio::time::Instant {
    let wait_us = at_ms.saturating_mul(1_000).saturating_sub(now_us()).max(0) as u64;
    tokio::time::Instant::now() + std::time::Duration::from_micros(wait_us)
}
