//! Dates and times as the viewer's browser writes them: their zone, the page's language, their country's habits.

use std::cell::RefCell;

use charla_shared::account::Locale;
use jiff::{Timestamp, civil::Date, tz::Offset};
use js_sys::{Array, Function, Intl::DateTimeFormat, Object, Reflect};
use leptos::prelude::window;
use wasm_bindgen::JsValue;

/// Names and values of a formatter's options.
type Options = &'static [(&'static str, &'static str)];

/// A day with its weekday.
const DAY: Options = &[("weekday", "long"), ("day", "numeric"), ("month", "long"), ("year", "numeric")];

/// How an instant is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// The time of day.
    Clock,
    /// Day and month.
    Day,
    /// Day and time.
    Full,
    /// Day and time to the second.
    Exact,
    /// Weekday and time: for what is near.
    Weekday,
}

impl Style {
    fn options(self) -> Options {
        match self {
            Self::Clock => &[("timeStyle", "short")],
            Self::Day => &[("day", "numeric"), ("month", "short")],
            Self::Full => &[("dateStyle", "medium"), ("timeStyle", "short")],
            Self::Weekday => &[("weekday", "short"), ("hour", "numeric"), ("minute", "2-digit")],
            Self::Exact => &[("dateStyle", "medium"), ("timeStyle", "medium")],
        }
    }
}

/// The instant in the viewer's zone. For the browser.
#[must_use]
pub fn format(at: Timestamp, locale: Locale, style: Style) -> String {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of any shown instant are below 2^53")]
    let date = js_sys::Date::new(&JsValue::from_f64(at.as_millisecond() as f64));
    written(&date, locale, style.options())
}

/// The instant in UTC: what the host writes, and the first paint in the browser.
#[must_use]
pub fn utc(at: Timestamp, style: Style) -> String {
    // By hand: a formatter of patterns is 15 kB for the browser to load.
    let at = Offset::UTC.to_datetime(at);
    let day = || format!("{:04}-{:02}-{:02}", at.year(), at.month(), at.day());
    let clock = || format!("{:02}:{:02}", at.hour(), at.minute());
    match style {
        Style::Clock => clock(),
        Style::Day => day(),
        Style::Full | Style::Weekday => format!("{} {} UTC", day(), clock()),
        Style::Exact => format!("{} {}:{:02} UTC", day(), clock(), at.second()),
    }
}

/// The day with its weekday. For the browser.
#[must_use]
pub fn format_day(day: Date, locale: Locale) -> String {
    let date = js_sys::Date::new_with_year_month_day(
        u32::try_from(day.year()).unwrap_or_default(),
        i32::from(day.month()) - 1,
        i32::from(day.day()),
    );
    written(&date, locale, DAY)
}

/// A formatter takes far longer to make than to use, and a thread has a date for each message.
fn written(date: &js_sys::Date, locale: Locale, options: Options) -> String {
    thread_local! {
        static FORMATTERS: RefCell<Vec<((Locale, Options), Function)>> = const { RefCell::new(Vec::new()) };
    }
    let format = FORMATTERS.with_borrow_mut(|formatters| {
        if let Some((_, format)) = formatters.iter().find(|(of, _)| *of == (locale, options)) {
            return format.clone();
        }
        let format = DateTimeFormat::new(&Array::of1(&tag(locale).into()), &object(options)).format();
        formatters.push(((locale, options), format.clone()));
        format
    });
    // Refused only for what is no date.
    format.call1(&JsValue::UNDEFINED, date).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// The page's language as the viewer's country writes it (`en-GB`), if their browser says so; else the language alone.
fn tag(locale: Locale) -> String {
    let language = locale.tag();
    let theirs = window()
        .navigator()
        .languages()
        .iter()
        .filter_map(|tag| tag.as_string())
        .find(|tag| tag.strip_prefix(language).is_some_and(|rest| rest.starts_with('-')));
    theirs.unwrap_or_else(|| language.to_owned())
}

fn object(options: Options) -> Object {
    let object = Object::new();
    for (name, value) in options {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    object
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_writes_utc() {
        let at = Timestamp::constant(1_795_251_900, 0);
        assert_eq!(utc(at, Style::Clock), "09:05");
        assert_eq!(utc(at, Style::Day), "2026-11-21");
        assert_eq!(utc(at, Style::Full), "2026-11-21 09:05 UTC");
        assert_eq!(utc(at, Style::Exact), "2026-11-21 09:05:00 UTC");
    }
}
