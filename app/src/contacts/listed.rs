//! The contacts that are listed, as they are now. Rows stay where they are; who came meanwhile waits for the reader's word.

use charla_shared::{
    contact::{ContactPage, ContactRow},
    id::{ContactId, WorkspaceId},
};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{api, live};

/// A page of the list; a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Listed {
    workspace: WorkspaceId,
    /// Where the page begins; none at the newest.
    after: Option<ContactId>,
    /// Who is on screen, in this order.
    pub shown: RwSignal<Vec<ContactId>>,
    /// After whom the next page begins; none at the end.
    pub next: RwSignal<Option<ContactId>>,
    /// The page as it was asked for last.
    latest: RwSignal<ContactPage>,
}

impl Listed {
    /// The page that was loaded; in the browser it is followed. For components.
    pub fn new(workspace: WorkspaceId, after: Option<ContactId>, page: ContactPage) -> Self {
        let (shown, next) = (RwSignal::new(ids(&page)), RwSignal::new(page.next));
        let listed = Self { workspace, after, shown, next, latest: RwSignal::new(page) };
        live::follow_any(move || spawn_local(listed.ask()));
        listed
    }

    async fn ask(self) {
        // What cannot be had now is seen with the next change.
        if let Ok(page) = api::list(self.workspace, self.after).await
            && self.latest.try_with_untracked(|latest| *latest != page) == Some(true)
        {
            let _ = self.latest.try_set(page);
        }
    }

    /// A row as it is now; as it was last, once it is on another page.
    pub fn row(self, id: ContactId) -> Memo<Option<ContactRow>> {
        Memo::new(move |last: Option<&Option<ContactRow>>| {
            let now = self.latest.with(|page| page.contacts.iter().find(|row| row.contact.id == id).cloned());
            now.or_else(|| last.cloned().flatten())
        })
    }

    /// How many came since the page was shown: those before its first one.
    pub fn count_new(self) -> usize {
        let shown = self.shown.read();
        // A page that begins after somebody begins with the same people for ever.
        let is_new = |row: &&ContactRow| shown.first().is_none_or(|first| row.contact.id > *first);
        if self.after.is_some() { 0 } else { self.latest.with(|page| page.contacts.iter().filter(is_new).count()) }
    }

    /// Shows them.
    pub fn show_all(self) {
        let (all, next) = self.latest.with_untracked(|page| (ids(page), page.next));
        self.shown.set(all);
        self.next.set(next);
        // The button is gone; the keyboard goes on in the page.
        let main = document().get_element_by_id("main").and_then(|main| main.dyn_into::<HtmlElement>().ok());
        if let Some(main) = main {
            let _ = main.focus();
        }
    }
}

fn ids(page: &ContactPage) -> Vec<ContactId> {
    page.contacts.iter().map(|row| row.contact.id).collect()
}

#[cfg(test)]
mod tests {
    use charla_shared::conversation::ContactView;

    use super::*;

    fn page(ids: &[u128]) -> ContactPage {
        let row = |id: &u128| ContactRow {
            contact: ContactView {
                id: uuid::Uuid::from_u128(*id).into(),
                name: format!("{id}"),
                phone: None,
                username: None,
            },
            tags: Vec::new(),
            last_message_at: None,
        };
        ContactPage { contacts: ids.iter().map(row).collect(), next: None }
    }

    fn listed(after: Option<ContactId>, first: &[u128], now: &[u128]) -> Listed {
        let shown = RwSignal::new(ids(&page(first)));
        let workspace = uuid::Uuid::from_u128(1).into();
        Listed { workspace, after, shown, next: RwSignal::new(None), latest: RwSignal::new(page(now)) }
    }

    #[test]
    fn who_came_meanwhile_is_counted() {
        Owner::new().with(|| {
            assert_eq!(listed(None, &[5, 4], &[7, 6, 5]).count_new(), 2);
            assert_eq!(listed(None, &[], &[1]).count_new(), 1);
            assert_eq!(listed(None, &[5, 4], &[5, 4]).count_new(), 0);
            assert_eq!(listed(Some(uuid::Uuid::from_u128(9).into()), &[5, 4], &[7, 5, 4]).count_new(), 0);
        });
    }

    #[test]
    fn a_row_that_went_to_another_page_stays_as_it_was() {
        Owner::new().with(|| {
            let listed = listed(None, &[2], &[2]);
            let row = listed.row(uuid::Uuid::from_u128(2).into());
            assert!(row.get_untracked().is_some());
            listed.latest.set(page(&[9, 8]));
            assert_eq!(row.get_untracked().map(|row| row.contact.name), Some("2".to_owned()));
        });
    }
}
