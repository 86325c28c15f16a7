//! What the browser asks the host when something is looked for.

use charla_shared::{
    id::{ConversationId, WorkspaceId},
    search::{Found, HitCursor, MessageHits, MessageSearch, PersonHit, ThreadHits},
};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::context;
use crate::{failure::Failure, json::Json};

/// A page of the messages with these words, newest first.
#[server(name = SearchMessages, prefix = "/fn", endpoint = "search/messages", input = Json, output = Json)]
pub async fn messages(
    workspace: WorkspaceId,
    search: MessageSearch,
    after: Option<HitCursor>,
) -> Result<MessageHits, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::search::search_messages(&core, &actor, &search, after).await?)
}

/// A page of the messages of a conversation with these words, newest first; the first says how many there are.
#[server(name = SearchConversation, prefix = "/fn", endpoint = "search/conversation", input = Json, output = Json)]
pub async fn conversation(
    workspace: WorkspaceId,
    conversation: ConversationId,
    query: String,
    after: Option<HitCursor>,
) -> Result<ThreadHits, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::search::search_conversation(&core, &actor, conversation, &query, after).await?)
}

/// The people with this name, username or number.
#[server(name = SearchPeople, prefix = "/fn", endpoint = "search/people", input = Json, output = Json)]
pub async fn people(workspace: WorkspaceId, query: String) -> Result<Vec<PersonHit>, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::search::search_contacts(&core, &actor, &query).await?)
}

/// A few of the people and messages.
#[server(name = SearchEverything, prefix = "/fn", endpoint = "search/everything", input = Json, output = Json)]
pub async fn everything(workspace: WorkspaceId, query: String) -> Result<Found, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::search::search_everything(&core, &actor, &query).await?)
}
