//! Outgoing HTTP, handed in so that a test can be the other end.

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;

/// Most bytes read of an answer; Graph's are a few kilobytes, media are fetched elsewhere.
const ANSWER_LIMIT: usize = 4 * 1024 * 1024;

/// A request.
#[derive(Debug, Clone)]
pub struct HttpRequest {
    /// The method.
    pub method: http::Method,
    /// The whole address.
    pub url: String,
    /// Bearer token, if any; kept out of `headers` so that it is never printed.
    pub token: Option<secrecy::SecretString>,
    /// The media type of the body.
    pub content_type: &'static str,
    /// The body.
    pub body: Bytes,
}

impl HttpRequest {
    /// A request with a JSON body.
    #[must_use]
    pub fn json(method: http::Method, url: impl Into<String>, body: &impl serde::Serialize) -> Self {
        // Fails only for maps whose keys are not strings; ours are structs and JSON values.
        let body = serde_json::to_vec(body).unwrap_or_default().into();
        Self { method, url: url.into(), token: None, content_type: "application/json", body }
    }

    /// A request without a body.
    #[must_use]
    pub fn get(url: impl Into<String>) -> Self {
        Self { method: http::Method::GET, url: url.into(), token: None, content_type: "", body: Bytes::new() }
    }
}

/// An answer.
#[derive(Debug, Clone)]
pub struct HttpResponse {
    /// The status.
    pub status: u16,
    /// The body, whole.
    pub body: Bytes,
}

/// No answer came.
#[derive(Debug, Clone, thiserror::Error)]
pub enum TransportError {
    /// Nothing was written: the name does not resolve, the connection or TLS failed.
    #[error("not sent: {0}")]
    NotSent(String),
    /// The request may have arrived, the answer did not.
    #[error("the answer was lost: {0}")]
    Lost(String),
}

/// Sends requests.
#[async_trait]
pub trait HttpTransport: Send + Sync {
    /// Sends one and reads its answer whole.
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError>;
}

/// Real HTTP, with TLS by rustls and ring; redirects are not followed.
#[derive(Debug, Clone)]
pub struct ReqwestTransport(reqwest::Client);

impl ReqwestTransport {
    /// With this limit on the whole exchange.
    pub fn new(timeout: Duration) -> Result<Self, reqwest::Error> {
        // A second installation of a provider is refused; the first is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(5).min(timeout))
            .timeout(timeout)
            .build()?;
        Ok(Self(client))
    }
}

/// The error with its causes: the first words alone do not tell a name that does not resolve from a certificate that is
/// not trusted. Without the address, which may hold a token.
fn describe(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut words = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(next) = cause {
        words = format!("{words}: {next}");
        cause = next.source();
    }
    words
}

#[async_trait]
impl HttpTransport for ReqwestTransport {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let mut builder = self.0.request(request.method, &request.url);
        if let Some(token) = &request.token {
            builder = builder.bearer_auth(secrecy::ExposeSecret::expose_secret(token));
        }
        if !request.content_type.is_empty() {
            builder = builder.header(http::header::CONTENT_TYPE, request.content_type).body(request.body);
        }
        let mut response = builder.send().await.map_err(|error| {
            if error.is_connect() || error.is_builder() {
                TransportError::NotSent(describe(error))
            } else {
                TransportError::Lost(describe(error))
            }
        })?;
        let status = response.status().as_u16();
        let mut body = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() <= ANSWER_LIMIT => body.extend_from_slice(&chunk),
                Ok(Some(_)) => return Err(TransportError::Lost("the answer is too long".to_owned())),
                Ok(None) => return Ok(HttpResponse { status, body: body.into() }),
                Err(error) => return Err(TransportError::Lost(describe(error))),
            }
        }
    }
}
