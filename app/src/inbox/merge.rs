//! What to believe when the same thing arrives twice.
//!
//! A message is told by the answer to its sending, by events and by reloads, and the answers may overtake each other. Its
//! state only goes forward (DESIGN §6), so the further one is the newer one. What a reader has looked at stays read even
//! when a row that was fetched a moment earlier says otherwise.

use charla_shared::{
    conversation::ConversationView,
    message::{DeliveryState, MessageView},
};
use jiff::Timestamp;

/// The message to show, given the one that is shown and the one that came.
#[must_use]
pub fn newer(shown: &MessageView, came: MessageView) -> MessageView {
    let behind = match (shown.state, came.state) {
        // Back in the queue after a refusal; both are shown as waiting.
        (Some(DeliveryState::Sending), Some(DeliveryState::Queued)) | (None, _) | (_, None) => false,
        (Some(shown), Some(came)) => came.after(shown).is_some(),
    };
    let resent_as = came.resent_as.or(shown.resent_as);
    if !behind {
        return MessageView { resent_as, ..came };
    }
    MessageView {
        state: shown.state,
        failure: shown.failure.clone(),
        failure_key: shown.failure_key.clone(),
        unknown_since: shown.unknown_since,
        resent_as,
        ..came
    }
}

/// The row with nothing unread that was looked at: all of the customer's messages up to `read_through`.
#[must_use]
pub fn settled(mut row: ConversationView, read_through: Option<Timestamp>) -> ConversationView {
    if read_through.is_some_and(|through| row.last_inbound_at.is_none_or(|last| last <= through)) {
        row.unread = 0;
    }
    row
}

#[cfg(test)]
mod tests {
    use charla_shared::{
        conversation::{ContactView, Preview, Status},
        message::{Author, Content, Direction},
    };
    use uuid::Uuid;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::constant(second, 0)
    }

    fn message(id: u128, direction: Direction, state: Option<DeliveryState>) -> MessageView {
        MessageView {
            id: Uuid::from_u128(id).into(),
            conversation: Uuid::from_u128(1).into(),
            client_key: None,
            direction,
            author: Author::Contact,
            content: Content::Text { body: "Hola".to_owned() },
            at: at(10),
            state,
            failure: None,
            failure_key: None,
            unknown_since: None,
            resent_as: None,
            quote: None,
        }
    }

    fn sent(state: DeliveryState) -> MessageView {
        message(1, Direction::Out, Some(state))
    }

    fn row(unread: u32, last_inbound: Option<i64>) -> ConversationView {
        ConversationView {
            id: Uuid::from_u128(1).into(),
            contact: ContactView { id: Uuid::from_u128(2).into(), name: "Ana".to_owned(), phone: None, username: None },
            channel: Uuid::from_u128(3).into(),
            channel_label: "Shop".to_owned(),
            channel_active: true,
            channel_trouble: None,
            unread,
            arrived: None,
            preview: Preview {
                direction: Direction::In,
                content_type: "text".to_owned(),
                text: "Hola".to_owned(),
                state: None,
            },
            last_message_at: at(100),
            last_inbound_at: last_inbound.map(at),
            status: Status::Open,
            snoozed_until: None,
            assignee: None,
            labels: Vec::new(),
            waiting_since: None,
        }
    }

    #[test]
    fn an_answer_that_was_overtaken_does_not_take_ticks_away() {
        let shown = newer(&sent(DeliveryState::Delivered), sent(DeliveryState::Queued));
        assert_eq!(shown.state, Some(DeliveryState::Delivered));
        let shown = newer(&sent(DeliveryState::Sent), sent(DeliveryState::Read));
        assert_eq!(shown.state, Some(DeliveryState::Read));
    }

    #[test]
    fn a_message_that_waits_again_is_shown_as_waiting() {
        let shown = newer(&sent(DeliveryState::Sending), sent(DeliveryState::Queued));
        assert_eq!(shown.state, Some(DeliveryState::Queued));
    }

    #[test]
    fn a_failure_keeps_its_reason_when_an_older_answer_comes_late() {
        let failed =
            MessageView { failure: Some("The number has no WhatsApp.".to_owned()), ..sent(DeliveryState::Failed) };
        let shown = newer(&failed, sent(DeliveryState::Accepted));
        assert_eq!(shown, failed);
    }

    #[test]
    fn a_message_that_was_sent_again_stays_so_when_an_older_answer_comes_late() {
        let failed = sent(DeliveryState::Failed);
        let resent = MessageView { resent_as: Some(Uuid::from_u128(9).into()), ..failed.clone() };
        assert_eq!(newer(&resent, failed).resent_as, resent.resent_as);
    }

    #[test]
    fn what_was_looked_at_stays_read_and_what_came_after_does_not() {
        assert_eq!(settled(row(2, Some(50)), Some(at(50))).unread, 0);
        assert_eq!(settled(row(1, Some(51)), Some(at(50))).unread, 1);
        assert_eq!(settled(row(1, Some(50)), None).unread, 1);
    }
}
