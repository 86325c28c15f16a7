//! Tabs: parts of one thing, one at a time. Arrow keys go from tab to tab, Tab goes into the part.

use leptos::{ev::KeyboardEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::Choice;

/// The tabs and the part that is chosen.
#[component]
pub fn Tabs(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// What the parts are of.
    #[prop(into)]
    label: String,
    /// The parts; at least one.
    tabs: Vec<Choice>,
    /// The value of the one that is shown.
    chosen: RwSignal<String>,
    /// The part that is shown: reads what is chosen.
    children: Children,
) -> impl IntoView {
    let values: Vec<String> = tabs.iter().map(|tab| tab.value.clone()).collect();
    let (tabs_id, panel_id) = (StoredValue::new(id.clone()), format!("{id}-panel"));
    let walk = move |event: KeyboardEvent| {
        let rtl = is_rtl(&event);
        let at = chosen.with_untracked(|chosen| values.iter().position(|value| value == chosen)).unwrap_or(0);
        let Some(to) = neighbour(&event.key(), at, values.len(), rtl) else { return };
        event.prevent_default();
        chosen.set(values[to].clone());
        let tab = document().get_element_by_id(&tab_id(&tabs_id.get_value(), &values[to]));
        if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
            let _ = tab.focus();
        }
    };
    let panel = panel_id.clone();
    let tabs = tabs
        .into_iter()
        .map(|Choice { value, name }| {
            let (this, told) = (value.clone(), value.clone());
            let is_chosen = Memo::new(move |_| chosen.with(|chosen| *chosen == this));
            view! {
                <button
                    type="button"
                    class="tab"
                    role="tab"
                    id=tab_id(&id, &value)
                    aria-controls=panel.clone()
                    aria-selected=move || is_chosen.get().to_string()
                    tabindex=move || if is_chosen.get() { "0" } else { "-1" }
                    on:click=move |_| chosen.set(told.clone())
                >
                    {name}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="tabs">
            <div class="tab-list" role="tablist" aria-label=label on:keydown=walk>
                {tabs}
            </div>
            <div
                class="tab-panel"
                id=panel_id
                role="tabpanel"
                tabindex="0"
                aria-labelledby=move || tab_id(&tabs_id.get_value(), &chosen.get())
            >
                {children()}
            </div>
        </div>
    }
    .into_any()
}

fn tab_id(tabs: &str, value: &str) -> String {
    format!("{tabs}-tab-{value}")
}

/// Whether an event came from a part that is read from right to left.
pub(super) fn is_rtl(event: &KeyboardEvent) -> bool {
    let element = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| element.matches(":dir(rtl)").unwrap_or(false))
}

/// Where a key leads from a place among some, around the ends.
fn neighbour(key: &str, at: usize, count: usize, rtl: bool) -> Option<usize> {
    let last = count.checked_sub(1)?;
    let (next, before) = (if at == last { 0 } else { at + 1 }, at.checked_sub(1).unwrap_or(last));
    match (key, rtl) {
        ("ArrowRight", false) | ("ArrowLeft", true) => Some(next),
        ("ArrowLeft", false) | ("ArrowRight", true) => Some(before),
        ("Home", _) => Some(0),
        ("End", _) => Some(last),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_go_around_and_follow_the_direction_of_reading() {
        assert_eq!(neighbour("ArrowRight", 2, 3, false), Some(0));
        assert_eq!(neighbour("ArrowLeft", 0, 3, false), Some(2));
        assert_eq!(neighbour("ArrowLeft", 0, 3, true), Some(1));
        assert_eq!(neighbour("End", 0, 3, false), Some(2));
        assert_eq!(neighbour("x", 0, 3, false), None);
    }
}
