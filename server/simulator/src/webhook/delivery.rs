//! Getting webhooks to their server: a few at a time for each number, again and again until the answer is 200 (Meta,
//! "Webhooks": retries with decreasing frequency for up to seven days).

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use bytes::Bytes;
use reqwest::{Client, Url, header::CONTENT_TYPE, redirect::Policy};

use super::{
    EventKind,
    outbox::{Delivery, Step, Width},
};
use crate::{agenda::Due, signature, simulator::Simulator, simulator::StartError};

/// How long the server may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long nothing new is composed after as many failures in a row as there are connections.
const PAUSE: Duration = Duration::from_millis(100);

/// What the agenda holds for a number's lane.
#[derive(Debug)]
pub(crate) enum Later {
    /// A delivery may go.
    Again { lane: Arc<str>, id: u64 },
    /// New deliveries may be composed.
    Resume { lane: Arc<str> },
    /// What is held back for reordering may go.
    Release { lane: Arc<str>, number: u64 },
}

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

impl Simulator {
    fn width(&self) -> Width {
        let config = &self.inner.config;
        Width { parallel: config.webhook_parallel.max(1), batch: config.webhook_batch }
    }

    /// Sends what waits for a number, as far as connections are free.
    pub(crate) fn deliver(&self, phone_number_id: &str) {
        for delivery in self.next(phone_number_id) {
            self.spawn(deliver(self.clone(), phone_number_id.into(), delivery));
        }
    }

    fn next(&self, phone_number_id: &str) -> Vec<Arc<Delivery>> {
        let steps = self.world().outbox.next(phone_number_id, self.width(), &self.inner.faults);
        let mut ready = Vec::with_capacity(steps.len());
        for step in steps {
            let lane = || Arc::from(phone_number_id);
            match step {
                Step::Post(delivery) => ready.push(delivery),
                Step::Wait(wait, id) => self.enter(wait, Later::Again { lane: lane(), id }),
                Step::Release(wait, number) => self.enter(wait, Later::Release { lane: lane(), number }),
            }
        }
        ready
    }

    fn enter(&self, wait: Duration, later: Later) {
        self.inner.agenda.enter(Instant::now() + wait, Due::Webhook(later));
    }

    /// What the agenda held is due.
    pub(crate) fn later(&self, later: Later) {
        let lane = {
            let mut world = self.world();
            match later {
                Later::Again { lane, id } => {
                    world.outbox.again(&lane, id);
                    lane
                }
                Later::Resume { lane } => {
                    world.outbox.resume(&lane);
                    lane
                }
                Later::Release { lane, number } => {
                    world.outbox.release(&lane, number, &self.inner.faults);
                    lane
                }
            }
        };
        self.deliver(&lane);
    }

    fn arrived(&self, lane: &str, delivery: &Delivery) {
        if delivery.failures > 0 {
            tracing::info!(lane, failures = delivery.failures, "the server takes webhooks again");
        }
        let arrived = self.world().outbox.arrived(lane, delivery.id);
        let Some(delivery) = arrived else { return };
        let fresh: Vec<_> = delivery.events.iter().filter(|event| event.ack()).collect();
        self.note_acked(lane, fresh.iter().map(|event| (event.kind, event.id)), delivery.failures + 1);
        for event in fresh {
            if event.kind == EventKind::Message {
                self.business_received(&event.id.to_string());
            }
        }
        self.inner.dirty.notify_one();
    }

    fn failed(&self, lane: &Arc<str>, delivery: &Delivery, reason: &str) {
        let (now, retry) = (self.now().as_microsecond(), self.timing().retry);
        let failed = self.world().outbox.failed(lane, delivery.id, now, self.width().parallel);
        let Some((failures, tried, pauses)) = failed else { return };
        if pauses {
            self.enter(PAUSE, Later::Resume { lane: Arc::clone(lane) });
        }
        if u128::try_from(now - tried).is_ok_and(|age| age >= retry.give_up.as_micros()) {
            tracing::error!(%lane, reason, failures, "a webhook was not taken for too long; it is dropped");
            self.world().outbox.drop_delivery(lane, delivery.id);
            return;
        }
        let wait = retry.after(failures);
        tracing::debug!(%lane, reason, failures, ?wait, "a webhook was not taken; it is tried again");
        if failures == 1 && pauses {
            tracing::warn!(%lane, reason, "the server does not take webhooks; they are tried again");
        }
        self.enter(wait, Later::Again { lane: Arc::clone(lane), id: delivery.id });
    }
}

/// Posts a delivery, and then what its connection can take next.
async fn deliver(simulator: Simulator, lane: Arc<str>, delivery: Arc<Delivery>) {
    let mut mine = Some(delivery);
    while let Some(delivery) = mine.take() {
        let outcome = tokio::select! {
            () = simulator.inner.stop.cancelled() => return,
            outcome = post(&simulator, delivery.body.clone()) => outcome,
        };
        match outcome {
            Ok(200) => simulator.arrived(&lane, &delivery),
            Ok(status) => simulator.failed(&lane, &delivery, &format!("the server answered {status}")),
            Err(error) => simulator.failed(&lane, &delivery, &error.to_string()),
        }
        for next in simulator.next(&lane) {
            match mine {
                None => mine = Some(next),
                Some(_) => simulator.spawn(deliver_boxed(simulator.clone(), Arc::clone(&lane), next)),
            }
        }
    }
}

/// The same as a new task: a future that starts itself must be boxed.
fn deliver_boxed(
    simulator: Simulator,
    lane: Arc<str>,
    delivery: Arc<Delivery>,
) -> std::pin::Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(deliver(simulator, lane, delivery))
}

/// One try; gives the status of the answer.
pub(crate) async fn post(simulator: &Simulator, body: Bytes) -> Result<u16, reqwest::Error> {
    let signature = signature::header(&simulator.inner.config.app_secret, &body);
    let answer = simulator
        .inner
        .http
        .post(simulator.inner.callback.clone())
        .header(CONTENT_TYPE, "application/json")
        .header("X-Hub-Signature-256", signature)
        .body(body)
        .send()
        .await?;
    let status = answer.status().as_u16();
    // A connection whose answer is not read to its end cannot be used again; what it says is not looked at.
    let _ = answer.bytes().await;
    Ok(status)
}
