//! The messages of one conversation by their words: how many there are, and where.

use charla_shared::{
    id::ConversationId,
    message::Content,
    permission::Permission,
    search::{HitCursor, MessageSearch, THREAD_HITS_COUNTED, THREAD_HITS_PAGE, ThreadHit, ThreadHits, Total},
};
use uuid::Uuid;

use super::{SearchError, fold::Folding, limit_time, messages, query::Query, snippet::marks, text};
use crate::{Actor, Core, Failure, Tx};

/// A page of the messages of a conversation with these words, newest first. The first page says how many there are.
/// Needs `conversations.view_all`.
///
/// # Errors
/// [`Failure::NotFound`] for a conversation that is not here; [`Failure::Invalid`] for a question that is too long;
/// [`SearchError::TooLong`].
pub async fn search_conversation(
    core: &Core,
    actor: &Actor,
    conversation: ConversationId,
    query: &str,
    after: Option<HitCursor>,
) -> Result<ThreadHits, SearchError> {
    actor.require(Permission::ConversationsViewAll)?;
    let query = Query::parse(query)?;
    let mut tx = actor.begin(core).await?;
    must_be_here(&mut tx, conversation).await?;
    limit_time(&mut tx).await?;
    let search = MessageSearch { conversation: Some(conversation), ..MessageSearch::default() };
    // Counting costs little more than finding: the words of the conversation are gone through once, for both.
    let most = if after.is_none() { THREAD_HITS_COUNTED } else { THREAD_HITS_PAGE };
    let mut ids = messages::ids(&mut tx, &query, &search, after, most + 1).await?;
    let counted = ids.len().min(usize::try_from(most).unwrap_or(usize::MAX));
    let total = after.is_none().then_some(Total { counted, more: ids.len() > counted });
    let page = usize::try_from(THREAD_HITS_PAGE).unwrap_or(usize::MAX);
    let more = ids.len() > page;
    ids.truncate(page);
    let hits = read(&mut tx, &query, &ids).await?;
    tx.commit().await?;
    let next = hits.last().filter(|_| more).map(|last| HitCursor { at: last.at, id: last.id });
    Ok(ThreadHits { hits, total, next })
}

async fn must_be_here(tx: &mut Tx, conversation: ConversationId) -> Result<(), SearchError> {
    let workspace = tx.workspace();
    // Served by the primary key.
    sqlx::query_scalar!(
        "SELECT id FROM conversations WHERE workspace_id = $1 AND id = $2",
        workspace,
        Uuid::from(conversation)
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(Failure::NotFound)?;
    Ok(())
}

/// The hits of these ids, with what of each was looked for.
async fn read(tx: &mut Tx, query: &Query, ids: &[Uuid]) -> Result<Vec<ThreadHit>, SearchError> {
    let workspace = tx.workspace();
    // Served by the primary key, under row-level security.
    let rows = sqlx::query!(
        r#"SELECT m.id, m.at AS "at: jiff_sqlx::Timestamp", m.content
           FROM unnest($2::uuid[]) AS f (id)
           JOIN messages m ON m.workspace_id = $1 AND m.id = f.id
           ORDER BY m.at DESC, m.id DESC"#,
        workspace,
        ids
    )
    .fetch_all(tx.sql())
    .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let content: Content = serde_json::from_value(row.content).map_err(Failure::from)?;
        found.push((row.id, row.at.to_jiff(), text::of(&content)));
    }
    let texts = found.iter().map(|(_, _, text)| text.as_str()).chain(query.terms.iter().map(String::as_str));
    let folding = Folding::of(tx.sql(), texts).await?;
    let hit = |(id, at, text): (Uuid, _, String)| ThreadHit { id: id.into(), at, marks: marks(&text, query, &folding) };
    Ok(found.into_iter().map(hit).collect())
}
