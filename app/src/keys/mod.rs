//! Shortcuts: what each page answers to, as data, so that people can look it up ([`ShortcutSheet`]). What belongs to a page
//! is done there ([`PageKeys`]); what works everywhere in a workspace is done here ([`listen`]).

mod gate;
mod listen;
mod page;
mod places;
mod sheet;
mod switch;

use leptos::prelude::*;

pub use listen::listen;
pub use page::{PageKeys, use_page_keys};
pub use places::{Listed, PLACES, Place, places};
pub use sheet::ShortcutSheet;
pub use switch::{ShortcutsSwitch, shortcuts_on};

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
    /// In the list of conversations, when the focus is in it.
    List,
    /// In a thread, when the focus is in it.
    Thread,
    /// While a message is written.
    Writing,
}

impl Scope {
    /// Every scope, in the order of the sheet.
    pub const ALL: &'static [Self] = &[Self::Everywhere, Self::Inbox, Self::List, Self::Thread, Self::Writing];

    /// The key of its name.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Everywhere => "keys-everywhere",
            Self::Inbox => "keys-inbox",
            Self::List => "keys-list",
            Self::Thread => "keys-thread",
            Self::Writing => "keys-writing",
        }
    }
}

/// How the keys of a shortcut are pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pressed {
    /// All at once.
    Together,
    /// One after another.
    InTurn,
    /// One of them; each goes its own way.
    Either,
}

/// A shortcut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shortcut {
    /// The keys, as they are written on the sheet.
    pub keys: &'static [&'static str],
    /// How they are pressed.
    pub pressed: Pressed,
    /// The key of what it does.
    pub words: &'static str,
    /// Where it works.
    pub scope: Scope,
}

const fn key(keys: &'static [&'static str], words: &'static str, scope: Scope) -> Shortcut {
    Shortcut { keys, pressed: Pressed::Together, words, scope }
}

const fn in_turn(keys: &'static [&'static str], words: &'static str) -> Shortcut {
    Shortcut { keys, pressed: Pressed::InTurn, words, scope: Scope::Everywhere }
}

const fn either(keys: &'static [&'static str], words: &'static str, scope: Scope) -> Shortcut {
    Shortcut { keys, pressed: Pressed::Either, words, scope }
}

/// Every shortcut, in the order of the sheet.
pub const SHORTCUTS: &[Shortcut] = &[
    key(&["Ctrl/⌘", "K"], "keys-palette", Scope::Everywhere),
    key(&["/"], "keys-search", Scope::Everywhere),
    key(&["?"], "keys-sheet", Scope::Everywhere),
    in_turn(&["G", "H"], "keys-go-home"),
    in_turn(&["G", "I"], "keys-go-inbox"),
    in_turn(&["G", "C"], "keys-go-contacts"),
    in_turn(&["G", "S"], "keys-go-settings"),
    in_turn(&["G", "N"], "keys-go-numbers"),
    key(&["J"], "keys-next", Scope::Inbox),
    key(&["K"], "keys-previous", Scope::Inbox),
    key(&["R"], "keys-reply", Scope::Inbox),
    key(&["N"], "keys-note", Scope::Inbox),
    key(&["E"], "keys-resolve", Scope::Inbox),
    key(&["Shift", "E"], "keys-resolve-reason", Scope::Inbox),
    key(&["S"], "keys-snooze", Scope::Inbox),
    key(&["A"], "keys-assign", Scope::Inbox),
    key(&["I"], "keys-assign-me", Scope::Inbox),
    key(&["L"], "keys-label", Scope::Inbox),
    key(&["X"], "keys-select", Scope::Inbox),
    key(&["Shift", "X"], "keys-select-range", Scope::Inbox),
    key(&["Esc"], "keys-select-none", Scope::Inbox),
    key(&["D"], "keys-details", Scope::Inbox),
    key(&["Ctrl/⌘", "F"], "keys-find", Scope::Inbox),
    either(&["↑", "↓"], "keys-list-step", Scope::List),
    either(&["PageUp", "PageDown"], "keys-list-page", Scope::List),
    either(&["Home", "End"], "keys-list-ends", Scope::List),
    key(&["Enter"], "keys-list-open", Scope::List),
    either(&["↑", "↓"], "keys-thread-step", Scope::Thread),
    key(&["Enter"], "keys-thread-open", Scope::Thread),
    key(&["Enter"], "keys-send", Scope::Writing),
    key(&["Shift", "Enter"], "keys-break", Scope::Writing),
    key(&["Esc"], "keys-leave", Scope::Writing),
];

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
    fn the_sheet_has_every_place_with_a_letter_and_no_other() {
        let places: BTreeSet<_> = PLACES.iter().filter_map(|place| place.letter).map(str::to_uppercase).collect();
        let on_sheet: BTreeSet<_> = SHORTCUTS
            .iter()
            .filter(|shortcut| shortcut.pressed == Pressed::InTurn)
            .filter_map(|shortcut| shortcut.keys.get(1).map(|letter| (*letter).to_owned()))
            .collect();
        assert_eq!(places, on_sheet);
    }
}
