//! Whether a message is well formed (Meta, "Messages API"; meta-api sections 1.1 to 1.5). Nothing here looks at the world:
//! the same body always gets the same answer.

use serde_json::Value;

use super::{GraphError, field::Object, interactive, params::Params, template};
use crate::phone::Digits;

/// The longest `biz_opaque_callback_data`, in bytes.
const LONGEST_CALLBACK_DATA: usize = 512;
const LONGEST_CAPTION: usize = 1024;
const ANY: usize = usize::MAX;

/// Whom a message is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Recipient {
    Phone(Digits),
    /// A business-scoped user id.
    User(String),
}

/// A message that may be accepted.
#[derive(Clone, Debug)]
pub(crate) struct Outgoing {
    pub(crate) recipient: Recipient,
    /// The recipient as it was written, for the answer.
    pub(crate) input: String,
    pub(crate) kind: String,
    /// What the phone shows.
    pub(crate) text: String,
    pub(crate) reply_to: Option<String>,
    /// The message that a reaction is for.
    pub(crate) reacts_to: Option<String>,
    pub(crate) callback_data: Option<String>,
    /// Meta's pricing category.
    pub(crate) category: &'static str,
    /// Templates may be sent outside the 24-hour window.
    pub(crate) opens_conversations: bool,
    /// The id of its file.
    pub(crate) media: Option<String>,
}

/// `messaging_product`, which every request of this API carries.
pub(super) fn product(params: &Params) -> Result<(), GraphError> {
    match params.get("messaging_product") {
        None => Err(GraphError::param("The parameter messaging_product is required.")),
        Some(Value::String(product)) if product.eq_ignore_ascii_case("whatsapp") => Ok(()),
        Some(other) => {
            Err(GraphError::param(format!("Param messaging_product must be one of {{WHATSAPP}} - got {other}.")))
        }
    }
}

pub(super) fn message(params: &Params) -> Result<Outgoing, GraphError> {
    let (recipient, input) = recipient(params)?;
    let callback_data = match params.get("biz_opaque_callback_data") {
        None => None,
        Some(Value::String(data)) if data.len() <= LONGEST_CALLBACK_DATA => Some(data.clone()),
        Some(_) => {
            let reason = "Param biz_opaque_callback_data must be a string of at most 512 bytes.";
            return Err(GraphError::param(reason));
        }
    };
    let kind = match params.get("type") {
        None => "text",
        Some(Value::String(kind)) => kind,
        Some(_) => return Err(GraphError::param("Param type must be a string.")),
    };
    let reply_to = match params.get("context") {
        None => None,
        Some(_) if kind == "reaction" => {
            return Err(GraphError::value("Parameter 'context' is not allowed for type 'reaction'"));
        }
        Some(context) => Some(Object::param(context, "context")?.text("message_id", 1..=256)?.to_owned()),
    };
    let content = params.get(kind);
    let content =
        || content.ok_or_else(|| GraphError::missing(format!("Parameter '{kind}' is mandatory for type '{kind}'")));
    let (mut category, mut opens_conversations, mut reacts_to) = ("service", false, None);
    let text = match kind {
        "text" => {
            let text = Object::param(content()?, "text")?;
            if text.get("preview_url").is_some_and(|preview| !is_boolean(preview)) {
                return Err(text.refuse("preview_url", "must be a boolean."));
            }
            let body = text.text("body", 1..=4096)?;
            if body.trim().is_empty() {
                return Err(text.refuse("body", "must not be empty."));
            }
            body.to_owned()
        }
        "image" => media(content()?, "image", "Photo")?,
        "video" => media(content()?, "video", "Video")?,
        "audio" => media(content()?, "audio", "Audio")?,
        "document" => media(content()?, "document", "Document")?,
        "sticker" => media(content()?, "sticker", "Sticker")?,
        "location" => location(content()?)?,
        "contacts" => contacts(content()?)?,
        "reaction" => {
            let reaction = Object::param(content()?, "reaction")?;
            reacts_to = Some(reaction.text("message_id", 1..=256)?.to_owned());
            let emoji = reaction.text("emoji", 0..=32)?;
            if emoji.is_empty() { "Reaction removed".to_owned() } else { format!("Reaction {emoji}") }
        }
        "interactive" => interactive::check(content()?)?,
        "template" => {
            let template = template::check(content()?)?;
            (category, opens_conversations) = (template.category, true);
            template.body.to_owned()
        }
        "pin" => return Err(GraphError::value("Messages of type 'pin' can only be sent to groups.")),
        other => return Err(GraphError::unsupported_type(other)),
    };
    let media = match kind {
        "image" | "video" | "audio" | "document" | "sticker" => content()?.get("id").and_then(Value::as_str),
        _ => None,
    };
    let (kind, media) = (kind.to_owned(), media.map(str::to_owned));
    Ok(Outgoing {
        recipient,
        input,
        kind,
        text,
        reply_to,
        reacts_to,
        callback_data,
        category,
        opens_conversations,
        media,
    })
}

