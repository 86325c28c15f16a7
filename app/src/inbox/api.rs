//! What the browser asks the host about the inbox.

use charla_shared::{
    conversation::{ConversationPage, ConversationView, ThreadPage, ThreadPlace},
    draft::Draft,
    entry::{EntryView, NewNote},
    id::{ConversationId, EntryId, MessageId, UserId, ViewId, WorkspaceId},
    list::{Choices, Counts, ListPlace, ListQuery, NewView, SavedView, Standing},
    message::{MessageView, NewMessage},
    recorder::RecorderEntry,
};
use jiff::Timestamp;
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::context;
use crate::{failure::Failure, json::Json};

/// A page of the list. What a page of another release leaves out is as usual.
#[server(name = ListConversations, prefix = "/fn", endpoint = "inbox/conversations", input = Json, output = Json)]
pub async fn conversations(
    workspace: WorkspaceId,
    #[server(default)] query: ListQuery,
    #[server(default)] place: ListPlace,
) -> Result<ConversationPage, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::inbox::conversations(&core, &actor, &query, place).await?)
}

/// How many conversations there are in each view.
#[server(name = CountConversations, prefix = "/fn", endpoint = "inbox/counts", input = Json, output = Json)]
pub async fn counts(workspace: WorkspaceId) -> Result<Counts, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::inbox::counts(&core, &actor).await?)
}

/// What every page of the workspace begins with: how much is unread, and from where on to hear what happens.
#[server(name = ShowStanding, prefix = "/fn", endpoint = "inbox/standing", input = Json, output = Json)]
pub async fn standing(workspace: WorkspaceId) -> Result<Standing, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::inbox::standing(&core, &actor).await?)
}

/// What the list may be narrowed to.
#[server(name = ListChoices, prefix = "/fn", endpoint = "inbox/choices", input = Json, output = Json)]
pub async fn choices(workspace: WorkspaceId) -> Result<Choices, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::inbox::choices(&core, &actor).await?)
}

/// Keeps a query under a name.
#[server(name = SaveView, prefix = "/fn", endpoint = "inbox/save_view", input = Json, output = Json)]
pub async fn save_view(workspace: WorkspaceId, view: NewView) -> Result<SavedView, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::inbox::save_view(&core, &actor, &view).await?)
}

/// Gives a saved view another name, another query, or both.
#[server(name = ChangeView, prefix = "/fn", endpoint = "inbox/change_view", input = Json, output = Json)]
pub async fn change_view(workspace: WorkspaceId, view: ViewId, new: NewView) -> Result<(), Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::inbox::change_view(&core, &actor, view, &new).await?)
}

/// Takes a saved view away.
#[server(name = DeleteView, prefix = "/fn", endpoint = "inbox/delete_view", input = Json, output = Json)]
pub async fn delete_view(workspace: WorkspaceId, view: ViewId) -> Result<(), Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::inbox::delete_view(&core, &actor, view).await?)
}

/// One row of the list.
#[server(name = ShowConversation, prefix = "/fn", endpoint = "inbox/conversation", input = Json, output = Json)]
pub async fn conversation(workspace: WorkspaceId, conversation: ConversationId) -> Result<ConversationView, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::inbox::conversation(&core, &actor, conversation).await?)
}

/// A page of a thread; the newest when no place is named.
#[server(name = ShowThread, prefix = "/fn", endpoint = "inbox/thread", input = Json, output = Json)]
pub async fn thread(
    workspace: WorkspaceId,
    conversation: ConversationId,
    #[server(default)] place: ThreadPlace,
) -> Result<ThreadPage, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::inbox::thread(&core, &actor, conversation, place).await?)
}

/// One message.
#[server(name = ShowMessage, prefix = "/fn", endpoint = "inbox/message", input = Json, output = Json)]
pub async fn message(workspace: WorkspaceId, message: MessageId) -> Result<MessageView, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::inbox::message(&core, &actor, message).await?)
}

/// One entry of a thread.
#[server(name = ShowEntry, prefix = "/fn", endpoint = "inbox/entry", input = Json, output = Json)]
pub async fn entry(workspace: WorkspaceId, entry: EntryId) -> Result<EntryView, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::inbox::entry(&core, &actor, entry).await?)
}

