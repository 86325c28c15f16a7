//! Members of a workspace, and the invites by which more come.

pub mod api;
mod page;

pub use page::MembersPage;
