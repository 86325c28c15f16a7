//! The live connection to the host (row J3, DESIGN rule 10).
//!
//! A [`Line`] keeps one socket to `/ws` for as long as the frame of a workspace lives, comes back by itself with the cursor
//! it has reached, and hands every frame to those who hear. What a frame means is their matter.

pub mod backoff;
mod line;
pub mod resume;
mod rounds;
mod socket;

pub use line::Line;
pub use rounds::Rounds;
pub use socket::Connection;
