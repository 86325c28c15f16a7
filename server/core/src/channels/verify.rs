//! Asking Meta again for a number that is connected.

use charla_shared::{
    channel::{TestedNumber, Verified},
    event::Happening,
    id::ChannelId,
    permission::Permission,
    problem::Problem,
};
use jiff_sqlx::ToSqlx;
use secrecy::SecretString;
use serde_json::json;
use uuid::Uuid;

use super::{
    ChannelError,
    check::{self, Budget},
    client,
};
use crate::{Actor, Core, Failure, Tx, audit::NewEntry, events::Topic};

/// What Meta is asked with.
pub(super) struct Reach {
    pub phone_number_id: String,
    pub business_account_id: String,
    pub graph_url: String,
    token_sealed: Vec<u8>,
}

impl Reach {
    pub(super) async fn of(tx: &mut Tx, channel: ChannelId) -> Result<Self, Failure> {
        let workspace = tx.workspace();
        sqlx::query_as!(
            Self,
            "SELECT phone_number_id, business_account_id, graph_url, token_sealed FROM channels
             WHERE workspace_id = $1 AND id = $2",
            workspace,
            Uuid::from(channel)
        )
        .fetch_optional(tx.sql())
        .await?
        .ok_or(Failure::NotFound)
    }

    fn token(&self, core: &Core, channel: ChannelId) -> Result<SecretString, Failure> {
        core.sealer
            .open("channels", channel.into(), &self.token_sealed)
            .map_err(|error| Failure::Corrupt(error.to_string()))
    }
}

/// Asks Meta for the number again, stores what it says, and subscribes our app to the account's webhooks again. Needs
/// `channels.manage`. Whatever Meta refuses, the channel stays as it is.
///
/// Audit: `channel.verify`. Events: the channels changed.
///
/// # Errors
/// [`ChannelError::Refused`] with the reason; [`Failure::NotFound`].
pub async fn verify(core: &Core, actor: &Actor, channel: ChannelId) -> Result<Verified, ChannelError> {
    actor.require(Permission::ChannelsManage)?;
    let budget = Budget::begin();
    let mut tx = actor.begin(core).await?;
    let reach = Reach::of(&mut tx, channel).await?;
    tx.commit().await?;
    let client = client(core, &reach.graph_url, reach.token(core, channel)?);
    let number = check::look(&client, budget, &reach.phone_number_id, &reach.business_account_id).await?;

    let mut tx = actor.begin(core).await?;
    confirm(&mut tx, channel, &number).await?;
    tx.tell(&Happening::ChannelChanged).await?;
    tx.record(NewEntry::new("channel.verify", "channel", channel).after(json!({
        "display_phone": number.display_phone,
        "verified_name": number.verified_name,
        "quality": number.quality,
    })));
    tx.commit().await?;
    let subscription = check::subscribe(&client, budget, &reach.business_account_id).await.map(Problem::from);
    Ok(Verified { number, subscription })
}

/// Stores what Meta says of the number, and lifts its stop.
pub(super) async fn confirm(tx: &mut Tx, channel: ChannelId, number: &TestedNumber) -> Result<(), Failure> {
    let (workspace, now) = (tx.workspace(), tx.now());
    sqlx::query!(
        "UPDATE channels SET display_phone = $3, verified_name = $4, quality_rating = $5, verified_at = $6
         WHERE workspace_id = $1 AND id = $2",
        workspace,
        Uuid::from(channel),
        number.display_phone,
        number.verified_name,
        number.quality,
        now.to_sqlx() as _
    )
    .execute(tx.sql())
    .await?;
    // Whatever Meta refused before, it may take now: what waits is tried at once.
    sqlx::query!(
        "UPDATE senders SET stopped_at = NULL, stopped_code = NULL, stopped_reason = NULL
         WHERE workspace_id = $1 AND channel_id = $2 AND stopped_at IS NOT NULL",
        workspace,
        Uuid::from(channel)
    )
    .execute(tx.sql())
    .await?;
    tx.ring(Topic::Outbox);
    Ok(())
}
