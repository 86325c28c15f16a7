//! Messages by key and language.

#[cfg(feature = "hydrate")]
use std::sync::OnceLock;

use charla_shared::account::Locale;
use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};

use super::Arg;

type Bundle = FluentBundle<FluentResource>;

fn bundle<'a>(locale: Locale, sources: impl IntoIterator<Item = &'a str>) -> Bundle {
    let language = locale.tag().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![language]);
    // The marks keep a name written from left to right from turning an Arabic sentence over; elsewhere they are of no use.
    bundle.set_use_isolating(locale.is_right_to_left());
    for source in sources {
        // What does not parse is left out; the test below finds it.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// The messages of the document's language.
#[cfg(feature = "hydrate")]
static DOCUMENT: OnceLock<Bundle> = OnceLock::new();

/// Takes the messages of the document's language. Before anything is shown; once.
#[cfg(feature = "hydrate")]
pub(super) fn load(locale: Locale, text: &str) {
    let _ = DOCUMENT.set(bundle(locale, [text]));
}

#[cfg(feature = "hydrate")]
fn bundles(_locale: Locale) -> impl Iterator<Item = &'static Bundle> {
    DOCUMENT.get().into_iter()
}

/// The language's bundle, and English where it lacks something.
#[cfg(not(feature = "hydrate"))]
fn bundles(locale: Locale) -> impl Iterator<Item = &'static Bundle> {
    use std::sync::LazyLock;

    static BUNDLES: LazyLock<Vec<Bundle>> = LazyLock::new(|| {
        Locale::ALL.iter().map(|locale| bundle(*locale, super::sources::of(*locale).iter().copied())).collect()
    });
    let place = |locale| Locale::ALL.iter().position(|other| *other == locale);
    [place(locale), place(Locale::English)].into_iter().flatten().map(|place| &BUNDLES[place])
}

/// Whether there is such a key.
pub(super) fn has(locale: Locale, key: &str) -> bool {
    bundles(locale).any(|bundle| bundle.has_message(key))
}

/// The message in this language, else in English, else its key.
pub(super) fn format(locale: Locale, key: &str, args: &[(&'static str, Arg)]) -> String {
    let mut values = FluentArgs::with_capacity(args.len());
    for (name, value) in args {
        values.set(*name, value.clone());
    }
    for bundle in bundles(locale) {
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

    use super::{super::sources, *};

    /// Each key of a language with the variables in its text.
    fn keys(sources: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
        let mut keys = BTreeMap::new();
        for source in sources {
            assert!(FluentResource::try_new((*source).to_owned()).is_ok(), "a file does not parse: {source:.40}");
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
    fn every_language_has_the_same_keys_with_the_same_variables() {
        let english = keys(sources::of(Locale::English));
        assert!(english.len() > 60);
        for locale in Locale::ALL {
            let theirs = keys(sources::of(*locale));
            for (key, variables) in &english {
                assert_eq!(theirs.get(key), Some(variables), "{}: {key}", locale.tag());
            }
            let more: Vec<_> = theirs.keys().filter(|key| !english.contains_key(*key)).collect();
            assert!(more.is_empty(), "{}: {more:?}", locale.tag());
        }
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
