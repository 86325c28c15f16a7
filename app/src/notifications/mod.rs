//! Notifications of this device (row C11): that a customer wrote while nobody looked, on whichever page of the workspace. The
//! page hears of it anyway; this decides whether the viewer is told, joins what comes at once, ten conversations at most,
//! into one word and one sound, and leaves it to one tab of several.

mod panel;
mod settings;
mod show;
mod sound;
mod told;

use std::{collections::BTreeMap, time::Duration};

use charla_shared::{
    conversation::ConversationView,
    event::{Happening, ServerFrame},
    id::{ConversationId, MessageId, UserId, WorkspaceId},
    list::ListQuery,
    message::Direction,
};
use futures::future::join_all;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};

use crate::{
    frame::use_my_id,
    i18n::{Arg, t, t_with},
    inbox::{address, shelf::Shelf},
};
pub use panel::NotificationPanel;
use settings::{Settings, Which};

/// What comes within this time is told together. A tab that has the conversation on screen says so sooner.
const TOGETHER: Duration = Duration::from_millis(600);

/// Conversations with a new message, and the newest one of each.
pub type Noted = BTreeMap<ConversationId, MessageId>;

/// Tells the viewer of customers' messages. Lives as long as the frame; cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Notifier {
    workspace: Memo<Option<WorkspaceId>>,
    /// The conversation on screen, if one is.
    chosen: Memo<Option<ConversationId>>,
    me: RwSignal<Option<UserId>>,
    /// Where the viewer wants to go.
    leads: RwSignal<Option<ConversationId>>,
    /// What is new and whose row is on its way.
    noted: StoredValue<Noted>,
    /// What will be told together.
    waiting: StoredValue<BTreeMap<ConversationId, (ConversationView, MessageId)>>,
}

impl Notifier {
    /// One for the pages of a workspace; within the frame.
    pub fn new(workspace: Memo<Option<WorkspaceId>>) -> Self {
        let path = use_location().pathname;
        let leads = RwSignal::new(None);
        let (navigate, here) = (use_navigate(), address::here());
        Effect::new(move |_| {
            if let (Some(workspace), Some(id)) = (workspace.get_untracked(), leads.get()) {
                let to = here.keeping(&address::inbox(workspace, Some(id), ListQuery::default()));
                navigate(&to, NavigateOptions::default());
            }
        });
        Self {
            workspace,
            chosen: Memo::new(move |_| path.with(|path| address::conversation_in(path))),
            me: use_my_id(),
            leads,
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
        if let Happening::MessageCreated { conversation, message } = happening {
            let noted = Noted::from([(*conversation, *message)]);
            self.take_back(noted);
        }
    }

    /// Takes the conversations with a new message, for whoever now asks for their rows: what is noted from here on belongs to
    /// rows that are asked for later.
    pub fn take(self) -> Noted {
        self.noted.try_update_value(std::mem::take).unwrap_or_default()
    }

    /// Takes back those whose rows could not be fetched and will be asked for again.
    pub fn take_back(self, untold: Noted) {
        let _ = self.noted.try_update_value(|noted| {
            for (conversation, message) in untold {
                let newest = noted.entry(conversation).or_insert(message);
                *newest = message.max(*newest);
            }
        });
    }

    /// The row of a conversation with a new message came; told if that is of the customer.
    pub fn tell(self, row: &ConversationView, message: MessageId) {
        if row.preview.direction != Direction::In {
            return;
        }
        if self.is_looked_at(row.id) {
            if let Some(shelf) = self.shelf() {
                let conversation = row.id;
                spawn_local(async move { _ = told::claim(shelf, conversation, message).await });
            }
            return;
        }
        let assignee = row.assignee.as_ref().map(|member| member.id);
        let me = self.me.try_get_untracked().flatten();
        if row.unread == 0 || !Settings::read().which.concerns(assignee, me) {
            return;
        }
        let first = self.waiting.try_update_value(|waiting| {
            let first = waiting.is_empty();
            waiting.insert(row.id, (row.clone(), message));
            first
        });
        if first == Some(true) {
            set_timeout(move || spawn_local(self.tell_together()), TOGETHER);
        }
    }

    fn is_looked_at(self, conversation: ConversationId) -> bool {
        !document().hidden() && self.chosen.try_get_untracked().flatten() == Some(conversation)
    }

    /// Where all tabs of the viewer keep what was told.
    fn shelf(self) -> Option<Shelf> {
        let (user, workspace) = (self.me.try_get_untracked().flatten()?, self.workspace.try_get_untracked().flatten()?);
        Some(Shelf { user, workspace })
    }

    async fn tell_together(self) {
        let Some(waiting) = self.waiting.try_update_value(std::mem::take) else { return };
        let shelf = self.shelf();
        let claims = waiting.into_values().map(|(row, message)| async move {
            let is_ours = match shelf {
                Some(shelf) => told::claim(shelf, row.id, message).await,
                None => true,
            };
            is_ours.then_some(row)
        });
        let ours: Vec<_> = join_all(claims).await.into_iter().flatten().collect();
        self.show(&ours);
    }

    fn show(self, ours: &[ConversationView]) {
        let Some(newest) = ours.iter().max_by_key(|row| row.last_message_at) else { return };
        let settings = Settings::read();
        if settings.sound {
            sound::play();
        }
        if settings.desktop {
            let (id, leads) = (newest.id, self.leads);
            let (title, text) = words(newest, ours.len());
            show::show(&title, &text, &newest.id.to_string(), move || _ = leads.try_set(Some(id)));
        }
    }
}

/// Whether the viewer wants to be told of anything on this device. For the browser.
pub fn is_wanted() -> bool {
    let settings = Settings::read();
    (settings.desktop || settings.sound) && settings.which != Which::None
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
