//! Addresses of the inbox: the URL says which conversation is on screen, and what the list shows.

use charla_shared::{
    id::{ConversationId, MessageId, WorkspaceId},
    list::ListQuery,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The address of the inbox with a conversation, or none, on screen, and nothing looked for: while something is, the list
/// is out of sight, and whoever chooses what it shows wants to see it. What does not leave the search keeps it
/// ([`Here::keeping`]).
#[must_use]
pub fn inbox(workspace: WorkspaceId, conversation: Option<ConversationId>, query: ListQuery) -> String {
    let conversation = conversation.map(|id| format!("/{id}")).unwrap_or_default();
    format!("/w/{workspace}/inbox{conversation}{}", query.to_address())
}

/// The present address, as something to go on from. A handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Here {
    path: Memo<String>,
    search: Memo<String>,
}

/// The present address; for components.
#[must_use]
pub fn here() -> Here {
    let location = use_location();
    Here { path: location.pathname, search: location.search }
}

impl Here {
    /// An address of the inbox with what the inbox on screen shows and looks for, if one is on screen.
    #[must_use]
    pub fn keeping(self, to: &str) -> String {
        self.path.with_untracked(|path| self.search.with_untracked(|search| keeping(to, path, search)))
    }

    /// The same, followed.
    #[must_use]
    pub fn keeping_now(self, to: &str) -> String {
        self.path.with(|path| self.search.with(|search| keeping(to, path, search)))
    }
}

/// An address of the inbox with what the present one shows and looks for. The message it leads to is not kept, nor what
/// the new address says itself; from another page, or another workspace, nothing is.
fn keeping(to: &str, path: &str, search: &str) -> String {
    let (page, asked) = to.split_once('?').unwrap_or((to, ""));
    let inbox = inbox_in(page);
    if inbox.is_none() || inbox_in(path) != inbox {
        return to.to_owned();
    }
    let named = |part: &str| part.split('=').next().unwrap_or_default().to_owned();
    let parts = |query: &str| query.split('&').filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let asked = parts(asked);
    let mut all = parts(search.trim_start_matches('?'));
    all.retain(|part| named(part) != "message" && asked.iter().all(|other| named(other) != named(part)));
    all.extend(asked);
    if all.is_empty() { page.to_owned() } else { format!("{page}?{}", all.join("&")) }
}

/// Whether a path shows an inbox.
#[must_use]
pub fn is_inbox(path: &str) -> bool {
    inbox_in(path).is_some()
}

/// The workspace, as it is written, whose inbox a path shows.
fn inbox_in(path: &str) -> Option<&str> {
    let mut parts = path.trim_matches('/').split('/');
    match (parts.next(), parts.next(), parts.next()) {
        (Some("w"), workspace, Some("inbox")) => workspace,
        _ => None,
    }
}

/// The conversation a path puts on screen.
#[must_use]
pub fn conversation_in(path: &str) -> Option<ConversationId> {
    let mut parts = path.trim_matches('/').split('/');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some("w"), Some(_), Some("inbox"), Some(conversation)) => conversation.parse().ok(),
        _ => None,
    }
}

/// The message an address leads to (`?message=`).
#[must_use]
pub fn message_from(id: Option<&str>) -> Option<MessageId> {
    id.and_then(|id| id.parse().ok())
}

/// The neighbour of the chosen row: `step` rows further, staying within the list. With nothing chosen, the first.
#[must_use]
pub fn neighbour<T: Copy + PartialEq>(rows: &[T], chosen: Option<T>, step: isize) -> Option<T> {
    let Some(index) = chosen.and_then(|chosen| rows.iter().position(|row| *row == chosen)) else {
        return rows.first().copied();
    };
    let next = index.saturating_add_signed(step).min(rows.len().saturating_sub(1));
    (next != index).then(|| rows[next])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_says_what_is_on_screen() {
        let workspace = WorkspaceId::from(uuid::uuid!("01890a5d-ac96-774b-bcce-b302099a8057"));
        let conversation = ConversationId::from(uuid::uuid!("01890a5d-ac96-774b-bcce-b302099a8058"));
        let usual = ListQuery::default();
        let unread = ListQuery { unread: true, ..usual };
        assert_eq!(
            inbox(workspace, Some(conversation), unread),
            "/w/01890a5d-ac96-774b-bcce-b302099a8057/inbox/01890a5d-ac96-774b-bcce-b302099a8058?unread"
        );
        assert_eq!(conversation_in(&inbox(workspace, Some(conversation), usual)), Some(conversation));
        assert_eq!(conversation_in(&inbox(workspace, None, usual)), None);
        assert_eq!(conversation_in(&format!("/w/{workspace}/inbox/nonsense")), None);
        assert_eq!(inbox(workspace, None, usual), "/w/01890a5d-ac96-774b-bcce-b302099a8057/inbox");
    }

    #[test]
    fn the_inbox_keeps_what_it_shows_and_looks_for() {
        let search = "?unread&q=a%20b&message=7";
        assert_eq!(keeping("/w/1/inbox/2", "/w/1/inbox/9", search), "/w/1/inbox/2?unread&q=a%20b");
        assert_eq!(keeping("/w/1/inbox/2?message=3", "/w/1/inbox", search), "/w/1/inbox/2?unread&q=a%20b&message=3");
        assert_eq!(keeping("/w/1/inbox?q=", "/w/1/inbox/9", search), "/w/1/inbox?unread&q=");
        assert_eq!(keeping("/w/1/inbox/2", "/w/1/inbox", ""), "/w/1/inbox/2");
        // Other pages and workspaces have queries of their own.
        assert_eq!(keeping("/w/1/inbox/2", "/w/1/contacts", "?q=ana"), "/w/1/inbox/2");
        assert_eq!(keeping("/w/1/inbox/2", "/w/2/inbox", search), "/w/1/inbox/2");
        assert_eq!(keeping("/w/1/contacts", "/w/1/inbox", search), "/w/1/contacts");
    }

    #[test]
    fn stepping_stays_within_the_list() {
        let rows = [1, 2, 3];
        assert_eq!(neighbour(&rows, None, 1), Some(1));
        assert_eq!(neighbour(&rows, Some(1), 1), Some(2));
        assert_eq!(neighbour(&rows, Some(3), 1), None);
        assert_eq!(neighbour(&rows, Some(1), -1), None);
        assert_eq!(neighbour(&rows, Some(9), 1), Some(1));
        assert_eq!(neighbour::<i32>(&[], Some(1), 1), None);
    }
}
