//! Messages by their words.

use charla_shared::{
    conversation::ContactView,
    message::{Author, Content, Direction},
    permission::Permission,
    phone::Phone,
    search::{HITS_PAGE, HitCursor, MessageHit, MessageHits, MessageSearch, Piece},
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::Value;
use uuid::Uuid;

use super::{SearchError, fold::Folding, limit_time, query::Query, snippet::snippet, text};
use crate::{Actor, Core, Failure, Tx, database::storable};

/// A page of the messages with these words, newest first. Needs `conversations.view_all`.
pub async fn search_messages(
    core: &Core,
    actor: &Actor,
    search: &MessageSearch,
    after: Option<HitCursor>,
) -> Result<MessageHits, SearchError> {
    actor.require(Permission::ConversationsViewAll)?;
    let query = Query::parse(&search.query)?;
    let mut tx = actor.begin(core).await?;
    limit_time(&mut tx).await?;
    let mut hits = find(&mut tx, actor, &query, search, after, HITS_PAGE + 1).await?;
    tx.commit().await?;
    let page = usize::try_from(HITS_PAGE).unwrap_or(usize::MAX);
    let more = hits.len() > page;
    hits.truncate(page);
    let next = hits.last().filter(|_| more).map(|last| HitCursor { at: last.at, id: last.id });
    Ok(MessageHits { hits, next })
}

/// At most `wanted` of them.
pub(super) async fn find(
    tx: &mut Tx,
    actor: &Actor,
    query: &Query,
    search: &MessageSearch,
    after: Option<HitCursor>,
    wanted: i32,
) -> Result<Vec<MessageHit>, SearchError> {
    let ids = ids(tx, query, search, after, wanted).await?;
    let workspace = tx.workspace();
    // Served by the primary keys, under row-level security.
    let rows = sqlx::query_as!(
        HitRow,
        r#"SELECT m.id, m.conversation_id, m.direction, m.author_kind, m.author_user_id, u.name AS "author_name?", m.content,
                  m.at AS "at: jiff_sqlx::Timestamp", c.contact_id, p.name AS contact_name, p.username,
                  (SELECT i.value FROM identities i WHERE i.workspace_id = c.workspace_id AND i.contact_id = c.contact_id AND i.kind = 'phone' LIMIT 1) AS phone
           FROM unnest($2::uuid[]) AS f (id)
           JOIN messages m ON m.workspace_id = $1 AND m.id = f.id
           JOIN conversations c ON c.workspace_id = m.workspace_id AND c.id = m.conversation_id
           JOIN contacts p ON p.workspace_id = c.workspace_id AND p.id = c.contact_id
           LEFT JOIN users u ON u.id = m.author_user_id
           ORDER BY m.at DESC, m.id DESC"#,
        workspace,
        &ids
    )
    .fetch_all(tx.sql())
    .await?;
    let found = rows.into_iter().map(HitRow::read).collect::<Result<Vec<_>, _>>().map_err(Failure::from)?;
    let texts = found.iter().map(|(_, _, text)| text.as_str()).chain(query.terms.iter().map(String::as_str));
    let folding = Folding::of(tx.sql(), texts).await?;
    Ok(found
        .into_iter()
        .map(|(row, content, text)| row.view(actor, &content, snippet(&text, query, &folding)))
        .collect())
}

/// The ids of at most `wanted` of them, newest first.
pub(super) async fn ids(
    tx: &mut Tx,
    query: &Query,
    search: &MessageSearch,
    after: Option<HitCursor>,
    wanted: i32,
) -> Result<Vec<Uuid>, SearchError> {
    if query.terms.is_empty() {
        return Ok(Vec::new());
    }
    let since = storable(search.from.unwrap_or(Timestamp::MIN));
    let until = storable(search.until.unwrap_or(Timestamp::MAX));
    let (until, until_id) = match after {
        Some(after) if after.at <= until => (storable(after.at), after.id.into()),
        _ => (until, Uuid::max()),
    };
    let ids = sqlx::query_scalar!(
        r#"SELECT id AS "id!" FROM search_messages($1, $2, $3, $4, $5, $6, $7)"#,
        &query.terms,
        query.goes_on,
        search.conversation.map(Uuid::from),
        since.to_sqlx() as _,
        until.to_sqlx() as _,
        until_id,
        wanted
    )
    .fetch_all(tx.sql())
    .await?;
    Ok(ids)
}

/// A found message with who it is with.
struct HitRow {
    id: Uuid,
    conversation_id: Uuid,
    direction: String,
    author_kind: String,
    author_user_id: Option<Uuid>,
    author_name: Option<String>,
    content: Value,
    at: jiff_sqlx::Timestamp,
    contact_id: Uuid,
    contact_name: String,
    username: Option<String>,
    phone: Option<String>,
}

impl HitRow {
    fn read(mut self) -> Result<(Self, Content, String), serde_json::Error> {
        let content: Content = serde_json::from_value(self.content.take())?;
        let text = text::of(&content);
        Ok((self, content, text))
    }

    fn view(self, actor: &Actor, content: &Content, snippet: Vec<Piece>) -> MessageHit {
        let author = match (self.author_kind.as_str(), self.author_user_id) {
            ("member", Some(id)) => Author::Member { id: id.into(), name: self.author_name.unwrap_or_default() },
            ("phone", _) => Author::Phone,
            _ => Author::Contact,
        };
        MessageHit {
            id: self.id.into(),
            conversation: self.conversation_id.into(),
            contact: contact(actor, self.contact_id, self.contact_name, self.username, self.phone.as_deref()),
            direction: if self.direction == "out" { Direction::Out } else { Direction::In },
            author,
            content_type: content.type_name().to_owned(),
            at: self.at.to_jiff(),
            snippet,
        }
    }
}

/// A contact as this actor may see them: the number is masked without `contacts.view_phone`.
pub(super) fn contact(
    actor: &Actor,
    id: Uuid,
    name: String,
    username: Option<String>,
    phone: Option<&str>,
) -> ContactView {
    let full = actor.permissions.allows(Permission::ContactsViewPhone);
    let phone = phone.and_then(|phone| Phone::parse(phone).ok());
    let phone = phone.map(|phone| if full { phone.to_string() } else { phone.masked() });
    ContactView { id: id.into(), name, phone, username }
}
