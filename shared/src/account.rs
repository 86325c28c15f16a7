//! Accounts: what a person types to register and log in, and what they see of themselves.

use garde::Validate;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    id::{SessionId, UserId, WorkspaceId},
    permission::Role,
    text,
};

/// An e-mail address, trimmed and in lower case, so that one person has one account.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// The text is not an e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this does not look like an e-mail address")]
pub struct NotAnEmail;

impl Email {
    /// Accepts what HTML's `<input type=email>` accepts (one `@`, no blanks, a non-empty name and host), at most 254
    /// bytes (RFC 5321 §4.5.3.1.3).
    pub fn parse(text: &str) -> Result<Self, NotAnEmail> {
        let text = text.trim().to_lowercase();
        let (name, host) = text.split_once('@').ok_or(NotAnEmail)?;
        let sane = |part: &str| {
            !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c.is_control() || "@<>,;\"".contains(c))
        };
        let host_ok = sane(host) && !host.starts_with('.') && !host.ends_with('.') && !host.contains("..");
        if text.len() <= 254 && sane(name) && host_ok { Ok(Self(text)) } else { Err(NotAnEmail) }
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Email {
    type Error = NotAnEmail;

    fn try_from(text: String) -> Result<Self, NotAnEmail> {
        Self::parse(&text)
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

/// Shortest password accepted, in characters (NIST SP 800-63B-4 §3.1.1.2 asks for 15 when it is the only factor and 8 as
/// the floor; 10 with throttled attempts is our line until a second factor exists).
pub const PASSWORD_MIN: usize = 10;
/// Longest password accepted, in bytes: enough for any passphrase, little enough to hash.
pub const PASSWORD_MAX: usize = 512;

fn email_rule(value: &str, _: &()) -> garde::Result {
    Email::parse(value).map(|_| ()).map_err(garde::Error::new)
}

/// A name that somebody can read: 1 to 80 visible characters.
pub fn name_rule(value: &str, _: &()) -> garde::Result {
    let cleaned = text::clean_line(value);
    if !text::is_visible(&cleaned) {
        return Err(garde::Error::new("write a name"));
    }
    if cleaned.chars().count() > 80 {
        return Err(garde::Error::new("at most 80 characters"));
    }
    Ok(())
}

fn password_rule(value: &str, _: &()) -> garde::Result {
    if value.chars().count() < PASSWORD_MIN {
        return Err(garde::Error::new(format!("at least {PASSWORD_MIN} characters")));
    }
    if value.len() > PASSWORD_MAX {
        return Err(garde::Error::new(format!("at most {PASSWORD_MAX} bytes")));
    }
    let first = value.chars().next();
    if value.chars().all(|c| Some(c) == first) {
        return Err(garde::Error::new("not the same character again and again"));
    }
    Ok(())
}

/// What somebody types to make an account. The first account of an instance also names its first workspace.
#[derive(Clone, Serialize, Deserialize, Validate)]
#[garde(context(()))]
pub struct Registration {
    /// The person's name, 1 to 80 characters.
    #[garde(custom(name_rule))]
    pub name: String,
    /// The login.
    #[garde(custom(email_rule))]
    pub email: String,
    /// At least [`PASSWORD_MIN`] characters.
    #[garde(custom(password_rule))]
    pub password: String,
}

impl std::fmt::Debug for Registration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Registration").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A changed password: the present one proves who asks.
#[derive(Clone, Serialize, Deserialize, Validate)]
#[garde(context(()))]
pub struct PasswordChange {
    /// The present password.
    #[garde(length(max = PASSWORD_MAX))]
    pub current: String,
    /// The new one.
    #[garde(custom(password_rule))]
    pub new: String,
}

impl std::fmt::Debug for PasswordChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordChange")
    }
}

/// A language of the interface (row K6).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Locale {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Spanish.
    #[serde(rename = "es")]
    Spanish,
    /// Portuguese, as Brazil writes it.
    #[serde(rename = "pt")]
    Portuguese,
    /// Hindi.
    #[serde(rename = "hi")]
    Hindi,
    /// Arabic, written from right to left.
    #[serde(rename = "ar")]
    Arabic,
}

