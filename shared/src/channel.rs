//! Channels: the numbers, pages and accounts a workspace talks from.
//!
//! Tokens and secrets go in and never come out: what is shown of them is their last four characters, and only to those
//! who may change them.

use std::fmt;

use garde::Validate;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{account::name_rule, id::ChannelId, problem::Problem};

/// Most messages a second a number may be told to send: what Meta allows after its upgrade (meta-api.md §11).
pub const RATE_MAX: u16 = 1000;

/// What a channel speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// A number on WhatsApp's Cloud API.
    Whatsapp,
}

impl ChannelKind {
    /// The stable name, as stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Whatsapp => "whatsapp",
        }
    }
}

/// A channel as members see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelView {
    /// Which.
    pub id: ChannelId,
    /// What it speaks.
    pub kind: ChannelKind,
    /// The workspace's own name for it.
    pub label: String,
    /// The number as Meta writes it, for people.
    pub display_phone: String,
    /// The name customers see, checked by Meta; empty until Meta was asked.
    pub verified_name: String,
    /// Whether it is a number of the simulator.
    pub simulated: bool,
    /// Whether it sends. What customers write is stored either way.
    pub active: bool,
    /// Most messages a second.
    pub rate: u16,
    /// Meta's word on the number's quality: GREEN, YELLOW, RED, UNKNOWN …
    pub quality: Option<String>,
    /// When Meta last confirmed the number.
    pub verified_at: Option<Timestamp>,
    /// Why nothing is sent at the moment.
    pub trouble: Option<Trouble>,
    /// How it is connected: for those who may change it.
    pub access: Option<Access>,
}

/// Meta refuses everything of a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// Since when.
    pub since: Timestamp,
    /// Meta's code.
    pub code: Option<i64>,
    /// What was said about it, in English.
    pub reason: String,
    /// The stable name of what to do about Meta's code, for translations.
    pub remedy_key: Option<String>,
}

/// What has to be mended before a number sends again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TroubleKind {
    /// The access token.
    Token,
    /// The token's permissions.
    Permission,
    /// The payment of the account.
    Payment,
    /// Something of the account or the number.
    Account,
}

impl Trouble {
    /// What has to be mended, as far as Meta's code tells (meta-api.md §14).
    #[must_use]
    pub const fn kind(&self) -> Option<TroubleKind> {
        Some(match self.code {
            Some(0 | 102 | 104 | 190) => TroubleKind::Token,
            Some(3 | 10 | 200..=299 | 131_005) => TroubleKind::Permission,
            Some(131_042 | 131_044) => TroubleKind::Payment,
            Some(_) => TroubleKind::Account,
            None => return None,
        })
    }
}

impl TroubleKind {
    /// The stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Permission => "permission",
            Self::Payment => "payment",
            Self::Account => "account",
        }
    }
}

/// How a channel is connected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// Meta's id of the number.
    pub phone_number_id: String,
    /// Meta's id of its account.
    pub business_account_id: String,
    /// The last four characters of the access token; empty for tokens stored before they were kept.
    pub token_tail: String,
    /// The Meta app that sends its webhooks; none when it is the installation's own.
    pub app: Option<AppView>,
}

/// A Meta app of the workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppView {
    /// To be entered at Meta: where webhooks go.
    pub callback_url: String,
    /// The last four characters of the app secret.
    pub secret_tail: String,
    /// The last four characters of the verify token.
    pub verify_token_tail: String,
    /// When Meta last proved the subscription with the verify token.
    pub subscribed_at: Option<Timestamp>,
    /// When the last delivery with a right signature came, to the minute.
    pub last_delivery_at: Option<Timestamp>,
}

/// What Meta says of a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestedNumber {
    /// As Meta writes it.
    pub display_phone: String,
    /// The name customers see.
    pub verified_name: String,
    /// GREEN, YELLOW, RED, UNKNOWN …
    pub quality: Option<String>,
}

