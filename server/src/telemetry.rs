//! Logs. Never a secret, never a message's text; identifiers of requests, users and rows. A machine's line is one JSON
//! object: the event's fields at the top, those of the request it belongs to under `span`.

use tracing_subscriber::{EnvFilter, fmt};

use crate::settings::LogFormat;

/// Starts logging to standard error. A second start changes nothing.
pub(crate) fn init(format: LogFormat, directives: &str) {
    // The libraries below speak up only when something is wrong.
    let quiet = "sqlx=warn,hyper=warn,reqwest=warn,h2=warn,rustls=warn,tower_http=warn";
    let filter = EnvFilter::try_new(format!("{quiet},{directives}")).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let _ = match format {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().flatten_event(true).with_span_list(false).try_init(),
    };
}
