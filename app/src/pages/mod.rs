//! What pages are made of, and the pages that belong to no feature.

#[cfg(debug_assertions)]
mod design;
mod not_found;
pub mod others;
mod sheet;
mod threshold;

#[cfg(debug_assertions)]
pub use design::DesignPage;
pub use not_found::NotFoundPage;
/// Release builds do not carry the page for makers.
#[cfg(not(debug_assertions))]
pub use not_found::NotFoundPage as DesignPage;
pub use sheet::Sheet;
pub use threshold::Threshold;
