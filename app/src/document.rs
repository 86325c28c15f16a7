//! The HTML document around the app. The host renders it; the browser takes over its body.

use leptos::{config::LeptosOptions, html, nonce::use_nonce, prelude::*};
use leptos_meta::{HashedStylesheet, MetaTags};

use crate::{App, i18n, reload, request, theme::Theme};

/// The document of every page.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let (locale, theme) = request::language_and_theme();
    let (density, narrow_rail) = request::density_and_rail();
    let rail = narrow_rail.then_some("narrow");
    let panes = request::panes();
    let viewport = "width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content";
    view! {
        <!DOCTYPE html>
        <html
            lang=locale.tag()
            dir=locale.direction()
            data-theme=theme.name()
            data-density=density.name()
            data-rail=rail
            data-panes=panes.attribute()
        >
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content=viewport />
                <meta name="color-scheme" content="light dark" />
                {surroundings(theme)}
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="apple-touch-icon" href="/icon-180.png" />
                <link rel="manifest" href="/manifest.webmanifest" />
                <HashedStylesheet options=options.clone() id="style" />
                {panes.rule().map(|rule| view! { <style nonce=use_nonce() inner_html=rule></style> })}
                <link
                    id=request::MESSAGES
                    rel="preload"
                    href=i18n::address(locale)
                    r#as="fetch"
                    crossorigin="anonymous"
                />
                <HydrationScripts options=options.clone() />
                <MetaTags />
                {reload::script()}
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// What browsers colour around the page (`--surface-sunken` of the style sheet).
const LIGHT: &str = "#f3f4f5";
const DARK: &str = "#0b1014";

fn surroundings(theme: Theme) -> impl IntoView {
    let colour = |colour| html::meta().name("theme-color").content(colour);
    // Leptos knows no `media` of a `<meta>`.
    let system = |of, scheme: &'static str| colour(of).attr("media", scheme).into_any();
    match theme {
        Theme::Light => vec![colour(LIGHT).into_any()],
        Theme::Dark => vec![colour(DARK).into_any()],
        Theme::System => {
            vec![system(LIGHT, "(prefers-color-scheme: light)"), system(DARK, "(prefers-color-scheme: dark)")]
        }
    }
}
