//! The life of the conversation on screen by keys.

use charla_shared::{life::Change, permission::Permission};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::doing::Life;

/// What opens the choice of the assignee.
pub const ASSIGNEE: &str = "life-assignee";
/// What opens the times to sleep until.
pub const SNOOZE: &str = "life-snooze";
/// What opens the labels.
pub const LABELS: &str = "life-labels";

/// Does what a key stands for: `e` resolve or reopen, `s` snooze, `a` assign, `i` assign to me, `l` labels. Says whether it
/// stands for anything here.
pub fn press(life: &Life, key: &str) -> bool {
    let Some(id) = life.store.wanted() else { return false };
    match key {
        "e" if life.store.may(Permission::ConversationsManage) => life.resolve_or_reopen(id),
        "i" if life.store.may(Permission::ConversationsAssign) => {
            if let Some(me) = life.store.staff.with_untracked(|desk| desk.me) {
                life.change(id, Change::Assignee { to: Some(me) });
            }
        }
        "s" => return open(SNOOZE),
        "a" => return open(ASSIGNEE),
        "l" => return open(LABELS),
        _ => return false,
    }
    true
}

/// Presses the button of a menu, if it is there: not for those who may not.
fn open(id: &str) -> bool {
    let button = document().get_element_by_id(&format!("{id}-button"));
    let button = button.and_then(|button| button.dyn_into::<HtmlElement>().ok());
    if let Some(button) = &button {
        button.click();
    }
    button.is_some()
}
