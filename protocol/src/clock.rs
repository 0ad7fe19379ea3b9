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
use crate::limits;
use sample::Sample;
use window::Window;

/// Nothing was heard for longer than this: a beat was missed, or the page's clock was set ahead.
const SILENCE_US: Micros = limits::BEAT_MS as Micros * 1_000 + limits::CLOCK_STEP_US;

/// Nothing was heard for so long: the connection is given up.
const GIVEN_UP_US: Micros = limits::SILENCE_MS as Micros * 1_000;

/// The error given where only one direction has been heard. Nothing bounds it then; most lines are faster.
pub const ONE_WAY_ERROR_US: Micros = 1_000_000;

/// Estimates the server's clock.
///
/// A laptop that sleeps, or a clock that is set, shows as a round trip shorter than nothing, and what is older is then
/// forgotten. A step smaller than the least round trip looks like a path that has changed: half of it stays in the
/// estimate, and is not in the bound, until the samples from before it have left the window. One that stood still or was
/// set back is noticed by the first frame down. One that was set ahead makes that frame seem slow, and the time before it
/// long; as long as no answer has told which it was, the bound covers both.
#[derive(Debug, Clone, Default)]
pub struct Estimator {
    up: Window,
    down: Window,
    /// The newest frame down, until something that the page has sent since has been heard of.
    unanswered: Option<Sample>,
    /// The page's clock when last heard of.
    heard_us: Option<Micros>,
}

/// The server's clock, as far as it is known at an instant of the page's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    /// What to add to the page's clock to get the server's.
    pub offset_us: Micros,
    /// The truth is no further off than this, however slow the line is and whichever way, as long as the clocks drift
    /// by no more than 100 ppm; where the page's clock moves in coarser steps than a microsecond, one such step comes on
    /// top when it is read. [`ONE_WAY_ERROR_US`] where only one direction has been heard.
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
            self.unanswered = self.unanswered.filter(|down| down.at_us > page_sent);
            self.reconcile(page_now);
        }
    }

    /// A frame of the server left at `server_sent` (server's clock) and came at `page_received` (page's clock), which
    /// moves in steps of `tick_us`: it may have come as much later than it says.
    pub fn down(&mut self, server_sent: Micros, page_received: Micros, tick_us: Micros) {
        self.hear(page_received);
        let latest_us = page_received.saturating_add(tick_us);
        let sample = Sample { at_us: page_received, apparent_us: latest_us.saturating_sub(server_sent) };
        self.down.push(sample);
        self.unanswered = Some(sample);
        self.reconcile(page_received);
    }

    /// What is known at this instant of the page's clock; nothing before the first frame. One direction alone is taken
    /// to have no delay, until the other is heard.
    pub fn estimate(&self, page_now: Micros) -> Option<Estimate> {
        let one_way = |offset_us| Estimate { offset_us, error_us: ONE_WAY_ERROR_US, delay_us: 0 };
        match (self.up.tightest(page_now), self.down.tightest(page_now)) {
            (Some(up), Some(down)) => {
                let (ahead_us, behind_us) = (up.limit_us(page_now), down.limit_us(page_now));
                let error_us = ahead_us.saturating_add(behind_us).saturating_add(1).max(0) / 2;
                Some(Estimate {
                    offset_us: ahead_us.saturating_sub(behind_us) / 2,
                    error_us: error_us.saturating_add(self.doubt_us(behind_us, page_now)),
                    delay_us: up.apparent_us.saturating_add(down.apparent_us).max(0),
                })
            }
            (Some(up), None) => Some(one_way(up.apparent_us)),
            (None, Some(down)) => Some(one_way(down.apparent_us.saturating_neg())),
            (None, None) => None,
        }
    }

    /// By how much the page's clock may have been set since what is known was heard: nothing, unless it could be far.
    fn doubt_us(&self, behind_us: Micros, page_now: Micros) -> Micros {
        let seems_slow_us = self.unanswered.map_or(0, |down| down.limit_us(page_now).saturating_sub(behind_us));
        let silent_us = self.heard_us.map_or(0, |heard_us| page_now.saturating_sub(heard_us));
        let slow_us = if seems_slow_us > limits::CLOCK_STEP_US { seems_slow_us } else { 0 };
        slow_us.max(match silent_us {
            // It was set back, by so much and by what has passed since; a connection lives no longer without a frame.
            Micros::MIN..0 => GIVEN_UP_US.saturating_sub(silent_us),
            0..=SILENCE_US => 0,
            _ => silent_us,
        })
    }

    /// What was known when something was heard last.
    pub fn as_heard(&self) -> Option<Estimate> {
        self.estimate(self.heard_us?)
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
