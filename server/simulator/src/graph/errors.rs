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

    /// The error of a code, in Meta's words where they are known: what limits and fault scripts answer with.
    pub(crate) fn of_code(code: u32) -> Self {
        let (status, message, details) = match code {
            1 => (400, "An unknown error occurred", ""),
            2 => (503, "Service temporarily unavailable", ""),
            3 => (500, "Application does not have the capability to make this API call.", ""),
            4 => (400, "Application request limit reached", ""),
            10 => (403, "Application does not have permission for this action", ""),
            190 => {
                let message = "Error validating access token: Session has expired.";
                return Self { subcode: Some(463), ..Self::new(StatusCode::UNAUTHORIZED, 190, message) };
            }
            200..=299 => (403, "Permissions error", ""),
            368 => (403, "Temporarily blocked for policies violations", ""),
            80_007 => (400, "Rate limit issues", "The WhatsApp Business Account has reached its rate limit."),
            130_429 => (
                400,
                "Rate limit hit",
                "Message failed to send because there were too many messages sent from this phone number in a short period of time",
            ),
            131_000 => (500, "Something went wrong", "Message failed to send due to an unknown error."),
            131_005 => (403, "Access denied", "Permission is either not granted or has been removed."),
            131_016 => (500, "Service unavailable", "A service is temporarily unavailable."),
            131_026 => (400, "Message undeliverable", "Unable to deliver message."),
            131_031 => (403, "Business Account locked", "Your account has been locked."),
            131_042 => (400, "Business eligibility payment issue", "There is a problem with your payment method."),
            131_045 => {
                (500, "Incorrect certificate", "Message failed to send due to a phone number registration error.")
            }
            131_047 => {
                (400, "Re-engagement message", "More than 24 hours have passed since the customer last replied.")
            }
            131_048 => (
                400,
                "Spam rate limit hit",
                "Message failed to send because there are restrictions on how many messages can be sent from this phone number.",
            ),
            131_053 => (400, "Media upload error", "Unable to upload the media used in the message."),
            131_056 => (
                400,
                "(Business Account, Consumer Account) pair rate limit hit",
                "Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time.",
            ),
            131_057 => (500, "Account in maintenance mode", "Business Account is in maintenance mode"),
            132_001 => (404, "Template name does not exist in the translation", "template does not exist"),
            132_015 => (400, "Template is Paused", "Template is paused due to low quality."),
            132_016 => (400, "Template is Disabled", "Template is permanently disabled."),
            133_004 => (503, "Server Temporarily Unavailable", "Server is temporarily unavailable."),
            133_010 => (400, "The account is not registered", "Phone number is not registered."),
            _ => (400, "Something went wrong", ""),
        };
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
        let error = Self::new(status, code, format!("(#{code}) {message}"));
        if details.is_empty() { error } else { error.with(details) }
    }

    /// The same error with another status.
    pub(super) fn with_status(mut self, status: u16) -> Self {
        self.status = StatusCode::from_u16(status).unwrap_or(self.status);
        self
    }

    /// The same error with another sentence for people.
    pub(super) fn explained(self, details: String) -> Self {
        self.with(details)
    }

    /// The body with `error_data` as plain text, as some endpoints have it.
    pub(super) fn body_with_text(&self, trace: &str) -> Value {
        let mut body = self.body(trace);
        body["error"]["error_data"] = self.details.as_deref().unwrap_or(&self.message).into();
        body
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
