//! The workspace's tags and fields of contacts: `/w/{workspace}/settings/contacts`.

mod choices;
mod confirm;
mod field;
mod fields;
mod page;
mod tags;
mod work;

pub use page::ContactSettingsPage;
