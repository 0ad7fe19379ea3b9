//! The newest samples of one direction.

use super::sample::Sample;
use crate::ids::Micros;
use std::collections::VecDeque;

/// Samples kept. More than the exchanges of a count-in, so that all of them count; few enough that a path that has
/// changed is learned within about two minutes of steady beats, and that all can be looked at for every picture on the
/// screen.
pub const SAMPLES: usize = 64;

/// The newest samples of one direction, in the order in which they were heard.
#[derive(Debug, Clone, Default)]
pub struct Window {
    samples: VecDeque<Sample>,
}

impl Window {
    /// Adds a sample; the oldest makes room.
    pub fn push(&mut self, sample: Sample) {
        if self.samples.len() == SAMPLES {
            self.samples.pop_front();
        }
        self.samples.push_back(sample);
    }

    /// The sample that says most at this instant of the page's clock.
    pub fn tightest(&self, page_now: Micros) -> Option<Sample> {
        self.samples.iter().copied().min_by_key(|sample| sample.limit_us(page_now))
    }

    /// Forgets what is older than this instant of the page's clock.
    pub fn forget_before(&mut self, at_us: Micros) {
        self.samples.retain(|sample| sample.at_us >= at_us);
    }
}
