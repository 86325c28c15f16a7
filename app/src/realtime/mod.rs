//! The live connection to the host (row J3, DESIGN rule 10).
//!
//! [`open`] keeps one socket to `/ws` for as long as its owner lives, comes back by itself with the cursor it has reached,
//! and hands every frame to the caller. What a frame means is the caller's matter.

pub mod backoff;
pub mod resume;
mod socket;

pub use socket::{Connection, open};
