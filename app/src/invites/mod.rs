//! Invites: making links, seeing and revoking them, and opening one.

pub mod api;
mod list;
mod page;

pub use list::Invites;
pub use page::InvitePage;
