//! How long many took, in a few numbers.

use std::time::Duration;

/// Milliseconds of one round.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Times {
    /// Half of them took no longer.
    pub p50: f64,
    /// 99 of a hundred took no longer.
    pub p99: f64,
    /// The last one.
    pub last: f64,
}

impl Times {
    /// What these come to; there has to be one.
    pub fn of(durations: &[Duration]) -> Self {
        let milliseconds: Vec<_> = durations.iter().map(|duration| duration.as_secs_f64() * 1_000.0).collect();
        Self { p50: quantile(&milliseconds, 0.5), p99: quantile(&milliseconds, 0.99), last: worst(&milliseconds) }
    }
}

/// The smallest value that this part of them does not exceed; 0 for none.
fn quantile(values: &[f64], part: f64) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let index = (values.len() as f64 * part).ceil() as usize;
    values.get(index.saturating_sub(1)).copied().unwrap_or(0.0)
}

/// The middle one.
pub fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// The greatest one.
pub fn worst(values: &[f64]) -> f64 {
    quantile(values, 1.0)
}

/// One line for each of p50, p99 and last: both kinds of rounds and, round by round, how many times as long the second
/// took; of each the median and the worst.
pub fn table(baseline: &[Times], resumed: &[Times]) -> String {
    let mut table = String::from("          handshake only, ms    resumed and saved, ms    times as long\n");
    table += "            median     worst        median     worst    median   worst\n";
    let columns: [fn(&Times) -> f64; 3] = [|times| times.p50, |times| times.p99, |times| times.last];
    for (name, of) in ["p50 ", "p99 ", "last"].into_iter().zip(columns) {
        let (baseline, resumed): (Vec<_>, Vec<_>) =
            (baseline.iter().map(of).collect(), resumed.iter().map(of).collect());
        let ratios: Vec<_> = baseline.iter().zip(&resumed).map(|(baseline, resumed)| resumed / baseline).collect();
        let [a, b, c] = [&baseline, &resumed, &ratios].map(|values| (median(values), worst(values)));
        table += &format!(
            "{name}      {:>8.0}  {:>8.0}      {:>8.0}  {:>8.0}  {:>8.1}  {:>6.1}\n",
            a.0, a.1, b.0, b.1, c.0, c.1
        );
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_were_there() {
        let durations: Vec<_> = (1..=200).map(Duration::from_millis).collect();
        assert_eq!(Times::of(&durations), Times { p50: 100.0, p99: 198.0, last: 200.0 });
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert_eq!(worst(&[]), 0.0);
    }
}
