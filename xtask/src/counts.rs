//! How many tests passed and failed, read from what the runners say about themselves.

use std::{fmt, ops::AddAssign};

/// Tests that passed and failed. Its display is the last line of `cargo xtask test`.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub passed: u64,
    pub failed: u64,
}

impl Counts {
    pub const ONE_FAILURE: Self = Self { passed: 0, failed: 1 };

    pub fn all_passed(self) -> bool {
        self.failed == 0
    }

    /// A runner that failed has at least one failure, whatever its summary says.
    pub fn with_success(mut self, success: bool) -> Self {
        if !success && self.failed == 0 {
            self.failed = 1;
        }
        self
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// nextest: `Summary [   2.1s] 12 tests run: 9 passed (1 slow), 2 failed, 1 timed out, 3 skipped`.
pub fn nextest(line: &str) -> Option<Counts> {
    let line = without_colour(line);
    let (_, counts) = line.trim_start().strip_prefix("Summary [")?.split_once(" run: ")?;
    let mut sum = Counts::default();
    for part in counts.split(',') {
        let (number, what) = leading_number(part)?;
        match what.split(" (").next()? {
            "passed" => sum.passed += number,
            "skipped" => {}
            // failed, exec failed, timed out, leaky-failed: nothing else than a pass is a pass.
            _ => sum.failed += number,
        }
    }
    Some(sum)
}

/// `cargo test`: `test result: FAILED. 3 passed; 1 failed; 0 ignored; …`, one such line for each test program.
pub fn cargo_test(line: &str) -> Option<Counts> {
    let line = without_colour(line);
    let (_, counts) = line.trim_start().strip_prefix("test result: ")?.split_once(". ")?;
    let mut sum = Counts::default();
    for part in counts.split(';') {
        match leading_number(part) {
            Some((number, "passed")) => sum.passed = number,
            Some((number, "failed")) => sum.failed = number,
            _ => {}
        }
    }
    Some(sum)
}

/// A line at the end of node's report: `ℹ pass 7`, `ℹ fail 1`, `ℹ cancelled 0`.
pub fn node(line: &str) -> Option<Counts> {
    let line = without_colour(line);
    let (what, number) = line.strip_prefix("ℹ ")?.split_once(' ')?;
    let number = number.trim().parse().ok()?;
    match what {
        "pass" => Some(Counts { passed: number, failed: 0 }),
        "fail" | "cancelled" => Some(Counts { passed: 0, failed: number }),
        _ => None,
    }
}

fn leading_number(part: &str) -> Option<(u64, &str)> {
    let (number, what) = part.trim().split_once(' ')?;
    Some((number.parse().ok()?, what))
}

/// Drops the terminal's colour sequences (`ESC [ … m`).
fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\x1b[") {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_, tail)| tail);
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(passed: u64, failed: u64) -> Counts {
        Counts { passed, failed }
    }

    #[test]
    fn nextest_summary() {
        let plain = "     Summary [   0.006s] 12 tests run: 12 passed, 0 skipped";
        let mixed = "     Summary [   2.1s] 9/12 tests run: 6 passed (1 slow), 2 failed, 1 timed out, 3 skipped";
        let coloured = "\x1b[32;1m     Summary\x1b[0m [   0.0s] \x1b[1m3\x1b[0m tests run: \x1b[1m3\x1b[0m \x1b[32;1mpassed\x1b[0m, \x1b[1m0\x1b[0m \x1b[33;1mskipped\x1b[0m";
        assert_eq!(nextest(plain), Some(counts(12, 0)));
        assert_eq!(nextest(mixed), Some(counts(6, 3)));
        assert_eq!(nextest(coloured), Some(counts(3, 0)));
        assert_eq!(nextest("        PASS [   0.1s] charla says Summary"), None);
    }

    #[test]
    fn cargo_test_result() {
        let line = "test result: FAILED. 3 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        assert_eq!(cargo_test(line), Some(counts(3, 1)));
        assert_eq!(cargo_test("test inbox::opens ... ok"), None);
    }

    #[test]
    fn node_report_counts_cancelled_as_failed() {
        let report = [
            "✔ ℹ pass 99 (1ms)",
            "  ℹ pass 50",
            "ℹ tests 9",
            "ℹ pass 7",
            "\x1b[34mℹ fail 1\x1b[39m",
            "ℹ cancelled 1",
            "ℹ skipped 3",
        ];
        let mut sum = Counts::default();
        for counts in report.into_iter().filter_map(node) {
            sum += counts;
        }
        assert_eq!(sum, counts(7, 2));
    }

    #[test]
    fn a_failed_runner_is_never_all_green() {
        assert_eq!(counts(5, 0).with_success(false), counts(5, 1));
        assert_eq!(counts(5, 2).with_success(false), counts(5, 2));
        assert_eq!(counts(5, 0).with_success(true).to_string(), "5 passed, 0 failed");
    }
}
