//! How far an outgoing message has come, as people know it: a clock, one tick, two, two in colour.

use charla_shared::message::DeliveryState;
use leptos::prelude::*;

use crate::{i18n::t, ui::Icon};

/// The icon of a state and the name of its look.
#[must_use]
pub const fn look(state: DeliveryState) -> (&'static str, &'static str) {
    match state {
        DeliveryState::Queued | DeliveryState::Sending => ("clock", "waiting"),
        DeliveryState::Accepted | DeliveryState::Sent => ("check", "sent"),
        DeliveryState::Delivered => ("check-check", "delivered"),
        DeliveryState::Read | DeliveryState::Played => ("check-check", "read"),
        DeliveryState::Failed => ("circle-alert", "failed"),
        DeliveryState::Unknown => ("circle-help", "unknown"),
    }
}

/// The mark of a state, named for those who do not see it.
#[component]
pub fn Ticks(
    /// The state.
    state: DeliveryState,
) -> impl IntoView {
    let (icon, look) = look(state);
    let name = t(&format!("state-{}", state.name()));
    view! {
        <span class="ticks" data-look=look title=name>
            <Icon name=icon />
            <span class="visually-hidden">{name.clone()}</span>
        </span>
    }
}
