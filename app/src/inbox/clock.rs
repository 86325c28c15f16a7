//! The viewer's clock and calendar.
//!
//! In the browser both are the browser's, put right where its clock is wrong. On the host, where a page is rendered for a viewer whose zone is not known, days
//! are those of UTC; the browser groups again once the page is alive.

use jiff::{Timestamp, civil::Date};

/// Milliseconds the host's clock is ahead of the browser's.
#[cfg(target_arch = "wasm32")]
static AHEAD: std::sync::atomic::AtomicI64 = std::sync::atomic::AtomicI64::new(0);

/// Smaller differences are the page's way here, not a wrong clock.
#[cfg(target_arch = "wasm32")]
const WRONG_BY: i64 = 120_000;

#[cfg(target_arch = "wasm32")]
fn by_the_browser() -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit until the year 292 million")]
    let milliseconds = js_sys::Date::now() as i64;
    milliseconds
}

/// Takes the host's time, in milliseconds since 1970: a browser whose clock is wrong is put right by it.
#[cfg(target_arch = "wasm32")]
pub fn set_by(host: i64) {
    let ahead = host.saturating_sub(by_the_browser());
    let ahead = if ahead.saturating_abs() > WRONG_BY { ahead } else { 0 };
    AHEAD.store(ahead, std::sync::atomic::Ordering::Relaxed);
}

/// Takes the host's time: here it is the same.
#[cfg(not(target_arch = "wasm32"))]
pub const fn set_by(_host: i64) {}

/// Now.
#[cfg(target_arch = "wasm32")]
#[must_use]
pub fn now() -> Timestamp {
    let milliseconds = by_the_browser().saturating_add(AHEAD.load(std::sync::atomic::Ordering::Relaxed));
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
