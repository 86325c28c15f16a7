//! A text to be carried elsewhere.

use std::time::Duration;

use js_sys::Reflect;
use leptos::{html, prelude::*, task::spawn_local};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::{Button, dynamic::changing};
use crate::i18n::t;

/// How long it is said what became of a copy.
const SAID: Duration = Duration::from_secs(4);

/// What became of a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Copy {
    /// The text is in the clipboard.
    Done,
    /// There is no way to the clipboard: the text is selected, to be copied by hand.
    ByHand,
}

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
    let (came, field) = (RwSignal::new(None::<Copy>), NodeRef::<html::Input>::new());
    // Another text was not copied yet.
    Effect::new(move |_| {
        value.track();
        came.set(None);
    });
    let say = move |copy: Copy| {
        if copy == Copy::ByHand
            && let Some(field) = field.try_get_untracked().flatten()
        {
            let _ = field.focus();
            field.select();
        }
        let _ = came.try_set(Some(copy));
        set_timeout(move || _ = came.try_set(None), SAID);
    };
    let copy = move |_| {
        let text = value.get_untracked();
        // Browsers have no clipboard on pages without TLS, and may refuse it elsewhere.
        let clipboard = Reflect::get(&window().navigator(), &JsValue::from_str("clipboard"));
        if !clipboard.is_ok_and(|clipboard| clipboard.is_object()) {
            return say(Copy::ByHand);
        }
        let promise = window().navigator().clipboard().write_text(&text);
        spawn_local(async move {
            let copied = JsFuture::from(promise).await.is_ok();
            // Meanwhile it may have become another text.
            if value.try_get_untracked() == Some(text) {
                say(if copied { Copy::Done } else { Copy::ByHand });
            }
        });
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
                    {changing(move || if came.get() == Some(Copy::Done) { t("copied") } else { t("copy") })}
                    <span class="visually-hidden">": " {named}</span>
                </Button>
            </div>
            <p class="field-hint" role="status">
                {changing(move || (came.get() == Some(Copy::ByHand)).then(|| t("copy-by-hand")))}
            </p>
        </div>
    }
}
