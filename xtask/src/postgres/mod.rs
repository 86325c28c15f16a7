//! A private Postgres cluster: one for `run` that stays, and one for each test run that does not.
//!
//! Clusters listen on a Unix socket inside their own data directory, which only their owner can enter; there is no port to
//! collide with another Postgres and no password to leak. Postgres refuses to run as root, so for root everything runs as
//! the user `postgres`.

mod binaries;
mod cluster;

pub use cluster::{Cluster, Durability};
