//! Flat updates about templates, numbers and accounts (§7). What decides something is read; everything stays in `raw`.

use serde_json::Value;

use super::json;

/// Something about a template (§7.1, §7.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateEvent {
    /// Meta's id of the template.
    pub id: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Its language, `en_US` (written `en-US` at times: normalised).
    pub language: Option<String>,
    /// APPROVED, REJECTED, PAUSED … (status updates).
    pub event: Option<String>,
    /// Why it was rejected.
    pub reason: Option<String>,
    /// GREEN, YELLOW, RED, UNKNOWN (quality updates).
    pub new_quality: Option<String>,
    /// Its category from now on (category updates).
    pub new_category: Option<String>,
}

/// Something about a number or an account (§7.2, §7.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneEvent {
    /// The number, digits only.
    pub display_phone_number: Option<String>,
    /// What happened: `event` or `decision` or `status` in Meta's words.
    pub event: Option<String>,
    /// The messaging limit, as a tier or a number.
    pub limit: Option<String>,
}

/// Something about the account as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountEvent {
    /// What happened, in Meta's words.
    pub event: Option<String>,
    /// The account it is about, where the entry's id is the business's.
    pub account: Option<String>,
}

/// A customer stopped or resumed marketing messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserPreference {
    /// Digits of the phone number.
    pub phone: Option<String>,
    /// User id.
    pub user_id: Option<String>,
    /// `marketing_messages`.
    pub category: Option<String>,
    /// `stop`, `resume`, `signup`.
    pub value: Option<String>,
}

impl TemplateEvent {
    pub(super) fn read(value: &Value) -> Self {
        let text = |name: &str| json::filled(&value[name]);
        Self {
            id: text("message_template_id"),
            name: text("message_template_name"),
            language: text("message_template_language").map(|language| language.replace('-', "_")),
            event: text("event"),
            reason: text("reason").filter(|reason| reason != "NONE"),
            new_quality: text("new_quality_score"),
            new_category: text("new_category"),
        }
    }
}

impl PhoneEvent {
    pub(super) fn read(value: &Value) -> Self {
        let text = |name: &str| json::filled(&value[name]);
        Self {
            display_phone_number: text("display_phone_number"),
            event: text("event").or_else(|| text("decision")).or_else(|| text("status")),
            limit: text("max_daily_conversations_per_business")
                .or_else(|| text("current_limit"))
                .or_else(|| text("max_daily_conversation_per_phone")),
        }
    }
}

impl AccountEvent {
    pub(super) fn read(value: &Value) -> Self {
        Self {
            event: [&value["event"], &value["decision"], &value["alert_info"]["alert_type"]]
                .into_iter()
                .find_map(json::filled),
            account: json::filled(&value["waba_info"]["waba_id"]),
        }
    }
}

impl UserPreference {
    pub(super) fn read(value: &Value) -> Self {
        let text = |name: &str| json::filled(&value[name]);
        Self { phone: text("wa_id"), user_id: text("user_id"), category: text("category"), value: text("value") }
    }
}
