//! A picker: a button, and behind it a list to search and choose from, for one thing or many.

use std::collections::HashSet;

use charla_shared::label::Colour;
use leptos::{
    ev::{Event, KeyboardEvent},
    html,
    prelude::*,
};
use wasm_bindgen::JsCast;
use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::{Icon, dynamic::changing, menu::close_around};
use crate::i18n::t;

/// One of the things to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PickerOption {
    /// What is told when it is chosen; unique in the list.
    pub value: String,
    /// What it is called.
    pub name: String,
    /// Its colour, for labels and tags.
    pub colour: Option<Colour>,
}

/// What a list to choose from works with.
#[derive(Debug, Clone, Copy)]
struct Choosing {
    options: Signal<Vec<PickerOption>>,
    query: RwSignal<String>,
    /// The place in the list that Enter would choose.
    at: RwSignal<usize>,
}

impl Choosing {
    /// What fits what was written, in the order given.
    fn found(self) -> Vec<PickerOption> {
        let query = self.query.get().trim().to_lowercase();
        self.options.with(|options| options.iter().filter(|option| fits(&option.name, &query)).cloned().collect())
    }

    fn step(self, by: isize) {
        let count = untrack(|| self.found().len());
        self.at.update(|at| *at = at.saturating_add_signed(by).min(count.saturating_sub(1)));
        request_animation_frame(show_place);
    }
}

/// Scrolls the list so that the option Enter would choose is in sight.
fn show_place() {
    if let Ok(Some(option)) = document().query_selector(".picker:popover-open .picker-at") {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        option.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Whether some word of a name begins with what was written, which is in small letters.
fn fits(name: &str, query: &str) -> bool {
    let name = name.to_lowercase();
    query.is_empty()
        || name.starts_with(query)
        || name
            .match_indices(query)
            .any(|(at, _)| name[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric()))
}

/// A searchable list in a popover. The button has the id `{id}-button`; to choose is told at once, and the list stays open
/// for more unless only one may be chosen.
#[component]
pub fn Picker(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// What is chosen: the button's name.
    #[prop(into)]
    label: String,
    /// With an icon, the button shows it alone; without, its name.
    #[prop(optional)]
    icon: Option<&'static str>,
    /// Whether only one may be chosen.
    #[prop(optional)]
    one: bool,
    /// What there is to choose from.
    #[prop(into)]
    options: Signal<Vec<PickerOption>>,
    /// The values of what is chosen.
    #[prop(into)]
    chosen: Signal<HashSet<String>>,
    /// Chooses a value, or gives it up.
    on_toggle: Callback<String>,
    /// What stands below the list, such as the way to make another.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let choosing = Choosing { options, query: RwSignal::new(String::new()), at: RwSignal::new(0) };
    let (open, search) = (RwSignal::new(false), NodeRef::<html::Input>::new());
    let list = StoredValue::new(format!("{id}-list"));
    let shown_or_hidden = move |event: Event| {
        let target = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
        let is_open = target.is_some_and(|popover| popover.matches(":popover-open").unwrap_or(false));
        choosing.query.set(String::new());
        choosing.at.set(0);
        open.set(is_open);
        if is_open && let Some(search) = search.get_untracked() {
            let _ = search.focus();
        }
    };
    let named = icon.is_some().then(|| label.clone());
    view! {
        <button
            type="button"
            class=if icon.is_some() { "icon-button" } else { "button picker-button" }
            id=format!("{id}-button")
            popovertarget=id.clone()
            aria-haspopup="dialog"
            aria-label=named.clone()
            title=named
        >
            {match icon {
                Some(icon) => view! { <Icon name=icon /> }.into_any(),
                None => view! { {label.clone()} <Icon name="chevron-down" /> }.into_any(),
            }}
        </button>
        <div
            class="menu menu-near picker"
            id=id
            popover="auto"
            role="dialog"
            aria-label=label.clone()
            on:toggle=shown_or_hidden
        >
            <input
                node_ref=search
                class="picker-search"
                role="combobox"
                aria-label=label.clone()
                aria-autocomplete="list"
                aria-expanded="true"
                aria-controls=list.get_value()
                aria-activedescendant=move || Some(format!("{}-{}", list.get_value(), choosing.at.get())).filter(|_| open.get())
                placeholder=t("picker-search")
                autocomplete="off"
                prop:value=move || choosing.query.get()
                on:input:target=move |event| {
                    choosing.query.set(event.target().value());
                    choosing.at.set(0);
                }
                on:keydown=move |event| choose_by_key(&event, choosing, one, on_toggle)
            />
            <ul
                class="picker-list"
                id=list.get_value()
                role="listbox"
                aria-label=label.clone()
                aria-multiselectable=(!one).then_some("true")
            >
                {changing(move || open.get().then(|| view! { <Found choosing chosen one list on_toggle /> }))}
            </ul>
            {children.map(|children| view! { <div class="picker-foot">{children()}</div> })}
        </div>
    }
    .into_any()
}

fn choose_by_key(event: &KeyboardEvent, choosing: Choosing, one: bool, on_toggle: Callback<String>) {
    match event.key().as_str() {
        "ArrowDown" => choosing.step(1),
        "ArrowUp" => choosing.step(-1),
        "Enter" if !event.is_composing() => {
            let at = choosing.at.get_untracked();
            if let Some(option) = untrack(|| choosing.found()).into_iter().nth(at) {
                on_toggle.run(option.value);
                if one {
                    close_around(event);
                }
            }
        }
        _ => return,
    }
    event.prevent_default();
}

/// What was found, each to be chosen.
#[component]
fn Found(
    choosing: Choosing,
    chosen: Signal<HashSet<String>>,
    one: bool,
    list: StoredValue<String>,
    on_toggle: Callback<String>,
) -> impl IntoView {
    let option = move |(place, option): (usize, PickerOption)| {
        let PickerOption { value, name, colour } = option;
        let is_chosen = {
            let value = value.clone();
            Memo::new(move |_| chosen.with(|chosen| chosen.contains(&value)))
        };
        view! {
            <li
                class="picker-option"
                class:picker-at=move || choosing.at.get() == place
                id=format!("{}-{place}", list.get_value())
                role="option"
                aria-selected=move || is_chosen.get().to_string()
                // The focus stays where one writes.
                on:pointerdown=|event| event.prevent_default()
                on:click=move |event| {
                    choosing.at.set(place);
                    on_toggle.run(value.clone());
                    if one {
                        close_around(&event);
                    }
                }
            >
                <span class="picker-mark">{changing(move || is_chosen.get().then(|| view! { <Icon name="check" /> }))}</span>
                {colour.map(|colour| view! { <span class="tag-dot" data-label=colour.name()></span> })}
                <span dir="auto">{name}</span>
            </li>
        }
    };
    changing(move || {
        let found = choosing.found();
        if found.is_empty() {
            view! { <li class="picker-none" role="option" aria-disabled="true" aria-selected="false">{t("picker-none")}</li> }
                .into_any()
        } else {
            found.into_iter().enumerate().map(option).collect_view().into_any()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_name_are_found_by_their_beginning() {
        assert!(fits("Ana María de Souza", "mar"));
        assert!(fits("Ana María de Souza", "ana m"));
        assert!(fits("Ana", ""));
        assert!(!fits("Ana María", "ría"));
        assert!(fits("big-order", "order"));
    }
}
