//! Refusals in Meta's words and numbers (Meta, "Error codes"; "Handling errors").

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

/// A refused request.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{message}{}", details.as_deref().map(|details| format!(": {details}")).unwrap_or_default())]
pub(crate) struct GraphError {
    pub(crate) status: StatusCode,
    pub(crate) code: u32,
    subcode: Option<u32>,
    kind: &'static str,
    message: String,
    /// `error_data.details`, the sentence for people.
    details: Option<String>,
}

impl GraphError {
    fn new(status: StatusCode, code: u32, message: impl Into<String>) -> Self {
        Self { status, code, subcode: None, kind: "OAuthException", message: message.into(), details: None }
    }

    fn with(mut self, details: impl Into<String>) -> Self {
        self.details = Some(details.into());
        self
    }

    pub(super) fn no_token() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, 0, "AuthException")
            .with("An access token is required to request this resource.")
    }

    pub(super) fn bad_token() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, 190, "Invalid OAuth access token - Cannot parse access token")
    }

    pub(super) fn unknown_path(edge: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, 2500, format!("Unknown path components: /{edge}"))
    }

    /// An id that does not exist, or that the token may not see: Meta does not tell which.
    pub(super) fn no_such_object(method: &Method, id: &str) -> Self {
        let message = format!(
            "Unsupported {} request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, or \
             does not support this operation. Please read the Graph API documentation at \
             https://developers.facebook.com/docs/graph-api",
            method.as_str().to_ascii_lowercase()
        );
        let error = Self::new(StatusCode::BAD_REQUEST, 100, message);
        Self { subcode: Some(33), kind: "GraphMethodException", ..error }
    }

    /// A path that exists, but not for this method.
    pub(super) fn unsupported(method: &Method) -> Self {
        let message = format!("Unsupported {} request.", method.as_str().to_ascii_lowercase());
        Self { kind: "GraphMethodException", ..Self::new(StatusCode::BAD_REQUEST, 100, message) }
    }

    /// A parameter that Graph itself refuses: code 100, with the whole reason in the message.
    pub(super) fn param(reason: impl AsRef<str>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, 100, format!("(#100) {}", reason.as_ref()))
    }

    /// A parameter that is not there: 131008.
    pub(super) fn missing(details: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, 131_008, "(#131008) Required parameter is missing").with(details)
    }

    /// A value that WhatsApp refuses: 131009.
    pub(crate) fn value(details: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, 131_009, "(#131009) Parameter value is not valid").with(details)
    }

    pub(crate) fn recipient_is_sender() -> Self {
        Self::new(StatusCode::BAD_REQUEST, 131_021, "(#131021) Recipient cannot be sender")
            .with("Sender and recipient phone number is the same.")
    }

    pub(super) fn no_such_group() -> Self {
        Self::new(StatusCode::BAD_REQUEST, 131_041, "(#131041) Group not found")
            .with("The group does not exist or the business is not a member of it.")
    }

    pub(super) fn unsupported_type(kind: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, 131_051, "(#131051) Unsupported message type")
            .with(format!("Message type '{kind}' is not supported."))
    }

    pub(super) fn template_parameters(details: String) -> Self {
        let message = "(#132000) Number of parameters does not match the expected number of params";
        Self::new(StatusCode::BAD_REQUEST, 132_000, message).with(details)
    }

    pub(super) fn no_such_template(name: &str, language: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, 132_001, "(#132001) Template name does not exist in the translation")
            .with(format!("template name ({name}) does not exist in {language}"))
    }

    /// The body of the answer.
    pub(super) fn body(&self, trace: &str) -> Value {
        let mut error = json!({ "message": self.message, "type": self.kind, "code": self.code, "fbtrace_id": trace });
        if let Some(details) = &self.details {
            error["error_data"] = json!({ "messaging_product": "whatsapp", "details": details });
        }
        if let Some(subcode) = self.subcode {
            error["error_subcode"] = subcode.into();
        }
        json!({ "error": error })
    }
}
