//! The field over the thread, with what was found and the way through it.

use charla_shared::search::{QUERY_MAX, is_worth_asking};
use leptos::{ev, prelude::*};

use super::{BUTTON, FIELD, Finding, paint, step::Way};
use crate::{
    i18n::{Arg, t, t_with},
    inbox::bubbles::Bubbles,
    ui::{Button, Icon, Spinner, changing, problem_words},
};

/// The magnifier in the head of the thread.
#[component]
pub fn FindButton(
    /// The thread's search.
    finding: Finding,
) -> impl IntoView {
    view! {
        <button
            type="button"
            id=BUTTON
            class="icon-button"
            aria-label=t("find-title")
            title=t("find-title")
            aria-expanded=move || finding.open.get().to_string()
            on:click=move |_| if finding.open.get_untracked() { finding.close() } else { finding.begin() }
        >
            <Icon name="search" />
        </button>
    }
    .into_any()
}

/// The field, while it is open.
#[component]
pub fn FindBar(
    /// The thread that is searched.
    thread: Bubbles,
    /// Its search.
    finding: Finding,
) -> impl IntoView {
    changing(move || finding.open.get().then(|| view! { <Open thread=thread finding=finding /> }))
}

#[component]
fn Open(thread: Bubbles, finding: Finding) -> impl IntoView {
    follow(thread, finding);
    let keys = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && !event.is_composing() {
            event.prevent_default();
            finding.close();
        }
    };
    let walk = move |event: ev::KeyboardEvent| {
        // While a word is being composed, Enter ends the word.
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            finding.go(if event.shift_key() { Way::Later } else { Way::Earlier });
        }
    };
    view! {
        <div class="find" role="search" aria-label=t("find-title") on:keydown=keys>
            <div class="find-line">
                <div class="find-box">
                    <Icon name="search" />
                    <input
                        id=FIELD
                        type="search"
                        aria-label=t("find-title")
                        placeholder=t("find-title")
                        autocomplete="off"
                        spellcheck="false"
                        enterkeyhint="search"
                        dir="auto"
                        maxlength=QUERY_MAX.to_string()
                        prop:value=move || finding.text.get()
                        on:input:target=move |event| {
                            finding.text.set(event.target().value());
                            finding.ask();
                        }
                        on:keydown=walk
                    />
                    {changing(move || finding.asking.busy.get().then(|| view! { <Spinner label=t("find-loading") /> }))}
                </div>
                <Outcome finding=finding />
                <StepButton finding=finding way=Way::Earlier icon="chevron-up" words="find-earlier" />
                <StepButton finding=finding way=Way::Later icon="chevron-down" words="find-later" />
                <button
                    type="button"
                    class="icon-button"
                    aria-label=t("find-close")
                    title=t("find-close")
                    on:click=move |_| finding.close()
                >
                    <Icon name="x" />
                </button>
            </div>
            <Trouble finding=finding />
        </div>
    }
    .into_any()
}

/// New answers show their newest hit, and marks follow what is in the page.
fn follow(thread: Bubbles, finding: Finding) {
    let answered = StoredValue::new(None::<u32>);
    Effect::new(move |_| {
        let is_there = finding.asking.answer.read().is_some();
        let turn = finding.asking.turn();
        // A further page of the same answer changes nothing on screen.
        if is_there && answered.get_value() != Some(turn) {
            answered.set_value(Some(turn));
            finding.answered();
        }
    });
    Effect::new(move |_| {
        thread.order.track();
        finding.at.track();
        finding.asking.answer.track();
        // Once the thread is as they say; by the second frame what was cut is there, too.
        request_animation_frame(move || {
            mark(finding);
            request_animation_frame(move || mark(finding));
        });
    });
    on_cleanup(paint::clear);
}

fn mark(finding: Finding) {
    if finding.open.try_get_untracked() != Some(true) {
        return;
    }
    let at = finding.at.try_get_untracked().unwrap_or_default();
    let _ = finding.asking.answer.try_with_untracked(|answer| match answer {
        Some(Ok(found)) => paint::paint(found.hits(), found.hits().get(at).map(|hit| hit.id)),
        _ => paint::clear(),
    });
}

/// How many there are and which one is on screen, or that there is none.
#[component]
fn Outcome(finding: Finding) -> impl IntoView {
    let words = Memo::new(move |_| {
        if !finding.text.with(|text| is_worth_asking(text)) {
            return String::new();
        }
        finding.asking.answer.with(|answer| match answer {
            // What is under way or went wrong is said beside it.
            None | Some(Err(_)) => String::new(),
            Some(Ok(found)) if found.hits().is_empty() => t("find-none"),
            Some(Ok(found)) => t_with(
                "find-at",
                &[
                    ("at", Arg::from(finding.at.get() + 1)),
                    ("total", Arg::from(found.total().counted)),
                    ("more", Arg::from(if found.total().more { "yes" } else { "no" })),
                ],
            ),
        })
    });
    view! { <p class="find-outcome" role="status">{changing(move || words.get())}</p> }.into_any()
}

#[component]
fn StepButton(finding: Finding, way: Way, icon: &'static str, words: &'static str) -> impl IntoView {
    let none =
        move || finding.asking.answer.with(|answer| !matches!(answer, Some(Ok(found)) if !found.hits().is_empty()));
    view! {
        <button
            type="button"
            class="icon-button"
            aria-label=t(words)
            title=t(words)
            disabled=none
            on:click=move |_| finding.go(way)
        >
            <Icon name=icon />
        </button>
    }
    .into_any()
}

/// What went wrong, and the way to try again.
#[component]
fn Trouble(finding: Finding) -> impl IntoView {
    let refused = move || finding.asking.answer.with(|answer| Some(problem_words(&answer.as_ref()?.as_ref().err()?.0)));
    let lost = move || finding.lost.with(|lost| Some(problem_words(&lost.as_ref()?.failure.0)));
    changing(move || {
        refused().or_else(lost).map(|words| {
            view! {
                <div class="find-trouble" role="alert">
                    <p>{words}</p>
                    <Button on_click=move |_| finding.again()>{t("error-retry")}</Button>
                </div>
            }
        })
    })
}
