//! The page.

use charla_app::{
    i18n,
    inbox::{Measured, MeasuredList},
};
use leptos::prelude::*;
use wasm_bindgen::{JsError, prelude::wasm_bindgen};

/// Shows the list, with nothing in it yet, in the page's body. `given` is a [`Measured`] as JSON. Refuses what is none, and
/// a page without the messages of its language.
#[wasm_bindgen]
pub async fn show(given: String) -> Result<(), JsError> {
    console_error_panic_hook::set_once();
    let given: Measured = serde_json::from_str(&given)?;
    if !i18n::fetch().await {
        return Err(JsError::new("the page names no messages"));
    }
    leptos::mount::mount_to_body(move || view! { <MeasuredList given=given /> });
    Ok(())
}
