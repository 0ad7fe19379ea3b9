//! The server's side of measuring a line: what it tells a page of the page's own stamps.

use protocol::ids::Micros;
use protocol::limits;
use protocol::stamp::{Echo, Stamp};
use std::collections::VecDeque;

/// Frames to a page that it can still answer: more than it is sent before it counts as gone.
const ANSWERABLE: usize = 256;

/// Stamps of one connection.
#[derive(Default)]
pub struct Stamps {
    /// Of those that came since the last frame to the page, the one that was under way for the shortest time: the least
    /// disturbed one says most about the clocks.
    best: Option<Echo>,
    /// Those that went and can still be answered, in order.
    sent_us: VecDeque<Micros>,
    /// How long the last one that came seemed to be under way.
    under_way_us: Option<Micros>,
}

impl Stamps {
    /// What goes before a frame that leaves now.
    pub fn stamp(&mut self, now_us: Micros) -> Stamp {
        if self.sent_us.len() == ANSWERABLE {
            self.sent_us.pop_front();
        }
        self.sent_us.push_back(now_us);
        Stamp { sent_us: now_us, echo: self.best.take() }
    }

    /// A frame of the page has come. True if it disagrees with the one before about the clocks: one may have been set.
    pub fn hear(&mut self, stamp: &Stamp, received_us: Micros) -> bool {
        let echo = Echo { sent_us: stamp.sent_us, received_us };
        let under_way = |echo: &Echo| echo.received_us.saturating_sub(echo.sent_us);
        let now_us = under_way(&echo);
        let before_us = self.under_way_us.replace(now_us).unwrap_or(now_us);
        let disagrees = now_us.saturating_sub(before_us).saturating_abs() > limits::CLOCK_STEP_US;
        // A stamp from before would hide it.
        if disagrees || self.best.as_ref().is_none_or(|best| now_us < under_way(best)) {
            self.best = Some(echo);
        }
        disagrees
    }

    /// How long the page's answer to a heartbeat took, there and back; nothing if it answers none of this connection, or
    /// one that was answered before, or that went before one that was: each is worth something once, and in order.
    pub fn round_trip_us(&mut self, answer: &Stamp, received_us: Micros) -> Option<u32> {
        let sent_us = answer.echo?.sent_us;
        let at = self.sent_us.iter().position(|sent| *sent == sent_us)?;
        self.sent_us.drain(..=at);
        u32::try_from(received_us.checked_sub(sent_us)?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stamp_that_was_under_way_for_the_shortest_time_is_told_once() {
        let mut stamps = Stamps::default();
        for (sent_us, received_us) in [(0, 1_050), (100, 1_110), (200, 1_290)] {
            stamps.hear(&Stamp { sent_us, echo: None }, received_us);
        }
        assert_eq!(stamps.stamp(2_000).echo, Some(Echo { sent_us: 100, received_us: 1_110 }));
        assert_eq!(stamps.stamp(2_001).echo, None);
    }

    #[test]
    fn a_clock_that_was_set_disagrees_with_itself_once() {
        let mut stamps = Stamps::default();
        let mut hear = |sent_us, received_us| stamps.hear(&Stamp { sent_us, echo: None }, received_us);
        assert_eq!([hear(0, 1_000), hear(2_000_000, 2_030_000), hear(9_000_000, 4_030_000)], [false, false, true]);
        assert_eq!([hear(9_100_000, 4_130_000), hear(4_300_000, 4_330_000)], [false, true]);
    }

    #[test]
    fn an_answer_to_nothing_is_no_measurement() {
        let mut stamps = Stamps::default();
        stamps.stamp(5_000);
        let answer = |sent_us| Stamp { sent_us: 0, echo: Some(Echo { sent_us, received_us: 0 }) };
        for nonsense_us in [5_001, 4_999, i64::MIN, i64::MAX, -5_000_000_000] {
            assert_eq!(stamps.round_trip_us(&answer(nonsense_us), 5_400), None);
        }
        assert_eq!(stamps.round_trip_us(&Stamp { sent_us: 0, echo: None }, 5_400), None);
        assert_eq!(stamps.round_trip_us(&answer(5_000), 5_400), Some(400));
    }

    #[test]
    fn a_stamp_is_answered_once_and_in_order() {
        let mut stamps = Stamps::default();
        let _ = [1_000, 2_000, 3_000].map(|at_us| stamps.stamp(at_us));
        let answer = |sent_us| Stamp { sent_us: 0, echo: Some(Echo { sent_us, received_us: 0 }) };
        assert_eq!(stamps.round_trip_us(&answer(2_000), 2_100), Some(100));
        for old_us in [2_000, 1_000] {
            assert_eq!(stamps.round_trip_us(&answer(old_us), 1_900_000), None, "worth nothing any more");
        }
        assert_eq!(stamps.round_trip_us(&answer(3_000), 3_200), Some(200));
    }
}
