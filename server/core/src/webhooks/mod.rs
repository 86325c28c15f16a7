//! Webhooks in (row B1): what Meta posts is stored byte for byte, committed, then acknowledged; its effect comes after.
//!
//! [`store`](mod@store) writes deliveries in batches, [`process`](mod@process) takes them in lanes, and
//! [`apply`](mod@apply) sorts what they say to the features that take it.

mod apply;
mod content;
mod lane;
mod process;
pub mod quarantine;
mod share;
mod store;

pub(crate) use process::{adopt, run};
pub(crate) use store::{Ingest, flush, sweep};
pub use store::{StoreError, Stored, store};
