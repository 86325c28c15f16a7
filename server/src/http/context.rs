//! Who asks, in which language: found once per request, for pages, server functions, forms and sockets alike.

use std::net::IpAddr;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;
use charla_app::context::RequestContext;
use charla_core::{RequestInfo, accounts};
use charla_shared::{account::Locale, problem::Problem};
use http::{HeaderMap, HeaderValue, Method, header};

use super::{Host, cookies, respond};

/// The client's address: the connection's, or, behind a proxy that sets it, the last entry of X-Forwarded-For (the one
/// the proxy itself added; what is before it anybody can write).
#[must_use]
pub fn client_ip(headers: &HeaderMap, peer: Option<IpAddr>, behind_proxy: bool) -> String {
    let forwarded = headers.get_all("x-forwarded-for").iter().next_back().and_then(|value| value.to_str().ok());
    let claimed = forwarded.and_then(|list| list.rsplit(',').next()?.trim().parse::<IpAddr>().ok());
    claimed.filter(|_| behind_proxy).or(peer).map(|ip| ip.to_string()).unwrap_or_default()
}

/// Puts a [`RequestContext`] into the request. Files need none.
pub(super) async fn provide(State(host): State<Host>, mut request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/pkg/") {
        return next.run(request).await;
    }
    let jar = CookieJar::from_headers(request.headers());
    let page = request.method() == Method::GET && wants_html(request.headers());
    let info = request.extensions().get::<RequestInfo>().cloned();
    let context = match find(&host, info, request.headers().get(header::ACCEPT_LANGUAGE).cloned(), &jar).await {
        Ok(context) => context,
        Err(problem) if page => return respond::plain_page(&problem),
        Err(problem) => return respond::problem(&problem),
    };
    let shown = page && context.flash.is_some();
    request.extensions_mut().insert(context);
    let response = next.run(request).await;
    if shown && !response.status().is_redirection() {
        return (cookies::without_flash(&host, jar), response).into_response();
    }
    response
}

fn wants_html(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}

async fn find(
    host: &Host,
    info: Option<RequestInfo>,
    languages: Option<HeaderValue>,
    jar: &CookieJar,
) -> Result<RequestContext, Problem> {
    let info = info.unwrap_or_else(|| RequestInfo { id: String::new(), ip: String::new() });
    let signed_in = match cookies::session(host, jar) {
        Some(token) => match accounts::authenticate(&host.core, &token, &info).await {
            Ok(signed_in) => Some(signed_in),
            Err(accounts::AccountError::NotSignedIn) => None,
            Err(error) => return Err(error.into()),
        },
        None => None,
    };
    // Somebody who is logged in proves that there is an account.
    let claimed = signed_in.is_some() || accounts::is_claimed(&host.core).await?;
    let accepted = languages.as_ref().and_then(|value| value.to_str().ok());
    Ok(RequestContext {
        core: host.core.clone(),
        signed_in,
        request: info,
        locale: cookies::locale(jar).unwrap_or_else(|| Locale::negotiate(accepted.unwrap_or_default())),
        theme: cookies::theme(jar),
        flash: cookies::flash(jar),
        development: !host.options.production,
        claimed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_trusted_proxy_may_name_the_client() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "6.6.6.6, 203.0.113.9".parse().expect("valid"));
        let peer = Some("127.0.0.1".parse().expect("valid"));
        assert_eq!(client_ip(&headers, peer, false), "127.0.0.1");
        assert_eq!(client_ip(&headers, peer, true), "203.0.113.9");
        headers.insert("x-forwarded-for", "nonsense".parse().expect("valid"));
        assert_eq!(client_ip(&headers, peer, true), "127.0.0.1");
    }
}
