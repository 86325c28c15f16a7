//! The pages of contacts follow what others do: they ask anew for what they show, and nothing that is being written is
//! touched. (The pane beside a thread is told by its inbox.)

use std::time::Duration;

use charla_shared::event::{Happening, ServerFrame};
use leptos::prelude::*;

use super::Contact;
use crate::{
    frame::use_line,
    inbox::gather::{ROUND, SPREAD_AFTER_GAP},
    realtime::Rounds,
};

/// The least time between two questions.
const APART: Duration = Duration::from_secs(1);

/// What has to be asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct News {
    /// Everything about the contact.
    all: bool,
    /// What there is to choose from.
    words: bool,
}

/// A contact's page follows what is done to them and in their conversations. For components.
pub fn follow(contact: Contact) {
    let (news, rounds) = (StoredValue::new(News::default()), Rounds::new(APART));
    let ask = move || match news.try_update_value(std::mem::take).unwrap_or_default() {
        News { all: true, words: true } => contact.reload(),
        News { all: true, words: false } => contact.refresh(),
        News { all: false, words: true } => contact.reload_words(),
        News { all: false, words: false } => {}
    };
    use_line().hear(move |frame| {
        let wait = if matches!(frame, ServerFrame::Reload { .. }) { spread() } else { ROUND };
        let heard = heard(frame, |happening| is_about(contact, happening));
        if heard != News::default() {
            let _ = news.try_update_value(|news| {
                *news = News { all: news.all || heard.all, words: news.words || heard.words };
            });
            rounds.soon(wait, ask);
        }
    });
}

/// A list of contacts asks anew when any of them may have changed: rows show names, tags and when there was a message last.
/// For components.
pub fn follow_any(ask: impl Fn() + Copy + Send + Sync + 'static) {
    let rounds = Rounds::new(APART);
    let any = |happening: &Happening| {
        matches!(happening, Happening::ContactUpdated { .. } | Happening::MessageCreated { .. })
    };
    use_line().hear(move |frame| {
        let wait = if matches!(frame, ServerFrame::Reload { .. }) { spread() } else { ROUND };
        if heard(frame, any) != News::default() {
            rounds.soon(wait, ask);
        }
    });
}

/// What every page hears in the same instant is asked for spread over a while.
fn spread() -> Duration {
    SPREAD_AFTER_GAP.mul_f64(js_sys::Math::random())
}

/// What a frame tells of; `concerns` is what is shown.
fn heard(frame: &ServerFrame, concerns: impl Fn(&Happening) -> bool) -> News {
    let of = |happening: &Happening| News {
        all: concerns(happening),
        words: matches!(happening, Happening::VocabularyChanged),
    };
    match frame {
        ServerFrame::Event(event) => of(&event.happening),
        ServerFrame::Events { events } => events
            .iter()
            .map(|event| of(&event.happening))
            .fold(News::default(), |all, one| News { all: all.all || one.all, words: all.words || one.words }),
        ServerFrame::Reload { .. } => News { all: true, words: true },
        // What is shown of somebody, and what may be changed, depend on the viewer's role.
        ServerFrame::Rights => News { all: true, words: false },
        ServerFrame::Ready { .. } | ServerFrame::Heartbeat { .. } | ServerFrame::Closed => News::default(),
    }
}

/// Whether something happened to a contact, or in one of their conversations. How far a message has come changes nothing
/// that is shown of them.
fn is_about(contact: Contact, happening: &Happening) -> bool {
    match happening {
        Happening::ContactUpdated { contact: changed } => *changed == contact.id,
        Happening::MessageUpdated { .. } => false,
        other => other.conversation().is_some_and(|id| {
            let theirs = |card: &charla_shared::contact::ContactCard| card.conversations.iter().any(|one| one.id == id);
            contact.card.try_with_untracked(|card| card.as_ref().is_some_and(theirs)).unwrap_or_default()
        }),
    }
}

#[cfg(test)]
mod tests {
    use charla_shared::{
        event::{Event, EventCursor},
        id::ContactId,
    };

    use super::*;

    fn updated(contact: u128) -> Happening {
        Happening::ContactUpdated { contact: uuid::Uuid::from_u128(contact).into() }
    }

    fn event(happening: Happening) -> Event {
        Event { cursor: EventCursor::default(), happening }
    }

    fn is(contact: u128) -> impl Fn(&Happening) -> bool {
        let shown = ContactId::from(uuid::Uuid::from_u128(contact));
        move |happening| *happening == Happening::ContactUpdated { contact: shown }
    }

    #[test]
    fn only_what_is_shown_is_asked_for_again() {
        assert_eq!(heard(&ServerFrame::Event(event(updated(1))), is(1)), News { all: true, words: false });
        assert_eq!(heard(&ServerFrame::Event(event(updated(2))), is(1)), News::default());
    }

    #[test]
    fn what_comes_together_is_asked_for_together() {
        let events = vec![event(updated(2)), event(Happening::VocabularyChanged), event(updated(1))];
        assert_eq!(heard(&ServerFrame::Events { events }, is(1)), News { all: true, words: true });
    }

    #[test]
    fn after_a_gap_everything_is() {
        let frame = ServerFrame::Reload { cursor: EventCursor::default() };
        assert_eq!(heard(&frame, is(1)), News { all: true, words: true });
    }
}
