//! What is said, counted, loading, missing or wrong.

use charla_shared::problem::{Problem, ProblemKind, SAID_BY_META};
use leptos::prelude::*;

use super::{Group, LONG, Shown};
use crate::{
    failure::{Failure, UNREACHABLE},
    flash::Flash,
    ui::{EmptyState, ErrorState, FlashNotice, LoadMore, Notice, Progress, Skeleton, Spinner},
};

/// Good news and bad.
#[component]
pub(super) fn Notices() -> impl IntoView {
    let flash = |code: &str| {
        Some(Flash {
            form: "design".to_owned(),
            code: code.to_owned(),
            details: [("seconds".to_owned(), "60".to_owned())].into(),
            values: [].into(),
        })
    };
    view! {
        <Group name="Notices">
            <Shown name="Notice">
                <Notice>"Something went well."</Notice>
                <Notice bad=true>"Something went wrong, nothing was lost, and this is what to do."</Notice>
                <Notice bad=true>{LONG} ". " {LONG} "."</Notice>
            </Shown>
            <Shown name="Flash notice">
                <FlashNotice flash=flash("password.changed") />
                <FlashNotice flash=flash("session.wrong") />
                <FlashNotice flash=flash("session.throttled") />
            </Shown>
        </Group>
    }
    .into_any()
}

/// Nothing, loading, trouble.
#[component]
pub(super) fn States() -> impl IntoView {
    view! {
        <Group name="States">
            <Shown name="Empty state">
                <EmptyState icon="inbox" title="Nothing here yet" text="What comes here, and how.">
                    <a class="button button-primary" href="/design">
                        "The next step"
                    </a>
                </EmptyState>
            </Shown>
            <Shown name="Empty state, long">
                <EmptyState icon="search" title=LONG text=format!("{LONG}. {LONG}.") />
            </Shown>
            <Shown name="Skeleton">
                <Skeleton rows=3 label="Loading" />
            </Shown>
            <Shown name="Spinner">
                <div class="design-line">
                    <Spinner label="Under way" />
                </div>
            </Shown>
            <UnderWay />
            <Troubles />
        </Group>
    }
    .into_any()
}

#[component]
fn UnderWay() -> impl IntoView {
    let of = Signal::stored(Some(1200_u32));
    let nobody_knows = Signal::stored(None::<u32>);
    view! {
        <Shown name="Progress">
            <Progress id="design-progress-none" label="Not begun" done=Signal::stored(0) of=of />
            <Progress id="design-progress" label="Importing contacts" done=Signal::stored(340) of=of />
            <Progress id="design-progress-all" label="All done" done=Signal::stored(1200) of=of />
            <Progress id="design-progress-open" label="Counting contacts" done=Signal::stored(340) of=nobody_knows />
        </Shown>
        <Shown name="Load more">
            <LoadMore busy=Signal::stored(false) on_more=Callback::new(|()| ()) />
            <LoadMore busy=Signal::stored(true) on_more=Callback::new(|()| ()) />
        </Shown>
    }
}

#[component]
fn Troubles() -> impl IntoView {
    let failure = |kind, code: &str| Failure(Problem::new(kind, code, "The host said why, in a sentence."));
    let refused = {
        let mut problem = Problem::new(ProblemKind::Invalid, "channel.token", "Meta refused the token.");
        problem.details.insert(SAID_BY_META.to_owned(), "Error validating access token (190)".to_owned());
        Failure(problem)
    };
    view! {
        <Shown name="Error">
            <ErrorState failure=failure(ProblemKind::Internal, "internal") on_retry=|| () />
        </Shown>
        <Shown name="Error, out of reach">
            <ErrorState failure=failure(ProblemKind::Unavailable, UNREACHABLE) on_retry=|| () />
        </Shown>
        <Shown name="Error, forbidden">
            <ErrorState failure=failure(ProblemKind::Forbidden, "design.forbidden") on_retry=|| () />
        </Shown>
        <Shown name="Error, not found">
            <ErrorState failure=failure(ProblemKind::NotFound, "design.not_found") on_retry=|| () />
        </Shown>
        <Shown name="Error, in Meta’s words">
            <ErrorState failure=refused on_retry=|| () />
        </Shown>
    }
}
