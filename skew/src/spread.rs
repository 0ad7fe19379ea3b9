//! Many values in one number.

/// From the smallest to the greatest; 0 for none.
pub fn spread(values: &[f64]) -> f64 {
    let greatest = values.iter().copied().max_by(f64::total_cmp);
    let least = values.iter().copied().min_by(f64::total_cmp);
    greatest.zip(least).map_or(0.0, |(greatest, least)| greatest - least)
}

/// The greatest distance from 0; 0 for none.
pub fn worst(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |worst, value| worst.max(value.abs()))
}

/// The middle one, or half way between the two in the middle; 0 for none.
pub fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let middle = |index: usize| values.get(index).copied().unwrap_or(0.0);
    (middle(values.len().saturating_sub(1) / 2) + middle(values.len() / 2)) / 2.0
}

/// The mean; not a number for none.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The standard deviation of a sample; not a number for fewer than two.
pub fn deviation(values: &[f64]) -> f64 {
    let mean = mean(values);
    (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (values.len() as f64 - 1.0)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_they_are_called() {
        let values = [4.0, -7.0, 1.0, 2.0];
        assert_eq!((spread(&values), worst(&values), median(&values), mean(&values)), (11.0, 7.0, 1.5, 0.0));
        assert_eq!(deviation(&[1.0, 3.0]), 2.0f64.sqrt());
        assert_eq!((median(&[3.0, 1.0, 2.0]), median(&[]), spread(&[])), (2.0, 0.0, 0.0));
    }
}
