//! Other secrets for a channel that is connected. They are sealed to their rows; the audit trail says that they changed,
//! and nothing of what they are.

use charla_shared::{
    channel::{self, NewAppSecret, NewToken, NewVerifyToken, Verified},
    event::Happening,
    id::{ChannelId, MetaAppId},
    permission::Permission,
    problem::Problem,
};
use garde::Validate;
use secrecy::SecretString;
use uuid::Uuid;

use super::{
    ChannelError, apps,
    check::{self, Budget},
    client,
    verify::{Reach, confirm},
};
use crate::{Actor, Core, Failure, Tx, audit::NewEntry};

/// Takes another access token, if Meta confirms the number with it. Needs `channels.manage`.
///
/// Audit: `channel.set_token`. Events: the channels changed.
///
/// # Errors
/// [`ChannelError::Refused`], and the old token stays; [`Failure::Invalid`]; [`Failure::NotFound`].
pub async fn set_token(
    core: &Core,
    actor: &Actor,
    channel: ChannelId,
    new: &NewToken,
) -> Result<Verified, ChannelError> {
    actor.require(Permission::ChannelsManage)?;
    let budget = Budget::begin();
    new.validate()?;
    let text = new.access_token.trim();
    let token = SecretString::from(text);
    let mut tx = actor.begin(core).await?;
    let reach = Reach::of(&mut tx, channel).await?;
    tx.commit().await?;
    let client = client(core, &reach.graph_url, token.clone());
    let number = check::look(&client, budget, &reach.phone_number_id, &reach.business_account_id).await?;

    let mut tx = actor.begin(core).await?;
    let workspace = tx.workspace();
    let sealed = core.sealer.seal(&core.environment, "channels", channel.into(), &token);
    sqlx::query!(
        "UPDATE channels SET token_sealed = $3, token_tail = $4 WHERE workspace_id = $1 AND id = $2",
        workspace,
        Uuid::from(channel),
        sealed,
        channel::tail(text)
    )
    .execute(tx.sql())
    .await?;
    confirm(&mut tx, channel, &number).await?;
    tx.tell(&Happening::ChannelChanged).await?;
    tx.record(NewEntry::new("channel.set_token", "channel", channel));
    tx.commit().await?;
    let subscription = check::subscribe(&client, budget, &reach.business_account_id).await.map(Problem::from);
    Ok(Verified { number, subscription })
}

/// Takes another secret for the channel's Meta app, which other channels may share. Needs `channels.manage`.
///
/// Audit: `meta_app.set_secret`. Events: the channels changed.
///
/// # Errors
/// [`ChannelError::NoApp`]; [`Failure::Invalid`]; [`Failure::NotFound`].
pub async fn set_app_secret(
    core: &Core,
    actor: &Actor,
    channel: ChannelId,
    new: &NewAppSecret,
) -> Result<(), ChannelError> {
    actor.require(Permission::ChannelsManage)?;
    new.validate()?;
    let mut tx = actor.begin(core).await?;
    let app = app_of(&mut tx, channel).await?;
    apps::store_secret(&mut tx, app, new.app_secret.trim()).await?;
    finish(tx, app, "meta_app.set_secret").await
}

/// Takes another verify token for the channel's Meta app, which other channels may share. Needs `channels.manage`.
///
/// Audit: `meta_app.set_verify_token`. Events: the channels changed.
///
/// # Errors
/// [`ChannelError::NoApp`]; [`Failure::Invalid`]; [`Failure::NotFound`].
pub async fn set_verify_token(
    core: &Core,
    actor: &Actor,
    channel: ChannelId,
    new: &NewVerifyToken,
) -> Result<(), ChannelError> {
    actor.require(Permission::ChannelsManage)?;
    new.validate()?;
    let mut tx = actor.begin(core).await?;
    let app = app_of(&mut tx, channel).await?;
    apps::store_verify_token(&mut tx, app, &new.verify_token.trim().into()).await?;
    finish(tx, app, "meta_app.set_verify_token").await
}

async fn finish(mut tx: Tx, app: MetaAppId, action: &'static str) -> Result<(), ChannelError> {
    tx.tell(&Happening::ChannelChanged).await?;
    tx.record(NewEntry::new(action, "meta_app", app));
    let core = tx.core().clone();
    tx.commit().await?;
    // Other processes take the change over within seconds.
    core.apps.forget(app);
    Ok(())
}

async fn app_of(tx: &mut Tx, channel: ChannelId) -> Result<MetaAppId, ChannelError> {
    let workspace = tx.workspace();
    sqlx::query_scalar!(
        "SELECT app_id FROM channels WHERE workspace_id = $1 AND id = $2",
        workspace,
        Uuid::from(channel)
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(Failure::NotFound)?
    .map(MetaAppId::from)
    .ok_or(ChannelError::NoApp)
}
