//! The interface in the reader's language: Fluent messages by key.
//!
//! The language is the document's and does not change while the page lives; choosing another one loads the page anew. The
//! host holds all languages; a browser fetches the one of its page before the page comes alive. A key that a language lacks
//! is shown in English (by the host) or as itself; a test sees to it that this does not happen.

mod bundle;
pub mod dates;
#[cfg(feature = "hydrate")]
mod fetch;
#[cfg(not(feature = "hydrate"))]
mod sources;

#[cfg(feature = "hydrate")]
pub use fetch::fetch;
#[cfg(feature = "ssr")]
pub use sources::{Messages, messages};

use charla_shared::account::Locale;
use leptos::prelude::*;

/// A value for a variable of a message.
pub type Arg = fluent_bundle::FluentValue<'static>;

#[cfg(feature = "hydrate")]
static DOCUMENT: std::sync::OnceLock<Locale> = std::sync::OnceLock::new();

/// Says which language the page is in.
pub fn provide(locale: Locale) {
    #[cfg(feature = "hydrate")]
    let _ = DOCUMENT.set(locale);
    provide_context(locale);
}

/// Where a browser finds the messages of a language.
#[cfg(feature = "ssr")]
#[must_use]
pub fn address(locale: Locale) -> String {
    format!("/messages/{}", messages(locale).name)
}

/// The language of the page. In the browser known everywhere, on the host within a page.
pub fn use_locale() -> Locale {
    #[cfg(feature = "hydrate")]
    if let Some(locale) = DOCUMENT.get() {
        return *locale;
    }
    use_context().unwrap_or_default()
}

/// The message of a key.
pub fn t(key: &str) -> String {
    t_with(key, &[])
}

/// The message of a key with values for its variables.
pub fn t_with(key: &str, args: &[(&'static str, Arg)]) -> String {
    t_in(use_locale(), key, args)
}

/// The same where the page's language is not known: outside its components.
pub fn t_in(locale: Locale, key: &str, args: &[(&'static str, Arg)]) -> String {
    bundle::format(locale, key, args)
}

/// The message of a key, if there is one: for codes that the host may know better than this page.
pub fn t_known(key: &str) -> Option<String> {
    bundle::has(use_locale(), key).then(|| t(key))
}
