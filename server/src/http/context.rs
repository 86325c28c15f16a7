//! Who asks, in which language: found once per request, for pages, server functions, forms and sockets alike.

use std::net::IpAddr;

use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;
use charla_app::context::{Allowance, Entered, RequestContext};
use charla_core::{
    RequestInfo, SignedIn,
    accounts::{self, SessionToken},
};
use charla_shared::{account::Locale, problem::Problem};
use http::{HeaderMap, HeaderValue, Method, header};

use super::{Host, cookies, proofs::Known, respond};

/// The client's address: the connection's, or, behind a proxy that sets it, the last entry of X-Forwarded-For (the one
/// the proxy itself added; what is before it anybody can write).
#[must_use]
pub fn client_ip(headers: &HeaderMap, peer: Option<IpAddr>, behind_proxy: bool) -> String {
    let forwarded = headers.get_all("x-forwarded-for").iter().next_back().and_then(|value| value.to_str().ok());
    let claimed = forwarded.and_then(|list| list.rsplit(',').next()?.trim().parse::<IpAddr>().ok());
    claimed.filter(|_| behind_proxy).or(peer).map(|ip| ip.to_string()).unwrap_or_default()
}

/// Where the files of the site are, the same for everybody.
const FILES: [&str; 2] = ["/pkg/", "/messages/"];

/// Puts a [`RequestContext`] into the request, if its caller has not asked too much. Files need none.
pub(super) async fn provide(State(host): State<Host>, mut request: Request, next: Next) -> Response {
    if FILES.iter().any(|start| request.uri().path().starts_with(start)) {
        return next.run(request).await;
    }
    let jar = CookieJar::from_headers(request.headers());
    let wants_page = respond::wants_page(&request);
    let page = request.method() == Method::GET && wants_page;
    let info = request.extensions().get::<RequestInfo>().cloned();
    let info = info.unwrap_or_else(|| RequestInfo { id: String::new(), ip: String::new() });
    // What matches no route is a file, or the page that says there is none, which counts for itself.
    let counts = request.extensions().get::<MatchedPath>().is_some();
    let languages = request.headers().get(header::ACCEPT_LANGUAGE).cloned();
    let found = async {
        let session = cookies::session(&host, &jar);
        let stranger = session.is_none();
        if counts && stranger {
            host.limits.stranger(&info.ip)?;
        }
        let context = find(&host, info, session, languages, &jar).await?;
        if counts && !stranger {
            host.limits.caller(context.signed_in.as_ref(), &context.request.ip)?;
        }
        Ok::<_, Problem>(context)
    };
    let context = match found.await {
        Ok(context) => context,
        Err(problem) if wants_page => return respond::plain_page(&problem, request.method()),
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

async fn find(
    host: &Host,
    info: RequestInfo,
    session: Option<SessionToken>,
    languages: Option<HeaderValue>,
    jar: &CookieJar,
) -> Result<RequestContext, Problem> {
    let signed_in = match session {
        Some(token) => authenticate(host, &token, &info).await?,
        None => None,
    };
    // Somebody who is logged in proves that there is an account.
    let claimed = signed_in.is_some() || accounts::is_claimed(&host.core).await?;
    let accepted = languages.as_ref().and_then(|value| value.to_str().ok());
    let limits = host.limits.clone();
    Ok(RequestContext {
        core: host.core.clone(),
        allowance: Allowance::new(move |workspace| limits.workspace(workspace)),
        signed_in,
        entered: Entered::default(),
        request: info,
        locale: cookies::locale(jar).unwrap_or_else(|| Locale::negotiate(accepted.unwrap_or_default())),
        theme: cookies::theme(jar),
        density: cookies::density(jar),
        narrow_rail: cookies::narrow_rail(jar),
        panes: cookies::panes(jar),
        flash: cookies::flash(jar),
        development: !host.options.production,
        claimed,
    })
}

/// Who a cookie's token belongs to. A wrong one is a guess, unless it was wrong lately, too.
async fn authenticate(host: &Host, token: &SessionToken, info: &RequestInfo) -> Result<Option<SignedIn>, Problem> {
    let proofs = &host.limits.proofs;
    match proofs.session(token) {
        Some(Known::Wrong) => return Ok(None),
        Some(Known::Right) => {}
        None => proofs.may_guess(&info.ip)?,
    }
    match accounts::authenticate(&host.core, token, info).await {
        Ok(signed_in) => {
            proofs.remember(token, Known::Right);
            Ok(Some(signed_in))
        }
        Err(accounts::AccountError::NotSignedIn) => {
            proofs.remember(token, Known::Wrong);
            proofs.guessed_wrong(&info.ip).map(|()| None)
        }
        Err(error) => Err(error.into()),
    }
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
