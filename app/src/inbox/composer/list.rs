//! The list over the field: canned replies after `/`, emoji after `:`. The keyboard stays in the field; the arrows choose,
//! Enter or Tab takes, Escape closes.

use charla_shared::canned_reply::{self, CannedReplyView, Values};
use leptos::{prelude::*, task::spawn_local};

use super::{
    emoji,
    trigger::{Kind, Trigger, before, trigger},
    writing::{Mode, Writing},
};
use crate::{canned_replies, i18n::t, inbox::state::InboxStore, ui::changing};

/// The id of the list.
pub const LIST: &str = "composer-list";
/// The most that is offered at once.
const OFFERED: usize = 8;

/// Something to take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What it is called.
    name: String,
    /// What it looks like.
    looks: String,
    /// What is put into the field.
    text: String,
}

/// The list.
#[derive(Debug, Clone, Copy, Default)]
pub struct List {
    /// What asks for it; none while it is closed.
    asks: RwSignal<Option<Trigger>>,
    offers: RwSignal<Vec<Offer>>,
    chosen: RwSignal<usize>,
    /// Closed by its reader: it stays so until something else asks.
    dismissed: StoredValue<Option<Trigger>>,
}

impl List {
    /// Whether there is something to choose.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.asks.with(Option::is_some) && !self.offers.with(Vec::is_empty)
    }

    /// The id of the offer that Enter takes.
    #[must_use]
    pub fn active(self) -> Option<String> {
        self.is_open().then(|| offer_id(self.chosen.get()))
    }

    /// Looks what the text before the caret asks for.
    pub fn look(self, writing: Writing) {
        if untrack(move || writing.is_closed()) {
            return self.asks.set(None);
        }
        let Some(field) = writing.field.get_untracked() else { return };
        let caret = field.selection_end().ok().flatten().unwrap_or_default();
        let asks = trigger(before(&field.value(), caret));
        // Notes are for the team; canned replies are for customers.
        let fits = |asks: &Trigger| asks.kind == Kind::Emoji || writing.mode.get_untracked() == Mode::Reply;
        let asks =
            asks.filter(fits).filter(|asks| self.dismissed.with_value(|dismissed| dismissed.as_ref() != Some(asks)));
        let Some(asks) = asks else { return self.asks.set(None) };
        let opened = self.asks.with_untracked(|before| before.as_ref().map(|before| before.kind) != Some(asks.kind));
        self.dismissed.set_value(None);
        self.asks.set(Some(asks.clone()));
        self.fill(writing);
        if opened {
            spawn_local(async move {
                match asks.kind {
                    Kind::Reply => load_replies(writing.store).await,
                    Kind::Emoji => emoji::load().await,
                }
                if self.asks.try_with_untracked(Option::is_some) == Some(true) {
                    self.fill(writing);
                }
            });
        }
    }

    fn fill(self, writing: Writing) {
        let Some(asks) = self.asks.get_untracked() else { return };
        let offers = match asks.kind {
            Kind::Reply => {
                let values = values(writing);
                let fitting = |all: &Vec<CannedReplyView>| fitting(all, &asks.query, &values);
                writing.store.desk.replies.with_untracked(fitting)
            }
            Kind::Emoji => emoji::search(&asks.query, OFFERED)
                .into_iter()
                .map(|emoji| Offer { name: format!(":{}:", emoji.code), looks: emoji.sign.clone(), text: emoji.sign })
                .collect(),
        };
        self.chosen.set(0);
        self.offers.set(offers);
    }

    /// Closes it.
    pub fn close(self) {
        self.asks.set(None);
    }

    /// A key was pressed in the field. Says whether it was for the list.
    pub fn pressed(self, writing: Writing, key: &str) -> bool {
        if !untrack(move || self.is_open()) {
            return false;
        }
        let last = self.offers.with_untracked(Vec::len).saturating_sub(1);
        match key {
            "ArrowDown" => self.chosen.update(|chosen| *chosen = if *chosen >= last { 0 } else { *chosen + 1 }),
            "ArrowUp" => self.chosen.update(|chosen| *chosen = if *chosen == 0 { last } else { *chosen - 1 }),
            "Enter" | "Tab" => self.take(writing, self.chosen.get_untracked()),
            "Escape" => {
                self.dismissed.set_value(self.asks.get_untracked());
                self.close();
            }
            _ => return false,
        }
        true
    }

    fn take(self, writing: Writing, index: usize) {
        let (offer, asks) =
            (self.offers.with_untracked(|offers| offers.get(index).cloned()), self.asks.get_untracked());
        if let (Some(offer), Some(asks)) = (offer, asks) {
            self.close();
            writing.insert(&offer.text, asks.length);
            self.close();
        }
    }
}

