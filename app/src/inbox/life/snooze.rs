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
    reason::Resolving,
};
use crate::{
    i18n::{Arg, dates, t, t_with, use_locale},
    inbox::clock,
    ui::{Dialog, Menu, MenuItem, Submit, changing},
};

/// The times that are offered, with the names they are offered by.
pub(super) type Times = Vec<(String, Timestamp)>;

fn times(now: Timestamp) -> Times {
    let hours = HOURS
        .into_iter()
        .map(|hours| (t_with("snooze-hours", &[("count", Arg::from(hours))]), presets::in_hours(now, hours)));
    let mornings = presets::mornings(clock::local_day(now))
        .into_iter()
        .map(|(key, day)| (t(key), clock::local_time(day, MORNING)));
    hours.chain(mornings).collect()
}

/// The times to offer. Known in the browser only, which knows the viewer's days; they move on in steps, so that an open
/// menu stays.
pub(super) fn offered(now: ReadSignal<Timestamp>) -> RwSignal<Times> {
    let times = RwSignal::new(Times::new());
    Effect::new(move |_| {
        let next = self::times(now.get());
        if times.with_untracked(|times| *times != next) {
            times.set(next);
        }
    });
    times
}

/// The times as items of a menu.
pub(super) fn items(times: RwSignal<Times>, on_choose: Callback<Timestamp>) -> impl IntoView {
    let locale = use_locale();
    changing(move || {
        times
            .get()
            .into_iter()
            .map(|(name, until)| {
                let when = dates::format(until, locale, dates::Style::Weekday);
                view! {
                    <MenuItem icon="clock" on_click=move |_| on_choose.run(until)>
                        {name}
                        " "
                        <span class="life-when">{when}</span>
                    </MenuItem>
                }
            })
            .collect_view()
    })
}

/// The menu beside the button that closes a conversation: the other statuses, and closing it with a reason.
#[component]
pub fn SnoozeMenu(
    /// The conversation.
    row: RwSignal<ConversationView>,
) -> impl IntoView {
    let life = use_life();
    let times = offered(life.store.now);
    let status = Memo::new(move |_| row.read().status);
    let id = move || row.with_untracked(|row| row.id);
    let set = move |to: NewStatus| life.change(id(), Change::Status { to });
    let snooze = Callback::new(move |until| set(NewStatus::Snoozed { until }));
    let choosing = RwSignal::new(false);
    view! {
        <Menu id=SNOOZE label=t("life-more") icon="chevron-down">
            {items(times, snooze)}
            <MenuItem icon="clock" on_click=move |_| choosing.set(true)>{t("snooze-choose")}</MenuItem>
            {changing(move || {
                (status.get() != Status::Pending)
                    .then(|| view! { <MenuItem on_click=move |_| set(NewStatus::Pending)>{t("life-pending")}</MenuItem> })
            })}
            {changing(move || {
                matches!(status.get(), Status::Pending | Status::Snoozed)
                    .then(|| view! { <MenuItem on_click=move |_| set(NewStatus::Open)>{t("life-open")}</MenuItem> })
            })}
            {changing(move || {
                (status.get() != Status::Resolved)
                    .then(|| {
                        let ask = move |_| life.reason.ask(Resolving::One(id()));
                        view! { <MenuItem icon="check" on_click=ask>{t("reason-menu")}</MenuItem> }
                    })
            })}
        </Menu>
        <OtherTime id="snooze" title=t("snooze-title") open=choosing on_choose=snooze />
    }
    .into_any()
}

/// A time by calendar and clock.
#[component]
pub(super) fn OtherTime(
    /// Unique on the page.
    id: &'static str,
    /// What sleeps until then.
    title: String,
    /// Whether it is asked for.
    open: RwSignal<bool>,
    /// Takes the time.
    on_choose: Callback<Timestamp>,
) -> impl IntoView {
    let (written, wrong) = (RwSignal::new(String::new()), RwSignal::new(false));
    let (field, problem) = (format!("{id}-until"), format!("{id}-wrong"));
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
        <Dialog open=open title=title>
            <form
                class="form"
                novalidate
                on:submit=move |event: SubmitEvent| {
                    event.prevent_default();
                    choose();
                }
            >
                <div class="field">
                    <label for=field.clone()>{t("snooze-until")}</label>
                    <input
                        id=field
                        type="datetime-local"
                        prop:value=move || written.get()
                        on:input:target=move |event| written.set(event.target().value())
                        aria-invalid=move || wrong.get().then_some("true")
                        aria-describedby=problem.clone()
                    />
                    <p class="field-error" id=problem role="alert">
                        {changing(move || wrong.get().then(|| t("snooze-wrong")))}
                    </p>
                </div>
                <Submit>{t("snooze-do")}</Submit>
            </form>
        </Dialog>
    }
    .into_any()
}
