//! How fast one page may talk: sized for typing, so that only a program hits it.

use std::time::Instant;

/// Messages a second that are refilled: 40 for typing, the rest for answers to heartbeats before a reveal.
const PER_SECOND: f64 = 60.0;
/// Messages at once.
const BURST: f64 = 120.0;

/// What a greeting costs: its answer is larger than any other. A page greets once, and once more for each earlier page
/// load that it sends for.
pub const GREETING: f64 = 5.0;

/// A token bucket.
pub struct Bucket {
    tokens: f64,
    filled: Instant,
}

impl Bucket {
    /// A full one.
    pub fn new(now: Instant) -> Self {
        Self { tokens: BURST, filled: now }
    }

    /// Takes a token for a message; false when there is none.
    pub fn take(&mut self, now: Instant) -> bool {
        self.take_many(now, 1.0)
    }

    /// Takes so many; false when there are fewer.
    pub fn take_many(&mut self, now: Instant, tokens: f64) -> bool {
        let refill = now.saturating_duration_since(self.filled).as_secs_f64() * PER_SECOND;
        self.tokens = (self.tokens + refill).min(BURST);
        self.filled = now;
        if self.tokens < tokens {
            return false;
        }
        self.tokens -= tokens;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_burst_passes_then_the_rate_holds() {
        let start = Instant::now();
        let mut bucket = Bucket::new(start);
        assert_eq!((0..200).filter(|_| bucket.take(start)).count(), 120);
        assert_eq!((0..200).filter(|_| bucket.take(start + Duration::from_secs(1))).count(), 60);
    }
}
