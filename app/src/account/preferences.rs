//! Language and theme of this browser: plain forms, kept in cookies.

use charla_shared::account::Locale;
use leptos::prelude::*;

use crate::{
    i18n::{t, use_locale},
    request::language_and_theme,
    theme::Theme,
};

/// Both choices.
#[component]
pub fn Preferences(
    /// The page to come back to.
    #[prop(into)]
    back: Signal<String>,
) -> impl IntoView {
    let (locale, theme) = (use_locale(), language_and_theme().1);
    let languages = Locale::ALL
        .iter()
        .map(|option| {
            view! {
                <button
                    type="submit"
                    name="locale"
                    value=option.tag()
                    class="choice"
                    lang=option.tag()
                    aria-pressed=(*option == locale).to_string()
                >
                    {option.native_name()}
                </button>
            }
        })
        .collect_view();
    let themes = Theme::ALL
        .into_iter()
        .map(|option| {
            view! {
                <button
                    type="submit"
                    name="theme"
                    value=option.name()
                    class="choice"
                    aria-pressed=(option == theme).to_string()
                >
                    {t(&format!("theme-{}", option.name()))}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="preferences">
            <form method="post" action="/preferences" aria-label=t("preferences-language") class="choices">
                <input type="hidden" name="back" value=move || back.get() />
                {languages}
            </form>
            <form method="post" action="/preferences" aria-label=t("preferences-theme") class="choices">
                <input type="hidden" name="back" value=move || back.get() />
                {themes}
            </form>
        </div>
    }
}
