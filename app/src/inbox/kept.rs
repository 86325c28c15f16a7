//! Messages between Enter and the host's answer, as all tabs of the browser share them: a reload, a crash or an outage
//! loses no word. They keep their keys, so one that was stored after all is stored once.

use charla_shared::id::{ClientKey, ConversationId, UserId};
use serde::{Deserialize, Serialize};

use super::{
    bubbles::Pending,
    shelf::{self, Shelf},
};

/// The kind of thing on the shelf.
pub const KIND: &str = "outbox";

/// A message as the browser keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Where it goes.
    pub conversation: ConversationId,
    /// The message.
    pub pending: Pending,
}

/// Keeps a message. Says whether that worked.
pub fn write(shelf: Shelf, conversation: ConversationId, pending: &Pending) -> bool {
    shelf.put(KIND, &pending.key.to_string(), &Kept { conversation, pending: pending.clone() })
}

/// Forgets a message: it is stored by the host, or given up.
pub fn remove(shelf: Shelf, key: ClientKey) {
    shelf.remove(KIND, &key.to_string());
}

/// Whether anything of somebody's is under way, also what was refused: they may send it again.
#[must_use]
pub fn any(user: UserId) -> bool {
    shelf::has_any(KIND, user)
}

/// All that is kept, in no order.
#[must_use]
pub fn read(shelf: Shelf) -> Vec<Kept> {
    shelf.all(KIND).into_iter().map(|(_, kept)| kept).collect()
}
