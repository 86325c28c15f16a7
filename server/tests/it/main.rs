//! Integration tests: the whole host against a real Postgres and the simulator over real HTTP. One story per test, in
//! the field's words; the kit reads like the domain.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod kit;

mod accounts;
mod analytics;
mod bad_webhooks;
mod channels;
mod clock;
mod composer;
mod contacts;
mod demo;
mod inbox;
mod isolation;
mod languages;
mod life;
mod life_many;
mod list;
mod operating;
mod pages;
mod quarantine;
mod realtime;
mod roles;
mod schema;
mod search;
mod thread;
mod webhooks;
mod workspaces;
