//! Meta's wire formats: the webhook parser and the Graph API client for WhatsApp, Messenger and Instagram.
//!
//! Wire types only: no database, no rule of the product. Reading is lenient (what is not known is kept raw and never
//! fails what stands beside it), writing is exact. Sections named in the docs (`§5.2`) are those of the project's
//! reference of Meta's API.

pub mod graph;
pub mod webhook;

pub use http::Method;
