//! The line between a page and the server.

use crate::MS;
use crate::jitter::Jitter;
use protocol::ids::Micros;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// What is sent within one such span has the same delay. Shorter than any two frames that are sent apart, so that their
/// delays are drawn independently.
const SLOT_US: Micros = 25 * MS;

/// A way along the line.
#[derive(Debug, Clone, Copy)]
pub enum Way {
    /// To the server.
    Up,
    /// To the page.
    Down,
}

/// A line whose delay at an instant is drawn once: every method that sends then meets the same.
#[derive(Debug, Clone)]
pub struct Line {
    /// With the number, what the delays are drawn from.
    pub seed: u64,
    /// Its number in the room.
    pub number: u64,
    /// Least delay up.
    pub up_us: Micros,
    /// Least delay down.
    pub down_us: Micros,
    /// What comes on top.
    pub jitter: Jitter,
}

impl Line {
    /// When something sent at an instant comes, if nothing is ahead of it.
    pub fn arrival_us(&self, way: Way, sent_us: Micros) -> Micros {
        let least_us = match way {
            Way::Up => self.up_us,
            Way::Down => self.down_us,
        };
        let drawn_from = [self.seed, self.number, way as u64, sent_us.div_euclid(SLOT_US) as u64];
        let mut bytes = [0; 32];
        bytes.chunks_exact_mut(8).zip(drawn_from).for_each(|(part, word)| part.copy_from_slice(&word.to_le_bytes()));
        sent_us + least_us + self.jitter.draw_us(&mut ChaCha8Rng::from_seed(bytes))
    }
}
