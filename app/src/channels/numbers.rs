//! The numbers on screen, and how they stay true: loaded anew after each change, and when somebody else changes one.

use std::time::Duration;

use charla_shared::{
    channel::ChannelView,
    event::{Happening, ServerFrame},
    id::{ChannelId, WorkspaceId},
};
use leptos::{prelude::*, task::spawn_local};

use super::api;
use crate::frame::use_line;

/// Many changes at once are one look.
const GATHER: Duration = Duration::from_millis(150);

/// The numbers. Rows keep their place in the page while what is in them changes, so that nobody loses the field they are in.
#[derive(Debug, Clone, Copy)]
pub struct Numbers {
    /// Of which workspace.
    pub workspace: WorkspaceId,
    /// Oldest first.
    pub list: RwSignal<Vec<ChannelView>>,
}

impl Numbers {
    /// Those that came with the page. In the browser it listens from then on.
    pub fn new(workspace: WorkspaceId, list: Vec<ChannelView>) -> Self {
        let numbers = Self { workspace, list: RwSignal::new(list) };
        numbers.listen();
        numbers
    }

    /// Loads them anew. When that fails the page stays as it is: it was right a moment ago, and the next change tries again.
    pub async fn refresh(self) {
        if let Ok(list) = api::list(self.workspace).await {
            let _ = self.list.try_set(list);
        }
    }

    /// One of them sends now, or does so no more.
    pub fn set_active(self, id: ChannelId, active: bool) {
        let _ = self.list.try_update(|list| {
            for channel in list.iter_mut().filter(|channel| channel.id == id) {
                channel.active = active;
            }
        });
    }

    /// One of them.
    pub fn one(self, id: ChannelId) -> Memo<Option<ChannelView>> {
        Memo::new(move |_| self.list.with(|list| list.iter().find(|channel| channel.id == id).cloned()))
    }

    fn listen(self) {
        let waiting = StoredValue::new(false);
        let look = move || {
            if waiting.try_get_value() != Some(false) {
                return;
            }
            waiting.set_value(true);
            set_timeout(
                move || {
                    if waiting.try_set_value(false).is_none() {
                        spawn_local(self.refresh());
                    }
                },
                GATHER,
            );
        };
        use_line().hear(move |frame| match frame {
            ServerFrame::Event(event) if event.happening == Happening::ChannelChanged => look(),
            ServerFrame::Events { events } if events.iter().any(|e| e.happening == Happening::ChannelChanged) => look(),
            // Another role may see more of each, or less.
            ServerFrame::Reload { .. } | ServerFrame::Rights => look(),
            _ => {}
        });
        // What changed after the page was made and before it was heard.
        Effect::new(move |_| look());
    }
}
