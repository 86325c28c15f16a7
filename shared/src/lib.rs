//! Types and pure rules used on both sides of the wire.
//!
//! Nothing here does I/O, waits, reads a clock or draws a random number: times and ids come in as arguments, so that a
//! rule gives the same answer in the browser, on the host and in a test. Each module is a noun of the product.

pub mod account;
pub mod address;
pub mod channel;
pub mod conversation;
pub mod entry;
pub mod event;
pub mod id;
pub mod invite;
pub mod label;
pub mod member;
pub mod message;
pub mod permission;
pub mod phone;
pub mod problem;
pub mod quarantine;
pub mod recorder;
pub mod search;
pub mod text;
pub mod workspace;
