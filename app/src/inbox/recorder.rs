//! The way of one message, step by step, in a dialog over the thread. It follows what happens while it is open.

use charla_shared::{id::MessageId, recorder::RecorderEntry};
use leptos::{html, prelude::*, task::spawn_local};

use super::{
    api,
    bubbles::{Bubble, Bubbles},
    remedy,
    state::InboxStore,
    ticks::look,
    trouble::Trouble,
    when::{Style, When},
};
use crate::{
    failure::Failure,
    i18n::{Arg, t, t_known, t_with},
    ui::{Icon, Skeleton, changing},
};

/// What the host told.
type Steps = RwSignal<Option<Result<Vec<RecorderEntry>, Failure>>>;

/// The dialog. The browser's own: Escape closes it and the focus goes back to where it was.
#[component]
pub fn Recorder(
    /// The page's state.
    store: InboxStore,
    /// The thread; says whose way is asked for.
    thread: Bubbles,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let steps = Steps::new(None);
    let turn = StoredValue::new(0_u32);
    let load = move |message: MessageId| {
        let mine = turn.try_update_value(|turn| {
            *turn = turn.wrapping_add(1);
            *turn
        });
        spawn_local(async move {
            let answer = api::recorder(store.workspace, message).await;
            // Only the answer to the last question counts.
            if mine.is_some() && turn.try_get_value() == mine {
                let _ = steps.try_set(Some(answer));
            }
        });
    };
    // Every word about a message changes it, so its bubble says when to look again.
    let message = Memo::new(move |_| match thread.asked.get()?.get() {
        Bubble::Stored(message) => Some(message),
        Bubble::Pending(_) => None,
    });
    Effect::new(move |before: Option<Option<MessageId>>| {
        let asked = message.get().map(|message| message.id);
        if before.flatten() != asked {
            steps.set(None);
        }
        if let (Some(message), Some(dialog)) = (asked, dialog.get_untracked()) {
            if !dialog.open() {
                // Fails only for a dialog that is open already, or not in the page.
                let _ = dialog.show_modal();
            }
            load(message);
        }
        asked
    });
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    view! {
        <dialog class="recorder" node_ref=dialog aria-labelledby="recorder-title" on:close=move |_| thread.asked.set(None)>
            <div class="recorder-head">
                <h2 id="recorder-title">{t("recorder-title")}</h2>
                <button type="button" class="icon-button" aria-label=t("recorder-close") title=t("recorder-close") on:click=close>
                    <Icon name="x" />
                </button>
            </div>
            {changing(move || match steps.get() {
                None => thread.asked.get().map(|_| view! { <Skeleton rows=4 label=t("recorder-loading") /> }).into_any(),
                Some(Ok(steps)) if steps.is_empty() => view! { <p>{t("recorder-none")}</p> }.into_any(),
                Some(Ok(steps)) => {
                    view! { <ol class="recorder-steps">{steps.into_iter().map(step).collect_view()}</ol> }.into_any()
                }
                Some(Err(failure)) => {
                    let retry = move || {
                        if let Some(message) = message.get_untracked() {
                            load(message.id);
                        }
                    };
                    view! { <Trouble failure=failure on_retry=retry /> }.into_any()
                }
            })}
        </dialog>
    }
    .into_any()
}

fn step(entry: RecorderEntry) -> impl IntoView {
    let (icon, look) = look(entry.state);
    let facts = facts(&entry).join(" · ");
    view! {
        <li class="recorder-step">
            <span class="ticks" data-look=look>
                <Icon name=icon />
            </span>
            <div>
                <p class="recorder-words">{words(&entry)}</p>
                {remedy::words(entry.remedy_key.as_deref(), entry.remedy.as_deref()).map(|words| view! { <p>{words}</p> })}
                <p class="recorder-facts">
                    <When at=Signal::stored(entry.at) style=Style::Exact />
                    {(!facts.is_empty()).then(|| format!(" · {facts}"))}
                </p>
            </div>
        </li>
    }
    .into_any()
}

/// What happened, in plain words.
fn words(entry: &RecorderEntry) -> String {
    if entry.resent_as.is_some() {
        return t("step-resent");
    }
    let state = entry.state.name();
    t_known(&format!("step-{}-{state}", entry.source.name())).unwrap_or_else(|| t(&format!("state-{state}")))
}

/// What those who ask Meta about it need.
fn facts(entry: &RecorderEntry) -> Vec<String> {
    // As text: numbers that name something are not grouped in thousands.
    let fact = |key, name, value: Option<String>| value.map(|value| t_with(key, &[(name, Arg::from(value))]));
    let price = entry.price.as_ref().and_then(|price| {
        let key = match price.billable {
            Some(true) => "recorder-charged",
            Some(false) => "recorder-free",
            None => "recorder-priced",
        };
        fact(key, "category", Some(price.category.clone()))
    });
    [
        fact("recorder-attempt", "number", entry.attempt.map(|number| number.to_string())),
        fact("recorder-http", "status", entry.http_status.map(|status| status.to_string())),
        fact("recorder-code", "code", entry.code.map(|code| code.to_string())),
        price,
    ]
    .into_iter()
    .flatten()
    .collect()
}
