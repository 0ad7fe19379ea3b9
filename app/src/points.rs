//! Points in words.

use protocol::view::{Cents, Mark};

/// Hundredths of a point as people read them: `7`, `7.5`, `6.66`.
pub fn points(cents: Cents) -> String {
    match (cents / 100, cents % 100) {
        (whole, 0) => whole.to_string(),
        (whole, rest) if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
        (whole, rest) => format!("{whole}.{rest:02}"),
    }
}

/// A mark of how much: `7.5 of 10`, or that it is pending.
pub fn mark(mark: &Mark) -> String {
    match mark.cents {
        Some(cents) => format!("{} of {}", points(cents), points(mark.of)),
        None => "pending".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::points;

    #[test]
    fn hundredths_read_as_people_write_them() {
        assert_eq!([0, 700, 750, 666, 105].map(points), ["0", "7", "7.5", "6.66", "1.05"]);
    }
}
