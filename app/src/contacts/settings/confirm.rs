//! The question before something is deleted that contacts have.

use leptos::prelude::*;

use super::work::{Doomed, Work};
use crate::{
    contacts::api,
    i18n::{Arg, t, t_with},
    ui::{Button, Dialog, changing, leaving},
};

/// The dialog.
#[component]
pub fn Confirm(
    /// What can be done.
    work: Work,
) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        let asked = work.asked.with(Option::is_some);
        if open.get_untracked() != asked {
            open.set(asked);
        }
    });
    // Closed by key or button.
    Effect::new(move |_| {
        if !open.get() && work.asked.with_untracked(Option::is_some) {
            work.asked.set(None);
        }
    });
    let title = Memo::new(move |_| {
        let named = |name: &str| t_with("contacts-delete", &[("name", Arg::from(name.to_owned()))]);
        work.asked.with(|asked| match asked {
            Some(Doomed::Tag(tag, _)) => named(&tag.name),
            Some(Doomed::Field(field, _)) => named(&field.name),
            None => String::new(),
        })
    });
    view! {
        <Dialog open=open title=title>
            <p>{changing(move || work.asked.with(|asked| asked.as_ref().map(question)))}</p>
            <div class="form-line">
                <Button on_click=move |_| delete(work) busy=work.busy>{t("contacts-delete-yes")}</Button>
                <Button on_click=move |_| open.set(false)>{t("contacts-delete-no")}</Button>
            </div>
        </Dialog>
    }
    .into_any()
}

fn question(doomed: &Doomed) -> String {
    let (key, count) = match doomed {
        Doomed::Tag(_, Some(count)) => ("contacts-delete-tag", count),
        Doomed::Field(_, Some(count)) => ("contacts-delete-field", count),
        Doomed::Tag(_, None) | Doomed::Field(_, None) => return t("contacts-delete-counting"),
    };
    t_with(key, &[("count", Arg::from(*count))])
}

fn delete(work: Work) {
    let Some(doomed) = work.asked.get_untracked() else { return };
    let pass_on = leaving(&doomed.row_id());
    let request: std::pin::Pin<Box<dyn Future<Output = _>>> = match doomed {
        Doomed::Tag(tag, _) => Box::pin(api::delete_tag(work.workspace, tag.id)),
        Doomed::Field(field, _) => Box::pin(async move { api::delete_field(work.workspace, field.id).await.map(drop) }),
    };
    work.make("contacts-deleted", request, move || {
        let _ = work.asked.try_set(None);
        pass_on();
    });
}
