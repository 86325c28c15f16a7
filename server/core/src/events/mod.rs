//! Events and realtime (row J3, DESIGN rule 10): rows in the transaction of the change, a coalesced doorbell between
//! processes, and a hub per process that hands new rows to the live readers.

mod bus;
mod hub;
mod log;
mod postgres;

pub use bus::{Bus, LocalBus, Topic};
pub use hub::{Batch, Delivered, Hub, Subscription};
pub use log::{Backlog, now_cursor, since, sweep};
pub use postgres::PostgresBus;

pub(crate) use bus::rung;
pub(crate) use hub::pump;
pub(crate) use log::{LogEntry, append};
