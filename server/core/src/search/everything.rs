//! A little of everything, for the palette.

use charla_shared::{
    permission::Permission,
    search::{Found, MessageSearch, PALETTE_EACH},
};

use super::{SearchError, contacts, limit_time, messages, query::Query};
use crate::{Actor, Core};

/// A few of the people and messages with these words. Of each what the actor may see: people need `contacts.view`,
/// messages `conversations.view_all`.
pub async fn search_everything(core: &Core, actor: &Actor, query: &str) -> Result<Found, SearchError> {
    let query = Query::parse(query)?;
    let mut tx = actor.begin(core).await?;
    limit_time(&mut tx).await?;
    let mut found = Found::default();
    if actor.permissions.allows(Permission::ContactsView) {
        found.people = contacts::find(&mut tx, actor, &query, PALETTE_EACH).await?;
    }
    if actor.permissions.allows(Permission::ConversationsViewAll) {
        found.messages =
            match messages::find(&mut tx, actor, &query, &MessageSearch::default(), None, PALETTE_EACH).await {
                // The people are found, and are what is looked for more often. The transaction has only read.
                Err(SearchError::TooLong) if !found.people.is_empty() => return Ok(found),
                messages => messages?,
            };
    }
    tx.commit().await?;
    Ok(found)
}