fn offer_id(index: usize) -> String {
    format!("{LIST}-{index}")
}

/// Canned replies whose shortcut begins with the query, then those that have it anywhere.
fn fitting(all: &[CannedReplyView], query: &str, values: &Values) -> Vec<Offer> {
    let rank = |reply: &CannedReplyView| {
        let shortcut = reply.shortcut.to_lowercase();
        if shortcut.starts_with(query) {
            Some(0)
        } else if shortcut.contains(query) {
            Some(1)
        } else {
            reply.body.to_lowercase().contains(query).then_some(2)
        }
    };
    let mut fitting: Vec<_> = all.iter().filter_map(|reply| Some((rank(reply)?, reply))).collect();
    fitting.sort_by_key(|(rank, _)| *rank);
    let offer = |reply: &CannedReplyView| {
        let text = canned_reply::expand(&reply.body, values);
        Offer { name: format!("/{}", reply.shortcut), looks: text.clone(), text }
    };
    fitting.into_iter().take(OFFERED).map(|(_, reply)| offer(reply)).collect()
}

fn values(writing: Writing) -> Values {
    let writer = writing.store.desk.writer();
    let contact = writing.row.with_untracked(|row| row.contact.clone());
    let (member_name, workspace_name) = writer.map(|writer| (writer.name, writer.workspace)).unwrap_or_default();
    Values { contact_name: contact.name, contact_phone: contact.phone.unwrap_or_default(), member_name, workspace_name }
}

/// Asks for the canned replies; without a connection those that are known stay.
async fn load_replies(store: InboxStore) {
    if let Ok(replies) = canned_replies::api::list(store.workspace).await {
        let _ = store.desk.replies.try_set(replies);
    }
}

/// The list on screen.
#[component]
pub fn Offers(writing: Writing) -> impl IntoView {
    let list = writing.list;
    let open = Memo::new(move |_| list.is_open());
    let of_replies = move || list.asks.with(|asks| asks.as_ref().is_some_and(|asks| asks.kind == Kind::Reply));
    view! {
        {changing(move || {
            open.get()
                .then(|| {
                    let label = if of_replies() { t("composer-replies") } else { t("emoji-title") };
                    view! {
                        <ul id=LIST class="composer-list" role="listbox" aria-label=label>
                            {changing(move || list.offers.get().into_iter().enumerate().map(|(index, offer)| one(writing, index, offer)).collect_view())}
                        </ul>
                    }
                })
        })}
    }
    .into_any()
}

fn one(writing: Writing, index: usize, offer: Offer) -> impl IntoView {
    let list = writing.list;
    view! {
        <li
            id=offer_id(index)
            class="composer-offer"
            role="option"
            aria-selected=move || (list.chosen.get() == index).to_string()
            // The field keeps the keyboard.
            on:mousedown=move |event| {
                event.prevent_default();
                list.take(writing, index);
            }
        >
            <span class="composer-offer-name">{offer.name}</span>
            <span class="composer-offer-looks" dir="auto">{offer.looks}</span>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_begins_with_the_query_comes_first_with_its_variables_filled_in() {
        let reply = |shortcut: &str, body: &str| CannedReplyView {
            id: Uuid::nil().into(),
            shortcut: shortcut.to_owned(),
            body: body.to_owned(),
            updated_at: Timestamp::UNIX_EPOCH,
        };
        let all = [reply("bye", "So long, hi!"), reply("delhi", "x"), reply("Hi", "Hi {{contact.first_name|there}}")];
        let values = Values { contact_name: "Ana Souza".to_owned(), ..Values::default() };
        let offers = fitting(&all, "hi", &values);
        assert_eq!(offers.iter().map(|offer| offer.name.as_str()).collect::<Vec<_>>(), ["/Hi", "/delhi", "/bye"]);
        assert_eq!(offers[0].text, "Hi Ana");
        assert!(fitting(&all, "zz", &values).is_empty());
    }
}