/// Writes a note for the team. The same client key again gives the note that is there already.
#[server(name = WriteNote, prefix = "/fn", endpoint = "inbox/note", input = Json, output = Json)]
pub async fn write_note(
    workspace: WorkspaceId,
    conversation: ConversationId,
    note: NewNote,
    writer: Option<UserId>,
) -> Result<EntryView, Failure> {
    let (core, actor) = context::writer(workspace, writer).await?;
    Ok(charla_core::inbox::write_note(&core, &actor, conversation, note).await?)
}

/// Sends a text. The same client key again gives the message that is there already.
#[server(name = SendMessage, prefix = "/fn", endpoint = "inbox/send", input = Json, output = Json)]
pub async fn send(
    workspace: WorkspaceId,
    conversation: ConversationId,
    message: NewMessage,
    writer: Option<UserId>,
) -> Result<MessageView, Failure> {
    let (core, actor) = context::writer(workspace, writer).await?;
    Ok(charla_core::inbox::send(&core, &actor, conversation, message).await?)
}

/// Sends a message that failed, or stays unconfirmed, once more, as a new one. Again gives that one.
#[server(name = ResendMessage, prefix = "/fn", endpoint = "inbox/resend", input = Json, output = Json)]
pub async fn resend(workspace: WorkspaceId, message: MessageId) -> Result<MessageView, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::inbox::resend(&core, &actor, message).await?)
}

/// Every step of a message's way.
#[server(name = ShowRecorder, prefix = "/fn", endpoint = "inbox/recorder", input = Json, output = Json)]
pub async fn recorder(workspace: WorkspaceId, message: MessageId) -> Result<Vec<RecorderEntry>, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::inbox::recorder(&core, &actor, message).await?)
}

/// An answer is being written.
#[server(name = TellTyping, prefix = "/fn", endpoint = "inbox/typing", input = Json, output = Json)]
pub async fn typing(workspace: WorkspaceId, conversation: ConversationId) -> Result<(), Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::inbox::typing(&core, &actor, conversation).await?)
}

/// Everything of the customer up to a message has been looked at.
#[server(name = MarkRead, prefix = "/fn", endpoint = "inbox/mark_read", input = Json, output = Json)]
pub async fn mark_read(
    workspace: WorkspaceId,
    conversation: ConversationId,
    through: MessageId,
) -> Result<(), Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::inbox::mark_read(&core, &actor, conversation, through).await?)
}

/// The viewer's own draft in a conversation, with its time by their clock, which shows `clock` now.
#[server(name = ShowDraft, prefix = "/fn", endpoint = "inbox/draft", input = Json, output = Json)]
pub async fn draft(
    workspace: WorkspaceId,
    conversation: ConversationId,
    clock: Option<Timestamp>,
    writer: Option<UserId>,
) -> Result<Option<Draft>, Failure> {
    let (core, actor) = context::writer(workspace, writer).await?;
    Ok(charla_core::inbox::draft(&core, &actor, conversation, clock).await?)
}

/// The conversations in which the viewer has a draft.
#[server(name = ListDrafts, prefix = "/fn", endpoint = "inbox/drafts", input = Json, output = Json)]
pub async fn drafts(workspace: WorkspaceId, writer: Option<UserId>) -> Result<Vec<ConversationId>, Failure> {
    let (core, actor) = context::writer(workspace, writer).await?;
    Ok(charla_core::inbox::drafts(&core, &actor).await?)
}

/// Keeps what the viewer has typed, unless they have typed something later. Gives what stands. Times are by
/// the viewer's clock, which shows `clock` now.
#[server(name = KeepDraft, prefix = "/fn", endpoint = "inbox/keep_draft", input = Json, output = Json)]
pub async fn keep_draft(
    workspace: WorkspaceId,
    conversation: ConversationId,
    draft: Draft,
    clock: Option<Timestamp>,
    writer: Option<UserId>,
) -> Result<Draft, Failure> {
    let (core, actor) = context::writer(workspace, writer).await?;
    Ok(charla_core::inbox::keep_draft(&core, &actor, conversation, draft, clock).await?)
}
