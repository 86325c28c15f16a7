//! The address says which reason is looked at, and from where on: pages are links, and "back" goes back.

use charla_shared::quarantine::{QuarantineCursor, Reason};
use leptos_router::params::ParamsMap;

/// The page's address, of every reason.
pub const ALL: &str = "/operations/quarantine";

/// What is on screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// Of this reason only.
    pub reason: Option<Reason>,
    /// Older than this update.
    pub after: Option<QuarantineCursor>,
}

impl Place {
    /// What an address names; anything unknown shows all.
    pub fn of(query: &ParamsMap) -> Self {
        Self {
            reason: query.get_str("reason").and_then(|reason| reason.parse().ok()),
            after: query.get_str("after").and_then(|after| after.parse().ok()),
        }
    }

    /// The address. Nothing in it needs escaping.
    pub fn address(&self) -> String {
        let reason = self.reason.as_ref().map(|reason| format!("reason={reason}"));
        let after = self.after.map(|after| format!("after={after}"));
        let query = [reason, after].into_iter().flatten().collect::<Vec<_>>().join("&");
        if query.is_empty() { ALL.to_owned() } else { format!("{ALL}?{query}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_says_what_is_on_screen() {
        assert_eq!(Place::default().address(), ALL);
        let after = "1795251900123456.01890a5d-ac96-774b-bcce-b302099a8057.7";
        let place = Place { reason: "unknown_number".parse().ok(), after: after.parse().ok() };
        assert_eq!(place.address(), format!("{ALL}?reason=unknown_number&after={after}"));
        let query = [("reason".to_owned(), "unknown_number".to_owned()), ("after".to_owned(), after.to_owned())];
        assert_eq!(Place::of(&query.into_iter().collect()), place);
        let nonsense = [("reason".to_owned(), "Not a reason".to_owned())];
        assert_eq!(Place::of(&nonsense.into_iter().collect()), Place::default());
    }
}
