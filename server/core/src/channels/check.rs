//! Asking Meta whether a number is what somebody says it is, and telling its refusals apart.
//!
//! Each refusal has a sentence of its own, because each is mended in another place. A request that got no answer says
//! nothing about a number: it never changes what is stored of it (row B4).

use std::time::Duration;

use charla_meta::graph::{GraphClient, Outcome, PhoneNumber, SendFailure};
use charla_shared::{
    channel::TestedNumber,
    problem::{Problem, ProblemKind, SAID_BY_META},
    text::{clean_line, shorten},
};
use tokio::time::{Instant, timeout_at};

/// How long a person is kept waiting for Meta, over all that one request asks of it. The host gives every request up soon
/// after, and a request that is given up between its commit and its answer leaves people in doubt.
pub const PATIENCE: Duration = Duration::from_secs(7);
/// How much of it may pass until Meta confirms the number; the rest is for subscribing to its account's webhooks.
const LOOK: Duration = Duration::from_secs(5);

/// What is left of the time for Meta. Begin it where the request begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    look_until: Instant,
    until: Instant,
}

impl Budget {
    /// The whole of it.
    pub(super) fn begin() -> Self {
        Self::of(LOOK, PATIENCE)
    }

    fn of(look: Duration, whole: Duration) -> Self {
        let now = Instant::now();
        Self { look_until: now + look, until: now + whole }
    }
}

/// Why Meta does not confirm a number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The access token is not valid (any more).
    #[error("the access token is not valid")]
    Token,
    /// There is no object with the number's id, or the token may not see it: Meta does not tell which.
    #[error("there is no phone number with this id")]
    NoNumber,
    /// The id is something else's.
    #[error("the id is not that of a WhatsApp number")]
    NotANumber,
    /// There is no account with this id, or the token may not see it.
    #[error("there is no account with this id")]
    NoAccount,
    /// The account exists and the number is not one of its.
    #[error("the number does not belong to the account")]
    OtherAccount,
    /// The token is valid and may not do this.
    #[error("the token lacks a permission")]
    Permission,
    /// Meta limits requests, or has trouble of its own.
    #[error("Meta is busy")]
    Busy,
    /// No connection: name, network, TLS, or something in between that is not Meta.
    #[error("Meta cannot be reached")]
    Unreachable,
    /// The request went out and no answer came.
    #[error("Meta did not answer in time")]
    TimedOut,
    /// Something else that Meta says.
    #[error("Meta refuses with code {code}")]
    Other {
        /// Meta's code.
        code: i64,
        /// Meta's words.
        words: String,
    },
}

/// What Meta was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Number,
    Account,
    Subscription,
}

