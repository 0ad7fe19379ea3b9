//! The server's clock: the wall clock as it was at the start, carried on by the monotonic one, so that it never jumps;
//! and the clock of each game, which never goes back.

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

/// A game's clock: the server's, or, where the game has been further than that, ahead of it by what is missing. So a
/// machine whose clock was set back between two runs (one without a battery, say) does not stop its games until it has
/// caught up; and a game that was played by a clock far ahead does not take the others along.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GameClock {
    ahead_us: Micros,
}

impl GameClock {
    /// For a game that was last heard of at this instant of its own clock.
    pub fn since(last_ms: Millis) -> Self {
        Self { ahead_us: (last_ms.saturating_mul(1_000).saturating_sub(now_us())).max(0) }
    }

    /// By how much it is ahead of the server's.
    pub fn ahead_ms(self) -> Millis {
        self.ahead_us / 1_000
    }

    /// Microseconds since the Unix epoch.
    pub fn now_us(self) -> Micros {
        now_us().saturating_add(self.ahead_us)
    }

    /// Milliseconds since the Unix epoch.
    pub fn now_ms(self) -> Millis {
        self.now_us().div_euclid(1_000)
    }

    /// The instant at which [`Self::now_ms`] will be `at_ms`; now, if that has passed.
    pub fn instant(self, at_ms: Millis) -> tokio::time::Instant {
        let wait_us = at_ms.saturating_mul(1_000).saturating_sub(self.now_us()).max(0) as u64;
        tokio::time::Instant::now() + std::time::Duration::from_micros(wait_us)
    }
}
