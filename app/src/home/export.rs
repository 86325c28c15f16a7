//! The chart's table as a file.

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{api, state::HomeStore, volume::heads};
use crate::{
    i18n::t,
    ui::{Button, problem_words, use_toasts},
};

/// The button. The host writes the file, and asks whether one may have it.
#[component]
pub fn Export(store: HomeStore) -> impl IntoView {
    let toasts = use_toasts();
    let busy = RwSignal::new(false);
    let export = move |_| {
        let (zone, range) = (store.zone.get_untracked(), store.range.get_untracked());
        let heads = heads(range);
        busy.set(true);
        spawn_local(async move {
            match api::export(store.workspace, zone, range, heads).await {
                Ok(file) => save(&file, range.name()),
                Err(failure) => toasts.fail(problem_words(&failure.0)),
            }
            let _ = busy.try_set(false);
        });
    };
    view! { <Button busy=busy on_click=export>{t("home-export")}</Button> }.into_any()
}

/// Has the browser keep the text as a file.
fn save(file: &str, range: &str) {
    // The mark at the beginning tells spreadsheets that it is UTF-8.
    let address = format!("data:text/csv;charset=utf-8,%EF%BB%BF{}", String::from(js_sys::encode_uri_component(file)));
    let Ok(link) = document().create_element("a") else { return };
    let named = link
        .set_attribute("href", &address)
        .and_then(|()| link.set_attribute("download", &format!("charla-messages-{range}.csv")));
    if let (Ok(()), Ok(link)) = (named, link.dyn_into::<HtmlElement>()) {
        link.click();
    }
}
