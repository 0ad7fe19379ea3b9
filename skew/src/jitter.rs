//! What a frame takes beyond its path's least delay.

use crate::MS;
use protocol::ids::Micros;
use rand::{Rng, RngExt};
use std::f64::consts::TAU;

/// A distribution of the delay that comes on top, each way.
#[derive(Debug, Clone, Copy)]
pub enum Jitter {
    /// A queue: exponential.
    Exponential {
        /// Its mean.
        mean_us: Micros,
    },
    /// Wireless that drops out: exponential with a mean of 4 ms, and 5 % of the frames held up by another 100–800 ms.
    Spikes,
    /// A heavy tail: lognormal with a median of 10 ms and σ = 1, so with a mean of 16 ms, and one in a hundred above
    /// 102 ms.
    LogNormal,
}

impl Jitter {
    /// Draws one delay.
    pub fn draw_us(self, random: &mut impl Rng) -> Micros {
        match self {
            Self::Exponential { mean_us } => exponential_us(mean_us, random),
            Self::Spikes => {
                let held_up_us = if random.random_bool(0.05) { random.random_range(100 * MS..800 * MS) } else { 0 };
                exponential_us(4 * MS, random) + held_up_us
            }
            Self::LogNormal => ((10 * MS) as f64 * normal(random).exp()).round() as Micros,
        }
    }
}

fn exponential_us(mean_us: Micros, random: &mut impl Rng) -> Micros {
    (-(1.0 - random.random::<f64>()).ln() * mean_us as f64).round() as Micros
}

/// A standard normal value, by Box and Muller.
fn normal(random: &mut impl Rng) -> f64 {
    let radius = (-2.0 * (1.0 - random.random::<f64>()).ln()).sqrt();
    radius * (TAU * random.random::<f64>()).cos()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    /// The mean, and the part above 100 ms.
    fn moments(jitter: Jitter) -> (f64, f64) {
        let mut random = ChaCha8Rng::seed_from_u64(1);
        let delays: Vec<_> = (0..200_000).map(|_| jitter.draw_us(&mut random)).collect();
        let late = delays.iter().filter(|&&delay_us| delay_us > 100 * MS).count();
        (delays.iter().sum::<Micros>() as f64 / 200_000.0 / MS as f64, late as f64 / 200_000.0)
    }

    #[test]
    fn delays_are_as_documented() {
        let close = |(mean_ms, late): (f64, f64), expected: (f64, f64)| {
            assert!((mean_ms - expected.0).abs() < 0.02 * expected.0, "mean {mean_ms} ms");
            assert!((late - expected.1).abs() < 0.002, "{late} above 100 ms");
        };
        close(moments(Jitter::Exponential { mean_us: 30 * MS }), (30.0, (-100.0f64 / 30.0).exp()));
        close(moments(Jitter::Spikes), (4.0 + 0.05 * 450.0, 0.05));
        close(moments(Jitter::LogNormal), (10.0 * 0.5f64.exp(), 0.0107));
    }
}
