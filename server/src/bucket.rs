//! How fast somebody may do something: a token bucket.

use std::time::Instant;

/// What a bucket holds, and how fast it fills.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    /// Tokens of a full bucket: what may be done at once.
    pub burst: f64,
    /// Tokens a second that are refilled.
    pub per_second: f64,
}

/// A token bucket.
#[derive(Debug)]
pub struct Bucket {
    rate: Rate,
    tokens: f64,
    filled: Instant,
}

impl Bucket {
    /// A full one.
    pub fn new(rate: Rate, now: Instant) -> Self {
        Self { rate, tokens: rate.burst, filled: now }
    }

    /// Takes a token; false when there is none.
    pub fn take(&mut self, now: Instant) -> bool {
        self.take_many(now, 1.0)
    }

    /// Takes so many tokens; false, and none is taken, when there are fewer.
    pub fn take_many(&mut self, now: Instant, tokens: f64) -> bool {
        self.fill(now);
        let has_them = self.tokens >= tokens;
        if has_them {
            self.tokens -= tokens;
        }
        has_them
    }

    /// Whether there is a token.
    pub fn has_one(&mut self, now: Instant) -> bool {
        self.fill(now);
        self.tokens >= 1.0
    }

    /// Gives a token back.
    pub fn give_back(&mut self) {
        self.tokens = (self.tokens + 1.0).min(self.rate.burst);
    }

    /// Whether it is full again, as a new one would be.
    pub fn is_full(&mut self, now: Instant) -> bool {
        self.fill(now);
        self.tokens >= self.rate.burst
    }

    fn fill(&mut self, now: Instant) {
        let refill = now.saturating_duration_since(self.filled).as_secs_f64() * self.rate.per_second;
        self.tokens = (self.tokens + refill).min(self.rate.burst);
        self.filled = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_burst_passes_then_the_rate_holds() {
        let start = Instant::now();
        let mut bucket = Bucket::new(Rate { burst: 120.0, per_second: 60.0 }, start);
        assert_eq!((0..200).filter(|_| bucket.take(start)).count(), 120);
        assert_eq!((0..200).filter(|_| bucket.take(start + Duration::from_secs(1))).count(), 60);
        bucket.give_back();
        assert!(bucket.take(start + Duration::from_secs(1)) && !bucket.is_full(start + Duration::from_secs(1)));
        assert!(bucket.is_full(start + Duration::from_secs(4)));
    }
}
