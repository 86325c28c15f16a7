//! The question before a label is deleted.

use leptos::prelude::*;

use super::state::Labels;
use crate::{
    i18n::{Arg, t, t_with},
    ui::{Button, Dialog, changing},
};

/// The dialog.
#[component]
pub fn Confirm(
    /// All labels, and the one that is asked about.
    labels: Labels,
) -> impl IntoView {
    let (asked, open) = (labels.asked, RwSignal::new(false));
    Effect::new(move |_| {
        let is_asked = asked.with(Option::is_some);
        if open.get_untracked() != is_asked {
            open.set(is_asked);
        }
    });
    // Closed by key or button.
    Effect::new(move |_| {
        if !open.get() && asked.with_untracked(Option::is_some) {
            asked.set(None);
        }
    });
    let title = Memo::new(move |_| {
        let name = asked.with(|asked| asked.as_ref().map(|one| one.label.name.clone()));
        name.map(|name| t_with("labels-delete", &[("label", Arg::from(name))])).unwrap_or_default()
    });
    let question = move || {
        let count = asked.with(|asked| asked.as_ref().map(|one| one.conversations));
        count.map(|count| t_with("labels-delete-ask", &[("count", Arg::from(count))]))
    };
    view! {
        <Dialog open=open title=title>
            <p>{changing(question)}</p>
            <div class="form-line">
                <Button on_click=move |_| labels.delete() busy=labels.busy>{t("labels-delete-yes")}</Button>
                <Button on_click=move |_| open.set(false)>{t("labels-delete-no")}</Button>
            </div>
        </Dialog>
    }
    .into_any()
}
