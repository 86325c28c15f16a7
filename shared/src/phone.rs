//! A phone number as Meta writes it: digits only, country code first, no plus (meta-api.md §5.1).

use std::fmt;

use serde::{Deserialize, Serialize};

/// Digits of a full international number, 5 to 20 of them. E.164 allows 15; Meta's test numbers and some countries'
/// machine numbers are longer, and refusing a customer's message for it would lose it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

/// The text is not a full international phone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("write the number with its country code, for example +55 11 98765-4321")]
pub struct NotAPhone;

impl Phone {
    /// Reads a number as people write it: plus, blanks, dots, hyphens and parentheses are dropped.
    pub fn parse(text: &str) -> Result<Self, NotAPhone> {
        let mut digits = String::new();
        for c in text.trim().chars() {
            match c {
                '0'..='9' => digits.push(c),
                '+' if digits.is_empty() => {}
                ' ' | '-' | '.' | '(' | ')' | '\u{a0}' => {}
                _ => return Err(NotAPhone),
            }
        }
        if (5..=20).contains(&digits.len()) { Ok(Self(digits)) } else { Err(NotAPhone) }
    }

    /// The digits, without plus.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// The number with all but its last two digits hidden, for roles that may not see it.
    #[must_use]
    pub fn masked(&self) -> String {
        let shown = self.0.len().saturating_sub(2);
        format!("+{}{}", "•".repeat(shown), &self.0[shown..])
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+{}", self.0)
    }
}

impl TryFrom<String> for Phone {
    type Error = NotAPhone;

    fn try_from(text: String) -> Result<Self, NotAPhone> {
        Self::parse(&text)
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_is_read_as_people_write_it() {
        assert_eq!(Phone::parse("+55 (11) 98765-4321").map(|p| p.to_string()), Ok("+5511987654321".to_owned()));
        assert_eq!(Phone::parse("12"), Err(NotAPhone));
        assert_eq!(Phone::parse("BR.13491208655302741918"), Err(NotAPhone));
    }

    #[test]
    fn a_masked_number_shows_two_digits() {
        assert_eq!(Phone::parse("5511987654321").map(|p| p.masked()), Ok("+•••••••••••21".to_owned()));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in any::<String>()) {
            if let Ok(phone) = Phone::parse(&text) {
                prop_assert!(phone.digits().bytes().all(|b| b.is_ascii_digit()));
            }
        }
    }
}
