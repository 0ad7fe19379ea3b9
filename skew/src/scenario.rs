//! The circumstances under which a room reveals.

use crate::jitter::Jitter;
use crate::page_clock::Accident;
use crate::traffic::Moment;
use crate::{MS, REVEAL_US, S};
use std::ops::RangeInclusive;

/// One set of circumstances.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// What a table calls it.
    pub name: &'static str,
    /// The jitter of all lines.
    pub jitter: Jitter,
    /// The part of a path's least round trip that goes up.
    pub share_up: RangeInclusive<f64>,
    /// What happens to every clock.
    pub accident: Option<Accident>,
    /// What the pages wait for.
    pub moment: Moment,
}

const EVEN: RangeInclusive<f64> = 0.5..=0.5;

/// Lines of every kind, and clocks to which nothing happens.
pub fn lines() -> [Scenario; 5] {
    let calm = |name, jitter, share_up| Scenario { name, jitter, share_up, accident: None, moment: Moment::Reveal };
    [
        calm("exponential, mean 10 ms", Jitter::Exponential { mean_us: 10 * MS }, EVEN),
        calm("exponential, mean 30 ms", Jitter::Exponential { mean_us: 30 * MS }, EVEN),
        calm("spikes of 100–800 ms, 5 %", Jitter::Spikes, EVEN),
        calm("lognormal, median 10 ms, σ 1", Jitter::LogNormal, EVEN),
        asymmetric(),
    ]
}

/// Paths of which 45–55 % go up.
pub fn asymmetric() -> Scenario {
    Scenario {
        name: "10 ms, paths 45–55 % up",
        jitter: Jitter::Exponential { mean_us: 10 * MS },
        share_up: 0.45..=0.55,
        accident: None,
        moment: Moment::Reveal,
    }
}

/// Clocks to which something happens, on lines with a mean jitter of 10 ms.
pub fn accidents() -> [Scenario; 6] {
    let sleep = Accident::Sleep { from_us: REVEAL_US - 45 * S, until_us: REVEAL_US - 5 * S };
    let step = |by_us| Accident::Step { at_us: REVEAL_US - 2 * S, by_us };
    let jitter = Jitter::Exponential { mean_us: 10 * MS };
    [
        ("slept 40 s, woke 5 s before the instant", sleep, Moment::Reveal),
        ("set back by 5 s, 2 s before the instant", step(-5 * S), Moment::Reveal),
        ("set ahead by 5 s, 2 s before the instant", step(5 * S), Moment::Reveal),
        ("slept 40 s, woke 5 s ago in mid-question", sleep, Moment::Quiet),
        ("set back by 5 s, 2 s ago in mid-question", step(-5 * S), Moment::Quiet),
        ("set ahead by 5 s, 2 s ago in mid-question", step(5 * S), Moment::Quiet),
    ]
    .map(|(name, accident, moment)| Scenario { name, jitter, share_up: EVEN, accident: Some(accident), moment })
}
