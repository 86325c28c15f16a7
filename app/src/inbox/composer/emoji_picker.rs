//! The emoji picker: a popover with a search, the ones used lately, and all by category. Arrow keys walk through the grid.

use leptos::{ev, html, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{
    emoji::{self, Emoji, Table},
    writing::Writing,
};
use crate::{
    i18n::{t, use_locale},
    inbox::desk::Desk,
    ui::{Icon, changing},
};
use charla_shared::account::Locale;

const PICKER: &str = "composer-emoji";
/// The kind of thing on the shelf.
const KIND: &str = "emoji";
/// How many of the latest are kept: three rows.
const RECENT: usize = 24;
/// The most that a search shows.
const FOUND: usize = 64;
/// Emoji in a row, as the style sheet has it.
const COLUMNS: usize = 8;

/// The button and its popover.
#[component]
pub fn EmojiPicker(writing: Writing) -> impl IntoView {
    let (popover, search) = (NodeRef::<html::Div>::new(), NodeRef::<html::Input>::new());
    let (table, query) = (RwSignal::new(None::<Table>), RwSignal::new(String::new()));
    let recent = RwSignal::new(Vec::<String>::new());
    let toggled = move |_| {
        let open = popover.get_untracked().is_some_and(|popover| popover.matches(":popover-open").unwrap_or_default());
        if !open {
            return;
        }
        query.set(String::new());
        recent.set(latest(writing.store.desk));
        if let Some(search) = search.get_untracked() {
            search.set_value("");
            let _ = search.focus();
        }
        spawn_local(async move {
            emoji::load().await;
            let _ = table.try_set(emoji::table());
        });
    };
    let take = move |event: ev::MouseEvent| {
        let Some(sign) = sign_of(event.target()) else { return };
        remember(writing.store.desk, &sign);
        if let Some(popover) = popover.get_untracked() {
            let _ = popover.hide_popover();
        }
        writing.insert(&sign, 0);
    };
    view! {
        <button
            type="button"
            class="icon-button composer-emoji-button"
            popovertarget=move || (!writing.is_closed()).then_some(PICKER)
            aria-label=t("emoji-title")
            title=t("emoji-title")
            // It keeps the focus when the conversation closes under it.
            aria-disabled=move || writing.is_closed().then_some("true")
        >
            <Icon name="smile" />
        </button>
        <div id=PICKER class="emoji" popover="auto" role="dialog" aria-label=t("emoji-title") node_ref=popover on:toggle=toggled on:keydown=walk>
            <input
                type="search"
                class="emoji-search"
                node_ref=search
                aria-label=t("emoji-search")
                placeholder=t("emoji-search")
                autocomplete="off"
                on:input:target=move |event| query.set(event.target().value())
            />
            <div class="emoji-all" on:click=take>
                {changing(move || {
                    let Some(table) = table.get() else {
                        return view! { <p class="quiet" role="status">{t("loading")}</p> }.into_any();
                    };
                    let query = query.get();
                    if query.trim().is_empty() { all(&table, &recent.read()) } else { found(&query) }
                })}
            </div>
        </div>
    }
    .into_any()
}

fn all(table: &Table, recent: &[String]) -> AnyView {
    let by_sign = |sign: &String| table.iter().flat_map(|(_, emoji)| emoji).find(|emoji| emoji.sign == *sign);
    let recent: Vec<_> = recent.iter().filter_map(by_sign).collect();
    let recent = (!recent.is_empty()).then(|| group(t("emoji-recent"), recent));
    let groups = table.iter().map(|(name, emoji)| group(t(&format!("emoji-{name}")), emoji.iter().collect()));
    view! { {recent} {groups.collect_view()} }.into_any()
}

fn found(query: &str) -> AnyView {
    let found = emoji::search(query, FOUND);
    if found.is_empty() {
        return view! { <p class="quiet" role="status">{t("emoji-none")}</p> }.into_any();
    }
    group(t("emoji-found"), found.iter().collect()).into_any()
}

fn group(name: String, emoji: Vec<&Emoji>) -> impl IntoView + use<> {
    let spanish = use_locale() == Locale::Spanish;
    let buttons = emoji.into_iter().map(|emoji| {
        let name = if spanish { emoji.spanish.clone() } else { emoji.english.clone() };
        view! {
            <button type="button" class="emoji-one" tabindex="-1" aria-label=name title=format!(":{}:", emoji.code)>
                {emoji.sign.clone()}
            </button>
        }
    });
    let (buttons, label) = (buttons.collect_view(), name.clone());
    view! {
        <section aria-label=label>
            <h3 class="emoji-group">{name}</h3>
            <div class="emoji-grid">{buttons}</div>
        </section>
    }
}

/// The sign on the button that was pressed.
fn sign_of(target: Option<web_sys::EventTarget>) -> Option<String> {
    let element = target?.dyn_into::<web_sys::Element>().ok()?;
    element.closest(".emoji-one").ok().flatten()?.text_content()
}

/// Arrow keys: from the search into the grid, and through it.
fn walk(event: ev::KeyboardEvent) {
    let rows = isize::try_from(COLUMNS).unwrap_or_default();
    let by = match event.key().as_str() {
        "ArrowDown" => rows,
        "ArrowUp" => -rows,
        "ArrowLeft" => -1,
        "ArrowRight" => 1,
        _ => return,
    };
    let Ok(list) = document().query_selector_all(&format!("#{PICKER} .emoji-one")) else { return };
    let focused = document().active_element();
    let all: Vec<HtmlElement> =
        (0..list.length()).filter_map(|index| list.item(index)?.dyn_into::<HtmlElement>().ok()).collect();
    let here = all.iter().position(|element| focused.as_ref() == Some(element.as_ref()));
    let next = match here {
        // In the search the arrows to the sides are for its text.
        None if by == rows => Some(0),
        None => return,
        Some(here) => here.checked_add_signed(by),
    };
    event.prevent_default();
    let search = document().query_selector(&format!("#{PICKER} input")).ok().flatten();
    let search = search.and_then(|search| search.dyn_into::<HtmlElement>().ok());
    // Above the first row is the search.
    if let Some(element) = next.map_or(search.as_ref(), |next| all.get(next).or_else(|| all.last())) {
        let _ = element.focus();
    }
}

fn latest(desk: Desk) -> Vec<String> {
    desk.writer().and_then(|writer| writer.shelf.get(KIND, "")).unwrap_or_default()
}

fn remember(desk: Desk, sign: &str) {
    let mut latest = latest(desk);
    latest.retain(|known| known != sign);
    latest.insert(0, sign.to_owned());
    latest.truncate(RECENT);
    if let Some(writer) = desk.writer() {
        writer.shelf.put(KIND, "", &latest);
    }
}
