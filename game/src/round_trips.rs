//! How long a page's line is, as far as the server itself can see.

use protocol::ids::Millis;
use protocol::limits;
use protocol::view;
use std::collections::VecDeque;

/// Round trips that are remembered.
const WINDOW: usize = 32;
/// A page that was never measured is taken to be this far away.
const UNKNOWN_US: u32 = 200_000;

/// One page's line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoundTrips {
    recent_us: VecDeque<u32>,
    least_us: Option<u32>,
    /// What half and nine tenths of the recent ones stay within: asked for far more often than a round trip is measured.
    spread_us: Option<[u32; 2]>,
}

impl RoundTrips {
    /// A heartbeat was answered after this time.
    pub fn hear(&mut self, round_trip_us: u32) {
        if self.recent_us.len() == WINDOW {
            self.recent_us.pop_front();
        }
        self.recent_us.push_back(round_trip_us);
        self.least_us = Some(self.least_us.map_or(round_trip_us, |least_us| least_us.min(round_trip_us)));
        let mut sorted: Vec<_> = self.recent_us.iter().copied().collect();
        sorted.sort_unstable();
        let within_us = |percent: usize| sorted.get((sorted.len() * percent / 100).min(sorted.len() - 1)).copied();
        self.spread_us = within_us(50).zip(within_us(90)).map(|(half_us, most_us)| [half_us, most_us]);
    }

    /// Least round trip since the page connected: the only one that it cannot make longer by answering late now and then.
    pub fn least_us(&self) -> Option<u32> {
        self.least_us
    }

    /// Whether the page has been here for too short a time to be believed that it is far away.
    pub fn is_young(&self) -> bool {
        self.recent_us.len() < WINDOW
    }

    /// Longest that a message to this page usually takes.
    pub fn reach_us(&self) -> u32 {
        self.spread_us.map_or(UNKNOWN_US, |[_, most_us]| most_us)
    }

    /// As the desk shows it.
    pub fn seen(&self) -> Option<view::LineQuality> {
        let ([delay_us, most_us], least_us) = (self.spread_us?, self.least_us?);
        Some(view::LineQuality { delay_us, jitter_us: most_us - delay_us, clock_error_us: least_us / 2 })
    }
}

/// How long after the deadline the last thing typed may arrive over a line whose least round trip is this; a line that
/// nothing is known of gets the least.
///
/// A keypress waits for the acknowledgement of the one before it, then travels: one round trip and a half, and as much
/// again is left for the line's moods. A page could claim more only by being slow all evening, with everything it does.
pub fn grace_ms(least_us: Option<u32>) -> Millis {
    let of_line = |least_us: u32| Millis::from(least_us) * 2 / 1_000 + limits::GRACE_MS_MIN;
    of_line(least_us.unwrap_or(0)).min(limits::GRACE_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answering_late_now_and_then_buys_no_time() {
        let mut line = RoundTrips::default();
        assert_eq!(grace_ms(line.least_us()), limits::GRACE_MS_MIN);
        line.hear(20_000);
        let honest_ms = grace_ms(line.least_us());
        assert_eq!(honest_ms, 290);
        (0..100).for_each(|_| line.hear(1_900_000));
        assert_eq!(grace_ms(line.least_us()), honest_ms);
        assert_eq!(line.seen().map(|line| line.delay_us), Some(1_900_000));
    }

    #[test]
    fn a_slow_line_has_its_time_but_not_for_ever() {
        assert_eq!([0, 300_000, 900_000].map(|least_us| grace_ms(Some(least_us))), [250, 850, limits::GRACE_MS]);
    }

    #[test]
    fn the_usual_and_the_unusual() {
        let mut line = RoundTrips::default();
        (1..=20).for_each(|at| line.hear(if at % 10 == 0 { 90_000 } else { 10_000 }));
        assert_eq!(line.seen(), Some(view::LineQuality { delay_us: 10_000, jitter_us: 80_000, clock_error_us: 5_000 }));
    }
}
