//! What is said, counted, loading, missing or wrong.

use charla_shared::{
    label::Colour,
    problem::{Problem, ProblemKind},
};
use leptos::prelude::*;

use super::Group;
use crate::{
    failure::{Failure, UNREACHABLE},
    ui::{Avatar, Badge, EmptyState, ErrorState, LoadMore, Notice, Progress, Skeleton, Spinner, Tag},
};

/// Good news and bad.
#[component]
pub(super) fn Notices() -> impl IntoView {
    view! {
        <Group name="Notices">
            <Notice>"Something went well."</Notice>
            <Notice bad=true>"Something went wrong, nothing was lost, and this is what to do."</Notice>
        </Group>
    }
    .into_any()
}

/// Labels in every colour, counts, people.
#[component]
pub(super) fn LabelsAndPeople() -> impl IntoView {
    let people = ["Ana Souza", "Bruno", "李 小龙", "Émile Zola", "+55 11 91234", "Zoë", "Q W", "Olga"];
    view! {
        <Group name="Labels and people">
            <div class="design-line">
                {Colour::ALL.iter().map(|colour| view! { <Tag colour=*colour name=colour.name() /> }).collect_view()}
                <span class="tag">"Plain"</span>
            </div>
            <div class="design-line">
                {Colour::ALL
                    .iter()
                    .map(|colour| view! { <span class="tag-dot" data-label=colour.name()></span> })
                    .collect_view()}
                <Badge count=1 label="1 unread" />
                <Badge count=42 label="42 unread" />
                <Badge count=1000 label="1000 unread" />
            </div>
            <div class="design-line">{people.map(|name| view! { <Avatar name=name.to_owned() /> })}</div>
        </Group>
    }
    .into_any()
}

/// Nothing, loading, trouble.
#[component]
pub(super) fn States() -> impl IntoView {
    let failure = |kind, code: &str| Failure(Problem::new(kind, code, "The host said why, in a sentence."));
    view! {
        <Group name="States">
            <EmptyState icon="inbox" title="Nothing here yet" text="What comes here, and how.">
                <a class="button button-primary" href="/design">
                    "The next step"
                </a>
            </EmptyState>
            <Skeleton rows=3 label="Loading" />
            <div class="design-line">
                <Spinner label="Under way" />
            </div>
            <Progress id="design-progress" label="Importing contacts" done=Signal::stored(340) of=Signal::stored(Some(1200)) />
            <Progress id="design-progress-open" label="Counting contacts" done=Signal::stored(340) of=Signal::stored(None) />
            <LoadMore busy=Signal::stored(false) on_more=Callback::new(|()| ()) />
            <ErrorState failure=failure(ProblemKind::Internal, "internal") on_retry=|| () />
            <ErrorState failure=failure(ProblemKind::Unavailable, UNREACHABLE) on_retry=|| () />
            <ErrorState failure=failure(ProblemKind::Forbidden, "design.forbidden") on_retry=|| () />
            <ErrorState failure=failure(ProblemKind::NotFound, "design.not_found") on_retry=|| () />
        </Group>
    }
    .into_any()
}
