//! The app.

use leptos::prelude::*;
use leptos_router::{
    components::{Route, Router, Routes},
    path,
};
use wasm_bindgen::prelude::wasm_bindgen;

/// Takes over a page that a host has rendered.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_body(App);
}

/// The app.
#[component]
fn App() -> impl IntoView {
    view! {
        <Router>
            <Routes fallback=|| "Not found">
                <Route path=path!("/") view=Counter />
            </Routes>
        </Router>
    }
}

/// A button that counts its clicks.
#[component]
fn Counter() -> impl IntoView {
    let count = RwSignal::new(0);
    view! { <button on:click=move |_| count.update(|count| *count += 1)>{move || count.get()}</button> }
}
