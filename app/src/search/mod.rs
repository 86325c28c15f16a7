//! Search in the list's pane: a field at its head, and in place of the list what was found. People first, messages below.
//!
//! The address says what is looked for (`?q=`), so that reload and back restore it; results open a conversation and keep
//! it. Questions are asked a moment after the last key, and only the answer to the last one counts ([`asking`]).

mod address;
pub mod api;
pub(crate) mod asking;
mod found;
mod kept;
mod options;
mod pane;
mod results;

pub(crate) use found::{aside_of, pieces, title_of};
pub(crate) use kept::forget_of;
pub(crate) use options::{is_at, option_id, walk};
pub use pane::SearchPane;
pub(crate) use pane::begin;
