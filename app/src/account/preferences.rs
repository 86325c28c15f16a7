//! Language, theme and density of this browser: plain forms, kept in cookies.

use charla_shared::account::Locale;
use leptos::prelude::*;

use crate::{
    density::Density,
    i18n::{t, use_locale},
    request::{density_and_rail, language_and_theme},
    theme::Theme,
};

/// The choices.
#[component]
pub fn Preferences(
    /// The page to come back to.
    #[prop(into)]
    back: Signal<String>,
) -> impl IntoView {
    let (locale, theme, density) = (use_locale(), language_and_theme().1, density_and_rail().0);
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
    let densities = Density::ALL
        .into_iter()
        .map(|option| {
            view! {
                <button
                    type="submit"
                    name="density"
                    value=option.name()
                    class="choice"
                    aria-pressed=(option == density).to_string()
                >
                    {t(&format!("density-{}", option.name()))}
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
            <form method="post" action="/preferences" aria-label=t("preferences-density") class="choices">
                <input type="hidden" name="back" value=move || back.get() />
                {densities}
            </form>
        </div>
    }
}
