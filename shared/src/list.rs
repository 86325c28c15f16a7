//! What the list of conversations shows, and in which order (row C1).
//!
//! A [`ListQuery`] is the same thing everywhere: in the address of the page, in a saved view, in what the browser asks
//! for, and in the browser's own judgement whether a conversation with news belongs to the list.

use garde::Validate;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    conversation::{ConversationView, ListCursor, Status},
    event::EventCursor,
    id::{ChannelId, LabelId, UserId, ViewId},
    label::{LabelView, name_rule},
};

/// Conversations of a view are counted up to here; the interface then says "999+".
pub const COUNT_MAX: u32 = 1_000;

/// The most saved views of a member in a workspace: each is counted after every change.
pub const VIEWS_MAX: u32 = 20;

/// Whose conversations.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The viewer's own.
    Mine,
    /// Nobody's.
    Unassigned,
    /// Everybody's.
    #[default]
    All,
}

impl Scope {
    /// Every scope, in the order they are offered.
    pub const ALL: &'static [Self] = &[Self::Mine, Self::Unassigned, Self::All];

    /// The stable name, as in the address; keys translations (`list-scope-mine`).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Unassigned => "unassigned",
            Self::All => "all",
        }
    }
}

/// In which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// The last message first.
    #[default]
    Newest,
    /// The conversation that has been silent longest first.
    Oldest,
    /// Whoever has waited longest for an answer first; those who do not wait are left out.
    WaitingLongest,
}

impl Sort {
    /// Every order, in the order they are offered.
    pub const ALL: &'static [Self] = &[Self::Newest, Self::Oldest, Self::WaitingLongest];

    /// The stable name, as in the address; keys translations (`list-sort-newest`).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::WaitingLongest => "waiting",
        }
    }

    /// Whether later times come first.
    #[must_use]
    pub const fn is_descending(self) -> bool {
        matches!(self, Self::Newest)
    }

    /// Whether one place comes before another. The order is total: ids settle what times leave open.
    #[must_use]
    pub fn precedes(self, one: ListCursor, other: ListCursor) -> bool {
        let (one, other) = ((one.at, one.id), (other.at, other.id));
        if self.is_descending() { one > other } else { one < other }
    }
}

/// Which conversations the list shows. The usual one is every open conversation, the newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    /// Whose.
    pub scope: Scope,
    /// Where they stand; none for any status.
    pub status: Option<Status>,
    /// Only those with something unread.
    pub unread: bool,
    /// Only those of a channel.
    pub channel: Option<ChannelId>,
    /// Only those with a label.
    pub label: Option<LabelId>,
    /// In which order.
    pub sort: Sort,
}

impl Default for ListQuery {
    fn default() -> Self {
        Self {
            scope: Scope::All,
            status: Some(Status::Open),
            unread: false,
            channel: None,
            label: None,
            sort: Sort::Newest,
        }
    }
}

impl ListQuery {
    /// The usual query for somebody's conversations: a view every member has.
    #[must_use]
    pub fn of(scope: Scope) -> Self {
        Self { scope, ..Self::default() }
    }

    /// How it is written in an address: `?scope=mine&status=pending&unread&sort=waiting`. What is as usual is left out, so
    /// the usual query is empty.
    #[must_use]
    pub fn to_address(self) -> String {
        let mut parts = Vec::new();
        if self.scope != Scope::All {
            parts.push(format!("scope={}", self.scope.name()));
        }
        if self.status != Some(Status::Open) {
            parts.push(format!("status={}", self.status.map_or(ANY, Status::name)));
        }
        if self.unread {
            parts.push("unread".to_owned());
        }
        parts.extend(self.channel.map(|channel| format!("channel={channel}")));
        parts.extend(self.label.map(|label| format!("label={label}")));
        if self.sort != Sort::Newest {
            parts.push(format!("sort={}", self.sort.name()));
        }
        if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
    }

