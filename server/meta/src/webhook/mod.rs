//! Webhook deliveries: envelope, signature, handshake, and every kind of update in them.

mod account;
mod content;
mod envelope;
pub mod handshake;
mod json;
mod kind;
mod message;
mod page;
mod replay;
pub mod signature;
mod status;
mod update;

pub use account::{AccountEvent, PhoneEvent, TemplateEvent, UserPreference};
pub use content::{Content, Media};
pub use envelope::{Delivery, NotADelivery, Object, parse};
pub use kind::Kind;
pub use message::{Context, InboundMessage, Sender};
pub use page::PageEvent;
pub use replay::ReplayLine;
pub use status::{DeliveryStatus, StatusUpdate};
pub use update::{CallEvent, Echo, GroupEvent, History, Update, UpdateBody};
