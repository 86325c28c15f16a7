//! `GET /metrics` for Prometheus (row K1): what was counted ([`crate::metrics`]), and what is read on the spot.
//!
//! The numbers say how busy an installation is, so they are for its operator: with a token if one is set. Without one only
//! in development, and only from the machine itself: not through a proxy, behind which everybody seems to come from there,
//! and under no name but the machine's own for itself, which a page elsewhere cannot make a browser say.

use std::{
    fmt::Write,
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use axum::{
    extract::{ConnectInfo, Request, State},
    response::{IntoResponse, Response},
};
use charla_shared::problem::{Problem, ProblemKind};
use http::{HeaderMap, header};
use secrecy::ExposeSecret;
use subtle::ConstantTimeEq;

use super::{Host, process::Process, respond};

/// How old what is read from the database may be.
const FRESH: Duration = Duration::from_secs(5);

/// Everything there is to know, in Prometheus' text format 0.0.4.
pub(super) async fn show(State(host): State<Host>, request: Request) -> Response {
    if let Err(problem) = admit(&host, &request) {
        return respond::problem(&problem);
    }
    let counted = crate::metrics::start().map(metrics_exporter_prometheus::PrometheusHandle::render);
    let mut text = Text(counted.unwrap_or_default());
    of_this_process(&host, &mut text);
    of_the_installation(&host, &mut text).await;
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text.0).into_response()
}

/// Whether whoever asks may see what is for the operator, where others are served, too. A wrong token is a guess.
pub(super) fn sees(host: &Host, request: &Request, ip: &str) -> bool {
    let guess = host.options.metrics_token.is_some() && request.headers().contains_key(header::AUTHORIZATION);
    if guess && host.limits.proofs.may_guess(ip).is_err() {
        return false;
    }
    let admitted = admit(host, request).is_ok();
    if guess && !admitted {
        // Health is answered all the same; the bucket remembers.
        let _ = host.limits.proofs.guessed_wrong(ip);
    }
    admitted
}

fn admit(host: &Host, request: &Request) -> Result<(), Problem> {
    if let Some(token) = &host.options.metrics_token {
        let header = request.headers().get(header::AUTHORIZATION).map(http::HeaderValue::as_bytes).unwrap_or_default();
        let given = header.strip_prefix(b"Bearer ").unwrap_or_default();
        if given.ct_eq(token.expose_secret().as_bytes()).into() {
            return Ok(());
        }
        let message = "Metrics need the token of this installation (CHARLA_METRICS_TOKEN) as a Bearer token.";
        return Err(Problem::new(ProblemKind::Unauthenticated, "metrics.token", message));
    }
    if host.options.production {
        let message = "Metrics are closed until this installation has a token for them (CHARLA_METRICS_TOKEN).";
        return Err(Problem::new(ProblemKind::Forbidden, "metrics.closed", message));
    }
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
    let local = peer.is_some_and(|ip| ip.is_loopback()) && is_asked_for_itself(request.headers());
    if local && !host.options.behind_proxy && !came_by_proxy(request.headers()) {
        return Ok(());
    }
    let message = "Metrics are for this machine alone unless CHARLA_METRICS_TOKEN is set.";
    Err(Problem::new(ProblemKind::Forbidden, "metrics.closed", message))
}

/// Whether the name that was asked for is one a machine has for itself.
fn is_asked_for_itself(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(header::HOST).and_then(|value| value.to_str().ok()) else { return false };
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
    let name = name.map_or(host, |(name, _)| name);
    let address = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    name.eq_ignore_ascii_case("localhost") || address.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn came_by_proxy(headers: &HeaderMap) -> bool {
    ["x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via"]
        .iter()
        .any(|name| headers.contains_key(*name))
}

/// Prometheus' text format. Names, labels and values are ours and need no escaping.
struct Text(String);

impl Text {
    fn metric(&mut self, kind: &str, name: &str, help: &str, values: &[(&str, f64)]) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
        for (labels, value) in values {
            let _ = writeln!(self.0, "{name}{labels} {value}");
        }
    }

    fn gauge(&mut self, name: &str, help: &str, value: f64) {
        self.metric("gauge", name, help, &[("", value)]);
    }
}

