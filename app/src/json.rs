//! How server functions write what they are given and what they answer: as JSON.

use leptos::server_fn::{ContentType, Decodes, Encodes, Format, FormatType, codec::Post};
use serde::{Serialize, de::DeserializeOwned};
use server_fn::Bytes;

/// JSON in the body of a POST.
pub type Json = Post<JsonText>;

/// JSON that is read as text, as resources and live events are. Read as bytes, as Leptos' own encoding does, the browser
/// would load the reader of each type twice.
#[derive(Debug)]
pub struct JsonText;

impl ContentType for JsonText {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for JsonText {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for JsonText {
    type Error = serde_json::Error;

    fn encode(output: &T) -> Result<Bytes, Self::Error> {
        serde_json::to_string(output).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for JsonText {
    type Error = serde_json::Error;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        // What is no text is no JSON either; an empty text says so in its own words.
        serde_json::from_str(std::str::from_utf8(&bytes).unwrap_or_default())
    }
}
