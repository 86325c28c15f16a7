//! The channels of a workspace, as members see them.

use charla_meta::graph::lookup;
use charla_shared::{
    channel::{self, Access, AppView, ChannelKind, ChannelView, Trouble},
    id::MetaAppId,
    permission::Permission,
};
use secrecy::ExposeSecret;
use uuid::Uuid;

use super::apps;
use crate::{Actor, Core, Failure};

/// Most channels of a workspace.
pub(super) const CHANNELS_MAX: i64 = 500;

/// The channels of the workspace, oldest first. Needs `channels.view`; how they are connected is shown with
/// `channels.manage` only, and of secrets no more than their last four characters.
pub async fn list(core: &Core, actor: &Actor) -> Result<Vec<ChannelView>, Failure> {
    actor.require(Permission::ChannelsView)?;
    let manages = actor.permissions.allows(Permission::ChannelsManage);
    let mut tx = actor.begin(core).await?;
    let workspace = tx.workspace();
    let rows = sqlx::query!(
        r#"SELECT c.id, c.label, c.display_phone, c.verified_name, c.simulated, c.active, c.rate, c.quality_rating,
                  c.verified_at AS "verified_at: jiff_sqlx::Timestamp", c.phone_number_id, c.business_account_id, c.token_tail,
                  s.stopped_at AS "stopped_at?: jiff_sqlx::Timestamp", s.stopped_code AS "stopped_code?",
                  s.stopped_reason AS "stopped_reason?",
                  a.id AS "app?", a.secret_tail AS "secret_tail?", a.verify_token_sealed AS "verify_token_sealed?",
                  a.subscribed_at AS "subscribed_at?: jiff_sqlx::Timestamp",
                  a.last_delivery_at AS "last_delivery_at?: jiff_sqlx::Timestamp"
           FROM channels c
           LEFT JOIN senders s ON s.workspace_id = c.workspace_id AND s.channel_id = c.id
           LEFT JOIN meta_apps a ON a.workspace_id = c.workspace_id AND a.id = c.app_id
           WHERE c.workspace_id = $1 ORDER BY c.id LIMIT $2"#,
        workspace,
        CHANNELS_MAX
    )
    .fetch_all(tx.sql())
    .await?;
    tx.commit().await?;
    rows.into_iter()
        .map(|row| {
            let app = match (row.app, row.verify_token_sealed) {
                (Some(id), Some(sealed)) if manages => Some(AppView {
                    callback_url: apps::callback_url(core, MetaAppId::from(id)),
                    secret_tail: row.secret_tail.unwrap_or_default(),
                    verify_token_tail: verify_token_tail(core, id, &sealed)?,
                    subscribed_at: row.subscribed_at.map(jiff_sqlx::Timestamp::to_jiff),
                    last_delivery_at: row.last_delivery_at.map(jiff_sqlx::Timestamp::to_jiff),
                }),
                _ => None,
            };
            Ok(ChannelView {
                id: row.id.into(),
                kind: ChannelKind::Whatsapp,
                label: row.label,
                display_phone: row.display_phone,
                verified_name: row.verified_name,
                simulated: row.simulated,
                active: row.active,
                rate: u16::try_from(row.rate).map_err(|_| Failure::Corrupt(format!("rate {}", row.rate)))?,
                quality: row.quality_rating,
                verified_at: row.verified_at.map(jiff_sqlx::Timestamp::to_jiff),
                trouble: trouble(row.stopped_at, row.stopped_code, row.stopped_reason),
                access: manages.then_some(Access {
                    phone_number_id: row.phone_number_id,
                    business_account_id: row.business_account_id,
                    token_tail: row.token_tail,
                    app,
                }),
            })
        })
        .collect()
}

/// Verify tokens have no column for their ends: they are opened for it.
fn verify_token_tail(core: &Core, app: Uuid, sealed: &[u8]) -> Result<String, Failure> {
    Ok(channel::tail(apps::open_verify_token(core, app, sealed)?.expose_secret()))
}

/// Why a number sends nothing, as its sender's row says it.
pub(crate) fn trouble(
    stopped_at: Option<jiff_sqlx::Timestamp>,
    code: Option<i64>,
    reason: Option<String>,
) -> Option<Trouble> {
    stopped_at.map(|since| Trouble {
        since: since.to_jiff(),
        code,
        reason: reason.unwrap_or_default(),
        remedy_key: code.and_then(lookup).map(|info| info.key.to_owned()),
    })
}
