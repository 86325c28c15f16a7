//! The HTML document around the app. The host renders it; the browser takes over its body.

use leptos::{config::LeptosOptions, prelude::*};
use leptos_meta::{HashedStylesheet, MetaTags};

use crate::{App, i18n, reload, request};

/// The document of every page.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let (locale, theme) = request::language_and_theme();
    let viewport = "width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content";
    view! {
        <!DOCTYPE html>
        <html lang=locale.tag() dir=locale.direction() data-theme=theme.name()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content=viewport />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <HashedStylesheet options=options.clone() id="style" />
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
