//! Metrics: what is counted, under which names, and in which buckets. Names follow Prometheus' conventions; labels are
//! kinds and outcomes, never tenants, people or messages (their ids would be as many as there are, and nobody's business).
//!
//! Core counts with the names below wherever something happens; here they get their meaning. What is read rather than
//! counted (pools, queues, the process) is added when somebody asks, in [`crate::http`].

use std::sync::OnceLock;

use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

/// Upper bounds in seconds, from a lookup to the longest request there may be.
const SECONDS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];
/// Upper bounds of batches.
const BATCHES: &[f64] = &[1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0];

static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Starts counting, once per process. None when something else counts already.
pub(crate) fn start() -> Option<&'static PrometheusHandle> {
    HANDLE.get_or_init(install).as_ref()
}

fn install() -> Option<PrometheusHandle> {
    let recorder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), SECONDS)
        .and_then(|builder| builder.set_buckets_for_metric(Matcher::Suffix("_size".to_owned()), BATCHES))
        .map(PrometheusBuilder::build_recorder)
        .inspect_err(|error| tracing::error!(%error, "metrics are off"))
        .ok()?;
    let handle = recorder.handle();
    if let Err(error) = metrics::set_global_recorder(recorder) {
        tracing::error!(%error, "metrics are off");
        return None;
    }
    describe();
    Some(handle)
}

fn describe() {
    describe_counter!("charla_http_requests_total", Unit::Count, "Requests by route, method and class of status.");
    describe_histogram!(
        "charla_http_request_seconds",
        Unit::Seconds,
        "Time until an answer begins, by route and method."
    );
    describe_gauge!("charla_http_requests_in_flight", Unit::Count, "Requests whose answer has not begun.");
    describe_counter!(
        "charla_http_limited_total",
        Unit::Count,
        "Requests answered 429, by the limit that was reached."
    );
    describe_counter!("charla_http_timeouts_total", Unit::Count, "Requests answered 503 because they took too long.");
    describe_counter!(
        "charla_connections_refused_total",
        Unit::Count,
        "Connections answered 503 because there were too many."
    );
    describe_counter!("charla_ingest_deliveries_total", Unit::Count, "Webhook deliveries received, by outcome.");
    describe_histogram!("charla_ingest_seconds", Unit::Seconds, "Time until a delivery was committed.");
    describe_histogram!("charla_ingest_batch_size", Unit::Count, "Deliveries that were committed together.");
    describe_counter!(
        "charla_process_updates_total",
        Unit::Count,
        "Updates in deliveries given their effect, by kind."
    );
    describe_counter!(
        "charla_process_quarantined_total",
        Unit::Count,
        "Updates put aside because they could not be given their effect."
    );
    describe_histogram!("charla_process_seconds", Unit::Seconds, "Time for giving a batch of deliveries its effect.");
    describe_counter!("charla_sends_total", Unit::Count, "Attempts to hand a message to Meta, by outcome.");
    describe_histogram!("charla_send_seconds", Unit::Seconds, "Time until Meta answered an attempt.");
    describe_gauge!("charla_sends_in_flight", Unit::Count, "Attempts Meta has not answered yet.");
    describe_counter!("charla_jobs_total", Unit::Count, "Jobs that were run, by kind and outcome.");
    describe_histogram!("charla_job_seconds", Unit::Seconds, "Time for running a job, by kind.");
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    /// Names of metrics between `before` and `after` in a text.
    fn names(text: &str, before: char, after: char) -> BTreeSet<String> {
        let starts = text.match_indices("charla_").filter(|(at, _)| text[..*at].ends_with(before));
        let whole = starts.filter_map(|(at, _)| text[at..].split_once(after).map(|(name, _)| name));
        let plain = |name: &&str| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') && !name.ends_with('_');
        whole.filter(plain).map(str::to_owned).collect()
    }

    /// What the sources below this folder count, by the macros' names.
    fn counted(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).expect("sources") {
            let path = entry.expect("a source").path();
            if path.is_dir() {
                counted(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source");
                for call in ["counter!(", "gauge!(", "histogram!("] {
                    for (at, _) in text.match_indices(&format!("metrics::{call}")) {
                        let rest = text[at..].split_once('"').and_then(|(_, rest)| rest.split_once('"'));
                        found.extend(rest.map(|(name, _)| name.to_owned()));
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_counted_is_described_and_what_is_described_is_documented() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let described = names(include_str!("metrics.rs"), '"', '"');
        let mut in_sources = BTreeSet::new();
        counted(&here.join("src"), &mut in_sources);
        counted(&here.join("core/src"), &mut in_sources);
        in_sources.retain(|name| name.starts_with("charla_"));
        assert_eq!(in_sources, described);

        let told = &described | &names(include_str!("http/metrics.rs"), '"', '"');
        let manual = fs::read_to_string(here.join("../docs/OPERATING.md")).expect("the manual");
        let rows = manual.lines().filter(|line| line.starts_with("| `charla_"));
        let documented =
            names(&rows.map(|row| row.split('|').nth(1).unwrap_or_default()).collect::<String>(), '`', '`');
        assert_eq!(documented, told);
    }
}
