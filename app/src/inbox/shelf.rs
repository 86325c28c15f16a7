//! What the browser keeps for a member between pages: texts under way and drafts, shared by all of its tabs.
//!
//! Everything has a name of its own in the browser's local storage, so that two tabs never write over each other's words.
//! The names say whose it is: somebody else who logs in sees and sends nothing of it. Logging out forgets one's own.

use charla_shared::id::{UserId, WorkspaceId};
use leptos::prelude::window;
use serde::{Serialize, de::DeserializeOwned};
use web_sys::Storage;

/// What all of it begins with. Settings of the device ([`crate::device`]) begin otherwise: they stay when somebody logs out.
const OURS: &str = "charla desk ";

/// None where the browser forbids it: what is typed is then forgotten with the page, and nothing else breaks.
fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// A member's place in the browser's storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shelf {
    /// Whose.
    pub user: UserId,
    /// Where.
    pub workspace: WorkspaceId,
}

impl Shelf {
    /// What everything of a kind begins with.
    #[must_use]
    pub fn prefix(self, kind: &str) -> String {
        format!("{OURS}{kind} {} {} ", self.user, self.workspace)
    }

    /// Keeps a thing. Says whether that worked: a full storage takes no more.
    pub fn put<T: Serialize>(self, kind: &str, name: &str, thing: &T) -> bool {
        let text = serde_json::to_string(thing).ok();
        let kept = storage().zip(text).map(|(storage, text)| storage.set_item(&(self.prefix(kind) + name), &text));
        matches!(kept, Some(Ok(())))
    }

    /// A thing that was kept; none when it does not read back.
    #[must_use]
    pub fn get<T: DeserializeOwned>(self, kind: &str, name: &str) -> Option<T> {
        read(&storage()?, &(self.prefix(kind) + name))
    }

    /// Forgets a thing.
    pub fn remove(self, kind: &str, name: &str) {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(&(self.prefix(kind) + name));
        }
    }

    /// All things of a kind with their names, in no order.
    #[must_use]
    pub fn all<T: DeserializeOwned>(self, kind: &str) -> Vec<(String, T)> {
        let Some(storage) = storage() else { return Vec::new() };
        let prefix = self.prefix(kind);
        let of_kind = |key: String| Some((key.strip_prefix(&prefix)?.to_owned(), read(&storage, &key)?));
        keys(&storage).into_iter().filter_map(of_kind).collect()
    }
}

/// Forgets everything of somebody: whoever logs out leaves nothing behind. What others have not handed over stays theirs.
pub fn forget_of(user: UserId) {
    let Some(storage) = storage() else { return };
    for key in keys(&storage).into_iter().filter(|key| is_of(key, user)) {
        let _ = storage.remove_item(&key);
    }
}

/// Whether a name of ours is of something of somebody's.
fn is_of(key: &str, user: UserId) -> bool {
    let mut parts = key.strip_prefix(OURS).into_iter().flat_map(|rest| rest.split(' '));
    parts.nth(1) == Some(user.to_string().as_str())
}

/// Whether the browser keeps anything of a kind for somebody, in whatever workspace.
#[must_use]
pub fn has_any(kind: &str, user: UserId) -> bool {
    storage().is_some_and(|storage| keys(&storage).iter().any(|key| key.starts_with(&format!("{OURS}{kind} {user} "))))
}

fn keys(storage: &Storage) -> Vec<String> {
    (0..storage.length().unwrap_or_default()).filter_map(|index| storage.key(index).ok().flatten()).collect()
}

fn read<T: DeserializeOwned>(storage: &Storage, key: &str) -> Option<T> {
    storage.get_item(key).ok().flatten().and_then(|text| serde_json::from_str(&text).ok())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_is_forgotten_is_ones_own() {
        let [ana, bob] = [1, 2].map(|n| UserId::from(Uuid::from_u128(n)));
        let name = |user| Shelf { user, workspace: Uuid::from_u128(3).into() }.prefix("draft") + "x";
        assert!(is_of(&name(ana), ana) && !is_of(&name(ana), bob));
        assert!(!is_of("charla shortcuts", ana) && !is_of(&format!("searches {ana}"), ana));
    }
}
