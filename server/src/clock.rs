//! The server's clock: the wall clock as it was at the start, carried on by the monotonic one, so that it never jumps.

use protocol::ids::Millis;
use std::sync::LazyLock;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

static ANCHOR: LazyLock<(Millis, Instant)> = LazyLock::new(|| {
    let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    (wall.as_millis() as Millis, Instant::now())
});

/// Milliseconds since the Unix epoch.
pub fn now_ms() -> Millis {
    ANCHOR.0 + ANCHOR.1.elapsed().as_millis() as Millis
}

/// The instant at which [`now_ms`] will be `at_ms`; now, if that has passed.
pub fn instant(at_ms: Millis) -> tokio::time::Instant {
    let wait = at_ms.saturating_sub(now_ms()).max(0) as u64;
    tokio::time::Instant::now() + std::time::Duration::from_millis(wait)
}
