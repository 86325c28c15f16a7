//! Logs and traces. Never a secret, never a message's text; identifiers of requests, users and rows. A machine's line is
//! one JSON object: the event's fields at the top, those of the request it belongs to under `span`.

use anyhow::Context;
use opentelemetry::trace::TracerProvider;
use opentelemetry_otlp::WithExportConfig;
use opentelemetry_sdk::{Resource, trace::SdkTracerProvider};
use tracing_subscriber::{EnvFilter, Layer, fmt, layer::SubscriberExt, util::SubscriberInitExt};

use crate::settings::LogFormat;

/// What has to be sent before the program ends.
#[derive(Debug)]
pub(crate) struct Telemetry(Option<SdkTracerProvider>);

/// Starts logging to standard error, and, when a collector is named, sending traces to it (OTLP over HTTP, protobuf). Not
/// to be called within a runtime: the exporter has a thread and a blocking client of its own.
///
/// # Errors
/// When the collector's address makes no sense. One that does not answer costs the traces and nothing else.
pub(crate) fn init(format: LogFormat, directives: &str, collector: Option<&str>) -> anyhow::Result<Telemetry> {
    // The libraries below speak up only when something is wrong.
    let quiet = "sqlx=warn,hyper=warn,reqwest=warn,h2=warn,rustls=warn,tower_http=warn,opentelemetry=warn";
    let filter = EnvFilter::try_new(format!("{quiet},{directives}")).unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = fmt::layer().with_writer(std::io::stderr);
    let lines = match format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().flatten_event(true).with_span_list(false).boxed(),
    };
    let provider = collector.map(provider).transpose().context("CHARLA_OTLP_ENDPOINT")?;
    let traces =
        provider.as_ref().map(|provider| tracing_opentelemetry::layer().with_tracer(provider.tracer("charla")));
    // A second start changes nothing.
    let _ = tracing_subscriber::registry().with(filter).with(traces).with(lines).try_init();
    Ok(Telemetry(provider))
}

fn provider(collector: &str) -> anyhow::Result<SdkTracerProvider> {
    // The exporter's client needs one; the first that is installed stays.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let exporter = opentelemetry_otlp::SpanExporter::builder().with_http().with_endpoint(collector).build()?;
    let resource = Resource::builder().with_service_name("charla").build();
    Ok(SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build())
}

impl Telemetry {
    /// Sends what has not been sent.
    pub(crate) fn end(self) {
        if let Some(Err(error)) = self.0.map(|provider| provider.shutdown()) {
            tracing::warn!(%error, "the last traces could not be sent");
        }
    }
}
