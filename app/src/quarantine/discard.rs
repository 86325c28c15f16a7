//! The question before a delivery is given up for good.

use leptos::{html::Dialog, prelude::*};

use super::work::Work;
use crate::{
    i18n::t,
    ui::{Button, changing},
};

/// The question. It opens while there is a delivery to ask about.
#[component]
pub fn DiscardDialog(
    /// What can be done.
    work: Work,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    let asked = work.asked;
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if asked.get().is_none() {
            dialog.close();
        } else if !dialog.open() {
            // Refused only for a dialog that is open or not on the page.
            let _ = dialog.show_modal();
        }
    });
    let discard = move |_| {
        if let Some(delivery) = asked.get_untracked() {
            work.discard.dispatch(delivery);
        }
        asked.set(None);
    };
    view! {
        // Escape closes it without asking us.
        <dialog node_ref=dialog class="quarantine-ask" aria-labelledby="quarantine-ask" on:close=move |_| asked.set(None)>
            <h2 id="quarantine-ask">{t("quarantine-discard-title")}</h2>
            <p>{t("quarantine-discard-text")}</p>
            <p>
                <code>{changing(move || asked.get().map(|delivery| delivery.to_string()))}</code>
            </p>
            <div class="quarantine-actions">
                <Button on_click=move |_| asked.set(None)>{t("quarantine-keep")}</Button>
                <Button primary=true on_click=discard>{t("quarantine-discard-sure")}</Button>
            </div>
        </dialog>
    }
    .into_any()
}
