//! A label's name and colour, to be written.

use charla_shared::label::{Colour, NewLabel, name_rule};
use leptos::{ev::SubmitEvent, prelude::*};

use crate::{
    failure::Failure,
    i18n::t,
    ui::{BoundField, Submit, Tag, changing, problem_words},
};

/// The fields of a label and the button that saves them.
#[component]
pub fn LabelForm(
    /// Unique on the page.
    id: String,
    /// What it is called.
    name: RwSignal<String>,
    /// Its colour.
    colour: RwSignal<Colour>,
    /// What the button says.
    save: String,
    /// Saves it.
    action: Action<NewLabel, Result<(), Failure>>,
) -> impl IntoView {
    let wrong = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let label = NewLabel { name: name.get_untracked(), colour: colour.get_untracked() };
        let valid = name_rule(&label.name, &()).is_ok();
        wrong.set(!valid);
        if valid {
            action.dispatch(label);
        }
    };
    let value = action.value();
    let error = Signal::derive(move || {
        if wrong.get() {
            return Some(t("labels-name-wrong"));
        }
        value.with(|saved| saved.as_ref()?.as_ref().err().map(|failure| problem_words(&failure.0)))
    });
    let select = format!("{id}-colour");
    view! {
        <form class="form label-form" novalidate on:submit=submit>
            <BoundField id=format!("{id}-name") label=t("labels-name") value=name error=error />
            <div class="field">
                <label for=select.clone()>{t("labels-colour")}</label>
                <select
                    id=select
                    prop:value=move || colour.get().name()
                    on:change:target=move |event| colour.set(Colour::from_name(&event.target().value()))
                >
                    {Colour::ALL
                        .iter()
                        .map(|option| view! { <option value=option.name() selected=move || colour.get() == *option>{colour_name(*option)}</option> })
                        .collect_view()}
                </select>
            </div>
            <div class="label-preview" aria-hidden="true">
                {changing(move || {
                    let name = Some(name.get()).filter(|name| !name.trim().is_empty()).unwrap_or_else(|| t("labels-name"));
                    view! { <Tag colour=colour.get() name=name /> }
                })}
            </div>
            <Submit busy=action.pending()>{save}</Submit>
        </form>
    }
    .into_any()
}

fn colour_name(colour: Colour) -> String {
    t(&format!("label-colour-{}", colour.name()))
}