/// A number was connected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connected {
    /// The new channel.
    pub channel: ChannelId,
    /// To be entered at Meta beside the verify token, which whoever connects knows.
    pub callback_url: String,
    /// Why Meta did not subscribe our app to the account's webhooks; none when it did.
    pub subscription: Option<Problem>,
}

/// A number was found in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    /// What Meta says of it.
    pub number: TestedNumber,
    /// Why Meta did not subscribe our app to the account's webhooks; none when it did.
    pub subscription: Option<Problem>,
}

/// What reaches a number at Meta.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[garde(context(()))]
pub struct Credentials {
    /// Meta's id of the number: digits.
    #[garde(custom(meta_id_rule))]
    pub phone_number_id: String,
    /// Meta's id of the account the number belongs to: digits.
    #[garde(custom(meta_id_rule))]
    pub business_account_id: String,
    /// A token that may speak for both.
    #[garde(custom(token_rule))]
    pub access_token: String,
}

impl Credentials {
    /// Without the blanks that come along when something is copied.
    #[must_use]
    pub fn trimmed(&self) -> Self {
        Self {
            phone_number_id: self.phone_number_id.trim().to_owned(),
            business_account_id: self.business_account_id.trim().to_owned(),
            access_token: self.access_token.trim().to_owned(),
        }
    }
}

/// What somebody types to connect a number.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[garde(context(()))]
pub struct NewChannel {
    /// The workspace's own name for it: 1 to 80 visible characters.
    #[garde(custom(name_rule))]
    pub label: String,
    /// What reaches it.
    #[garde(dive)]
    pub credentials: Credentials,
    /// The secret of the Meta app: it signs webhooks.
    #[garde(custom(shared_secret_rule))]
    pub app_secret: String,
    /// What Meta is to prove a subscription with.
    #[garde(custom(shared_secret_rule))]
    pub verify_token: String,
}

impl NewChannel {
    /// Without the blanks that come along when something is copied.
    #[must_use]
    pub fn trimmed(&self) -> Self {
        Self {
            label: crate::text::clean_line(&self.label),
            credentials: self.credentials.trimmed(),
            app_secret: self.app_secret.trim().to_owned(),
            verify_token: self.verify_token.trim().to_owned(),
        }
    }
}

/// What of a channel its workspace decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[garde(context(()))]
pub struct ChannelChange {
    /// Its name: 1 to 80 visible characters.
    #[garde(custom(name_rule))]
    pub label: String,
    /// Most messages a second, 1 to [`RATE_MAX`].
    #[garde(range(min = 1, max = RATE_MAX))]
    pub rate: u16,
}

/// Another access token.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[garde(context(()))]
pub struct NewToken {
    /// A token that may speak for the number and its account.
    #[garde(custom(token_rule))]
    pub access_token: String,
}

/// Another app secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[garde(context(()))]
pub struct NewAppSecret {
    /// The secret of the Meta app.
    #[garde(custom(shared_secret_rule))]
    pub app_secret: String,
}

/// Another verify token.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[garde(context(()))]
pub struct NewVerifyToken {
    /// What Meta is to prove a subscription with.
    #[garde(custom(shared_secret_rule))]
    pub verify_token: String,
}

/// The reasons why something may not be sent off, one per field.
///
/// # Errors
/// A problem of the kind the host would answer.
pub fn check(input: &impl Validate<Context = ()>) -> Result<(), Problem> {
    input.validate().map_err(|report| Problem::from_report(&report))
}

/// The last four characters: enough to tell one secret from another, too little to use it.
#[must_use]
pub fn tail(secret: &str) -> String {
    let from = secret.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
    secret[from..].to_owned()
}

/// Digits only, which also keeps them harmless in a path.
fn meta_id_rule(value: &str, _: &()) -> garde::Result {
    let value = value.trim();
    if (5..=25).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit()) {
        Ok(())
    } else {
        Err(garde::Error::new("5 to 25 digits, as Meta shows them"))
    }
}

fn is_copied_whole(value: &str, lengths: std::ops::RangeInclusive<usize>) -> bool {
    lengths.contains(&value.len()) && value.bytes().all(|b| b.is_ascii_graphic())
}

