//! Splitting the browser half: what only pages beside the inbox use (`app/src/pages/others.rs`) goes into files of its own.
//!
//! ```text
//! pkg/charla.js  pkg/charla.wasm     what every page loads
//! pkg/__wasm_split.js                knows where the other files are; loaded by charla.js, and loads from it
//! pkg/NAME.wasm                      the other files
//! pkg/__wasm_split_manifest.json     which of them a page needs: Leptos has them loaded ahead
//! ```

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow};
use wasm_split_cli_support::{Options, transform};

/// What knows where the other files are.
pub const LOADER: &str = "__wasm_split";
/// Which files a page needs.
pub const MANIFEST: &str = "__wasm_split_manifest";

/// The parts of a module.
#[derive(Debug)]
pub struct Parts {
    /// What every page loads, as wasm-bindgen takes it.
    pub main: PathBuf,
    /// The others, in the site's folder already.
    pub others: Vec<PathBuf>,
}

/// Splits a compiled module; `module` is what its JavaScript will be called.
pub fn split(compiled: &Path, folder: &Path, module: &str) -> Result<Parts> {
    let input = fs::read(compiled).with_context(|| format!("cannot read {}", compiled.display()))?;
    let main = compiled.with_extension("main.wasm");
    let (main_module, link_name) = (format!("./{module}.js"), format!("./{LOADER}.js"));
    let mut options = Options::new(&input);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = &main_module;
    options.link_name = &link_name;
    let split = transform(options).map_err(|error| anyhow!("the browser half cannot be split: {error:#}"))?;
    fs::write(folder.join(format!("{MANIFEST}.json")), serde_json::to_vec(&split.prefetch_map)?)?;
    Ok(Parts { main, others: split.split_modules })
}