impl Locale {
    /// Every language there is a translation for.
    pub const ALL: &'static [Self] = &[Self::English, Self::Spanish, Self::Portuguese, Self::Hindi, Self::Arabic];

    /// The BCP 47 tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
            Self::Portuguese => "pt",
            Self::Hindi => "hi",
            Self::Arabic => "ar",
        }
    }

    /// Whether it is written from right to left.
    #[must_use]
    pub const fn is_right_to_left(self) -> bool {
        matches!(self, Self::Arabic)
    }

    /// The direction it is written in, as HTML names it.
    #[must_use]
    pub const fn direction(self) -> &'static str {
        if self.is_right_to_left() { "rtl" } else { "ltr" }
    }

    /// The language's name in itself.
    #[must_use]
    pub const fn native_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Spanish => "Español",
            Self::Portuguese => "Português",
            Self::Hindi => "हिन्दी",
            Self::Arabic => "العربية",
        }
    }

    /// The language of a tag such as `es-MX`, if there is a translation.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let language = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        Self::ALL.iter().copied().find(|locale| locale.tag() == language)
    }

    /// The best match for an `Accept-Language` header (RFC 9110 §12.5.4), by quality, first wins a tie.
    #[must_use]
    pub fn negotiate(header: &str) -> Self {
        let mut best = (0.0_f32, Self::default());
        for part in header.split(',').take(32) {
            let mut pieces = part.split(';');
            let tag = pieces.next().unwrap_or_default();
            let quality = pieces.find_map(|p| p.trim().strip_prefix("q=")?.parse().ok()).unwrap_or(1.0_f32);
            if let Some(locale) = Self::from_tag(tag)
                && quality > best.0
            {
                best = (quality, locale);
            }
        }
        best.1
    }
}

/// The logged-in person as the interface shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// Who.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// Their login.
    pub email: String,
    /// The session of this browser.
    pub session: SessionId,
    /// Whether they look after the installation itself.
    pub operator: bool,
    /// The workspaces they are a member of, by name.
    pub workspaces: Vec<MyWorkspace>,
}

/// A workspace as one of its members sees it in the switcher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyWorkspace {
    /// Which.
    pub id: WorkspaceId,
    /// Its name.
    pub name: String,
    /// What I am in it.
    pub role: Role,
}

/// One logged-in browser, as its owner sees it in the list of sessions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    /// Which.
    pub id: SessionId,
    /// The browser's own words about itself, shortened; may be empty.
    pub user_agent: String,
    /// The address it was last used from.
    pub ip: String,
    /// When it logged in.
    pub created_at: Timestamp,
    /// When it was last used (to the minute).
    pub last_seen_at: Timestamp,
    /// Whether it is the one asking.
    pub current: bool,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_person_has_one_address() {
        assert_eq!(Email::parse(" Ana@Example.COM ").map(String::from), Ok("ana@example.com".to_owned()));
        for wrong in ["", "ana", "@example.com", "ana@", "a b@example.com", "a@b@c", "ana@example..com", "ana@.com"] {
            assert_eq!(Email::parse(wrong), Err(NotAnEmail), "{wrong}");
        }
    }

    #[test]
    fn a_weak_password_is_refused_with_its_reason() {
        let with = |password: &str| {
            Registration { name: "Ana".into(), email: "ana@example.com".into(), password: password.into() }.validate()
        };
        assert!(with("correct horse").is_ok());
        assert!(with("short").is_err_and(|report| report.to_string().contains("at least 10")));
        assert!(with("aaaaaaaaaaaaaa").is_err());
    }

    #[test]
    fn the_preferred_language_wins() {
        assert_eq!(Locale::negotiate("fr, es-MX;q=0.8, en;q=0.5"), Locale::Spanish);
        assert_eq!(Locale::negotiate("de"), Locale::English);
        assert_eq!(Locale::negotiate("en;q=0.1,es;q=nonsense"), Locale::Spanish);
    }

    proptest! {
        #[test]
        fn any_header_is_understood_somehow(header in any::<String>()) {
            let _ = Locale::negotiate(&header);
        }
    }
}
