//! The inbox: the list of conversations, the open thread, and who it is with.
//!
//! One page shows all three, at `/w/{workspace}/inbox` and `/w/{workspace}/inbox/{conversation}`; the address says which
//! conversation and filter are on screen ([`address`]). What the page knows is in [`state`]; the live connection feeds it
//! ([`live`]). The modules up to [`preview`] are pure rules.

pub mod address;
pub mod days;
pub mod gather;
pub mod markup;
pub mod merge;
pub mod order;
pub mod preview;

pub mod api;
mod bubble;
mod bubbles;
mod clock;
mod composer;
mod connection;
mod contact;
mod content;
mod draft;
mod header;
mod kept;
mod keys;
mod list;
mod live;
mod log_in;
mod note;
mod outbox;
mod page;
mod reading;
mod recorder;
pub(crate) mod remedy;
mod row;
mod rows;
mod scroll;
mod sending;
mod state;
mod thread;
mod ticks;
pub(crate) mod trouble;
mod typing;
pub(crate) mod when;
mod window;

pub use page::InboxPage;
