//! Which page a person is led to: an unclaimed installation to its first account, strangers to the log-in, those who
//! are logged in past it. What they may see on a page is core's to say; this only saves them detours.

use std::collections::HashMap;

use axum::{
    extract::{Query, Request, State},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use charla_app::context::RequestContext;
use charla_core::accounts;
use charla_shared::{address, problem::Problem};
use http::Method;

use super::{Host, respond};

pub(super) async fn guard(State(host): State<Host>, request: Request, next: Next) -> Response {
    let Some(context) = request.extensions().get::<RequestContext>() else { return next.run(request).await };
    if request.method() != Method::GET {
        return next.run(request).await;
    }
    let path = request.uri().path().to_owned();
    let (signed_in, claimed) = (context.signed_in.clone(), context.claimed);
    let to = match path.as_str() {
        "/" | "/login" | "/register" | "/welcome" if !claimed => (path != "/welcome").then(|| "/welcome".to_owned()),
        "/login" if signed_in.is_some() && wanted(&request).is_some() => wanted(&request),
        "/" | "/login" | "/register" | "/welcome" => match signed_in {
            Some(signed_in) => match accounts::me(&host.core, &signed_in).await {
                Ok(me) => {
                    Some(me.workspaces.first().map_or("/workspaces".to_owned(), |w| format!("/w/{}/inbox", w.id)))
                }
                Err(error) => return respond::plain_page(&Problem::from(error), request.method()),
            },
            None => (path != "/login").then(|| "/login".to_owned()),
        },
        _ if signed_in.is_none() && needs_login(&path) => {
            let here = request.uri().path_and_query().map_or(path.as_str(), |p| p.as_str());
            Some(address::log_in(here))
        }
        _ => None,
    };
    match to {
        Some(to) => Redirect::to(&to).into_response(),
        None => next.run(request).await,
    }
}

/// Where somebody was on their way to when they were asked to log in; another tab of theirs may have done so since.
fn wanted(request: &Request) -> Option<String> {
    let query: Query<HashMap<String, String>> = Query::try_from_uri(request.uri()).ok()?;
    let next = local_path(query.get("next").map(String::as_str));
    (needs_login(next)).then(|| next.to_owned())
}

fn needs_login(path: &str) -> bool {
    ["/w/", "/account", "/workspaces", "/operations"].iter().any(|start| path.starts_with(start))
}

/// A path of ours to go on to, or the start page: never somebody else's site.
pub(super) fn local_path(next: Option<&str>) -> &str {
    match next {
        Some(next)
            if next.starts_with('/')
                && !next.starts_with("//")
                && !next.starts_with("/\\")
                && !next.contains(|c: char| c.is_control() || c == '\\') =>
        {
            next
        }
        _ => "/",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_to_another_site() {
        assert_eq!(local_path(Some("/w/1/inbox?filter=unread")), "/w/1/inbox?filter=unread");
        for elsewhere in
            ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", "/a\nb", "/a\\b"]
        {
            assert_eq!(local_path(Some(elsewhere)), "/", "{elsewhere}");
        }
        assert_eq!(local_path(None), "/");
    }
}
