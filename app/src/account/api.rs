//! What the browser asks about the logged-in person.

use charla_shared::account::{Me, SessionView};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::context;
use crate::{failure::Failure, json::Json};

/// The logged-in person with their workspaces.
#[server(name = AskMe, prefix = "/fn", endpoint = "account/me", input = Json, output = Json)]
pub async fn me() -> Result<Me, Failure> {
    let (core, signed_in) = context::signed_in()?;
    Ok(charla_core::accounts::me(&core, &signed_in).await?)
}

/// One's own logins.
#[server(name = ListSessions, prefix = "/fn", endpoint = "account/sessions", input = Json, output = Json)]
pub async fn sessions() -> Result<Vec<SessionView>, Failure> {
    let (core, signed_in) = context::signed_in()?;
    Ok(charla_core::accounts::sessions(&core, &signed_in).await?)
}
