//! What became of a request to send (quality-gates B2): the line between "try again" and "may have been sent".

use super::{
    code::RetryClass,
    error::MetaError,
    transport::{HttpResponse, TransportError},
};

/// Whether a message that was not accepted may have been sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing was written: it was not.
    NotSent,
    /// Meta's answer proves that it was not taken.
    Refused,
    /// It may have been: it must not be sent again by itself.
    Unknown,
}

/// A message that was not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendFailure {
    /// Whether it may have been sent all the same.
    pub outcome: Outcome,
    /// Meta's error, if it gave one.
    pub error: Option<MetaError>,
    /// When the same request may be made again, if it was not sent.
    pub retry: RetryClass,
    /// The HTTP status, if there was an answer.
    pub http_status: Option<u16>,
    /// What happened, for logs.
    pub detail: String,
}

impl std::fmt::Display for SendFailure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.detail)
    }
}

impl std::error::Error for SendFailure {}

impl SendFailure {
    /// What happened and what to do, for people.
    #[must_use]
    pub fn sentence(&self) -> String {
        match (&self.error, self.outcome) {
            (Some(error), _) => error.sentence(),
            (None, Outcome::NotSent) => "WhatsApp could not be reached. Nothing was sent; send it again.".to_owned(),
            (None, Outcome::Refused) => "WhatsApp refused the message. Nothing was sent.".to_owned(),
            (None, Outcome::Unknown) => {
                "WhatsApp's answer was lost: the message may or may not have arrived.".to_owned()
            }
        }
    }

    pub(super) fn of_transport(error: &TransportError) -> Self {
        let outcome = match error {
            TransportError::NotSent(_) => Outcome::NotSent,
            TransportError::Lost(_) => Outcome::Unknown,
        };
        Self { outcome, error: None, retry: RetryClass::Fast, http_status: None, detail: error.to_string() }
    }

    /// Sorts an answer that is no acceptance.
    pub(super) fn of_answer(answer: &HttpResponse) -> Self {
        let status = answer.status;
        let error = MetaError::of_answer(&answer.body);
        let retry = error.as_ref().map_or(
            match status {
                429 => RetryClass::Throttle,
                400..=499 => RetryClass::Never,
                _ => RetryClass::Fast,
            },
            |error| error.retry(status),
        );
        let outcome = match (&error, status) {
            // Codes that are given before a message is taken, whatever the status beside them says.
            (Some(error), _) if is_refusal(error.code) => Outcome::Refused,
            // Too many requests: turned away at the door, with or without a body.
            (Some(_), 200..=499) | (None, 429) => Outcome::Refused,
            // A 2xx that cannot be read, a redirect, a gateway's page (a 408 or 499 may come after Meta took it), a 5xx.
            _ => Outcome::Unknown,
        };
        let detail = match &error {
            Some(error) => format!("HTTP {status}, {error}"),
            None => format!("HTTP {status} without a readable error"),
        };
        Self { outcome, error, retry, http_status: Some(status), detail }
    }
}

/// Codes that prove that nothing was sent although Meta gives some of them with a 5xx status: limits, tokens,
/// permissions, maintenance, registration.
const fn is_refusal(code: i64) -> bool {
    matches!(
        code,
        0 | 3 | 4 | 10 | 33 | 100 | 104 | 190 | 200..=299 | 368 | 613 | 80007 | 130_429 | 131_045 | 131_056 | 131_057 | 133_000..=133_016
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Outcome {
        SendFailure::of_answer(&HttpResponse { status, body: body.to_owned().into() }).outcome
    }

    #[test]
    fn only_a_proof_that_nothing_was_sent_lets_it_be_sent_again() {
        let code = |code: i64| format!(r#"{{"error":{{"code":{code},"message":"m"}}}}"#);
        assert_eq!(answer(400, &code(131_047)), Outcome::Refused);
        assert_eq!(answer(500, &code(131_057)), Outcome::Refused);
        assert_eq!(answer(429, ""), Outcome::Refused);
        assert_eq!(
            answer(408, "<html>Request timeout</html>"),
            Outcome::Unknown,
            "a gateway's word about a request on its way"
        );
        assert_eq!(answer(200, &code(131_009)), Outcome::Refused, "a 200 that holds an error");
        assert_eq!(answer(500, &code(131_000)), Outcome::Unknown);
        assert_eq!(answer(503, &code(2)), Outcome::Unknown);
        assert_eq!(answer(502, "<html>Bad gateway</html>"), Outcome::Unknown);
        assert_eq!(answer(200, r#"{"messages":[{"id":"wam"#), Outcome::Unknown, "a truncated 200");
        assert_eq!(answer(200, ""), Outcome::Unknown);
        assert_eq!(SendFailure::of_transport(&TransportError::Lost("reset".into())).outcome, Outcome::Unknown);
        assert_eq!(SendFailure::of_transport(&TransportError::NotSent("refused".into())).outcome, Outcome::NotSent);
    }
}
