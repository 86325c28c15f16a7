//! Contacts (rows D1, D2 begun): who writes to us, and what they are known by.

mod identity;

pub(crate) use identity::{Known, recognise};
