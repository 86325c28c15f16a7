//! The rows by themselves, with a button for each operation that gate W4 measures (docs/PERFORMANCE.md). All of them are on
//! the page: the pane that shows only those in sight is not here. Not in the product: the feature `measured` is on for the
//! page that is measured alone.

use charla_shared::{
    conversation::{ConversationPage, ConversationView},
    event::EventCursor,
    id::{ConversationId, WorkspaceId},
    list::ListQuery,
};
use jiff::Timestamp;
use leptos::prelude::*;
use leptos_router::components::Router;
use serde::Deserialize;

use super::{super::when, InboxStore, Pages, Rows};
use crate::{frame, i18n, request};

/// Rows that are created, and rows that are appended.
const ROWS: usize = 1_000;

/// What is on the page.
#[derive(Debug, Clone, Deserialize)]
pub struct Measured {
    /// Whose inbox.
    pub workspace: WorkspaceId,
    /// The present: what is of the same day shows its time.
    pub now: Timestamp,
    /// Two thousand of them, newest first.
    pub conversations: Vec<ConversationView>,
}

/// The list, empty at first, and its buttons.
#[component]
pub fn MeasuredList(
    /// What is in it.
    given: Measured,
) -> impl IntoView {
    i18n::provide(request::language_and_theme().0);
    // What the frame provides looks at the address.
    view! { <Router>{listed(given)}</Router> }.into_any()
}

fn listed(given: Measured) -> AnyView {
    frame::provide_alone(given.workspace);
    let (now, _) = signal(given.now);
    when::provide_today(now);
    let (chosen, choose) = signal(None);
    let list = List {
        store: InboxStore::new(given.workspace, Memo::new(move |_| chosen.get()), now),
        choose,
        conversations: StoredValue::new(given.conversations),
    };
    let button = move |name: &'static str, act: fn(List)| {
        view! { <button type="button" id=name on:click=move |_| act(list)>{name}</button> }
    };
    list.show(0);
    view! {
        <nav>
            {button("clear", List::clear)} {button("create", List::create)} {button("update", List::update)}
            {button("swap", List::swap)} {button("select", List::select)} {button("remove", List::remove)}
            {button("append", List::append)}
        </nav>
        <section class="list">
            <div class="list-scroll">
                <Rows store=list.store pages=Pages::new(list.store) simulator=None />
            </div>
        </section>
    }
    .into_any()
}

/// The list and what may happen to it; each as it happens in the inbox.
#[derive(Debug, Clone, Copy)]
struct List {
    store: InboxStore,
    choose: WriteSignal<Option<ConversationId>>,
    conversations: StoredValue<Vec<ConversationView>>,
}

impl List {
    /// The list is read anew and has so many rows.
    fn show(self, rows: usize) {
        let conversations = self.conversations.with_value(|all| all.iter().take(rows).cloned().collect());
        let cursor = EventCursor { transaction: 0, sequence: 0 };
        let page = ConversationPage { conversations, next: None, cursor };
        let asked = self.store.rows.ask();
        self.store.begin(ListQuery::default(), &page, asked);
    }

    fn clear(self) {
        self.select_row(None);
        self.show(0);
    }

    fn create(self) {
        self.show(ROWS);
    }

    fn append(self) {
        self.show(2 * ROWS);
    }

    /// Every tenth row has another last message, of the same time.
    fn update(self) {
        for place in (0..self.len()).step_by(10) {
            if let Some(mut row) = self.row(place) {
                row.preview.text.push_str(" !");
                self.store.tell_row(row);
            }
        }
    }

    /// The second and the last but one change their places.
    fn swap(self) {
        if let (Some(mut one), Some(mut other)) = (self.row(1), self.row(self.len().saturating_sub(2))) {
            std::mem::swap(&mut one.last_message_at, &mut other.last_message_at);
            self.store.tell_row(one);
            self.store.tell_row(other);
        }
    }

    /// Another conversation is opened: the tenth after the one that is.
    fn select(self) {
        let chosen = self.store.wanted();
        let order = self.store.rows.order;
        let at = order.with_untracked(|order| order.iter().position(|place| Some(place.id) == chosen));
        self.select_row(self.row(at.map_or(0, |at| at + 10)).map(|row| row.id));
    }

    fn select_row(self, chosen: Option<ConversationId>) {
        self.choose.set(chosen);
        self.store.chosen_changed(chosen);
    }

    /// The fourth is gone.
    fn remove(self) {
        if let Some(row) = self.row(3) {
            self.store.rows.forget(row.id);
        }
    }

    fn len(self) -> usize {
        self.store.rows.order.with_untracked(Vec::len)
    }

    fn row(self, place: usize) -> Option<ConversationView> {
        let id = self.store.rows.order.with_untracked(|order| order.get(place).map(|place| place.id))?;
        self.store.rows.view_untracked(id)
    }
}
