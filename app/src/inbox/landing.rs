//! Where a thread is opened: at the message the address names, or where the reader left it, for as long as the tab lives.

use std::collections::HashMap;

use charla_shared::id::{ConversationId, MessageId};
use leptos::prelude::*;

/// A place in a thread.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KeptPlace {
    /// The first message in sight.
    pub message: MessageId,
    /// How far below the top of the thread it was, in pixels.
    pub offset: f64,
}

/// Where threads are opened. Known to everything below the inbox page.
#[derive(Debug, Clone, Copy)]
pub struct Landing {
    /// The message the address leads to, in the conversation on screen.
    pub message: Memo<Option<MessageId>>,
    /// The places by conversation. At the end of a thread there is none to keep.
    left: StoredValue<HashMap<ConversationId, KeptPlace>>,
}

impl Landing {
    /// For the page: no thread was left yet.
    pub fn provide(message: Memo<Option<MessageId>>) -> Self {
        let landing = Self { message, left: StoredValue::default() };
        provide_context(landing);
        landing
    }

    /// The page's.
    #[must_use]
    pub fn of_page() -> Self {
        expect_context()
    }

    /// Where the reader left a thread.
    #[must_use]
    pub fn left(self, conversation: ConversationId) -> Option<KeptPlace> {
        self.left.try_with_value(|places| places.get(&conversation).copied()).flatten()
    }

    /// Keeps a place, or that there is none.
    pub fn keep(self, conversation: ConversationId, place: Option<KeptPlace>) {
        let _ = self.left.try_update_value(|places| match place {
            Some(place) => places.insert(conversation, place),
            None => places.remove(&conversation),
        });
    }
}
