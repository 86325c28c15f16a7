//! Shortcuts: what each page answers to, as data, so that people can look it up ([`ShortcutSheet`]). What belongs to a page
//! is handled there; what works everywhere in a workspace is handled here ([`listen`]).

mod listen;
mod sheet;

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

pub use listen::listen;
pub use sheet::ShortcutSheet;

/// What stands over the pages of a workspace and is called up by key. Both are closed at first.
#[derive(Debug, Clone, Copy, Default)]
pub struct Overlays {
    /// Whether the palette is open.
    pub palette: RwSignal<bool>,
    /// Whether the list of shortcuts is open.
    pub sheet: RwSignal<bool>,
}

/// Where a shortcut works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// On every page of a workspace.
    Everywhere,
    /// In the inbox.
    Inbox,
    /// While a message is written.
    Writing,
}

impl Scope {
    /// Every scope, in the order of the sheet.
    pub const ALL: &'static [Self] = &[Self::Everywhere, Self::Inbox, Self::Writing];

    /// The key of its name.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Everywhere => "keys-everywhere",
            Self::Inbox => "keys-inbox",
            Self::Writing => "keys-writing",
        }
    }
}

/// A shortcut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shortcut {
    /// The keys, as they are written on the sheet.
    pub keys: &'static [&'static str],
    /// Whether the keys are pressed one after another, else together.
    pub in_turn: bool,
    /// The key of what it does.
    pub words: &'static str,
    /// Where it works.
    pub scope: Scope,
}

const fn key(key: &'static [&'static str], words: &'static str, scope: Scope) -> Shortcut {
    Shortcut { keys: key, in_turn: false, words, scope }
}

const fn in_turn(keys: &'static [&'static str], words: &'static str) -> Shortcut {
    Shortcut { keys, in_turn: true, words, scope: Scope::Everywhere }
}

/// Every shortcut, in the order of the sheet.
pub const SHORTCUTS: &[Shortcut] = &[
    key(&["Ctrl/⌘", "K"], "keys-palette", Scope::Everywhere),
    key(&["/"], "keys-search", Scope::Everywhere),
    key(&["?"], "keys-sheet", Scope::Everywhere),
    in_turn(&["G", "I"], "keys-go-inbox"),
    in_turn(&["G", "S"], "keys-go-settings"),
    in_turn(&["G", "N"], "keys-go-numbers"),
    key(&["J"], "keys-next", Scope::Inbox),
    key(&["K"], "keys-previous", Scope::Inbox),
    key(&["R"], "keys-reply", Scope::Inbox),
    key(&["N"], "keys-note", Scope::Inbox),
    key(&["E"], "keys-resolve", Scope::Inbox),
    key(&["S"], "keys-snooze", Scope::Inbox),
    key(&["A"], "keys-assign", Scope::Inbox),
    key(&["L"], "keys-label", Scope::Inbox),
    key(&["I"], "keys-contact", Scope::Inbox),
    key(&["Enter"], "keys-send", Scope::Writing),
    key(&["Shift", "Enter"], "keys-break", Scope::Writing),
    key(&["Esc"], "keys-leave", Scope::Writing),
];

/// A place of the workspace that a letter after `g` goes to.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The letter.
    pub letter: &'static str,
    /// The path below the workspace.
    pub path: &'static str,
    /// The key of its name.
    pub words: &'static str,
    /// Its icon.
    pub icon: &'static str,
}

/// The places of a workspace.
pub const PLACES: &[Place] = &[
    Place { letter: "i", path: "inbox", words: "inbox-title", icon: "inbox" },
    Place { letter: "s", path: "settings/members", words: "members-title", icon: "users" },
    Place { letter: "n", path: "settings/channels", words: "channels-title", icon: "smartphone" },
];

/// Whether a key goes into a field, where letters are letters, or into something that stands over the page.
#[must_use]
pub fn is_typing(event: &ev::KeyboardEvent) -> bool {
    let Some(element) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else { return false };
    element.is_content_editable()
        || element.closest("dialog, [popover]").is_ok_and(|over| over.is_some())
        || matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_shortcut_has_two_meanings_in_one_place() {
        for scope in Scope::ALL {
            let here: Vec<_> = SHORTCUTS.iter().filter(|shortcut| shortcut.scope == *scope).collect();
            let keys: BTreeSet<_> = here.iter().map(|shortcut| shortcut.keys).collect();
            assert_eq!(keys.len(), here.len(), "{scope:?}");
        }
    }

    #[test]
    fn every_place_has_its_letter_on_the_sheet() {
        for place in PLACES {
            let letter = place.letter.to_uppercase();
            assert!(SHORTCUTS.iter().any(|shortcut| shortcut.keys == ["G", letter.as_str()]), "g {letter}");
        }
    }
}
