//! Processes: the program as one that can be killed, stopped in its tracks and started again where it was.

use std::{
    fs::{File, OpenOptions},
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU16, Ordering},
    time::{Duration, Instant},
};

/// Sends a signal, by its short name, to these processes.
pub fn signal(name: &str, pids: &[u32]) {
    let mut command = Command::new("sh");
    command.args(["-c", "kill -\"$@\" 2>/dev/null", "kill", name]).args(pids.iter().map(u32::to_string));
    // Some of them may be gone already, which is no error.
    let _ = command.status().unwrap();
}

/// A command that dies with this process, as this user if one is named (which takes root).
pub fn bound(program: &Path, user: Option<&str>) -> Command {
    let setpriv = Path::new("/usr/bin/setpriv");
    if !setpriv.exists() {
        return Command::new(program);
    }
    let mut command = Command::new(setpriv);
    command.args(["--pdeathsig", "KILL"]);
    if let Some(user) = user {
        command.args([&format!("--reuid={user}"), &format!("--regid={user}"), "--clear-groups"]);
    }
    command.arg("--").arg(program);
    command
}

/// The program: in `CHARLA_BINARY` (to put a release build to the test), else the one built with the tests.
pub fn charla() -> PathBuf {
    std::env::var_os("CHARLA_BINARY").map_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_charla")), PathBuf::from)
}

/// A port that stays free while nobody listens on it: below those that outgoing connections are given.
pub fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let start = u16::try_from(std::process::id() % 800).unwrap() * 25;
    loop {
        let port = 10_000 + (start + NEXT.fetch_add(1, Ordering::Relaxed)) % 20_000;
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return port;
        }
    }
}

/// One process of the program, with what it needs to be started again.
pub struct Node {
    pub addr: SocketAddr,
    child: Option<Child>,
    log: PathBuf,
    settings: Vec<(&'static str, String)>,
}

impl Node {
    /// Starts one; it listens on a port of its own.
    pub fn start(log: PathBuf, mut settings: Vec<(&'static str, String)>) -> Self {
        let addr = SocketAddr::from((Ipv4Addr::LOCALHOST, free_port()));
        settings.push(("CHARLA_ADDR", addr.to_string()));
        let mut node = Self { addr, child: None, log, settings };
        node.start_again();
        node
    }

    /// Starts it where it was.
    pub fn start_again(&mut self) {
        assert!(self.child.is_none(), "it runs");
        let log = || -> File { OpenOptions::new().create(true).append(true).open(&self.log).unwrap() };
        let mut command = bound(&charla(), None);
        command.arg("serve").env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("RUST_BACKTRACE", "1").envs(self.settings.iter().map(|(name, value)| (*name, value)));
        command.stdin(Stdio::null()).stdout(log()).stderr(log());
        self.child = Some(command.spawn().unwrap());
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// Waits until it says that it is ready; for at most thirty seconds.
    pub async fn ready(&mut self) {
        let began = Instant::now();
        while self.health("ready").await != Some(200) {
            assert!(self.runs(), "it ended instead of becoming ready");
            assert!(began.elapsed() < Duration::from_secs(30), "it did not become ready");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The status of `/health/…`; none when it does not answer within two seconds.
    pub async fn health(&self, what: &str) -> Option<u16> {
        let client = reqwest::Client::builder().timeout(Duration::from_secs(2)).build().unwrap();
        client.get(format!("{}/health/{what}", self.url())).send().await.ok().map(|answer| answer.status().as_u16())
    }

    /// Whether the process is there.
    pub fn runs(&mut self) -> bool {
        self.child.as_mut().is_some_and(|child| matches!(child.try_wait(), Ok(None)))
    }

    fn pid(&self) -> u32 {
        self.child.as_ref().expect("it runs").id()
    }

    /// Ends it at once, without a chance to do anything.
    pub fn kill9(&mut self) {
        let mut child = self.child.take().expect("it runs");
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// Stops it in its tracks, as a machine does that sleeps or swaps.
    pub fn sigstop(&self) {
        signal("STOP", &[self.pid()]);
    }

    /// Lets it go on.
    pub fn sigcont(&self) {
        signal("CONT", &[self.pid()]);
    }

    /// Asks it to end.
    pub fn sigterm(&self) {
        signal("TERM", &[self.pid()]);
    }

    /// Its memory in RAM, in kB.
    pub fn resident_kb(&self) -> u64 {
        let told = Command::new("ps").args(["-o", "rss=", "-p", &self.pid().to_string()]).output().unwrap();
        String::from_utf8_lossy(&told.stdout).trim().parse().unwrap()
    }

    /// What it has logged.
    pub fn said(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
        if std::thread::panicking() {
            let said = self.said();
            let lines: Vec<_> = said.lines().collect();
            eprintln!("--- the last words of {} ---", self.addr);
            for line in &lines[lines.len().saturating_sub(40)..] {
                eprintln!("{line}");
            }
        }
    }
}
