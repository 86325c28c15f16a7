//! Getting webhooks to their server: in order per number, again and again until the answer is 200.

use std::{sync::Arc, time::Duration};

use reqwest::{Client, Url, header::CONTENT_TYPE, redirect::Policy};
use tokio::sync::Notify;

use crate::{signature, simulator::Simulator, simulator::StartError};

/// How long the server may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// The webhook address, and a client for it; it follows no redirects, as Meta does not.
pub(crate) fn client(webhook_url: &str) -> Result<(Url, Client), StartError> {
    let wrong = || StartError::WebhookUrl(webhook_url.to_owned());
    let url = Url::parse(webhook_url).map_err(|_| wrong())?;
    // It is there already when the host has installed one; both are the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client =
        Client::builder().user_agent("facebookexternalua").timeout(PATIENCE).redirect(Policy::none()).no_proxy();
    let client = match url.scheme() {
        "https" => client,
        // A machine without root certificates can still speak plain HTTP.
        "http" => client.tls_certs_only([]),
        _ => return Err(wrong()),
    };
    Ok((url, client.build().map_err(StartError::Client)?))
}

/// The life of a number's delivery task: the first waiting webhook is sent until it is taken, then the next.
pub(crate) async fn deliver(simulator: Simulator, phone_number_id: String, bell: Arc<Notify>) {
    let mut failures = 0;
    loop {
        let waiting = simulator.world().first_waiting(&phone_number_id);
        let Some(hook) = waiting else {
            tokio::select! {
                () = simulator.inner.stop.cancelled() => return,
                () = bell.notified() => continue,
            }
        };
        let outcome = tokio::select! {
            () = simulator.inner.stop.cancelled() => return,
            outcome = post(&simulator, hook.body) => outcome,
        };
        let Err(reason) = outcome else {
            if failures > 0 {
                tracing::info!(phone_number_id, failures, "the server takes webhooks again");
            }
            failures = 0;
            simulator.world().first_arrived(&phone_number_id);
            simulator.inner.dirty.notify_one();
            if let Some(id) = hook.message {
                simulator.business_received(&id);
            }
            continue;
        };
        failures += 1;
        let wait = simulator.inner.config.backoff.after(failures);
        tracing::warn!(phone_number_id, reason, failures, ?wait, "a webhook was not taken; it is tried again");
        tokio::select! {
            () = simulator.inner.stop.cancelled() => return,
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// One try; the error says what came instead of 200.
async fn post(simulator: &Simulator, body: String) -> Result<(), String> {
    let signature = signature::header(&simulator.inner.config.app_secret, body.as_bytes());
    let answer = simulator
        .inner
        .http
        .post(simulator.inner.callback.clone())
        .header(CONTENT_TYPE, "application/json")
        .header("X-Hub-Signature-256", signature)
        .body(body)
        .send()
        .await
        .map_err(|error| error.to_string())?;
    if answer.status().as_u16() == 200 { Ok(()) } else { Err(format!("the server answered {}", answer.status())) }
}
