//! The end of a request that gets nowhere: while the database hangs, or one of its statements does, people are told so
//! within ten seconds (gate F5). The limit is for the time until the answer begins; what is streamed, and a live reader
//! that has taken its connection over, may take as long as they like.

use std::time::Duration;

use axum::{extract::Request, middleware::Next, response::Response};
use charla_core::channels;
use charla_shared::problem::{Problem, ProblemKind};
use tokio::time::timeout;

use super::respond;

/// Longer than the wait for a connection to the database (8 s), which has a better explanation.
const LIMIT: Duration = Duration::from_secs(9);
// Meta's refusal has a better explanation, too, and a word left to store what it confirmed.
const _: () = assert!(channels::PATIENCE.as_secs() + 2 <= LIMIT.as_secs());

pub(super) async fn answer(request: Request, next: Next) -> Response {
    within(LIMIT, request, next).await
}

async fn within(limit: Duration, request: Request, next: Next) -> Response {
    let (page, method) = (respond::wants_page(&request), request.method().clone());
    if let Ok(response) = timeout(limit, next.run(request)).await {
        return response;
    }
    metrics::counter!("charla_http_timeouts_total").increment(1);
    tracing::warn!("a request took too long");
    // The database may have got as far as the commit when we stopped listening.
    let message = "This takes too long. Look whether it was done before you try it again.";
    let problem = Problem { retry_after: Some(5), ..Problem::new(ProblemKind::Unavailable, "timeout", message) };
    if page { respond::plain_page(&problem, &method) } else { respond::problem(&problem) }
}

#[cfg(test)]
mod tests {
    use axum::{Router, middleware::from_fn, routing::post};
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn a_page_is_told_that_its_change_may_have_been_made() {
        let app = Router::new()
            .route("/fn/slow", post(std::future::pending::<&str>))
            .layer(from_fn(|request, next| within(Duration::from_millis(1), request, next)));
        let response = app
            .oneshot(Request::post("/fn/slow").body(axum::body::Body::empty()).expect("a request"))
            .await
            .unwrap_or_else(|never| match never {});
        assert_eq!((response.status().as_u16(), &response.headers()["retry-after"] == "5"), (503, true));
        let problem = respond::tests::read_by_a_page(response).await;
        assert_eq!((problem.kind, problem.code.as_str()), (ProblemKind::Unavailable, "timeout"));
        assert!(!problem.message.contains("Nothing was changed"), "{problem}");
    }
}
