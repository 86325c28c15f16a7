//! To whom conversations may be given, and which labels: asked for once the page is alive, and again when they change.

use leptos::{prelude::*, task::spawn_local};

use super::api;
use crate::inbox::state::InboxStore;

/// Asks for them. When that fails the page has what it had; the next change asks again.
pub fn load(store: InboxStore) {
    spawn_local(async move {
        if let Ok(desk) = api::desk(store.workspace).await {
            let _ = store.staff.try_set(desk);
        }
    });
}
