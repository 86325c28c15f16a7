//! The editor of a canned reply: shortcut, text, and how it will look.

use charla_shared::{
    canned_reply::{NewCannedReply, SHORTCUT_MAX, Values, Variable, expand, shortcut_rule, unknown},
    message::body_rule,
};
use leptos::{ev::SubmitEvent, html, prelude::*};

use super::replies::Replies;
use crate::{
    failure::Failure,
    i18n::{Arg, t, t_with},
    ui::{BoundField, Button, Dialog, Submit, changing, problem_words},
};

/// What was typed.
#[derive(Debug, Clone, Copy)]
struct Typed {
    shortcut: RwSignal<String>,
    body: RwSignal<String>,
    field: NodeRef<html::Textarea>,
    /// What is wrong is told once somebody has tried to save.
    tried: RwSignal<bool>,
}

/// The editor, a dialog.
#[component]
pub fn Editor(replies: Replies) -> impl IntoView {
    let typed = Typed {
        shortcut: RwSignal::new(String::new()),
        body: RwSignal::new(String::new()),
        field: NodeRef::new(),
        tried: RwSignal::new(false),
    };
    let failed = RwSignal::new(None::<Failure>);
    Effect::new(move |_| {
        let (shortcut, body) = replies
            .edited
            .with(|edited| edited.as_ref().map(|e| (e.shortcut.clone(), e.body.clone())))
            .unwrap_or_default();
        if replies.editing.get() {
            typed.shortcut.set(shortcut);
            if let Some(field) = typed.field.get_untracked() {
                field.set_value(&body);
            }
            typed.body.set(body);
            typed.tried.set(false);
            failed.set(None);
        }
    });
    let save = Action::new(move |new: &NewCannedReply| {
        let (of, new) = (replies.edited.get_untracked(), new.clone());
        async move { _ = failed.try_set(replies.save(of, new).await.err()) }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        typed.tried.set(true);
        let new = NewCannedReply {
            shortcut: typed.shortcut.with_untracked(|shortcut| shortcut.trim().trim_start_matches('/').to_owned()),
            body: typed.body.get_untracked(),
        };
        if shortcut_words(&new.shortcut).is_none() && body_words(&new.body).is_none() {
            save.dispatch(new);
        }
    };
    let title =
        Signal::derive(
            move || {
                if replies.edited.with(Option::is_some) { t("replies-change") } else { t("replies-new") }
            },
        );
    let wrong_shortcut = Signal::derive(move || {
        let shortcut = typed.shortcut.read();
        typed.tried.get().then(|| shortcut_words(shortcut.trim().trim_start_matches('/'))).flatten()
    });
    view! {
        <Dialog open=replies.editing title=title>
            <form class="form" novalidate on:submit=submit>
                <BoundField
                    id="reply-shortcut"
                    label=t("replies-shortcut")
                    value=typed.shortcut
                    hint=t("replies-shortcut-hint")
                    error=wrong_shortcut
                />
                <Body typed=typed />
                <Preview body=typed.body />
                <div role="alert">
                    {changing(move || failed.get().map(|failure| view! { <p class="field-error">{problem_words(&failure.0)}</p> }))}
                </div>
                <div class="form-line">
                    <Submit busy=save.pending()>{t("replies-save")}</Submit>
                    <Button on_click=move |_| replies.editing.set(false)>{t("replies-cancel")}</Button>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}

/// The text, with its variables at hand.
#[component]
fn Body(typed: Typed) -> impl IntoView {
    let wrong = Memo::new(move |_| typed.tried.get().then(|| body_words(&typed.body.read())).flatten());
    let put = move |variable: Variable| {
        let Some(field) = typed.field.get_untracked() else { return };
        let _ = field.set_range_text(&format!("{{{{{}}}}}", variable.name()));
        // The caret goes behind it.
        if let Ok(Some(end)) = field.selection_end() {
            let _ = field.set_selection_range(end, end);
        }
        let _ = field.focus();
        typed.body.set(field.value());
    };
    let variables = Variable::ALL.iter().map(|variable| {
        let variable = *variable;
        view! {
            <button type="button" class="reply-variable" on:click=move |_| put(variable)>
                {t(&format!("replies-variable-{}", variable.name().replace(['.', '_'], "-")))}
            </button>
        }
    });
    let variables = variables.collect_view();
    view! {
        <div class="field">
            <label for="reply-body">{t("replies-body")}</label>
            <textarea
                id="reply-body"
                node_ref=typed.field
                class="reply-body"
                rows="5"
                dir="auto"
                required
                aria-invalid=move || wrong.get().is_some().then_some("true")
                aria-describedby="reply-body-hint reply-body-error"
                on:input:target=move |event| typed.body.set(event.target().value())
            ></textarea>
            <div class="reply-variables" role="group" aria-label=t("replies-variables")>
                {variables}
            </div>
            <p class="field-hint" id="reply-body-hint">{t("replies-body-hint")}</p>
            <p class="field-error" id="reply-body-error">{changing(move || wrong.get())}</p>
        </div>
    }
}

/// How it looks for a customer one knows, by name.
#[component]
fn Preview(body: RwSignal<String>) -> impl IntoView {
    let example = Values {
        contact_name: t("replies-example-contact"),
        contact_phone: "+34 600 000 000".to_owned(),
        member_name: t("replies-example-member"),
        workspace_name: t("replies-example-workspace"),
    };
    view! {
        <section class="reply-preview" aria-label=t("replies-preview")>
            <h3>{t("replies-preview")}</h3>
            <p dir="auto">{changing(move || expand(&body.read(), &example))}</p>
        </section>
    }
}

/// What is wrong with a shortcut, in the reader's language.
fn shortcut_words(shortcut: &str) -> Option<String> {
    shortcut_rule(shortcut, &()).err().map(|_| t_with("replies-shortcut-wrong", &[("most", Arg::from(SHORTCUT_MAX))]))
}

/// What is wrong with a text, in the reader's language.
fn body_words(body: &str) -> Option<String> {
    if let Some(name) = unknown(body).into_iter().next() {
        return Some(t_with("replies-unknown", &[("name", Arg::from(name.to_owned()))]));
    }
    body_rule(body, &()).err().map(|_| t("send-refused-text"))
}
