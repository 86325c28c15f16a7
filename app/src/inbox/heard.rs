//! What came while the thread was open, for those who hear the page: each new message once, with its author. Ticks are
//! looked at, not heard.

use charla_shared::{
    entry::{EntryContent, EntryView},
    message::{Author, MessageView},
    text,
};
use leptos::prelude::*;
use uuid::Uuid;

use super::preview::kind_key;
use crate::i18n::{Arg, t, t_with};

/// How many are kept to be read out; they come faster than anybody speaks.
const KEPT: usize = 5;
/// Characters that are read out.
const READ_OUT: usize = 300;

/// Something new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    id: Uuid,
    /// Who of the team; none for the customer.
    author: Option<String>,
    words: String,
    note: bool,
}

impl Heard {
    /// A message.
    #[must_use]
    pub fn message(message: &MessageView) -> Self {
        let author = match &message.author {
            Author::Contact => None,
            Author::Member { name, .. } => Some(name.clone()),
            Author::Phone => Some(t("author-phone")),
        };
        let words = message
            .content
            .words()
            .map_or_else(|| t(&kind_key(message.content.type_name())), |words| text::shorten(words, READ_OUT));
        Self { id: message.id.into(), author, words, note: false }
    }

    /// A note. What was done with a conversation is not read out.
    #[must_use]
    pub fn entry(entry: &EntryView) -> Option<Self> {
        let EntryContent::Note { body } = &entry.content else { return None };
        let author = entry.author.as_ref().map(|author| author.name.clone()).unwrap_or_default();
        Some(Self { id: entry.id.into(), author: Some(author), words: text::shorten(body, READ_OUT), note: true })
    }

    /// Adds it to those to be read out.
    pub fn join(self, all: &mut Vec<Self>) {
        if all.iter().all(|known| known.id != self.id) {
            all.push(self);
            let over = all.len().saturating_sub(KEPT);
            all.drain(..over);
        }
    }
}

/// Reads out what is new.
#[component]
pub fn HeardRegion(
    /// What is new in the thread.
    heard: RwSignal<Vec<Heard>>,
    /// What the customer is called.
    customer: Memo<String>,
) -> impl IntoView {
    let said = move |heard: &Heard| {
        let who = heard.author.clone().unwrap_or_else(|| customer.get_untracked());
        let key = if heard.note { "thread-heard-note" } else { "thread-heard" };
        t_with(key, &[("who", Arg::from(who)), ("words", Arg::from(heard.words.clone()))])
    };
    view! {
        <div class="visually-hidden" aria-live="polite">
            <For each=move || heard.get() key=|heard| heard.id let(one)>
                <p>{said(&one)}</p>
            </For>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_message_is_heard_once_and_only_the_last_few_wait() {
        let heard = |id: u128| Heard { id: Uuid::from_u128(id), author: None, words: String::new(), note: false };
        let mut all = Vec::new();
        for id in [1, 1, 2, 3, 4, 5, 6] {
            heard(id).join(&mut all);
        }
        assert_eq!(all.iter().map(|heard| heard.id.as_u128()).collect::<Vec<_>>(), [2, 3, 4, 5, 6]);
    }
}
