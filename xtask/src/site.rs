//! The site: what a browser loads. Builds the WASM half, makes its JavaScript, joins the style sheets, copies `public`, gives
//! files names that change with their content, and puts compressed copies beside them.
//!
//! ```text
//! site/hash.txt               js: HASH, wasm: HASH, css: HASH (a line each; Leptos reads it)
//! site/pkg/charla.HASH.js     .wasm, .css, and .br and .gz of each
//! site/…                      the content of `public`
//! ```

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};
use sha2::{Digest as _, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use crate::{
    compress::{self, Effort, Sizes},
    npm, places, processes, report, style,
    toolchain::{self, Toolchain},
};

/// The name all files of the site share; `.cargo/config.toml` tells Leptos the same.
const NAME: &str = "charla";
/// What the compiler's output for this target may contain; wasm-opt rejects the rest.
const WASM_FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// A site that was built.
#[derive(Debug)]
pub struct Site {
    pub folder: PathBuf,
    pub sizes: Vec<Sizes>,
}

/// `cargo xtask build`: the site and the binary, with their sizes.
pub fn build(release: bool) -> Result<()> {
    let site = build_site(release)?;
    build_server(release)?;
    print_sizes(&site);
    let binary = places::binary(release)?;
    report::note(format!("{:>10}             {}", report::size(fs::metadata(&binary)?.len()), binary.display()));
    report::note(format!("The site is in {}; the server finds it by CHARLA_SITE_ROOT.", site.folder.display()));
    Ok(())
}

/// Builds the binary `charla`. Never together with the browser half: cargo would join the features of both.
pub fn build_server(release: bool) -> Result<()> {
    let step = report::step("Building the server");
    let mut cargo = places::cargo();
    cargo.args(["build", "--package", "charla"]);
    if release {
        cargo.arg("--release");
    }
    processes::run(&mut cargo)?;
    step.done();
    Ok(())
}

/// Builds the binary as it is deployed, and the program that measures it; in one command, so that they share what they
/// both use.
pub fn build_bench() -> Result<()> {
    let step = report::step("Building the server and its gates");
    let mut cargo = places::cargo();
    cargo.args(["build", "--release", "--package", "charla", "--package", "charla-bench"]);
    processes::run(&mut cargo)?;
    step.done();
    Ok(())
}

/// Builds the site into `<target>/site` or `<target>/site-release`.
pub fn build_site(release: bool) -> Result<Site> {
    let toolchain = Toolchain::ensure()?;
    let step = report::step("Building the browser half");
    let profile = if release { "wasm-release" } else { "wasm-dev" };
    let mut cargo = toolchain.cargo();
    cargo.args(["build", "--package", "charla-frontend", "--lib", "--target", toolchain::TARGET, "--profile", profile]);
    processes::run(&mut cargo)?;
    step.done();

    let step = report::step("Assembling the site");
    let compiled = places::target()?.join(toolchain::TARGET).join(profile).join("charla_frontend.wasm");
    let folder = places::target()?.join(if release { "site-release" } else { "site" });
    let fresh = folder.with_extension("new");
    if fresh.exists() {
        fs::remove_dir_all(&fresh)?;
    }
    copy_folder(&places::root().join("public"), &fresh)?;
    bind(&compiled, &fresh.join("pkg"), release)?;
    fs::write(fresh.join("pkg").join(format!("{NAME}.css")), style::bundle(&places::root().join("style/main.css"))?)?;
    name_by_content(&fresh)?;
    let sizes = compress::folder(&fresh, if release { Effort::Best } else { Effort::Quick })?;
    replace_folder(&fresh, &folder)?;
    step.done();
    Ok(Site { folder, sizes })
}

/// Makes the module's JavaScript with wasm-bindgen and optimises the module itself for release.
pub fn bind(compiled: &Path, folder: &Path, release: bool) -> Result<()> {
    Bindgen::new()
        .input_path(compiled)
        .out_name(NAME)
        .web(true)?
        .typescript(false)
        // Names of functions make a panic readable while developing; they are a third of the file.
        .remove_name_section(release)
        .remove_producers_section(release)
        .generate(folder)
        .context("wasm-bindgen could not read the compiled browser half")?;
    let bound = folder.join(format!("{NAME}_bg.wasm"));
    let module = folder.join(format!("{NAME}.wasm"));
    if release { optimise(&bound, &module) } else { Ok(fs::rename(bound, module)?) }
}

fn optimise(input: &Path, output: &Path) -> Result<()> {
    let node = npm::node()?;
    let wasm_opt = npm::tool("binaryen")?.join("binaryen/bin/wasm-opt");
    let mut command = Command::new(node);
    command.arg(wasm_opt).arg("-Oz").args(WASM_FEATURES).arg(input).arg("-o").arg(output);
    processes::run(&mut command).context("wasm-opt could not optimise the browser half")?;
    Ok(fs::remove_file(input)?)
}

/// Puts a hash of its content into the name of each of the three files, and the hashes into `hash.txt`.
fn name_by_content(site: &Path) -> Result<()> {
    let mut hashes = Vec::new();
    for kind in ["js", "wasm", "css"] {
        let plain = site.join("pkg").join(format!("{NAME}.{kind}"));
        let content = fs::read(&plain).with_context(|| format!("cannot read {}", plain.display()))?;
        let hash = short_hash(&content);
        fs::rename(&plain, plain.with_file_name(format!("{NAME}.{hash}.{kind}")))?;
        hashes.push(format!("{kind}: {hash}\n"));
    }
    Ok(fs::write(site.join("hash.txt"), hashes.concat())?)
}

/// 80 bits: enough that two versions of a file never share a name.
fn short_hash(content: &[u8]) -> String {
    hex::encode(&Sha256::digest(content)[..10])
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    if !from.is_dir() {
        return Ok(());
    }
    for file in compress::files(from)? {
        let target = to.join(file.strip_prefix(from)?);
        fs::create_dir_all(target.parent().unwrap_or(to))?;
        fs::copy(&file, target)?;
    }
    Ok(())
}

/// Two renames, so that a running server never sees half a site.
fn replace_folder(fresh: &Path, folder: &Path) -> Result<()> {
    let old = folder.with_extension("old");
    if old.exists() {
        fs::remove_dir_all(&old)?;
    }
    // An overlay file system (a container's) cannot rename a folder of a lower layer; then the site is gone for a moment.
    if folder.exists() && fs::rename(folder, &old).is_err() {
        fs::remove_dir_all(folder)?;
    }
    fs::rename(fresh, folder)?;
    if old.exists() {
        fs::remove_dir_all(&old)?;
    }
    Ok(())
}

fn print_sizes(site: &Site) {
    report::note(format!("{:>10} {:>11} file", "raw", "brotli"));
    for file in site.sizes.iter().filter(|file| file.path.starts_with("pkg")) {
        report::note(format!(
            "{:>10} {:>11} {}",
            report::size(file.raw),
            report::size(file.brotli),
            file.path.display()
        ));
    }
    let total = |pick: fn(&Sizes) -> u64| report::size(site.sizes.iter().map(pick).sum());
    report::note(format!("{:>10} {:>11} all files of the site", total(|file| file.raw), total(|file| file.brotli)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_change_with_the_content_and_hash_txt_agrees() {
        let site = tempfile::tempdir().unwrap();
        let pkg = site.path().join("pkg");
        fs::create_dir(&pkg).unwrap();
        for kind in ["js", "wasm", "css"] {
            fs::write(pkg.join(format!("charla.{kind}")), kind).unwrap();
        }
        name_by_content(site.path()).unwrap();
        let listing = fs::read_to_string(site.path().join("hash.txt")).unwrap();
        for line in listing.lines() {
            let (kind, hash) = line.split_once(": ").unwrap();
            assert_eq!(fs::read_to_string(pkg.join(format!("charla.{hash}.{kind}"))).unwrap(), kind);
        }
        assert_eq!(listing.lines().count(), 3);
        assert_ne!(short_hash(b"a"), short_hash(b"b"));
    }

    #[test]
    fn a_new_site_replaces_the_old_one_whole() {
        let parent = tempfile::tempdir().unwrap();
        let (site, fresh) = (parent.path().join("site"), parent.path().join("site.new"));
        for (folder, file) in [(&site, "old.js"), (&fresh, "new.js")] {
            fs::create_dir(folder).unwrap();
            fs::write(folder.join(file), "").unwrap();
        }
        replace_folder(&fresh, &site).unwrap();
        assert!(site.join("new.js").exists() && !site.join("old.js").exists() && !fresh.exists());
    }
}
