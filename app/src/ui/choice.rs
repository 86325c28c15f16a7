//! Choices: yes or no, one of a few, one of many. All native controls; the style sheet draws them.

use leptos::prelude::*;

/// One of the things to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is told when it is chosen; unique among them.
    pub value: String,
    /// What it is called.
    pub name: String,
}

impl Choice {
    /// A thing to choose.
    pub fn new(value: impl Into<String>, name: impl Into<String>) -> Self {
        Self { value: value.into(), name: name.into() }
    }
}

/// Yes or no, as part of something that is sent later.
#[component]
pub fn Checkbox(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// What it is about.
    #[prop(into)]
    label: String,
    /// What it says.
    #[prop(into)]
    checked: Signal<bool>,
    /// Told what it says now.
    on_change: Callback<bool>,
    /// More about it.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Whether it cannot be changed at the moment.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    yes_or_no(id, label, checked, on_change, hint, disabled, None)
}

/// On or off, at once.
#[component]
pub fn Switch(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// What is switched.
    #[prop(into)]
    label: String,
    /// Whether it is on.
    #[prop(into)]
    checked: Signal<bool>,
    /// Told what it is now.
    on_change: Callback<bool>,
    /// More about it.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Whether it cannot be changed at the moment.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    yes_or_no(id, label, checked, on_change, hint, disabled, Some("switch"))
}

fn yes_or_no(
    id: String,
    label: String,
    checked: Signal<bool>,
    on_change: Callback<bool>,
    hint: Option<String>,
    disabled: Signal<bool>,
    role: Option<&'static str>,
) -> AnyView {
    let hint_id = format!("{id}-hint");
    let described = hint.is_some().then(|| hint_id.clone());
    view! {
        <div class="check">
            <input
                id=id.clone()
                type="checkbox"
                role=role
                prop:checked=move || checked.get()
                disabled=move || disabled.get()
                aria-describedby=described
                on:change:target=move |event| on_change.run(event.target().checked())
            />
            <label for=id>{label}</label>
            {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
        </div>
    }
    .into_any()
}

/// One of two to five, all in sight: radio buttons side by side.
#[component]
pub fn Segmented(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// What is chosen.
    #[prop(into)]
    label: String,
    /// What there is to choose from.
    options: Vec<Choice>,
    /// The value that is chosen.
    #[prop(into)]
    chosen: Signal<String>,
    /// Told what is chosen now.
    on_change: Callback<String>,
) -> impl IntoView {
    let options = options
        .into_iter()
        .map(|Choice { value, name }| {
            let (this, told) = (value.clone(), value.clone());
            let is_chosen = Memo::new(move |_| chosen.with(|chosen| *chosen == this));
            view! {
                <label class="segment">
                    <input
                        type="radio"
                        name=id.clone()
                        value=value
                        prop:checked=move || is_chosen.get()
                        on:change=move |_| on_change.run(told.clone())
                    />
                    <span>{name}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="segmented">
            <legend>{label}</legend>
            <div class="choices">{options}</div>
        </fieldset>
    }
    .into_any()
}

/// One of many: the browser's own list.
#[component]
pub fn Select(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// What is chosen.
    #[prop(into)]
    label: String,
    /// What there is to choose from.
    #[prop(into)]
    options: Signal<Vec<Choice>>,
    /// The value that is chosen.
    #[prop(into)]
    chosen: Signal<String>,
    /// Told what is chosen now.
    on_change: Callback<String>,
    /// More about it.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let described = hint.is_some().then(|| hint_id.clone());
    let option = move |Choice { value, name }: Choice| {
        let this = value.clone();
        view! { <option value=value selected=move || chosen.with(|chosen| *chosen == this)>{name}</option> }
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select
                id=id
                aria-describedby=described
                on:change:target=move |event| on_change.run(event.target().value())
            >
                {super::changing(move || options.get().into_iter().map(option).collect_view())}
            </select>
            {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
        </div>
    }
    .into_any()
}
