//! The end of a request that gets nowhere: while the database hangs, or one of its statements does, people are told so
//! within ten seconds (gate F5). The limit is for the time until the answer begins; what is streamed, and a live reader
//! that has taken its connection over, may take as long as they like.

use std::time::Duration;

use axum::{extract::Request, middleware::Next, response::Response};
use charla_shared::problem::{Problem, ProblemKind};
use tokio::time::timeout;

use super::respond;

/// Longer than the wait for a connection to the database (8 s), which has a better explanation.
const LIMIT: Duration = Duration::from_secs(9);

pub(super) async fn answer(request: Request, next: Next) -> Response {
    let page = respond::wants_page(&request);
    if let Ok(response) = timeout(LIMIT, next.run(request)).await {
        return response;
    }
    metrics::counter!("charla_http_timeouts_total").increment(1);
    tracing::warn!("a request took too long");
    // The database may have got as far as the commit when we stopped listening.
    let message = "This takes too long. Look whether it was done before you try it again.";
    let problem = Problem { retry_after: Some(5), ..Problem::new(ProblemKind::Unavailable, "timeout", message) };
    if page { respond::plain_page(&problem) } else { respond::problem(&problem) }
}
