//! How the inbox is divided between its panes: by browser. The page keeps it in a cookie, because the host has to draw
//! the next page so from the start: panes that jump into their place once the script is there would be seen.

use crate::ui::Widths;

/// How wide the list may be.
pub const LIST: Widths = Widths { least: 256, most: 480, usual: 352, share: 40 };
/// How wide the contact's pane may be.
pub const CONTACT: Widths = Widths { least: 240, most: 416, usual: 288, share: 28 };

/// The cookie.
pub const COOKIE: &str = "charla_panes";

const FOLDED: &str = "folded";

/// What somebody made of the panes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Panes {
    /// How wide the list is, in pixels; none while it is as usual.
    pub list: Option<i32>,
    /// How wide the contact's pane is, in pixels; none while it is as usual.
    pub contact: Option<i32>,
    /// Whether the contact's pane is folded away where there is room for it.
    pub folded: bool,
}

impl Panes {
    /// Reads a cookie or an attribute. Whatever else stands there means nothing; widths are brought within their
    /// limits.
    #[must_use]
    pub fn read(written: &str) -> Self {
        let mut panes = Self::default();
        let width = |written: &str, widths: Widths| {
            written.parse::<i32>().ok().map(|width| width.clamp(widths.least, widths.most))
        };
        for word in written.split(['.', ' ']) {
            match word.split_once('-') {
                Some(("list", written)) => panes.list = width(written, LIST),
                Some(("contact", written)) => panes.contact = width(written, CONTACT),
                None if word == FOLDED => panes.folded = true,
                _ => {}
            }
        }
        panes
    }

    /// The value of the cookie.
    #[must_use]
    pub fn cookie(self) -> String {
        self.words().join(".")
    }

    /// The value of the document's attribute, words that the style sheet may ask for; none while all is as usual.
    #[must_use]
    pub fn attribute(self) -> Option<String> {
        let words = self.words();
        (!words.is_empty()).then(|| words.join(" "))
    }

    /// The custom properties of the style sheet, each with its width in pixels; none is as usual.
    #[must_use]
    pub const fn properties(self) -> [(&'static str, Option<i32>); 2] {
        [("--pane-list", self.list), ("--pane-contact", self.contact)]
    }

    /// The rule for the head of the document. Its policy allows no `style` attributes, but style elements with its
    /// nonce.
    #[must_use]
    pub fn rule(self) -> Option<String> {
        let set = |(name, width): (&str, Option<i32>)| Some(format!("{name}:{}px;", width?));
        let set: String = self.properties().into_iter().filter_map(set).collect();
        (!set.is_empty()).then(|| format!(":root{{{set}}}"))
    }

    fn words(self) -> Vec<String> {
        let list = self.list.map(|width| format!("list-{width}"));
        let contact = self.contact.map(|width| format!("contact-{width}"));
        list.into_iter().chain(contact).chain(self.folded.then(|| FOLDED.to_owned())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let all = Panes { list: Some(300), contact: Some(250), folded: true };
        for panes in [Panes::default(), all, Panes { folded: true, ..Panes::default() }, Panes { list: None, ..all }] {
            assert_eq!(Panes::read(&panes.cookie()), panes);
            assert_eq!(Panes::read(&panes.attribute().unwrap_or_default()), panes);
        }
        assert_eq!(all.attribute().as_deref(), Some("list-300 contact-250 folded"));
        assert_eq!(Panes::default().attribute(), None);
    }

    #[test]
    fn whatever_a_cookie_holds_the_panes_keep_their_limits() {
        assert_eq!(Panes::read("list-99999.contact--5").list, Some(LIST.most));
        assert_eq!(Panes::read("list-99999.contact--5").contact, Some(CONTACT.least));
        for nonsense in ["", ".", "list", "list-", "list-1px", "list-99999999999", "</style><script>", "unfolded"] {
            assert_eq!(Panes::read(nonsense), Panes::default(), "{nonsense}");
        }
    }

    #[test]
    fn the_rule_sets_what_is_not_as_usual() {
        assert_eq!(Panes { list: Some(300), ..Panes::default() }.rule().as_deref(), Some(":root{--pane-list:300px;}"));
        assert_eq!(Panes { folded: true, ..Panes::default() }.rule(), None);
    }
}
