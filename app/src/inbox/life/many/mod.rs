//! What is done with many conversations at once: those that are selected in the list.
//!
//! The host is asked for some at a time, which it changes in one transaction; what became of each is told
//! ([`Tally`](tally::Tally)), and the whole is offered to be undone.

mod bar;
mod choices;
mod doing;
mod keys;
mod menu;
mod tally;
mod words;

pub use bar::{ManyBar, SelectButton};
pub use doing::{Many, use_many};
pub use keys::press;
pub use words::selected;
