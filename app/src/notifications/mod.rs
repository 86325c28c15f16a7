//! Notifications of this device (row C11): that a customer wrote while nobody looked. The page hears of it anyway; this
//! decides whether the viewer is told, and joins what comes at once into one word and one sound.

mod panel;
mod settings;
mod show;
mod sound;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use charla_shared::{
    conversation::ConversationView,
    event::{Happening, ServerFrame},
    id::{ConversationId, UserId, WorkspaceId},
    list::ListQuery,
    message::Direction,
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use crate::{
    frame::use_my_id,
    i18n::{Arg, t, t_with},
    inbox::address,
};
pub use panel::NotificationPanel;
use settings::Settings;

/// What comes within this time is told together.
const TOGETHER: Duration = Duration::from_millis(600);

/// Opens a conversation on the page.
type Opener = StoredValue<Box<dyn Fn(ConversationId)>, LocalStorage>;

/// Tells the viewer of customers' messages. Lives as long as the page that hears of them; cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Notifier {
    chosen: Memo<Option<ConversationId>>,
    me: RwSignal<Option<UserId>>,
    open: Opener,
    /// Conversations with a new message whose row is on its way.
    noted: StoredValue<BTreeSet<ConversationId>>,
    /// What will be told together.
    waiting: StoredValue<BTreeMap<ConversationId, ConversationView>>,
}

impl Notifier {
    /// One for the inbox of a workspace; `chosen` is what is on screen. For the browser, within the page.
    pub fn new(workspace: WorkspaceId, chosen: Memo<Option<ConversationId>>) -> Self {
        let (navigate, here) = (use_navigate(), address::here());
        let open = move |id: ConversationId| {
            let to = here.keeping(&address::inbox(workspace, Some(id), ListQuery::default()));
            navigate(&to, NavigateOptions::default());
        };
        Self {
            chosen,
            me: use_my_id(),
            open: StoredValue::new_local(Box::new(open)),
            noted: StoredValue::default(),
            waiting: StoredValue::default(),
        }
    }

    /// Something happened.
    pub fn hear(self, frame: &ServerFrame) {
        match frame {
            ServerFrame::Event(event) => self.note(&event.happening),
            ServerFrame::Events { events } => events.iter().for_each(|event| self.note(&event.happening)),
            _ => {}
        }
    }

    fn note(self, happening: &Happening) {
        if let Happening::MessageCreated { conversation, .. } = happening {
            let _ = self.noted.try_update_value(|noted| noted.insert(*conversation));
        }
    }

    /// Takes the conversations with a new message, for whoever now asks for their rows: what is noted from here on belongs to
    /// rows that are asked for later.
    pub fn take(self) -> BTreeSet<ConversationId> {
        self.noted.try_update_value(std::mem::take).unwrap_or_default()
    }

    /// Takes back those whose rows could not be fetched and will be asked for again.
    pub fn take_back(self, untold: BTreeSet<ConversationId>) {
        let _ = self.noted.try_update_value(|noted| noted.extend(untold));
    }

    /// The row of a conversation with a new message came; told if that is of the customer.
    pub fn tell(self, row: &ConversationView) {
        let is_new = row.preview.direction == Direction::In && row.unread > 0;
        if !is_new || !self.concerns(row) {
            return;
        }
        let first = self.waiting.try_update_value(|waiting| {
            let first = waiting.is_empty();
            waiting.insert(row.id, row.clone());
            first
        });
        if first == Some(true) {
            set_timeout(move || self.tell_together(), TOGETHER);
        }
    }

    fn concerns(self, row: &ConversationView) -> bool {
        let looked_at = !document().hidden() && self.chosen.try_get_untracked().flatten() == Some(row.id);
        let assignee = row.assignee.as_ref().map(|member| member.id);
        !looked_at && Settings::read().which.concerns(assignee, self.me.try_get_untracked().flatten())
    }

    fn tell_together(self) {
        let Some(waiting) = self.waiting.try_update_value(std::mem::take) else { return };
        let Some(newest) = waiting.values().max_by_key(|row| row.last_message_at) else { return };
        let settings = Settings::read();
        if settings.sound {
            sound::play();
        }
        if settings.desktop {
            let (id, open) = (newest.id, self.open);
            let (title, text) = words(newest, waiting.len());
            let to_open = move || _ = open.try_with_value(|open| open(id));
            show::show(&title, &text, &newest.id.to_string(), to_open);
        }
    }
}

/// The words for some conversations: those of the newest, and how many others there are.
fn words(newest: &ConversationView, count: usize) -> (String, String) {
    let name = newest.contact.title().unwrap_or_else(|| t("inbox-nameless"));
    let others = u32::try_from(count.saturating_sub(1)).unwrap_or(u32::MAX);
    let title = match others {
        0 => name,
        others => t_with("notify-and-others", &[("name", Arg::from(name)), ("others", Arg::from(others))]),
    };
    let text = if newest.preview.text.is_empty() { t("notify-new-message") } else { newest.preview.text.clone() };
    (title, text)
}
