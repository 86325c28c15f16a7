//! Updates of webhooks that could take no effect, as operators see them.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{id::DeliveryId, text};

/// Updates on one page of the list.
pub const QUARANTINE_PAGE: i64 = 50;
/// Updates of one reason are counted up to this number; where there are more, the count is one more than it.
pub const REASON_COUNT_MAX: u32 = 10_000;
/// Most bytes shown of one update.
pub const RAW_MAX: usize = 64 * 1024;

/// The text was no reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a reason is one word of at most 60 small letters, digits and underscores, such as unknown_number")]
pub struct NotAReason;

/// Why updates had no effect: a word for grouping, such as `unknown_number`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reason(String);

impl Reason {
    /// The word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Reason {
    type Err = NotAReason;

    fn from_str(word: &str) -> Result<Self, NotAReason> {
        let sane = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let good = (1..=60).contains(&word.len()) && word.chars().all(sane);
        if good { Ok(Self(word.to_owned())) } else { Err(NotAReason) }
    }
}

impl TryFrom<String> for Reason {
    type Error = NotAReason;

    fn try_from(word: String) -> Result<Self, NotAReason> {
        word.parse()
    }
}

impl From<Reason> for String {
    fn from(reason: Reason) -> Self {
        reason.0
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How many updates wait for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReasonCount {
    /// Which.
    pub reason: Reason,
    /// How many; more than [`REASON_COUNT_MAX`] says only that there are more.
    pub count: u32,
}

/// The text was no place in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no place in the list")]
pub struct NotACursor;

/// A place in the list, which is newest first: the last update one has seen. In addresses it is written as
/// `microseconds.delivery.number`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuarantineCursor {
    /// When it was quarantined.
    pub at: Timestamp,
    /// The delivery it came in.
    pub delivery: DeliveryId,
    /// Its place in the delivery.
    pub number: i32,
}

impl fmt::Display for QuarantineCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.at.as_microsecond(), self.delivery, self.number)
    }
}

impl FromStr for QuarantineCursor {
    type Err = NotACursor;

    fn from_str(text: &str) -> Result<Self, NotACursor> {
        let mut parts = text.splitn(3, '.');
        let mut part = || parts.next().ok_or(NotACursor);
        let at = part()?.parse().map_err(|_| NotACursor)?;
        Ok(Self {
            at: Timestamp::from_microsecond(at).map_err(|_| NotACursor)?,
            delivery: Uuid::try_parse(part()?).map_err(|_| NotACursor)?.into(),
            number: part()?.parse().map_err(|_| NotACursor)?,
        })
    }
}

/// One update in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuarantinedView {
    /// The delivery it came in; replaying and discarding concern all of it.
    pub delivery: DeliveryId,
    /// Its place in the delivery, from 0.
    pub number: i32,
    /// Why it had no effect.
    pub reason: Reason,
    /// More about it; no message text.
    pub detail: String,
    /// When it was quarantined.
    pub at: Timestamp,
}

impl QuarantinedView {
    /// Its place in the list.
    #[must_use]
    pub const fn cursor(&self) -> QuarantineCursor {
        QuarantineCursor { at: self.at, delivery: self.delivery, number: self.number }
    }
}

/// A page of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuarantinePage {
    /// Newest first, [`QUARANTINE_PAGE`] at most.
    pub updates: Vec<QuarantinedView>,
    /// Where the next page begins, if there is one.
    pub next: Option<QuarantineCursor>,
}

/// An update as it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawView {
    /// Its text, indented when it is JSON; bytes that are no UTF-8 are replaced. At most [`RAW_MAX`] bytes.
    pub text: String,
    /// How many bytes it has.
    pub size: u32,
    /// Whether the text is less than all of it.
    pub cut: bool,
}

impl RawView {
    /// Of an update's first bytes. Give one more than [`RAW_MAX`] where there are more.
    #[must_use]
    pub fn new(bytes: &[u8], size: u32) -> Self {
        let shown = &bytes[..bytes.len().min(RAW_MAX)];
        let mut text = String::from_utf8_lossy(shown).into_owned();
        let mut cut = shown.len() < bytes.len();
        if !cut && serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok() {
            text = text::indent(&text);
        }
        if text.len() > RAW_MAX {
            cut = true;
            text.truncate(text.floor_char_boundary(RAW_MAX));
        }
        Self { text, size, cut }
    }
}

/// What one step of replaying a reason did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplayStep {
    /// Deliveries that wait for the processor again.
    pub deliveries: u32,
    /// Give it to the next step: what is quarantined after it, as by deliveries that fail again, is not replayed.
    pub until: Timestamp,
    /// Whether there may be more of the reason.
    pub more: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_one_word() {
        assert_eq!("unknown_number".parse::<Reason>().map(String::from), Ok("unknown_number".to_owned()));
        for wrong in ["", "Unknown", "two words", "naïve", "nul\0", &"x".repeat(61)] {
            assert_eq!(wrong.parse::<Reason>(), Err(NotAReason), "{wrong:?}");
        }
    }

    #[test]
    fn a_cursor_survives_in_an_address() {
        let cursor = QuarantineCursor {
            at: Timestamp::constant(1_795_251_900, 123_456_000),
            delivery: uuid::uuid!("01890a5d-ac96-774b-bcce-b302099a8057").into(),
            number: 7,
        };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        for wrong in ["", "1", "1.2.3", "x.01890a5d-ac96-774b-bcce-b302099a8057.7"] {
            assert_eq!(wrong.parse::<QuarantineCursor>(), Err(NotACursor), "{wrong}");
        }
    }

    #[test]
    fn json_is_indented_and_anything_else_is_shown_as_far_as_it_is_text() {
        let shown = |bytes: &[u8]| RawView::new(bytes, u32::try_from(bytes.len()).unwrap());
        assert_eq!(shown(br#"{"a":1}"#).text, "{\n  \"a\": 1\n}");
        assert_eq!(shown(br#"{"a":"#).text, r#"{"a":"#);
        assert_eq!(shown(b"\xffhello").text, "\u{fffd}hello");
        assert!(!shown(b"hello").cut);
    }

    #[test]
    fn what_is_long_is_cut_between_characters() {
        let long = "é".repeat(RAW_MAX);
        let shown = RawView::new(long.as_bytes(), 2);
        assert!(shown.cut && shown.text.len() <= RAW_MAX + 3, "{}", shown.text.len());
        // Short, and long only once it is indented.
        let lines = format!("[{}1]", "1,".repeat(RAW_MAX / 4));
        let shown = RawView::new(lines.as_bytes(), 2);
        assert!(shown.cut && shown.text.len() <= RAW_MAX);
    }
}
