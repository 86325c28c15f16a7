//! The failures that come later, by webhook (Meta, "Error codes"; status webhooks carry them in `errors`).

use serde_json::{Value, json};

use crate::message::Failure;

/// Meta's title of a code that comes as a `failed` status, and the sentence that goes with it.
fn explain(code: u32) -> (&'static str, &'static str) {
    match code {
        130_403 => ("User blocked by business", "Message failed to send because the business has blocked this user."),
        130_472 => (
            "User's number is part of an experiment",
            "Failed to send message because this user's phone number is part of an experiment",
        ),
        131_009 => ("Parameter value is not valid", "The message that was reacted to is not in this conversation."),
        131_026 => ("Message undeliverable", "Message Undeliverable."),
        131_042 => (
            "Business eligibility payment issue",
            "Message failed to send because there were one or more errors related to your payment method.",
        ),
        131_047 => (
            "Re-engagement message",
            "Message failed to send because more than 24 hours have passed since the customer last replied to this number.",
        ),
        131_049 => (
            "This message was not delivered to maintain healthy ecosystem engagement.",
            "In order to maintain a healthy ecosystem engagement, the message failed to be delivered.",
        ),
        131_050 => (
            "User has stopped marketing messages",
            "Unable to deliver the message. This recipient has chosen to stop receiving marketing messages on WhatsApp from your business",
        ),
        131_053 => ("Media upload error", "Media file could not be fetched or processed."),
        _ => ("Something went wrong", "Message failed to send due to an unknown error."),
    }
}

impl Failure {
    pub(crate) fn of(code: u32) -> Self {
        Self { code, title: explain(code).0.to_owned() }
    }

    /// An item of `statuses[].errors`.
    pub(crate) fn item(&self) -> Value {
        json!({
            "code": self.code,
            "title": self.title,
            "message": self.title,
            "error_data": { "details": explain(self.code).1 },
            "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
        })
    }
}
