//! Answers to programs: problems as JSON in the envelope of DESIGN rule 6.

use axum::{
    Json,
    body::Body,
    response::{IntoResponse, Response},
};
use charla_shared::problem::{Problem, ProblemKind};
use http::{HeaderValue, Method, StatusCode, header};
use serde_json::json;

/// A problem as an HTTP answer. One body for two readers: programs find the envelope, and the pages' server functions
/// the [`Problem`] itself, whose fields stand beside it.
pub(super) fn problem(problem: &Problem) -> Response {
    let body = json!({
        "success": false,
        "error": problem.message,
        "kind": problem.kind,
        "code": problem.code,
        "message": problem.message,
        "details": problem.details,
        "retry_after": problem.retry_after,
        "timestamp": jiff::Timestamp::now(),
    });
    let status = StatusCode::from_u16(problem.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Json(body)).into_response();
    if let Some(seconds) = problem.retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// Whether this asks for something to look at, rather than for data.
pub(super) fn wants_page<B>(request: &http::Request<B>) -> bool {
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// A page for when there is no way to make a real one (the database is away, too many requests): plain. Where nothing was to
/// be changed it tries again by itself; after a form, it leads back.
pub(super) fn plain_page(problem: &Problem, method: &Method) -> Response {
    let status = StatusCode::from_u16(problem.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let seconds = problem.retry_after.unwrap_or(5);
    let (again, back) = if method.is_safe() {
        (format!("<meta http-equiv=refresh content={seconds}>"), "")
    } else {
        // The form's own address may have no page.
        (String::new(), "<p><a href=\"/\">Charla</a>")
    };
    // The message is ours and holds no markup.
    let body = format!(
        "<!DOCTYPE html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
         {again}<title>Charla</title><main><h1>Charla</h1><p>{}</p>{back}</main></html>",
        problem.message
    );
    let mut response = (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

/// A defect that panicked: the same answer as any other defect.
pub(super) fn after_panic(_: Box<dyn std::any::Any + Send + 'static>) -> http::Response<Body> {
    tracing::error!("a handler panicked");
    problem(&Problem::new(
        ProblemKind::Internal,
        "internal",
        "Something went wrong on our side. Look whether it was done before you try it again.",
    ))
}

#[cfg(test)]
pub(super) mod tests {
    use charla_app::failure::Failure;
    use leptos::server_fn::error::FromServerFnError;

    use super::*;

    /// What a page makes of an answer to one of its server functions.
    pub(in crate::http) async fn read_by_a_page(response: Response) -> Problem {
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        Failure::de(body).0
    }

    async fn page(method: Method) -> String {
        let response = plain_page(&Problem::new(ProblemKind::Unavailable, "unavailable", "Away."), &method);
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        String::from_utf8(body.to_vec()).expect("text")
    }

    #[tokio::test]
    async fn only_what_changes_nothing_is_tried_again_by_itself() {
        assert!(page(Method::GET).await.contains("http-equiv=refresh"));
        let after_a_form = page(Method::POST).await;
        assert!(!after_a_form.contains("refresh") && after_a_form.contains("href=\"/\""), "{after_a_form}");
    }

    #[tokio::test]
    async fn a_page_reads_a_refusal_that_came_before_its_server_function() {
        let mut refusal = Problem::new(ProblemKind::Throttled, "rate_limited", "Wait 3 seconds.");
        refusal.retry_after = Some(3);
        refusal.details.insert("field".to_owned(), "why".to_owned());
        assert_eq!(read_by_a_page(problem(&refusal)).await, refusal);
        let plain = Problem::new(ProblemKind::Internal, "internal", "Look.");
        assert_eq!(read_by_a_page(problem(&plain)).await, plain);
    }
}
