//! Webhooks in (row B1): what Meta posts is stored byte for byte, committed, then acknowledged; its effect comes after.

mod content;
mod process;
pub mod quarantine;
mod store;

pub(crate) use process::process;
pub(crate) use store::sweep;
pub use store::{Stored, store};
