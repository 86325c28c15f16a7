//! What was done with a conversation, as quiet lines in its thread: one sentence each, and what one person did within a
//! minute on one line.

use charla_shared::{
    conversation::Status,
    entry::{EntryContent, EntryView},
    id::EntryId,
};
use jiff::Timestamp;
use leptos::prelude::*;

use super::{
    bubbles::Bubbles,
    days::Layout,
    when::{Style, When},
};
use crate::{
    i18n::{Arg, dates, t_with, use_locale},
    ui::changing,
};

/// The line that begins with this change.
#[component]
pub fn ChangeLine(
    /// The thread it is in.
    thread: Bubbles,
    /// Its first change.
    first: EntryId,
    /// How the thread is laid out: says which changes are on the line.
    layout: Memo<Layout>,
    /// Whether the viewer's zone is known.
    alive: RwSignal<bool>,
) -> impl IntoView {
    let Some(at) = thread.entry(first).map(|entry| entry.at) else { return ().into_any() };
    let locale = use_locale();
    let on_it = Memo::new(move |_| layout.with(|layout| layout.changes.get(&first).cloned().unwrap_or_default()));
    let words = move || {
        let time = move |at: Timestamp| {
            let style = dates::Style::Full;
            if alive.get() { dates::format(at, locale, style) } else { dates::utc(at, style) }
        };
        let entries = on_it.get().into_iter().filter_map(|id| thread.entry(id));
        entries.enumerate().map(|(number, entry)| sentence(&entry, number > 0, time)).collect::<Vec<_>>().join(" · ")
    };
    view! {
        <p class="thread-change" id=format!("e-{first}") data-line="change">
            <span dir="auto">{changing(words)}</span>
            " · "
            <When at=at style=Style::Clock />
        </p>
    }
    .into_any()
}

/// What was done, in a sentence; `goes_on` after another of the same person, whose name need not be said again.
fn sentence(entry: &EntryView, goes_on: bool, time: impl Fn(Timestamp) -> String) -> String {
    let (key, mut args) = parts(&entry.content, time);
    let Some(author) = entry.author.as_ref().filter(|_| !goes_on) else {
        return t_with(&format!("{key}-plain"), &args);
    };
    args.push(("who", Arg::from(author.name.clone())));
    t_with(key, &args)
}

/// The key of a change's sentence, and what it speaks of.
fn parts(content: &EntryContent, time: impl Fn(Timestamp) -> String) -> (&'static str, Vec<(&'static str, Arg)>) {
    match content {
        EntryContent::Assigned { to: Some(to) } => ("change-assigned", vec![("to", Arg::from(to.name.clone()))]),
        EntryContent::Assigned { to: None } => ("change-unassigned", vec![]),
        EntryContent::Labelled { label, added } => {
            (if *added { "change-labelled" } else { "change-unlabelled" }, vec![("label", Arg::from(label.clone()))])
        }
        EntryContent::Status { by_customer: true, .. } => ("change-reopened-by-customer", vec![]),
        EntryContent::Status { status: Status::Open, .. } => ("change-opened", vec![]),
        EntryContent::Status { status: Status::Pending, .. } => ("change-pending", vec![]),
        EntryContent::Status { status: Status::Snoozed, until, .. } => {
            let until = until.map(time).unwrap_or_default();
            ("change-snoozed", vec![("until", Arg::from(until))])
        }
        EntryContent::Status { status: Status::Resolved, reason: Some(reason), .. } => {
            ("change-resolved-because", vec![("reason", Arg::from(reason.clone()))])
        }
        EntryContent::Status { status: Status::Resolved, reason: None, .. } => ("change-resolved", vec![]),
        // Shown as a bubble of its own.
        EntryContent::Note { .. } => ("change-noted", vec![]),
    }
}
