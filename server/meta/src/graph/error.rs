//! Meta's errors as they come: in answers and in webhooks, in several shapes (meta-api.md §1.7, §5.4).

use serde_json::Value;

use super::code::{CodeInfo, RetryClass, lookup};

/// An error of Meta's. Decisions are made on the code alone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {message}")]
pub struct MetaError {
    /// Meta's number of it.
    pub code: i64,
    /// Kept by Messenger and Instagram, where it matters.
    pub subcode: Option<i64>,
    /// Meta's short text.
    pub message: String,
    /// Meta's longer text, when there is one.
    pub details: Option<String>,
    /// For asking Meta about it.
    pub trace: Option<String>,
}

impl MetaError {
    /// Reads one error object leniently: numbers as strings, details nested, flat or as the whole `error_data`.
    #[must_use]
    pub fn read(value: &Value) -> Option<Self> {
        let text = |v: Option<&Value>| v.and_then(Value::as_str).map(str::to_owned);
        let number = |v: Option<&Value>| v.and_then(|v| v.as_i64().or_else(|| v.as_str()?.trim().parse().ok()));
        let data = value.get("error_data");
        Some(Self {
            code: number(value.get("code"))?,
            subcode: number(value.get("error_subcode")),
            message: text(value.get("message")).or_else(|| text(value.get("title"))).unwrap_or_default(),
            details: text(data.and_then(|d| d.get("details")))
                .or_else(|| text(data))
                .or_else(|| text(value.get("details"))),
            trace: text(value.get("fbtrace_id")),
        })
    }

    /// The error of an answer's body, if it holds one.
    #[must_use]
    pub fn of_answer(body: &[u8]) -> Option<Self> {
        let value: Value = serde_json::from_slice(body).ok()?;
        value.get("error").and_then(Self::read)
    }

    /// What is known about its code.
    #[must_use]
    pub const fn info(&self) -> Option<CodeInfo> {
        lookup(self.code)
    }

    /// What happened and what to do, for people.
    #[must_use]
    pub fn sentence(&self) -> String {
        if let Some(info) = self.info() {
            format!("{} ({})", info.remedy, self.code)
        } else {
            let words = self.details.as_deref().unwrap_or(&self.message);
            format!("WhatsApp refused the message: {words} ({})", self.code)
        }
    }

    /// When the request may be made again; unknown codes by the HTTP status.
    #[must_use]
    pub fn retry(&self, status: u16) -> RetryClass {
        match self.info() {
            Some(info) => info.retry,
            None if status == 429 => RetryClass::Throttle,
            None if status >= 500 => RetryClass::Fast,
            None => RetryClass::Never,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn errors_are_read_in_every_shape_they_come_in() {
        let nested = json!({ "code": 131_009, "message": "(#131009) Parameter value is not valid", "error_data": { "details": "bad phone" } });
        let string = json!({ "code": "131009", "title": "Parameter value is not valid", "error_data": "bad phone" });
        let flat = json!({ "code": 131_009, "title": "x", "details": "bad phone" });
        for value in [nested, string, flat] {
            let error = MetaError::read(&value).expect("readable");
            assert_eq!((error.code, error.details.as_deref()), (131_009, Some("bad phone")), "{value}");
        }
        assert_eq!(MetaError::read(&json!({ "message": "no code" })), None);
        assert_eq!(MetaError::of_answer(b"<html>502</html>"), None);
    }
}
