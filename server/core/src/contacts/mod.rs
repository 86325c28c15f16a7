//! Contacts (rows D1–D3): who writes to us, what they are known by, and what members write about them.
//!
//! [`recognise`] is how a message finds its contact. Members read a contact's [`card`](mod@card), notes and
//! [`timeline`](mod@timeline), and change names, tags, fields and notes; each change is audited and told, so that every
//! open pane asks for what it shows anew. Numbers leave here masked for roles that may not see them.

mod card;
mod error;
mod fields;
mod identity;
mod list;
mod notes;
mod rename;
mod tags;
mod timeline;
mod values;

use charla_shared::{conversation::ContactView, event::Happening, id::ContactId, permission::Permission, phone::Phone};
use jiff::Timestamp;
use uuid::Uuid;

pub use card::card;
pub use error::ContactsError;
pub use fields::{change_field, create_field, delete_field, field_use, fields, move_field};
pub(crate) use identity::{Known, recognise};
pub use list::list;
pub(crate) use notes::sweep;
pub use notes::{delete_note, edit_note, notes, restore_note, write_note};
pub use rename::rename;
pub use tags::{change_tag, create_tag, delete_tag, set_tag, tag_use, tags};
pub use timeline::timeline;
pub use values::set_value;

use crate::{Actor, Failure, Tx, database::storable};

/// Tells the readers that something about a contact changed.
async fn tell(tx: &mut Tx, contact: ContactId) -> Result<(), Failure> {
    tx.tell(&Happening::ContactUpdated { contact }).await
}

/// Ends with [`Failure::NotFound`] unless there is such a contact. It is kept from other changes until the commit, and
/// not from messages that come in meanwhile.
async fn lock(tx: &mut Tx, contact: ContactId) -> Result<(), Failure> {
    let workspace = tx.workspace();
    sqlx::query_scalar!(
        "SELECT id FROM contacts WHERE workspace_id = $1 AND id = $2 FOR NO KEY UPDATE",
        workspace,
        Uuid::from(contact)
    )
    .fetch_optional(tx.sql())
    .await?
    .map(drop)
    .ok_or(Failure::NotFound)
}

/// Ends with [`Failure::NotFound`] unless there is such a contact.
async fn look_up(tx: &mut Tx, contact: ContactId) -> Result<(), Failure> {
    let workspace = tx.workspace();
    sqlx::query_scalar!("SELECT id FROM contacts WHERE workspace_id = $1 AND id = $2", workspace, Uuid::from(contact))
        .fetch_optional(tx.sql())
        .await?
        .map(drop)
        .ok_or(Failure::NotFound)
}

/// A number as this actor may see it. What is stored and is no number is hidden as a whole.
fn shown_phone(actor: &Actor, stored: &str) -> String {
    match (Phone::parse(stored), actor.permissions.allows(Permission::ContactsViewPhone)) {
        (Ok(phone), true) => phone.to_string(),
        (Ok(phone), false) => phone.masked(),
        (Err(_), true) => stored.to_owned(),
        (Err(_), false) => "•".repeat(stored.chars().count()),
    }
}

fn view(actor: &Actor, id: Uuid, name: String, username: Option<String>, phone: Option<&str>) -> ContactView {
    ContactView { id: id.into(), name, phone: phone.map(|phone| shown_phone(actor, phone)), username }
}

/// The end of time, for a page that begins with the newest.
fn end_of_time() -> Timestamp {
    storable(Timestamp::MAX)
}
