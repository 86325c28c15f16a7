//! What this device keeps for itself: settings that belong to a screen or to its loudspeaker rather than to a person.

use wasm_bindgen::JsCast;

/// What is kept under a name. In the browser only, and never before the page has come alive: the host does not know it.
#[must_use]
pub fn read(name: &str) -> Option<String> {
    storage()?.get_item(&format!("charla {name}")).ok().flatten()
}

/// Keeps something under a name. A storage that is full or forbidden keeps nothing.
pub fn keep(name: &str, value: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(&format!("charla {name}"), value);
    }
}

/// Keeps something where the host finds it with the next page, for a year. A browser without cookies keeps nothing.
pub fn tell_host(cookie: &str, value: &str) {
    if let Ok(document) = leptos::prelude::document().dyn_into::<web_sys::HtmlDocument>() {
        let _ = document.set_cookie(&format!("{cookie}={value}; Path=/; Max-Age=31536000; SameSite=Lax"));
    }
}

fn storage() -> Option<web_sys::Storage> {
    leptos::prelude::window().local_storage().ok().flatten()
}
