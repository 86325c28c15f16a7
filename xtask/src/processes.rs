//! Commands that run to their end, and the signals that may end them early.
//!
//! Every command gets a process group of its own, so that Ctrl-C reaches only this program, which then stops what it
//! started in the right order.

use std::{
    io::{BufRead, BufReader, Read, Write as _},
    os::unix::process::CommandExt as _,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, OnceLock, atomic::AtomicBool, atomic::Ordering, mpsc},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use rustix::process::{Pid, Signal, kill_process_group};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

static INTERRUPTED: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// How often a waiting loop looks at its child and at the signals.
const GLANCE: Duration = Duration::from_millis(40);
/// How long a command may take to end after it was asked to.
const GRACE: Duration = Duration::from_secs(10);

/// Notes SIGINT, SIGTERM and SIGHUP instead of dying from them. Called once, at the start.
pub fn watch_signals() -> Result<()> {
    let flag = INTERRUPTED.get_or_init(Arc::default);
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        signal_hook::flag::register(signal, Arc::clone(flag)).context("cannot watch signals")?;
    }
    Ok(())
}

pub fn interrupted() -> bool {
    INTERRUPTED.get().is_some_and(|flag| flag.load(Ordering::Relaxed))
}

/// Sleeps, but not through a signal.
pub fn pause(time: Duration) -> Result<()> {
    let until = Instant::now() + time;
    while Instant::now() < until && !interrupted() {
        thread::sleep(GLANCE.min(time));
    }
    ensure!(!interrupted(), "interrupted");
    Ok(())
}

/// Runs a command to its end, its output going straight to the terminal. An error if it does not succeed.
pub fn run(command: &mut Command) -> Result<()> {
    let name = describe(command);
    let status = status(command)?;
    ensure!(status.success(), "`{name}` failed ({status})");
    Ok(())
}

/// Runs a command to its end and says how it ended. An error if it cannot be started or was interrupted.
pub fn status(command: &mut Command) -> Result<ExitStatus> {
    let name = describe(command);
    let child =
        command.process_group(0).stdin(Stdio::null()).spawn().with_context(|| format!("cannot start `{name}`"))?;
    wait(child)
}

/// Runs a command in our own process group with the terminal's input, for programs that ask for a password.
pub fn run_with_terminal(command: &mut Command) -> Result<()> {
    let name = describe(command);
    let status = command.status().with_context(|| format!("cannot start `{name}`"))?;
    ensure!(!interrupted(), "interrupted");
    ensure!(status.success(), "`{name}` failed ({status})");
    Ok(())
}

/// Runs a command quietly and returns its standard output. The error holds the end of what it wrote.
pub fn capture(command: &mut Command) -> Result<String> {
    let name = describe(command);
    let mut output = String::new();
    let mut all = Vec::new();
    let status = pump(command, &mut |stream, line| {
        if stream == Stream::Out {
            output.push_str(line);
            output.push('\n');
        }
        all.push(line.to_owned());
    })?;
    if !status.success() {
        let tail = all.split_off(all.len().saturating_sub(20)).join("\n    ");
        bail!("`{name}` failed ({status}):\n    {tail}");
    }
    Ok(output)
}

