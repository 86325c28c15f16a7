//! What a page knows about its request on both sides: the host tells it in the document, the browser reads it there.

use charla_shared::account::Locale;
use leptos::prelude::*;

use crate::{density::Density, flash::Flash, panes::Panes, theme::Theme};

/// The element of the document that says where the messages of its language are.
pub const MESSAGES: &str = "messages";

/// The language and the theme of the document.
#[cfg(feature = "ssr")]
pub fn language_and_theme() -> (Locale, Theme) {
    use_context::<crate::context::RequestContext>().map(|context| (context.locale, context.theme)).unwrap_or_default()
}

/// The language and the theme of the document.
#[cfg(not(feature = "ssr"))]
pub fn language_and_theme() -> (Locale, Theme) {
    #[cfg(feature = "hydrate")]
    if let Some(html) = document().document_element() {
        let locale = html.get_attribute("lang").and_then(|tag| Locale::from_tag(&tag));
        let theme = html.get_attribute("data-theme").and_then(|name| Theme::from_name(&name));
        return (locale.unwrap_or_default(), theme.unwrap_or_default());
    }
    (Locale::default(), Theme::default())
}

/// How much room everything has, and whether the rail is narrow.
#[cfg(feature = "ssr")]
pub fn density_and_rail() -> (Density, bool) {
    use_context::<crate::context::RequestContext>()
        .map(|context| (context.density, context.narrow_rail))
        .unwrap_or_default()
}

/// How much room everything has, and whether the rail is narrow.
#[cfg(not(feature = "ssr"))]
pub fn density_and_rail() -> (Density, bool) {
    #[cfg(feature = "hydrate")]
    if let Some(html) = document().document_element() {
        let density = html.get_attribute("data-density").and_then(|name| Density::from_name(&name));
        return (density.unwrap_or_default(), html.get_attribute("data-rail").as_deref() == Some("narrow"));
    }
    (Density::default(), false)
}

/// How the inbox is divided between its panes.
#[cfg(feature = "ssr")]
pub fn panes() -> Panes {
    use_context::<crate::context::RequestContext>().map(|context| context.panes).unwrap_or_default()
}

/// How the inbox is divided between its panes.
#[cfg(not(feature = "ssr"))]
pub fn panes() -> Panes {
    #[cfg(feature = "hydrate")]
    if let Some(html) = document().document_element() {
        return html.get_attribute("data-panes").map(|words| Panes::read(&words)).unwrap_or_default();
    }
    Panes::default()
}

/// What the last form has to say, if it is one of these. Known on the host; the browser gets it with the page.
pub fn use_flash(forms: &'static [&'static str]) -> Option<Flash> {
    let flash = SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        return use_context::<crate::context::RequestContext>().and_then(|context| context.flash);
        #[cfg(not(feature = "ssr"))]
        None::<Flash>
    })
    .into_inner();
    flash.filter(|flash| forms.contains(&flash.form.as_str()))
}

/// Whether somebody is logged in. Known on the host; the browser gets it with the page.
pub fn use_is_signed_in() -> bool {
    SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        return use_context::<crate::context::RequestContext>().is_some_and(|context| context.signed_in.is_some());
        #[cfg(not(feature = "ssr"))]
        false
    })
    .into_inner()
}
