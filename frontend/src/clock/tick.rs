//! The steps in which the browser's clock moves, so that pages cannot measure what is not theirs to know: some
//! microseconds in one, a millisecond in another, a tenth of a second where fingerprinting is resisted.

use super::page_us;
use protocol::ids::Micros;

/// Looks at the clock until it moves. Enough for a step of some milliseconds; a coarser one is seen by and by.
const LOOKS: u32 = 20_000;
/// What is taken before it has been seen to move.
const UNSEEN_US: Micros = 1_000_000;

/// The least step that was ever seen.
pub struct Tick {
    least_us: Micros,
    last_us: Micros,
}

impl Default for Tick {
    fn default() -> Self {
        let mut tick = Self { least_us: UNSEEN_US, last_us: page_us() };
        for _ in 0..LOOKS {
            tick.see(page_us());
            if tick.least_us < UNSEEN_US {
                break;
            }
        }
        tick
    }
}

impl Tick {
    /// The clock was looked at.
    pub fn see(&mut self, now_us: Micros) {
        let step_us = now_us - std::mem::replace(&mut self.last_us, now_us);
        if step_us > 0 {
            self.least_us = self.least_us.min(step_us);
        }
    }

    /// How long a step is, in microseconds.
    pub fn us(&self) -> Micros {
        self.least_us
    }
}
