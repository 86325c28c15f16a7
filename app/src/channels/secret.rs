//! A secret is replaced: written, sent, and gone from the page.

use charla_shared::channel::Verified;
use leptos::{ev::SubmitEvent, prelude::*};

use super::words::{Wrong, trouble_words};
use crate::{
    failure::Failure,
    i18n::{Arg, t, t_with},
    ui::{BoundField, Notice, Submit, changing, problem_words},
};

/// What came of a change: with what Meta says where it was asked.
pub type Outcome = Result<Option<Verified>, Failure>;

/// What came of it, in words.
#[component]
pub fn Said(
    /// What came of it; none before it was tried.
    #[prop(into)]
    outcome: Signal<Option<Outcome>>,
    /// What to say where Meta was not asked.
    #[prop(into)]
    done: String,
) -> impl IntoView {
    changing(move || {
        outcome.get().map(|outcome| match outcome {
            Err(failure) => view! { <Notice bad=true>{trouble_words(&failure)}</Notice> }.into_any(),
            Ok(None) => {
                let done = done.clone();
                view! { <Notice>{done}</Notice> }.into_any()
            }
            Ok(Some(verified)) => {
                let words = t_with(
                    "channels-confirmed",
                    &[
                        ("phone", Arg::from(verified.number.display_phone)),
                        ("name", Arg::from(verified.number.verified_name)),
                    ],
                );
                let trouble = verified.subscription.map(|problem| {
                    let words = format!("{} {}", t("channels-not-subscribed"), problem_words(&problem));
                    view! { <Notice bad=true>{words}</Notice> }
                });
                view! {
                    <Notice>{words}</Notice>
                    {trouble}
                }
                .into_any()
            }
        })
    })
}

/// A folded form with one field.
#[component]
pub fn SecretForm(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// What folds it out.
    #[prop(into)]
    summary: String,
    /// What the field is.
    #[prop(into)]
    label: String,
    /// More about it.
    #[prop(into)]
    hint: String,
    /// What is written.
    value: RwSignal<String>,
    /// `password`, or `text` for what is to be seen.
    kind: &'static str,
    /// What is wrong with it; looked at before it is sent.
    wrong: fn(&str) -> Wrong,
    /// In words.
    wrong_words: fn(&Wrong) -> Option<String>,
    /// Sends it.
    action: Action<String, Outcome>,
    /// What to say when it worked.
    #[prop(into)]
    done: String,
    /// What is shown when it worked.
    #[prop(optional)]
    children: Option<ChildrenFn>,
) -> impl IntoView {
    let errors = RwSignal::new(Wrong::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let written = value.get_untracked().trim().to_owned();
        let found = wrong(&written);
        let fine = found.is_empty();
        errors.set(found);
        if fine && !action.pending().get_untracked() {
            action.dispatch(written);
        }
    };
    let error = Signal::derive(move || errors.with(wrong_words));
    let worked = Memo::new(move |_| action.value().with(|value| matches!(value, Some(Ok(_)))));
    view! {
        <details class="channel-secret">
            <summary>{summary}</summary>
            <form class="form" novalidate on:submit=submit>
                <BoundField id=id label=label value=value kind=kind hint=hint error=error />
                <div>
                    <Submit quiet=true busy=action.pending()>{t("channels-replace")}</Submit>
                </div>
            </form>
            <Said outcome=action.value() done=done />
            {changing(move || worked.get().then(|| children.as_ref().map(|children| children())))}
        </details>
    }
    .into_any()
}
