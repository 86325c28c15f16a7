//! Template messages (meta-api.md §2).

use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{Value, json};

use super::message::{Location, Media};

/// A value for a placeholder.
#[derive(Debug, Clone, PartialEq)]
pub enum Parameter {
    /// Words, by position or by name.
    Text {
        /// The placeholder's name, in templates with named ones.
        name: Option<String>,
        /// The words.
        text: String,
    },
    /// An amount of money.
    Currency {
        /// What is shown if it cannot be formatted.
        fallback: String,
        /// ISO 4217.
        code: String,
        /// Thousandths.
        amount_1000: i64,
    },
    /// A date; WhatsApp shows the fallback.
    DateTime {
        /// What is shown.
        fallback: String,
    },
    /// A picture in the header.
    Image(Media),
    /// A film in the header.
    Video(Media),
    /// A document in the header.
    Document(Media),
    /// A place in the header.
    Location(Location),
    /// What a quick reply sends back.
    Payload(String),
    /// A code to be copied.
    CouponCode(String),
    /// A kind that has no form of its own here, in Meta's words.
    Other(Value),
}

impl Serialize for Parameter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = match self {
            Self::Text { name: None, text } => json!({ "type": "text", "text": text }),
            Self::Text { name: Some(name), text } => json!({ "type": "text", "parameter_name": name, "text": text }),
            Self::Currency { fallback, code, amount_1000 } => {
                json!({ "type": "currency", "currency": { "fallback_value": fallback, "code": code, "amount_1000": amount_1000 } })
            }
            Self::DateTime { fallback } => json!({ "type": "date_time", "date_time": { "fallback_value": fallback } }),
            Self::Image(m) => json!({ "type": "image", "image": m }),
            Self::Video(m) => json!({ "type": "video", "video": m }),
            Self::Document(m) => json!({ "type": "document", "document": m }),
            Self::Location(l) => json!({ "type": "location", "location": l }),
            Self::Payload(payload) => json!({ "type": "payload", "payload": payload }),
            Self::CouponCode(code) => json!({ "type": "coupon_code", "coupon_code": code }),
            Self::Other(value) => value.clone(),
        };
        value.serialize(serializer)
    }
}

/// A part of the template that needs values. Parts without placeholders are left out.
#[derive(Debug, Clone, PartialEq)]
pub enum Component {
    /// The header.
    Header(Vec<Parameter>),
    /// The body.
    Body(Vec<Parameter>),
    /// A button.
    Button {
        /// Its place among the template's buttons, from zero.
        index: u8,
        /// `quick_reply`, `url`, `copy_code`, `flow`, `catalog`, `mpm`, `voice_call`.
        sub_type: String,
        /// Its values.
        parameters: Vec<Parameter>,
    },
    /// The cards, each with its components.
    Carousel(Vec<Vec<Self>>),
    /// When an offer ends, in milliseconds since 1970.
    LimitedTimeOffer {
        /// The end.
        expiration_time_ms: i64,
    },
}

impl Serialize for Component {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::Header(parameters) => {
                map.serialize_entry("type", "header")?;
                map.serialize_entry("parameters", parameters)?;
            }
            Self::Body(parameters) => {
                map.serialize_entry("type", "body")?;
                map.serialize_entry("parameters", parameters)?;
            }
            Self::Button { index, sub_type, parameters } => {
                map.serialize_entry("type", "button")?;
                map.serialize_entry("sub_type", sub_type)?;
                map.serialize_entry("index", &index.to_string())?;
                map.serialize_entry("parameters", parameters)?;
            }
            Self::Carousel(cards) => {
                map.serialize_entry("type", "carousel")?;
                let cards: Vec<_> = cards
                    .iter()
                    .enumerate()
                    .map(|(index, components)| json!({ "card_index": index, "components": components }))
                    .collect();
                map.serialize_entry("cards", &cards)?;
            }
            Self::LimitedTimeOffer { expiration_time_ms } => {
                map.serialize_entry("type", "limited_time_offer")?;
                let offer = json!({ "type": "limited_time_offer", "limited_time_offer": { "expiration_time_ms": expiration_time_ms } });
                map.serialize_entry("parameters", &[offer])?;
            }
        }
        map.end()
    }
}

/// A template message.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// The template's name.
    pub name: String,
    /// Its language, `en_US`.
    pub language: String,
    /// The parts that need values, in the template's order.
    pub components: Vec<Component>,
}

impl Template {
    /// The values of an authentication template: the code stands in the body and in its button (§2.3).
    #[must_use]
    pub fn one_time_code(name: &str, language: &str, code: &str) -> Self {
        let text = |text: &str| vec![Parameter::Text { name: None, text: text.to_owned() }];
        Self {
            name: name.to_owned(),
            language: language.to_owned(),
            components: vec![
                Component::Body(text(code)),
                Component::Button { index: 0, sub_type: "url".to_owned(), parameters: text(code) },
            ],
        }
    }
}

impl Serialize for Template {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry("language", &json!({ "code": self.language }))?;
        if !self.components.is_empty() {
            map.serialize_entry("components", &self.components)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_one_time_code_stands_in_body_and_button() {
        let template = serde_json::to_value(Template::one_time_code("otp_v1", "en_US", "J4829")).expect("serialises");
        assert_eq!(
            template,
            json!({ "name": "otp_v1", "language": { "code": "en_US" }, "components": [
                { "type": "body", "parameters": [{ "type": "text", "text": "J4829" }] },
                { "type": "button", "sub_type": "url", "index": "0", "parameters": [{ "type": "text", "text": "J4829" }] } ] })
        );
    }
}
