//! The simulator through real HTTP: a client on one side, a server that receives webhooks on the other.

#![expect(clippy::unwrap_used, reason = "a surprise fails the test, and the place is what one wants to know")]

mod bulk;
mod control;
mod faults;
mod graph;
mod hostile;
mod inbound;
mod kit;
mod ledgers;
mod limits;
mod media;
mod page;
mod persistence;
mod statuses;
mod validation;
