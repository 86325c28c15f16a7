//! What the browser asks about quarantined updates. Each needs an operator.

use charla_shared::{
    id::DeliveryId,
    quarantine::{QuarantineCursor, QuarantinePage, RawView, Reason, ReasonCount, ReplayStep},
};
use jiff::Timestamp;
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use charla_core::webhooks::quarantine;

#[cfg(feature = "ssr")]
use crate::context;
use crate::{failure::Failure, json::Json};

/// The reasons for which updates wait, the most frequent first.
#[server(name = ListReasons, prefix = "/fn", endpoint = "quarantine/reasons", input = Json, output = Json)]
pub async fn reasons() -> Result<Vec<ReasonCount>, Failure> {
    let (core, operator) = context::operator().await?;
    Ok(quarantine::reasons(&core, &operator).await?)
}

/// A page of the updates, newest first.
#[server(name = ListQuarantined, prefix = "/fn", endpoint = "quarantine/list", input = Json, output = Json)]
pub async fn list(reason: Option<Reason>, after: Option<QuarantineCursor>) -> Result<QuarantinePage, Failure> {
    let (core, operator) = context::operator().await?;
    Ok(quarantine::list(&core, &operator, reason.as_ref(), after).await?)
}

/// One update as it came.
#[server(name = ShowQuarantined, prefix = "/fn", endpoint = "quarantine/show", input = Json, output = Json)]
pub async fn show(delivery: DeliveryId, number: i32) -> Result<RawView, Failure> {
    let (core, operator) = context::operator().await?;
    Ok(quarantine::show(&core, &operator, delivery, number).await?)
}

/// Has a delivery processed once more.
#[server(name = ReplayDelivery, prefix = "/fn", endpoint = "quarantine/replay", input = Json, output = Json)]
pub async fn replay(delivery: DeliveryId) -> Result<(), Failure> {
    let (core, operator) = context::operator().await?;
    Ok(quarantine::replay(&core, &operator, delivery).await?)
}

/// One step of having every delivery of a reason processed once more; `until` is what the step before gave.
#[server(name = ReplayReason, prefix = "/fn", endpoint = "quarantine/replay_all", input = Json, output = Json)]
pub async fn replay_all(reason: Reason, until: Option<Timestamp>) -> Result<ReplayStep, Failure> {
    let (core, operator) = context::operator().await?;
    Ok(quarantine::replay_all(&core, &operator, &reason, until).await?)
}

/// Gives a delivery up.
#[server(name = DiscardDelivery, prefix = "/fn", endpoint = "quarantine/discard", input = Json, output = Json)]
pub async fn discard(delivery: DeliveryId) -> Result<(), Failure> {
    let (core, operator) = context::operator().await?;
    Ok(quarantine::discard(&core, &operator, delivery).await?)
}
