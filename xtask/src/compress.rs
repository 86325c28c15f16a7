//! Compressed copies beside each file of a site, which the server sends to browsers that accept them.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// How hard to try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// While developing: a second matters more than a byte.
    Quick,
    /// For deployment: done once, sent many times.
    Best,
}

/// A file and its sizes in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sizes {
    pub path: PathBuf,
    pub raw: u64,
    pub brotli: u64,
}

/// Below this a compressed copy saves no packet.
const SMALLEST: usize = 512;

/// Writes `.br` and `.gz` beside every file below `folder` that compresses, and reports all files' sizes.
pub fn folder(folder: &Path, effort: Effort) -> Result<Vec<Sizes>> {
    let mut sizes = Vec::new();
    for path in files(folder)? {
        let content = fs::read(&path)?;
        let raw = content.len() as u64;
        let mut brotli_size = raw;
        if compresses(&path) && content.len() >= SMALLEST {
            let small = brotli(&content, effort)?;
            brotli_size = small.len() as u64;
            fs::write(with_suffix(&path, "br"), small)?;
            fs::write(with_suffix(&path, "gz"), gzip(&content, effort)?)?;
        }
        sizes.push(Sizes { path: path.strip_prefix(folder)?.to_owned(), raw, brotli: brotli_size });
    }
    Ok(sizes)
}

/// All files below a folder, sorted.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).with_context(|| format!("cannot read {}", next.display()))? {
            let entry = entry?;
            if entry.file_type()?.is_dir() { folders.push(entry.path()) } else { found.push(entry.path()) }
        }
    }
    found.sort();
    Ok(found)
}

/// Pictures and fonts are compressed already; these are not.
fn compresses(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    ["css", "html", "ico", "js", "json", "mjs", "svg", "txt", "wasm", "webmanifest", "xml"].contains(&extension)
}

pub fn brotli(content: &[u8], effort: Effort) -> Result<Vec<u8>> {
    let quality = if effort == Effort::Best { 11 } else { 2 };
    let parameters =
        brotli::enc::BrotliEncoderParams { quality, lgwin: 22, size_hint: content.len(), ..Default::default() };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut small, &parameters)?;
    Ok(small)
}

fn gzip(content: &[u8], effort: Effort) -> Result<Vec<u8>> {
    let level = if effort == Effort::Best { flate2::Compression::best() } else { flate2::Compression::fast() };
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), level);
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn copies_beside_a_file_hold_the_same_bytes() {
        let site = tempfile::tempdir().unwrap();
        let text = "a { color: oklch(50% 0.1 200) }\n".repeat(200);
        fs::create_dir(site.path().join("pkg")).unwrap();
        fs::write(site.path().join("pkg/charla.css"), &text).unwrap();
        fs::write(site.path().join("logo.png"), vec![7; 4000]).unwrap();
        for effort in [Effort::Quick, Effort::Best] {
            fs::remove_file(site.path().join("pkg/charla.css.br")).ok();
            fs::remove_file(site.path().join("pkg/charla.css.gz")).ok();
            let sizes = folder(site.path(), effort).unwrap();
            assert_eq!(
                sizes.iter().map(|file| file.path.to_str().unwrap()).collect::<Vec<_>>(),
                ["logo.png", "pkg/charla.css"]
            );
            assert!(sizes[1].brotli < sizes[1].raw / 10);
        }
        assert!(!site.path().join("logo.png.br").exists());

        let mut plain = String::new();
        let small = fs::read(site.path().join("pkg/charla.css.br")).unwrap();
        brotli::Decompressor::new(&small[..], 4096).read_to_string(&mut plain).unwrap();
        assert_eq!(plain, text);
        let mut plain = String::new();
        let small = fs::read(site.path().join("pkg/charla.css.gz")).unwrap();
        flate2::read::GzDecoder::new(&small[..]).read_to_string(&mut plain).unwrap();
        assert_eq!(plain, text);
    }
}
