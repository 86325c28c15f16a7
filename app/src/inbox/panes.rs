//! The lines between the panes, and the way to fold the contact's away. What somebody makes of the panes is kept by
//! their browser and drawn by the host from the next page on ([`crate::panes`]).

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::{
    device,
    i18n::t,
    panes::{self, Panes},
    request,
    ui::{Resized, Separator, Side},
};

/// The panes of the page. Known to everything below the inbox page; a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct PaneLayout {
    kept: RwSignal<Panes>,
}

impl PaneLayout {
    /// For the page: as the document says.
    pub fn provide() {
        provide_context(Self { kept: RwSignal::new(request::panes()) });
    }

    /// The page's.
    #[must_use]
    pub fn of_page() -> Self {
        expect_context()
    }

    fn change(self, settled: bool, change: impl FnOnce(&mut Panes)) {
        self.kept.update(change);
        let panes = self.kept.get_untracked();
        draw(panes);
        if settled {
            device::tell_host(panes::COOKIE, &panes.cookie());
        }
    }

    /// Folds the contact's pane away, or brings it back. The next page does so, too.
    fn fold(self) {
        self.change(true, |panes| panes.folded = !panes.folded);
    }
}

/// Whether the contact is on screen, and what brings it there.
#[derive(Debug, Clone, Copy, Default)]
pub struct Details {
    /// Whether it is asked for where there is no room beside the thread: it is laid over it.
    pub over: RwSignal<bool>,
    /// Whether it is in sight. The browser measures it; on the host it is not known.
    pub shown: RwSignal<bool>,
}

impl Details {
    /// Brings it on screen, or takes it away; `near` stands among the panes, whose style knows whether there is room.
    pub fn toggle(self, panes: PaneLayout, near: &Element) {
        if has_room(near) {
            panes.fold();
        } else {
            self.over.update(|over| *over = !*over);
        }
    }
}

/// Whether there is room for the contact beside the thread.
fn has_room(near: &Element) -> bool {
    let style = window().get_computed_style(near).ok().flatten();
    style
        .and_then(|style| style.get_property_value("--contact-place").ok())
        .is_some_and(|place| place.trim() == "beside")
}

/// The document says what the style sheet and the next page of this document go by.
fn draw(panes: Panes) {
    let Some(html) = document().document_element() else { return };
    // Refused only for names that are no attribute names.
    let _ = match panes.attribute() {
        Some(words) => html.set_attribute("data-panes", &words),
        None => html.remove_attribute("data-panes"),
    };
    if let Some(html) = html.dyn_ref::<HtmlElement>() {
        for (name, width) in panes.properties() {
            // The host's rule may say something else: `initial` makes it count for nothing.
            let value = width.map_or_else(|| "initial".to_owned(), |width| format!("{width}px"));
            let _ = html.style().set_property(name, &value);
        }
    }
}

/// The line between the list and the thread.
#[component]
pub fn ListSeparator() -> impl IntoView {
    let panes = PaneLayout::of_page();
    let resize = Callback::new(move |resized: Resized| {
        panes.change(resized.settled, |panes| panes.list = resized.width);
    });
    let width = Signal::derive(move || panes.kept.read().list);
    view! { <Separator label=t("panes-list") widths=panes::LIST width=width on_resize=resize /> }
}

/// The line between the thread and the contact.
#[component]
pub fn ContactSeparator() -> impl IntoView {
    let panes = PaneLayout::of_page();
    let resize = Callback::new(move |resized: Resized| {
        panes.change(resized.settled, |panes| panes.contact = resized.width);
    });
    let width = Signal::derive(move || panes.kept.read().contact);
    view! { <Separator label=t("panes-contact") widths=panes::CONTACT side=Side::After width=width on_resize=resize /> }
}
