//! The life of a conversation: its status, whose it is, its labels, by pointer and by keys.
//!
//! What is done is seen at once, taken back when the host refuses it, and may be undone for a while ([`doing`]).

pub mod api;
mod assignee;
mod bar;
pub(super) mod desk;
mod doing;
mod effect;
mod keys;
mod labels;
mod presets;
mod snooze;
mod status;

pub use bar::{LifeBar, LifeLabels};
pub use doing::Life;
pub use keys::{offer, press};
pub use status::StatusWord;
