//! Dates and times as the viewer's browser writes them: their zone, the page's language, their country's habits.

use std::cell::RefCell;

use charla_shared::account::Locale;
use jiff::{Timestamp, civil::Date, tz::Offset};
use js_sys::{Array, Function, Intl::DateTimeFormat, Object, Reflect};
use leptos::prelude::window;
use wasm_bindgen::JsValue;

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

thread_local! {
    static WRITERS: RefCell<Writers> = RefCell::default();
}

/// What writes instants. Making one takes longer than writing a row of the list, so they are kept, for as long as the
/// viewer's zone is the same.
#[derive(Default)]
struct Writers {
    /// Minutes that UTC is ahead of the viewer.
    offset: f64,
    made: Vec<((Locale, Style), Function)>,
}

impl Writers {
    fn get(&mut self, locale: Locale, style: Style) -> Function {
        let offset = js_sys::Date::new_0().get_timezone_offset();
        if (self.offset - offset).abs() > 0.5 {
            self.made.clear();
            self.offset = offset;
        }
        if let Some((_, writer)) = self.made.iter().find(|(of, _)| *of == (locale, style)) {
            return writer.clone();
        }
        let tags = Array::of1(&JsValue::from_str(&tag(locale)));
        let writer = DateTimeFormat::new(&tags, &options(style.parts())).format();
        self.made.push(((locale, style), writer.clone()));
        writer
    }
}

impl Style {
    const fn parts(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Clock => &[("timeStyle", "short")],
            Self::Day => &[("day", "numeric"), ("month", "short")],
            Self::Full => &[("dateStyle", "medium"), ("timeStyle", "short")],
            Self::Exact => &[("dateStyle", "medium"), ("timeStyle", "medium")],
            Self::Weekday => &[("weekday", "short"), ("hour", "numeric"), ("minute", "2-digit")],
        }
    }
}

/// The instant in the viewer's zone. For the browser.
#[must_use]
pub fn format(at: Timestamp, locale: Locale, style: Style) -> String {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of any shown instant are below 2^53")]
    let milliseconds = JsValue::from_f64(at.as_millisecond() as f64);
    let writer = WRITERS.with_borrow_mut(|writers| writers.get(locale, style));
    // It refuses only what is no time.
    writer.call1(&JsValue::NULL, &milliseconds).ok().and_then(|written| written.as_string()).unwrap_or_default()
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
    let style = [("weekday", "long"), ("day", "numeric"), ("month", "long"), ("year", "numeric")];
    date.to_locale_date_string(&tag(locale), &options(&style).into()).into()
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

fn options(entries: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (name, value) in entries {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    options
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
