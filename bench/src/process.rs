//! A program that runs beside this one; its output goes to a file, whose end explains its death.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process};

/// How long a program may take to end after it was asked to.
const GRACE: Duration = Duration::from_secs(12);
/// How much of its output explains a failure.
const LAST_BYTES: usize = 2_000;

/// A running program. Dropping it stops it.
#[derive(Debug)]
pub(crate) struct Process {
    name: String,
    child: Child,
    log: PathBuf,
}

impl Process {
    pub(crate) fn start(name: &str, command: &mut Command, folder: &Path) -> Result<Self> {
        let log = folder.join(format!("{name}.log"));
        let file = File::options().append(true).create(true).open(&log).context("the scratch folder")?;
        command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
        let child = command.spawn().with_context(|| format!("cannot start {name}"))?;
        Ok(Self { name: name.to_owned(), child, log })
    }

    /// An error that explains it, if it has ended.
    pub(crate) fn check(&mut self) -> Result<()> {
        match self.child.try_wait()? {
            None => Ok(()),
            Some(status) => bail!("{} ended by itself ({status}); it wrote last:\n{}", self.name, self.last_words()),
        }
    }

    pub(crate) fn last_words(&self) -> String {
        let text = fs::read(&self.log).unwrap_or_default();
        String::from_utf8_lossy(&text[text.len().saturating_sub(LAST_BYTES)..]).into_owned()
    }

    /// Memory in RAM, in MB.
    pub(crate) fn resident_megabytes(&self) -> Result<f64> {
        let told = Command::new("ps").args(["-o", "rss=", "-p", &self.child.id().to_string()]).output()?;
        let text = String::from_utf8_lossy(&told.stdout);
        let kibibytes: f64 = text.trim().parse().with_context(|| format!("ps does not know {}", self.name))?;
        Ok(kibibytes * 1024.0 / 1e6)
    }
}

/// The kernel's clock ticks a second in `/proc` (proc(5)); 100 on every Linux we know.
#[cfg(target_os = "linux")]
const TICKS: f64 = 100.0;

impl Process {
    /// Processor time so far, in seconds; none where the system does not tell.
    #[cfg(target_os = "linux")]
    pub(crate) fn cpu_seconds(&self) -> Option<f64> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        // Behind the name in brackets: user and system time are the 12th and 13th fields.
        let mut fields = stat.rsplit(')').next()?.split_whitespace().skip(11);
        let (user, system): (f64, f64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
        Some((user + system) / TICKS)
    }

    #[cfg(not(target_os = "linux"))]
    pub(crate) fn cpu_seconds(&self) -> Option<f64> {
        None
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(Some(_))) {
            return;
        }
        if let Some(pid) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            // Fails only when it is gone.
            let _ = kill_process(pid, Signal::TERM);
        }
        let until = Instant::now() + GRACE;
        while Instant::now() < until {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
