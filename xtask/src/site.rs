//! The site: what a browser loads. Builds the WASM half, makes its JavaScript, joins the style sheets, copies `public`, gives
//! files names that change with their content, and puts compressed copies beside them.
//!
//! ```text
//! site/hash.txt               js: HASH, wasm: HASH, css: HASH (a line each; Leptos reads it)
//! site/pkg/charla.HASH.js     .wasm, .css, and .br and .gz of each
//! site/…                      the content of `public`
//! ```

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};
use sha2::{Digest as _, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use crate::{
    compress::{self, Effort, Sizes},
    imports, npm, places, processes, report, split, style,
    toolchain::{self, Toolchain},
};

/// The name all files of the site share; `.cargo/config.toml` tells Leptos the same.
pub const NAME: &str = "charla";
/// The profile of the browser half as it is deployed.
pub const RELEASE: &str = "wasm-release";
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
    let profile = if release { RELEASE } else { "wasm-dev" };
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
    if release {
        minify(&fresh.join("pkg"))?;
    }
    let sizes = compress::folder(&fresh, if release { Effort::Best } else { Effort::Quick })?;
    replace_folder(&fresh, &folder)?;
    step.done();
    Ok(Site { folder, sizes })
}

/// Splits the module, makes its JavaScript with wasm-bindgen and optimises all parts for release.
pub fn bind(compiled: &Path, folder: &Path, release: bool) -> Result<()> {
    let parts = split::split(compiled, folder, NAME)?;
    bind_whole(&parts.main, folder, release)?;
    if release {
        parts.others.iter().try_for_each(|part| optimise(part))?;
    }
    Ok(())
}

/// The same for a module that is not split.
pub fn bind_whole(compiled: &Path, folder: &Path, release: bool) -> Result<()> {
    Bindgen::new()
        .input_path(compiled)
        .out_name(NAME)
        .web(true)?
        .typescript(false)
        // The parts find each other by what the linker exports.
        .keep_lld_exports(true)
        .demangle(false)
        // Names of functions make a panic readable while developing; they are a third of the file.
        .remove_name_section(release)
        .remove_producers_section(release)
        .generate(folder)
        .context("wasm-bindgen could not read the compiled browser half")?;
    fs::rename(folder.join(format!("{NAME}_bg.wasm")), folder.join(format!("{NAME}.wasm")))?;
    if release {
        let module = folder.join(format!("{NAME}.wasm"));
        optimise(&module)?;
        imports::number(&module, &folder.join(format!("{NAME}.js")))?;
    }
    Ok(())
}

fn optimise(module: &Path) -> Result<()> {
    let node = npm::node()?;
    let wasm_opt = npm::tool("binaryen")?.join("binaryen/bin/wasm-opt");
    let mut command = Command::new(node);
    command.arg(wasm_opt).args(["-Oz", "--converge"]).args(WASM_FEATURES).arg(module).arg("-o").arg(module);
    processes::run(&mut command).context("wasm-opt could not optimise the browser half")
}

/// Makes the scripts of a folder smaller: what bindgen writes is made to be read.
pub fn minify(folder: &Path) -> Result<()> {
    let (node, terser) = (npm::node()?, npm::tool("terser")?.join("terser/bin/terser"));
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let script = entry?.path();
        if script.extension().is_some_and(|extension| extension == "js") {
            let mut command = Command::new(&node);
            command.arg(&terser).arg(&script).args(["--module", "--compress", "--mangle", "--output"]).arg(&script);
            processes::run(&mut command).context("terser could not make a script smaller")?;
        }
    }
    Ok(())
}

