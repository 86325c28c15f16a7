//! A list that comes in pages, newest first: notes, history.

use std::{pin::Pin, sync::Arc};

use charla_shared::contact::{NoteView, TimeCursor, TimelineEntry};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    failure::Failure,
    i18n::t,
    ui::{Button, Skeleton, changing, problem_words},
};

/// A page on its way.
pub type Coming<T> = Pin<Box<dyn Future<Output = Result<(Vec<T>, Option<TimeCursor>), Failure>> + Send>>;
type Ask<T> = Arc<dyn Fn(Option<TimeCursor>) -> Coming<T> + Send + Sync>;

/// Something with a place in its list.
pub trait Placed: Clone + Send + Sync + 'static {
    /// Where it stands, newest first.
    fn place(&self) -> TimeCursor;
}

impl Placed for NoteView {
    fn place(&self) -> TimeCursor {
        TimeCursor { at: self.created_at, id: self.id.into() }
    }
}

impl Placed for TimelineEntry {
    fn place(&self) -> TimeCursor {
        TimeCursor { at: self.at, id: self.id }
    }
}

/// The list; a handle.
pub struct Pages<T: Placed> {
    /// What is loaded; none until the first page is.
    pub items: RwSignal<Option<Vec<T>>>,
    next: RwSignal<Option<TimeCursor>>,
    /// Why a page could not be had, and which.
    failure: RwSignal<Option<(Failure, Option<TimeCursor>)>>,
    busy: RwSignal<bool>,
    ask: StoredValue<Ask<T>>,
}

#[expect(clippy::expl_impl_clone_on_copy, reason = "deriving it would ask that the things themselves are Copy")]
impl<T: Placed> Clone for Pages<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Placed> Copy for Pages<T> {}

impl<T: Placed> Pages<T> {
    /// A list of which nothing is loaded yet.
    pub fn new(ask: impl Fn(Option<TimeCursor>) -> Coming<T> + Send + Sync + 'static) -> Self {
        Self {
            items: RwSignal::new(None),
            next: RwSignal::new(None),
            failure: RwSignal::new(None),
            busy: RwSignal::new(false),
            ask: StoredValue::new(Arc::new(ask)),
        }
    }

    /// Begins with a first page that is there already.
    pub fn start(self, page: Vec<T>, next: Option<TimeCursor>) {
        self.take(None, (page, next));
    }

    /// Loads the first page, unless there is one.
    pub fn begin(self) {
        if self.items.with_untracked(Option::is_none) {
            self.load(None);
        }
    }

    /// Loads the first page again, if there was one; what is loaded beyond it stays.
    pub fn refresh(self) {
        if self.items.try_with_untracked(Option::is_some) == Some(true) {
            self.load(None);
        }
    }

    /// Puts back one that was taken away, where it stood.
    pub fn put_back(self, item: T) {
        let key = |place: TimeCursor| (place.at, place.id);
        let _ = self.items.try_update(|items| {
            let Some(items) = items else { return };
            let place = items.partition_point(|other| key(other.place()) > key(item.place()));
            if items.get(place).is_none_or(|other| key(other.place()) != key(item.place())) {
                items.insert(place, item);
            }
        });
    }

    /// Loads the next page.
    pub fn more(self) {
        if !self.busy.get_untracked() && self.next.with_untracked(Option::is_some) {
            self.load(self.next.get_untracked());
        }
    }

    fn load(self, after: Option<TimeCursor>) {
        let Some(coming) = self.ask.try_with_value(|ask| ask(after)) else { return };
        let _ = self.busy.try_set(true);
        spawn_local(async move {
            match coming.await {
                Ok(page) => self.take(after, page),
                Err(failure) => _ = self.failure.try_set(Some((failure, after))),
            }
            let _ = self.busy.try_set(false);
        });
    }

