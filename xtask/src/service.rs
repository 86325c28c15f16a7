//! A program that runs beside this one until it is told to stop: Postgres, the server, the simulator.

use std::{
    collections::VecDeque,
    os::unix::process::CommandExt as _,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, anyhow};
use rustix::process::Signal;

use crate::{processes, system};

/// How many lines of output are kept to explain a death.
const KEPT_LINES: usize = 25;

/// What becomes of a service's output while it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    /// Shown, with the service's name before each line.
    Shown,
    /// Only the last lines are kept, for the moment they are needed.
    Kept,
}

/// A running service. Dropping it stops it, so none outlives the function that started it.
#[derive(Debug)]
pub struct Service {
    name: &'static str,
    child: Child,
    lines: Arc<Mutex<VecDeque<String>>>,
    stop_with: Signal,
    grace: Duration,
}

impl Service {
    pub fn start(name: &'static str, command: &Command, output: Output) -> Result<Self> {
        Self::start_as(None, name, command, output)
    }

    /// Starts it as another user, which only root can.
    pub fn start_as(user: Option<&str>, name: &'static str, command: &Command, output: Output) -> Result<Self> {
        let mut command = bound_to_us(command, user);
        command.process_group(0).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("cannot start {name}"))?;
        let lines = Arc::new(Mutex::new(VecDeque::new()));
        if let Some(pipe) = child.stdout.take() {
            follow(name, pipe, &lines, output);
        }
        if let Some(pipe) = child.stderr.take() {
            follow(name, pipe, &lines, output);
        }
        Ok(Self { name, child, lines, stop_with: Signal::TERM, grace: Duration::from_secs(12) })
    }

    /// Changes how it is asked to stop, and how long it may take.
    pub fn stopped_by(mut self, signal: Signal, grace: Duration) -> Self {
        self.stop_with = signal;
        self.grace = grace;
        self
    }

    #[cfg(test)]
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// An error that explains the death, if it has died.
    pub fn check(&mut self) -> Result<()> {
        match self.child.try_wait()? {
            None => Ok(()),
            Some(status) => Err(self.obituary(status)),
        }
    }

    fn obituary(&self, status: ExitStatus) -> anyhow::Error {
        // The readers may still be taking the last lines from the pipes.
        thread::sleep(Duration::from_millis(150));
        match self.last_lines() {
            lines if lines.is_empty() => anyhow!("{} ended by itself ({status}) without a word", self.name),
            lines => anyhow!("{} ended by itself ({status}); its last lines:\n{lines}", self.name),
        }
    }

    /// What it wrote last, indented.
    pub fn last_lines(&self) -> String {
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.iter().flat_map(|line| ["    ", line, "\n"]).collect()
    }

    /// Those of its last lines that are no mere news, indented.
    pub fn last_troubles(&self) -> String {
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let troubles = lines.iter().filter(|line| !line.contains("INFO"));
        troubles.flat_map(|line| ["    ", line, "\n"]).collect()
    }

    pub fn stop(mut self) {
        self.halt();
    }

    fn halt(&mut self) {
        processes::stop(&mut self.child, self.stop_with, self.grace);
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.halt();
    }
}

fn follow(
    name: &'static str,
    pipe: impl std::io::Read + Send + 'static,
    lines: &Arc<Mutex<VecDeque<String>>>,
    output: Output,
) {
    let lines = Arc::clone(lines);
    thread::spawn(move || {
        processes::for_each_line(pipe, |line| {
            if output == Output::Shown {
                crate::report::note(format!("{name:>9} │ {line}"));
            }
            let mut kept = lines.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.len() == KEPT_LINES {
                kept.pop_front();
            }
            kept.push_back(line.to_owned());
        });
    });
}

/// On Linux the kernel stops the service when this program dies without a chance to (kill -9, out of memory).
fn bound_to_us(command: &Command, user: Option<&str>) -> Command {
    let mut wrapped = match system::find("setpriv") {
        Some(setpriv) => {
            let mut wrapped = Command::new(setpriv);
            // In one call: a change of user clears the parent-death signal that was set before it.
            wrapped.args(["--pdeathsig", "TERM"]).args(user.map(system::become_user).unwrap_or_default());
            wrapped.arg("--").arg(command.get_program());
            wrapped
        }
        None => Command::new(command.get_program()),
    };
    wrapped.args(command.get_args());
    for (key, value) in command.get_envs() {
        match value {
            Some(value) => wrapped.env(key, value),
            None => wrapped.env_remove(key),
        };
    }
    if let Some(directory) = command.get_current_dir() {
        wrapped.current_dir(directory);
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Service {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        Service::start("shell", &command, Output::Kept).unwrap()
    }

    #[test]
    fn a_dead_service_is_explained_by_its_last_lines() {
        let mut service = shell("echo starting; echo port is taken >&2; exit 7");
        thread::sleep(Duration::from_millis(300));
        let error = service.check().unwrap_err().to_string();
        assert!(error.contains("shell ended by itself") && error.contains("port is taken"), "{error}");
    }

    #[test]
    fn news_is_no_trouble() {
        let service = shell("echo ' INFO answered'; echo ' WARN the database is away'");
        thread::sleep(Duration::from_millis(300));
        assert_eq!(service.last_troubles(), "     WARN the database is away\n");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn dropping_a_service_stops_its_whole_group() {
        let mut service = shell("sleep 61 & echo $!; wait");
        thread::sleep(Duration::from_millis(300));
        service.check().unwrap();
        let grandchild = service.lines.lock().unwrap()[0].clone();
        drop(service);
        thread::sleep(Duration::from_millis(100));
        // Gone, or a zombie where nobody reaps orphans. The state stands behind the name's closing bracket (proc(5)).
        let stat = std::fs::read_to_string(format!("/proc/{grandchild}/stat")).unwrap_or_default();
        let state = stat.rsplit(')').next().unwrap_or_default().trim_start();
        assert!(state.is_empty() || state.starts_with('Z'), "{stat}");
    }
}
