//! From rows to what is shown.

use charla_meta::graph::lookup;
use charla_shared::{
    conversation::{ContactView, ConversationView, Preview, Status},
    entry::MemberName,
    message::{Author, Content, DeliveryState, Direction, MessageView, Quote},
    permission::Permission,
    phone::Phone,
    text,
};
use serde_json::Value;
use uuid::Uuid;

use crate::{Actor, Failure, channels::trouble};

/// A conversation with its contact and channel, as selected by the list and the thread.
pub(super) struct ConversationRow {
    pub id: Uuid,
    pub channel_id: Uuid,
    pub channel_label: String,
    pub channel_active: bool,
    pub contact_id: Uuid,
    pub contact_name: String,
    pub username: Option<String>,
    pub phone: Option<String>,
    pub unread: i32,
    pub arrived: i32,
    pub preview: Value,
    pub last_message_at: jiff_sqlx::Timestamp,
    pub last_inbound_at: Option<jiff_sqlx::Timestamp>,
    pub stopped_at: Option<jiff_sqlx::Timestamp>,
    pub stopped_code: Option<i64>,
    pub stopped_reason: Option<String>,
    pub status: String,
    pub snoozed_until: Option<jiff_sqlx::Timestamp>,
    pub waiting_since: Option<jiff_sqlx::Timestamp>,
    pub assignee_id: Option<Uuid>,
    pub assignee_name: Option<String>,
    pub labels: Vec<Uuid>,
}

impl ConversationRow {
    /// As this actor may see it: the phone number is masked without `contacts.view_phone`.
    pub(super) fn view(self, actor: &Actor) -> Result<ConversationView, Failure> {
        let full = actor.permissions.allows(Permission::ContactsViewPhone);
        let phone = self.phone.and_then(|p| Phone::parse(&p).ok());
        Ok(ConversationView {
            id: self.id.into(),
            contact: ContactView {
                id: self.contact_id.into(),
                name: self.contact_name,
                phone: phone.map(|phone| if full { phone.to_string() } else { phone.masked() }),
                username: self.username,
            },
            channel: self.channel_id.into(),
            channel_label: self.channel_label,
            channel_active: self.channel_active,
            channel_trouble: trouble(self.stopped_at, self.stopped_code, self.stopped_reason),
            unread: u32::try_from(self.unread).unwrap_or_default(),
            arrived: u32::try_from(self.arrived).ok(),
            preview: serde_json::from_value::<Preview>(self.preview)?,
            last_message_at: self.last_message_at.to_jiff(),
            last_inbound_at: self.last_inbound_at.map(jiff_sqlx::Timestamp::to_jiff),
            status: Status::from_name(&self.status)
                .ok_or_else(|| Failure::Corrupt(format!("conversation status {}", self.status)))?,
            snoozed_until: self.snoozed_until.map(jiff_sqlx::Timestamp::to_jiff),
            assignee: self
                .assignee_id
                .map(|id| MemberName { id: id.into(), name: self.assignee_name.unwrap_or_default() }),
            labels: self.labels.into_iter().map(Into::into).collect(),
            waiting_since: self.waiting_since.map(jiff_sqlx::Timestamp::to_jiff),
        })
    }
}

/// Characters of a quoted message that are shown.
const QUOTED: usize = 120;

/// A message with its author's name, and the message it answers to.
pub(super) struct MessageRow {
    pub id: Uuid,
    pub conversation_id: Uuid,
    pub client_key: Option<Uuid>,
    pub direction: String,
    pub author_kind: String,
    pub author_user_id: Option<Uuid>,
    pub author_name: Option<String>,
    pub content: Value,
    pub at: jiff_sqlx::Timestamp,
    pub state: Option<String>,
    pub failure: Option<String>,
    pub failure_code: Option<i64>,
    pub unknown_since: Option<jiff_sqlx::Timestamp>,
    pub resent_as: Option<Uuid>,
    /// Whether it answers to another message, known here or not.
    pub quotes: bool,
    pub quoted_id: Option<Uuid>,
    pub quoted_conversation_id: Option<Uuid>,
    pub quoted_author_kind: Option<String>,
    pub quoted_author_user_id: Option<Uuid>,
    pub quoted_author_name: Option<String>,
    pub quoted_content: Option<Value>,
}

impl MessageRow {
    pub(super) fn view(mut self) -> Result<MessageView, Failure> {
        let quote = self.quotes.then(|| self.quote()).transpose()?;
        let author = author(&self.author_kind, self.author_user_id, self.author_name);
        Ok(MessageView {
            id: self.id.into(),
            conversation: self.conversation_id.into(),
            client_key: self.client_key.map(Into::into),
            direction: if self.direction == "out" { Direction::Out } else { Direction::In },
            author,
            content: serde_json::from_value(self.content)?,
            at: self.at.to_jiff(),
            state: self.state.as_deref().map(state).transpose()?,
            failure: self.failure,
            failure_key: self.failure_code.and_then(lookup).map(|info| info.key.to_owned()),
            unknown_since: self.unknown_since.map(jiff_sqlx::Timestamp::to_jiff),
            resent_as: self.resent_as.map(Into::into),
            quote,
        })
    }

    /// What is quoted; only of its own conversation is anything shown.
    fn quote(&mut self) -> Result<Quote, Failure> {
        let own = self.quoted_conversation_id == Some(self.conversation_id);
        let (Some(id), Some(content)) = (self.quoted_id.filter(|_| own), self.quoted_content.take()) else {
            return Ok(Quote { message: None, author: None, content_type: String::new(), text: String::new() });
        };
        let content: Content = serde_json::from_value(content)?;
        let kind = self.quoted_author_kind.as_deref().unwrap_or_default();
        Ok(Quote {
            message: Some(id.into()),
            author: Some(author(kind, self.quoted_author_user_id, self.quoted_author_name.take())),
            content_type: content.type_name().to_owned(),
            text: text::shorten(&text::clean_line(content.words().unwrap_or_default()), QUOTED),
        })
    }
}

fn author(kind: &str, user: Option<Uuid>, name: Option<String>) -> Author {
    match (kind, user) {
        ("member", Some(id)) => Author::Member { id: id.into(), name: name.unwrap_or_default() },
        ("phone", _) => Author::Phone,
        _ => Author::Contact,
    }
}

/// A stored state.
pub(crate) fn state(name: &str) -> Result<DeliveryState, Failure> {
    DeliveryState::from_name(name).ok_or_else(|| Failure::Corrupt(format!("message state {name}")))
}
