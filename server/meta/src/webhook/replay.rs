//! An update in one line, for `charla replay`.

use jiff::Timestamp;
use serde::Serialize;

use super::update::{Update, UpdateBody};

/// The line. What an update does not have is null.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReplayLine {
    /// The file it was read from.
    pub file: String,
    /// What it is about ([`super::Kind::as_str`]).
    pub kind: String,
    /// Meta's id of the receiving number, page or account.
    pub channel: Option<String>,
    /// The person on the other end: the sender of a message, the recipient of a status or an echo. A phone number
    /// (digits), else a user id, else a page- or Instagram-scoped id.
    pub from: Option<String>,
    /// Meta's id of the message, call, comment, group or template.
    pub id: Option<String>,
    /// When, by Meta's clock, in UTC.
    pub at: Option<Timestamp>,
    /// The words a person would read.
    pub text: Option<String>,
    /// Meta's word for what happened to it: of a status, a call, a group, a template, a number, an account.
    pub status: Option<String>,
}

impl Update {
    /// The update in one line.
    #[must_use]
    pub fn line(&self, file: &str) -> ReplayLine {
        let mut line = ReplayLine {
            file: file.to_owned(),
            kind: self.kind.as_str().to_owned(),
            channel: self.channel.clone(),
            from: None,
            id: None,
            at: self.at,
            text: None,
            status: None,
        };
        match &self.body {
            UpdateBody::Message(message) => {
                line.from = message.sender.id().map(str::to_owned);
                line.id = Some(message.id.clone());
                line.text = message.text().map(str::to_owned);
            }
            UpdateBody::Echo(echo) => {
                line.from = echo.message.sender.id().map(str::to_owned);
                line.id = Some(echo.message.id.clone());
                line.text = echo.message.text().map(str::to_owned);
            }
            UpdateBody::Status(status) => {
                line.from = status.recipient.clone().or_else(|| status.recipient_user_id.clone());
                line.id = Some(status.message_id.clone());
                line.status = Some(status.status.as_str().to_owned());
            }
            UpdateBody::Error(error) => line.status = Some(error.code.to_string()),
            UpdateBody::Call(call) => {
                line.from.clone_from(&call.person);
                line.id.clone_from(&call.id);
                line.status.clone_from(&call.event);
            }
            UpdateBody::Group(group) => {
                line.id.clone_from(&group.group_id);
                line.status.clone_from(&group.event);
            }
            UpdateBody::UserPreference(preference) => {
                line.from = preference.phone.clone().or_else(|| preference.user_id.clone());
                line.status.clone_from(&preference.value);
            }
            UpdateBody::Template(template) => {
                line.id.clone_from(&template.id);
                line.status = template
                    .event
                    .clone()
                    .or_else(|| template.new_quality.clone())
                    .or_else(|| template.new_category.clone());
            }
            UpdateBody::Phone(phone) => line.status.clone_from(&phone.event),
            UpdateBody::Account(account) => line.status.clone_from(&account.event),
            UpdateBody::Page(event) => {
                line.from.clone_from(&event.person);
                line.id.clone_from(&event.id);
                line.text.clone_from(&event.text);
            }
            UpdateBody::History(_) | UpdateBody::Other | UpdateBody::Unreadable { .. } => {}
        }
        line
    }
}
