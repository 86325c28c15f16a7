//! The messages themselves, compiled in.

use std::sync::LazyLock;

use charla_shared::account::Locale;
use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use unic_langid::{LanguageIdentifier, langid};

use super::Arg;

type Bundle = FluentBundle<FluentResource>;

const ENGLISH: &[&str] = &[
    include_str!("../../locales/en/common.ftl"),
    include_str!("../../locales/en/account.ftl"),
    include_str!("../../locales/en/delivery.ftl"),
    include_str!("../../locales/en/channels.ftl"),
    include_str!("../../locales/en/inbox.ftl"),
    include_str!("../../locales/en/operations.ftl"),
    include_str!("../../locales/en/life.ftl"),
    include_str!("../../locales/en/list.ftl"),
    include_str!("../../locales/en/thread.ftl"),
    include_str!("../../locales/en/composer.ftl"),
    include_str!("../../locales/en/contacts.ftl"),
    include_str!("../../locales/en/search.ftl"),
    include_str!("../../locales/en/frame.ftl"),
    include_str!("../../locales/en/home.ftl"),
    include_str!("../../locales/en/settings.ftl"),
];
const SPANISH: &[&str] = &[
    include_str!("../../locales/es/common.ftl"),
    include_str!("../../locales/es/account.ftl"),
    include_str!("../../locales/es/delivery.ftl"),
    include_str!("../../locales/es/channels.ftl"),
    include_str!("../../locales/es/inbox.ftl"),
    include_str!("../../locales/es/operations.ftl"),
    include_str!("../../locales/es/life.ftl"),
    include_str!("../../locales/es/list.ftl"),
    include_str!("../../locales/es/thread.ftl"),
    include_str!("../../locales/es/composer.ftl"),
    include_str!("../../locales/es/contacts.ftl"),
    include_str!("../../locales/es/search.ftl"),
    include_str!("../../locales/es/frame.ftl"),
    include_str!("../../locales/es/home.ftl"),
    include_str!("../../locales/es/settings.ftl"),
];

static BUNDLES: LazyLock<[Bundle; 2]> =
    LazyLock::new(|| [bundle(langid!("en"), ENGLISH), bundle(langid!("es"), SPANISH)]);

fn bundle(language: LanguageIdentifier, sources: &[&str]) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![language]);
    // The marks are for mixing directions inside a sentence; the five languages get them when Arabic comes.
    bundle.set_use_isolating(false);
    for source in sources {
        // What does not parse is left out; the test below finds it.
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

fn of(locale: Locale) -> &'static Bundle {
    match locale {
        Locale::English => &BUNDLES[0],
        Locale::Spanish => &BUNDLES[1],
    }
}

/// Whether English has the key.
pub(super) fn has(key: &str) -> bool {
    of(Locale::English).has_message(key)
}

/// The message in this language, else in English, else its key.
pub(super) fn format(locale: Locale, key: &str, args: &[(&'static str, Arg)]) -> String {
    let mut values = FluentArgs::with_capacity(args.len());
    for (name, value) in args {
        values.set(*name, value.clone());
    }
    for bundle in [of(locale), of(Locale::English)] {
        if let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) {
            // A variable without a value is shown by its name.
            let mut errors = Vec::new();
            return bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned();
        }
    }
    key.to_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// Each key of a language with the variables in its text.
    fn keys(sources: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
        let mut keys = BTreeMap::new();
        for source in sources {
            assert!(FluentResource::try_new((*source).to_owned()).is_ok(), "a file does not parse: {}", &source[..40]);
            let mut current = String::new();
            for line in source.lines() {
                if let Some((key, _)) =
                    line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()))
                {
                    current = key.to_owned();
                    assert!(keys.insert(current.clone(), BTreeSet::new()).is_none(), "{key} stands twice");
                }
                for variable in line.split('$').skip(1) {
                    let name = variable.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
                    keys.entry(current.clone()).or_default().insert(name.to_owned());
                }
            }
        }
        keys
    }

    #[test]
    fn both_languages_have_the_same_keys_with_the_same_variables() {
        let (english, spanish) = (keys(ENGLISH), keys(SPANISH));
        assert!(english.len() > 60);
        for (key, variables) in &english {
            assert_eq!(spanish.get(key), Some(variables), "{key}");
        }
        let more: Vec<_> = spanish.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(more.is_empty(), "{more:?}");
    }

    #[test]
    fn numbers_choose_their_form() {
        let count = |locale, n: i64| format(locale, "inbox-unread-messages", &[("count", Arg::from(n))]);
        assert_eq!(count(Locale::English, 1), "1 unread message");
        assert_eq!(count(Locale::English, 2), "2 unread messages");
        assert_ne!(count(Locale::Spanish, 1), count(Locale::Spanish, 2).replace('2', "1"));
    }

    #[test]
    fn an_unknown_key_is_shown_as_itself() {
        assert_eq!(format(Locale::Spanish, "no-such-key", &[]), "no-such-key");
    }
}
