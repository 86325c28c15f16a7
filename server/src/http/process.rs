//! What Linux knows of this process, from `/proc/self` (proc(5)).

use std::fs;

/// Ticks a second of the times in `stat`: USER_HZ, 100 on every architecture Linux and this program share.
const TICKS: f64 = 100.0;

/// Under the names Prometheus' own clients use.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Process {
    pub cpu_seconds: f64,
    pub resident_bytes: f64,
    pub open_files: f64,
    pub most_files: f64,
}

impl Process {
    /// As it is now; none on another system.
    pub(super) fn read() -> Option<Self> {
        let read = |name| fs::read_to_string(format!("/proc/self/{name}")).ok();
        let open_files = u32::try_from(fs::read_dir("/proc/self/fd").ok()?.count()).ok()?;
        Some(Self {
            cpu_seconds: cpu_seconds(&read("stat")?)?,
            resident_bytes: resident_bytes(&read("status")?)?,
            open_files: f64::from(open_files),
            most_files: most_files(&read("limits")?)?,
        })
    }
}

/// Fields 14 and 15, user and system time. The second field is the program's name in parentheses and may hold anything.
fn cpu_seconds(stat: &str) -> Option<f64> {
    let (_, after_name) = stat.rsplit_once(')')?;
    let mut fields = after_name.split_ascii_whitespace().skip(11);
    let (user, system) = (fields.next()?.parse::<f64>().ok()?, fields.next()?.parse::<f64>().ok()?);
    Some((user + system) / TICKS)
}

fn resident_bytes(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok()? * 1024.0)
}

/// The soft limit.
fn most_files(limits: &str) -> Option<f64> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    match line.split_ascii_whitespace().next()? {
        "unlimited" => Some(f64::INFINITY),
        number => number.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernels_tables_are_read() {
        let stat =
            "12 (a name) with) R 1 12 12 0 -1 4194304 5 0 0 0 250 50 0 0 20 0 4 0 100 1000 20 18446744073709551615";
        assert_eq!(cpu_seconds(stat), Some(3.0));
        assert_eq!(resident_bytes("Name:\tcharla\nVmRSS:\t    2048 kB\nThreads:\t4\n"), Some(2048.0 * 1024.0));
        assert_eq!(
            most_files("Limit  Soft Limit\nMax open files            1024                 524288 files\n"),
            Some(1024.0)
        );
        assert_eq!(cpu_seconds("nonsense"), None);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn this_process_is_alive() {
        let process = Process::read().expect("Linux says");
        assert!(process.resident_bytes > 100_000.0 && process.open_files >= 3.0, "{process:?}");
    }
}
