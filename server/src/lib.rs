//! The axum host of Charla: command line, settings, HTTP assembly, realtime sockets, telemetry. No rule of the product
//! is here; they are in `charla-core`.

pub mod cli;
mod connections;
mod demo;
pub mod http;
mod metrics;
mod migrate;
mod openapi;
mod quarantine;
mod replay;
pub mod serve;
pub mod settings;
mod simulate;
mod telemetry;
