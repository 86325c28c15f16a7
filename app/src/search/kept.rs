//! What somebody looked for lately, kept by their browser.

use leptos::prelude::window;
use web_sys::Storage;

/// How many are kept.
const KEPT: usize = 8;

fn storage() -> Option<Storage> {
    // None where the browser forbids it: nothing is kept then, and nothing else breaks.
    window().local_storage().ok().flatten()
}

fn name(user: &str) -> String {
    format!("searches {user}")
}

/// Forgets all of somebody.
pub fn forget_of(user: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&name(user));
    }
}

/// The last ones, the last first.
pub fn read(user: &str) -> Vec<String> {
    let text = storage().and_then(|storage| storage.get_item(&name(user)).ok().flatten());
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Keeps one.
pub fn add(user: &str, query: &str) {
    write(user, &with(read(user), query.trim()));
}

/// Forgets one; gives what is left.
pub fn remove(user: &str, query: &str) -> Vec<String> {
    let mut kept = read(user);
    kept.retain(|other| other != query);
    write(user, &kept);
    kept
}

fn write(user: &str, kept: &[String]) {
    if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(kept)) {
        // A full storage keeps nothing.
        let _ = storage.set_item(&name(user), &text);
    }
}

/// With another one in front; one that is there moves.
fn with(mut kept: Vec<String>, query: &str) -> Vec<String> {
    kept.retain(|other| other != query);
    kept.insert(0, query.to_owned());
    kept.truncate(KEPT);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_one_stands_first_and_once_and_old_ones_go() {
        let kept = (0..10).fold(Vec::new(), |kept, n| with(kept, &n.to_string()));
        assert_eq!(kept, ["9", "8", "7", "6", "5", "4", "3", "2"]);
        assert_eq!(with(kept, "5")[..3], ["5", "9", "8"]);
    }
}
