//! Which conversations a query lists.
//!
//! One condition serves every query: what is not narrowed is null, and the planner, which sees the values, leaves it out
//! and picks the index that fits. It plans anew each time, which for one table takes 0.1 ms; the limit is written out so
//! that a plan made for no values in particular never looks cheaper (it would read the table).

use charla_shared::{
    conversation::{LIST_PAGE, ListCursor, Status},
    list::{COUNT_MAX, ListPlace, ListQuery, Scope, Sort},
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use crate::{Actor, Failure, Tx, database::storable};

const _: () = assert!(LIST_PAGE == 50 && COUNT_MAX == 1_000, "the limits below are these");

/// A query's narrowings as parameters: none where all are listed.
struct Narrowed {
    status: Option<&'static str>,
    assignee: Option<Uuid>,
    unassigned: bool,
    unread: bool,
    channel: Option<Uuid>,
}

impl Narrowed {
    fn new(query: &ListQuery, actor: &Actor) -> Self {
        // A program has no conversations of its own, and nobody has the nil id.
        let me = || actor.user().map_or(Uuid::nil(), Into::into);
        Self {
            status: query.status.map(Status::name),
            assignee: (query.scope == Scope::Mine).then(me),
            unassigned: query.scope == Scope::Unassigned,
            unread: query.unread,
            channel: query.channel.map(Into::into),
        }
    }
}

/// What was found.
struct Place {
    id: Uuid,
    at: jiff_sqlx::Timestamp,
}

/// A number of conversations.
struct Number {
    count: i64,
}

/// Selects from the conversations that a query lists. Further conditions are the caller's.
macro_rules! select {
    ($row:ident, $tx:ident, $narrowed:ident, $head:literal, $from:literal, $tail:literal $(, $argument:expr)*) => {{
        let workspace = $tx.workspace();
        sqlx::query_as!(
            $row,
            $head + " FROM " + $from
                + " WHERE c.workspace_id = $1
                      AND ($2::text IS NULL OR c.status = $2)
                      AND ($3::uuid IS NULL OR c.assignee_id = $3) AND (NOT $4::boolean OR c.assignee_id IS NULL)
                      AND (NOT $5::boolean OR c.unread > 0) AND ($6::uuid IS NULL OR c.channel_id = $6)"
                + $tail,
            workspace,
            $narrowed.status,
            $narrowed.assignee,
            $narrowed.unassigned,
            $narrowed.unread,
            $narrowed.channel
            $(, $argument)*
        )
        .fetch_all($tx.sql())
        .await?
    }};
}

/// One page, a place more than it holds when there are more. With or without a label: the planner begins with whichever
/// is shorter, the label or the list.
macro_rules! page {
    ($tx:ident, $narrowed:ident, $label:expr, $from:ident, $head:literal, $tail:literal, $labelled:literal) => {{
        let (at, id) = $from;
        match $label {
            None => select!(Place, $tx, $narrowed, $head, "conversations c", $tail, at.to_sqlx() as _, id),
            Some(label) => select!(
                Place,
                $tx,
                $narrowed,
                $head,
                "conversations c JOIN conversation_labels l ON l.workspace_id = c.workspace_id AND l.conversation_id = c.id",
                $labelled,
                at.to_sqlx() as _,
                id,
                label
            ),
        }
    }};
}

/// Places in the order they are come upon: of a page before a place, the nearest first. At most one more than a page
/// holds.
pub(super) async fn places(
    tx: &mut Tx,
    actor: &Actor,
    query: &ListQuery,
    place: ListPlace,
) -> Result<Vec<ListCursor>, Failure> {
    let narrowed = Narrowed::new(query, actor);
    let label = query.label.map(Uuid::from);
    let descending = query.sort.is_descending() != matches!(place, ListPlace::Before(_));
    let (first, last) = bounds();
    let from = match place {
        ListPlace::Beginning if descending => (last, Uuid::max()),
        ListPlace::Beginning => (first, Uuid::nil()),
        ListPlace::After(cursor) | ListPlace::Before(cursor) => (storable(cursor.at), cursor.id.into()),
    };
    let found = match (query.sort, descending) {
        // Served by conversations_newest, conversations_by_status, conversations_of_assignee and conversations_unread.
        (Sort::Newest | Sort::Oldest, true) => page!(
            tx,
            narrowed,
            label,
            from,
            r#"SELECT c.id, c.last_message_at AS "at: jiff_sqlx::Timestamp""#,
            " AND (c.last_message_at, c.id) < ($7, $8) ORDER BY c.last_message_at DESC, c.id DESC LIMIT 51",
            " AND (c.last_message_at, c.id) < ($7, $8) AND l.label_id = $9 ORDER BY c.last_message_at DESC, c.id DESC LIMIT 51"
        ),
        (Sort::Newest | Sort::Oldest, false) => page!(
            tx,
            narrowed,
            label,
            from,
            r#"SELECT c.id, c.last_message_at AS "at: jiff_sqlx::Timestamp""#,
            " AND (c.last_message_at, c.id) > ($7, $8) ORDER BY c.last_message_at, c.id LIMIT 51",
            " AND (c.last_message_at, c.id) > ($7, $8) AND l.label_id = $9 ORDER BY c.last_message_at, c.id LIMIT 51"
        ),
        // Served by conversations_waiting.
        (Sort::WaitingLongest, true) => page!(
            tx,
            narrowed,
            label,
            from,
            r#"SELECT c.id, c.waiting_since AS "at!: jiff_sqlx::Timestamp""#,
            " AND c.waiting_since IS NOT NULL AND (c.waiting_since, c.id) < ($7, $8)
              ORDER BY c.waiting_since DESC, c.id DESC LIMIT 51",
            " AND c.waiting_since IS NOT NULL AND (c.waiting_since, c.id) < ($7, $8) AND l.label_id = $9
              ORDER BY c.waiting_since DESC, c.id DESC LIMIT 51"
        ),
        (Sort::WaitingLongest, false) => page!(
            tx,
            narrowed,
            label,
            from,
            r#"SELECT c.id, c.waiting_since AS "at!: jiff_sqlx::Timestamp""#,
            " AND c.waiting_since IS NOT NULL AND (c.waiting_since, c.id) > ($7, $8)
              ORDER BY c.waiting_since, c.id LIMIT 51",
            " AND c.waiting_since IS NOT NULL AND (c.waiting_since, c.id) > ($7, $8) AND l.label_id = $9
              ORDER BY c.waiting_since, c.id LIMIT 51"
        ),
    };
    Ok(found.into_iter().map(|place| ListCursor { at: place.at.to_jiff(), id: place.id.into() }).collect())
}

/// How many conversations a query lists, counted up to [`COUNT_MAX`]: nobody reads a count beyond, and counting on would
/// cost.
pub(super) async fn count(tx: &mut Tx, actor: &Actor, query: &ListQuery) -> Result<u32, Failure> {
    let narrowed = Narrowed::new(query, actor);
    let waiting = query.sort == Sort::WaitingLongest;
    let numbers = match query.label.map(Uuid::from) {
        None => select!(
            Number,
            tx,
            narrowed,
            r#"SELECT count(*) AS "count!" FROM (SELECT"#,
            "conversations c",
            " AND (NOT $7::boolean OR c.waiting_since IS NOT NULL) LIMIT 1000) AS capped",
            waiting
        ),
        Some(label) => select!(
            Number,
            tx,
            narrowed,
            r#"SELECT count(*) AS "count!" FROM (SELECT"#,
            "conversations c JOIN conversation_labels l ON l.workspace_id = c.workspace_id AND l.conversation_id = c.id",
            " AND (NOT $7::boolean OR c.waiting_since IS NOT NULL) AND l.label_id = $8 LIMIT 1000) AS capped",
            waiting,
            label
        ),
    };
    Ok(numbers.first().and_then(|number| u32::try_from(number.count).ok()).unwrap_or_default())
}

/// Before and after every conversation.
fn bounds() -> (Timestamp, Timestamp) {
    (storable(Timestamp::MIN), storable(Timestamp::MAX))
}
