//! Canned replies: the workspace's common texts. They are kept here and used in the composer.

pub mod api;
mod editor;
mod page;
mod replies;

pub use page::CannedRepliesPage;
