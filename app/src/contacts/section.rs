//! A part of a contact that can be folded away, and stays as one leaves it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::ui::Icon;

fn key(name: &str) -> String {
    format!("contact {name}")
}

/// Whether a part is unfolded: as this browser has kept it, else as usual. Known once the page is alive.
pub fn kept(name: &'static str, usual: bool) -> RwSignal<bool> {
    let open = RwSignal::new(usual);
    Effect::new(move |_| {
        let storage = window().local_storage().ok().flatten();
        if let Some(kept) = storage.and_then(|storage| storage.get_item(&key(name)).ok().flatten()) {
            open.set(kept == "open");
        }
    });
    open
}

fn keep(name: &str, open: bool) {
    if let Ok(Some(storage)) = window().local_storage() {
        // A storage that is full or forbidden keeps nothing, and nothing depends on it.
        let _ = storage.set_item(&key(name), if open { "open" } else { "closed" });
    }
}

/// A part with its heading.
#[component]
pub fn Section(
    /// The name it is kept under.
    name: &'static str,
    /// Its heading.
    title: String,
    /// Whether it is unfolded, from [`kept`].
    open: RwSignal<bool>,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    let toggled = move |event: leptos::ev::Event| {
        let details = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
        let now = details.is_some_and(|details| details.has_attribute("open"));
        if open.get_untracked() != now {
            open.set(now);
            keep(name, now);
        }
    };
    view! {
        <details class="part" open=move || open.get() on:toggle=toggled>
            <summary>
                <h3>{title}</h3>
                <Icon name="chevron-down" />
            </summary>
            <div class="part-body">{children()}</div>
        </details>
    }
    .into_any()
}
