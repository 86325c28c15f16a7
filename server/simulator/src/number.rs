//! A business number: what a workspace connects to.

use serde::{Deserialize, Serialize};

use crate::signature;

/// A registered business number, with the credentials that reach it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    /// The name the caller gave it, for example a workspace id.
    pub key: String,
    /// Fifteen digits, as in `metadata.phone_number_id`.
    pub phone_number_id: String,
    /// The WhatsApp Business account it belongs to; every number has its own.
    pub waba_id: String,
    /// The only token that reaches the number and its account.
    pub access_token: String,
    /// For people: `+1 555-012-3456`.
    pub display_phone_number: String,
    /// The name customers see.
    pub verified_name: String,
    /// Whether the account's webhooks are subscribed; true from the start, unlike at Meta, where it is a step of its own.
    pub subscribed: bool,
    /// Counts registrations: the highest is the one that was touched last.
    pub(crate) registered: u64,
    #[serde(default, skip_serializing_if = "TokenState::is_valid")]
    pub(crate) token: TokenState,
}

/// What the access token of a number is good for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenState {
    #[default]
    Valid,
    /// Every request with it is refused with 190.
    Expired,
    /// Every request with it is refused with 10.
    NoPermission,
}

impl TokenState {
    fn is_valid(&self) -> bool {
        *self == Self::Valid
    }
}

impl Number {
    /// The number of a key: derived, so that the same key has the same ids and token in every run with the same secret,
    /// and a server that remembers them stays connected when the simulator has forgotten.
    pub(crate) fn of_key(secret: &str, key: &str, verified_name: &str) -> Self {
        let digits =
            |purpose: &str, count| signature::digits(secret, &format!("charla-simulator/{purpose}"), key, count);
        let line = digits("line", 7);
        let (exchange, subscriber) = line.split_at(3);
        Self {
            key: key.to_owned(),
            phone_number_id: format!("1{}", digits("phone-number-id", 14)),
            waba_id: format!("2{}", digits("waba-id", 14)),
            access_token: format!("EAA{}", hex::encode(signature::derive(secret, "charla-simulator/token", key))),
            display_phone_number: format!("+1 555-{exchange}-{subscriber}"),
            verified_name: verified_name.to_owned(),
            subscribed: true,
            registered: 0,
            token: TokenState::Valid,
        }
    }

    /// The number without decoration, as `metadata.display_phone_number` has it in webhooks.
    pub(crate) fn digits(&self) -> String {
        self.display_phone_number.chars().filter(char::is_ascii_digit).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_one_number_and_a_secret_its_own_numbers() {
        let one = Number::of_key("secret", "bakery", "Bakery");
        assert_eq!(one, Number::of_key("secret", "bakery", "Bakery"));
        assert_ne!(one.phone_number_id, Number::of_key("secret", "butcher", "Bakery").phone_number_id);
        assert_ne!(one.access_token, Number::of_key("other", "bakery", "Bakery").access_token);
        assert_eq!((one.phone_number_id.len(), one.waba_id.len(), one.digits().len()), (15, 15, 11));
    }
}
