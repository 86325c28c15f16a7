//! The palette: go anywhere, do anything, find anyone, from one field (`Ctrl K` or `⌘ K`).
//!
//! Places and actions are known here and ranked as one types ([`rank`]); people and messages are asked for from the second
//! letter on. A page adds what can be done on it for as long as it lives: `use_actions().register(…)` ([`actions`]).

mod actions;
mod dialog;
mod entry;
mod kept;
pub mod rank;

pub use actions::{Action, Actions, use_actions};
pub use dialog::Palette;
pub(crate) use kept::forget;
