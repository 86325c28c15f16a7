//! The WASM entry point: takes over the page that the host has rendered.

use charla_app::App;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page's script once the module is there.
#[wasm_bindgen]
pub async fn hydrate() {
    console_error_panic_hook::set_once();
    // Without its words a page is better left as the host has written it: it can be read, and its links and forms work.
    if charla_app::i18n::fetch().await {
        leptos::mount::hydrate_lazy(App);
    }
}
