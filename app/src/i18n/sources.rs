//! The files of messages, compiled into the host. The browser half holds none of them: it is given those of the page's
//! language when it starts, so that a further language costs its readers alone.

use std::{fmt::Write as _, sync::LazyLock};

use charla_shared::account::Locale;

/// The files of a language, by feature.
macro_rules! files {
    ($tag:literal) => {
        files!($tag, "common", "account", "channels", "composer", "contacts", "delivery", "frame", "home", "inbox", "life",
            "list", "many", "operations", "search", "settings", "thread")
    };
    ($tag:literal, $($name:literal),+) => {
        &[$(include_str!(concat!("../../locales/", $tag, "/", $name, ".ftl"))),+]
    };
}

/// The files of a language.
pub(super) const fn of(locale: Locale) -> &'static [&'static str] {
    match locale {
        Locale::English => files!("en"),
        Locale::Spanish => files!("es"),
        Locale::Portuguese => files!("pt"),
        Locale::Hindi => files!("hi"),
        Locale::Arabic => files!("ar"),
    }
}

/// All messages of a language as a browser loads them.
#[derive(Debug)]
pub struct Messages {
    /// Its name, which changes with its content: it may be kept for ever.
    pub name: String,
    /// Fluent's own format.
    pub text: String,
}

impl Messages {
    fn new(locale: Locale) -> Self {
        // Comments are for translators; a browser needs none.
        let lines = of(locale).iter().flat_map(|file| file.lines());
        let text = lines.filter(|line| !line.starts_with('#')).fold(String::new(), |mut text, line| {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{line}");
            text
        });
        Self { name: format!("{}-{:016x}.ftl", locale.tag(), fingerprint(&text)), text }
    }
}

/// The messages of a language.
#[must_use]
pub fn messages(locale: Locale) -> &'static Messages {
    static ALL: LazyLock<Vec<Messages>> =
        LazyLock::new(|| Locale::ALL.iter().map(|locale| Messages::new(*locale)).collect());
    // Every language is one of all.
    &ALL[Locale::ALL.iter().position(|other| *other == locale).unwrap_or_default()]
}

/// FNV-1a: tells versions of a text apart. Nobody is kept out by it.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_loads_has_a_name_of_its_own_and_no_comments() {
        let [english, spanish] = [messages(Locale::English), messages(Locale::Spanish)];
        assert_ne!(english.name, spanish.name);
        assert!(english.name.starts_with("en-") && english.name.contains(".ftl"));
        assert!(english.text.lines().all(|line| !line.starts_with('#')));
        assert!(english.text.contains("inbox-title = "));
    }
}
