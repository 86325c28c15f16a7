//! Connecting a number: Meta confirms it first, then everything about it is stored at once.

use charla_shared::{
    channel::{self, ChannelKind, Connected, Credentials, NewChannel, TestedNumber},
    event::Happening,
    id::ChannelId,
    permission::Permission,
    problem::Problem,
};
use garde::Validate;
use jiff_sqlx::ToSqlx;
use secrecy::SecretString;
use serde_json::json;
use uuid::Uuid;

use super::{
    ChannelError, apps,
    check::{self, Budget},
    client,
    list::CHANNELS_MAX,
};
use crate::{Actor, Core, Tx, audit::NewEntry};

/// Asks Meta for a number and stores nothing. Needs `channels.manage`.
///
/// # Errors
/// [`ChannelError::Refused`] with the reason; [`crate::Failure::Invalid`] for what cannot be an id or a token.
pub async fn test(core: &Core, actor: &Actor, credentials: &Credentials) -> Result<TestedNumber, ChannelError> {
    actor.require(Permission::ChannelsManage)?;
    let credentials = credentials.trimmed();
    credentials.validate()?;
    let client = client(core, &core.config.graph_url, credentials.access_token.as_str().into());
    Ok(check::look(&client, Budget::begin(), &credentials.phone_number_id, &credentials.business_account_id).await?)
}

/// Connects a number that Meta confirms, and subscribes our app to its account's webhooks. Needs `channels.manage`.
///
/// An app secret that the workspace has given before means the same Meta app: its callback address stays, and the verify
/// token given now is the app's from now on.
///
/// Audit: `channel.connect`, without the secrets. Events: the channels changed.
///
/// # Errors
/// As [`test`]; [`ChannelError::ConnectedHere`], [`ChannelError::ConnectedElsewhere`], [`ChannelError::TooMany`]. Then
/// nothing was stored. That the subscription failed is no error: it is told beside the new channel.
pub async fn connect(core: &Core, actor: &Actor, new: &NewChannel) -> Result<Connected, ChannelError> {
    actor.require(Permission::ChannelsManage)?;
    let budget = Budget::begin();
    let new = new.trimmed();
    new.validate()?;
    let credentials = &new.credentials;
    let graph_url = core.config.graph_url.as_str();
    let token = SecretString::from(credentials.access_token.as_str());
    let client = client(core, graph_url, token.clone());
    let number = check::look(&client, budget, &credentials.phone_number_id, &credentials.business_account_id).await?;

    let mut tx = actor.begin(core).await?;
    make_room(&mut tx).await?;
    let (secret, verify_token) =
        (SecretString::from(new.app_secret.as_str()), SecretString::from(new.verify_token.as_str()));
    let app = apps::find_or_add(&mut tx, &secret, &verify_token).await?;
    let (workspace, channel, now) = (tx.workspace(), tx.id::<ChannelId>(), tx.now());
    let simulated = core.config.simulator.as_ref().is_some_and(|simulator| simulator.url == graph_url);
    let sealed = core.sealer.seal(&core.environment, "channels", channel.into(), &token);
    let added = sqlx::query!(
        "INSERT INTO channels (workspace_id, id, kind, label, phone_number_id, business_account_id, display_phone, graph_url,
                               simulated, token_sealed, token_tail, app_id, verified_name, quality_rating, verified_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)
         ON CONFLICT (workspace_id, phone_number_id) DO NOTHING",
        workspace,
        Uuid::from(channel),
        ChannelKind::Whatsapp.name(),
        new.label,
        credentials.phone_number_id,
        credentials.business_account_id,
        number.display_phone,
        graph_url,
        simulated,
        sealed,
        channel::tail(&credentials.access_token),
        Uuid::from(app),
        number.verified_name,
        number.quality,
        now.to_sqlx() as _
    )
    .execute(tx.sql())
    .await?
    .rows_affected();
    if added == 0 {
        return Err(ChannelError::ConnectedHere);
    }
    make_reachable(&mut tx, channel, &credentials.phone_number_id).await.map_err(|error| match &error {
        sqlx::Error::Database(cause) if cause.constraint() == Some("channel_routes_pkey") => {
            ChannelError::ConnectedElsewhere
        }
        _ => error.into(),
    })?;
    tx.tell(&Happening::ChannelChanged).await?;
    tx.record(NewEntry::new("channel.connect", "channel", channel).after(json!({
        "kind": ChannelKind::Whatsapp.name(),
        "label": new.label,
        "phone_number_id": credentials.phone_number_id,
        "business_account_id": credentials.business_account_id,
        "app": app,
        "simulated": simulated,
    })));
    tx.commit().await?;
    // The app's verify token may be another one now.
    core.apps.forget(app);

    let subscription = check::subscribe(&client, budget, &credentials.business_account_id).await.map(Problem::from);
    Ok(Connected { channel, callback_url: apps::callback_url(core, app), subscription })
}

/// Makes sure that the workspace may have another channel. Locks the workspace, so that of two connections at once each
/// sees what the other has made: the limit holds, and one secret makes one app.
async fn make_room(tx: &mut Tx) -> Result<(), ChannelError> {
    let workspace = tx.workspace();
    sqlx::query!("SELECT id FROM workspaces WHERE id = $1 FOR NO KEY UPDATE", workspace).fetch_one(tx.sql()).await?;
    let count = sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM channels WHERE workspace_id = $1"#, workspace)
        .fetch_one(tx.sql())
        .await?;
    if count < CHANNELS_MAX { Ok(()) } else { Err(ChannelError::TooMany) }
}

/// The rows that every channel has beside its own: the way from Meta's id to it, and the one who sends for it.
pub(super) async fn make_reachable(tx: &mut Tx, channel: ChannelId, phone_number_id: &str) -> Result<(), sqlx::Error> {
    let (workspace, id) = (tx.workspace(), Uuid::from(channel));
    sqlx::query!(
        "INSERT INTO channel_routes (phone_number_id, workspace_id, channel_id) VALUES ($1, $2, $3)",
        phone_number_id,
        workspace,
        id
    )
    .execute(tx.sql())
    .await?;
    sqlx::query!("INSERT INTO senders (workspace_id, channel_id) VALUES ($1, $2)", workspace, id)
        .execute(tx.sql())
        .await?;
    Ok(())
}
