//! Channels: the numbers, pages and accounts a workspace writes with. Their page comes with connecting real ones.

pub mod api;
