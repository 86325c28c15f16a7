//! One bubble of the thread.

use charla_shared::{
    id::MessageId,
    message::{Author, Content, DeliveryState, Direction, MessageView},
    problem::{Problem, ProblemKind},
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{
    actions::{self, Actions},
    bubbles::{Bubble, Bubbles, Pending},
    content,
    days::Layout,
    note::{Note, NoteLine},
    order::BubbleKey,
    outbox,
    quote::QuoteLine,
    scroll::element_id,
    sending,
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
    /// Shows another message of it.
    jump: Callback<MessageId>,
    /// Its name in the thread.
    key: BubbleKey,
    /// What it shows.
    bubble: ArcRwSignal<Bubble>,
    /// How the thread is laid out.
    layout: Memo<Layout>,
    /// What the customer is called.
    customer: Memo<String>,
) -> impl IntoView {
    let source = bubble.clone();
    let bubble = RwSignal::from(bubble);
    let direction = Memo::new(move |_| bubble.with(direction));
    let author = Memo::new(move |_| bubble.with(author_of));
    let refused = Memo::new(move |_| bubble.with(refused));
    let note = Memo::new(move |_| bubble.with(|bubble| Note::of(stored(bubble)?, || store.now.get())));
    let failed =
        move || bubble.with(|bubble| state_of(bubble) == Some(DeliveryState::Failed)) || refused.with(Option::is_some);
    let begins = move || layout.with(|layout| layout.beginning.contains(&key));
    let who = move || {
        author.get().unwrap_or_else(|| if direction.get() == Direction::In { customer.get() } else { t("author-you") })
    };
    // What can be done with it is there while somebody is at it.
    let near = RwSignal::new(false);
    let come = move |here: bool| {
        // Only news: the menu would be made anew, and closed by that.
        if near.get_untracked() != here {
            near.set(here);
        }
    };
    let actions = source.clone();
    view! {
        <div
            class="bubble-line"
            id=move || bubble.with(|bubble| stored(bubble).map(|message| element_id(message.id)))
            data-line="message"
            data-side=move || if direction.get() == Direction::In { "in" } else { "out" }
            data-begins=move || begins().then_some("")
            role="article"
            aria-label=who
            tabindex="-1"
            on:pointerenter=move |_| come(true)
            on:focusin=move |_| come(true)
            on:pointerleave=move |event| come(is_still_near(&event, None))
            on:focusout=move |event| come(is_still_near(&event, event.related_target()))
            on:contextmenu=move |event| open_by_touch(&event)
        >
            <div
                class="bubble"
                data-state=move || if refused.with(Option::is_some) { Some("refused") } else { bubble.with(state_of).map(DeliveryState::name) }
                class:bubble-failed=failed
            >
                {changing(move || {
                    author.get().filter(|_| begins()).map(|author| view! { <p class="bubble-author" dir="auto">{author}</p> })
                })}
                <QuoteLine jump=jump bubble=bubble customer=customer />
                <Shown bubble=bubble />
                <Foot thread=thread bubble=bubble source=source />
            </div>
            {changing(move || {
                let bubble = actions.clone();
                near.get().then(|| view! { <Actions store=store thread=thread bubble=bubble /> })
            })}
            {changing(move || {
                note.get().map(|note| view! { <NoteLine store=store thread=thread bubble=bubble note=note /> })
            })}
            {changing(move || refused.get().map(|pending| view! { <Refused store=store thread=thread pending=pending /> }))}
        </div>
    }
    .into_any()
}

/// What the message holds.
#[component]
fn Shown(bubble: RwSignal<Bubble>) -> impl IntoView {
    let shown = Memo::new(move |_| bubble.with(content_of));
    changing(move || shown.with(content::show))
}

/// When it was written, and how far it has come.
#[component]
fn Foot(thread: Bubbles, bubble: RwSignal<Bubble>, source: ArcRwSignal<Bubble>) -> impl IntoView {
    let at = Memo::new(move |_| bubble.with(written_at));
    let state = Memo::new(move |_| bubble.with(|bubble| state_of(bubble).filter(|_| refused(bubble).is_none())));
    let recorded = Memo::new(move |_| bubble.with(is_recorded));
    let ticks = move || changing(move || state.get().map(|state| view! { <Ticks state=state /> }));
    view! {
        <p class="bubble-foot">
            <When at=at style=Style::Clock class="bubble-time" />
            {changing(move || {
                if !recorded.get() {
                    return ticks().into_any();
                }
                let source = source.clone();
                view! { <Details thread=thread source=source>{ticks()}</Details> }.into_any()
            })}
        </p>
    }
    .into_any()
}

/// Whether somebody who leaves a line is still at it: with the keyboard, or in its menu.
fn is_still_near(event: &web_sys::Event, to: Option<web_sys::EventTarget>) -> bool {
    let line = event.current_target().and_then(|line| line.dyn_into::<Element>().ok());
    let Some(line) = line else { return false };
    let to = to.and_then(|to| to.dyn_into::<Element>().ok()).or_else(|| document().active_element());
    to.is_some_and(|to| line.contains(Some(&to))) || actions::is_open_in(&line)
}

/// A finger that rests on a message opens its menu; where there is a pointer, the browser's own menu stays.
fn open_by_touch(event: &leptos::ev::MouseEvent) {
    let by_touch = window().match_media("(pointer: coarse)").ok().flatten().is_some_and(|query| query.matches());
    let line = event.current_target().and_then(|line| line.dyn_into::<Element>().ok());
    if let Some(line) = line.filter(|_| by_touch) {
        event.prevent_default();
        // The menu is made while somebody is at the line; a finger on it is.
        request_animation_frame(move || actions::open_in(&line));
    }
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
