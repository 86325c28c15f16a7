//! The keys of the page on screen. One listener hears all keys and asks the page last, so that nothing depends on which of
//! two has begun to listen first.

use leptos::prelude::*;

/// What a page does for a key; says whether the key stands for anything there.
type Answer = Callback<String, bool>;

/// The answers of what is on screen; none at first. A handle, cheap to copy.
#[derive(Debug, Clone, Copy, Default)]
pub struct PageKeys {
    all: StoredValue<Vec<(u32, Answer)>>,
    next: StoredValue<u32>,
}

impl PageKeys {
    /// Answers to keys until the owner it is called in is cleaned up: a component's, while it is on screen.
    pub fn answer(self, press: impl Fn(&str) -> bool + Send + Sync + 'static) {
        let number = self.next.get_value();
        self.next.set_value(number.wrapping_add(1));
        self.all.update_value(|all| all.push((number, Callback::new(move |key: String| press(&key)))));
        on_cleanup(move || _ = self.all.try_update_value(|all| all.retain(|(other, _)| *other != number)));
    }

    /// Whether the page does something for a key; it is done.
    pub(super) fn press(self, key: &str) -> bool {
        // Taken out first: what is done may bring another page.
        let last = self.all.try_with_value(|all| all.last().map(|(_, answer)| *answer)).flatten();
        last.and_then(|answer| answer.try_run(key.to_owned())).unwrap_or_default()
    }
}

/// The keys of the workspace's pages.
pub fn use_page_keys() -> PageKeys {
    expect_context()
}
