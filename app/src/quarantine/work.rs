//! What the operator does on the page, and the news of it.

use charla_shared::{
    id::DeliveryId,
    problem::ProblemKind,
    quarantine::{QuarantinePage, Reason, ReasonCount},
};
use leptos::prelude::*;

use super::api;
use crate::{
    failure::Failure,
    i18n::{Arg, t, t_with},
    ui::{Notice, changing, problem_words},
};

/// The reasons with their counts.
pub type ReasonList = Resource<Result<Vec<ReasonCount>, Failure>>;
/// The updates on screen.
pub type UpdateList = Resource<Result<QuarantinePage, Failure>>;

/// What there is to say about the last thing done.
#[derive(Debug, Clone)]
enum News {
    /// So many deliveries are replayed; whether more of them follow.
    Replayed { deliveries: u32, going_on: bool },
    /// A delivery is given up.
    Discarded,
    /// It did not work.
    Failed(Failure),
}

/// What can be done, and what is being done.
#[derive(Clone, Copy)]
pub struct Work {
    /// Replays a delivery.
    pub replay: Action<DeliveryId, ()>,
    /// Replays every delivery of a reason, step by step.
    pub replay_all: Action<Reason, ()>,
    /// Gives a delivery up.
    pub discard: Action<DeliveryId, ()>,
    /// The delivery that is asked about before it is given up.
    pub asked: RwSignal<Option<DeliveryId>>,
    /// A row with the focus went; the list that comes takes it.
    pub focus: RwSignal<bool>,
    reasons: ReasonList,
    updates: UpdateList,
    news: RwSignal<Option<News>>,
}

impl Work {
    /// On the data of the page. Make it where the page begins.
    pub fn on(reasons: ReasonList, updates: UpdateList) -> Self {
        let (news, focus) = (RwSignal::new(None), RwSignal::new(false));
        let tell = move |told: News| {
            news.set(Some(told));
            focus.set(true);
            reasons.refetch();
            updates.refetch();
        };
        let replay = Action::new(move |delivery: &DeliveryId| {
            let delivery = *delivery;
            async move {
                let told = api::replay(delivery).await;
                tell(told.map_or_else(News::Failed, |()| News::Replayed { deliveries: 1, going_on: false }));
            }
        });
        let discard = Action::new(move |delivery: &DeliveryId| {
            let delivery = *delivery;
            async move {
                let told = api::discard(delivery).await;
                tell(told.map_or_else(News::Failed, |()| News::Discarded));
            }
        });
        let replay_all = Action::new(move |reason: &Reason| {
            let reason = reason.clone();
            async move {
                let (mut deliveries, mut until) = (0, None);
                loop {
                    match api::replay_all(reason.clone(), until).await {
                        Ok(step) => {
                            deliveries += step.deliveries;
                            let told = News::Replayed { deliveries, going_on: step.more };
                            if !step.more {
                                return tell(told);
                            }
                            news.set(Some(told));
                            until = Some(step.until);
                        }
                        Err(failure) => return tell(News::Failed(failure)),
                    }
                }
            }
        });
        Self { replay, replay_all, discard, asked: RwSignal::new(None), focus, reasons, updates, news }
    }

    /// Looks again at what waits.
    pub fn refresh(self) {
        self.news.set(None);
        self.reasons.refetch();
        self.updates.refetch();
    }

    /// Whether something is being done to the delivery.
    pub fn is_busy(self, delivery: DeliveryId) -> bool {
        let on_it = |action: Action<DeliveryId, ()>| action.input().with(|input| *input == Some(delivery));
        on_it(self.replay) || on_it(self.discard)
    }
}

/// The news, where they are seen from everywhere on the page.
#[component]
pub fn WorkNews(work: Work) -> impl IntoView {
    view! {
        <div class="quarantine-news" aria-live="polite">
            {changing(move || {
                work.news
                    .get()
                    .map(|news| {
                        let bad = matches!(news, News::Failed(_));
                        view! { <Notice bad=bad>{sentence(news)}</Notice> }
                    })
            })}
        </div>
    }
    .into_any()
}

fn sentence(news: News) -> String {
    match news {
        News::Replayed { deliveries, going_on: true } => {
            t_with("quarantine-replaying", &[("count", Arg::from(deliveries))])
        }
        News::Replayed { deliveries, going_on: false } => {
            t_with("quarantine-replayed", &[("count", Arg::from(deliveries))])
        }
        News::Discarded => t("quarantine-discarded"),
        News::Failed(Failure(problem)) if problem.kind == ProblemKind::NotFound => t("quarantine-gone"),
        News::Failed(Failure(problem)) => problem_words(&problem),
    }
}
