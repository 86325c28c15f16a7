//! The lines of the open thread, in a column that is laid out from its end.

use charla_shared::id::MessageId;
use leptos::{html, prelude::*};
use web_sys::ScrollLogicalPosition;

use super::{
    bubble::BubbleLine,
    bubbles::Bubbles,
    changes::ChangeLine,
    clock,
    days::{Line, lay_out, utc_day},
    heard::HeardRegion,
    landing::Landing,
    order::Standing,
    pages::{End, Pages},
    painting, roving, row,
    scroll::into_view,
    team_note::TeamNote,
    when::DayTitle,
};
use crate::{
    i18n::{Arg, t, t_with},
    ui::{Button, Icon, changing},
};

/// The lines, with the ways to what is not loaded.
#[component]
pub fn Lines(
    /// What is loaded.
    pages: Pages,
) -> impl IntoView {
    let Pages { store, thread, .. } = pages;
    let scroll = thread.scroll;
    // Days are those of UTC until the page is alive, and then the viewer's.
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    let layout = Memo::new(move |_| {
        let day_of = if alive.get() { clock::local_day } else { utc_day };
        let mut order = thread.order.get();
        if thread.later.read().is_some() {
            // What is not stored yet stands after the newest, which is not here.
            order.retain(|bubble| matches!(bubble.standing, Standing::Stored(..)));
        }
        lay_out(&order, thread.first_unread, day_of)
    });
    let customer = Memo::new(move |_| {
        let row = store.rows.signal(thread.conversation);
        row.map(|row| row.with(row::title)).unwrap_or_default()
    });
    let landing = Landing::of_page();
    let placed = begin_at_place(&pages, landing);
    let found = StoredValue::new(placed);
    let lines = layout.with_untracked(|layout| layout.lines.len());
    let above = painting::still_above(lines, !placed && thread.first_unread.is_none());
    let shown = move || layout.with(|layout| layout.lines.get(above.get()..).unwrap_or_default().to_vec());
    let jump = Callback::new(move |message| pages.jump_to(message));
    view! {
        <div class="thread-body">
            // Read out by the region below: a log by itself would read every tick.
            <div
                class="thread-scroll"
                node_ref=scroll.node
                tabindex="0"
                role="log"
                aria-live="off"
                aria-label=t("thread-messages")
                aria-busy=move || (pages.earlier.loading.get() || pages.later.loading.get()).to_string()
                on:keydown=move |event| roving::walk(&event)
                on:scroll=move |_| {
                    pages.load(scroll.moved());
                    landing.keep(thread.conversation, scroll.place());
                }
            >
                <div class="thread-lines">
                    <MoreButton
                        there=Signal::derive(move || thread.earlier.read().is_some())
                        end=pages.earlier
                        words=("thread-earlier", "thread-earlier-failed")
                        load=Callback::new(move |()| pages.load_earlier())
                    />
                    <For each=shown key=|line| *line let(line)>
                        {match line {
                            Line::Day(day) => view! { <p class="thread-day"><DayTitle day=day /></p> }.into_any(),
                            Line::Unread => view! { <UnreadDivider thread=thread found=found /> }.into_any(),
                            Line::Changes(first) => {
                                view! { <ChangeLine thread=thread first=first layout=layout alive=alive /> }.into_any()
                            }
                            Line::Note(entry) => view! { <TeamNote thread=thread entry=entry layout=layout /> }.into_any(),
                            Line::Bubble(key) => {
                                thread
                                    .signal(key)
                                    .map(|bubble| {
                                        view! { <BubbleLine store=store thread=thread jump=jump key=key bubble=bubble layout=layout customer=customer /> }
                                    })
                                    .into_any()
                            }
                        }}
                    </For>
                    <MoreButton
                        there=Signal::derive(move || thread.later.read().is_some())
                        end=pages.later
                        words=("thread-later", "thread-later-failed")
                        load=Callback::new(move |()| pages.load_later())
                    />
                </div>
            </div>
            <JumpToEnd thread=thread />
            <HeardRegion heard=thread.heard customer=customer />
        </div>
    }
    .into_any()
}

