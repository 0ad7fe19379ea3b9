//! One page in the room.

use crate::line::Line;
use crate::page_clock::PageClock;
use crate::scenario::Scenario;
use crate::traffic::{BEAT_US, Frame};
use crate::{MS, REVEAL_US, S, traffic};
use protocol::ids::Micros;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A page: its line, its clock, and what it has heard.
#[derive(Debug)]
pub struct Device {
    /// Its line to the server.
    pub line: Line,
    /// Its clock.
    pub clock: PageClock,
    /// What it has heard up to the reveal, in order.
    pub heard: Vec<Frame>,
}

impl Device {
    /// Draws the page with this number: a round trip of 0–300 ms without jitter, a clock that is off by up to 10
    /// minutes and drifts by up to 100 ppm, and when it connected.
    pub fn drawn(scenario: &Scenario, seed: u64, number: u64) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(number);
        let round_trip_us = random.random_range(0..=300 * MS);
        let up_us = (round_trip_us as f64 * random.random_range(scenario.share_up.clone())).round() as Micros;
        let line = Line { seed, number, up_us, down_us: round_trip_us - up_us, jitter: scenario.jitter };
        let clock = PageClock {
            ahead_us: random.random_range(-600 * S..=600 * S),
            drift_ppm: random.random_range(-100.0..=100.0),
            accident: scenario.accident,
        };
        let connected_us = REVEAL_US - 60 * S - random.random_range(0..BEAT_US);
        let heard = traffic::heard(&line, &clock, connected_us, scenario.moment);
        Self { line, clock, heard }
    }

    /// How late it would reveal if nothing but its path's asymmetry misled it.
    pub fn asymmetry_us(&self) -> f64 {
        (self.line.down_us - self.line.up_us) as f64 / 2.0
    }
}
