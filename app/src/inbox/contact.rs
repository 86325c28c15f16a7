//! Who the conversation is with.

use std::time::Duration;

use charla_shared::conversation::{ConversationView, WindowState};
use jiff::Timestamp;
use leptos::{either::Either, html, prelude::*};

use super::{
    panes::Details,
    row::title,
    state::InboxStore,
    when::{Style, When},
};
use crate::{
    contacts::{Contact, Name, Parts},
    i18n::t,
    size,
    ui::{Avatar, Icon, changing},
};

/// How long the pane rests on a contact before they are asked for: whoever goes through the list asks for few.
const REST: Duration = Duration::from_millis(250);

/// The contact's pane.
#[component]
pub fn ContactPane(
    /// The page's state.
    store: InboxStore,
    /// Their row.
    row: RwSignal<ConversationView>,
    /// Whether it is on screen.
    details: Details,
) -> impl IntoView {
    let name = Memo::new(move |_| row.with(title));
    let (here, id) = row.with_untracked(|row| (row.id, row.contact.id));
    let contact = Contact::new(store.workspace, id, None);
    let channel = Memo::new(move |_| row.read().channel_label.clone());
    let wrote = Memo::new(move |_| row.read().last_inbound_at);
    let pane = NodeRef::<html::Aside>::new();
    look_for(pane, details.shown);
    follow(store, contact, wrote, details.shown);
    let until = Memo::new(move |_| match WindowState::at(store.now.get(), wrote.get()) {
        WindowState::Open { until } => Some(until),
        WindowState::Closed => None,
    });
    view! {
        <aside
            node_ref=pane
            class="contact"
            class:contact-shown=move || details.over.get()
            aria-label=t("contact-title")
        >
            <button
                type="button"
                class="contact-close"
                aria-label=t("contact-hide")
                title=t("contact-hide")
                on:click=move |_| details.over.set(false)
            >
                <Icon name="x" />
            </button>
            <div class="contact-who">
                <Avatar name=name />
                <Name contact=contact known=name />
            </div>
            <dl class="contact-facts">
                {changing(move || fact("contact-channel", channel.get()))}
                {first_seen(id.as_uuid()).map(|at| moment("contact-since", at))}
                {changing(move || wrote.get().map(|at| moment("contact-wrote", at)))}
                {changing(move || match until.get() {
                    Some(until) => Either::Left(moment("contact-window", until)),
                    None => Either::Right(fact("contact-writing", t("contact-window-closed"))),
                })}
            </dl>
            <Parts contact=contact here=Some(here) />
        </aside>
    }
}

/// Tells whether the pane is in sight: not where it is folded away, nor, where there is no room for it, before it is asked
/// for.
fn look_for(pane: NodeRef<html::Aside>, shown: RwSignal<bool>) {
    Effect::new(move |_| {
        let Some(node) = pane.get() else { return };
        let look = {
            let node = node.clone();
            move || {
                let now = node.client_width() > 0;
                if shown.try_get_untracked().is_some_and(|before| before != now) {
                    let _ = shown.try_set(now);
                }
            }
        };
        // Told at once how things are, when they are laid out anyway.
        size::watch(&node, look);
    });
}

/// Loads the contact while the pane is shown, and again whenever it is told that something about them changed, or they
/// wrote: what WhatsApp calls them comes with their messages and has no event of its own.
fn follow(store: InboxStore, contact: Contact, wrote: Memo<Option<Timestamp>>, shown: RwSignal<bool>) {
    // Whether they were asked for, and nothing was told since that was not.
    let current = StoredValue::new(false);
    Effect::new(move |_| {
        if !shown.get() || current.get_value() {
            return;
        }
        let ask = move || {
            let _ = current.try_set_value(true);
            contact.reload();
        };
        if let Ok(timer) = set_timeout_with_handle(ask, REST) {
            on_cleanup(move || timer.clear());
        }
    });
    // Out of sight nothing is asked for; shown again they are loaded anew. Before they were first asked for, that will be
    // soon enough.
    let heard = move || {
        let shown = shown.get_untracked();
        let asked = current.try_update_value(|current| std::mem::replace(current, *current && shown));
        shown && asked.unwrap_or_default()
    };
    Effect::new(move |before: Option<()>| {
        let news = store.contact_news.get();
        let ours = news.any || news.words || news.changed.contains(&contact.id);
        if before.is_none() || !ours || !heard() {
            return;
        }
        if news.any {
            contact.reload();
        } else if news.words {
            contact.reload_words();
        }
        if !news.any && news.changed.contains(&contact.id) {
            contact.refresh();
        }
    });
    Effect::new(move |before: Option<()>| {
        // Read, not only followed: a memo that nobody has read knows of no change.
        let _ = wrote.get();
        if before.is_some() && heard() {
            contact.refresh();
        }
    });
}

fn fact(key: &str, value: String) -> impl IntoView + use<> {
    view! {
        <div>
            <dt>{t(key)}</dt>
            <dd dir="auto">{value}</dd>
        </div>
    }
}

fn moment(key: &str, at: Timestamp) -> impl IntoView + use<> {
    view! {
        <div>
            <dt>{t(key)}</dt>
            <dd>
                <When at=Signal::stored(at) style=Style::Full />
            </dd>
        </div>
    }
}

/// When the contact was first heard of: ids carry the time they were made (RFC 9562 §5.7).
fn first_seen(id: uuid::Uuid) -> Option<Timestamp> {
    let (seconds, nanoseconds) = id.get_timestamp()?.to_unix();
    Timestamp::new(i64::try_from(seconds).ok()?, i32::try_from(nanoseconds).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_tells_when_it_was_made() {
        // RFC 9562, appendix A.6: 2022-02-22T19:22:22Z.
        let id = uuid::uuid!("017F22E2-79B0-7CC3-98C4-DC0C0C07398F");
        assert_eq!(first_seen(id).map(|at| at.to_string()), Some("2022-02-22T19:22:22Z".to_owned()));
        assert_eq!(first_seen(uuid::Uuid::from_u128(1)), None);
    }
}
