//! For operators: what of the webhooks could take no effect, why, and the ways out: replaying after a fix, discarding.

mod address;
pub mod api;
mod discard;
mod list;
mod page;
mod reasons;
mod update;
mod work;

pub use page::QuarantinePage;
