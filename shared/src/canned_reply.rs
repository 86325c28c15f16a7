//! Canned replies: texts that are written once and used often, with variables in them.
//!
//! A variable is `{{contact.first_name}}`, or `{{contact.first_name|friend}}` with what stands there when the value is
//! missing. What is put in is never read again: a contact who calls himself `{{member.name}}` is called just that.

use std::collections::BTreeSet;

use garde::Validate;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{id::CannedReplyId, message::body_rule, text};

/// Longest shortcut, in characters.
pub const SHORTCUT_MAX: usize = 50;

/// The most canned replies of a workspace: all of them are offered while somebody writes.
pub const REPLIES_MAX: usize = 1_000;

/// A value that a canned reply may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Variable {
    /// The contact's name.
    ContactName,
    /// The first word of it.
    ContactFirstName,
    /// The contact's number.
    ContactPhone,
    /// Who writes.
    MemberName,
    /// The workspace.
    WorkspaceName,
}

impl Variable {
    /// Every variable, in the order they are offered.
    pub const ALL: &'static [Self] =
        &[Self::ContactName, Self::ContactFirstName, Self::ContactPhone, Self::MemberName, Self::WorkspaceName];

    /// As written between the brackets.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ContactName => "contact.name",
            Self::ContactFirstName => "contact.first_name",
            Self::ContactPhone => "contact.phone",
            Self::MemberName => "member.name",
            Self::WorkspaceName => "workspace.name",
        }
    }

    /// The variable of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|variable| variable.name() == name)
    }
}

/// What variables stand for in one conversation. What is missing is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values {
    /// The contact's name.
    pub contact_name: String,
    /// The contact's number, as far as the member may see it.
    pub contact_phone: String,
    /// The member who writes.
    pub member_name: String,
    /// The workspace.
    pub workspace_name: String,
}

impl Values {
    fn of(&self, variable: Variable) -> &str {
        match variable {
            Variable::ContactName => &self.contact_name,
            Variable::ContactFirstName => self.contact_name.split_whitespace().next().unwrap_or_default(),
            Variable::ContactPhone => &self.contact_phone,
            Variable::MemberName => &self.member_name,
            Variable::WorkspaceName => &self.workspace_name,
        }
    }
}

/// A piece of a canned reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words as they are.
    Words(&'a str),
    /// A variable, known or not, with what stands in for it.
    Variable {
        /// Its name, without blanks around it.
        name: &'a str,
        /// What is put there when the value is missing.
        fallback: &'a str,
    },
}

/// Cuts a canned reply into words and variables. Brackets that enclose no variable are words.
#[must_use]
pub fn pieces(body: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = body;
    while let Some((start, end, name, fallback)) = next_variable(rest) {
        if start > 0 {
            pieces.push(Piece::Words(&rest[..start]));
        }
        pieces.push(Piece::Variable { name, fallback });
        rest = &rest[end..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest));
    }
    pieces
}

/// The first variable: where it begins and ends, its name and what stands in for it.
fn next_variable(text: &str) -> Option<(usize, usize, &str, &str)> {
    let mut from = 0;
    loop {
        let close = from + text[from..].find("}}")?;
        // The innermost brackets: what stands before them is words.
        if let Some(open) = text[from..close].rfind("{{").map(|open| from + open) {
            let inside = &text[open + 2..close];
            let (name, fallback) = inside.split_once('|').unwrap_or((inside, ""));
            let name = name.trim();
            if !name.is_empty() && !name.contains(['{', '}', '\n']) {
                return Some((open, close + 2, name, fallback.trim()));
            }
        }
        from = close + 2;
    }
}

/// The names in it that are no variables, each once.
#[must_use]
pub fn unknown(body: &str) -> BTreeSet<&str> {
    pieces(body)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Variable { name, .. } if Variable::from_name(name).is_none() => Some(name),
            _ => None,
        })
        .collect()
}

/// The text to be sent. Unknown variables are taken for missing ones.
#[must_use]
pub fn expand(body: &str, values: &Values) -> String {
    pieces(body)
        .into_iter()
        .map(|piece| match piece {
            Piece::Words(words) => words,
            Piece::Variable { name, fallback } => {
                let value = Variable::from_name(name).map(|variable| values.of(variable)).unwrap_or_default();
                if value.is_empty() { fallback } else { value }
            }
        })
        .collect()
}

/// A canned reply as members see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CannedReplyView {
    /// Which.
    pub id: CannedReplyId,
    /// What calls it up, without the slash.
    pub shortcut: String,
    /// Its text, with its variables.
    pub body: String,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// A canned reply as somebody wants it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[garde(context(()))]
