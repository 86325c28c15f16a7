//! What is printed: a block for each gate while it runs, one Markdown table at the end.

use std::io::{self, Write as _};

use crate::{
    compare::Pairs,
    figures::{median, short},
};

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Better {
    Higher,
    Lower,
}

/// What must hold, and what is aimed at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    pub better: Better,
    pub floor: f64,
    pub goal: f64,
}

impl Bounds {
    pub(crate) const fn at_least(floor: f64, goal: f64) -> Self {
        Self { better: Better::Higher, floor, goal }
    }

    pub(crate) const fn at_most(floor: f64, goal: f64) -> Self {
        Self { better: Better::Lower, floor, goal }
    }

    pub(crate) fn verdict(self, value: f64) -> Verdict {
        let reaches = |bound: f64| match self.better {
            Better::Higher => value >= bound,
            Better::Lower => value <= bound,
        };
        if reaches(self.goal) {
            Verdict::Goal
        } else if reaches(self.floor) {
            Verdict::Floor
        } else {
            Verdict::Missed
        }
    }

    fn text(self, bound: f64) -> String {
        let sign = if self.better == Better::Higher { "≥" } else { "≤" };
        format!("{sign} {}", short(bound))
    }
}

/// What came of a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Goal,
    Floor,
    Missed,
    /// The baseline did not agree with itself, twice.
    Inconclusive,
    /// A figure without a gate.
    Reported,
}

impl Verdict {
    const fn text(self) -> &'static str {
        match self {
            Self::Goal => "goal",
            Self::Floor => "floor",
            Self::Missed => "**missed**",
            Self::Inconclusive => "inconclusive",
            Self::Reported => "reported",
        }
    }
}

fn with_unit(number: String, unit: &str) -> String {
    if unit.is_empty() { number } else { format!("{number} {unit}") }
}

/// A line of the table.
#[derive(Debug)]
pub(crate) struct Row {
    pub gate: &'static str,
    pub what: String,
    pub ours: String,
    pub baseline: String,
    pub ratio: String,
    pub spread: String,
    pub floor: String,
    pub goal: String,
    pub verdict: Verdict,
}

impl Row {
    /// A gate on the ratio of pairs.
    pub(crate) fn of_pairs(
        gate: &'static str,
        what: impl Into<String>,
        unit: &str,
        pairs: &Pairs,
        bounds: Bounds,
    ) -> Self {
        let verdict = if pairs.is_steady() { bounds.verdict(pairs.ratio()) } else { Verdict::Inconclusive };
        Self {
            gate,
            what: what.into(),
            ours: format!("{} {unit}", short(median(&pairs.ours))),
            baseline: format!("{} {unit}", short(median(&pairs.baseline))),
            ratio: short(pairs.ratio()),
            spread: pairs.spread(),
            floor: bounds.text(bounds.floor),
            goal: bounds.text(bounds.goal),
            verdict,
        }
    }

    /// A gate on a figure alone, that has no baseline.
    pub(crate) fn of_value(
        gate: &'static str,
        what: impl Into<String>,
        unit: &str,
        value: f64,
        bounds: Bounds,
    ) -> Self {
        Self {
            gate,
            what: what.into(),
            ours: with_unit(short(value), unit),
            baseline: "–".to_owned(),
            ratio: "–".to_owned(),
            spread: "–".to_owned(),
            floor: with_unit(bounds.text(bounds.floor), unit),
            goal: with_unit(bounds.text(bounds.goal), unit),
            verdict: bounds.verdict(value),
        }
    }

    /// An absolute bound that stands beside the ratio: the goal is only reached if this holds, too.
    pub(crate) fn and_at_most(mut self, unit: &str, value: f64, floor: Option<f64>, goal: f64) -> Self {
        self.goal = format!("{} and ≤ {} {unit}", self.goal, short(goal));
        if let Some(floor) = floor {
            self.floor = format!("{} and ≤ {} {unit}", self.floor, short(floor));
            if value > floor && self.verdict != Verdict::Inconclusive {
                self.verdict = Verdict::Missed;
            }
        }
        if value > goal && self.verdict == Verdict::Goal {
            self.verdict = Verdict::Floor;
        }
        self
    }

    /// The same figures without a verdict.
    pub(crate) fn reported(mut self) -> Self {
        self.verdict = Verdict::Reported;
        self
    }

    fn cells(&self) -> [&str; 9] {
        let (gate, what, verdict) = (self.gate, self.what.as_str(), self.verdict.text());
        [gate, what, &self.ours, &self.baseline, &self.ratio, &self.spread, &self.floor, &self.goal, verdict]
    }
}

const HEAD: [&str; 9] = ["gate", "what", "ours", "baseline", "ratio", "spread", "floor", "goal", "verdict"];

/// The table, for docs/PERFORMANCE.md.
pub(crate) fn table(rows: &[Row]) {
    let line = |cells: [&str; 9]| println!("| {} |", cells.join(" | "));
    println!();
    line(HEAD);
    line(["---"; 9]);
    for row in rows {
        line(row.cells());
    }
    println!();
    flush();
}

/// A gate begins.
pub(crate) fn heading(text: &str) {
    println!("\n▸ {text}");
    flush();
}

/// A line below the heading.
pub(crate) fn note(text: impl AsRef<str>) {
    println!("    {}", text.as_ref());
    flush();
}

/// A result, as soon as it is known.
pub(crate) fn result(row: &Row) {
    note(format!(
        "{}: ours {}, baseline {}, ratio {} ({}); floor {}, goal {}: {}",
        row.gate,
        row.ours,
        row.baseline,
        row.ratio,
        row.spread,
        row.floor,
        row.goal,
        row.verdict.text()
    ));
}

/// What went wrong, with its causes.
pub(crate) fn failure(error: &anyhow::Error) {
    flush();
    let mut lines = vec![format!("✗ {error}")];
    lines.extend(error.chain().skip(1).map(|cause| format!("  because: {cause}")));
    // Nothing is left to tell if standard error is closed.
    let _ = writeln!(io::stderr(), "{}", lines.join("\n"));
}

fn flush() {
    // A closed standard output is noticed by the shell.
    let _ = io::stdout().flush();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_judged_by_the_better_way() {
        let rates = Bounds::at_least(1.0, 1.4);
        assert_eq!(
            [1.5, 1.4, 1.1, 0.9].map(|v| rates.verdict(v)),
            [Verdict::Goal, Verdict::Goal, Verdict::Floor, Verdict::Missed]
        );
        let times = Bounds::at_most(5.0, 2.0);
        assert_eq!(
            [1.0, 4.0, f64::INFINITY].map(|v| times.verdict(v)),
            [Verdict::Goal, Verdict::Floor, Verdict::Missed]
        );
    }

    #[test]
    fn an_absolute_bound_holds_beside_the_ratio() {
        let pairs = Pairs { ours: vec![300.0], baseline: vec![200.0] };
        let row = || Row::of_pairs("P3", "p99", "ms", &pairs, Bounds::at_most(5.0, 2.0));
        assert_eq!(row().verdict, Verdict::Goal);
        assert_eq!(row().and_at_most("ms", 300.0, Some(1_000.0), 250.0).verdict, Verdict::Floor);
        assert_eq!(row().and_at_most("ms", 1_300.0, Some(1_000.0), 250.0).verdict, Verdict::Missed);
    }
}
