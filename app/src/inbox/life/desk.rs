//! To whom conversations may be given: asked for once the page is alive, and again when members change.

use leptos::{prelude::*, task::spawn_local};

use super::api;
use crate::inbox::state::InboxStore;

/// Asks for them. When that fails the page has what it had; the next change asks again.
pub fn load(store: InboxStore) {
    spawn_local(async move {
        if let Ok(members) = api::staff(store.workspace).await {
            let _ = store.members.try_set(members);
        }
    });
}
