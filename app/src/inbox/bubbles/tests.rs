use charla_shared::{
    conversation::{ContactView, ConversationView, Preview, Status},
    message::{Author, Content},
};
use uuid::Uuid;

use super::*;

fn at(second: i64) -> Timestamp {
    Timestamp::constant(second, 0)
}

fn message(id: u128, second: i64) -> MessageView {
    MessageView {
        id: Uuid::from_u128(id).into(),
        conversation: Uuid::from_u128(1).into(),
        client_key: None,
        direction: Direction::In,
        author: Author::Contact,
        content: Content::Text { body: "Hola".to_owned() },
        at: at(second),
        state: None,
        failure: None,
        failure_key: None,
        unknown_since: None,
        resent_as: None,
        quote: None,
    }
}

/// A page of a conversation whose last message was at this second.
fn page(messages: Vec<MessageView>, last: i64, later: Option<(i64, u128)>) -> ThreadPage {
    let conversation = ConversationView {
        id: Uuid::from_u128(1).into(),
        contact: ContactView { id: Uuid::from_u128(2).into(), name: "Ana".to_owned(), phone: None, username: None },
        channel: Uuid::from_u128(3).into(),
        channel_label: "Shop".to_owned(),
        channel_active: true,
        channel_trouble: None,
        unread: 0,
        arrived: None,
        preview: Preview {
            direction: Direction::In,
            content_type: "text".to_owned(),
            text: "Hola".to_owned(),
            state: None,
        },
        last_message_at: at(last),
        last_inbound_at: Some(at(last)),
        status: Status::Open,
        snoozed_until: None,
        assignee: None,
        labels: Vec::new(),
        waiting_since: None,
    };
    let later = later.map(|(second, id)| ThreadCursor { at: at(second), id: Uuid::from_u128(id) });
    ThreadPage { conversation, messages, entries: Vec::new(), earlier: None, later, first_unread: None }
}

#[test]
fn a_reload_while_history_is_read_counts_only_what_came_since_the_thread_was_opened() {
    Owner::new().with(|| {
        let thread = Bubbles::open(&page(vec![message(1, 10), message(2, 20)], 40, Some((20, 2))));
        thread.reload(page(vec![message(3, 30), message(4, 40), message(5, 50)], 50, None));
        assert_eq!(thread.scroll.missed.get_untracked(), 1, "two of them were there already");
        assert_eq!(thread.heard.with_untracked(Vec::len), 1);
        thread.put(message(6, 60));
        thread.reload(page(vec![message(4, 40), message(5, 50), message(6, 60)], 60, None));
        assert_eq!(thread.scroll.missed.get_untracked(), 2, "each counts once");
    });
}
