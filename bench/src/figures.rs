//! Medians, quantiles, and how they are written.

use std::time::Duration;

/// Measured times, in milliseconds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Times(Vec<f64>);

impl Times {
    pub(crate) fn add(&mut self, time: Duration) {
        self.0.push(time.as_secs_f64() * 1e3);
    }

    pub(crate) fn add_micros(&mut self, micros: f64) {
        self.0.push(micros / 1e3);
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The time that this share of all (0 to 1) does not exceed, in milliseconds; infinite when there are none, so that
    /// an empty measurement passes no gate.
    pub(crate) fn quantile(&self, share: f64) -> f64 {
        quantile(&self.0, share)
    }

    pub(crate) fn p99(&self) -> f64 {
        self.quantile(0.99)
    }
}

/// The smallest value that this share of all does not exceed; infinite when there are none.
pub(crate) fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let below = |index: usize| (index + 1) as f64 >= share * sorted.len() as f64;
    (0..sorted.len()).find(|index| below(*index)).map_or(f64::INFINITY, |index| sorted[index])
}

/// The middle value; infinite when there are none.
pub(crate) fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// Lowest and highest.
pub(crate) fn ends(values: &[f64]) -> (f64, f64) {
    values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(*value), high.max(*value)))
}

/// A number with three digits that count: `12,300`, `48.1`, `0.93`.
pub(crate) fn short(value: f64) -> String {
    if !value.is_finite() {
        return "none".to_owned();
    }
    match value.abs() {
        size if size < 1e-9 => "0".to_owned(),
        size if size >= 1_000.0 => {
            let whole = format!("{value:.0}");
            let mut text = String::new();
            for (place, digit) in whole.chars().enumerate() {
                if place > 0 && (whole.len() - place).is_multiple_of(3) {
                    text.push(',');
                }
                text.push(digit);
            }
            text
        }
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

/// How many a second.
pub(crate) fn rate(count: usize, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64().max(1e-9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_were_measured() {
        let hundred: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert!((quantile(&hundred, 0.99) - 99.0).abs() < f64::EPSILON);
        assert!((median(&[3.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
        assert!(median(&[]).is_infinite(), "nothing measured passes no gate");
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!([12_345.6, 480.2, 48.12, 0.934].map(short), ["12,346", "480", "48.1", "0.93"]);
        assert_eq!([0.0, f64::INFINITY].map(short), ["0", "none"]);
    }
}
