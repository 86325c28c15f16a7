//! Fields of forms, each with its label, hint and error tied to it.

use charla_shared::permission::Role;
use leptos::{html, prelude::*};

use super::dynamic::changing;

use super::Icon;
use crate::i18n::t;

/// A line of text.
#[component]
pub fn TextField(
    /// The name in the form.
    name: &'static str,
    /// Names the form, where there are several on a page.
    #[prop(optional)]
    of: &'static str,
    /// What is to be written.
    #[prop(into)]
    label: String,
    /// `text`, `email`, `search` …
    #[prop(default = "text")]
    kind: &'static str,
    /// What browsers may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: String,
    /// More about it.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong with what was written.
    #[prop(optional_no_strip, into)]
    error: Option<String>,
) -> impl IntoView {
    let [id, hint_id, error_id] = ["field", "hint", "error"].map(|what| format!("{what}-{of}{name}"));
    let described = [hint.as_ref().map(|_| hint_id.clone()), error.as_ref().map(|_| error_id.clone())];
    let described = described.into_iter().flatten().collect::<Vec<_>>().join(" ");
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input
                id=id
                name=name
                type=kind
                autocomplete=autocomplete
                value=value
                required
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=(!described.is_empty()).then_some(described)
            />
            {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
            {error.map(|error| view! { <p class="field-error" id=error_id>{error}</p> })}
        </div>
    }
}

/// A password, hidden until it is to be seen.
#[component]
pub fn PasswordField(
    /// The name in the form.
    name: &'static str,
    /// Names the form, where there are several on a page.
    #[prop(optional)]
    of: &'static str,
    /// What is to be written.
    #[prop(into)]
    label: String,
    /// `current-password` or `new-password`.
    autocomplete: &'static str,
    /// More about it.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong with what was written.
    #[prop(optional_no_strip, into)]
    error: Option<String>,
) -> impl IntoView {
    let [id, hint_id, error_id] = ["field", "hint", "error"].map(|what| format!("{what}-{of}{name}"));
    let described = [hint.as_ref().map(|_| hint_id.clone()), error.as_ref().map(|_| error_id.clone())];
    let described = described.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let shown = RwSignal::new(false);
    let toggle = move || if shown.get() { t("password-hide") } else { t("password-show") };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <div class="field-password">
                <input
                    id=id
                    name=name
                    type=move || if shown.get() { "text" } else { "password" }
                    autocomplete=autocomplete
                    required
                    aria-invalid=error.is_some().then_some("true")
                    aria-describedby=(!described.is_empty()).then_some(described)
                />
                <button
                    type="button"
                    class="icon-button"
                    aria-label=toggle
                    title=toggle
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    {changing(move || if shown.get() { view! { <Icon name="eye-off" /> } } else { view! { <Icon name="eye" /> } })}
                </button>
            </div>
            {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
            {error.map(|error| view! { <p class="field-error" id=error_id>{error}</p> })}
        </div>
    }
}

/// A line of text that the page follows while it is written.
#[component]
pub fn BoundField(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// What is to be written.
    #[prop(into)]
    label: String,
    /// What stands in it.
    value: RwSignal<String>,
    /// `text`, `password`, `number` …
    #[prop(default = "text")]
    kind: &'static str,
    /// The keyboard of a phone: `text`, `numeric`.
    #[prop(default = "text")]
    keyboard: &'static str,
    /// More about it.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong with what was written.
    #[prop(into)]
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
    let field = NodeRef::<html::Input>::new();
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
            <input
                id=id
                node_ref=field
                type=kind
                inputmode=keyboard
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                required
                on:input:target=move |event| value.set(event.target().value())
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described
            />
            {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
            {changing(move || {
                let id = error_id.clone();
                error.get().map(|error| view! { <p class="field-error" id=id>{error}</p> })
            })}
        </div>
    }
}

/// A choice among the roles somebody may give.
#[component]
pub fn RoleSelect(
    /// What is to be chosen.
    #[prop(into)]
    label: String,
    /// Who chooses.
    mine: Role,
    /// What is chosen.
    role: RwSignal<Role>,
) -> impl IntoView {
    let options = Role::ALL.iter().copied().filter(|role| mine.may_grant(*role));
    view! {
        <div class="field">
            <label for="field-role">{label}</label>
            <select
                id="field-role"
                name="role"
                on:change:target=move |event| {
                    if let Ok(chosen) = event.target().value().parse() {
                        role.set(chosen);
                    }
                }
            >
                {options
                    .map(|option| {
                        view! {
                            <option value=option.name() selected=move || role.get() == option>
                                {t(&format!("role-{}", option.name()))}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </div>
    }
}
