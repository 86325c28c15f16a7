//! Instants and days, in the viewer's zone and language.
//!
//! The first paint shows UTC, which is the same on the host and in the browser; once the page is alive an effect writes
//! what the viewer's calendar says. The machine-readable time is always there.

use charla_shared::account::Locale;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use js_sys::{Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::{
    clock,
    days::{DayName, name_of},
};
use crate::i18n::{t, use_locale};

/// How an instant is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// The time of day: for a bubble, which stands under its day.
    Clock,
    /// The time when it is today, else the day: for a row of the list.
    Row,
    /// Day and time.
    Full,
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
    let shown = RwSignal::new(utc(at.get_untracked(), style));
    let exact = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        let at = at.get();
        exact.set(Some(format(at, locale, Style::Full)));
        let day = name_of(clock::local_day(at), clock::local_day(clock::now()));
        shown.set(match (style, day) {
            (Style::Row, DayName::Today) => format(at, locale, Style::Clock),
            (Style::Row, DayName::Yesterday) => yesterday.clone(),
            _ => format(at, locale, style),
        });
    });
    view! {
        <time class=class datetime=move || at.get().to_string() title=move || exact.get()>
            {move || shown.get()}
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
    let (today, yesterday) = (t("inbox-today"), t("inbox-yesterday"));
    let shown = RwSignal::new(day.to_string());
    Effect::new(move |_| {
        shown.set(match name_of(day, clock::local_day(clock::now())) {
            DayName::Today => today.clone(),
            DayName::Yesterday => yesterday.clone(),
            DayName::Other => format_day(day, locale),
        });
    });
    view! { <time datetime=day.to_string()>{move || shown.get()}</time> }
}

/// The instant in UTC: what the host writes.
fn utc(at: Timestamp, style: Style) -> String {
    let at = at.to_zoned(TimeZone::UTC);
    match style {
        Style::Clock => at.strftime("%H:%M").to_string(),
        Style::Row => at.strftime("%Y-%m-%d").to_string(),
        Style::Full => at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
    }
}

fn format(at: Timestamp, locale: Locale, style: Style) -> String {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of any shown instant are below 2^53")]
    let date = js_sys::Date::new(&JsValue::from_f64(at.as_millisecond() as f64));
    let tag = locale.tag();
    let options = match style {
        Style::Clock => {
            return date.to_locale_time_string_with_options(tag, &options(&[("timeStyle", "short")])).into();
        }
        Style::Row => options(&[("day", "numeric"), ("month", "short")]),
        Style::Full => {
            return date.to_locale_string(tag, &options(&[("dateStyle", "medium"), ("timeStyle", "short")])).into();
        }
    };
    date.to_locale_date_string(tag, &options).into()
}

fn format_day(day: Date, locale: Locale) -> String {
    let date = js_sys::Date::new_with_year_month_day(
        u32::try_from(day.year()).unwrap_or_default(),
        i32::from(day.month()) - 1,
        i32::from(day.day()),
    );
    let style = [("weekday", "long"), ("day", "numeric"), ("month", "long"), ("year", "numeric")];
    date.to_locale_date_string(locale.tag(), &options(&style)).into()
}

fn options(entries: &[(&str, &str)]) -> JsValue {
    let options = Object::new();
    for (name, value) in entries {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    options.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_writes_utc() {
        let at = Timestamp::constant(1_795_251_900, 0);
        assert_eq!(utc(at, Style::Clock), "09:05");
        assert_eq!(utc(at, Style::Row), "2026-11-21");
        assert_eq!(utc(at, Style::Full), "2026-11-21 09:05 UTC");
    }
}
