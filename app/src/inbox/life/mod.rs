//! The life of a conversation: its status, whose it is, its labels, by pointer and by keys.
//!
//! What is done is seen at once, taken back when the host refuses it, and may be undone for a while ([`doing`]). Many
//! conversations are changed as the host goes through them ([`many`]).

pub mod api;
mod assignee;
mod bar;
pub(super) mod desk;
mod doing;
mod effect;
mod keys;
mod labels;
mod many;
mod presets;
mod reason;
mod snooze;
mod status;

pub use bar::{LifeBar, LifeLabels};
pub use doing::Life;
pub use keys::{offer, press};
pub use many::{Many, ManyBar, SelectButton};
pub use reason::ReasonDialog;
pub use status::StatusWord;
