//! One field: its place, its name, its choices, the way to delete it.

use charla_shared::{
    contact_field::{FieldView, NewField},
    id::FieldId,
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{
    choices::{Choices, kind},
    work::{Doomed, Work, field_row},
};
use crate::{
    contacts::api,
    i18n::{Arg, t, t_with},
    ui::{BoundField, Icon, Submit, changing},
};

/// A field in its place.
#[component]
pub fn Field(
    /// What can be done.
    work: Work,
    /// The field.
    field: FieldView,
) -> impl IntoView {
    let (id, name, kind) = (field_row(field.id), field.name.clone(), field.kind.name());
    let shown = StoredValue::new(field);
    view! {
        <li class="entry" id=id>
            <div class="entry-main">
                <strong dir="auto">{name}</strong>
                <span class="quiet">{t(&format!("contacts-kind-{kind}"))}</span>
            </div>
            {changing(move || {
                work.may_edit
                    .get()
                    .then(|| {
                        view! {
                            <Tools work=work field=shown />
                            <Edit work=work field=shown.get_value() />
                        }
                    })
            })}
        </li>
    }
    .into_any()
}

/// The buttons beside a field.
#[component]
fn Tools(work: Work, field: StoredValue<FieldView>) -> impl IntoView {
    let (id, name) = field.with_value(|field| (field.id, field.name.clone()));
    let tool = |key: &str, icon: &'static str, act: Box<dyn Fn() + Send>| {
        let label = t_with(key, &[("name", Arg::from(name.clone()))]);
        view! {
            <button
                type="button"
                class="icon-button"
                id=format!("{key}-{id}")
                aria-label=label.clone()
                title=label
                on:click=move |_| act()
            >
                <Icon name=icon />
            </button>
        }
    };
    let shift = move |up: bool| {
        let button = format!("{}-{id}", if up { "contacts-field-up" } else { "contacts-field-down" });
        // What is moved on the page loses the focus.
        let focus = move || {
            request_animation_frame(move || {
                let button = document().get_element_by_id(&button);
                if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
                    let _ = button.focus();
                }
            });
        };
        work.make("contacts-moved", Box::pin(api::move_field(work.workspace, id, up)), focus);
    };
    view! {
        {tool("contacts-field-up", "arrow-up", Box::new(move || shift(true)))}
        {tool("contacts-field-down", "arrow-down", Box::new(move || shift(false)))}
        {tool("contacts-delete", "trash-2", Box::new(move || ask(work, id, field)))}
    }
    .into_any()
}

/// Asks before it is deleted, naming how many values are lost.
fn ask(work: Work, id: FieldId, field: StoredValue<FieldView>) {
    work.asked.set(Some(Doomed::Field(field.get_value(), None)));
    spawn_local(async move {
        let count = api::field_use(work.workspace, id).await.ok();
        let _ = work.asked.try_update(|asked| match asked {
            Some(Doomed::Field(field, known)) if field.id == id => *known = count,
            _ => {}
        });
    });
}

#[component]
fn Edit(work: Work, field: FieldView) -> impl IntoView {
    let (id, kind_name) = (field.id, field.kind.name());
    let label = t_with("contacts-change", &[("name", Arg::from(field.name.clone()))]);
    let (name, written) = (RwSignal::new(field.name.clone()), RwSignal::new(field.kind.choices().join("\n")));
    let seen = NewField { name: field.name, kind: field.kind };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let change = NewField { name: name.get_untracked(), kind: kind(kind_name, &written.get_untracked()) };
        work.make(
            "contacts-changed",
            Box::pin(api::change_field(work.workspace, id, change, Some(seen.clone()))),
            || {},
        );
    };
    view! {
        <details class="field-edit">
            <summary>{label}</summary>
            <form class="form" on:submit=submit>
                <BoundField
                    id=format!("field-name-{id}")
                    label=t("contacts-name")
                    value=name
                    error=Signal::stored(None::<String>)
                />
                {(kind_name == "choice").then(|| view! { <Choices id=format!("choices-{id}") written=written /> })}
                <div>
                    <Submit quiet=true busy=work.busy>{t("contacts-save")}</Submit>
                </div>
            </form>
        </details>
    }
    .into_any()
}
