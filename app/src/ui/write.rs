//! Fields beside the plain line: several lines, a search, a day and time.

use leptos::{html, prelude::*};

use super::{Icon, dynamic::changing};

/// Several lines of text that the page follows while they are written. It grows with them.
#[component]
pub fn TextArea(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// What is to be written.
    #[prop(into)]
    label: String,
    /// What stands in it.
    value: RwSignal<String>,
    /// Lines at first.
    #[prop(default = 3)]
    rows: u32,
    /// More about it.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong with what was written.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described = {
        let (hint_id, error_id) = (hint.as_ref().map(|_| hint_id.clone()), error_id.clone());
        move || {
            let error_id = error.with(Option::is_some).then(|| error_id.clone());
            let ids: Vec<_> = [hint_id.clone(), error_id].into_iter().flatten().collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    let field = NodeRef::<html::Textarea>::new();
    Effect::new(move |before: Option<bool>| {
        let Some(field) = field.get() else { return false };
        let (typed, wanted) = (field.value(), value.get());
        if before != Some(true) && !typed.is_empty() {
            // Typed before the page came alive.
            value.set(typed);
        } else if typed != wanted {
            field.set_value(&wanted);
        }
        true
    });
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <textarea
                id=id
                node_ref=field
                rows=rows
                dir="auto"
                on:input:target=move |event| value.set(event.target().value())
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described
            ></textarea>
            {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
            {changing(move || {
                let id = error_id.clone();
                error.get().map(|error| view! { <p class="field-error" id=id>{error}</p> })
            })}
        </div>
    }
    .into_any()
}

/// A line that narrows what is shown below it. Escape empties it.
#[component]
pub fn SearchField(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// What is searched; also what stands in it while it is empty.
    #[prop(into)]
    label: String,
    /// What is searched for.
    value: RwSignal<String>,
) -> impl IntoView {
    view! {
        <div class="search-line" role="search">
            <Icon name="search" />
            <input
                id=id
                type="search"
                aria-label=label.clone()
                placeholder=label
                autocomplete="off"
                dir="auto"
                prop:value=move || value.get()
                on:input:target=move |event| value.set(event.target().value())
                on:keydown=move |event| {
                    if event.key() == "Escape" && value.with_untracked(|value| !value.is_empty()) {
                        event.prevent_default();
                        value.set(String::new());
                    }
                }
            />
        </div>
    }
    .into_any()
}

/// A day and time in the viewer's own zone: the browser's own field.
#[component]
pub fn DateTimeField(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// What is to be said.
    #[prop(into)]
    label: String,
    /// What it says: `2026-12-24T18:00`; empty when nothing or nothing whole.
    value: RwSignal<String>,
    /// The earliest that may be chosen, in the same form; empty when there is none.
    #[prop(optional, into)]
    least: Signal<String>,
    /// More about it.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let described = hint.is_some().then(|| hint_id.clone());
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input
                id=id
                type="datetime-local"
                min=move || Some(least.get()).filter(|least| !least.is_empty())
                aria-describedby=described
                prop:value=move || value.get()
                on:input:target=move |event| value.set(event.target().value())
            />
            {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
        </div>
    }
    .into_any()
}
