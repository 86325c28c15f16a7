//! Where an answer is written.
//!
//! Enter sends, Shift+Enter breaks the line, and an Enter that belongs to an input method (choosing a Japanese or Chinese
//! word) does neither. What is typed is kept as a draft from the first letter, also what was typed before the page came
//! alive.

use charla_shared::{
    conversation::ConversationView,
    id::ConversationId,
    message::{TEXT_MAX, body_rule},
    text,
};
use leptos::{ev, html, prelude::*};

use super::{
    draft, remedy, sending,
    state::InboxStore,
    typing::{self, Told},
    window::{Barred, Left, barred, left},
};
use crate::{
    i18n::{Arg, t, t_with},
    ui::{Icon, changing},
};

/// The id of the field, for the shortcut that goes there.
pub const FIELD: &str = "composer-field";
/// Characters left at which they are counted.
const COUNT_FROM: usize = 200;
/// Lines the field grows to before it scrolls.
const LINES_MAX: usize = 8;

/// The composer of one conversation.
#[component]
pub fn Composer(
    /// The page's state.
    store: InboxStore,
    /// Whom it writes to.
    conversation: ConversationId,
    /// Their row.
    row: RwSignal<ConversationView>,
) -> impl IntoView {
    let field = NodeRef::<html::Textarea>::new();
    let typed = RwSignal::new(String::new());
    let barred = barred(row, store.now, store.may_reply());
    let window = left(row, store.now);
    let told = Told::new(None);
    let numbers = format!("/w/{}/settings/channels", store.workspace);
    let left = Memo::new(move |_| TEXT_MAX.cast_signed() - text::clean(&typed.read()).chars().count().cast_signed());
    let ready = Memo::new(move |_| barred.get().is_none() && body_rule(&typed.read(), &()).is_ok());

    begin_with_draft(field, typed, conversation);
    let send = move || {
        if !ready.get_untracked() {
            return;
        }
        sending::send(store, conversation, text::clean(&typed.get_untracked()));
        typed.set(String::new());
        draft::keep(conversation, "");
        if let Some(field) = field.get_untracked() {
            field.set_value("");
            let _ = field.focus();
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        // 229 is what browsers that do not set isComposing report for a key the input method has taken.
        if event.is_composing() || event.key_code() == 229 {
            return;
        }
        match event.key().as_str() {
            // On a screen keyboard Enter is the only way to a new line; the button sends.
            "Enter" if !event.shift_key() && !typed_on_screen() => {
                event.prevent_default();
                send();
            }
            "Escape" => leave(field),
            _ => {}
        }
    };
    view! {
        <div class="composer">
            <Stopped row=row numbers=numbers.clone() />
            <Notice barred=barred numbers=numbers />
            {changing(move || barred.get().is_none().then(|| view! { <WindowLeft left=window.get() /> }))}
            <div class="composer-box">
                <textarea
                    id=FIELD
                    node_ref=field
                    class="composer-field"
                    dir="auto"
                    rows=move || lines(&typed.read())
                    placeholder=t("composer-placeholder")
                    aria-label=t("composer-label")
                    aria-describedby="composer-notice composer-window composer-count"
                    disabled=move || barred.get().is_some()
                    on:input=move |event| {
                        typed.set(event_target_value(&event));
                        draft::keep(conversation, &typed.read_untracked());
                        typing::pressed(store, row, told);
                    }
                    on:keydown=on_key
                ></textarea>
                <button
                    type="button"
                    class="composer-send"
                    aria-label=t("composer-send")
                    title=t("composer-send-hint")
                    disabled=move || !ready.get()
                    on:click=move |_| send()
                >
                    <Icon name="send-horizontal" />
                </button>
            </div>
            <p id="composer-count" class="composer-count" class:composer-over=move || left.get() < 0 aria-live="polite">
                {changing(move || {
                    let left = left.get();
                    (left < COUNT_FROM.cast_signed()).then(|| counted(left))
                })}
            </p>
        </div>
    }
}

/// That the number sends nothing at the moment, and why. What is written waits and goes out once that is mended.
#[component]
fn Stopped(row: RwSignal<ConversationView>, numbers: String) -> impl IntoView {
    let trouble = Memo::new(move |_| {
        let row = row.read();
        row.channel_trouble.clone().filter(|_| row.channel_active)
    });
    view! {
        <div class="composer-notice composer-stopped" aria-live="polite">
            {changing(move || {
                let numbers = numbers.clone();
                trouble
                    .get()
                    .map(|trouble| {
                        let why = remedy::words(trouble.remedy_key.as_deref(), None);
                        view! {
                            <p>
                                <Icon name="circle-alert" />
                                <span>
                                    {t("composer-stopped")} " " {why} " " <a href=numbers>{t("composer-numbers")}</a>
                                </span>
                            </p>
                        }
                    })
            })}
        </div>
    }
}

/// Why nothing can be written, when that is so.
#[component]
fn Notice(barred: Memo<Option<Barred>>, numbers: String) -> impl IntoView {
    view! {
        <div id="composer-notice" class="composer-notice" aria-live="polite">
            {changing(move || {
                let numbers = numbers.clone();
                barred
                    .get()
                    .map(|barred| {
                        let (icon, words) = match barred {
                            Barred::Role => ("lock", t("composer-role")),
                            Barred::Inactive => ("circle-alert", t("composer-inactive")),
                            Barred::Window => ("clock", t("composer-window")),
                        };
                        let way = (barred == Barred::Inactive)
                            .then(|| view! { " " <a href=numbers>{t("composer-numbers")}</a> });
                        view! {
                            <p>
                                <Icon name=icon />
                                <span>{words} {way}</span>
                            </p>
                        }
                    })
            })}
        </div>
    }
}

/// How long free messages may be sent.
#[component]
fn WindowLeft(left: Left) -> impl IntoView {
    view! {
        <p id="composer-window" class="composer-window" class:composer-window-soon=matches!(left, Left::Minutes(_))>
            <Icon name="clock" />
            <span>{left.words()}</span>
        </p>
    }
}

/// Puts the draft into the field once the page is alive; words typed before that are the newer draft.
fn begin_with_draft(field: NodeRef<html::Textarea>, typed: RwSignal<String>, conversation: ConversationId) {
    Effect::new(move |_| {
        let Some(field) = field.get() else { return };
        if field.value().is_empty() {
            field.set_value(&draft::read(conversation));
        } else {
            draft::keep(conversation, &field.value());
        }
        typed.set(field.value());
    });
}

/// Whether the keyboard is on the screen, as far as a browser tells: there is no finer pointer than a finger.
fn typed_on_screen() -> bool {
    window().match_media("(pointer: coarse)").ok().flatten().is_some_and(|query| query.matches())
}

fn leave(field: NodeRef<html::Textarea>) {
    if let Some(field) = field.get_untracked() {
        let _ = field.blur();
    }
}

/// Lines of the field where the browser cannot size it by its content itself.
fn lines(typed: &str) -> String {
    typed.split('\n').count().min(LINES_MAX).to_string()
}

fn counted(left: isize) -> String {
    if left < 0 {
        t_with("composer-over", &[("count", Arg::from(left.unsigned_abs()))])
    } else {
        t_with("composer-left", &[("count", Arg::from(left.unsigned_abs()))])
    }
}
