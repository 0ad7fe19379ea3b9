//! What one frame tells about the clocks at its two ends.

use crate::ids::Micros;

/// The page's microseconds in which the two clocks drift apart by one at most: 100 ppm. Crystals keep within that; a
/// clock that is being slewed (up to 500 ppm on Linux) may not.
const DRIFT_DIVISOR: Micros = 10_000;

/// A stamp is a whole microsecond, the one that had begun.
const STAMP_US: Micros = 1;

/// One frame in one direction.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// The page's end of it, by the page's clock.
    pub at_us: Micros,
    /// The receiver's stamp minus the sender's: the delay, and the difference of the clocks with it.
    pub apparent_us: Micros,
}

impl Sample {
    /// The most that the sender's clock can be behind the receiver's at this instant of the page's clock.
    pub fn limit_us(&self, page_now: Micros) -> Micros {
        let age_us = page_now.saturating_sub(self.at_us).max(0);
        let drift_us = age_us / DRIFT_DIVISOR + Micros::from(age_us % DRIFT_DIVISOR > 0);
        self.apparent_us.saturating_add(STAMP_US).saturating_add(drift_us)
    }
}
