//! One number: what it is, how it does, and, for those who may, how to change it.

use charla_shared::channel::ChannelView;
use leptos::prelude::*;

use super::{
    manage::Manage,
    numbers::Numbers,
    words::{quality_words, stopped_words},
};
use crate::{
    i18n::t,
    ui::{Icon, Notice, Time, changing},
};

/// A row of the list.
#[component]
pub fn Card(
    /// All of them.
    numbers: Numbers,
    /// This one, as it is at first.
    first: ChannelView,
    /// Whether the viewer may change it.
    manages: Memo<bool>,
) -> impl IntoView {
    let id = first.id;
    let now = numbers.one(id);
    let channel = Memo::new(move |_| now.get().unwrap_or_else(|| first.clone()));
    view! {
        <li class="channel" data-channel=id.to_string()>
            {changing(move || view! { <About channel=channel.get() /> })}
            {changing(move || manages.get().then(|| view! { <Manage numbers=numbers channel=channel /> }))}
        </li>
    }
    .into_any()
}

#[component]
fn About(channel: ChannelView) -> impl IntoView {
    let quality = channel.quality.as_deref().and_then(quality_words);
    let checked = channel.verified_at;
    view! {
        <div class="channel-about">
            <span class="channel-mark" aria-hidden="true">
                <Icon name="smartphone" />
            </span>
            <div class="entry-main">
                <h3 dir="auto">{channel.label}</h3>
                <span>
                    <bdi>{channel.display_phone}</bdi>
                    {(!channel.verified_name.is_empty())
                        .then(|| view! { <span class="quiet">" · " <bdi>{channel.verified_name}</bdi></span> })}
                </span>
                <span class="quiet">
                    {match checked {
                        Some(at) => view! { {t("channels-verified")} " " <Time at=at /> }.into_any(),
                        None => t("channels-never-verified").into_any(),
                    }}
                </span>
            </div>
            <ul class="channel-tags" role="list">
                <li class="tag" class:tag-off=!channel.active>
                    {if channel.active { t("channels-active") } else { t("channels-inactive") }}
                </li>
                {channel.simulated.then(|| view! { <li class="tag">{t("channels-simulated")}</li> })}
                {quality.map(|quality| view! { <li class="tag">{quality}</li> })}
            </ul>
        </div>
        {channel
            .trouble
            .map(|trouble| {
                view! {
                    <Notice bad=true>
                        {t("channels-stopped")} " " <Time at=trouble.since /> ": " {stopped_words(&trouble)}
                    </Notice>
                }
            })}
    }
    .into_any()
}
