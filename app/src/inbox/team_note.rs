//! A note in the thread: what a member wrote to the others, which the customer never sees.

use charla_shared::{entry::EntryContent, id::EntryId};
use leptos::prelude::*;

use super::{
    bubbles::Bubbles,
    days::Layout,
    order::BubbleKey,
    when::{Style, When},
    words::Words,
};
use crate::{
    i18n::{Arg, t, t_with},
    ui::{Icon, changing},
};

/// The note of an entry.
#[component]
pub fn TeamNote(
    /// The thread it is in.
    thread: Bubbles,
    /// Which entry.
    entry: EntryId,
    /// How the thread is laid out.
    layout: Memo<Layout>,
) -> impl IntoView {
    let Some(note) = thread.entry(entry) else { return ().into_any() };
    let EntryContent::Note { body } = note.content else { return ().into_any() };
    let author = note.author.map_or_else(|| t("author-gone"), |author| author.name);
    let begins = move || layout.with(|layout| layout.beginning.contains(&BubbleKey::Entry(entry)));
    let named = author.clone();
    view! {
        <div
            class="bubble-line"
            id=format!("e-{entry}")
            data-line="note"
            data-side="out"
            data-begins=move || begins().then_some("")
            role="article"
            aria-label=t_with("note-by", &[("who", Arg::from(author))])
            tabindex="-1"
        >
            <div class="bubble bubble-team">
                {changing(move || {
                    begins()
                        .then(|| {
                            view! {
                                <p class="bubble-author" dir="auto">
                                    {named.clone()}
                                </p>
                            }
                        })
                })}
                <Words text=body />
                <p class="bubble-foot">
                    <Icon name="lock" />
                    <span>{t("note-for-the-team")}</span>
                    <When at=note.at style=Style::Clock class="bubble-time" />
                </p>
            </div>
        </div>
    }
    .into_any()
}
