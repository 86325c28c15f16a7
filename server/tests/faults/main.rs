//! Fault tests: the program as a process with a Postgres of its own and the simulator, while things break for real:
//! `kill -9`, a database that crashes, hangs or loses its connections, a Meta that loses answers, throttles and talks
//! nonsense. What must hold at the end is compared between three ledgers: what reached a phone, what was acknowledged,
//! and what is stored (docs/TESTING.md).
//!
//! They are a target of their own because they take time and processes: `.config/nextest.toml` runs few at once.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]
#![expect(clippy::cast_precision_loss, reason = "rates are compared, not counted")]

mod kit;

mod accounts_at_meta;
mod answers;
mod crash;
mod database;
mod duplicates;
mod limits;
mod load;
mod nodes;
mod orders;
mod poison;
mod readers;
mod statements;
mod traces;
