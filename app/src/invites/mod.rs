//! Invites: making links, seeing and revoking them, and opening one.

pub mod api;
mod list;
mod page;

pub use list::{InviteList, Invites, open_invites};
pub use page::InvitePage;