/// Puts a hash of its content into the name of each file, and the hashes into `hash.txt`.
///
/// The two scripts load each other, so neither can have the other's hash in its own: both are called by a hash of
/// everything that is code.
fn name_by_content(site: &Path) -> Result<()> {
    let pkg = site.join("pkg");
    let read = |name: &str| fs::read_to_string(pkg.join(name)).with_context(|| format!("cannot read {name}"));
    let loader_name = format!("{}.js", split::LOADER);
    let manifest_name = format!("{}.json", split::MANIFEST);
    let (script_name, module_name, style_name) = (format!("{NAME}.js"), format!("{NAME}.wasm"), format!("{NAME}.css"));

    let mut loader = read(&loader_name)?;
    let mut needs: BTreeMap<String, Vec<String>> = serde_json::from_str(&read(&manifest_name)?)?;
    let mut parts: Vec<&mut String> = needs.values_mut().flatten().collect();
    parts.sort();
    let stems: BTreeSet<String> = parts.iter().map(|stem| (*stem).clone()).collect();
    for stem in stems {
        let plain = pkg.join(format!("{stem}.wasm"));
        let named = format!("{stem}.{}", short_hash(&fs::read(&plain)?));
        fs::rename(&plain, pkg.join(format!("{named}.wasm")))?;
        loader = loader.replace(&format!("./{stem}.wasm"), &format!("./{named}.wasm"));
        parts.iter_mut().filter(|part| ***part == stem).for_each(|part| part.clone_from(&named));
    }
    let script = read(&script_name)?;
    let manifest = serde_json::to_vec(&needs)?;
    let module = short_hash(&fs::read(pkg.join(&module_name))?);
    let style = short_hash(&fs::read(pkg.join(&style_name))?);
    let code = short_hash(&[script.as_bytes(), loader.as_bytes(), module.as_bytes()].concat());
    let listed = short_hash(&manifest);

    let import = |name: &str| format!("from \"./{name}.js\"");
    let named = |name: &str| import(&format!("{name}.{code}"));
    let loader = loader.replace(&import(NAME), &named(NAME));
    let script = script
        .replace(&import(split::LOADER), &named(split::LOADER))
        .replace(&import(split::LOADER).replace('"', "'"), &named(split::LOADER));
    fs::write(pkg.join(format!("{}.{code}.js", split::LOADER)), loader)?;
    fs::write(pkg.join(format!("{NAME}.{code}.js")), script)?;
    fs::write(pkg.join(format!("{}.{listed}.json", split::MANIFEST)), manifest)?;
    for gone in [&loader_name, &manifest_name, &script_name] {
        fs::remove_file(pkg.join(gone))?;
    }
    fs::rename(pkg.join(module_name), pkg.join(format!("{NAME}.{module}.wasm")))?;
    fs::rename(pkg.join(style_name), pkg.join(format!("{NAME}.{style}.css")))?;
    let lines = format!("js: {code}\nwasm: {module}\ncss: {style}\nsplit: {code}\nmanifest: {listed}\n");
    Ok(fs::write(site.join("hash.txt"), lines)?)
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

    /// A site as it is before it is named, with one part beside the main one.
    fn unnamed(part: &str) -> tempfile::TempDir {
        let site = tempfile::tempdir().unwrap();
        let pkg = site.path().join("pkg");
        fs::create_dir(&pkg).unwrap();
        for (name, content) in [
            ("charla.js", "import * as s from './__wasm_split.js';"),
            ("charla.wasm", "main"),
            ("charla.css", "css"),
            ("__wasm_split.js", "import { initSync } from \"./charla.js\"; fetch(new URL(\"./split_others.wasm\"))"),
            ("split_others.wasm", part),
            ("__wasm_split_manifest.json", r#"{"others":["split_others"]}"#),
        ] {
            fs::write(pkg.join(name), content).unwrap();
        }
        name_by_content(site.path()).unwrap();
        site
    }

    fn named(site: &Path) -> BTreeMap<String, String> {
        let listing = fs::read_to_string(site.join("hash.txt")).unwrap();
        listing.lines().map(|line| line.split_once(": ").unwrap()).map(|(a, b)| (a.to_owned(), b.to_owned())).collect()
    }

    #[test]
    fn names_change_with_the_content_and_hash_txt_agrees() {
        let (site, other) = (unnamed("part"), unnamed("another part"));
        let (names, others) = (named(site.path()), named(other.path()));
        let read = |name: String| fs::read_to_string(site.path().join("pkg").join(name)).unwrap();
        assert_eq!(read(format!("charla.{}.wasm", names["wasm"])), "main");
        assert_eq!(read(format!("charla.{}.css", names["css"])), "css");
        assert_eq!(names["css"], others["css"]);
        // A part that changed changes the name of what loads it.
        assert_ne!(names["js"], others["js"]);
    }

    #[test]
    fn the_files_find_each_other_by_their_new_names() {
        let site = unnamed("part");
        let names = named(site.path());
        let pkg = site.path().join("pkg");
        let read = |name: String| fs::read_to_string(pkg.join(name)).unwrap();
        let script = read(format!("charla.{}.js", names["js"]));
        assert!(script.contains(&format!("from \"./__wasm_split.{}.js\"", names["split"])), "{script}");
        let loader = read(format!("__wasm_split.{}.js", names["split"]));
        assert!(loader.contains(&format!("from \"./charla.{}.js\"", names["js"])), "{loader}");
        let manifest = read(format!("__wasm_split_manifest.{}.json", names["manifest"]));
        let needs: BTreeMap<String, Vec<String>> = serde_json::from_str(&manifest).unwrap();
        let part = format!("{}.wasm", needs["others"][0]);
        assert!(loader.contains(&part) && pkg.join(&part).exists(), "{part}");
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
