//! Channels: the numbers a workspace writes with; connecting, checking and changing them.

pub mod api;
mod card;
mod connect;
mod manage;
mod numbers;
mod page;
mod secret;
mod webhook;
mod words;

pub use page::ChannelsPage;
