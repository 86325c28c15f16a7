//! Workspaces: choosing one, making one.

pub mod api;
mod page;

pub use page::WorkspacesPage;
