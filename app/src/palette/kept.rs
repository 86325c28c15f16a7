//! What was chosen in the palette lately, kept by the browser.

use leptos::prelude::window;
use serde::{Deserialize, Serialize};
use web_sys::Storage;

/// How many are kept.
const KEPT: usize = 5;
const NAME: &str = "palette";

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Which.
    pub id: String,
    /// What it was called.
    pub name: String,
    /// Where it led; none for actions, which are done anew.
    pub href: Option<String>,
}

fn storage() -> Option<Storage> {
    // None where the browser forbids it: nothing is kept then, and nothing else breaks.
    window().session_storage().ok().flatten()
}

/// Forgets them: they name customers.
pub fn forget() {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(NAME);
    }
}

/// The last ones, the last first.
pub fn read() -> Vec<Kept> {
    let text = storage().and_then(|storage| storage.get_item(NAME).ok().flatten());
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Keeps one.
pub fn add(kept: Kept) {
    let mut all = read();
    all.retain(|other| other.id != kept.id);
    all.insert(0, kept);
    all.truncate(KEPT);
    if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(&all)) {
        // A full storage keeps nothing.
        let _ = storage.set_item(NAME, &text);
    }
}
