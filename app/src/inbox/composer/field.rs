//! The field.
//!
//! Enter sends, Shift+Enter breaks the line, and an Enter that belongs to an input method (choosing a Japanese or Chinese
//! word) does neither.

use charla_shared::text;
use leptos::{ev, prelude::*};

use super::{
    FIELD,
    list::LIST,
    writing::{Mode, Writing},
};
use crate::i18n::t;

/// Lines the field has where the browser cannot size it by its content itself.
const LINES_MAX: usize = 8;

/// The field of the composer.
#[component]
pub fn Field(writing: Writing) -> impl IntoView {
    let list = writing.list;
    let noting = move || writing.mode.get() == Mode::Note;
    let label = move || if noting() { t("composer-note-label") } else { t("composer-label") };
    let hint = move || if noting() { t("composer-note-placeholder") } else { t("composer-placeholder") };
    let rows = move || {
        let text = if noting() { writing.note } else { writing.reply };
        text.read().split('\n').count().min(LINES_MAX).to_string()
    };
    view! {
        <textarea
            id=FIELD
            node_ref=writing.field
            class="composer-field"
            dir="auto"
            rows=rows
            placeholder=hint
            aria-label=label
            aria-describedby="composer-notice composer-window composer-said composer-count"
            aria-autocomplete="list"
            aria-haspopup="listbox"
            aria-controls=move || list.is_open().then_some(LIST)
            aria-activedescendant=move || list.active()
            // Browsers offer what stood here before a reload, also what was a note; drafts bring themselves back.
            autocomplete="off"
            // Not disabled: that would take the focus away in the middle of a word, and its rest would be shortcuts.
            readonly=move || writing.is_closed()
            aria-disabled=move || writing.is_closed().then_some("true")
            on:input=move |_| writing.typed()
            on:keydown=move |event| pressed(writing, &event)
            on:click=move |_| list.look(writing)
            on:blur=move |_| {
                list.close();
                writing.left_field();
            }
            on:paste=move |event| pasted(writing, &event)
            on:drop=move |event: ev::DragEvent| {
                if event.data_transfer().is_some_and(|data| holds_files(&data)) {
                    event.prevent_default();
                    writing.refuse_files();
                }
            }
        ></textarea>
    }
    .into_any()
}

fn pressed(writing: Writing, event: &ev::KeyboardEvent) {
    // 229 is what browsers that do not set isComposing report for a key the input method has taken.
    if event.is_composing() || event.key_code() == 229 {
        return;
    }
    let key = event.key();
    let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
    if plain && !event.shift_key() && writing.list.pressed(writing, &key) {
        return event.prevent_default();
    }
    let mark = match (key.to_lowercase().as_str(), event.shift_key()) {
        ("b", false) => Some('*'),
        ("i", false) => Some('_'),
        ("x", true) => Some('~'),
        _ => None,
    };
    match (key.as_str(), mark) {
        (_, Some(mark)) if (event.ctrl_key() || event.meta_key()) && !event.alt_key() => writing.mark(mark),
        // On a screen keyboard Enter is the only way to a new line; the button sends.
        ("Enter", _) if !event.shift_key() && !typed_on_screen() => writing.send(),
        ("Escape", _) => writing.leave(),
        _ => return,
    }
    event.prevent_default();
}

/// Files are refused; text comes without what nobody can see.
fn pasted(writing: Writing, event: &ev::ClipboardEvent) {
    let Some(data) = event.clipboard_data() else { return };
    let Ok(text) = data.get_data("text/plain") else { return };
    // Programs that copy a table bring a picture of it along: the words count.
    if text.is_empty() && holds_files(&data) {
        event.prevent_default();
        return writing.refuse_files();
    }
    let cleaned = cleaned(&text);
    if cleaned != text {
        event.prevent_default();
        writing.insert(&cleaned, 0);
    }
}

fn holds_files(data: &web_sys::DataTransfer) -> bool {
    data.files().is_some_and(|files| files.length() > 0)
}

/// A pasted text without control characters, and with ordinary blanks in the place of those that do not break.
fn cleaned(pasted: &str) -> String {
    let kept = pasted.replace("\r\n", "\n").replace('\r', "\n").replace(['\u{a0}', '\u{202f}'], " ");
    if kept.trim().is_empty() {
        return kept;
    }
    let (before, after) = (kept.len() - kept.trim_start().len(), kept.trim_end().len());
    format!("{}{}{}", &kept[..before], text::clean(&kept), &kept[after..])
}

/// Whether the keyboard is on the screen, as far as a browser tells: there is no finer pointer than a finger.
fn typed_on_screen() -> bool {
    window().match_media("(pointer: coarse)").ok().flatten().is_some_and(|query| query.matches())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pasted_text_loses_what_nobody_can_see_and_keeps_its_ends() {
        assert_eq!(cleaned(" a\u{0}b\r\nc\u{a0}d\u{7} "), " ab\nc d ");
        assert_eq!(cleaned("plain"), "plain");
        assert_eq!(cleaned(" \r\n"), " \n");
    }
}
