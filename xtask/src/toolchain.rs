//! A compiler for the browser half: the target wasm32-unknown-unknown.
//!
//! In order: the target is installed; rustup can add it; Debian or Ubuntu packages a compiler whose standard library can be
//! built for it (behind proxies that let package registries through, but not rustup's server). `CHARLA_WASM_TOOLCHAIN=debian`
//! goes straight to the last.

use std::{
    env,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use anyhow::{Context, Result, bail, ensure};

use crate::{places, processes, report, system};

pub const TARGET: &str = "wasm32-unknown-unknown";
/// Debian 12 and later; the pair of compiler and its own LLVM that its browsers are built with.
const DEBIAN_PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm", "lld-22"];
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_LIBRARY: &str = "/usr/lib/rustlib/wasm32-unknown-unknown/lib";
/// Which compiler built the library. A compiler reads only libraries of its own version.
const DEBIAN_MARK: &str = "/usr/lib/rustlib/wasm32-unknown-unknown/lib/built-by.txt";

/// The compiler that builds the browser half.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toolchain {
    /// The one that built this program.
    Ordinary,
    /// `/usr/bin/rustc` with a standard library built here.
    Debian,
}

impl Toolchain {
    /// Finds one, or installs it; asked again, it answers the same.
    pub fn ensure() -> Result<Self> {
        static CHOSEN: OnceLock<Toolchain> = OnceLock::new();
        if let Some(chosen) = CHOSEN.get() {
            return Ok(*chosen);
        }
        let chosen = Self::choose()?;
        Ok(*CHOSEN.get_or_init(|| chosen))
    }

    fn choose() -> Result<Self> {
        let wants_debian = env::var_os("CHARLA_WASM_TOOLCHAIN").is_some_and(|value| value == "debian");
        if !wants_debian {
            if has_standard_library(&ordinary_library()?) {
                return Ok(Self::Ordinary);
            }
            if !Path::new(DEBIAN_MARK).exists() && added_by_rustup()? {
                return Ok(Self::Ordinary);
            }
            if !system::is_debian() {
                bail!(
                    "the Rust target {TARGET} is missing and rustup could not add it. Install your system's package for it \
                     (Fedora: rust-std-static-{TARGET}; Arch: rust-wasm), or `rustup target add {TARGET}` with network access"
                );
            }
        }
        ensure_debian()?;
        Ok(Self::Debian)
    }

    /// Its cargo, working in the checkout.
    pub fn cargo(self) -> Command {
        let mut cargo = places::cargo();
        if self == Self::Debian {
            let mut debian = Command::new(DEBIAN_CARGO);
            debian.current_dir(places::root()).env("SQLX_OFFLINE", "true");
            cargo = as_debian(debian);
        }
        cargo
    }

    /// Whether it can run clippy.
    pub fn has_clippy(self) -> bool {
        self == Self::Ordinary
    }
}

/// rustup's choice of a toolchain, which cargo hands down in the environment, would win over Debian's.
fn as_debian(mut cargo: Command) -> Command {
    cargo.env("RUSTC", DEBIAN_RUSTC);
    places::forget_this_package(&mut cargo);
    for name in ["RUSTUP_TOOLCHAIN", "CARGO", "RUSTDOC", "RUSTC_WRAPPER"] {
        cargo.env_remove(name);
    }
    cargo
}

fn ordinary_library() -> Result<PathBuf> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let path = processes::capture(Command::new(rustc).args(["--print", "target-libdir", "--target", TARGET]))?;
    Ok(PathBuf::from(path.trim()))
}

fn has_standard_library(folder: &Path) -> bool {
    rlibs(folder).is_ok_and(|files| files.iter().any(|file| name_starts_with(file, "libstd-")))
}

fn added_by_rustup() -> Result<bool> {
    if system::find("rustup").is_none() {
        return Ok(false);
    }
    let step = report::step(format!("Adding the Rust target {TARGET}"));
    let added = processes::status(Command::new("rustup").args(["target", "add", TARGET]))?.success()
        && has_standard_library(&ordinary_library()?);
    if added {
        step.done();
    } else {
        step.failed();
    }
    Ok(added)
}

fn ensure_debian() -> Result<()> {
    if !system::has_debian_packages(DEBIAN_PACKAGES) {
        system::install_debian("a Rust compiler that builds for the browser", DEBIAN_PACKAGES)?;
    }
    let library = Path::new(DEBIAN_LIBRARY);
    let compiler = processes::capture(Command::new(DEBIAN_RUSTC).args(["--version", "--verbose"]))?;
    // A library without our mark is not ours to judge.
    let fits = fs::read_to_string(DEBIAN_MARK).map_or(true, |mark| mark == compiler);
    if has_standard_library(library) && fits {
        return Ok(());
    }
    ensure!(
        rustix::process::geteuid().is_root(),
        "building the standard library for {TARGET} writes to {DEBIAN_LIBRARY}; run `sudo cargo xtask build` once"
    );
    let step = report::step(format!("Building the standard library for {TARGET} (about two minutes, once)"));
    let folder = tempfile::Builder::new().prefix("charla-std-").tempdir()?;
    let built = build_standard_library(folder.path())?;
    fs::create_dir_all(library)?;
    for stale in rlibs(library)? {
        fs::remove_file(stale)?;
    }
    for file in built {
        let name = file.file_name().context("a library without a name")?;
        fs::copy(&file, library.join(name)).with_context(|| format!("cannot copy {}", file.display()))?;
    }
    fs::write(DEBIAN_MARK, compiler)?;
    step.done();
    Ok(())
}

/// Builds std with an empty crate and returns std's parts, without the crate's own.
fn build_standard_library(folder: &Path) -> Result<Vec<PathBuf>> {
    const EMPTY: &str = "empty_crate_for_std";
    fs::create_dir(folder.join("src"))?;
    fs::write(folder.join("src/lib.rs"), "")?;
    fs::write(
        folder.join("Cargo.toml"),
        format!(
            "[package]\nname = \"{EMPTY}\"\nedition = \"2024\"\n[workspace]\n\
             [profile.release]\ncodegen-units = 1\npanic = \"abort\"\n"
        ),
    )?;
    let mut cargo = as_debian(Command::new(DEBIAN_CARGO));
    cargo
        .current_dir(folder)
        .args(["build", "--release", "--target", TARGET])
        .args(["-Z", "build-std=std,panic_abort,panic_unwind,proc_macro"])
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", "-C embed-bitcode=yes -Z force-unstable-if-unmarked");
    processes::run(&mut cargo)?;
    let mut files = rlibs(&folder.join("target").join(TARGET).join("release/deps"))?;
    files.retain(|file| !name_starts_with(file, &format!("lib{EMPTY}")));
    ensure!(files.iter().any(|file| name_starts_with(file, "libstd-")), "the build left no standard library");
    Ok(files)
}

fn rlibs(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    Ok(paths.into_iter().filter(|path| path.extension() == Some(OsStr::new("rlib"))).collect())
}

fn name_starts_with(file: &Path, start: &str) -> bool {
    file.file_name().and_then(OsStr::to_str).is_some_and(|name| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_std_is_no_standard_library() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!has_standard_library(&folder.path().join("missing")));
        fs::write(folder.path().join("libcore-1.rlib"), "").unwrap();
        assert!(!has_standard_library(folder.path()));
        fs::write(folder.path().join("libstd-2.rlib"), "").unwrap();
        assert!(has_standard_library(folder.path()));
    }
}
