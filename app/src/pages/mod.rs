//! What pages are made of, and the pages that belong to no feature.

mod design;
mod not_found;
mod sheet;
mod threshold;

pub use design::DesignPage;
pub use not_found::NotFoundPage;
pub use sheet::Sheet;
pub use threshold::Threshold;
