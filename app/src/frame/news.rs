//! News of the workspace on whichever of its pages: how much is unread, and what the viewer is told of it.
//!
//! An inbox on screen asks for the rows that change and counts by itself ([`News::attend`]); on other pages it is done
//! here, at most once a second, and only for what is shown.

use std::{cmp::Reverse, time::Duration};

use charla_shared::{
    event::{Happening, ServerFrame},
    id::WorkspaceId,
    list::Standing,
    problem::ProblemKind,
};
use futures::future::{join, join_all};
use leptos::{prelude::*, task::spawn_local};
use leptos_meta::Title;

use super::AGAIN;
use crate::{
    failure::Failure,
    i18n::{Arg, t_in, use_locale},
    inbox::{
        api,
        gather::{ROUND, SPREAD_AFTER_GAP},
    },
    notifications::{self, Noted, Notifier},
    realtime::{Line, Rounds},
    ui::loaded,
};

/// The least time between two questions.
const APART: Duration = Duration::from_secs(1);
/// Rows that are asked for at a time: what is told names one conversation and counts the others of its round.
const ROWS: usize = 10;
/// Rows that are asked for in later rounds, when more has come at once.
const LATER: usize = 40;

/// How the workspace stood when the page was made.
pub(super) type Stood = Resource<Result<Standing, Failure>>;

/// News of the workspace; a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct News {
    /// Conversations with something unread, in the whole workspace.
    pub unread: RwSignal<u32>,
    /// Tells the viewer.
    pub notifier: Notifier,
    workspace: Memo<Option<WorkspaceId>>,
    /// Pages that ask for rows and count by themselves.
    attended: StoredValue<u32>,
    rounds: Rounds,
}

/// The news of the workspace.
pub fn use_news() -> News {
    expect_context()
}

impl News {
    /// Provides them to the pages of the frame. In the browser they are heard from then on.
    pub(super) fn provide(workspace: Memo<Option<WorkspaceId>>, line: Line) -> Self {
        let news = Self {
            unread: RwSignal::new(0),
            notifier: Notifier::new(workspace),
            workspace,
            attended: StoredValue::new(0),
            rounds: Rounds::new(APART),
        };
        provide_context(news);
        line.hear(move |frame| news.hear(frame));
        news
    }

    /// The page asks for rows that change, tells of them and counts, until the present owner is cleaned up.
    pub fn attend(self) {
        let count = move |by: fn(u32) -> u32| _ = self.attended.try_update_value(|pages| *pages = by(*pages));
        count(|pages| pages.saturating_add(1));
        on_cleanup(move || count(|pages| pages.saturating_sub(1)));
    }

    fn hear(self, frame: &ServerFrame) {
        self.notifier.hear(frame);
        match frame {
            ServerFrame::Event(event) if is_news(&event.happening) => self.soon(ROUND),
            ServerFrame::Events { events } if events.iter().any(|event| is_news(&event.happening)) => self.soon(ROUND),
            ServerFrame::Reload { .. } => self.soon(SPREAD_AFTER_GAP.mul_f64(js_sys::Math::random())),
            _ => {}
        }
    }

    fn soon(self, wait: Duration) {
        if self.is_left_alone() {
            self.rounds.soon(wait, move || spawn_local(self.ask()));
        }
    }

    /// Whether no page asks by itself.
    fn is_left_alone(self) -> bool {
        self.attended.try_get_value() == Some(0)
    }

    /// Asks how much is unread, and for the rows of what the viewer may be told.
    async fn ask(self) {
        let workspace = self.workspace.try_get_untracked().flatten();
        let Some(workspace) = workspace.filter(|_| self.is_left_alone()) else { return };
        let mut wanted: Vec<_> = self.notifier.take().into_iter().collect();
        wanted.sort_unstable_by_key(|(_, message)| Reverse(*message));
        wanted.truncate(if notifications::is_wanted() { ROWS + LATER } else { 0 });
        let later = wanted.split_off(wanted.len().min(ROWS));
        let (more, mut failed) = (!later.is_empty(), None::<Duration>);
        let mut fail = |failure: &Failure| {
            let asked_for = failure.0.retry_after.map(Duration::from_secs);
            failed = failed.max(Some(AGAIN.max(asked_for.unwrap_or_default())));
        };
        self.notifier.take_back(later.into_iter().collect());
        let rows = join_all(wanted.iter().map(|(conversation, _)| api::conversation(workspace, *conversation)));
        let (stands, rows) = Box::pin(join(api::standing(workspace), rows)).await;
        match stands {
            Ok(stands) => _ = self.unread.try_set(stands.unread),
            Err(failure) if is_passing(&failure) => fail(&failure),
            Err(_) => {}
        }
        for ((conversation, message), row) in wanted.into_iter().zip(rows) {
            match row {
                Ok(row) => self.notifier.tell(&row, message),
                // A defect would be one the next time, too.
                Err(failure) if is_passing(&failure) && failure.0.kind != ProblemKind::Internal => {
                    self.notifier.take_back(Noted::from([(conversation, message)]));
                    fail(&failure);
                }
                Err(_) => {}
            }
        }
        match failed {
            Some(wait) => set_timeout(move || self.soon(Duration::ZERO), wait),
            None if more => self.soon(ROUND),
            None => {}
        }
    }
}

/// Whether the number of unread conversations may be another after it.
const fn is_news(happening: &Happening) -> bool {
    matches!(happening, Happening::MessageCreated { .. } | Happening::ConversationUpdated { .. })
}

/// Whether the same question may have another answer later.
pub(super) const fn is_passing(failure: &Failure) -> bool {
    matches!(failure.0.kind, ProblemKind::Throttled | ProblemKind::Unavailable | ProblemKind::Internal)
}

/// Says in the title of every page how many conversations have something unread.
#[component]
pub(super) fn UnreadTitle(
    /// What is counted.
    news: News,
    /// How the workspace stood when the page was made.
    stood: Stood,
) -> impl IntoView {
    // The host writes the head outside the page, where a signal is looked up among those of whatever page its thread had
    // before: another workspace's number, or none. What is counted is the page's own.
    let (unread, locale) = (ArcRwSignal::from(news.unread), use_locale());
    let marked = move |title: String| {
        let count = unread.get();
        let mark = t_in(locale, "frame-unread", &[("count", Arg::from(count))]);
        // The title that the host has written has it.
        if count == 0 || title.starts_with(&mark) { title } else { format!("{mark} {title}") }
    };
    view! {
        <Title formatter=marked />
        <Suspense>
            {loaded(move || async move {
                if let Ok(stood) = stood.await {
                    let _ = news.unread.try_set(stood.unread);
                }
            })}
        </Suspense>
    }
}
