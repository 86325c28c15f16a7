//! The fields, and a new one.

use charla_shared::contact_field::{FieldKind, FieldView, NewField};
use leptos::{ev::SubmitEvent, prelude::*};

use super::{
    choices::{Choices, kind},
    field::Field,
    work::Work,
};
use crate::{
    contacts::api,
    i18n::t,
    ui::{BoundField, Submit, changing},
};

/// The fields in their order.
#[component]
pub fn Fields(
    /// What can be done.
    work: Work,
) -> impl IntoView {
    let none = Memo::new(move |_| work.fields.with(Vec::is_empty));
    let key = |field: &FieldView| (field.id, field.name.clone(), field.kind.choices().to_vec());
    view! {
        <section class="panel" aria-labelledby="contact-fields">
            <h2 id="contact-fields">{t("contacts-fields")}</h2>
            <p class="quiet">{t("contacts-fields-text")}</p>
            {changing(move || none.get().then(|| view! { <p>{t("contacts-fields-none")}</p> }))}
            <ul class="entries" role="list">
                <For each=move || work.fields.get() key=key let:field>
                    <Field work=work field=field />
                </For>
            </ul>
            {changing(move || work.may_edit.get().then(|| view! { <New work=work /> }))}
        </section>
    }
    .into_any()
}

#[component]
fn New(work: Work) -> impl IntoView {
    let (name, written, chosen) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new("text".to_owned()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let kind = kind(&chosen.get_untracked(), &written.get_untracked());
        let new = NewField { name: name.get_untracked(), kind };
        let request = async move { api::create_field(work.workspace, new).await.map(drop) };
        work.make("contacts-field-created", Box::pin(request), move || {
            let _ = name.try_set(String::new());
            let _ = written.try_set(String::new());
        });
    };
    let options = FieldKind::NAMES
        .iter()
        .map(|name| view! { <option value=*name>{t(&format!("contacts-kind-{name}"))}</option> })
        .collect_view();
    view! {
        <form class="form" on:submit=submit>
            <h3>{t("contacts-field-new")}</h3>
            <BoundField id="field-new" label=t("contacts-name") value=name error=Signal::stored(None::<String>) />
            <div class="field">
                <label for="field-kind">{t("contacts-kind")}</label>
                <select id="field-kind" on:change:target=move |event| chosen.set(event.target().value())>
                    {options}
                </select>
            </div>
            {changing(move || {
                (*chosen.read() == "choice").then(|| view! { <Choices id="choices-new".to_owned() written=written /> })
            })}
            <div>
                <Submit quiet=true busy=work.busy>{t("contacts-field-create")}</Submit>
            </div>
        </form>
    }
    .into_any()
}
