//! What was chosen in the palette lately, kept by the tab for whoever chose it.

use charla_shared::id::UserId;
use leptos::prelude::window;
use serde::{Deserialize, Serialize};
use web_sys::Storage;

/// How many are kept.
const KEPT: usize = 5;
const PREFIX: &str = "palette";

fn name(user: UserId) -> String {
    format!("{PREFIX} {user}")
}

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

/// Forgets everybody's: they name customers.
pub fn forget() {
    let Some(storage) = storage() else { return };
    // From the end: what is taken away moves those behind it.
    for at in (0..storage.length().unwrap_or_default()).rev() {
        if let Some(kept) = storage.key(at).ok().flatten().filter(|kept| kept.starts_with(PREFIX)) {
            let _ = storage.remove_item(&kept);
        }
    }
}

/// The last ones, the last first.
pub fn read(user: UserId) -> Vec<Kept> {
    let text = storage().and_then(|storage| storage.get_item(&name(user)).ok().flatten());
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Keeps one.
pub fn add(user: UserId, kept: Kept) {
    let mut all = read(user);
    all.retain(|other| other.id != kept.id);
    all.insert(0, kept);
    all.truncate(KEPT);
    if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(&all)) {
        // A full storage keeps nothing.
        let _ = storage.set_item(&name(user), &text);
    }
}
