//! Selecting rows of the list: by their boxes, by clicks with Shift or Ctrl/⌘, by a long press, by keys.

use std::{collections::HashSet, time::Duration};

use charla_shared::{conversation::ConversationView, id::ConversationId, permission::Permission};
use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*};

use super::{list::row_of, rows::Rows, selection::Selection, state::InboxStore};
use crate::i18n::{Arg, t_with};

/// How long a finger rests on a row before it is selected.
const LONG: Duration = Duration::from_millis(450);
/// A finger that goes further, in pixels, scrolls.
const STILL: u32 = 10;

/// Whether the viewer may do anything with many conversations; without, there is nothing to select for.
#[must_use]
pub fn may_pick(store: InboxStore) -> bool {
    store.may(Permission::ConversationsManage) || store.may(Permission::ConversationsAssign)
}

impl Rows {
    /// Whether somebody is selecting.
    #[must_use]
    pub fn is_picking(self) -> bool {
        self.selection.try_with_untracked(Selection::is_on).unwrap_or_default()
    }

    /// Whether a row is selected.
    #[must_use]
    pub fn is_picked(self, id: ConversationId) -> bool {
        self.selection.try_with_untracked(|selection| selection.contains(id)).unwrap_or_default()
    }

    /// Selects a row, or puts it back.
    pub fn pick(self, id: ConversationId) {
        self.selection.update(|selection| selection.toggle(id));
    }

    /// Selects everything up to a row, from the one that was selected last.
    pub fn pick_to(self, id: ConversationId) {
        let listed = self.order.with_untracked(|order| order.iter().map(|row| row.id).collect::<Vec<_>>());
        self.selection.update(|selection| selection.extend(&listed, id));
    }

    /// Selects every row that is loaded.
    pub fn pick_loaded(self) {
        let listed = self.order.with_untracked(|order| order.iter().map(|row| row.id).collect::<Vec<_>>());
        self.selection.update(|selection| selection.add(listed));
    }

    /// Puts everything back.
    pub fn unpick(self) {
        let _ = self.selection.try_update(Selection::clear);
    }

    /// What is selected, as it is now: in the order of the list, then what is beyond what is loaded.
    #[must_use]
    pub fn picked(self) -> Vec<ConversationView> {
        let listed = self.order.with_untracked(|order| order.iter().map(|row| row.id).collect::<Vec<_>>());
        self.selection.with_untracked(|selection| {
            let here = listed.iter().copied().filter(|id| selection.contains(*id));
            let beyond = selection.ids().filter(|id| !listed.contains(id));
            here.chain(beyond).filter_map(|id| self.view_untracked(id)).collect()
        })
    }

    /// Puts back what the list does not show any more, loaded or not. To be called in an effect.
    pub fn unpick_unlisted(self) {
        let listed: HashSet<_> = self.order.with(|order| order.iter().map(|row| row.id).collect());
        let (query, me) = (self.filter.get(), self.me.get_value());
        let is_gone = |id: ConversationId| {
            !listed.contains(&id) && self.signal(id).is_none_or(|row| row.with(|row| !query.lists(row, me)))
        };
        let gone: HashSet<_> = self.selection.with(|selection| selection.ids().filter(|id| is_gone(*id)).collect());
        if !gone.is_empty() {
            self.selection.update(|selection| selection.retain(|id| !gone.contains(&id)));
        }
    }
}

/// The box of a row. Named by the customer; shown when the pointer or the focus is on it, and while somebody selects.
#[component]
pub fn PickBox(
    /// The list.
    rows: Rows,
    /// The row.
    id: ConversationId,
    /// The customer.
    name: Memo<String>,
    /// Whether it is selected.
    picked: Memo<bool>,
) -> impl IntoView {
    view! {
        <input
            type="checkbox"
            class="row-pick"
            autocomplete="off"
            aria-label=move || t_with("many-pick", &[("name", Arg::from(name.get()))])
            prop:checked=move || picked.get()
            on:click:target=move |event| {
                if event.shift_key() { rows.pick_to(id) } else { rows.pick(id) }
                // A range leaves ticked what the browser has just unticked.
                event.target().set_checked(rows.is_picked(id));
            }
        />
    }
    .into_any()
}