/// Begins at the message the address leads to, or where the reader left the thread; says whether there is such a place.
/// When the address names another message, goes there; when the newest is asked for and not loaded, loads it.
fn begin_at_place(pages: &Pages, landing: Landing) -> bool {
    let pages = *pages;
    let Pages { store, thread, .. } = pages;
    let held = |message: &MessageId| thread.holds(*message);
    let left = landing.left(thread.conversation).filter(|place| held(&place.message));
    let named = landing.message.get_untracked().filter(held);
    Effect::new(move |before: Option<Option<MessageId>>| {
        let message = landing.message.get();
        match (before, message) {
            (None, Some(message)) if named.is_some() => thread.scroll.show(message),
            (None, _) => {
                if let Some(place) = left {
                    thread.scroll.go_back_to(place);
                }
            }
            (Some(before), Some(message)) if before != Some(message) && store.wanted() == Some(thread.conversation) => {
                pages.jump_to(message);
            }
            _ => {}
        }
        message
    });
    Effect::new(move |before: Option<u32>| {
        let times = thread.scroll.newest_wanted.get();
        if before.is_some_and(|before| before != times) {
            pages.to_newest();
        }
        times
    });
    named.is_some() || left.is_some()
}

/// Where what nobody had looked at begins. Opening the thread brings it into sight, unless it begins elsewhere.
#[component]
fn UnreadDivider(
    thread: Bubbles,
    /// Whether the reader has been there, or began elsewhere: it comes again with what is loaded again.
    found: StoredValue<bool>,
) -> impl IntoView {
    let node = NodeRef::<html::P>::new();
    Effect::new(move |_| {
        let (Some(line), Some(scroller)) = (node.get(), thread.scroll.node.get()) else { return };
        if found.get_value() {
            return;
        }
        found.set_value(true);
        request_animation_frame(move || {
            // Only when it is above what the end of the thread shows.
            if line.get_bounding_client_rect().top() < scroller.get_bounding_client_rect().top() {
                into_view(&line, ScrollLogicalPosition::Start);
                thread.scroll.moved();
            }
        });
    });
    view! {
        <p class="thread-unread" node_ref=node>
            <span>{t("thread-unread")}</span>
        </p>
    }
    .into_any()
}

/// The way back to the newest message, with how many have come meanwhile.
#[component]
fn JumpToEnd(thread: Bubbles) -> impl IntoView {
    let scroll = thread.scroll;
    // The button goes as soon as the end is reached, and the focus with it.
    let jump = move |_| {
        scroll.to_end();
        scroll.take_focus();
    };
    let label = move || match scroll.missed.get() {
        0 => t("thread-to-end"),
        count => t_with("thread-missed", &[("count", Arg::from(count))]),
    };
    view! {
        {changing(move || {
            (!scroll.at_end.get())
                .then(|| {
                    view! {
                        <button type="button" class="thread-jump" on:click=jump>
                            <Icon name="arrow-down" />
                            <span>{label}</span>
                        </button>
                    }
                })
        })}
    }
    .into_any()
}

/// The way to a page that is not loaded: scrolling there loads it, and so does the button.
#[component]
fn MoreButton(
    /// Whether there is more.
    there: Signal<bool>,
    /// How loading goes.
    end: End,
    /// The names of its words and of those about a failure.
    words: (&'static str, &'static str),
    /// Loads it.
    load: Callback<()>,
) -> impl IntoView {
    view! {
        {changing(move || {
            there
                .get()
                .then(|| {
                    view! {
                        <div class="thread-more">
                            {changing(move || end.failed.get().then(|| view! { <p role="alert">{t(words.1)}</p> }))}
                            <Button busy=end.loading on_click=move |_| load.run(())>
                                {t(words.0)}
                            </Button>
                        </div>
                    }
                })
        })}
    }
    .into_any()
}
