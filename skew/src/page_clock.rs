//! A page's clock, which is wrong.

use protocol::ids::Micros;

/// What can happen to a clock.
#[derive(Debug, Clone, Copy)]
pub enum Accident {
    /// The laptop sleeps: its clock stands still, and what is sent to it arrives when it wakes.
    Sleep {
        /// When it falls asleep.
        from_us: Micros,
        /// When it wakes.
        until_us: Micros,
    },
    /// The clock is set.
    Step {
        /// When.
        at_us: Micros,
        /// Ahead by this; back, if negative.
        by_us: Micros,
    },
}

/// A clock that started elsewhere, runs at its own rate, and may have an accident.
#[derive(Debug, Clone)]
pub struct PageClock {
    /// How far the server's clock is ahead when the page's shows 0.
    pub ahead_us: Micros,
    /// By how much the server's clock gains on it, in millionths of the page's time.
    pub drift_ppm: f64,
    /// What happens to it.
    pub accident: Option<Accident>,
}

impl PageClock {
    /// What it shows: whole microseconds, rounded down as clocks do.
    pub fn reading_us(&self, server_us: Micros) -> Micros {
        self.exact_us(server_us).floor() as Micros
    }

    /// What would have to be added to it to be right.
    pub fn offset_us(&self, server_us: Micros) -> f64 {
        server_us as f64 - self.exact_us(server_us)
    }

    /// When the page notices what comes at this instant: at once, unless it sleeps.
    pub fn awake_us(&self, server_us: Micros) -> Micros {
        match self.accident {
            Some(Accident::Sleep { from_us, until_us }) if (from_us..until_us).contains(&server_us) => until_us,
            _ => server_us,
        }
    }

    fn exact_us(&self, server_us: Micros) -> f64 {
        let shift_us = match self.accident {
            Some(Accident::Sleep { from_us, until_us }) => -(server_us.clamp(from_us, until_us) - from_us),
            Some(Accident::Step { at_us, by_us }) if server_us >= at_us => by_us,
            _ => 0,
        };
        (server_us + shift_us - self.ahead_us) as f64 / (1.0 + self.drift_ppm / 1e6)
    }
}
