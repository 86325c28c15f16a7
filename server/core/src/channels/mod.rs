//! Channels (row B1): the numbers a workspace talks from.
//!
//! A number is tested at Meta before anything about it is stored ([`test`](fn@test), [`connect`](fn@connect)), and again
//! whenever its token changes. Tokens and secrets are sealed to their rows and leave core only towards Meta. Requests go
//! to the Graph address of the settings, never to one that a person gave. [`app_keys`] is how the host checks what Meta
//! posts to a workspace's own webhook address.

mod apps;
mod change;
mod check;
mod connect;
mod error;
mod list;
mod secrets;
mod simulator;
mod verify;

use std::sync::Arc;

use charla_meta::graph::GraphClient;
use charla_shared::id::ChannelId;
use secrecy::SecretString;
use uuid::Uuid;

pub use apps::{AppCache, AppKeys, app_keys, delivered, knows_app, subscribed};
pub use change::{change, set_active};
pub use check::{PATIENCE, Refusal};
pub use connect::{connect, test};
pub use error::ChannelError;
pub use list::list;
pub(crate) use list::trouble;
pub use secrets::{set_app_secret, set_token, set_verify_token};
pub(crate) use simulator::{add_stand_in, connect as connect_simulator, connect_quietly, greet};
pub use verify::verify;

use crate::{Core, Failure, Tx};

/// What is needed to talk through a channel.
pub(crate) struct Line {
    /// Speaks for the number.
    pub client: GraphClient,
    /// Meta's id of the number.
    pub phone_number_id: String,
}

/// Opens the channel's token and makes a client of it. The token stays inside the client.
///
/// # Errors
/// [`Failure::NotFound`] also for a channel that was deactivated: nothing is sent through it.
pub(crate) async fn line(tx: &mut Tx, channel: ChannelId) -> Result<Line, Failure> {
    let (workspace, id) = (tx.workspace(), Uuid::from(channel));
    let row = sqlx::query!(
        "SELECT phone_number_id, graph_url, token_sealed FROM channels WHERE workspace_id = $1 AND id = $2 AND active",
        workspace,
        id
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(Failure::NotFound)?;
    let core = tx.core();
    let token =
        core.sealer.open("channels", id, &row.token_sealed).map_err(|error| Failure::Corrupt(error.to_string()))?;
    Ok(Line { client: client(core, &row.graph_url, token), phone_number_id: row.phone_number_id })
}

fn client(core: &Core, graph_url: &str, token: SecretString) -> GraphClient {
    GraphClient::new(Arc::clone(&core.http), graph_url, &core.config.graph_version, token)
}