impl Refusal {
    /// Decided by Meta's code; the subcode tells an object that is not there from one of another kind (meta-api.md §1.7, §14).
    fn of(asked: Asked, failure: &SendFailure) -> Self {
        let Some(error) = &failure.error else {
            return match (failure.http_status, failure.outcome) {
                (Some(429 | 500..=599), _) => Self::Busy,
                (None, Outcome::Unknown) => Self::TimedOut,
                _ => Self::Unreachable,
            };
        };
        let missing = match asked {
            Asked::Number => Self::NoNumber,
            Asked::Account | Asked::Subscription => Self::NoAccount,
        };
        let of_another_kind = match asked {
            Asked::Number => Self::NotANumber,
            Asked::Account | Asked::Subscription => Self::NoAccount,
        };
        match (error.code, error.subcode) {
            (0 | 102 | 104 | 190, _) => Self::Token,
            (100, Some(33)) | (33 | 803, _) => missing,
            // A field or an edge that objects of this kind do not have.
            (100 | 2500, _) => of_another_kind,
            (3 | 10 | 200..=299 | 131_005, _) => Self::Permission,
            _ if error.retry(failure.http_status.unwrap_or_default()).is_retryable() => Self::Busy,
            (code, _) => {
                let words = error.details.as_deref().unwrap_or(&error.message);
                Self::Other { code, words: shorten(&clean_line(words), 200) }
            }
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let wrong = |code: &str, field: &str, message: &str| {
            let mut problem = Self::new(ProblemKind::Invalid, code, message);
            problem.details.insert(field.to_owned(), message.to_owned());
            problem
        };
        let away = |code: &str, message: &str| Self {
            retry_after: Some(30),
            ..Self::new(ProblemKind::Unavailable, code, message)
        };
        match refusal {
            Refusal::Token => wrong(
                "channel.token",
                "access_token",
                "Meta does not accept this access token: it is incomplete, has expired or was revoked. Make a new one in Meta's business settings, under System users, and paste it whole.",
            ),
            Refusal::NoNumber => wrong(
                "channel.no_number",
                "phone_number_id",
                "Meta knows no phone number with this id, or the token may not see it. Copy the “Phone number ID” (not the phone number) from WhatsApp → API setup, and check which numbers the token was made for.",
            ),
            Refusal::NotANumber => wrong(
                "channel.not_a_number",
                "phone_number_id",
                "This id exists at Meta, but it is not that of a WhatsApp number. Perhaps it is the account's id; the two stand side by side in WhatsApp → API setup.",
            ),
            Refusal::NoAccount => wrong(
                "channel.no_account",
                "business_account_id",
                "Meta knows no WhatsApp Business account with this id, or the token may not see it. Copy the “WhatsApp Business account ID” from WhatsApp → API setup.",
            ),
            Refusal::OtherAccount => wrong(
                "channel.other_account",
                "business_account_id",
                "The number exists, but it does not belong to this WhatsApp Business account. Copy both ids from the same page, WhatsApp → API setup.",
            ),
            Refusal::Permission => wrong(
                "channel.permission",
                "access_token",
                "The access token is valid but lacks a permission. It needs whatsapp_business_management and whatsapp_business_messaging, and its system user needs the account assigned with full control.",
            ),
            Refusal::Busy => {
                away("channel.busy", "Meta is busy or limits our requests at the moment. Try again in a minute.")
            }
            Refusal::Unreachable => away(
                "channel.unreachable",
                "Meta could not be reached from this server: no connection, or no trusted TLS. This says nothing about the number; check the server's network and try again.",
            ),
            Refusal::TimedOut => away(
                "channel.timed_out",
                "Meta did not answer in time. This says nothing about the number; try again in a moment.",
            ),
            Refusal::Other { code, words } => {
                let said = format!("{words} ({code})");
                let mut problem = Self::new(ProblemKind::Invalid, "channel.refused", format!("Meta refused: {said}."));
                problem.details.insert(SAID_BY_META.to_owned(), said);
                problem
            }
        }
    }
}

/// Asks Meta for the number, and for the account whether the number is one of its.
pub(super) async fn look(
    client: &GraphClient,
    budget: Budget,
    phone_number_id: &str,
    business_account_id: &str,
) -> Result<TestedNumber, Refusal> {
    let asking = async {
        let number = client.phone_number(phone_number_id).await.map_err(|failure| refused(Asked::Number, &failure))?;
        if number.display_phone_number.is_empty() {
            return Err(Refusal::NotANumber);
        }
        let numbers =
            client.phone_numbers(business_account_id).await.map_err(|failure| refused(Asked::Account, &failure))?;
        if !numbers.iter().any(|other| other.id == number.id) {
            return Err(Refusal::OtherAccount);
        }
        Ok(tested(&number))
    };
    timeout_at(budget.look_until, asking).await.unwrap_or(Err(Refusal::TimedOut))
}

/// Subscribes our app to the account's webhooks; safe to repeat. Why not, when that failed: the number is good all the same,
/// but nothing arrives.
pub(super) async fn subscribe(client: &GraphClient, budget: Budget, business_account_id: &str) -> Option<Refusal> {
    let asking = client.subscribe(business_account_id);
    match timeout_at(budget.until, asking).await {
        Ok(Ok(())) => None,
        Ok(Err(failure)) => Some(refused(Asked::Subscription, &failure)),
        Err(_) => Some(Refusal::TimedOut),
    }
}

fn refused(asked: Asked, failure: &SendFailure) -> Refusal {
    let refusal = Refusal::of(asked, failure);
    let code = failure.error.as_ref().map(|error| error.code);
    // Meta's own words may repeat the token ("Malformed access token …"), so they are not logged.
    let words = failure.error.is_none().then_some(failure.detail.as_str());
    tracing::info!(?asked, %refusal, code, status = failure.http_status, words, "Meta did not confirm a number");
    refusal
}

fn tested(number: &PhoneNumber) -> TestedNumber {
    TestedNumber {
        display_phone: shorten(&clean_line(&number.display_phone_number), 40),
        verified_name: shorten(&clean_line(&number.verified_name), 199),
        quality: number.quality_rating.as_deref().map(|quality| clean_line(quality).chars().take(20).collect()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use async_trait::async_trait;
    use charla_meta::graph::{HttpRequest, HttpResponse, HttpTransport, TransportError};
    use secrecy::SecretString;

    use super::*;

    /// Answers a number, then whatever the account is to answer.
    struct Meta {
        number: Result<(u16, &'static str), TransportError>,
        account: Result<(u16, &'static str), TransportError>,
    }

    #[async_trait]
    impl HttpTransport for Meta {
        async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
            let answer = if request.url.contains("/222") { &self.account } else { &self.number };
            let (status, body) = answer.clone()?;
            Ok(HttpResponse { status, body: body.into() })
        }
    }

    const NUMBER: &str = r#"{"id":"111","display_phone_number":"+1 555-010-9999","verified_name":"Shop"}"#;
    const NUMBERS: &str = r#"{"data":[{"id":"111"},{"id":"112"}]}"#;

    async fn look_with(
        number: Result<(u16, &'static str), TransportError>,
        account: Result<(u16, &'static str), TransportError>,
    ) -> Result<TestedNumber, Refusal> {
        let meta = std::sync::Arc::new(Meta { number, account });
        look(&client(meta), Budget::begin(), "111", "222").await
    }

    fn client(meta: std::sync::Arc<dyn HttpTransport>) -> GraphClient {
        GraphClient::new(meta, "https://graph.example", "v24.0", SecretString::from("t"))
    }

    /// Takes the request and never answers.
    struct Silence;

    #[async_trait]
    impl HttpTransport for Silence {
        async fn send(&self, _: HttpRequest) -> Result<HttpResponse, TransportError> {
            std::future::pending().await
        }
    }

    #[tokio::test]
    async fn everything_asked_of_a_silent_meta_shares_one_budget() {
        let client = client(std::sync::Arc::new(Silence));
        let begin = Instant::now();
        let budget = Budget::of(Duration::from_millis(40), Duration::from_millis(60));
        assert_eq!(look(&client, budget, "111", "222").await, Err(Refusal::TimedOut));
        assert_eq!(subscribe(&client, budget, "222").await, Some(Refusal::TimedOut));
        assert!(begin.elapsed() >= Duration::from_millis(60));
        // What is spent is spent.
        let again = timeout_at(Instant::now() + Duration::from_millis(30), subscribe(&client, budget, "222"));
        assert_eq!(again.await, Ok(Some(Refusal::TimedOut)));
    }

    #[tokio::test]
    async fn a_number_of_the_account_is_confirmed() {
        let tested = look_with(Ok((200, NUMBER)), Ok((200, NUMBERS))).await.expect("confirmed");
        assert_eq!((tested.display_phone.as_str(), tested.verified_name.as_str()), ("+1 555-010-9999", "Shop"));
    }

    #[tokio::test]
    async fn each_wrong_thing_of_the_number_is_told_apart() {
        let lost = || TransportError::Lost("reset".to_owned());
        let not_sent = || TransportError::NotSent("dns".to_owned());
        for (answer, refusal) in [
            (Ok((401, r#"{"error":{"code":190,"message":"Malformed access token"}}"#)), Refusal::Token),
            (Ok((401, r#"{"error":{"code":0,"message":"AuthException"}}"#)), Refusal::Token),
            (Ok((400, r#"{"error":{"code":100,"error_subcode":33,"message":"does not exist"}}"#)), Refusal::NoNumber),
            (Ok((404, r#"{"error":{"code":803,"message":"aliases"}}"#)), Refusal::NoNumber),
            (Ok((400, r#"{"error":{"code":33,"message":"deleted"}}"#)), Refusal::NoNumber),
            (Ok((400, r#"{"error":{"code":100,"message":"nonexisting field"}}"#)), Refusal::NotANumber),
            (Ok((200, r#"{"id":"111"}"#)), Refusal::NotANumber),
            (Ok((403, r#"{"error":{"code":10,"message":"permission"}}"#)), Refusal::Permission),
            (Ok((403, r#"{"error":{"code":200,"message":"permission"}}"#)), Refusal::Permission),
            (Ok((403, r#"{"error":{"code":294,"message":"permission"}}"#)), Refusal::Permission),
            (Ok((503, r#"{"error":{"code":2,"message":"temporary"}}"#)), Refusal::Busy),
            (Ok((400, r#"{"error":{"code":4,"message":"limit"}}"#)), Refusal::Busy),
            (Ok((400, r#"{"error":{"code":80007,"message":"limit"}}"#)), Refusal::Busy),
            (Ok((502, "<html>Bad gateway</html>")), Refusal::Busy),
            (Ok((429, "")), Refusal::Busy),
            (Ok((200, "<html>Log in to the hotel's network</html>")), Refusal::Unreachable),
            (Ok((407, "")), Refusal::Unreachable),
            (Err(not_sent()), Refusal::Unreachable),
            (Err(lost()), Refusal::TimedOut),
            (
                Ok((403, r#"{"error":{"code":368,"message":"blocked for policy"}}"#)),
                Refusal::Other { code: 368, words: "blocked for policy".to_owned() },
            ),
        ] {
            let said = format!("{answer:?}");
            assert_eq!(look_with(answer, Ok((200, NUMBERS))).await, Err(refusal), "{said}");
        }
    }

    #[tokio::test]
    async fn the_account_is_blamed_for_what_is_wrong_with_it() {
        for (answer, refusal) in [
            (r#"{"error":{"code":100,"error_subcode":33,"message":"does not exist"}}"#, Refusal::NoAccount),
            (r#"{"error":{"code":100,"message":"nonexisting field (phone_numbers)"}}"#, Refusal::NoAccount),
            (r#"{"error":{"code":2500,"message":"unknown path"}}"#, Refusal::NoAccount),
            (r#"{"error":{"code":200,"message":"permission"}}"#, Refusal::Permission),
        ] {
            assert_eq!(look_with(Ok((200, NUMBER)), Ok((400, answer))).await, Err(refusal), "{answer}");
        }
        let others = Ok((200, r#"{"data":[{"id":"999"}]}"#));
        assert_eq!(look_with(Ok((200, NUMBER)), others).await, Err(Refusal::OtherAccount));
    }

    #[test]
    fn every_refusal_has_a_code_and_a_sentence_of_its_own() {
        let all = [
            Refusal::Token,
            Refusal::NoNumber,
            Refusal::NotANumber,
            Refusal::NoAccount,
            Refusal::OtherAccount,
            Refusal::Permission,
            Refusal::Busy,
            Refusal::Unreachable,
            Refusal::TimedOut,
            Refusal::Other { code: 1, words: "no".to_owned() },
        ];
        let problems: Vec<Problem> = all.into_iter().map(Problem::from).collect();
        let codes: BTreeSet<_> = problems.iter().map(|problem| &problem.code).collect();
        let sentences: BTreeSet<_> = problems.iter().map(|problem| &problem.message).collect();
        assert_eq!((codes.len(), sentences.len()), (10, 10));
        assert!(problems.iter().all(|problem| problem.message.ends_with('.')));
    }
}
