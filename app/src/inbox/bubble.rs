//! One bubble of the thread.

use charla_shared::{
    message::{Author, Content, DeliveryState, Direction, MessageView},
    problem::{Problem, ProblemKind},
};
use leptos::prelude::*;

use super::{
    bubbles::{Bubble, Bubbles, Pending},
    content,
    note::{Note, NoteLine},
    outbox, sending,
    state::InboxStore,
    ticks::Ticks,
    when::{Style, When},
};
use crate::{
    i18n::t,
    ui::{Button, Icon, changing, problem_words},
};

/// A message: what it holds, who wrote it, when, and how far it has come. News about it changes only what is new.
#[component]
pub fn BubbleLine(
    /// The page's state.
    store: InboxStore,
    /// The thread it is in.
    thread: Bubbles,
    /// What it shows.
    bubble: ArcRwSignal<Bubble>,
) -> impl IntoView {
    let source = bubble.clone();
    let bubble = RwSignal::from(bubble);
    let direction = Memo::new(move |_| bubble.with(direction));
    let shown = Memo::new(move |_| bubble.with(content_of));
    let at = Memo::new(move |_| bubble.with(written_at));
    let author = Memo::new(move |_| bubble.with(author_of));
    let state = Memo::new(move |_| bubble.with(state_of));
    let refused = Memo::new(move |_| bubble.with(refused));
    let recorded = Memo::new(move |_| bubble.with(is_recorded));
    let note = Memo::new(move |_| bubble.with(|bubble| Note::of(stored(bubble)?, || store.now.get())));
    let ticks = move || {
        changing(move || {
            state.get().filter(|_| refused.with(Option::is_none)).map(|state| view! { <Ticks state=state /> })
        })
    };
    let side = move || if direction.get() == Direction::In { "in" } else { "out" };
    view! {
        <div class="bubble-line" data-side=side>
            <div
                class="bubble"
                data-state=move || if refused.with(Option::is_some) { Some("refused") } else { state.get().map(DeliveryState::name) }
                class:bubble-failed=move || state.get() == Some(DeliveryState::Failed) || refused.with(Option::is_some)
            >
                {changing(move || shown.with(content::show))}
                <p class="bubble-foot">
                    {changing(move || author.get().map(|author| view! { <span class="bubble-author" dir="auto">{author}</span> }))}
                    <When at=at style=Style::Clock class="bubble-time" />
                    {changing(move || {
                        if !recorded.get() {
                            return ticks().into_any();
                        }
                        let source = source.clone();
                        view! { <Details thread=thread source=source>{ticks()}</Details> }.into_any()
                    })}
                </p>
            </div>
            {changing(move || {
                note.get().map(|note| view! { <NoteLine store=store thread=thread bubble=bubble note=note /> })
            })}
            {changing(move || refused.get().map(|pending| view! { <Refused store=store thread=thread pending=pending /> }))}
        </div>
    }
    .into_any()
}

/// The ticks as a button, which opens the message's recorder.
#[component]
fn Details(thread: Bubbles, source: ArcRwSignal<Bubble>, children: Children) -> impl IntoView {
    view! {
        <button
            type="button"
            class="bubble-details"
            aria-haspopup="dialog"
            on:click=move |_| thread.asked.set(Some(source.clone()))
        >
            {children()}
            <span class="visually-hidden">". " {t("recorder-open")}</span>
        </button>
    }
}

/// A text that did not reach the host: why, and what to do with it.
#[component]
fn Refused(store: InboxStore, thread: Bubbles, pending: Pending) -> impl IntoView {
    let conversation = thread.conversation;
    let why = pending.refused.as_ref().map(sentence);
    let again = pending.clone();
    view! {
        <div class="bubble-refused" role="alert">
            <p>
                <Icon name="circle-alert" />
                <strong>{t("send-refused")}</strong>
                " "
                {why}
            </p>
            <Button on_click=move |_| sending::retry(store, conversation, &again)>{t("send-retry")}</Button>
            <Button on_click=move |_| sending::discard(store, conversation, &pending)>{t("send-discard")}</Button>
        </div>
    }
}

/// Why a text was not sent, in the reader's language.
pub fn sentence(problem: &Problem) -> String {
    match (problem.code.as_str(), problem.kind) {
        ("inbox.window_closed", _) => t("send-refused-window"),
        ("inbox.not_resendable", _) => t("resend-not-lost"),
        ("inbox.still_unclear", _) => t("resend-unclear"),
        ("inbox.channel_inactive", _) => t("channels-refused-inactive"),
        (outbox::STALE, _) => t("send-refused-stale"),
        (_, ProblemKind::Unauthenticated) => t("send-refused-session"),
        (_, ProblemKind::Forbidden) => t("send-refused-forbidden"),
        (_, ProblemKind::Throttled) => t("send-refused-throttled"),
        ("unreachable", _) => t("send-refused-unreachable"),
        // Its key keeps it from being stored twice, whatever became of the answer.
        (_, ProblemKind::Unavailable | ProblemKind::Internal) => t("send-refused-unanswered"),
        ("invalid", _) => t("send-refused-text"),
        (_, ProblemKind::Invalid | ProblemKind::NotFound | ProblemKind::Conflict) => problem_words(problem),
    }
}

fn direction(bubble: &Bubble) -> Direction {
    match bubble {
        Bubble::Stored(message) => message.direction,
        Bubble::Pending(_) => Direction::Out,
    }
}

fn content_of(bubble: &Bubble) -> Content {
    match bubble {
        Bubble::Stored(message) => message.content.clone(),
        Bubble::Pending(pending) => Content::Text { body: pending.body.clone() },
    }
}

const fn written_at(bubble: &Bubble) -> jiff::Timestamp {
    match bubble {
        Bubble::Stored(message) => message.at,
        Bubble::Pending(pending) => pending.at,
    }
}

/// Who of the team wrote it; the customer needs no label.
fn author_of(bubble: &Bubble) -> Option<String> {
    match bubble {
        Bubble::Stored(MessageView { author: Author::Member { name, .. }, .. }) => Some(name.clone()),
        Bubble::Stored(MessageView { author: Author::Phone, .. }) => Some(t("author-phone")),
        Bubble::Stored(MessageView { author: Author::Contact, .. }) | Bubble::Pending(_) => None,
    }
}

const fn state_of(bubble: &Bubble) -> Option<DeliveryState> {
    match bubble {
        Bubble::Stored(message) => message.state,
        Bubble::Pending(_) => Some(DeliveryState::Queued),
    }
}

fn refused(bubble: &Bubble) -> Option<Pending> {
    match bubble {
        Bubble::Pending(pending) if pending.refused.is_some() => Some(pending.clone()),
        _ => None,
    }
}

const fn stored(bubble: &Bubble) -> Option<&MessageView> {
    match bubble {
        Bubble::Stored(message) => Some(message),
        Bubble::Pending(_) => None,
    }
}

/// Whether there is a recorder of it: of what we sent, once it is stored.
fn is_recorded(bubble: &Bubble) -> bool {
    stored(bubble).is_some_and(|message| message.state.is_some())
}
