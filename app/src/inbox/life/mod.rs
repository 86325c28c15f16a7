//! The life of a conversation: its status, whose it is, its labels, by pointer and by keys.

pub mod api;
