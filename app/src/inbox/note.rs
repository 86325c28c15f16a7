//! What stands under a bubble that did not simply arrive: what became of it, and the way to send it again.

use charla_shared::message::{DeliveryState, MessageView, is_unconfirmed};
use jiff::Timestamp;
use leptos::{prelude::*, task::spawn_local};

use super::{
    bubble::sentence,
    bubbles::{Bubble, Bubbles},
    remedy, sending,
    state::InboxStore,
};
use crate::{
    i18n::t,
    ui::{Button, changing},
};

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// It will not arrive, for this reason.
    Failed {
        /// The reason's name for translations.
        key: Option<String>,
        /// The reason in English.
        sentence: Option<String>,
    },
    /// The answer was lost; Meta may still tell.
    Unclear,
    /// The answer was lost and Meta has said nothing for long.
    Unconfirmed,
    /// A person has sent another in its place.
    Resent,
}

impl Note {
    /// The note of a message, if it needs one. The present is asked for only while time decides.
    #[must_use]
    pub fn of(message: &MessageView, now: impl FnOnce() -> Timestamp) -> Option<Self> {
        if message.resent_as.is_some() {
            return Some(Self::Resent);
        }
        match message.state? {
            DeliveryState::Failed => {
                Some(Self::Failed { key: message.failure_key.clone(), sentence: message.failure.clone() })
            }
            DeliveryState::Unknown => {
                let long = message.unknown_since.is_none_or(|since| is_unconfirmed(since, now()));
                Some(if long { Self::Unconfirmed } else { Self::Unclear })
            }
            _ => None,
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Failed { key, sentence } => {
                remedy::words(key.as_deref(), sentence.as_deref()).unwrap_or_else(|| t("state-failed-explained"))
            }
            Self::Unclear => t("state-unknown-explained"),
            Self::Unconfirmed => t("state-unconfirmed-explained"),
            Self::Resent => t("resend-done"),
        }
    }

    const fn offers_again(&self) -> bool {
        matches!(self, Self::Failed { .. } | Self::Unconfirmed)
    }
}

/// The note, with the button where a person may send it again.
#[component]
pub fn NoteLine(
    /// The page's state.
    store: InboxStore,
    /// The thread it is in.
    thread: Bubbles,
    /// The message.
    bubble: RwSignal<Bubble>,
    /// What became of it.
    note: Note,
) -> impl IntoView {
    let doubtful = note == Note::Unconfirmed;
    let offered = note.offers_again();
    let again = Memo::new(move |_| offered && store.may_reply_now());
    view! {
        <div class="bubble-note" class:bubble-note-quiet=note == Note::Resent>
            <p>{note.words()}</p>
            {changing(move || {
                again.get().then(|| view! { <Again store=store thread=thread bubble=bubble doubtful=doubtful /> })
            })}
        </div>
    }
    .into_any()
}

/// Sends it again; asks first when it may have arrived. The button that asks becomes the one that calls it off, so that a
/// double click sends nothing.
#[component]
fn Again(store: InboxStore, thread: Bubbles, bubble: RwSignal<Bubble>, doubtful: bool) -> impl IntoView {
    let asking = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let refused = RwSignal::new(None::<String>);
    let send = move || {
        let Bubble::Stored(message) = bubble.get_untracked() else { return };
        busy.set(true);
        spawn_local(async move {
            let problem = sending::resend(store, message).await;
            let _ = busy.try_set(false);
            match problem {
                // The button is gone; the keyboard goes on in the thread.
                None => thread.scroll.take_focus(),
                Some(problem) => _ = refused.try_set(Some(sentence(&problem))),
            }
        });
    };
    view! {
        {changing(move || refused.get().map(|words| view! { <p role="alert">{words}</p> }))}
        {changing(move || asking.get().then(|| view! { <p role="alert">{t("resend-doubt")}</p> }))}
        <Button
            busy=busy
            on_click=move |_| if doubtful { asking.update(|asking| *asking = !*asking) } else { send() }
        >
            {changing(move || t(if asking.get() { "resend-cancel" } else { "send-retry" }))}
        </Button>
        {changing(move || {
            asking.get().then(|| view! { <Button busy=busy on_click=move |_| send()>{t("resend-anyway")}</Button> })
        })}
    }
}

#[cfg(test)]
mod tests {
    use charla_shared::message::{Author, Content, Direction};
    use uuid::Uuid;

    use super::*;

    fn message(state: DeliveryState) -> MessageView {
        MessageView {
            id: Uuid::from_u128(1).into(),
            conversation: Uuid::from_u128(2).into(),
            client_key: None,
            direction: Direction::Out,
            author: Author::Phone,
            content: Content::Text { body: "Hola".to_owned() },
            at: Timestamp::UNIX_EPOCH,
            state: Some(state),
            failure: None,
            failure_key: None,
            unknown_since: (state == DeliveryState::Unknown).then_some(Timestamp::UNIX_EPOCH),
            resent_as: None,
            quote: None,
        }
    }

    fn note(message: &MessageView, second: i64) -> Option<Note> {
        Note::of(message, || Timestamp::constant(second, 0))
    }

    #[test]
    fn a_lost_answer_turns_unconfirmed_by_time_alone() {
        let lost = message(DeliveryState::Unknown);
        assert_eq!(note(&lost, 14 * 60), Some(Note::Unclear));
        assert_eq!(note(&lost, 15 * 60), Some(Note::Unconfirmed));
    }

    #[test]
    fn what_arrives_needs_no_words_and_what_was_sent_again_says_so() {
        assert_eq!(note(&message(DeliveryState::Delivered), 0), None);
        let failed = message(DeliveryState::Failed);
        assert_eq!(note(&failed, 0), Some(Note::Failed { key: None, sentence: None }));
        let resent = MessageView { resent_as: Some(Uuid::from_u128(3).into()), ..failed };
        assert_eq!(note(&resent, 0), Some(Note::Resent));
    }
}
