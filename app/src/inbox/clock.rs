//! The viewer's clock and calendar.
//!
//! In the browser both are the browser's. On the host, where a page is rendered for a viewer whose zone is not known, days
//! are those of UTC; the browser groups again once the page is alive.

use jiff::{Timestamp, civil::Date};

/// Now.
#[cfg(target_arch = "wasm32")]
#[must_use]
pub fn now() -> Timestamp {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit until the year 292 million")]
    let milliseconds = js_sys::Date::now() as i64;
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Now.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// The day an instant falls on where the viewer is.
#[cfg(target_arch = "wasm32")]
#[must_use]
pub fn local_day(at: Timestamp) -> Date {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of any shown date are below 2^53")]
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(at.as_millisecond() as f64));
    let part = |value: u32| i8::try_from(value).unwrap_or(1);
    let year = i16::try_from(date.get_full_year()).unwrap_or(i16::MAX);
    Date::new(year, part(date.get_month() + 1), part(date.get_date())).unwrap_or_else(|_| super::days::utc_day(at))
}

/// The day an instant falls on where the viewer is.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn local_day(at: Timestamp) -> Date {
    super::days::utc_day(at)
}
