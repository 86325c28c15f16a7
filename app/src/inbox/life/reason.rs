//! Why a conversation is closed: asked for by those who want to say so.

use charla_shared::{
    id::ConversationId,
    life::{Change, NewStatus, REASON_MAX},
};
use leptos::{ev::SubmitEvent, prelude::*};

use super::{
    doing::use_life,
    many::{selected, use_many},
};
use crate::{
    i18n::t,
    inbox::row::title,
    ui::{Dialog, Submit, changing},
};

/// What is about to be closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolving {
    /// This conversation.
    One(ConversationId),
    /// What is selected.
    Selected,
}

/// The question for a reason. Not asked at first; a handle, cheap to copy.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reason {
    open: RwSignal<bool>,
    of: RwSignal<Option<Resolving>>,
    written: RwSignal<String>,
}

impl Reason {
    /// Asks why this is closed.
    pub fn ask(self, of: Resolving) {
        self.of.set(Some(of));
        self.written.set(String::new());
        self.open.set(true);
    }
}

/// The question, over the page. Without an answer the conversation is closed without a reason.
#[component]
pub fn ReasonDialog() -> impl IntoView {
    let (life, many) = (use_life(), use_many());
    let Reason { open, of, written } = life.reason;
    let about = move || match of.get()? {
        Resolving::One(id) => life.store.rows.view_untracked(id).as_ref().map(title),
        Resolving::Selected => Some(selected(many.count.get())),
    };
    let resolve = move |event: SubmitEvent| {
        event.prevent_default();
        open.set(false);
        let change = Change::Status { to: NewStatus::Resolved { reason: Some(written.get_untracked()) } };
        match of.get_untracked() {
            Some(Resolving::One(id)) => life.change(id, change),
            Some(Resolving::Selected) => many.change(change),
            None => {}
        }
    };
    view! {
        <Dialog open=open title=t("reason-title")>
            <form class="form" on:submit=resolve>
                <p class="quiet" dir="auto">{changing(about)}</p>
                <div class="field">
                    <label for="reason">{t("reason-label")}</label>
                    <input
                        id="reason"
                        dir="auto"
                        autofocus
                        autocomplete="off"
                        maxlength=REASON_MAX.to_string()
                        aria-describedby="reason-hint"
                        prop:value=move || written.get()
                        on:input:target=move |event| written.set(event.target().value())
                    />
                    <p class="field-hint" id="reason-hint">{t("reason-hint")}</p>
                </div>
                <Submit>{t("life-resolve")}</Submit>
            </form>
        </Dialog>
    }
    .into_any()
}