    fn take(self, after: Option<TimeCursor>, (page, next): (Vec<T>, Option<TimeCursor>)) {
        let _ = self.failure.try_set(None);
        let mut reaches = true;
        let _ = self.items.try_update(|items| {
            let loaded = items.take().unwrap_or_default();
            let joined = joined(loaded, after, page, next);
            reaches = joined.1;
            *items = Some(joined.0);
        });
        if reaches {
            let _ = self.next.try_set(next);
        }
    }
}

/// What is loaded with a page put in its place, and whether the page reaches the end of what is loaded.
fn joined<T: Placed>(
    mut loaded: Vec<T>,
    after: Option<TimeCursor>,
    page: Vec<T>,
    next: Option<TimeCursor>,
) -> (Vec<T>, bool) {
    let key = |place: TimeCursor| (place.at, place.id);
    // Newer than the page stays only before a later page; older stays when there is more than the page.
    let before: Vec<T> = match after {
        Some(after) => loaded.extract_if(.., |item| key(item.place()) >= key(after)).collect(),
        None => Vec::new(),
    };
    let rest: Vec<T> = match next {
        Some(next) => loaded.into_iter().filter(|item| key(item.place()) < key(next)).collect(),
        None => Vec::new(),
    };
    let reaches = rest.is_empty();
    (before.into_iter().chain(page).chain(rest).collect(), reaches)
}

/// What stands below a list: that it loads, why it could not, the way to more of it.
#[component]
pub fn Foot<T: Placed>(
    /// The list.
    pages: Pages<T>,
    /// What more of it is called.
    #[prop(into)]
    more: String,
) -> impl IntoView {
    let more = StoredValue::new(more);
    changing(move || match (pages.failure.get(), pages.items.with(Option::is_none), pages.next.get()) {
        (Some((failure, after)), ..) => view! {
            <div class="part-failed" role="alert">
                <p>{problem_words(&failure.0)}</p>
                <Button on_click=move |_| pages.load(after) busy=pages.busy>{t("error-retry")}</Button>
            </div>
        }
        .into_any(),
        (None, true, _) => view! { <Skeleton rows=2 label=t("loading") /> }.into_any(),
        (None, false, Some(_)) => {
            view! { <Button on_click=move |_| pages.more() busy=pages.busy>{more.get_value()}</Button> }.into_any()
        }
        (None, false, None) => ().into_any(),
    })
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[derive(Debug, Clone, PartialEq)]
    struct Thing(i64);

    impl Placed for Thing {
        fn place(&self) -> TimeCursor {
            TimeCursor { at: Timestamp::constant(self.0, 0), id: uuid::Uuid::nil() }
        }
    }

    fn things(list: &[i64]) -> Vec<Thing> {
        list.iter().map(|&n| Thing(n)).collect()
    }

    fn at(n: i64) -> TimeCursor {
        Thing(n).place()
    }

    #[test]
    fn what_was_taken_away_goes_back_to_its_place_once() {
        let owner = Owner::new();
        owner.set();
        let pages = Pages::<Thing>::new(|_| Box::pin(async { Ok((Vec::new(), None)) }));
        pages.start(things(&[9, 7]), Some(at(7)));
        for _ in 0..2 {
            pages.put_back(Thing(8));
        }
        assert_eq!(pages.items.get_untracked(), Some(things(&[9, 8, 7])));
    }

    #[test]
    fn a_later_page_stands_behind_what_is_loaded() {
        assert_eq!(joined(things(&[9, 8]), Some(at(8)), things(&[7, 6]), Some(at(6))), (things(&[9, 8, 7, 6]), true));
    }

    #[test]
    fn the_first_page_again_replaces_itself_and_keeps_what_is_beyond_it() {
        assert_eq!(
            joined(things(&[9, 8, 7, 6]), None, things(&[10, 9]), Some(at(9))),
            (things(&[10, 9, 8, 7, 6]), false)
        );
        assert_eq!(joined(things(&[9, 8]), None, things(&[9]), None), (things(&[9]), true), "what was deleted is gone");
    }
}
