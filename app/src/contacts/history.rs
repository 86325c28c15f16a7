//! A contact's history, newest first.

use charla_shared::{
    contact::{Episode, TimelineEntry},
    entry::EntryContent,
};
use leptos::prelude::*;

use super::{Contact, pages::Foot};
use crate::{
    i18n::{Arg, t, t_with},
    ui::{Icon, Time},
};

/// The history, loaded once it is unfolded.
#[component]
pub fn History(
    /// Whose.
    contact: Contact,
    /// Whether it is unfolded.
    open: RwSignal<bool>,
) -> impl IntoView {
    let history = contact.history();
    Effect::new(move |_| {
        if open.get() {
            history.begin();
        }
    });
    view! {
        <ol class="history" role="list">
            <For
                each=move || history.items.get().unwrap_or_default()
                // A note in it may be changed, a tag renamed.
                key=|entry: &TimelineEntry| (entry.at, entry.id, sentence(entry.what.clone()))
                let:entry
            >
                <Entry entry=entry />
            </For>
        </ol>
        <Foot pages=history more=t("contacts-history-more") />
    }
    .into_any()
}

#[component]
fn Entry(entry: TimelineEntry) -> impl IntoView {
    let icon = icon(&entry.what);
    let by = entry.by.map(|by| t_with("contacts-history-by", &[("name", Arg::from(by.name))]));
    view! {
        <li class="history-entry">
            <Icon name=icon />
            <div>
                <p dir="auto">{sentence(entry.what)}</p>
                <p class="quiet">
                    {by.map(|by| view! { <span dir="auto">{by}</span> " · " })} <Time at=entry.at />
                </p>
            </div>
        </li>
    }
    .into_any()
}

const fn icon(what: &Episode) -> &'static str {
    match what {
        Episode::FirstSeen => "contact",
        Episode::Opened { .. } => "messages-square",
        Episode::Worked { .. } => "check",
        Episode::Tagged { .. } => "tag",
        Episode::Noted { .. } => "file-text",
        Episode::Renamed { .. } => "pencil",
    }
}

fn sentence(what: Episode) -> String {
    match what {
        Episode::FirstSeen => t("contacts-history-first"),
        Episode::Opened { channel, .. } => t_with("contacts-history-opened", &[("channel", Arg::from(channel))]),
        Episode::Worked { channel, content, .. } => worked(channel, content),
        Episode::Tagged { tag } => t_with("contacts-history-tagged", &[("tag", Arg::from(tag.name))]),
        Episode::Noted { text } => t_with("contacts-history-noted", &[("text", Arg::from(text))]),
        Episode::Renamed { from, to } => {
            let named = |name: String| Arg::from(if name.is_empty() { "–".to_owned() } else { name });
            t_with("contacts-history-renamed", &[("from", named(from)), ("to", named(to))])
        }
    }
}

fn worked(channel: String, content: EntryContent) -> String {
    match content {
        EntryContent::Assigned { to: Some(to) } => {
            t_with("contacts-history-assigned", &[("channel", Arg::from(channel)), ("name", Arg::from(to.name))])
        }
        EntryContent::Assigned { to: None } => {
            t_with("contacts-history-unassigned", &[("channel", Arg::from(channel))])
        }
        EntryContent::Status { status, reason, .. } => {
            let status = t(&format!("contacts-status-{}", status.name()));
            let mut args = vec![("channel", Arg::from(channel)), ("status", Arg::from(status))];
            let Some(reason) = reason else { return t_with("contacts-history-status", &args) };
            args.push(("reason", Arg::from(reason)));
            t_with("contacts-history-status-because", &args)
        }
        EntryContent::Note { .. } | EntryContent::Labelled { .. } => channel,
    }
}
