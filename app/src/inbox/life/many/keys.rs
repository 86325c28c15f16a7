//! What is selected by keys: those of the conversation on screen, as long as something is selected.

use charla_shared::permission::Permission;
use leptos::prelude::*;

use super::{
    super::{keys::open, reason::Resolving},
    Many,
    choices::{ASSIGNEE, LABELS},
    menu::MENU,
};

/// Does with all that is selected what a key stands for. Says whether it stands for anything here: not while nothing is
/// selected, nor while what is selected is out of sight.
pub fn press(many: Many, key: &str) -> bool {
    if many.count.try_get_untracked().unwrap_or_default() == 0 || many.life.store.list.is_hidden() {
        return false;
    }
    let may = |permission| many.life.store.may(permission);
    match key {
        "e" if may(Permission::ConversationsManage) => many.resolve_or_reopen(),
        "E" if may(Permission::ConversationsManage) => many.life.reason.ask(Resolving::Selected),
        "i" if may(Permission::ConversationsAssign) => many.assign_to_me(),
        "s" => return open(MENU),
        "a" => return open(ASSIGNEE),
        "l" => return open(LABELS),
        _ => return false,
    }
    true
}
