//! How much room everything has.

use serde::{Deserialize, Serialize};

/// What the reader prefers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Density {
    /// Room to breathe.
    #[default]
    Comfortable,
    /// More on one screen.
    Compact,
}

impl Density {
    /// Every choice.
    pub const ALL: [Self; 2] = [Self::Comfortable, Self::Compact];

    /// The stable name: of the cookie, the form and the attribute.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Comfortable => "comfortable",
            Self::Compact => "compact",
        }
    }

    /// The choice of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|density| density.name() == name)
    }
}
