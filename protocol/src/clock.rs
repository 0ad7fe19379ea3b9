//! The server's clock as a page can know it, from stamps on frames that are sent anyway.
//!
//! No frame comes before it leaves. So what a frame up seems to take, by a stamp of each clock, is at least what the
//! server's clock is ahead; what a frame down seems to take is at least what it is behind. The two directions need no
//! pairs: the least of each, with what the clocks may have drifted since, encloses the truth, and half way between them
//! is the estimate (NTP's clock filter, RFC 5905 §10, for each direction alone).
//!
//! What no stamps can see: a path that is slower one way than the other shifts the estimate by half that difference,
//! which stays within the bound.

mod sample;
#[cfg(test)]
mod tests;
mod window;

use crate::ids::Micros;
use sample::Sample;
use window::Window;

/// The error given where only one direction has been heard. Nothing bounds it then; most lines are faster.
pub const ONE_WAY_ERROR_US: Micros = 1_000_000;

/// Estimates the server's clock.
///
/// A laptop that sleeps, or a clock that is set, shows as a round trip shorter than nothing, and what is older is then
/// forgotten. A step smaller than the least round trip looks like a path that has changed: half of it stays in the
/// estimate, and is not in the bound, until the samples from before it have left the window. A clock that was set ahead
/// is noticed by the first frame up, one that stood still or was set back by the first frame down.
#[derive(Debug, Clone, Default)]
pub struct Estimator {
    up: Window,
    down: Window,
    /// The page's clock when last heard of.
    heard_us: Option<Micros>,
}

/// The server's clock, as far as it is known at an instant of the page's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    /// What to add to the page's clock to get the server's.
    pub offset_us: Micros,
    /// The truth is no further off than this, however slow the line is and whichever way, as long as the clocks drift
    /// by no more than 100 ppm and the page's clock shows what it reads; where it moves in coarser steps than a
    /// microsecond, one such step comes on top. [`ONE_WAY_ERROR_US`] where only one direction has been heard.
    pub error_us: Micros,
    /// The least delay up and the least delay down together; 0 where only one direction has been heard.
    pub delay_us: Micros,
}

impl Estimator {
    /// A frame of the page left at `page_sent` (page's clock) and came at `server_received` (server's clock), as the
    /// page hears at `page_now` (page's clock).
    pub fn up(&mut self, page_sent: Micros, server_received: Micros, page_now: Micros) {
        self.hear(page_now);
        // A stamp from the future was made before the page's clock was set back.
        if page_sent <= page_now {
            self.up.push(Sample { at_us: page_sent, apparent_us: server_received.saturating_sub(page_sent) });
            self.reconcile(page_now);
        }
    }

    /// A frame of the server left at `server_sent` (server's clock) and came at `page_received` (page's clock).
    pub fn down(&mut self, server_sent: Micros, page_received: Micros) {
        self.hear(page_received);
        self.down.push(Sample { at_us: page_received, apparent_us: page_received.saturating_sub(server_sent) });
        self.reconcile(page_received);
    }

    /// What is known at this instant of the page's clock; nothing before the first frame. One direction alone is taken
    /// to have no delay, until the other is heard.
    pub fn estimate(&self, page_now: Micros) -> Option<Estimate> {
        let one_way = |offset_us| Estimate { offset_us, error_us: ONE_WAY_ERROR_US, delay_us: 0 };
        match (self.up.tightest(page_now), self.down.tightest(page_now)) {
            (Some(up), Some(down)) => {
                let (ahead_us, behind_us) = (up.limit_us(page_now), down.limit_us(page_now));
                Some(Estimate {
                    offset_us: ahead_us.saturating_sub(behind_us) / 2,
                    error_us: ahead_us.saturating_add(behind_us).saturating_add(1).max(0) / 2,
                    delay_us: up.apparent_us.saturating_add(down.apparent_us).max(0),
                })
            }
            (Some(up), None) => Some(one_way(up.apparent_us)),
            (None, Some(down)) => Some(one_way(down.apparent_us.saturating_neg())),
            (None, None) => None,
        }
    }

    /// Forgets everything, as after the laptop slept or another server answered.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Begins anew where the page's clock was set back: instants before and after cannot be told apart.
    fn hear(&mut self, page_now: Micros) {
        if Some(page_now) < self.heard_us {
            self.reset();
        }
        self.heard_us = Some(page_now);
    }

    /// Two samples cannot both be true if a clock was stepped between them: what is older than the newer one goes.
    fn reconcile(&mut self, page_now: Micros) {
        while let (Some(up), Some(down)) = (self.up.tightest(page_now), self.down.tightest(page_now)) {
            if up.limit_us(page_now).saturating_add(down.limit_us(page_now)) >= 0 {
                return;
            }
            if up.at_us == down.at_us {
                return self.reset();
            }
            let newer_us = up.at_us.max(down.at_us);
            self.up.forget_before(newer_us);
            self.down.forget_before(newer_us);
        }
    }
}
