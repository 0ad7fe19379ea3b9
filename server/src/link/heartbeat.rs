//! When a connection's heartbeats are due: now and then, and in quick succession while clocks are to be learned.

use protocol::limits;
use protocol::view::Transport;
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// The heartbeats of one connection.
pub struct Heartbeat {
    quick: Duration,
    quick_until: Instant,
    next: Instant,
}

impl Heartbeat {
    /// A quick one, for a page that has just come.
    pub fn new(transport: Transport) -> Self {
        let quick_ms = match transport {
            Transport::WebSocket => limits::BURST_BEAT_MS,
            Transport::Polling => limits::BURST_BEAT_POLLING_MS,
        };
        let now = Instant::now();
        let quick_until = now + Duration::from_millis(limits::BURST_MS);
        Self { quick: Duration::from_millis(quick_ms), quick_until, next: now }
    }

    /// Beats quickly from now on for so long.
    pub fn quicken(&mut self, time: Duration) {
        let now = Instant::now();
        self.quick_until = now + time;
        self.next = self.next.min(now + self.quick);
    }

    /// Beats at once, and quickly from then on, as for a page that has just come; but not without a rest between, for a
    /// line may be uneven all evening.
    pub fn renew(&mut self) {
        let now = Instant::now();
        if now > self.quick_until + Duration::from_millis(limits::BEAT_MS) {
            (self.quick_until, self.next) = (now + Duration::from_millis(limits::BURST_MS), now);
        }
    }

    /// Waits for the next heartbeat. May be given up at any time.
    pub async fn beat(&mut self) {
        sleep_until(self.next).await;
        let now = Instant::now();
        self.next = now + if now < self.quick_until { self.quick } else { Duration::from_millis(limits::BEAT_MS) };
    }
}
