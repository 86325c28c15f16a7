//! The labels of a workspace: making, renaming, recolouring and deleting them.

pub mod api;
mod confirm;
mod edit;
mod page;
mod row;
mod state;

pub use page::LabelsPage;
