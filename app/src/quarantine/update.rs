//! One update: why it waits, what came, what can be done with its delivery.

use charla_shared::quarantine::{QuarantinedView, RawView};
use leptos::{either::Either, prelude::*};

use super::{api, reasons::in_words, work::Work};
use crate::{
    failure::Failure,
    i18n::{Arg, t, t_with},
    ui::{Button, Notice, Skeleton, Time, changing, problem_words},
};

/// An entry of the list.
#[component]
pub fn Update(
    /// The update.
    update: QuarantinedView,
    /// What can be done.
    work: Work,
) -> impl IntoView {
    let QuarantinedView { delivery, number, reason, detail, at } = update;
    let open = RwSignal::new(false);
    let show = Action::new(move |(): &()| api::show(delivery, number));
    let raw = show.value();
    let toggle = move |_| {
        open.update(|open| *open = !*open);
        if open.get_untracked() && !raw.with_untracked(|raw| matches!(raw, Some(Ok(_)))) {
            show.dispatch(());
        }
    };
    let busy = Signal::derive(move || work.is_busy(delivery));
    let id = format!("raw-{delivery}-{number}");
    let part = t_with("quarantine-part", &[("number", Arg::from(number.saturating_add(1)))]);
    view! {
        <li class="entry" data-delivery=delivery.to_string()>
            <div class="entry-main">
                <strong>{in_words(&reason)}</strong>
                <span>{detail}</span>
                <span class="quiet"><Time at=at /> " · " {part}</span>
                <code class="quiet">{delivery.to_string()}</code>
            </div>
            <div class="quarantine-actions">
                <button
                    type="button"
                    class="button"
                    aria-expanded=move || open.get().to_string()
                    aria-controls=id.clone()
                    on:click=toggle
                >
                    {changing(move || if open.get() { t("quarantine-hide") } else { t("quarantine-show") })}
                </button>
                <Button busy=busy on_click=move |_| _ = work.replay.dispatch(delivery)>{t("quarantine-replay")}</Button>
                <Button busy=busy on_click=move |_| work.asked.set(Some(delivery))>{t("quarantine-discard")}</Button>
            </div>
            <div class="quarantine-raw" id=id hidden=move || !open.get()>
                {changing(move || match raw.get() {
                    Some(raw) => Either::Left(view! { <Raw raw=raw /> }),
                    None => Either::Right(open.get().then(|| view! { <Skeleton rows=3 label=t("loading") /> })),
                })}
            </div>
        </li>
    }
    .into_any()
}

/// What came, as text.
#[component]
fn Raw(raw: Result<RawView, Failure>) -> impl IntoView {
    match raw {
        Ok(raw) => Either::Left(view! {
            <p class="quiet">
                {t_with("quarantine-size", &[("count", Arg::from(raw.size))])}
                {raw.cut.then(|| format!(" {}", t("quarantine-cut")))}
            </p>
            // It may scroll, so the keyboard must reach it.
            <pre tabindex="0" role="group" aria-label=t("quarantine-raw") dir="ltr">
                {raw.text}
            </pre>
        }),
        Err(Failure(problem)) => Either::Right(view! { <Notice bad=true>{problem_words(&problem)}</Notice> }),
    }
}
