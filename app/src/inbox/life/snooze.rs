//! Sleep: times as people say them, and any other by calendar and clock.

use charla_shared::{
    conversation::{ConversationView, Status},
    life::{Change, NewStatus},
};
use jiff::Timestamp;
use leptos::{ev::SubmitEvent, prelude::*};

use super::{
    doing::use_life,
    keys::SNOOZE,
    presets::{self, HOURS, MORNING},
};
use crate::{
    i18n::{Arg, dates, t, t_with, use_locale},
    inbox::clock,
    ui::{Dialog, Menu, MenuItem, Submit, changing},
};

/// The times that are offered, with the names they are offered by.
type Times = Vec<(String, Timestamp)>;

fn times(now: Timestamp) -> Times {
    let hours = HOURS
        .into_iter()
        .map(|hours| (t_with("snooze-hours", &[("count", Arg::from(hours))]), presets::in_hours(now, hours)));
    let mornings = presets::mornings(clock::local_day(now))
        .into_iter()
        .map(|(key, day)| (t(key), clock::local_time(day, MORNING)));
    hours.chain(mornings).collect()
}

/// The menu beside the button that closes a conversation: the other statuses.
#[component]
pub fn SnoozeMenu(
    /// The conversation.
    row: RwSignal<ConversationView>,
) -> impl IntoView {
    let life = use_life();
    // Known in the browser only, which knows the viewer's days. They move on in steps, so that an open menu stays.
    let times = RwSignal::new(Times::new());
    Effect::new(move |_| {
        let next = self::times(life.store.now.get());
        if times.with_untracked(|times| *times != next) {
            times.set(next);
        }
    });
    let status = Memo::new(move |_| row.read().status);
    let set = move |to: NewStatus| life.change(row.with_untracked(|row| row.id), Change::Status { to });
    let choosing = RwSignal::new(false);
    let locale = use_locale();
    let offered = move || {
        times
            .get()
            .into_iter()
            .map(|(name, until)| {
                let when = dates::format(until, locale, dates::Style::Weekday);
                view! {
                    <MenuItem icon="clock" on_click=move |_| set(NewStatus::Snoozed { until })>
                        {name}
                        " "
                        <span class="life-when">{when}</span>
                    </MenuItem>
                }
            })
            .collect_view()
    };
    view! {
        <Menu id=SNOOZE label=t("life-more") icon="chevron-down">
            {changing(offered)}
            <MenuItem icon="clock" on_click=move |_| choosing.set(true)>{t("snooze-choose")}</MenuItem>
            {changing(move || {
                (status.get() != Status::Pending)
                    .then(|| view! { <MenuItem on_click=move |_| set(NewStatus::Pending)>{t("life-pending")}</MenuItem> })
            })}
            {changing(move || {
                matches!(status.get(), Status::Pending | Status::Snoozed)
                    .then(|| view! { <MenuItem on_click=move |_| set(NewStatus::Open)>{t("life-open")}</MenuItem> })
            })}
        </Menu>
        <OtherTime open=choosing on_choose=Callback::new(move |until| set(NewStatus::Snoozed { until })) />
    }
    .into_any()
}

/// A time by calendar and clock.
#[component]
fn OtherTime(open: RwSignal<bool>, on_choose: Callback<Timestamp>) -> impl IntoView {
    let (written, wrong) = (RwSignal::new(String::new()), RwSignal::new(false));
    let choose = move || {
        let until = clock::local_from(&written.get_untracked())
            .filter(|until| NewStatus::Snoozed { until: *until }.check(clock::now()).is_ok());
        wrong.set(until.is_none());
        if let Some(until) = until {
            open.set(false);
            on_choose.run(until);
        }
    };
    view! {
        <Dialog open=open title=t("snooze-title")>
            <form
                class="form"
                novalidate
                on:submit=move |event: SubmitEvent| {
                    event.prevent_default();
                    choose();
                }
            >
                <div class="field">
                    <label for="snooze-until">{t("snooze-until")}</label>
                    <input
                        id="snooze-until"
                        type="datetime-local"
                        prop:value=move || written.get()
                        on:input:target=move |event| written.set(event.target().value())
                        aria-invalid=move || wrong.get().then_some("true")
                        aria-describedby="snooze-wrong"
                    />
                    <p class="field-error" id="snooze-wrong" role="alert">
                        {changing(move || wrong.get().then(|| t("snooze-wrong")))}
                    </p>
                </div>
                <Submit>{t("snooze-do")}</Submit>
            </form>
        </Dialog>
    }
    .into_any()
}
