//! From parsed updates to their effects: whose they are, what they are about, and the features that take them.

use std::collections::HashMap;

use charla_meta::webhook::{DeliveryStatus, InboundMessage, StatusUpdate, Update, UpdateBody};
use charla_shared::{
    id::{ChannelId, DeliveryId, MetaAppId, WorkspaceId},
    message::DeliveryState,
};
use serde_json::{Map, Value};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{content, process::Quarantine};
use crate::{
    Core, Failure,
    contacts::Known,
    events::LogEntry,
    inbox::{self, CallbackData, Inbound, Received, Status},
};

/// An update with where it came from.
pub(super) struct Item<'a> {
    /// Its delivery.
    pub delivery: DeliveryId,
    /// Its place in it.
    pub number: i32,
    /// The app that signed it.
    pub app: Option<MetaAppId>,
    /// What it says.
    pub update: &'a Update,
}

/// What became of some updates.
#[derive(Default)]
pub(super) struct Applied {
    /// Whether readers have something new to see.
    pub told: bool,
    /// Those without effect, by their place among the items.
    pub quarantined: Vec<(usize, Quarantine)>,
}

/// Whose a receiving number is.
#[derive(Clone)]
struct Route {
    workspace: WorkspaceId,
    channel: ChannelId,
    account: String,
}

