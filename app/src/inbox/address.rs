//! Addresses of the inbox: the URL says which conversation and which filter are on screen.

use charla_shared::{
    conversation::Filter,
    id::{ConversationId, MessageId, WorkspaceId},
};

/// The name of the filter in the address; none for the usual one.
const fn filter_name(filter: Filter) -> Option<&'static str> {
    match filter {
        Filter::All => None,
        Filter::Unread => Some("unread"),
    }
}

/// The filter an address names; anything unknown shows all.
#[must_use]
pub fn filter_from(name: Option<&str>) -> Filter {
    match name {
        Some("unread") => Filter::Unread,
        _ => Filter::All,
    }
}

/// The address of the inbox with a conversation, or none, on screen.
#[must_use]
pub fn inbox(workspace: WorkspaceId, conversation: Option<ConversationId>, filter: Filter) -> String {
    let conversation = conversation.map(|id| format!("/{id}")).unwrap_or_default();
    let query = filter_name(filter).map(|name| format!("?filter={name}")).unwrap_or_default();
    format!("/w/{workspace}/inbox{conversation}{query}")
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
        assert_eq!(
            inbox(workspace, Some(conversation), Filter::Unread),
            "/w/01890a5d-ac96-774b-bcce-b302099a8057/inbox/01890a5d-ac96-774b-bcce-b302099a8058?filter=unread"
        );
        assert_eq!(conversation_in(&inbox(workspace, Some(conversation), Filter::All)), Some(conversation));
        assert_eq!(conversation_in(&inbox(workspace, None, Filter::All)), None);
        assert_eq!(conversation_in(&format!("/w/{workspace}/inbox/nonsense")), None);
        assert_eq!(inbox(workspace, None, Filter::All), "/w/01890a5d-ac96-774b-bcce-b302099a8057/inbox");
        for filter in [Filter::All, Filter::Unread] {
            assert_eq!(filter_from(filter_name(filter)), filter);
        }
        assert_eq!(filter_from(Some("nonsense")), Filter::All);
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
