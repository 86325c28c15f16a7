//! What is looked for in the open thread, what was found, and which hit is on screen.

use std::mem;

use charla_shared::search::{ThreadHit, ThreadHits, Total, is_worth_asking};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

use super::{
    FIELD, paint,
    step::{Step, Way, step},
};
use crate::{
    failure::Failure,
    inbox::{log_in, pages::Pages},
    search::{api, asking::Asking},
};

/// What was found for a question.
#[derive(Debug, Clone, Default)]
pub struct Found {
    query: String,
    total: Total,
    page: ThreadHits,
}

impl Found {
    /// The hits that are loaded, newest first.
    pub fn hits(&self) -> &[ThreadHit] {
        &self.page.hits
    }

    /// How many there are.
    pub const fn total(&self) -> Total {
        self.total
    }
}

/// A step that led nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// Why.
    pub failure: Failure,
    on: On,
}

/// What failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum On {
    /// Loading the thread around a hit.
    Way,
    /// Loading further hits.
    Page,
}

/// A search within the open thread. A handle, cheap to copy; all methods are safe to call after the thread is gone.
#[derive(Debug, Clone, Copy)]
pub struct Finding {
    pages: Pages,
    /// Whether the field is there.
    pub open: RwSignal<bool>,
    /// What stands in the field.
    pub text: RwSignal<String>,
    /// The question and what was found.
    pub asking: Asking<Found>,
    /// The hit on screen, counted from the newest.
    pub at: RwSignal<usize>,
    /// Why the last step led nowhere.
    pub lost: RwSignal<Option<Lost>>,
    /// Whether a hit is on its way to the screen.
    moving: StoredValue<bool>,
    /// The id of what had the focus before the field; empty when it has none.
    before: StoredValue<String>,
}

impl Finding {
    /// For a thread: nothing is looked for yet.
    #[must_use]
    pub fn new(pages: Pages) -> Self {
        Self {
            pages,
            open: RwSignal::new(false),
            text: RwSignal::default(),
            asking: Asking::new(),
            at: RwSignal::new(0),
            lost: RwSignal::new(None),
            moving: StoredValue::new(false),
            before: StoredValue::default(),
        }
    }

