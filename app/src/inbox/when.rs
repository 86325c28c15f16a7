//! Instants and days, in the viewer's zone and language.
//!
//! The first paint shows UTC, which is the same on the host and in the browser; once the page is alive an effect writes
//! what the viewer's calendar says. The machine-readable time is always there.

use jiff::{Timestamp, civil::Date};
use leptos::prelude::*;

use super::{
    clock,
    days::{DayName, name_of},
};
use crate::i18n::{dates, t, use_locale};
use crate::ui::changing;

/// How an instant is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// The time of day: for a bubble, which stands under its day.
    Clock,
    /// The time when it is today, else the day: for a row of the list.
    Row,
    /// Day and time.
    Full,
    /// Day and time to the second.
    Exact,
}

impl Style {
    /// How the host writes it, which does not know the viewer's day.
    const fn first(self) -> dates::Style {
        match self {
            Self::Clock => dates::Style::Clock,
            Self::Row => dates::Style::Day,
            Self::Full => dates::Style::Full,
            Self::Exact => dates::Style::Exact,
        }
    }
}

/// The viewer's present day, for names that change at midnight.
#[derive(Debug, Clone, Copy)]
struct Today(Memo<Date>);

/// Makes the present day known to everything that is shown below.
pub fn provide_today(now: ReadSignal<Timestamp>) {
    provide_context(Today(Memo::new(move |_| clock::local_day(now.get()))));
}

/// The present day; what asks for it in an effect is asked again at midnight.
fn today() -> Date {
    use_context::<Today>().map_or_else(|| clock::local_day(clock::now()), |today| today.0.get())
}

/// An instant.
#[component]
pub fn When(
    /// The instant.
    #[prop(into)]
    at: Signal<Timestamp>,
    /// How to write it.
    style: Style,
    /// The class of the element.
    #[prop(default = "when")]
    class: &'static str,
) -> impl IntoView {
    let locale = use_locale();
    let yesterday = t("inbox-yesterday");
    let shown = RwSignal::new(dates::utc(at.get_untracked(), style.first()));
    let exact = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        let at = at.get();
        exact.set(Some(dates::format(at, locale, dates::Style::Full)));
        let day = name_of(clock::local_day(at), today());
        shown.set(match (style, day) {
            (Style::Row, DayName::Today) | (Style::Clock, _) => dates::format(at, locale, dates::Style::Clock),
            (Style::Row, DayName::Yesterday) => yesterday.clone(),
            (Style::Row, DayName::Other) => dates::format(at, locale, dates::Style::Day),
            (Style::Full, _) => dates::format(at, locale, dates::Style::Full),
            (Style::Exact, _) => dates::format(at, locale, dates::Style::Exact),
        });
    });
    view! {
        <time class=class datetime=move || at.get().to_string() title=move || exact.get()>
            {changing(move || shown.get())}
        </time>
    }
}

/// The name of a day: today, yesterday, or its date.
#[component]
pub fn DayTitle(
    /// The day.
    day: Date,
) -> impl IntoView {
    let locale = use_locale();
    let (named_today, yesterday) = (t("inbox-today"), t("inbox-yesterday"));
    let shown = RwSignal::new(day.to_string());
    Effect::new(move |_| {
        shown.set(match name_of(day, today()) {
            DayName::Today => named_today.clone(),
            DayName::Yesterday => yesterday.clone(),
            DayName::Other => dates::format_day(day, locale),
        });
    });
    view! { <time datetime=day.to_string()>{changing(move || shown.get())}</time> }
}