    /// The query of an address, given its parameters by name. What is missing or unknown is as usual, so an old link still
    /// leads somewhere; `filter=unread` is how releases before this one wrote it.
    #[must_use]
    pub fn from_address<'a>(parameter: impl Fn(&str) -> Option<&'a str>) -> Self {
        let usual = Self::default();
        let named = |name: &str| parameter(name).filter(|value| !value.is_empty());
        let scope = named("scope").and_then(|name| Scope::ALL.iter().copied().find(|scope| scope.name() == name));
        let sort = named("sort").and_then(|name| Sort::ALL.iter().copied().find(|sort| sort.name() == name));
        let status = match named("status") {
            Some(ANY) => None,
            Some(name) => Status::from_name(name).or(usual.status),
            None => usual.status,
        };
        Self {
            scope: scope.unwrap_or_default(),
            status,
            unread: parameter("unread").is_some() || named("filter") == Some("unread"),
            channel: named("channel").and_then(|id| id.parse().ok()),
            label: named("label").and_then(|id| id.parse().ok()),
            sort: sort.unwrap_or_default(),
        }
    }

    /// Where a conversation stands in this order; none when it has no place in it.
    #[must_use]
    pub fn place(&self, row: &ConversationView) -> Option<ListCursor> {
        let at = match self.sort {
            Sort::Newest | Sort::Oldest => Some(row.last_message_at),
            Sort::WaitingLongest => row.waiting_since,
        };
        at.map(|at| ListCursor { at, id: row.id })
    }

    /// Whether the list shows a conversation. `me` is the viewer.
    #[must_use]
    pub fn lists(&self, row: &ConversationView, me: Option<UserId>) -> bool {
        let assignee = row.assignee.as_ref().map(|member| member.id);
        let scope = match self.scope {
            Scope::Mine => assignee.is_some() && assignee == me,
            Scope::Unassigned => assignee.is_none(),
            Scope::All => true,
        };
        scope
            && self.status.is_none_or(|status| row.status == status)
            && (!self.unread || row.unread > 0)
            && self.channel.is_none_or(|channel| row.channel == channel)
            && self.label.is_none_or(|label| row.labels.contains(&label))
            && self.place(row).is_some()
    }
}

/// Any status, in an address.
const ANY: &str = "any";

/// Which page of the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListPlace {
    /// The first.
    #[default]
    Beginning,
    /// What comes after this place.
    After(ListCursor),
    /// What comes right before this place.
    Before(ListCursor),
}

/// How many conversations there are in each view, each counted up to [`COUNT_MAX`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Open ones of the viewer.
    pub mine: u32,
    /// Open ones of nobody.
    pub unassigned: u32,
    /// Open ones.
    pub all: u32,
    /// With something unread, whatever their status.
    pub unread: u32,
    /// Those of the viewer's saved views.
    pub views: Vec<(ViewId, u32)>,
}

impl Counts {
    /// How many a saved view has; none when it was not counted.
    #[must_use]
    pub fn of_view(&self, view: ViewId) -> Option<u32> {
        self.views.iter().find(|(id, _)| *id == view).map(|(_, count)| *count)
    }

    /// How many the usual view of a scope has.
    #[must_use]
    pub const fn of_scope(&self, scope: Scope) -> u32 {
        match scope {
            Scope::Mine => self.mine,
            Scope::Unassigned => self.unassigned,
            Scope::All => self.all,
        }
    }
}

/// How a workspace stands, for whatever page of it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Conversations with something unread, whatever their status, counted up to [`COUNT_MAX`].
    pub unread: u32,
    /// Where the log of events stood before they were counted: from there on a page hears what happens.
    pub cursor: EventCursor,
}

/// A member's own view of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    /// Which.
    pub id: ViewId,
    /// What its owner calls it.
    pub name: String,
    /// What it shows.
    pub query: ListQuery,
}

/// A view as its owner wants it.
#[derive(Debug, Clone, Serialize, Deserialize, Validate)]
#[garde(context(()))]
pub struct NewView {
    /// 1 to [`NAME_MAX`](crate::label::NAME_MAX) characters, something visible.
    #[garde(custom(name_rule))]
    pub name: String,
    /// What it shows.
    #[garde(skip)]
    pub query: ListQuery,
}

/// A channel by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelName {
    /// Which.
    pub id: ChannelId,
    /// What members call it.
    pub label: String,
}

/// What the list may be narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// The viewer; none when it is a program.
    pub me: Option<UserId>,
    /// The viewer's saved views, the oldest first.
    pub views: Vec<SavedView>,
    /// The workspace's labels, by name.
    pub labels: Vec<LabelView>,
    /// Its channels, the oldest first.
    pub channels: Vec<ChannelName>,
}

impl Choices {
    /// A label by its id.
    #[must_use]
    pub fn label(&self, id: LabelId) -> Option<&LabelView> {
        self.labels.iter().find(|label| label.id == id)
    }
}

