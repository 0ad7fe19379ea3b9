//! The server's side of measuring a line: what it tells a page of the page's own stamps.

use protocol::ids::Micros;
use protocol::stamp::{Echo, Stamp};

/// Stamps of one connection.
#[derive(Default)]
pub struct Stamps {
    /// Of those that came since the last frame to the page, the one that was under way for the shortest time: the least
    /// disturbed one says most about the clocks.
    best: Option<Echo>,
    /// The last one that went.
    sent_us: Micros,
}

impl Stamps {
    /// What goes before a frame that leaves now.
    pub fn stamp(&mut self, now_us: Micros) -> Stamp {
        self.sent_us = now_us;
        Stamp { sent_us: now_us, echo: self.best.take() }
    }

    /// A frame of the page has come.
    pub fn hear(&mut self, stamp: &Stamp, received_us: Micros) {
        let echo = Echo { sent_us: stamp.sent_us, received_us };
        let under_way = |echo: &Echo| echo.received_us.saturating_sub(echo.sent_us);
        if self.best.as_ref().is_none_or(|best| under_way(&echo) < under_way(best)) {
            self.best = Some(echo);
        }
    }

    /// How long the page's answer to a heartbeat took, there and back; nothing if it answers none of this connection.
    pub fn round_trip_us(&self, answer: &Stamp, received_us: Micros) -> Option<u32> {
        let sent_us = answer.echo?.sent_us;
        let round_trip_us = u32::try_from(received_us.checked_sub(sent_us)?).ok()?;
        (sent_us <= self.sent_us).then_some(round_trip_us)
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
    fn an_answer_to_nothing_is_no_measurement() {
        let mut stamps = Stamps::default();
        stamps.stamp(5_000);
        let answer = |sent_us| Stamp { sent_us: 0, echo: Some(Echo { sent_us, received_us: 0 }) };
        assert_eq!(stamps.round_trip_us(&answer(5_000), 5_400), Some(400));
        for nonsense_us in [5_001, i64::MIN, i64::MAX, -5_000_000_000] {
            assert_eq!(stamps.round_trip_us(&answer(nonsense_us), 5_400), None);
        }
        assert_eq!(stamps.round_trip_us(&Stamp { sent_us: 0, echo: None }, 5_400), None);
    }
}
