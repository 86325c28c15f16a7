//! A text to be carried elsewhere.

use js_sys::Reflect;
use leptos::{html, prelude::*, task::spawn_local};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::{Button, dynamic::changing};
use crate::i18n::t;

/// A text that can be selected, with a button that copies it.
#[component]
pub fn CopyField(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// What it is.
    #[prop(into)]
    label: String,
    /// The text.
    #[prop(into)]
    value: Signal<String>,
) -> impl IntoView {
    let (copied, field) = (RwSignal::new(false), NodeRef::<html::Input>::new());
    let copy = move |_| {
        let text = value.get_untracked();
        // Browsers have no clipboard on pages without TLS: then the text is selected, to be copied by hand.
        let clipboard = Reflect::get(&window().navigator(), &JsValue::from_str("clipboard"));
        if clipboard.is_ok_and(|clipboard| clipboard.is_object()) {
            let promise = window().navigator().clipboard().write_text(&text);
            spawn_local(async move {
                let _ = copied.try_set(JsFuture::from(promise).await.is_ok());
            });
        } else if let Some(field) = field.get_untracked() {
            field.select();
        }
    };
    let named = label.clone();
    view! {
        <div class="copy">
            <label for=id.clone()>{label}</label>
            <div class="form-line">
                <input
                    id=id
                    node_ref=field
                    readonly
                    value=move || value.get()
                    on:focus:target=move |event| event.target().select()
                />
                <Button on_click=copy>
                    {changing(move || if copied.get() { t("copied") } else { t("copy") })}
                    <span class="visually-hidden">": " {named}</span>
                </Button>
            </div>
        </div>
    }
}