/// How long a customer has waited at `now`, in whole minutes; a time from the future counts as now.
#[must_use]
pub fn waited_minutes(now: Timestamp, since: Timestamp) -> i64 {
    now.duration_since(since).as_mins().max(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::{
        conversation::{ContactView, Preview},
        entry::MemberName,
        message::Direction,
    };

    /// What a browser makes of an address: parameters by name, a bare name is empty.
    fn read(address: &str) -> ListQuery {
        let pairs: Vec<_> = address
            .trim_start_matches('?')
            .split('&')
            .filter(|part| !part.is_empty())
            .map(|part| part.split_once('=').unwrap_or((part, "")))
            .collect();
        ListQuery::from_address(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| *value))
    }

    fn me() -> UserId {
        Uuid::from_u128(7).into()
    }

    fn row() -> ConversationView {
        ConversationView {
            id: Uuid::from_u128(1).into(),
            contact: ContactView { id: Uuid::from_u128(2).into(), name: "Ana".to_owned(), phone: None, username: None },
            channel: Uuid::from_u128(3).into(),
            channel_label: "Shop".to_owned(),
            channel_active: true,
            channel_trouble: None,
            unread: 1,
            arrived: None,
            preview: Preview {
                direction: Direction::In,
                content_type: "text".to_owned(),
                text: "Hola".to_owned(),
                state: None,
            },
            last_message_at: Timestamp::constant(100, 0),
            last_inbound_at: None,
            status: Status::Open,
            snoozed_until: None,
            assignee: Some(MemberName { id: me(), name: "Me".to_owned() }),
            labels: vec![Uuid::from_u128(4).into()],
            waiting_since: None,
        }
    }

    #[test]
    fn addresses_are_short_and_old_ones_are_understood() {
        assert_eq!(ListQuery::default().to_address(), "");
        let waiting = ListQuery {
            status: Some(Status::Pending),
            unread: true,
            sort: Sort::WaitingLongest,
            ..ListQuery::of(Scope::Mine)
        };
        assert_eq!(waiting.to_address(), "?scope=mine&status=pending&unread&sort=waiting");
        assert_eq!(read("?filter=unread"), ListQuery { unread: true, ..ListQuery::default() });
        assert_eq!(read("?scope=theirs&status=lost&label=7&sort=&filter=all"), ListQuery::default());
    }

    #[test]
    fn a_stored_query_that_lacks_what_came_later_is_as_usual_there() {
        let query: ListQuery = serde_json::from_str(r#"{"scope":"mine"}"#).expect("parses");
        assert_eq!(query, ListQuery::of(Scope::Mine));
        let any: ListQuery = serde_json::from_str(r#"{"status":null}"#).expect("parses");
        assert_eq!(any.status, None);
    }

    #[test]
    fn each_part_of_a_query_lists_and_leaves_out() {
        let all = ListQuery::default();
        let with = |change: fn(&mut ConversationView)| {
            let mut row = row();
            change(&mut row);
            row
        };
        assert!(all.lists(&row(), None));
        assert!(!all.lists(&with(|row| row.status = Status::Resolved), None));
        assert!(ListQuery { status: None, ..all }.lists(&with(|row| row.status = Status::Resolved), None));

        assert!(ListQuery::of(Scope::Mine).lists(&row(), Some(me())));
        assert!(!ListQuery::of(Scope::Mine).lists(&row(), None));
        assert!(!ListQuery::of(Scope::Mine).lists(&with(|row| row.assignee = None), None));
        assert!(!ListQuery::of(Scope::Unassigned).lists(&row(), Some(me())));
        assert!(ListQuery::of(Scope::Unassigned).lists(&with(|row| row.assignee = None), Some(me())));

        let unread = ListQuery { unread: true, ..all };
        assert!(unread.lists(&row(), None));
        assert!(!unread.lists(&with(|row| row.unread = 0), None));

        let channel = ListQuery { channel: Some(Uuid::from_u128(3).into()), ..all };
        assert!(channel.lists(&row(), None));
        assert!(!channel.lists(&with(|row| row.channel = Uuid::from_u128(9).into()), None));

        let label = ListQuery { label: Some(Uuid::from_u128(4).into()), ..all };
        assert!(label.lists(&row(), None));
        assert!(!label.lists(&with(|row| row.labels.clear()), None));

        let waiting = ListQuery { sort: Sort::WaitingLongest, ..all };
        assert!(!waiting.lists(&row(), None));
        assert!(waiting.lists(&with(|row| row.waiting_since = Some(Timestamp::UNIX_EPOCH)), None));
    }

    fn queries() -> impl Strategy<Value = ListQuery> {
        let id = || proptest::option::of(any::<u128>().prop_map(Uuid::from_u128));
        (0..3_usize, 0..5_usize, any::<bool>(), id(), id(), 0..3_usize).prop_map(
            |(scope, status, unread, channel, label, sort)| ListQuery {
                scope: Scope::ALL[scope],
                status: Status::ALL.get(status).copied(),
                unread,
                channel: channel.map(Into::into),
                label: label.map(Into::into),
                sort: Sort::ALL[sort],
            },
        )
    }

    proptest! {
        #[test]
        fn a_query_survives_the_address_and_the_store(query in queries()) {
            prop_assert_eq!(read(&query.to_address()), query);
            let stored = serde_json::to_value(query).expect("serialises");
            prop_assert_eq!(serde_json::from_value::<ListQuery>(stored).expect("parses"), query);
        }

        #[test]
        fn any_address_leads_somewhere(address in "\\PC{0,60}") {
            let query = read(&address);
            prop_assert_eq!(read(&query.to_address()), query);
        }
    }
}
