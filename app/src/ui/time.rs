//! An instant: the same on the host and in the browser at first (UTC), then in the viewer's zone and language.

use jiff::Timestamp;
use leptos::prelude::*;

use crate::i18n::use_locale;

/// Day and time.
#[component]
pub fn Time(
    /// The instant.
    at: Timestamp,
) -> impl IntoView {
    let shown = RwSignal::new(at.strftime("%Y-%m-%d %H:%M UTC").to_string());
    let locale = use_locale();
    Effect::new(move |_| {
        #[expect(clippy::cast_precision_loss, reason = "dates of people's lives are exact in an f64")]
        let date = js_sys::Date::new(&(at.as_millisecond() as f64).into());
        let options = js_sys::Object::new();
        for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
            // Setting a property of a fresh object does not fail.
            let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
        }
        shown.set(String::from(date.to_locale_string(locale.tag(), &options)));
    });
    view! { <time datetime=at.to_string()>{move || shown.get()}</time> }
}
