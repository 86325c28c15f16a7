//! A faithful Meta for development and tests: the WhatsApp part of the Graph API, signed webhooks, and phones to type on.
//!
//! What it promises: the same paths, the same JSON, the same error numbers and the same asynchrony as the Cloud API, so
//! that a client which works here needs no second code path for the real thing. What it does not do is listed in
//! `docs/SIMULATOR.md`.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use charla_simulator::{Simulator, SimulatorConfig};
//!
//! let simulator = Simulator::start(SimulatorConfig {
//!     webhook_url: "http://127.0.0.1:8080/webhooks/meta".into(),
//!     app_secret: "shared with the server".into(),
//!     verify_token: "shared too".into(),
//!     ..SimulatorConfig::default()
//! })
//! .await?;
//! let number = simulator.register_number("demo", "Demo bakery");
//! simulator.customer_writes("+5511987654321", "Ana", &number.phone_number_id, "Hola")?;
//! # Ok(()) }
//! ```

mod agenda;
mod bulk;
mod business;
mod config;
mod control;
mod customer;
mod events;
mod failure;
mod faults;
mod graph;
mod ids;
mod ledger;
mod limits;
mod magic;
mod media;
mod message;
mod number;
mod page;
mod persist;
mod phone;
mod signature;
mod simulator;
mod status;
mod timing;
mod webhook;
mod world;

pub use bulk::{BulkError, BulkKind, BulkOrder, BulkReport, BulkState};
pub use config::{Retry, SimulatorConfig, Timing};
pub use customer::SandboxError;
pub use faults::{FaultScript, FaultScriptError, GraphFault, GraphRule, WebhookFault, WebhookRule, When};
pub use ledger::{AckedEntry, AckedPage, Rate, SentEntry, SentPage};
pub use limits::{Limits, LimitsChange};
pub use media::{MediaError, MediaFile};
pub use message::{Author, Failure, Message, Status};
pub use number::{Number, TokenState};
pub use phone::PhoneError;
pub use simulator::{Simulator, StartError};
pub use timing::TimingChange;
pub use webhook::HandshakeError;

/// Tells a field that is `null` from one that is not there.
fn given<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: serde::Deserialize<'de>,
    D: serde::Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}
