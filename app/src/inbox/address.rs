//! Addresses of the inbox: the URL says which conversation is on screen, and what the list shows.

use charla_shared::{
    id::{ConversationId, MessageId, WorkspaceId},
    list::ListQuery,
};

/// The address of the inbox with a conversation, or none, on screen.
#[must_use]
pub fn inbox(workspace: WorkspaceId, conversation: Option<ConversationId>, query: ListQuery) -> String {
    let conversation = conversation.map(|id| format!("/{id}")).unwrap_or_default();
    format!("/w/{workspace}/inbox{conversation}{}", query.to_address())
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
