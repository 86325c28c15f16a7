//! What a change makes of a row, before the host has said so; and what takes it back.

use charla_shared::{
    conversation::ConversationView,
    id::UserId,
    life::{Change, Desk, NewStatus},
};

/// The row with the change. Somebody or a label that is not known here is left as it is: the host's word follows.
#[must_use]
pub fn after(row: &ConversationView, change: &Change, desk: &Desk) -> ConversationView {
    let mut row = row.clone();
    match change {
        Change::Status { to } => {
            row.status = to.status();
            row.snoozed_until = to.until();
        }
        Change::Assignee { to: None } => row.assignee = None,
        Change::Assignee { to: Some(user) } => {
            if let Some(member) = desk.member(*user) {
                row.assignee = Some(member.clone());
            }
        }
        Change::Label { label, on } => {
            row.labels.retain(|one| one != label);
            if *on {
                row.labels.push(*label);
            }
        }
    }
    row
}

/// What makes a row as it is, after a change like this one.
#[must_use]
pub fn back(row: &ConversationView, change: &Change) -> Change {
    match change {
        Change::Status { .. } => Change::Status { to: NewStatus::of(row.status, row.snoozed_until) },
        Change::Assignee { .. } => Change::Assignee { to: row.assignee.as_ref().map(|member| -> UserId { member.id }) },
        Change::Label { label, .. } => Change::Label { label: *label, on: row.labels.contains(label) },
    }
}

#[cfg(test)]
mod tests {
    use charla_shared::{
        conversation::{ContactView, Preview, Status},
        entry::MemberName,
        message::Direction,
    };
    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;

    fn row() -> ConversationView {
        ConversationView {
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
            last_message_at: Timestamp::UNIX_EPOCH,
            last_inbound_at: None,
            status: Status::Open,
            snoozed_until: None,
            assignee: None,
            labels: vec![Uuid::from_u128(7).into()],
            waiting_since: None,
        }
    }

    #[test]
    fn every_change_is_taken_back_by_its_way_back() {
        let mia = MemberName { id: Uuid::from_u128(4).into(), name: "Mia".to_owned() };
        let desk = Desk { members: vec![mia.clone()], ..Desk::default() };
        let changes = [
            Change::Status { to: NewStatus::Snoozed { until: Timestamp::constant(9, 0) } },
            Change::Status { to: NewStatus::Resolved { reason: None } },
            Change::Assignee { to: Some(mia.id) },
            Change::Label { label: Uuid::from_u128(7).into(), on: false },
            Change::Label { label: Uuid::from_u128(8).into(), on: true },
        ];
        for change in changes {
            let before = row();
            let changed = after(&before, &change, &desk);
            assert_ne!(changed, before, "{change:?}");
            assert_eq!(after(&changed, &back(&before, &change), &desk), before, "{change:?}");
        }
    }

    #[test]
    fn somebody_who_is_not_known_here_is_waited_for() {
        let stranger = Change::Assignee { to: Some(Uuid::from_u128(5).into()) };
        assert_eq!(after(&row(), &stranger, &Desk::default()), row());
    }
}
