//! Contacts: who they are, what members know and write about them, and the workspace's tags and fields.
//!
//! The parts of a contact stand in the inbox' pane and on a page of their own; both show a [`Contact`], which holds what
//! is known and makes the changes.

pub mod api;
mod contact;
mod conversations;
mod fields;
mod history;
mod identities;
mod list;
mod listed;
mod live;
mod name;
mod note;
mod notes;
mod page;
mod pages;
mod parts;
mod section;
mod settings;
mod tags;
mod value;

pub(crate) use contact::Contact;
pub use list::ContactsPage;
pub(crate) use name::Name;
pub use page::ContactPage;
pub(crate) use parts::Parts;
pub use settings::ContactSettingsPage;
