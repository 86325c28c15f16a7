//! Where things are: the checkout, the target directory, the data of `run`.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use anyhow::{Context, Result};

/// The root of the checkout.
pub fn root() -> &'static Path {
    // The manifest is one folder below the root, so a parent always exists; `.` only satisfies the type.
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// Cargo's target directory, asked of cargo itself because both the environment and a configuration file may move it.
pub fn target() -> Result<&'static Path> {
    static TARGET: OnceLock<PathBuf> = OnceLock::new();
    if let Some(known) = TARGET.get() {
        return Ok(known);
    }
    let output = cargo().args(["metadata", "--no-deps", "--format-version", "1"]).output().context("cargo metadata")?;
    let metadata: serde_json::Value =
        serde_json::from_slice(&output.stdout).context("cargo metadata did not answer")?;
    let path = metadata["target_directory"].as_str().context("cargo metadata names no target directory")?;
    Ok(TARGET.get_or_init(|| PathBuf::from(path)))
}

/// The cargo that started this program, working in the checkout, with the queries checked against `.sqlx`: a
/// `DATABASE_URL` meant for running must not decide whether the sources compile.
pub fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root()).env("SQLX_OFFLINE", "true");
    forget_this_package(&mut cargo);
    cargo
}

/// What cargo tells this program about its own package: build scripts would see it change and build everything again.
pub fn forget_this_package(command: &mut Command) {
    for (name, _) in env::vars_os() {
        let ours = |name: &str| ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|start| name.starts_with(start));
        if name.to_str().is_some_and(ours) {
            command.env_remove(name);
        }
    }
}

/// The binary `charla` as the last build left it.
pub fn binary(release: bool) -> Result<PathBuf> {
    Ok(target()?.join(if release { "release" } else { "debug" }).join("charla"))
}

/// The program that measures the gates, as the last build left it.
pub fn bench_binary() -> Result<PathBuf> {
    Ok(target()?.join("release").join("charla-bench"))
}

/// Where `run` keeps its database and files: `CHARLA_DATA_DIR`, or the system's place for such data.
pub fn data() -> Result<PathBuf> {
    let is_root = rustix::process::geteuid().is_root();
    choose_data(|name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from), is_root)
        .context("neither CHARLA_DATA_DIR nor HOME is set; set CHARLA_DATA_DIR to a folder for the database")
        .and_then(|path| Ok(std::path::absolute(path)?))
}

/// Postgres will not run as root, and its own user cannot reach a private home: root's data lives under `/var/lib`.
fn choose_data(variable: impl Fn(&str) -> Option<PathBuf>, is_root: bool) -> Option<PathBuf> {
    if let Some(chosen) = variable("CHARLA_DATA_DIR") {
        return Some(chosen);
    }
    if is_root {
        return Some(PathBuf::from("/var/lib/charla"));
    }
    let share = variable("XDG_DATA_HOME").or_else(|| Some(variable("HOME")?.join(".local/share")))?;
    Some(share.join("charla"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(pairs: &'static [(&str, &str)]) -> impl Fn(&str) -> Option<PathBuf> {
        move |name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| PathBuf::from(value))
    }

    #[test]
    fn data_directory_follows_the_environment_then_the_user() {
        let home = &[("HOME", "/home/ana")];
        let xdg = &[("HOME", "/home/ana"), ("XDG_DATA_HOME", "/data")];
        let own = &[("HOME", "/home/ana"), ("XDG_DATA_HOME", "/data"), ("CHARLA_DATA_DIR", "/srv/charla")];
        assert_eq!(choose_data(with(home), false), Some("/home/ana/.local/share/charla".into()));
        assert_eq!(choose_data(with(xdg), false), Some("/data/charla".into()));
        assert_eq!(choose_data(with(own), false), Some("/srv/charla".into()));
        assert_eq!(choose_data(with(own), true), Some("/srv/charla".into()));
        assert_eq!(choose_data(with(xdg), true), Some("/var/lib/charla".into()));
        assert_eq!(choose_data(with(&[]), false), None);
    }
}
