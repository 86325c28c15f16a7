//! The settings core needs. The host reads them from the command line and the environment.

use jiff::SignedDuration;
use secrecy::SecretString;

/// How long a login lasts.
#[derive(Debug, Clone, Copy)]
pub struct SessionLimits {
    /// Ends a session that was not used for this long. 160 minutes unless set (row A1).
    pub idle: SignedDuration,
    /// Ends a session that is this old, used or not.
    pub absolute: SignedDuration,
}

impl Default for SessionLimits {
    fn default() -> Self {
        Self { idle: SignedDuration::from_mins(160), absolute: SignedDuration::from_hours(30 * 24) }
    }
}

/// Where a simulated Meta listens; new workspaces are connected to it.
#[derive(Debug, Clone)]
pub struct SimulatorAt {
    /// Its address as this process reaches it, without a slash at the end.
    pub url: String,
    /// Its address as a browser reaches it.
    pub public_url: String,
}

/// Settings of the product.
#[derive(Debug, Clone)]
pub struct Config {
    /// Seals tokens and keys stored secrets; 32 bytes or more.
    pub secret_key: SecretString,
    /// Meta signs webhooks with it.
    pub app_secret: SecretString,
    /// Meta proves with it that a webhook subscription is ours.
    pub verify_token: SecretString,
    /// The address people reach this installation at, without a slash at the end; links are made from it and never from
    /// a request's headers.
    pub public_url: String,
    /// Where the Graph API of numbers that people connect is, without a slash at the end: Meta's, or a simulator's. Never
    /// from a user, who could have us ask any address.
    pub graph_url: String,
    /// The version of the Graph API to speak, `vNN.N`.
    pub graph_version: String,
    /// How long a login lasts.
    pub sessions: SessionLimits,
    /// Whether this process gives deliveries their effect. Off only for measuring what storing them costs.
    pub processing: bool,
    /// The simulator, in development.
    pub simulator: Option<SimulatorAt>,
}
