//! How far the server's clock is ahead of the page's, from stamps that both sides exchange anyway.
//!
//! The smallest delay seen in each direction is the least disturbed one; half their difference is the offset (the
//! filter of NTP's clock-selection, per direction). A path that is slower one way than the other shifts the estimate
//! by half that difference, which no exchange of stamps can see.

use crate::ids::Millis;
use std::collections::VecDeque;

/// Exchanges kept; short enough that 100 ppm of drift between two clocks stays below a screen frame.
const WINDOW: usize = 32;

/// One exchange of stamps.
#[derive(Debug, Clone, Copy)]
struct Sample {
    up_ms: Millis,
    down_ms: Millis,
}

/// Estimates the offset between a page's clock and the server's.
#[derive(Debug, Clone, Default)]
pub struct Estimator {
    window: VecDeque<Sample>,
}

impl Estimator {
    /// Adds an exchange: the page sent, the server received, the server sent, the page received.
    pub fn add(&mut self, page_sent: Millis, server_received: Millis, server_sent: Millis, page_received: Millis) {
        if self.window.len() == WINDOW {
            self.window.pop_front();
        }
        self.window.push_back(Sample {
            up_ms: server_received.saturating_sub(page_sent),
            down_ms: page_received.saturating_sub(server_sent),
        });
    }

    /// What to add to the page's clock to get the server's; nothing before the first exchange.
    pub fn offset_ms(&self) -> Option<Millis> {
        let up = self.window.iter().map(|sample| sample.up_ms).min()?;
        let down = self.window.iter().map(|sample| sample.down_ms).min()?;
        Some(up.saturating_sub(down) / 2)
    }

    /// Forgets everything, as after the page's clock was set or the laptop slept.
    pub fn reset(&mut self) {
        self.window.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_delay_of_each_direction_counts() {
        let mut estimator = Estimator::default();
        assert_eq!(estimator.offset_ms(), None);
        // The server is 1,000 ms ahead; delays up 5, 90, 40 and down 60, 5, 30.
        for (sent, up, down) in [(0, 5, 60), (100, 90, 5), (400, 40, 30)] {
            estimator.add(sent, sent + up + 1_000, sent + up + 1_000, sent + up + down);
        }
        assert_eq!(estimator.offset_ms(), Some(1_000));
    }

    #[test]
    fn old_exchanges_leave_the_window() {
        let mut estimator = Estimator::default();
        estimator.add(0, 0, 0, 0);
        for at in 0..WINDOW as Millis {
            estimator.add(at, at + 50, at + 50, at);
        }
        assert_eq!(estimator.offset_ms(), Some(50));
    }
}