    /// Opens the field, or goes back to it; what was looked for last stands in it.
    pub fn begin(self) {
        if self.open.try_get_untracked() == Some(false) {
            let focused = document().active_element().map(|focused| focused.id());
            let _ = self.before.try_set_value(focused.unwrap_or_default());
            let _ = self.open.try_set(true);
            self.ask();
        }
        // The field is there by the next frame.
        request_animation_frame(|| {
            let field = document().get_element_by_id(FIELD);
            if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
                let _ = field.focus();
                field.select();
            }
        });
    }

    /// Closes the field; the focus goes back to where it was.
    pub fn close(self) {
        let _ = self.open.try_set(false);
        self.asking.clear();
        let _ = self.lost.try_set(None);
        paint::clear();
        let before = self.before.try_with_value(|id| document().get_element_by_id(id)).flatten();
        match before.and_then(|before| before.dyn_into::<HtmlElement>().ok()) {
            Some(before) => _ = before.focus(),
            None => self.pages.thread.scroll.take_focus(),
        }
    }

    /// Looks for what stands in the field.
    pub fn ask(self) {
        let _ = self.lost.try_set(None);
        let query = self.text.try_get_untracked().unwrap_or_default();
        if !is_worth_asking(&query) {
            self.asking.clear();
            return;
        }
        let (workspace, conversation) = (self.pages.store.workspace, self.pages.thread.conversation);
        self.asking.ask(move || async move {
            let page = api::conversation(workspace, conversation, query.clone(), None).await?;
            Ok(Found { query, total: page.total.unwrap_or_default(), page })
        });
    }

    /// A new answer is there: its newest hit is shown.
    pub fn answered(self) {
        let _ = self.at.try_set(0);
        match self.failure() {
            Some(failure) => log_in::if_needed(&failure.0),
            None => self.show(),
        }
    }

    /// Goes to the next hit, one way or the other.
    pub fn go(self, way: Way) {
        let known = self.found(|found| (found.page.hits.len(), found.page.next.is_some()));
        let (Some((loaded, more)), Some(at)) = (known, self.at.try_get_untracked()) else { return };
        match step(way, at, loaded, more) {
            Step::To(to) => self.go_to(to),
            Step::Load => self.load(loaded),
            Step::Stay => {}
        }
    }

    /// Tries again what failed.
    pub fn again(self) {
        match self.lost.try_get_untracked().flatten() {
            None => self.ask(),
            Some(Lost { on: On::Way, .. }) => self.show(),
            Some(Lost { on: On::Page, .. }) => self.go(Way::Earlier),
        }
    }

    fn go_to(self, to: usize) {
        let _ = self.at.try_set(to);
        self.show();
    }

    fn found<T>(self, read: impl FnOnce(&Found) -> T) -> Option<T> {
        self.asking.answer.try_with_untracked(|answer| Some(read(answer.as_ref()?.as_ref().ok()?))).flatten()
    }

    fn failure(self) -> Option<Failure> {
        self.asking.answer.try_with_untracked(|answer| answer.as_ref()?.as_ref().err().cloned()).flatten()
    }

    fn here(self) -> Option<ThreadHit> {
        let at = self.at.try_get_untracked()?;
        self.found(|found| found.hits().get(at).cloned()).flatten()
    }

    /// Brings the present hit on screen. The focus stays in the field: Enter leads on. One after another, because pages
    /// that overtake each other would leave the thread at the wrong one.
    fn show(self) {
        let _ = self.lost.try_set(None);
        if self.moving.try_update_value(|moving| mem::replace(moving, true)) != Some(false) {
            return;
        }
        spawn_local(async move {
            while let Some(hit) = self.here() {
                let brought = self.pages.bring(hit.id).await;
                // Somebody may have gone on, or look for something else by now.
                if self.here().map(|here| here.id) != Some(hit.id) {
                    continue;
                }
                match brought {
                    Ok(()) => self.reveal(hit),
                    Err(failure) => self.lose(failure, On::Way),
                }
                break;
            }
            let _ = self.moving.try_set_value(false);
        });
    }

    /// What was cut of a long message is unfolded first, so that it is in its place when it is scrolled to.
    fn reveal(self, hit: ThreadHit) {
        request_animation_frame(move || {
            paint::unfold(&hit);
            self.pages.thread.scroll.reveal(hit.id);
        });
    }

    fn lose(self, failure: Failure, on: On) {
        log_in::if_needed(&failure.0);
        let _ = self.lost.try_set(Some(Lost { failure, on }));
    }

    /// Loads the next page of hits and goes to its first.
    fn load(self, to: usize) {
        let next = self.found(|found| Some((found.query.clone(), found.page.next?)));
        let Some((query, after)) = next.flatten() else { return };
        if self.asking.busy.try_get_untracked() != Some(false) {
            return;
        }
        let (workspace, conversation) = (self.pages.store.workspace, self.pages.thread.conversation);
        let turn = self.asking.turn();
        let _ = self.lost.try_set(None);
        let _ = self.asking.busy.try_set(true);
        spawn_local(async move {
            let page = api::conversation(workspace, conversation, query, Some(after)).await;
            if !self.asking.is(turn) {
                return;
            }
            let _ = self.asking.busy.try_set(false);
            match page {
                Ok(page) => {
                    let _ = self.asking.answer.try_update(|answer| {
                        if let Some(Ok(found)) = answer {
                            found.page.hits.extend(page.hits);
                            found.page.next = page.next;
                        }
                    });
                    self.go_to(to);
                }
                Err(failure) => self.lose(failure, On::Page),
            }
        });
    }
}
