//! The life of the conversation on screen by keys.

use charla_shared::{
    conversation::{ConversationView, Status},
    id::ConversationId,
    life::Change,
    permission::Permission,
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{
    doing::Life,
    many::{self, Many},
    reason::Resolving,
};
use crate::palette::{Action, use_actions};

/// What opens the choice of the assignee.
pub const ASSIGNEE: &str = "life-assignee";
/// What opens the times to sleep until.
pub const SNOOZE: &str = "life-snooze";
/// What opens the labels.
pub const LABELS: &str = "life-labels";

/// Does what a key stands for: `e` resolve or reopen, `E` resolve with a reason, `s` snooze, `a` assign, `i` assign to
/// me, `l` labels; for all that is selected, else for the conversation on screen. Says whether it stands for anything
/// here.
pub fn press(life: &Life, many: Many, key: &str) -> bool {
    if many::press(many, key) {
        return true;
    }
    let Some(id) = life.store.wanted() else { return false };
    match key {
        "e" if life.store.may(Permission::ConversationsManage) => life.resolve_or_reopen(id),
        "E" if life.store.may(Permission::ConversationsManage) => ask_reason(*life, id),
        "i" if life.store.may(Permission::ConversationsAssign) => assign_to_me(*life, id),
        "s" => return open(SNOOZE),
        "a" => return open(ASSIGNEE),
        "l" => return open(LABELS),
        _ => return false,
    }
    true
}

/// Offers the same in the palette, for the conversation on screen and those who may.
pub fn offer(life: &Life) {
    let life = *life;
    let (manages, assigns) = (Permission::ConversationsManage, Permission::ConversationsAssign);
    let on_chosen = move |act: fn(Life, ConversationId)| {
        Callback::new(move |()| {
            if let Some(id) = life.store.wanted() {
                act(life, id);
            }
        })
    };
    let to_open = |button: &'static str| Callback::new(move |()| _ = open(button));
    let add = move |id, words, icon, keys, needed, fits: fn(&ConversationView) -> bool, run| {
        let shown = Signal::derive(move || {
            let row = life.store.chosen.get().and_then(|id| life.store.rows.signal(id));
            life.store.rights.may_now(needed) && row.is_some_and(|row| row.with(fits))
        });
        use_actions().register(Action { id, words, icon, keys, shown, run });
    };
    let any: fn(&ConversationView) -> bool = |_| true;
    let is_open = |row: &ConversationView| row.status != Status::Resolved;
    let is_resolved = |row: &ConversationView| row.status == Status::Resolved;
    add("resolve", "life-resolve", "check", "E", manages, is_open, on_chosen(Life::resolve_or_reopen));
    add("resolve-reason", "reason-menu", "check", "Shift+E", manages, is_open, on_chosen(ask_reason));
    add("reopen", "life-reopen", "rotate-ccw", "E", manages, is_resolved, on_chosen(Life::resolve_or_reopen));
    add("snooze", "keys-snooze", "clock", "S", manages, any, to_open(SNOOZE));
    add("assign", "keys-assign", "user-plus", "A", assigns, any, to_open(ASSIGNEE));
    add("assign-me", "keys-assign-me", "circle-user", "I", assigns, any, on_chosen(assign_to_me));
    add("label", "keys-label", "tag", "L", manages, any, to_open(LABELS));
}

/// Asks why the conversation is closed, unless it is.
fn ask_reason(life: Life, id: ConversationId) {
    if life.store.rows.view_untracked(id).is_some_and(|row| row.status != Status::Resolved) {
        life.reason.ask(Resolving::One(id));
    }
}

fn assign_to_me(life: Life, id: ConversationId) {
    if let Some(me) = life.store.staff.with_untracked(|desk| desk.me) {
        life.change(id, Change::Assignee { to: Some(me) });
    }
}

/// Presses the button of a menu, if it is there: not for those who may not.
pub(super) fn open(id: &str) -> bool {
    let button = document().get_element_by_id(&format!("{id}-button"));
    let button = button.and_then(|button| button.dyn_into::<HtmlElement>().ok());
    if let Some(button) = &button {
        button.click();
    }
    button.is_some()
}
