//! Home (row I1): what happened today, what waits, how it goes over time, what the team did last.

mod activity;
pub mod api;
mod cards;
mod export;
mod page;
mod state;
mod volume;
mod waiting;
mod words;
mod zone;

pub use page::HomePage;
