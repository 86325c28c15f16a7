//! The small browser halves beside the product's: what gates compare it with, or measure of it. Built as it is: the same
//! profile, the same post-processing.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{
    compress::{self, Effort},
    places, processes, report, site,
    toolchain::{self, Toolchain},
};

/// What an app costs that does nothing yet, in bytes after brotli.
#[derive(Debug, Clone, Copy)]
pub struct Empty {
    pub js: u64,
    pub wasm: u64,
}

impl Empty {
    pub const fn total(self) -> u64 {
        self.js + self.wasm
    }
}

/// A counter behind a router (`bench/empty-app`).
pub fn empty() -> Result<Empty> {
    let compiled = compiled("charla-bench-empty")?;
    let folder = fresh("bench-empty")?;
    site::bind_whole(&compiled, &folder, true)?;
    site::minify(&folder)?;
    let brotli = |extension: &str| -> Result<u64> {
        let file = folder.join(format!("{}.{extension}", site::NAME));
        let content = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        Ok(compress::brotli(&content, Effort::Best)?.len() as u64)
    };
    Ok(Empty { js: brotli("js")?, wasm: brotli("wasm")? })
}

/// The inbox' list on a page of its own (`bench/list-app`): the folder with its files.
pub fn list() -> Result<PathBuf> {
    let compiled = compiled("charla-bench-list")?;
    let folder = fresh("bench-list")?;
    site::bind(&compiled, &folder, true)?;
    Ok(folder)
}

fn compiled(package: &str) -> Result<PathBuf> {
    let toolchain = Toolchain::ensure()?;
    let step = report::step(format!("Building {package}"));
    let mut cargo = toolchain.cargo();
    cargo.args(["build", "--package", package, "--lib", "--target", toolchain::TARGET, "--profile", site::RELEASE]);
    processes::run(&mut cargo)?;
    step.done();
    let folder = places::target()?.join(toolchain::TARGET).join(site::RELEASE);
    Ok(folder.join(package.replace('-', "_")).with_extension("wasm"))
}

/// An empty folder in the target directory.
fn fresh(name: &str) -> Result<PathBuf> {
    let folder: &Path = places::target()?;
    let folder = folder.join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    Ok(folder)
}
