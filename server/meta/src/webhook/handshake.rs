//! The subscription handshake (§4.2): Meta asks with our verify token, and gets its challenge back.

use serde::Deserialize;
use subtle::ConstantTimeEq;

/// The query of Meta's GET. The names hold dots.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Handshake {
    /// `subscribe`.
    #[serde(rename = "hub.mode", default)]
    pub mode: String,
    /// To be sent back as it is.
    #[serde(rename = "hub.challenge", default)]
    pub challenge: String,
    /// Must be ours.
    #[serde(rename = "hub.verify_token", default)]
    pub verify_token: String,
}

impl Handshake {
    /// The challenge, if mode and token are right. An unset token of ours fits nothing.
    #[must_use]
    pub fn check(&self, ours: &str) -> Option<&str> {
        let right: bool = self.verify_token.as_bytes().ct_eq(ours.as_bytes()).into();
        (right && !ours.is_empty() && self.mode == "subscribe").then_some(self.challenge.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_subscription_with_our_token_gets_its_challenge() {
        let asked = |mode: &str, token: &str| Handshake {
            mode: mode.into(),
            challenge: "1158".into(),
            verify_token: token.into(),
        };
        assert_eq!(asked("subscribe", "ours").check("ours"), Some("1158"));
        assert_eq!(asked("subscribe", "theirs").check("ours"), None);
        assert_eq!(asked("unsubscribe", "ours").check("ours"), None);
        assert_eq!(asked("subscribe", "").check(""), None);
    }
}
