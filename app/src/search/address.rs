//! Addresses of searches: `?q=` is what is looked for, `message=` the one a result leads to.

use charla_shared::id::{ConversationId, MessageId, WorkspaceId};
use leptos_router::params::ParamsMap;

/// The id of the field.
pub const FIELD: &str = "search-field";

/// What an address looks for; none when it does not search.
pub fn query_in(params: &ParamsMap) -> Option<String> {
    params.get_str("q").map(str::to_owned)
}

/// The present address with something else, or nothing, looked for.
pub fn searching(path: &str, mut params: ParamsMap, query: Option<&str>) -> String {
    params.remove("q");
    if let Some(query) = query {
        params.insert("q", query.to_owned());
    } else {
        params.remove("message");
    }
    format!("{path}{}", params.to_query_string())
}

/// Where a result leads. The search stays.
pub fn result(
    workspace: WorkspaceId,
    mut params: ParamsMap,
    query: &str,
    conversation: ConversationId,
    message: Option<MessageId>,
) -> String {
    params.remove("message");
    let message = message.map(|message| format!("&message={message}")).unwrap_or_default();
    let search = searching(&format!("/w/{workspace}/inbox/{conversation}"), params, Some(query));
    search + &message
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn params(pairs: &[(&'static str, &str)]) -> ParamsMap {
        pairs.iter().map(|(key, value)| (*key, (*value).to_owned())).collect()
    }

    #[test]
    fn a_search_is_in_the_address_beside_what_is_there() {
        let there = params(&[("filter", "unread"), ("q", "old")]);
        assert_eq!(searching("/w/1/inbox", there.clone(), Some("a b")), "/w/1/inbox?filter=unread&q=a%20b");
        assert_eq!(searching("/w/1/inbox", there, None), "/w/1/inbox?filter=unread");
        assert_eq!(query_in(&params(&[("q", "")])), Some(String::new()));
        assert_eq!(query_in(&params(&[])), None);
    }

    #[test]
    fn a_result_leads_to_its_message_and_keeps_the_search() {
        let id = uuid::uuid!("01890a5d-ac96-774b-bcce-b302099a8057");
        let to = result(id.into(), params(&[("message", "other")]), "x", id.into(), Some(id.into()));
        assert_eq!(to, format!("/w/{id}/inbox/{id}?q=x&message={id}"));
    }
}