/// `to`, or else `recipient`; `to` wins when both are there.
fn recipient(params: &Params) -> Result<(Recipient, String), GraphError> {
    match params.get("recipient_type") {
        None => {}
        Some(Value::String(kind)) if kind.eq_ignore_ascii_case("individual") => {}
        Some(Value::String(kind)) if kind.eq_ignore_ascii_case("group") => return Err(GraphError::no_such_group()),
        Some(other) => {
            let reason = format!("Param recipient_type must be one of {{INDIVIDUAL, GROUP}} - got {other}.");
            return Err(GraphError::param(reason));
        }
    }
    if let Some(to) = params.get("to") {
        let input = match to {
            Value::String(to) => to.clone(),
            Value::Number(to) => to.to_string(),
            _ => return Err(GraphError::param("Param to must be a string.")),
        };
        let phone = Digits::parse(&input).map_err(|_| GraphError::value("Please check the phone number"))?;
        return Ok((Recipient::Phone(phone), input));
    }
    let Some(user) = params.get("recipient") else {
        return Err(GraphError::missing("Parameter 'to' or 'recipient' is mandatory."));
    };
    let user = user.as_str().ok_or_else(|| GraphError::param("Param recipient must be a string."))?;
    let is_user_id = user.split_once('.').is_some_and(|(country, rest)| {
        country.len() == 2
            && country.bytes().all(|b| b.is_ascii_uppercase())
            && (1..=132).contains(&rest.len())
            && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.')
    });
    if !is_user_id {
        return Err(GraphError::value("Please check the business-scoped user ID"));
    }
    Ok((Recipient::User(user.to_owned()), user.to_owned()))
}

/// `true` and `false`, also as a form has them.
fn is_boolean(value: &Value) -> bool {
    value.is_boolean() || matches!(value.as_str(), Some("true" | "false"))
}

/// A file by id or by link. Whether an id is good shows later, as it does at Meta; links are not fetched.
fn media(content: &Value, kind: &str, shown: &str) -> Result<String, GraphError> {
    let media = Object::param(content, kind)?;
    let caption = match kind {
        "image" | "video" | "document" => media.optional_text("caption", 0..=LONGEST_CAPTION)?,
        _ if media.get("caption").is_some() => return Err(media.refuse("caption", "is not supported for this type.")),
        _ => None,
    };
    source(&media)?;
    let filename = media.optional_text("filename", 0..=ANY)?;
    let parts = [Some(shown), filename, caption];
    Ok(parts.into_iter().flatten().collect::<Vec<_>>().join(": "))
}

/// Exactly one of `id` and `link`.
pub(super) fn source(media: &Object<'_>) -> Result<(), GraphError> {
    match (media.optional_text("id", 1..=ANY)?, media.optional_text("link", 1..=2048)?) {
        (Some(_), None) => Ok(()),
        (None, Some(link)) if link.starts_with("https://") || link.starts_with("http://") => Ok(()),
        (None, Some(_)) => Err(media.refuse("link", "is not a valid URI.")),
        (None, None) => Err(media.refuse_whole("must have one of the fields id and link.")),
        (Some(_), Some(_)) => Err(media.refuse_whole("must have only one of the fields id and link.")),
    }
}

fn location(content: &Value) -> Result<String, GraphError> {
    let location = Object::param(content, "location")?;
    for (key, limit) in [("latitude", 90.0), ("longitude", 180.0)] {
        let value = location.required(key)?;
        let number = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok());
        if !number.is_some_and(|number: f64| number.abs() <= limit) {
            return Err(location.refuse(key, &format!("must be a number between -{limit} and {limit}.")));
        }
    }
    let name = location.optional_text("name", 0..=1000)?;
    let address = location.optional_text("address", 0..=1000)?;
    Ok([Some("Location"), name, address].into_iter().flatten().collect::<Vec<_>>().join(": "))
}

fn contacts(content: &Value) -> Result<String, GraphError> {
    let whole = serde_json::json!({ "contacts": content });
    let whole = Object::param(&whole, "message")?;
    let mut names = Vec::new();
    for contact in whole.list("contacts", 1..=257)? {
        let name = contact.object("name")?;
        names.push(name.text("formatted_name", 1..=ANY)?.to_owned());
        let others = ["first_name", "last_name", "middle_name", "prefix", "suffix"];
        if !others.iter().any(|part| name.get(part).is_some()) {
            return Err(name.refuse_whole("must have at least one part besides formatted_name."));
        }
    }
    Ok(format!("Contact: {}", names.join(", ")))
}
