//! Points in words.

use protocol::view::Cents;

/// Hundredths of a point as people read them: `7`, `7.5`, `6.66`.
pub fn points(cents: Cents) -> String {
    let sign = if cents < 0 { "−" } else { "" };
    match (cents.unsigned_abs() / 100, cents.unsigned_abs() % 100) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, rest) if rest % 10 == 0 => format!("{sign}{whole}.{}", rest / 10),
        (whole, rest) => format!("{sign}{whole}.{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::points;

    #[test]
    fn hundredths_read_as_people_write_them() {
        assert_eq!([0, 700, 750, 666, 105, -50].map(points), ["0", "7", "7.5", "6.66", "1.05", "−0.5"]);
    }
}
