//! What the person at the terminal sees: steps with their time, a box with addresses, failures with a next move.

use std::{
    io::{self, IsTerminal, Write as _},
    time::{Duration, Instant},
};

/// Colour only for people: a terminal, and `NO_COLOR` not set.
pub fn coloured() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

fn paint(code: &str, text: &str) -> String {
    if coloured() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
}

/// A step that may take a while: says its name when it begins and its time when it is finished.
#[derive(Debug)]
#[must_use = "a step is finished with `done`"]
pub struct Step {
    name: String,
    began: Instant,
}

pub fn step(name: impl Into<String>) -> Step {
    let name = name.into();
    println!("{} {}", paint("1;36", "▸"), paint("1", &name));
    flush();
    Step { name, began: Instant::now() }
}

impl Step {
    pub fn done(self) {
        self.end(&paint("32", "✓"));
    }

    pub fn failed(self) {
        self.end(&paint("31", "✗"));
    }

    fn end(self, mark: &str) {
        println!("{mark} {} {}", self.name, paint("2", &duration(self.began.elapsed())));
        flush();
    }
}

pub fn note(text: impl AsRef<str>) {
    println!("  {}", text.as_ref());
    flush();
}

/// The line that other programs read: nothing before it, nothing after it.
pub fn last_line(text: &str) {
    println!("{text}");
    flush();
}

/// A failure with its causes, the outermost first.
pub fn failure(error: &anyhow::Error) {
    flush();
    let mut lines = vec![format!("{} {error}", paint("1;31", "✗"))];
    lines.extend(error.chain().skip(1).map(|cause| format!("  because: {cause}")));
    // Nothing is left to tell the person if standard error is closed.
    let _ = writeln!(io::stderr(), "{}", lines.join("\n"));
}

/// Lines in a frame.
pub fn boxed(lines: &[String]) {
    let width = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    println!("╭{}╮", "─".repeat(width + 2));
    for line in lines {
        println!("│ {line}{} │", " ".repeat(width - line.chars().count()));
    }
    println!("╰{}╯", "─".repeat(width + 2));
    flush();
}

/// `0.4 s`, `12.3 s`, `2 min 05 s`.
pub fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

/// `812 B`, `14.2 kB`, `1.25 MB`, in decimal units as browsers show them.
#[expect(clippy::cast_precision_loss, reason = "a size on display needs three digits")]
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.2} MB", bytes as f64 / 1e6),
    }
}

fn flush() {
    // A closed standard output is noticed by the shell, not here.
    let _ = io::stdout().flush();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_and_sizes_are_short() {
        assert_eq!(duration(Duration::from_millis(420)), "0.4 s");
        assert_eq!(duration(Duration::from_secs(125)), "2 min 05 s");
        assert_eq!(size(999), "999 B");
        assert_eq!(size(14_240), "14.2 kB");
        assert_eq!(size(1_250_000), "1.25 MB");
    }
}
