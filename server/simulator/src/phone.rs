//! A customer's phone: its number, its owner, and what was written to and from it.

use std::{
    collections::{BTreeMap, VecDeque},
    fmt,
};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{message::Message, signature};

/// How many messages a phone remembers; the oldest go first.
pub(crate) const MESSAGES_PER_PHONE: usize = 500;

/// The customer service window (Meta, "Sending messages: customer service windows").
const WINDOW: SignedDuration = SignedDuration::from_hours(24);

/// A telephone number that cannot be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a phone number has 7 to 15 digits with its country code, such as +55 11 98765-4321")]
pub struct PhoneError;

/// A telephone number as WhatsApp's `wa_id` has it: country code and number, digits only. Kept in place, because the
/// ledgers hold millions of them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Digits {
    length: u8,
    signs: [u8; 15],
}

impl Digits {
    /// Reads a number as people write it: `+`, spaces, hyphens, dots and parentheses are allowed (the messages
    /// endpoint's rule), seven to fifteen digits (E.164), the first not zero.
    pub(crate) fn parse(raw: &str) -> Result<Self, PhoneError> {
        let raw = raw.trim();
        let rest = raw.strip_prefix('+').unwrap_or(raw);
        let mut digits = Self { length: 0, signs: [0; 15] };
        for sign in rest.chars() {
            match sign {
                '0'..='9' => {
                    let place = digits.signs.get_mut(usize::from(digits.length)).ok_or(PhoneError)?;
                    *place = u8::try_from(sign).map_err(|_| PhoneError)?;
                    digits.length += 1;
                }
                ' ' | '-' | '.' | '(' | ')' | '\u{a0}' => {}
                _ => return Err(PhoneError),
            }
        }
        if digits.length < 7 || digits.signs.starts_with(b"0") { Err(PhoneError) } else { Ok(digits) }
    }

    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.signs[..usize::from(self.length)]).unwrap_or_default()
    }
}

impl fmt::Debug for Digits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl TryFrom<String> for Digits {
    type Error = PhoneError;

    fn try_from(raw: String) -> Result<Self, PhoneError> {
        Self::parse(&raw)
    }
}

impl From<Digits> for String {
    fn from(digits: Digits) -> Self {
        digits.as_str().to_owned()
    }
}

/// A customer, as the simulator keeps them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Phone {
    pub(crate) digits: Digits,
    /// The name of the customer's WhatsApp profile.
    pub(crate) name: String,
    /// The business-scoped user id, the same for every number of the simulator.
    pub(crate) user_id: String,
    /// In the order in which they were accepted, over all business numbers.
    pub(crate) messages: VecDeque<Message>,
    /// How many older ones were forgotten.
    #[serde(default)]
    pub(crate) forgotten: u64,
    /// When the customer last wrote, by phone number id: what opens the 24-hour window.
    pub(crate) last_wrote: BTreeMap<String, Timestamp>,
    pub(crate) last_active: Timestamp,
    /// Counts uses of all phones: the lowest was not used for longest.
    #[serde(skip)]
    pub(crate) used: u64,
}

impl Phone {
    /// Somebody nobody has heard of before.
    pub(crate) fn new(digits: Digits, name: Option<&str>, secret: &str, now: Timestamp) -> Self {
        let tail = digits.as_str().get(digits.as_str().len().saturating_sub(4)..).unwrap_or_default();
        Self {
            name: name.map_or_else(|| format!("Customer {tail}"), str::to_owned),
            user_id: user_id(secret, &digits),
            digits,
            messages: VecDeque::new(),
            forgotten: 0,
            last_wrote: BTreeMap::new(),
            last_active: now,
            used: 0,
        }
    }

    /// Loses the oldest message.
    pub(crate) fn forget(&mut self) {
        if self.messages.pop_front().is_some() {
            self.forgotten += 1;
        }
    }

    /// Whether the business may answer with something other than a template.
    pub(crate) fn window_is_open(&self, number_id: &str, now: Timestamp) -> bool {
        self.last_wrote.get(number_id).is_some_and(|wrote| now.duration_since(*wrote) < WINDOW)
    }
}

/// `<country>.<digits>`, stable for a phone (Meta, "Business-scoped user IDs").
fn user_id(secret: &str, digits: &Digits) -> String {
    format!("{}.134{}", country(digits), signature::digits(secret, "charla-simulator/user", digits.as_str(), 17))
}

/// The country of a number, for the user id. Countries that are not listed share `ZZ`, which ISO 3166 leaves to users.
fn country(digits: &Digits) -> &'static str {
    const COUNTRIES: [(&str, &str); 30] = [
        ("1809", "DO"),
        ("1829", "DO"),
        ("1849", "DO"),
        ("351", "PT"),
        ("502", "GT"),
        ("506", "CR"),
        ("507", "PA"),
        ("591", "BO"),
        ("593", "EC"),
        ("595", "PY"),
        ("598", "UY"),
        ("20", "EG"),
        ("27", "ZA"),
        ("31", "NL"),
        ("33", "FR"),
        ("34", "ES"),
        ("39", "IT"),
        ("44", "GB"),
        ("49", "DE"),
        ("51", "PE"),
        ("52", "MX"),
        ("54", "AR"),
        ("55", "BR"),
        ("56", "CL"),
        ("57", "CO"),
        ("58", "VE"),
        ("62", "ID"),
        ("90", "TR"),
        ("91", "IN"),
        ("1", "US"),
    ];
    // Longer prefixes stand first.
    COUNTRIES.iter().find(|(prefix, _)| digits.as_str().starts_with(prefix)).map_or("ZZ", |(_, country)| country)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for written in ["+5511987654321", "5511987654321", "+55 (11) 98765-4321", " +55.11.98765.4321 "] {
            assert_eq!(Digits::parse(written).unwrap().as_str(), "5511987654321");
        }
        for wrong in ["", "+", "123456", "1234567890123456", "0123456789", "55a1198765", "++5511987654321", "BR.1349"] {
            assert_eq!(Digits::parse(wrong), Err(PhoneError), "{wrong}");
        }
    }

    #[test]
    fn user_ids_are_stable_and_carry_the_country() {
        let of = |raw| user_id("secret", &Digits::parse(raw).unwrap());
        assert_eq!(of("+5511987654321"), of("55 11 98765 4321"));
        assert!(of("+5511987654321").starts_with("BR.134"));
        assert!(of("+18095551234").starts_with("DO."));
        assert!(of("+16505551234").starts_with("US."));
        assert!(of("+88812345678").starts_with("ZZ."));
    }

    #[test]
    fn the_window_closes_after_a_day() {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let mut ana = Phone::new(Digits::parse("+5511987654321").unwrap(), Some("Ana"), "secret", now);
        assert!(!ana.window_is_open("1", now));
        ana.last_wrote.insert("1".to_owned(), now);
        assert!(ana.window_is_open("1", now + SignedDuration::from_secs(86_399)));
        assert!(!ana.window_is_open("1", now + SignedDuration::from_secs(86_400)));
        assert!(!ana.window_is_open("2", now));
    }
}
