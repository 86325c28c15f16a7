use charla_shared::{
    conversation::{ContactView, Preview, Status},
    event::EventCursor,
    list::Scope,
    message::Direction,
};
use uuid::Uuid;

use super::*;

fn row(id: u128, second: i64) -> ConversationView {
    ConversationView {
        id: Uuid::from_u128(id).into(),
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
        last_message_at: Timestamp::constant(second, 0),
        last_inbound_at: None,
        status: Status::Open,
        snoozed_until: None,
        assignee: None,
        labels: Vec::new(),
        waiting_since: None,
    }
}

fn page(rows: &[(u128, i64)], more: bool) -> ConversationPage {
    let conversations: Vec<_> = rows.iter().map(|(id, second)| row(*id, *second)).collect();
    let next = conversations.last().filter(|_| more).map(|last| ListCursor { at: last.last_message_at, id: last.id });
    ConversationPage { conversations, next, cursor: EventCursor::default() }
}

/// A list of three conversations and more below, within an owner.
fn with_list(test: impl FnOnce(Rows)) {
    Owner::new().with(|| {
        let rows = Rows::counting(RwSignal::new(0));
        rows.begin(ListQuery::default(), &page(&[(3, 30), (2, 20), (1, 10)], true), rows.ask());
        test(rows);
    });
}

fn listed(rows: Rows) -> Vec<u128> {
    rows.order.get_untracked().iter().map(|place| place.id.as_uuid().as_u128()).collect()
}

#[test]
fn news_comes_in_at_once_while_nobody_reads() {
    with_list(|rows| {
        rows.tell(row(1, 40), rows.ask());
        rows.tell(row(9, 50), rows.ask());
        assert_eq!(listed(rows), [9, 1, 3, 2]);
        assert!(rows.waiting.get_untracked().is_empty());
    });
}

#[test]
fn nothing_moves_under_a_reader_and_everything_is_in_place_when_they_look_away() {
    with_list(|rows| {
        rows.hold(true);
        rows.tell(row(1, 40), rows.ask());
        rows.tell(row(9, 50), rows.ask());
        rows.tell(row(9, 55), rows.ask());
        rows.tell(row(3, 31), rows.ask());
        rows.tell(ConversationView { status: Status::Resolved, ..row(2, 20) }, rows.ask());
        assert_eq!(listed(rows), [3, 2, 1]);
        assert_eq!(rows.waiting.get_untracked().len(), 2, "a row that stays where it is is no news");
        assert_eq!(rows.view_untracked(Uuid::from_u128(1).into()).map(|row| row.last_message_at.as_second()), Some(40));
        rows.hold(false);
        assert_eq!(listed(rows), [9, 1, 3]);
        assert!(rows.waiting.get_untracked().is_empty());
    });
}

#[test]
fn an_answer_that_was_overtaken_changes_nothing() {
    with_list(|rows| {
        let (early, late) = (rows.ask(), rows.ask());
        rows.tell(ConversationView { status: Status::Resolved, unread: 0, ..row(3, 30) }, late);
        rows.tell(ConversationView { unread: 5, ..row(3, 30) }, early);
        assert_eq!(listed(rows), [2, 1]);
        assert_eq!(rows.fresher(row(2, 99), Asked::default()).last_message_at.as_second(), 20);
    });
}

#[test]
fn what_was_heard_while_the_first_page_was_on_its_way_is_listed() {
    with_list(|rows| {
        let asked = rows.ask();
        rows.tell(row(9, 50), rows.ask());
        rows.begin(ListQuery::default(), &page(&[(3, 30), (2, 20)], true), asked);
        assert_eq!(listed(rows), [9, 3, 2]);
    });
}

#[test]
fn the_conversation_on_screen_stays_until_another_is_chosen() {
    with_list(|rows| {
        rows.choose(Some(Uuid::from_u128(2).into()));
        rows.tell(ConversationView { status: Status::Resolved, ..row(2, 20) }, rows.ask());
        assert_eq!(listed(rows), [3, 2, 1]);
        rows.choose(Some(Uuid::from_u128(3).into()));
        assert_eq!(listed(rows), [3, 1]);
    });
}

#[test]
fn rows_below_what_is_loaded_and_of_other_views_are_not_listed() {
    with_list(|rows| {
        rows.tell(row(8, 5), rows.ask());
        assert_eq!(listed(rows), [3, 2, 1], "its page brings it");
        rows.begin(ListQuery::of(Scope::Mine), &page(&[], false), rows.ask());
        rows.tell(row(7, 70), rows.ask());
        assert_eq!(listed(rows), Vec::<u128>::new());
    });
}

#[test]
fn further_pages_are_added_at_both_ends() {
    with_list(|rows| {
        let last = *rows.order.get_untracked().last().expect("three rows");
        assert_eq!(rows.extend(ListPlace::After(last), &page(&[(1, 10), (6, 6), (5, 5)], false), rows.ask()), 0);
        assert_eq!(listed(rows), [3, 2, 1, 6, 5]);
        assert!(rows.extent.get_untracked().end);
        let first = rows.order.get_untracked()[0];
        assert_eq!(rows.extend(ListPlace::Before(first), &page(&[(4, 40)], false), rows.ask()), 1, "moved down by one");
        assert_eq!(listed(rows), [4, 3, 2, 1, 6, 5]);
    });
}

fn id(n: u128) -> ConversationId {
    Uuid::from_u128(n).into()
}

fn picked(rows: Rows) -> Vec<u128> {
    rows.picked().iter().map(|row| row.id.as_uuid().as_u128()).collect()
}

#[test]
fn what_is_selected_stays_so_beyond_what_is_loaded_and_knows_its_news() {
    with_list(|rows| {
        rows.pick(id(2));
        rows.replace(40, &page(&[(8, 8), (7, 7)], false), rows.ask());
        rows.pick_to(id(7));
        rows.unpick_unlisted();
        assert_eq!(picked(rows), [7, 2], "in the order of the list, then what is beyond it");
        rows.tell(ConversationView { unread: 4, ..row(2, 20) }, rows.ask());
        assert_eq!(rows.picked()[1].unread, 4);
    });
}

#[test]
fn what_the_list_does_not_show_any_more_is_not_selected() {
    with_list(|rows| {
        rows.pick(id(3));
        rows.pick_to(id(1));
        assert_eq!(picked(rows), [3, 2, 1]);
        rows.tell(ConversationView { status: Status::Resolved, ..row(2, 20) }, rows.ask());
        rows.forget(id(1));
        rows.unpick_unlisted();
        assert_eq!(picked(rows), [3]);

        rows.hold(true);
        rows.tell(ConversationView { status: Status::Resolved, ..row(3, 30) }, rows.ask());
        rows.unpick_unlisted();
        assert_eq!(picked(rows), [3], "it is in sight, and may be opened again");
        rows.hold(false);
        rows.unpick_unlisted();
        assert_eq!(picked(rows), Vec::<u128>::new());
    });
}

#[test]
fn a_range_is_of_the_list_as_it_stands_and_all_is_what_is_loaded() {
    with_list(|rows| {
        rows.pick(id(3));
        rows.tell(row(9, 25), rows.ask());
        rows.pick_to(id(2));
        assert_eq!(picked(rows), [3, 9, 2]);
        rows.pick_loaded();
        assert_eq!(picked(rows), [3, 9, 2, 1]);
        assert!(rows.is_picking());
        rows.unpick();
        assert!(!rows.is_picking());
    });
}