/// Gives updates their effects, in order, in the caller's transaction. A second time has no second effect.
pub(super) async fn apply(core: &Core, sql: &mut PgConnection, items: &[Item<'_>]) -> Result<Applied, Failure> {
    let routes = routes(sql, items).await?;
    let apps = workspaces_of_apps(sql, items).await?;
    let mut applied = Applied::default();
    let (mut inbound, mut statuses) = (Vec::new(), Vec::new());
    for (place, item) in items.iter().enumerate() {
        let wanted = match &item.update.body {
            UpdateBody::Message(_) | UpdateBody::Status(_) => true,
            UpdateBody::Unreadable { reason } => {
                applied.quarantined.push((place, Quarantine { reason: "unreadable", detail: reason.clone() }));
                false
            }
            // Kinds whose features come later: kept whole in the delivery, and of no effect yet.
            _ => false,
        };
        if !wanted {
            continue;
        }
        let to = match whose(item, &routes, &apps) {
            Ok(to) => to,
            Err(quarantine) => {
                applied.quarantined.push((place, quarantine));
                continue;
            }
        };
        match &item.update.body {
            // Groups are a feature of their own; a member's message must not open a conversation with that member.
            UpdateBody::Message(message) if message.group_id.is_some() => {
                let detail = "messages of groups are not shown yet".to_owned();
                applied.quarantined.push((place, Quarantine { reason: "group", detail }));
            }
            UpdateBody::Message(message) => inbound.push((place, received(to, message))),
            UpdateBody::Status(status) => statuses.extend(news(to, status)),
            _ => {}
        }
    }
    // Statuses lock their messages; then the conversations of both are locked at once: everybody locks messages before
    // conversations, and several of either in one order.
    let mut log: Vec<LogEntry> = Vec::new();
    let outgoing = inbox::take_statuses(core, sql, &statuses).await?;
    let (places, inbound): (Vec<usize>, Vec<Inbound>) = inbound.into_iter().unzip();
    let outcomes = inbox::receive(core, sql, &inbound, &outgoing, &mut log).await?;
    inbox::save_messages(sql, outgoing.into_iter(), &mut log).await?;
    for (place, outcome) in places.into_iter().zip(outcomes) {
        if outcome == Received::Anonymous {
            let detail = "nothing in the message says who sent it".to_owned();
            applied.quarantined.push((place, Quarantine { reason: "anonymous", detail }));
        }
    }
    applied.told = !log.is_empty();
    crate::events::append(sql, core.environment.now(), &log).await?;
    Ok(applied)
}

fn whose(
    item: &Item<'_>,
    routes: &HashMap<String, Route>,
    apps: &HashMap<MetaAppId, WorkspaceId>,
) -> Result<Route, Quarantine> {
    let number = item.update.channel.as_deref().unwrap_or("none");
    let Some(route) = routes.get(number) else {
        let detail = format!("no workspace has connected the number {number}");
        return Err(Quarantine { reason: "unknown_number", detail });
    };
    // Whoever holds an app's secret may speak for that app's workspace, not for others.
    if item.app.is_some_and(|app| apps.get(&app) != Some(&route.workspace)) {
        let detail = format!("the app that signed it does not speak for the number {number}");
        return Err(Quarantine { reason: "foreign_app", detail });
    }
    if item.update.account.as_ref().is_some_and(|account| *account != route.account) {
        let account = item.update.account.as_deref().unwrap_or_default();
        let detail = format!("the number {number} is connected with another business account than {account}");
        return Err(Quarantine { reason: "foreign_account", detail });
    }
    Ok(route.clone())
}

async fn routes(sql: &mut PgConnection, items: &[Item<'_>]) -> Result<HashMap<String, Route>, Failure> {
    let mut numbers: Vec<&str> = items.iter().filter_map(|item| item.update.channel.as_deref()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let rows = sqlx::query!(
        "SELECT r.phone_number_id, r.workspace_id, r.channel_id, c.business_account_id
         FROM channel_routes r JOIN channels c ON c.workspace_id = r.workspace_id AND c.id = r.channel_id
         WHERE r.phone_number_id = ANY($1)",
        &numbers as _
    )
    .fetch_all(sql)
    .await?;
    let route = |row: (Uuid, Uuid, String)| Route { workspace: row.0.into(), channel: row.1.into(), account: row.2 };
    Ok(rows
        .into_iter()
        .map(|row| (row.phone_number_id, route((row.workspace_id, row.channel_id, row.business_account_id))))
        .collect())
}

async fn workspaces_of_apps(
    sql: &mut PgConnection,
    items: &[Item<'_>],
) -> Result<HashMap<MetaAppId, WorkspaceId>, Failure> {
    let mut apps: Vec<Uuid> = items.iter().filter_map(|item| item.app.map(Uuid::from)).collect();
    apps.sort_unstable();
    apps.dedup();
    if apps.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query!("SELECT id, workspace_id FROM meta_apps WHERE id = ANY($1)", &apps).fetch_all(sql).await?;
    Ok(rows.into_iter().map(|row| (row.id.into(), row.workspace_id.into())).collect())
}

fn received(to: Route, message: &InboundMessage) -> Inbound {
    Inbound {
        workspace: to.workspace,
        channel: to.channel,
        sender: Known {
            phone: message.sender.phone.clone(),
            user_id: message.sender.user_id.clone(),
            parent_user_id: message.sender.parent_user_id.clone(),
            name: message.sender.name.clone(),
            username: message.sender.username.clone(),
        },
        external_id: message.id.clone(),
        at: message.at,
        content: content::stored(message),
        quoted: content::quoted(message),
    }
}

fn news(to: Route, status: &StatusUpdate) -> Option<Status> {
    let state = match &status.status {
        DeliveryStatus::Sent => DeliveryState::Sent,
        DeliveryStatus::Delivered => DeliveryState::Delivered,
        DeliveryStatus::Read => DeliveryState::Read,
        DeliveryStatus::Played => DeliveryState::Played,
        DeliveryStatus::Failed => DeliveryState::Failed,
        // Nothing that people wait for.
        DeliveryStatus::Deleted | DeliveryStatus::Other(_) => return None,
    };
    let error = status.errors.first();
    Some(Status {
        workspace: to.workspace,
        channel: to.channel,
        external_id: status.message_id.clone(),
        sent_as: status.callback_data.as_deref().and_then(CallbackData::read),
        state,
        failure: error.map(charla_meta::graph::MetaError::sentence),
        code: error.map(|error| error.code),
        detail: detail(status),
        at: status.at,
    })
}

/// What the flight recorder keeps beside the state: error codes and the price.
fn detail(status: &StatusUpdate) -> Value {
    let mut detail = Map::new();
    if !status.errors.is_empty() {
        detail.insert("codes".to_owned(), status.errors.iter().map(|error| error.code).collect());
    }
    if let Some(pricing) = &status.pricing {
        detail.insert("pricing".to_owned(), pricing.clone());
    }
    detail.into()
}
