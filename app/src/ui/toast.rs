//! Toasts: short words about what was just done, at the edge of the page, gone by themselves. What may be undone is done
//! at once and offered back here, which is kinder than to ask first.

use std::{fmt, sync::Arc, time::Duration};

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{Icon, dynamic::changing};
use crate::i18n::t;

/// How long words are shown.
const SHOWN: Duration = Duration::from_secs(6);
/// How long something may be undone.
const OFFERED: Duration = Duration::from_secs(8);
/// The most at a time; the oldest gives way.
const MOST: usize = 3;

/// What undoes.
type Action = Arc<dyn Fn() + Send + Sync>;

#[derive(Clone)]
struct Toast {
    number: u64,
    text: String,
    bad: bool,
    offer: Option<(String, Action)>,
}

impl fmt::Debug for Toast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Toast").field("number", &self.number).field("text", &self.text).finish_non_exhaustive()
    }
}

/// The toasts of the page. They belong to the app: whoever says something may be gone before it was read.
#[derive(Debug, Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    count: StoredValue<u64>,
    /// While somebody reads (the pointer is over them, or the focus in them), nothing goes away.
    held: RwSignal<bool>,
}

impl Toasts {
    fn new() -> Self {
        Self { shown: RwSignal::new(Vec::new()), count: StoredValue::new(0), held: RwSignal::new(false) }
    }

    /// Says that something was done.
    pub fn say(self, text: String) {
        self.show(text, false, None);
    }

    /// Says that something failed, in whole sentences: what happened, and what to do.
    pub fn fail(self, text: String) {
        self.show(text, true, None);
    }

    /// Says that something was done and offers an action, such as to undo it. The action may run after its caller is gone.
    pub fn offer(self, text: String, action: String, on_action: impl Fn() + Send + Sync + 'static) {
        self.show(text, false, Some((action, Arc::new(on_action))));
    }

    fn show(self, text: String, bad: bool, offer: Option<(String, Action)>) {
        let number = self.count.try_update_value(|count| {
            *count += 1;
            *count
        });
        let toast = Toast { number: number.unwrap_or_default(), text, bad, offer };
        let _ = self.shown.try_update(|shown| {
            shown.push(toast);
            let over = shown.len().saturating_sub(MOST);
            shown.drain(..over);
        });
    }

    fn dismiss(self, number: u64) {
        let focused = is_inside();
        let _ = self.shown.try_update(|shown| shown.retain(|toast| toast.number != number));
        if focused {
            let _ = self.held.try_set(false);
            give_focus_back();
        }
    }
}

/// Makes the toasts of the page; for the app itself.
pub fn provide_toasts() -> Toasts {
    let toasts = Toasts::new();
    provide_context(toasts);
    toasts
}

/// The toasts of the page. Asked for where a component begins, used whenever there is something to say.
pub fn use_toasts() -> Toasts {
    expect_context()
}

fn is_inside() -> bool {
    let focused = document().active_element();
    focused.is_some_and(|element| element.closest(".toasts").is_ok_and(|toasts| toasts.is_some()))
}

/// The focus was on what goes away: the content takes it, so that the keyboard does not begin anew at the top.
fn give_focus_back() {
    let main = document().query_selector("main").ok().flatten();
    if let Some(main) = main.and_then(|main| main.dyn_into::<HtmlElement>().ok()) {
        let _ = main.focus();
    }
}

/// Where they are shown: once, beside all pages.
#[component]
pub fn ToastRegion(
    /// What there is to say.
    toasts: Toasts,
) -> impl IntoView {
    Effect::new(move |_| {
        let listener = window_event_listener(ev::keydown, move |event| {
            if event.key() == "Escape" && !event.default_prevented() && !something_else_is_open() {
                let newest = toasts.shown.with_untracked(|shown| shown.last().map(|toast| toast.number));
                if let Some(number) = newest {
                    toasts.dismiss(number);
                }
            }
        });
        on_cleanup(move || listener.remove());
    });
    view! {
        <section
            class="toasts"
            aria-label=t("toasts")
            aria-live="polite"
            on:pointerenter=move |_| toasts.held.set(true)
            on:pointerleave=move |_| toasts.held.set(false)
            on:focusin=move |_| toasts.held.set(true)
            on:focusout=move |_| toasts.held.set(false)
        >
            <For each=move || toasts.shown.get() key=|toast| toast.number let:toast>
                <OneToast toasts=toasts toast=toast />
            </For>
        </section>
    }
    .into_any()
}

/// Escape closes what lies over the page first.
fn something_else_is_open() -> bool {
    document().query_selector("dialog[open], :popover-open").is_ok_and(|open| open.is_some())
}

#[component]
fn OneToast(toasts: Toasts, toast: Toast) -> impl IntoView {
    let Toast { number, text, bad, offer } = toast;
    let kept = if offer.is_some() { OFFERED } else { SHOWN };
    Effect::new(move |_| {
        if !toasts.held.get()
            && let Ok(timer) = set_timeout_with_handle(move || toasts.dismiss(number), kept)
        {
            on_cleanup(move || timer.clear());
        }
    });
    let offered = offer.map(|(name, action)| {
        let take = move |_| {
            toasts.dismiss(number);
            action();
        };
        view! {
            <button type="button" class="toast-action" on:click=take>
                {name}
            </button>
        }
    });
    view! {
        <div class="toast" class:toast-bad=bad>
            {changing(move || {
                if bad { view! { <Icon name="circle-alert" /> } } else { view! { <Icon name="check" /> } }
            })}
            <p dir="auto">{text}</p>
            {offered}
            <button
                type="button"
                class="icon-button"
                aria-label=t("toast-dismiss")
                on:click=move |_| toasts.dismiss(number)
            >
                <Icon name="x" />
            </button>
        </div>
    }
    .into_any()
}
