//! One style sheet out of many: follows `@import`, minifies, and lowers nothing (nesting, oklch and light-dark are in every
//! browser this product supports).

use std::path::Path;

use anyhow::{Result, anyhow};
use lightningcss::{
    bundler::{Bundler, FileProvider},
    stylesheet::{MinifyOptions, ParserOptions, PrinterOptions},
};

/// Bundles the style sheet at `path` with everything it imports.
pub fn bundle(path: &Path) -> Result<String> {
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    // The library's errors name file, line and column in their text.
    let mut sheet = bundler.bundle(path).map_err(|error| anyhow!("{error}"))?;
    sheet.minify(MinifyOptions::default()).map_err(|error| anyhow!("{error}"))?;
    let printed = sheet
        .to_css(PrinterOptions { minify: true, ..PrinterOptions::default() })
        .map_err(|error| anyhow!("{error}"))?;
    Ok(printed.code)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn imports_are_joined_and_modern_css_stays() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("components")).unwrap();
        fs::write(
            folder.path().join("main.css"),
            "@layer base, parts;\n@import './components/button.css' layer(parts);\n",
        )
        .unwrap();
        fs::write(
            folder.path().join("components/button.css"),
            ".button { color: light-dark(oklch(40% 0.1 250), oklch(90% 0.1 250)); &:hover { inset-inline-start: 0 } }",
        )
        .unwrap();
        let css = bundle(&folder.path().join("main.css")).unwrap();
        for expected in ["@layer base;@layer parts{", "light-dark(oklch(", "&:hover", "inset-inline-start"] {
            assert!(css.contains(expected), "{expected} is missing in {css}");
        }
        assert!(!css.contains("@import"));
    }

    #[test]
    fn an_error_names_the_file() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("main.css"), "@import './missing.css';").unwrap();
        let error = bundle(&folder.path().join("main.css")).unwrap_err().to_string();
        assert!(error.contains("missing.css") || error.contains("main.css"), "{error}");
    }
}