/// Clicks and fingers on the rows: which of them select instead of opening. A handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Hand {
    rows: Rows,
    may: bool,
    /// Whether what was pressed last was pressed by a finger.
    is_finger: StoredValue<bool>,
    /// Where the finger is that may rest.
    down: StoredValue<Option<(i32, i32)>>,
    timer: StoredValue<Option<TimeoutHandle>>,
    /// Whether it has rested: when it is lifted nothing opens.
    rested: StoredValue<bool>,
}

impl Hand {
    /// For the list of somebody who may select, or may not: then clicks are clicks.
    #[must_use]
    pub fn new(store: InboxStore) -> Self {
        Self {
            rows: store.rows,
            may: may_pick(store),
            is_finger: StoredValue::new(false),
            down: StoredValue::new(None),
            timer: StoredValue::new(None),
            rested: StoredValue::new(false),
        }
    }

    /// Something is pressed.
    pub fn down(self, event: &ev::PointerEvent) {
        let is_finger = event.pointer_type() == "touch";
        self.up();
        self.is_finger.set_value(is_finger);
        self.rested.set_value(false);
        let row = row_of(event.target()).filter(|_| self.may && is_finger);
        if let Some(id) = row {
            self.down.set_value(Some((event.client_x(), event.client_y())));
            self.timer.set_value(set_timeout_with_handle(move || self.rests(id), LONG).ok());
        }
    }

    /// A finger moves: one that rests stays where it is.
    pub fn moved(self, event: &ev::PointerEvent) {
        if let Some((x, y)) = self.down.get_value()
            && event.client_x().abs_diff(x).max(event.client_y().abs_diff(y)) > STILL
        {
            self.up();
        }
    }

    /// It is lifted, or scrolls.
    pub fn up(self) {
        let _ = self.down.try_set_value(None);
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }

    /// The browser's own menu of a link is not for fingers: they select.
    pub fn menu(self, event: &ev::MouseEvent) {
        if !self.may || !self.is_finger.get_value() {
            return;
        }
        event.prevent_default();
        // Some browsers find sooner than we do that it rests.
        if self.down.get_value().is_some()
            && let Some(id) = row_of(event.target())
        {
            self.rests(id);
        }
    }

    fn rests(self, id: ConversationId) {
        self.up();
        if self.rested.try_get_value() == Some(false) {
            self.rested.set_value(true);
            self.rows.pick(id);
        }
    }

    /// A click, or Enter on a row.
    pub fn click(self, event: &ev::MouseEvent) {
        let Some(id) = row_of(event.target()).filter(|_| self.may) else { return };
        // A key's click has no count.
        let by_finger = self.is_finger.get_value() && event.detail() > 0;
        if by_finger && self.rested.get_value() {
            self.rested.set_value(false);
        } else if event.shift_key() {
            self.rows.pick_to(id);
        } else if event.ctrl_key() || event.meta_key() || (by_finger && self.rows.is_picking()) {
            self.rows.pick(id);
        } else {
            return;
        }
        event.prevent_default();
    }
}

/// Does what a key stands for: `x` selects the row with the focus, else the conversation on screen, or puts it back;
/// with Shift everything up to it; Escape puts all back. Says whether it stands for anything here.
pub fn press(store: InboxStore, key: &str) -> bool {
    let rows = store.rows;
    if store.list.is_hidden() {
        return false;
    }
    if key == "Escape" {
        let is_picking = rows.is_picking();
        if is_picking {
            rows.unpick();
        }
        return is_picking;
    }
    let places = [store.list.focused.get_untracked(), store.wanted()];
    let id = places.into_iter().flatten().find(|id| rows.lists(*id)).filter(|_| may_pick(store));
    match (key, id) {
        ("x", Some(id)) => rows.pick(id),
        ("X", Some(id)) => rows.pick_to(id),
        _ => return false,
    }
    true
}
