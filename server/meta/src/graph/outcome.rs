//! What became of a request to send (quality-gates B2): the line between "try again" and "may have been sent".

use std::time::Duration;

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

    /// The least wait before the same request is made again: of Meta's code, else of the class. None: backoff.
    #[must_use]
    pub fn wait(&self) -> Option<Duration> {
        self.error.as_ref().and_then(MetaError::info).map_or_else(|| self.retry.wait(), |info| info.wait)
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

/// Codes that prove that nothing was sent although Meta gives some of them with a 5xx status: they are given at the door,
/// before a message is looked at. Not among them: 1, 2, 131000, 131016, 133004 and 134102, which say only that something
/// went wrong.
const fn is_refusal(code: i64) -> bool {
    matches!(
        code,
        // Token and permission.
        0 | 3 | 10 | 104 | 190 | 200..=299 | 131_005
        // The account or the number is stopped, or not registered.
        | 33 | 368 | 131_031 | 131_042 | 131_045 | 133_000 | 133_005 | 133_006 | 133_008..=133_010 | 133_015 | 133_016
        // Limits and maintenance.
        | 4 | 613 | 80_007 | 130_429 | 131_048 | 131_056 | 131_057 | 131_064 | 2_494_100
        // The form of the request.
        | 100 | 131_008 | 131_009
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
        for refused in [3, 4, 190, 368, 613, 80_007, 130_429, 131_045, 131_056] {
            assert_eq!(answer(500, &code(refused)), Outcome::Refused, "{refused}: turned away at the door");
        }
        for unknown in [1, 2, 131_000, 131_016, 131_026, 133_004, 134_102, 987_654] {
            assert_eq!(answer(503, &code(unknown)), Outcome::Unknown, "{unknown}: says nothing about the message");
        }
        assert_eq!(answer(502, "<html>Bad gateway</html>"), Outcome::Unknown);
        assert_eq!(answer(200, r#"{"messages":[{"id":"wam"#), Outcome::Unknown, "a truncated 200");
        assert_eq!(answer(200, ""), Outcome::Unknown);
        assert_eq!(SendFailure::of_transport(&TransportError::Lost("reset".into())).outcome, Outcome::Unknown);
        assert_eq!(SendFailure::of_transport(&TransportError::NotSent("refused".into())).outcome, Outcome::NotSent);
    }

    #[test]
    fn a_refusal_says_how_long_to_wait() {
        let failure =
            |status, body: &str| SendFailure::of_answer(&HttpResponse { status, body: body.to_owned().into() });
        let throttled = failure(400, r#"{"error":{"code":130429}}"#);
        assert_eq!((throttled.retry, throttled.wait()), (RetryClass::Throttle, Some(Duration::from_secs(5))));
        let syncing = failure(400, r#"{"error":{"code":134101}}"#);
        assert_eq!((syncing.retry, syncing.wait()), (RetryClass::Slow, Some(Duration::from_mins(10))));
        assert_eq!(failure(429, "").wait(), Some(Duration::from_secs(5)));
        assert_eq!(failure(400, "").wait(), None);
    }
}
