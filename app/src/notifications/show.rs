//! The device's own notifications.

use leptos::{prelude::window, task::spawn_local};
use wasm_bindgen::{JsCast, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Notification, NotificationOptions, NotificationPermission};

/// Whether the device shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Allowed {
    /// It does.
    Yes,
    /// It will ask.
    Unasked,
    /// Somebody forbade it.
    No,
    /// It cannot: browsers show none on pages without TLS.
    Never,
}

/// How it stands.
pub(super) fn allowed() -> Allowed {
    if !js_sys::Reflect::has(&window(), &"Notification".into()).unwrap_or(false) {
        return Allowed::Never;
    }
    match Notification::permission() {
        NotificationPermission::Granted => Allowed::Yes,
        NotificationPermission::Denied => Allowed::No,
        _ => Allowed::Unasked,
    }
}

/// Asks for permission and tells how it stands then. Only ever after a click: browsers hold it against pages that ask
/// unasked.
pub(super) fn ask(then: impl FnOnce(Allowed) + 'static) {
    let Ok(asked) = Notification::request_permission() else { return then(allowed()) };
    spawn_local(async move {
        // However it was answered, the permission says so.
        let _ = JsFuture::from(asked).await;
        then(allowed());
    });
}

/// Shows one; a click brings the page to the front and opens what it is about. One of the same name takes its place.
pub(super) fn show(title: &str, text: &str, name: &str, open: impl Fn() + 'static) {
    if allowed() != Allowed::Yes {
        return;
    }
    let options = NotificationOptions::new();
    options.set_body(text);
    options.set_tag(name);
    options.set_icon("/icon-192.png");
    // Some phones show notifications of service workers only.
    let Ok(notification) = Notification::new_with_options(title, &options) else { return };
    let shown = notification.clone();
    let clicked = Closure::once_into_js(move || {
        let _ = window().focus();
        shown.close();
        open();
    });
    notification.set_onclick(Some(clicked.unchecked_ref()));
}
