//! What is known of a contact in the workspace's fields.

use charla_shared::contact_field::FieldView;
use leptos::prelude::*;

use super::{Contact, value::Value};
use crate::{i18n::t, ui::changing};

/// The fields in their order, each with what is known.
#[component]
pub fn Fields(
    /// Of whom.
    contact: Contact,
) -> impl IntoView {
    let fields =
        Memo::new(move |_| contact.card.with(|card| card.as_ref().map(|card| card.fields.clone()).unwrap_or_default()));
    let may_define = Memo::new(move |_| contact.card.with(|card| card.as_ref().is_some_and(|card| card.rights.define)));
    let none = Memo::new(move |_| fields.with(Vec::is_empty));
    let settings = format!("/w/{}/settings/contacts", contact.workspace);
    // A field that stays as it is stays on screen, with what is being written in it.
    let key = |field: &FieldView| (field.id, field.name.clone(), field.kind.choices().to_vec());
    view! {
        {changing(move || none.get().then(|| view! { <p class="quiet">{t("contacts-fields-none")}</p> }))}
        <div class="values">
            <For each=move || fields.get() key=key let:field>
                <Value contact=contact field=field />
            </For>
        </div>
        {changing(move || {
            let settings = settings.clone();
            may_define.get().then(|| view! { <a class="part-link" href=settings>{t("contacts-fields-define")}</a> })
        })}
    }
    .into_any()
}