/// Runs a command, passing its output on line by line while `reader` looks at it too.
pub fn run_reading(command: &mut Command, mut reader: impl FnMut(&str)) -> Result<ExitStatus> {
    pump(command, &mut |stream, line| {
        reader(line);
        // A closed terminal must not stop the tests.
        let _ = match stream {
            Stream::Out => writeln!(std::io::stdout(), "{line}"),
            Stream::Err => writeln!(std::io::stderr(), "{line}"),
        };
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stream {
    Out,
    Err,
}

fn pump(command: &mut Command, reader: &mut dyn FnMut(Stream, &str)) -> Result<ExitStatus> {
    let name = describe(command);
    let mut child = command
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{name}`"))?;
    let (sender, lines) = mpsc::channel();
    let out = child.stdout.take().map(|pipe| forward(pipe, Stream::Out, sender.clone()));
    let err = child.stderr.take().map(|pipe| forward(pipe, Stream::Err, sender));
    loop {
        match lines.recv_timeout(GLANCE) {
            Ok((stream, line)) => reader(stream, &line),
            // Both pipes are closed, or the child is gone while a grandchild still holds them.
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
            Err(mpsc::RecvTimeoutError::Timeout) if child.try_wait()?.is_some() => break,
            Err(mpsc::RecvTimeoutError::Timeout) => {}
        }
        if interrupted() {
            break;
        }
    }
    drop((out, err));
    wait(child)
}

fn forward(
    pipe: impl Read + Send + 'static,
    stream: Stream,
    sender: mpsc::Sender<(Stream, String)>,
) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        for_each_line(pipe, |line| {
            // The receiver is gone when the command was interrupted; the pipe is still drained so that it can end.
            let _ = sender.send((stream, line.to_owned()));
        });
    })
}

/// Calls `each` with every line of a pipe, also when a line is not UTF-8.
pub fn for_each_line(pipe: impl Read, mut each: impl FnMut(&str)) {
    let mut pipe = BufReader::new(pipe);
    let mut line = Vec::new();
    while pipe.read_until(b'\n', &mut line).is_ok_and(|count| count > 0) {
        each(String::from_utf8_lossy(&line).trim_end_matches(['\n', '\r']));
        line.clear();
    }
}

fn wait(mut child: Child) -> Result<ExitStatus> {
    loop {
        if let Some(status) = child.try_wait()? {
            ensure!(!interrupted(), "interrupted");
            return Ok(status);
        }
        if interrupted() {
            stop(&mut child, Signal::TERM, GRACE);
            bail!("interrupted");
        }
        thread::sleep(GLANCE);
    }
}

/// Asks a child's whole group to end, waits up to `grace`, then kills it.
pub fn stop(child: &mut Child, signal: Signal, grace: Duration) {
    let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let send = |signal| {
        if let Some(group) = group {
            // Fails only when the group is gone already, which is what we want.
            let _ = kill_process_group(group, signal);
        }
    };
    if matches!(child.try_wait(), Ok(Some(_))) {
        // The leader is gone; its children, if it left any, go too.
        send(Signal::KILL);
        return;
    }
    send(signal);
    let until = Instant::now() + grace;
    while Instant::now() < until {
        if !matches!(child.try_wait(), Ok(None)) {
            send(Signal::KILL);
            return;
        }
        thread::sleep(GLANCE);
    }
    send(Signal::KILL);
    // Reaps it; a killed process ends.
    let _ = child.wait();
}

/// The command as a person would type it, without the environment.
pub fn describe(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let mut text = program.to_string_lossy().into_owned();
    for argument in command.get_args() {
        text.push(' ');
        text.push_str(&argument.to_string_lossy());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn capture_returns_standard_output_alone() {
        assert_eq!(capture(&mut shell("echo one; echo two >&2")).unwrap(), "one\n");
    }

    #[test]
    fn a_failed_command_says_what_it_wrote_last() {
        let error = capture(&mut shell("echo no space left >&2; exit 3")).unwrap_err().to_string();
        assert!(error.contains("no space left") && error.contains('3'), "{error}");
    }

    #[test]
    fn a_command_that_left_a_child_behind_still_ends() {
        let began = Instant::now();
        capture(&mut shell("sleep 20 & echo done")).unwrap();
        assert!(began.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn stop_ends_a_group_that_ignores_the_first_request() {
        let mut child = shell("trap '' TERM; sleep 30").process_group(0).spawn().unwrap();
        thread::sleep(Duration::from_millis(100));
        stop(&mut child, Signal::TERM, Duration::from_millis(200));
        assert!(child.try_wait().unwrap().is_some());
    }
}
