//! What the browser asks about channels. Secrets go in and never come back.

use charla_shared::{
    channel::{
        ChannelChange, ChannelView, Connected, Credentials, NewAppSecret, NewChannel, NewToken, NewVerifyToken,
        TestedNumber, Verified,
    },
    id::{ChannelId, WorkspaceId},
};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::context;
use crate::{failure::Failure, json::Json};

/// The channels of the workspace.
#[server(name = ListChannels, prefix = "/fn", endpoint = "channels/list", input = Json, output = Json)]
pub async fn list(workspace: WorkspaceId) -> Result<Vec<ChannelView>, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::channels::list(&core, &actor).await?)
}

/// Asks Meta for a number; nothing is stored.
#[server(name = TestChannel, prefix = "/fn", endpoint = "channels/test", input = Json, output = Json)]
pub async fn test(workspace: WorkspaceId, credentials: Credentials) -> Result<TestedNumber, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::channels::test(&core, &actor, &credentials).await?)
}

/// Connects a number that Meta confirms.
#[server(name = ConnectChannel, prefix = "/fn", endpoint = "channels/connect", input = Json, output = Json)]
pub async fn connect(workspace: WorkspaceId, channel: NewChannel) -> Result<Connected, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::channels::connect(&core, &actor, &channel).await?)
}

/// Asks Meta again for a number that is connected.
#[server(name = VerifyChannel, prefix = "/fn", endpoint = "channels/verify", input = Json, output = Json)]
pub async fn verify(workspace: WorkspaceId, channel: ChannelId) -> Result<Verified, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::channels::verify(&core, &actor, channel).await?)
}

/// Changes name and pace.
#[server(name = ChangeChannel, prefix = "/fn", endpoint = "channels/change", input = Json, output = Json)]
pub async fn change(workspace: WorkspaceId, channel: ChannelId, change: ChannelChange) -> Result<(), Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::channels::change(&core, &actor, channel, &change).await?)
}

/// Lets a channel send, or stops it.
#[server(name = SetChannelActive, prefix = "/fn", endpoint = "channels/set_active", input = Json, output = Json)]
pub async fn set_active(workspace: WorkspaceId, channel: ChannelId, active: bool) -> Result<(), Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::channels::set_active(&core, &actor, channel, active).await?)
}

/// Takes another access token, if Meta confirms the number with it.
#[server(name = SetChannelToken, prefix = "/fn", endpoint = "channels/set_token", input = Json, output = Json)]
pub async fn set_token(workspace: WorkspaceId, channel: ChannelId, token: NewToken) -> Result<Verified, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::channels::set_token(&core, &actor, channel, &token).await?)
}

/// Takes another secret of the channel's Meta app.
#[server(name = SetAppSecret, prefix = "/fn", endpoint = "channels/set_app_secret", input = Json, output = Json)]
pub async fn set_app_secret(workspace: WorkspaceId, channel: ChannelId, secret: NewAppSecret) -> Result<(), Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::channels::set_app_secret(&core, &actor, channel, &secret).await?)
}

/// Takes another verify token for the channel's Meta app.
#[server(name = SetVerifyToken, prefix = "/fn", endpoint = "channels/set_verify_token", input = Json, output = Json)]
pub async fn set_verify_token(
    workspace: WorkspaceId,
    channel: ChannelId,
    token: NewVerifyToken,
) -> Result<(), Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::channels::set_verify_token(&core, &actor, channel, &token).await?)
}
