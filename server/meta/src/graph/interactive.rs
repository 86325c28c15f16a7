//! Interactive messages (meta-api.md §1.5).

use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{Value, json};

use super::message::MediaSource;

/// What stands above the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Header {
    /// Words, at most 60 characters.
    Text(String),
    /// A picture.
    Image(MediaSource),
    /// A film.
    Video(MediaSource),
    /// A document.
    Document(MediaSource),
}

impl Serialize for Header {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (kind, object) = match self {
            Self::Text(text) => ("text", json!(text)),
            Self::Image(m) => ("image", json!(m)),
            Self::Video(m) => ("video", json!(m)),
            Self::Document(m) => ("document", json!(m)),
        };
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("type", kind)?;
        map.serialize_entry(kind, &object)?;
        map.end()
    }
}

/// A reply button: at most three of them, titles of at most 20 characters, all different.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Button {
    /// Comes back when it is tapped, at most 256 characters.
    pub id: String,
    /// What it says.
    pub title: String,
}

/// A row of a list: at most ten of them in all sections together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Comes back when it is chosen, at most 200 characters.
    pub id: String,
    /// At most 24 characters.
    pub title: String,
    /// At most 72 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// A section of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// At most 24 characters; needed when there is more than one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A section of products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductSection {
    /// At most 24 characters.
    pub title: String,
    /// The catalogue's ids of the products, at most 30 in all sections together.
    pub products: Vec<String>,
}

/// What can be done with the message.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// One to three reply buttons.
    Buttons(Vec<Button>),
    /// A list that a button opens.
    List {
        /// What the button says, at most 20 characters.
        button: String,
        /// One to ten.
        sections: Vec<Section>,
    },
    /// A button that opens an address.
    CtaUrl {
        /// What it says, at most 20 characters.
        display_text: String,
        /// The address.
        url: String,
    },
    /// Asks for the customer's place.
    LocationRequest,
    /// Opens a form; Meta's own parameters.
    Flow(Value),
    /// One product.
    Product {
        /// The catalogue.
        catalog_id: String,
        /// The catalogue's id of it.
        product_retailer_id: String,
    },
    /// Several products; needs a text header and a body.
    ProductList {
        /// The catalogue.
        catalog_id: String,
        /// One to ten.
        sections: Vec<ProductSection>,
    },
    /// The whole catalogue.
    Catalog {
        /// The product whose picture is shown.
        thumbnail: Option<String>,
    },
    /// Asks for the customer's contact data (2026).
    ContactRequest,
    /// Asks for the permission to call.
    CallPermission,
    /// A button that calls.
    VoiceCall {
        /// What it says.
        display_text: String,
    },
    /// A kind that has no form of its own here (carousel, address, payments), in Meta's words.
    Other {
        /// `interactive.type`.
        kind: String,
        /// `interactive.action`.
        action: Value,
    },
}

impl Action {
    fn parts(&self) -> (&str, Value) {
        match self {
            Self::Buttons(buttons) => {
                let buttons: Vec<_> = buttons.iter().map(|b| json!({ "type": "reply", "reply": b })).collect();
                ("button", json!({ "buttons": buttons }))
            }
            Self::List { button, sections } => ("list", json!({ "button": button, "sections": sections })),
            Self::CtaUrl { display_text, url } => {
                ("cta_url", json!({ "name": "cta_url", "parameters": { "display_text": display_text, "url": url } }))
            }
            Self::LocationRequest => ("location_request_message", json!({ "name": "send_location" })),
            Self::Flow(parameters) => ("flow", json!({ "name": "flow", "parameters": parameters })),
            Self::Product { catalog_id, product_retailer_id } => {
                ("product", json!({ "catalog_id": catalog_id, "product_retailer_id": product_retailer_id }))
            }
            Self::ProductList { catalog_id, sections } => {
                let item = |id: &String| json!({ "product_retailer_id": id });
                let sections: Vec<_> = sections
                    .iter()
                    .map(|s| json!({ "title": s.title, "product_items": s.products.iter().map(item).collect::<Vec<_>>() }))
                    .collect();
                ("product_list", json!({ "catalog_id": catalog_id, "sections": sections }))
            }
            Self::Catalog { thumbnail: None } => ("catalog_message", json!({ "name": "catalog_message" })),
            Self::Catalog { thumbnail: Some(id) } => (
                "catalog_message",
                json!({ "name": "catalog_message", "parameters": { "thumbnail_product_retailer_id": id } }),
            ),
            Self::ContactRequest => ("request_contact_info", json!({ "name": "request_contact_info" })),
            Self::CallPermission => ("call_permission_request", json!({ "name": "call_permission_request" })),
            Self::VoiceCall { display_text } => {
                ("voice_call", json!({ "name": "voice_call", "parameters": { "display_text": display_text } }))
            }
            Self::Other { kind, action } => (kind, action.clone()),
        }
    }
}

/// An interactive message.
#[derive(Debug, Clone, PartialEq)]
pub struct Interactive {
    /// Above the body, where the kind allows it.
    pub header: Option<Header>,
    /// The words, at most 1,024 characters.
    pub body: Option<String>,
    /// Below, at most 60 characters.
    pub footer: Option<String>,
    /// What can be done with it.
    pub action: Action,
}

impl Serialize for Interactive {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (kind, action) = self.action.parts();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", kind)?;
        if let Some(header) = &self.header {
            map.serialize_entry("header", header)?;
        }
        if let Some(body) = &self.body {
            map.serialize_entry("body", &json!({ "text": body }))?;
        }
        if let Some(footer) = &self.footer {
            map.serialize_entry("footer", &json!({ "text": footer }))?;
        }
        map.serialize_entry("action", &action)?;
        map.end()
    }
}