pub struct NewCannedReply {
    /// 1 to [`SHORTCUT_MAX`] letters, digits, `_` and `-`; unique in the workspace whatever the case of its letters.
    #[garde(custom(shortcut_rule))]
    pub shortcut: String,
    /// 1 to [`TEXT_MAX`](crate::message::TEXT_MAX) characters with known variables only.
    #[garde(custom(reply_rule))]
    pub body: String,
}

/// A shortcut that can be typed after a slash.
pub fn shortcut_rule(value: &str, _: &()) -> garde::Result {
    let length = value.chars().count();
    if length == 0 || length > SHORTCUT_MAX {
        return Err(garde::Error::new(format!("1 to {SHORTCUT_MAX} characters")));
    }
    if !value.chars().all(is_of_shortcut) {
        return Err(garde::Error::new("only letters, digits, _ and -"));
    }
    Ok(())
}

/// Whether a shortcut may hold this character.
#[must_use]
pub fn is_of_shortcut(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}

/// A text that may be sent, with no variable that nobody knows.
pub fn reply_rule(value: &str, context: &()) -> garde::Result {
    body_rule(value, context)?;
    let cleaned = text::clean(value);
    match unknown(&cleaned).into_iter().next() {
        Some(name) => Err(garde::Error::new(format!("there is no variable {{{{{name}}}}}"))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn values() -> Values {
        Values {
            contact_name: "Ana María Souza".to_owned(),
            contact_phone: "+5511900000002".to_owned(),
            member_name: "Olga".to_owned(),
            workspace_name: "Café Sol".to_owned(),
        }
    }

    #[test]
    fn variables_become_their_values() {
        let body = "Hola {{contact.first_name}}, soy {{ member.name }} de {{workspace.name}} ({{contact.phone}}).";
        assert_eq!(expand(body, &values()), "Hola Ana, soy Olga de Café Sol (+5511900000002).");
    }

    #[test]
    fn a_missing_value_gives_way_to_its_fallback() {
        let nobody = Values::default();
        assert_eq!(expand("Hi {{contact.first_name|friend}}!", &nobody), "Hi friend!");
        assert_eq!(expand("Hi {{contact.first_name | my friend }}!", &nobody), "Hi my friend!");
        assert_eq!(expand("Hi {{contact.name}}!", &nobody), "Hi !");
        assert_eq!(expand("Hi {{contact.name|friend}}!", &values()), "Hi Ana María Souza!");
    }

    #[test]
    fn what_is_put_in_is_not_read_again() {
        let sly = Values { contact_name: "{{member.name}}".to_owned(), ..values() };
        assert_eq!(expand("Hi {{contact.name}}", &sly), "Hi {{member.name}}");
    }

    #[test]
    fn brackets_that_enclose_no_variable_are_words() {
        for body in ["{{", "}}", "{{}}", "{{ }}", "{ {contact.name} }", "a }} b {{ c", "{{|x}}"] {
            assert_eq!(expand(body, &values()), body);
            assert!(unknown(body).is_empty(), "{body}");
        }
        assert_eq!(expand("{{{{contact.name}}", &values()), "{{Ana María Souza");
    }

    #[test]
    fn unknown_variables_are_reported_when_saving() {
        let new = |body: &str| NewCannedReply { shortcut: "hi".to_owned(), body: body.to_owned() };
        assert!(new("Hi {{contact.first_name|you}}").validate().is_ok());
        assert!(new("Hi {{contact.nmae}}").validate().is_err());
        assert_eq!(unknown("{{a}} {{b|x}} {{a}} {{member.name}}").into_iter().collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn a_shortcut_can_be_typed_after_a_slash() {
        for good in ["hi", "Hola_2", "envío-gratis", "ñ"] {
            assert!(shortcut_rule(good, &()).is_ok(), "{good}");
        }
        for bad in ["", "two words", "a/b", "hi!", &"x".repeat(SHORTCUT_MAX + 1)] {
            assert!(shortcut_rule(bad, &()).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn the_pieces_put_together_are_the_text_less_the_brackets(words in "[a-z{}| .\\n]{0,60}") {
            let shown: usize = pieces(&words).iter().map(|piece| match piece {
                Piece::Words(words) => words.len(),
                Piece::Variable { name, fallback } => name.len() + fallback.len() + 4,
            }).sum();
            prop_assert!(shown <= words.len());
        }

        #[test]
        fn text_without_brackets_stays_as_it_is(body in "[^{}]{0,200}") {
            prop_assert_eq!(expand(&body, &values()), body);
        }

        #[test]
        fn any_value_is_put_in_as_it_is(name in any::<String>(), before in "[^{}]{0,20}", after in "[^{}]{0,20}") {
            prop_assume!(!name.is_empty());
            let values = Values { contact_name: name.clone(), ..Values::default() };
            prop_assert_eq!(expand(&format!("{before}{{{{contact.name}}}}{after}"), &values), format!("{before}{name}{after}"));
        }
    }
}
