//! Two sides, measured in turn (A B A B): the machine's own pace changes within minutes, so only pairs are compared.

use anyhow::Result;

use crate::figures::{ends, median, short};

/// Pairs after the warm-up.
pub(crate) const PAIRS: usize = 5;
/// A baseline that differs from itself by more than this says nothing about anything else.
const UNSTEADY: f64 = 2.0;

/// Two sides that do the same, each giving one figure a run.
pub(crate) trait Contest {
    async fn ours(&mut self) -> Result<f64>;
    async fn baseline(&mut self) -> Result<f64>;
}

/// Figures of both sides, pair by pair.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pairs {
    pub ours: Vec<f64>,
    pub baseline: Vec<f64>,
}

impl Pairs {
    fn ratios(&self) -> Vec<f64> {
        self.ours.iter().zip(&self.baseline).map(|(ours, baseline)| ours / baseline).collect()
    }

    /// The median of the pairs' ratios.
    pub(crate) fn ratio(&self) -> f64 {
        median(&self.ratios())
    }

    /// Whether the baseline agrees with itself.
    pub(crate) fn is_steady(&self) -> bool {
        let (low, high) = ends(&self.baseline);
        high / low <= UNSTEADY
    }

    /// Lowest and highest ratio, the worst pair among them.
    pub(crate) fn spread(&self) -> String {
        let (low, high) = ends(&self.ratios());
        format!("{}–{}", short(low), short(high))
    }
}

/// One warm-up and five pairs; once more if the baseline was unsteady.
pub(crate) async fn compare(contest: &mut impl Contest) -> Result<Pairs> {
    contest.ours().await?;
    contest.baseline().await?;
    let pairs = five(contest).await?;
    if pairs.is_steady() {
        return Ok(pairs);
    }
    crate::report::note("the baseline's figures are more than twice apart; measuring once more");
    five(contest).await
}

async fn five(contest: &mut impl Contest) -> Result<Pairs> {
    let mut pairs = Pairs::default();
    for _ in 0..PAIRS {
        pairs.ours.push(contest.ours().await?);
        pairs.baseline.push(contest.baseline().await?);
    }
    Ok(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_the_pairs_decides_not_the_pair_of_the_medians() {
        let pairs = Pairs { ours: vec![10.0, 2.0, 30.0], baseline: vec![10.0, 4.0, 10.0] };
        assert!((pairs.ratio() - 1.0).abs() < f64::EPSILON);
        assert_eq!(pairs.spread(), "0.50–3.00");
    }

    #[test]
    fn a_baseline_that_jumps_is_unsteady() {
        assert!(Pairs { ours: vec![1.0, 1.0], baseline: vec![100.0, 200.0] }.is_steady());
        assert!(!Pairs { ours: vec![1.0, 1.0], baseline: vec![100.0, 201.0] }.is_steady());
    }
}