fn of_this_process(host: &Host, text: &mut Text) {
    let version = format!("{{version=\"{}\"}}", env!("CARGO_PKG_VERSION"));
    text.metric("gauge", "charla_build_info", "The version that runs; always 1.", &[(&version, 1.0)]);
    text.gauge(
        "charla_connections_open",
        "Open HTTP connections, live readers not included.",
        count(host.connections.len()),
    );
    text.gauge("charla_sockets_open", "Live readers (/ws).", count(host.sockets.len()));
    text.gauge("charla_stopping", "1 after the signal to stop.", f64::from(u8::from(host.draining.is_cancelled())));
    let pools = host.core.database.pool_sizes();
    let by_pool = |value: fn(u32, usize) -> f64| {
        pools.map(|(name, open, idle)| (format!("{{pool=\"{name}\"}}"), value(open, idle)))
    };
    for (name, help, values) in [
        ("charla_pool_connections", "Open connections to the database.", by_pool(|open, _| f64::from(open))),
        ("charla_pool_connections_idle", "Those of them that nobody uses.", by_pool(|_, idle| count(idle))),
    ] {
        let values: Vec<_> = values.iter().map(|(labels, value)| (labels.as_str(), *value)).collect();
        text.metric("gauge", name, help, &values);
    }
    let started = host.started.as_duration().as_secs_f64();
    text.gauge("process_start_time_seconds", "When the process started, in seconds since 1970.", started);
    // Where the system does not say (it is not Linux), nothing is said.
    if let Some(process) = Process::read() {
        text.metric("counter", "process_cpu_seconds_total", "Processor time used.", &[("", process.cpu_seconds)]);
        text.gauge("process_resident_memory_bytes", "Memory in use.", process.resident_bytes);
        text.gauge("process_open_fds", "Open files and sockets.", process.open_files);
        text.gauge("process_max_fds", "Most open files and sockets there may be.", process.most_files);
    }
}

async fn of_the_installation(host: &Host, text: &mut Text) {
    let look = host.watch.look(&host.core, FRESH).await;
    text.gauge("charla_database_up", "1 when the database answers.", f64::from(u8::from(look.database)));
    let Some(backlog) = look.backlog else { return };
    let jobs = [
        ("{state=\"waiting\"}", count(backlog.jobs_waiting)),
        ("{state=\"running\"}", count(backlog.jobs_running)),
        ("{state=\"dead\"}", count(backlog.jobs_dead)),
    ];
    text.metric("gauge", "charla_jobs", "Jobs by state, counted up to 100,000.", &jobs);
    for (name, help, value) in [
        (
            "charla_deliveries_waiting",
            "Deliveries without their effect yet, counted up to 100,000.",
            count(backlog.deliveries_waiting),
        ),
        ("charla_deliveries_lag_seconds", "Age of the oldest of them.", backlog.deliveries_lag_seconds),
        (
            "charla_outbox_waiting",
            "Messages on their way to Meta, counted up to 100,000.",
            count(backlog.outbox_waiting),
        ),
        (
            "charla_outbox_lag_seconds",
            "How long the longest overdue message has waited that somebody waits for.",
            backlog.outbox_lag_seconds,
        ),
        ("charla_jobs_lag_seconds", "How long the longest overdue job has waited.", backlog.jobs_lag_seconds),
        ("charla_channels_stopped", "Numbers for which Meta refuses everything.", count(backlog.channels_stopped)),
    ] {
        text.gauge(name, help, value);
    }
}

/// A count as Prometheus has it.
fn count(number: impl TryInto<u32>) -> f64 {
    number.try_into().map_or(f64::MAX, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_of_the_machine_for_itself_is_local() {
        let local = |host: &str| {
            is_asked_for_itself(&HeaderMap::from_iter([(header::HOST, host.parse().expect("a header's value"))]))
        };
        for host in ["localhost", "LOCALHOST:8080", "127.0.0.1:8080", "127.0.0.1", "[::1]:8080", "[::1]"] {
            assert!(local(host), "{host}");
        }
        for host in ["charla.example", "localhost.evil.example", "10.0.0.1:8080", "127.0.0.1.nip.io:80", ""] {
            assert!(!local(host), "{host}");
        }
        assert!(!is_asked_for_itself(&HeaderMap::new()));
    }
}
