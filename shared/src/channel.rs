//! Channels: the numbers, pages and accounts a workspace talks from.

use serde::{Deserialize, Serialize};

use crate::id::ChannelId;

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
    /// Whether it is a number of the simulator.
    pub simulated: bool,
}
