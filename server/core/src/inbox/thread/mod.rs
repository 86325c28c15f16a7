//! The thread: a conversation's messages and the entries among them, oldest first, in pages by key in both directions.
//!
//! A page is chosen by the keys of both kinds together ([`keys`]); what stands behind the keys is read after that, each
//! kind by its ids ([`message`](mod@message), [`entry`](mod@entry)).

mod entry;
mod keys;
mod message;

use charla_shared::{
    conversation::{THREAD_PAGE, ThreadCursor, ThreadPage, ThreadPlace},
    id::{ConversationId, MessageId},
    permission::Permission,
};
use uuid::Uuid;

pub use entry::entry;
pub(super) use entry::one as one_entry;
use keys::{Key, Thread, just_before};
pub use message::message;
pub(super) use message::one;

use super::list;
use crate::{Actor, Core, Failure, Tx};

/// Things in a page.
#[expect(clippy::cast_possible_truncation, reason = "fifty")]
const PAGE: usize = THREAD_PAGE as usize;
/// Things shown before the first unread message, so that it is not read out of context.
const CONTEXT: usize = 10;
/// Unread messages among which the first is looked for: they are counted in the order they arrived, which differs from
/// the order of the thread only for the few that came late.
const LATE: i64 = 50;

/// A page of a thread: messages and entries together, at most [`THREAD_PAGE`]. Needs `conversations.view_all`; without
/// `notes.view` the notes are left out.
///
/// # Errors
/// [`Failure::NotFound`], also when the page is to be around a message of another conversation.
pub async fn thread(
    core: &Core,
    actor: &Actor,
    conversation: ConversationId,
    place: ThreadPlace,
) -> Result<ThreadPage, Failure> {
    actor.require(Permission::ConversationsViewAll)?;
    let mut tx = actor.begin(core).await?;
    let view = list::one(&mut tx, actor, conversation).await?;
    let thread =
        Thread { conversation: conversation.into(), with_notes: actor.permissions.allows(Permission::NotesView) };
    // Whoever reads on knows it.
    let opens = !matches!(place, ThreadPlace::Before(_) | ThreadPlace::After(_));
    let unread = if opens && view.unread > 0 { first_unread(&mut tx, conversation).await? } else { None };
    let window = match (place, unread) {
        (ThreadPlace::Newest, _) | (ThreadPlace::Unread, None) => newest(&mut tx, thread).await?,
        (ThreadPlace::Unread, Some(first)) => midst(&mut tx, thread, first, CONTEXT).await?,
        (ThreadPlace::Before(cursor), _) => before(&mut tx, thread, cursor).await?,
        (ThreadPlace::After(cursor), _) => after(&mut tx, thread, cursor).await?,
        (ThreadPlace::Around(message), _) => {
            let its = place_of(&mut tx, conversation, message).await?;
            midst(&mut tx, thread, its, PAGE / 2).await?
        }
    };
    let Window { keys, earlier, later } = window;
    let cursor = |key: Option<&Key>, there: bool| key.filter(|_| there).map(|key| key.place);
    let (earlier, later) = (cursor(keys.first(), earlier), cursor(keys.last(), later));
    let ids = |entries: bool| -> Vec<Uuid> {
        keys.iter().filter(|key| key.is_entry == entries).map(|key| key.place.id).collect()
    };
    let messages = message::all(&mut tx, &ids(false)).await?;
    let entries = entry::all(&mut tx, &ids(true)).await?;
    tx.commit().await?;
    Ok(ThreadPage {
        conversation: view,
        messages,
        entries,
        earlier,
        later,
        first_unread: unread.map(|at| at.id.into()),
    })
}

/// The keys of a page, oldest first, and whether there is more on either side.
struct Window {
    keys: Vec<Key>,
    earlier: bool,
    later: bool,
}

async fn newest(tx: &mut Tx, thread: Thread) -> Result<Window, Failure> {
    let (keys, earlier) = keys::backwards(tx, thread, keys::end(), PAGE).await?;
    Ok(Window { keys, earlier, later: false })
}

async fn before(tx: &mut Tx, thread: Thread, cursor: ThreadCursor) -> Result<Window, Failure> {
    let (keys, earlier) = keys::backwards(tx, thread, cursor, PAGE).await?;
    // Whoever asks for what comes before a thing knows that thing.
    Ok(Window { keys, earlier, later: true })
}

async fn after(tx: &mut Tx, thread: Thread, cursor: ThreadCursor) -> Result<Window, Failure> {
    let (keys, later) = keys::forwards(tx, thread, cursor, PAGE).await?;
    Ok(Window { keys, earlier: true, later })
}

/// The page with this place in it and `context` things before it; the newest page when that has them, too.
async fn midst(tx: &mut Tx, thread: Thread, place: ThreadCursor, context: usize) -> Result<Window, Failure> {
    let (from, later) = keys::forwards(tx, thread, just_before(place), PAGE - context).await?;
    if !later {
        return newest(tx, thread).await;
    }
    let (mut keys, earlier) = keys::backwards(tx, thread, place, context).await?;
    keys.extend(from);
    Ok(Window { keys, earlier, later })
}

/// Where the first message of the customer is that nobody has looked at.
async fn first_unread(tx: &mut Tx, conversation: ConversationId) -> Result<Option<ThreadCursor>, Failure> {
    let workspace = tx.workspace();
    // Served by messages_arrived.
    let row = sqlx::query!(
        r#"SELECT at AS "at!: jiff_sqlx::Timestamp", id AS "id!" FROM (
               SELECT at, id FROM messages
               WHERE workspace_id = $1 AND conversation_id = $2 AND direction = 'in'
                 AND arrival > (SELECT read_through FROM conversations WHERE workspace_id = $1 AND id = $2)
               ORDER BY arrival LIMIT $3
           ) unread ORDER BY at, id LIMIT 1"#,
        workspace,
        Uuid::from(conversation),
        LATE
    )
    .fetch_optional(tx.sql())
    .await?;
    Ok(row.map(|row| ThreadCursor { at: row.at.to_jiff(), id: row.id }))
}

/// Where a message of this conversation stands.
async fn place_of(tx: &mut Tx, conversation: ConversationId, message: MessageId) -> Result<ThreadCursor, Failure> {
    let workspace = tx.workspace();
    let at = sqlx::query_scalar!(
        r#"SELECT at AS "at: jiff_sqlx::Timestamp" FROM messages WHERE workspace_id = $1 AND id = $2 AND conversation_id = $3"#,
        workspace,
        Uuid::from(message),
        Uuid::from(conversation)
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(Failure::NotFound)?;
    Ok(ThreadCursor { at: at.to_jiff(), id: message.into() })
}
