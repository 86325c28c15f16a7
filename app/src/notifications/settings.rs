//! What somebody wants to be told on this device.

use charla_shared::id::UserId;
use serde::{Deserialize, Serialize};

use crate::device;

const KEPT_AS: &str = "notifications";

/// Whose conversations one is told of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Which {
    /// All that one may see.
    #[default]
    All,
    /// One's own.
    Mine,
    /// None.
    None,
}

impl Which {
    pub(super) const ALL: [Self; 3] = [Self::All, Self::Mine, Self::None];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Mine => "mine",
            Self::None => "none",
        }
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|which| which.name() == name)
    }

    /// Whether a conversation of this assignee is among them.
    pub(super) fn concerns(self, assignee: Option<UserId>, me: Option<UserId>) -> bool {
        match self {
            Self::All => true,
            Self::Mine => me.is_some() && assignee == me,
            Self::None => false,
        }
    }
}

/// The settings of this device. Silent until somebody asks for more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Settings {
    /// Whether the device shows a notification; it also has to allow that.
    pub(super) desktop: bool,
    /// Whether it makes a sound.
    pub(super) sound: bool,
    /// For which conversations.
    pub(super) which: Which,
}

impl Settings {
    /// As they were kept; the usual ones when they do not read back.
    pub(super) fn read() -> Self {
        device::read(KEPT_AS).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    /// Keeps them on this device.
    pub(super) fn keep(self) {
        if let Ok(text) = serde_json::to_string(&self) {
            device::keep(KEPT_AS, &text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(n: u128) -> UserId {
        uuid::Uuid::from_u128(n).into()
    }

    #[test]
    fn ones_own_are_those_one_is_assigned_to() {
        let (me, other) = (Some(user(1)), Some(user(2)));
        assert!(Which::Mine.concerns(me, me));
        assert!(!Which::Mine.concerns(other, me));
        assert!(!Which::Mine.concerns(None, me));
        assert!(!Which::Mine.concerns(None, None), "nobody is not me");
        assert!(Which::All.concerns(None, me));
        assert!(!Which::None.concerns(me, me));
    }

    #[test]
    fn settings_of_another_release_are_understood_as_far_as_they_go() {
        let read: Settings = serde_json::from_str(r#"{"sound":true,"vibration":true}"#).expect("reads");
        assert_eq!(read, Settings { sound: true, ..Settings::default() });
    }
}
