//! What tests with bad input share: JSON that may be wrong, the payloads, and a parse that is watched.

mod json;
mod watched;

use std::{fs, path::PathBuf, time::Duration};

pub use json::Json;
pub use watched::parse;

/// The payloads beside the tests, and those of `CHARLA_CORPUS` when it is set; only deliveries.
pub fn deliveries() -> Vec<(String, Json)> {
    let composed = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/payloads");
    let recorded = std::env::var_os("CHARLA_CORPUS").map(PathBuf::from);
    let mut files: Vec<_> = [Some(composed), recorded]
        .into_iter()
        .flatten()
        .flat_map(|folder| fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    let read = |path: PathBuf| {
        let value: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).ok()?;
        let is_delivery = value["object"].is_string() && value["entry"].is_array();
        is_delivery.then(|| (path.file_name().unwrap().to_string_lossy().into_owned(), Json::from(&value)))
    };
    let found: Vec<_> = files.into_iter().filter_map(read).collect();
    assert!(found.len() > 100, "only {} deliveries", found.len());
    found
}

/// How long a search for bad input goes on: `CHARLA_FUZZ_SECONDS`, else two seconds.
pub fn fuzz_time() -> Duration {
    let seconds = std::env::var("CHARLA_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(2))
}
