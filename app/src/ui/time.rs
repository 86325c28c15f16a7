//! An instant: the same on the host and in the browser at first (UTC), then in the viewer's zone and language.

use jiff::Timestamp;
use leptos::prelude::*;

use super::dynamic::changing;

use crate::i18n::{
    dates::{self, Style},
    use_locale,
};

/// Day and time.
#[component]
pub fn Time(
    /// The instant.
    at: Timestamp,
) -> impl IntoView {
    let shown = RwSignal::new(dates::utc(at, Style::Full));
    let locale = use_locale();
    Effect::new(move |_| shown.set(dates::format(at, locale, Style::Full)));
    view! { <time datetime=at.to_string()>{changing(move || shown.get())}</time> }
}
