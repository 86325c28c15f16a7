//! Words that stand out: notices, what a form has to say, counts.

use leptos::prelude::*;

use super::Icon;
use crate::{
    flash::Flash,
    i18n::{Arg, t, t_known, t_with},
};

/// A notice. Bad news is announced at once.
#[component]
pub fn Notice(
    /// Whether it is bad news.
    #[prop(optional)]
    bad: bool,
    /// What it says.
    children: Children,
) -> impl IntoView {
    let icon = if bad {
        view! { <Icon name="circle-alert" /> }
    } else {
        view! { <Icon name="check" /> }
    };
    view! {
        <div class="notice" class:notice-bad=bad role=if bad { "alert" } else { "status" }>
            {icon}
            <p>{children()}</p>
        </div>
    }
}

/// News that are good; every other code is a problem's.
const GOOD: &[&str] = &["password.changed", "session.ended"];

/// What a form has to say, in the reader's language.
#[component]
pub fn FlashNotice(
    /// The word.
    flash: Option<Flash>,
) -> impl IntoView {
    flash.map(|flash| {
        let bad = !GOOD.contains(&flash.code.as_str());
        view! { <Notice bad=bad>{sentence(&flash)}</Notice> }
    })
}

fn sentence(flash: &Flash) -> String {
    let key = format!("flash-{}", flash.code.replace(['.', '_'], "-"));
    if flash.code == "session.throttled" {
        let seconds = flash.details.get("seconds").and_then(|s| s.parse::<i64>().ok()).unwrap_or(60);
        return t_with(&key, &[("seconds", Arg::from(seconds))]);
    }
    t_known(&key).unwrap_or_else(|| t("flash-other"))
}

/// A count on something.
#[component]
pub fn Badge(
    /// How many; more than 999 is shown as "999+".
    count: u32,
    /// The same in words.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let shown = if count > 999 { "999+".to_owned() } else { count.to_string() };
    view! {
        <span class="badge">
            <span aria-hidden="true">{shown}</span>
            <span class="visually-hidden">{label}</span>
        </span>
    }
}