fn token_rule(value: &str, _: &()) -> garde::Result {
    if is_copied_whole(value.trim(), 20..=1024) {
        Ok(())
    } else {
        Err(garde::Error::new("20 to 1024 letters, digits and signs without blanks, as Meta shows it"))
    }
}

fn shared_secret_rule(value: &str, _: &()) -> garde::Result {
    if is_copied_whole(value.trim(), 16..=128) {
        Ok(())
    } else {
        Err(garde::Error::new("16 to 128 letters, digits and signs without blanks"))
    }
}

macro_rules! hides_its_secrets {
    ($($type:ident),+) => {$(
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($type))
            }
        }
    )+};
}
hides_its_secrets!(Credentials, NewChannel, NewToken, NewAppSecret, NewVerifyToken);

#[cfg(test)]
mod tests {
    use super::*;

    fn channel() -> NewChannel {
        NewChannel {
            label: " Shop ".to_owned(),
            credentials: Credentials {
                phone_number_id: " 106540352242922\n".to_owned(),
                business_account_id: "102290129340398".to_owned(),
                access_token: " EAAGm0PX4ZCpsBAKZCtoken ".to_owned(),
            },
            app_secret: "0123456789abcdef0123456789abcdef".to_owned(),
            verify_token: "a verify token?!".replace(' ', "-"),
        }
    }

    #[test]
    fn blanks_of_copying_do_no_harm() {
        assert_eq!(check(&channel()), Ok(()));
        let trimmed = channel().trimmed();
        assert_eq!(trimmed.credentials.phone_number_id, "106540352242922");
        assert_eq!(trimmed.credentials.access_token, "EAAGm0PX4ZCpsBAKZCtoken");
        assert_eq!(trimmed.label, "Shop");
    }

    #[test]
    fn every_wrong_field_is_named() {
        let wrong = NewChannel {
            label: " ".to_owned(),
            credentials: Credentials {
                phone_number_id: "../me".to_owned(),
                business_account_id: "+1 555".to_owned(),
                access_token: "two words of a token".to_owned(),
            },
            app_secret: "short".to_owned(),
            verify_token: "ñ".repeat(20),
        };
        let problem = check(&wrong).expect_err("refused");
        let fields: Vec<_> = problem.details.keys().map(String::as_str).collect();
        let expected = [
            "app_secret",
            "credentials.access_token",
            "credentials.business_account_id",
            "credentials.phone_number_id",
            "label",
            "verify_token",
        ];
        assert_eq!(fields, expected);
        assert!(!format!("{wrong:?}").contains("token of"), "{wrong:?}");
    }

    #[test]
    fn the_rate_has_limits() {
        let change = |rate| ChannelChange { label: "Shop".to_owned(), rate };
        for (rate, fine) in [(0, false), (1, true), (1000, true), (1001, false)] {
            assert_eq!(check(&change(rate)).is_ok(), fine, "{rate}");
        }
    }

    #[test]
    fn a_tail_is_four_characters_at_most() {
        assert_eq!(tail("EAAGsecret"), "cret");
        assert_eq!(tail("ab"), "ab");
        assert_eq!(tail("ñññññ"), "ññññ");
        assert_eq!(tail(""), "");
    }

    #[test]
    fn a_trouble_says_what_to_mend() {
        let trouble = Trouble { since: Timestamp::UNIX_EPOCH, code: None, reason: String::new(), remedy_key: None };
        let kind = |code| Trouble { code, ..trouble.clone() }.kind();
        assert_eq!(kind(Some(190)), Some(TroubleKind::Token));
        assert_eq!(kind(Some(102)), Some(TroubleKind::Token));
        assert_eq!(kind(Some(200)), Some(TroubleKind::Permission));
        assert_eq!(kind(Some(131_042)), Some(TroubleKind::Payment));
        assert_eq!(kind(Some(131_031)), Some(TroubleKind::Account));
        assert_eq!(kind(None), None);
    }
}
