//! Fetching the messages of the page's language. The document names them in its head, so the browser has begun to load them
//! before this runs.

use std::time::Duration;

use gloo_net::http::Request;
use leptos::prelude::document;

use super::bundle;
use crate::request::{MESSAGES, language_and_theme};

/// How often they are asked for, and how long is waited in between.
const TRIES: [Duration; 4] =
    [Duration::ZERO, Duration::from_millis(500), Duration::from_secs(2), Duration::from_secs(8)];

/// Takes the messages of the document's language. Whether they could be had.
pub async fn fetch() -> bool {
    let Some(address) = document().get_element_by_id(MESSAGES).and_then(|link| link.get_attribute("href")) else {
        return false;
    };
    for wait in TRIES {
        gloo_timers::future::sleep(wait).await;
        if let Some(text) = get(&address).await {
            bundle::load(language_and_theme().0, &text);
            return true;
        }
    }
    false
}

async fn get(address: &str) -> Option<String> {
    let answer = Request::get(address).send().await.ok()?;
    if answer.ok() { answer.text().await.ok() } else { None }
}
