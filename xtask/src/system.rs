//! The machine: what is installed, and installing what is not (Debian and its relatives; elsewhere the message says what).

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, bail};

use crate::{processes, report};

/// Something the build needs, and where people get it.
#[derive(Debug, Clone, Copy)]
pub struct Need {
    /// What it is, as it is named in messages.
    pub name: &'static str,
    pub debian: &'static [&'static str],
    pub homebrew: &'static str,
}

/// All that a bare Debian with rustup lacks, apart from a linker, without which this program would not have been built.
pub const POSTGRES: Need = Need { name: "PostgreSQL 15 or later", debian: &["postgresql"], homebrew: "postgresql" };
pub const NODE: Need = Need { name: "Node.js with npm", debian: &["nodejs", "npm"], homebrew: "node" };
pub const CHROMIUM: Need = Need {
    name: "Chromium",
    debian: &["chromium", "fonts-dejavu-core", "fonts-noto-color-emoji"],
    homebrew: "chromium",
};

/// The path of a program in `PATH` or in the folders of system programs, which an ordinary user's `PATH` may lack.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .chain(["/usr/sbin".into(), "/sbin".into()])
        .map(|folder| folder.join(program))
        .find(|candidate| candidate.is_file())
}

/// Installs a need with the system's package manager, or says how to.
pub fn install(need: Need) -> Result<()> {
    if !is_debian() {
        bail!(
            "{} is not installed. Install it (Homebrew: `brew install {}`), then run this again",
            need.name,
            need.homebrew
        );
    }
    install_debian(need.name, need.debian)
}

/// Installs Debian packages as root or through sudo.
pub fn install_debian(what: &str, packages: &[&str]) -> Result<()> {
    let words = packages.join(" ");
    let is_root = rustix::process::geteuid().is_root();
    if !is_root && find("sudo").is_none() {
        bail!("{what} is not installed. As root: `apt-get install {words}`, then run this again");
    }
    let step = report::step(format!("Installing {what} (apt-get install {words})"));
    for arguments in [&["update", "-q"][..], &["install", "-q", "-y", "--no-install-recommends"]] {
        let mut command = if is_root { Command::new("apt-get") } else { Command::new("sudo") };
        if !is_root {
            command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        }
        command.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
        if arguments[0] == "install" {
            command.args(packages);
        }
        let outcome = if is_root { processes::run(&mut command) } else { processes::run_with_terminal(&mut command) };
        if let Err(error) = outcome {
            step.failed();
            return Err(error.context(format!("could not install {what}; by hand: `apt-get install {words}`")));
        }
    }
    step.done();
    Ok(())
}

/// Whether all of some Debian packages are installed.
pub fn has_debian_packages(packages: &[&str]) -> bool {
    let mut query = Command::new("dpkg-query");
    query.args(["--show", "--showformat=${db:Status-Status}\\n"]).args(packages);
    processes::capture(&mut query)
        .is_ok_and(|text| text.lines().filter(|line| *line == "installed").count() == packages.len())
}

/// Debian, or a system made from it that has apt.
pub fn is_debian() -> bool {
    find("apt-get").is_some() && fs::read_to_string("/etc/os-release").is_ok_and(|text| names_debian(&text))
}

fn names_debian(os_release: &str) -> bool {
    os_release
        .lines()
        .filter_map(|line| line.strip_prefix("ID=").or_else(|| line.strip_prefix("ID_LIKE=")))
        .any(|value| value.trim_matches('"').split(' ').any(|word| word == "debian" || word == "ubuntu"))
}

/// setpriv's arguments for running as another user, without this user's groups.
pub fn become_user(user: &str) -> Vec<String> {
    vec![format!("--reuid={user}"), format!("--regid={user}"), "--clear-groups".into()]
}

/// The numeric ids of a user.
pub fn ids_of(user: &str) -> Result<(u32, u32)> {
    let mut ids = [0; 2];
    for (id, flag) in ids.iter_mut().zip(["-u", "-g"]) {
        *id = processes::capture(Command::new("id").args([flag, user]))?.trim().parse()?;
    }
    Ok((ids[0], ids[1]))
}

/// The folders below `parent`, the one with the highest number in its name first (`/usr/lib/postgresql/15`).
pub fn numbered_folders(parent: &Path, prefix: &str) -> Vec<(u32, PathBuf)> {
    let mut found: Vec<_> = fs::read_dir(parent)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.strip_prefix(prefix)?.parse().ok()?, entry.path())))
        .collect();
    found.sort_unstable_by(|a, b| b.cmp(a));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debian_and_its_relatives_are_recognised() {
        assert!(names_debian("NAME=\"Debian GNU/Linux\"\nID=debian\n"));
        assert!(names_debian("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"));
        assert!(!names_debian("ID=fedora\nHOME_URL=https://debian.org\n"));
    }

    #[test]
    fn the_highest_number_comes_first() {
        let parent = tempfile::tempdir().unwrap();
        for name in ["9", "17", "15", "common"] {
            fs::create_dir(parent.path().join(name)).unwrap();
        }
        let numbers: Vec<_> = numbered_folders(parent.path(), "").into_iter().map(|(number, _)| number).collect();
        assert_eq!(numbers, [17, 15, 9]);
    }
}
