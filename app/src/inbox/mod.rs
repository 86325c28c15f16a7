//! The inbox: the list of conversations, the open thread, and who it is with.
//!
//! One page shows all three, at `/w/{workspace}/inbox` and `/w/{workspace}/inbox/{conversation}`; the address says which
//! conversation is on screen and what the list shows ([`address`]). What the page knows is in [`state`]; the live connection feeds it
//! ([`live`]). The modules up to [`span`] are pure rules.

pub mod address;
pub mod days;
pub mod gather;
pub mod markup;
pub mod merge;
pub mod order;
pub mod preview;
pub mod span;

mod actions;
pub mod api;
mod bubble;
mod bubbles;
mod changes;
mod clock;
mod composer;
mod contact;
mod content;
mod desk;
mod draft;
mod find;
mod header;
mod heard;
mod kept;
mod keys;
mod landing;
pub mod life;
mod lines;
mod list;
mod live;
pub(crate) mod log_in;
mod note;
mod outbox;
mod page;
mod pages;
mod painting;
mod panes;
mod picking;
mod places;
mod quote;
mod reading;
mod recorder;
pub(crate) mod remedy;
mod roving;
mod row;
mod rows;
mod scroll;
mod selection;
mod sending;
pub(crate) mod shelf;
mod state;
mod team_note;
mod thread;
mod thread_cache;
mod ticks;
pub(crate) mod trouble;
mod typing;
mod walk;
pub(crate) mod when;
mod window;
mod words;

pub use desk::Desk;
pub(crate) use kept::any as is_sending;
#[cfg(feature = "measured")]
pub use list::{Measured, MeasuredList};
pub use page::InboxPage;
pub(crate) use shelf::forget_of;
