//! Numbers as people write them: `1,500`, `3.5`, `3,5`, `1.500,5`, `1 000 000`.

/// What stands before the part of a number that is less than one, where a sign could mean either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decimal {
    /// A point; a comma before three digits parts thousands.
    Point,
    /// A comma. A point alone is one of a number that a program wrote.
    Comma,
}

/// A number, if a text is one and nothing else.
pub(super) fn number(text: &str, decimal: Decimal) -> Option<f64> {
    let text: String = text.trim().replace('−', "-").replace(['\u{a0}', '\u{202f}', '\u{2009}'], " ");
    if !text.chars().all(|letter| letter.is_ascii_digit() || " .,+-eE".contains(letter)) {
        return None;
    }
    let commas = text.matches(',').count();
    let points = text.matches('.').count();
    // Of two signs the last one is the decimal one; one that is there twice is not.
    let point = match (commas, points) {
        (1.., 1..) if text.rfind(',') > text.rfind('.') => ',',
        (1.., 1..) => '.',
        (1, 0) if decimal == Decimal::Comma || !is_grouped(&text, ',') => ',',
        (1.., 0) => '.',
        (0, 2..) => ',',
        _ => '.',
    };
    let group = if point == ',' { '.' } else { ',' };
    let (whole, rest) = text.split_once(point).map_or((&*text, None), |(whole, rest)| (whole, Some(rest)));
    let ungrouped = [group, ' '].into_iter().find(|sign| is_grouped(whole, *sign)).map(|sign| whole.replace(sign, ""));
    let mut number = ungrouped.unwrap_or_else(|| whole.to_owned());
    if let Some(rest) = rest {
        number.push('.');
        number.push_str(rest);
    }
    number.parse().ok().filter(|number: &f64| number.is_finite())
}

/// Whether a sign parts the thousands of a whole number.
fn is_grouped(text: &str, sign: char) -> bool {
    let mut parts = text.strip_prefix(['-', '+']).unwrap_or(text).split(sign);
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let starts = parts.next().is_some_and(|part| is_digits(part) && part.len() <= 3 && !part.starts_with('0'));
    let rest: Vec<_> = parts.collect();
    starts && !rest.is_empty() && rest.iter().all(|part| is_digits(part) && part.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_people_mean() {
        for (text, by_point, by_comma) in [
            ("42", 42.0, 42.0),
            ("3.5", 3.5, 3.5),
            ("3,5", 3.5, 3.5),
            ("1,500", 1_500.0, 1.5),
            ("0,125", 0.125, 0.125),
            ("3.125", 3.125, 3.125),
            ("1,234,567.5", 1_234_567.5, 1_234_567.5),
            ("1.234.567,5", 1_234_567.5, 1_234_567.5),
            ("1.500,5", 1_500.5, 1_500.5),
            ("1.500.000", 1_500_000.0, 1_500_000.0),
            ("-1 000\u{a0}000", -1_000_000.0, -1_000_000.0),
            ("−2.5e3", -2_500.0, -2_500.0),
            (" +7. ", 7.0, 7.0),
        ] {
            assert_eq!(number(text, Decimal::Point), Some(by_point), "{text}");
            assert_eq!(number(text, Decimal::Comma), Some(by_comma), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in
            ["", ".", ",", "e5", "1e999", "1,2,3", "1.2.3", "12 34", "5 m", "nan", "inf", "0x10", "1,23.4,5", "ß"]
        {
            assert_eq!(number(text, Decimal::Point), None, "{text}");
        }
    }
}
