//! Fields: what a workspace wants to know about its contacts, and what a value of each kind may be.

use garde::Validate;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    id::FieldId,
    label::{self, name_rule},
    text,
};

/// The most fields of a workspace.
pub const FIELDS_MAX: usize = 50;
/// The most characters of a text.
pub const TEXT_MAX: usize = 500;
/// The most choices of a field.
pub const CHOICES_MAX: usize = 50;
/// Numbers are below this in size: up to here every whole number has a value of its own in a browser (2^53).
pub const NUMBER_MAX: f64 = 9_007_199_254_740_992.0;

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FieldKind {
    /// A line of text.
    Text,
    /// A number, with or without decimals.
    Number,
    /// A day.
    Date,
    /// One of a few.
    Choice {
        /// What may be chosen, in this order.
        choices: Vec<String>,
    },
    /// Yes or no.
    YesNo,
}

impl FieldKind {
    /// The names of all kinds, in the order they are offered.
    pub const NAMES: &'static [&'static str] = &["text", "number", "date", "choice", "yes_no"];

    /// The stable name, as stored; keys translations (`contacts-kind-yes_no`).
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Date => "date",
            Self::Choice { .. } => "choice",
            Self::YesNo => "yes_no",
        }
    }

    /// The kind of a stored name; `choices` are for the kind that has them.
    #[must_use]
    pub fn from_name(name: &str, choices: Vec<String>) -> Option<Self> {
        Some(match name {
            "text" => Self::Text,
            "number" => Self::Number,
            "date" => Self::Date,
            "choice" => Self::Choice { choices },
            "yes_no" => Self::YesNo,
            _ => return None,
        })
    }

    /// What may be chosen; nothing for the other kinds.
    #[must_use]
    pub fn choices(&self) -> &[String] {
        match self {
            Self::Choice { choices } => choices,
            _ => &[],
        }
    }
}

/// A field of the workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldView {
    /// Which.
    pub id: FieldId,
    /// What it is called.
    pub name: String,
    /// What it holds.
    pub kind: FieldKind,
}

/// A field as somebody wants it.
#[derive(Debug, Clone, Serialize, Deserialize, Validate)]
#[garde(context(()))]
pub struct NewField {
    /// 1 to [`NAME_MAX`](label::NAME_MAX) characters, something visible; unique in the workspace whatever the case of its
    /// letters.
    #[garde(custom(name_rule))]
    pub name: String,
    /// What it holds. A choice has 1 to [`CHOICES_MAX`] choices, each like a name, none twice.
    #[garde(custom(kind_rule))]
    pub kind: FieldKind,
}

fn kind_rule(kind: &FieldKind, context: &()) -> garde::Result {
    let FieldKind::Choice { choices } = kind else { return Ok(()) };
    if choices.is_empty() {
        return Err(garde::Error::new("write down what can be chosen"));
    }
    if choices.len() > CHOICES_MAX {
        return Err(garde::Error::new(format!("at most {CHOICES_MAX} choices; these are {}", choices.len())));
    }
    for (place, choice) in choices.iter().enumerate() {
        name_rule(choice, context)
            .map_err(|_| garde::Error::new(format!("each choice has 1 to {} visible characters", label::NAME_MAX)))?;
        let same = |other: &String| text::clean_line(other).to_lowercase() == text::clean_line(choice).to_lowercase();
        if choices[..place].iter().any(same) {
            return Err(garde::Error::new(format!("“{choice}” stands there twice")));
        }
    }
    Ok(())
}

/// What is known of a contact in one field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
pub enum FieldValue {
    /// A line of text.
    Text(String),
    /// A number.
    Number(f64),
    /// A day.
    Date(Date),
    /// One of the field's choices.
    Choice(String),
    /// Yes or no.
    YesNo(bool),
}

/// The value does not fit its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ValueProblem {
    /// A text that is too long, or of which nothing can be seen.
    #[error("write 1 to {TEXT_MAX} visible characters, or leave it empty")]
    Text,
    /// Not a number, or too large.
    #[error("write a number, such as 12.5")]
    Number,
    /// Not a day of the calendar.
    #[error("write a day of the calendar, such as 2026-11-21")]
    Date,
    /// Not among the choices.
    #[error("choose one of the field's choices")]
    Choice,
    /// A value of another kind than the field's.
    #[error("this field holds another kind of value")]
    Kind,
}

impl ValueProblem {
    /// The stable name; keys translations (`contacts-value-number`).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Date => "date",
            Self::Choice => "choice",
            Self::Kind => "kind",
        }
    }
}

impl FieldValue {
    /// What somebody wrote or chose for a field of this kind; none when it was left empty.
    ///
    /// # Errors
    /// When it is no value of this kind.
    pub fn read(kind: &FieldKind, written: &str) -> Result<Option<Self>, ValueProblem> {
        let written = text::clean_line(written);
        if written.is_empty() {
            return Ok(None);
        }
        let value = match kind {
            FieldKind::Text => Self::Text(written),
            FieldKind::Number => Self::Number(number(&written).ok_or(ValueProblem::Number)?),
            FieldKind::Date => Self::Date(written.parse().map_err(|_| ValueProblem::Date)?),
            FieldKind::Choice { .. } => Self::Choice(written),
            FieldKind::YesNo => Self::YesNo(written.parse().map_err(|_| ValueProblem::Kind)?),
        };
        value.cleaned(kind).map(Some)
    }

    /// The value as it is stored, if it fits a field of this kind.
    ///
    /// # Errors
    /// When it does not.
    pub fn cleaned(self, kind: &FieldKind) -> Result<Self, ValueProblem> {
        match (self, kind) {
            (Self::Text(value), FieldKind::Text) => {
                let value = text::clean_line(&value);
                let fits = text::is_visible(&value) && value.chars().count() <= TEXT_MAX;
                fits.then_some(Self::Text(value)).ok_or(ValueProblem::Text)
            }
            (Self::Number(value), FieldKind::Number) => {
                let fits = value.is_finite() && value.abs() < NUMBER_MAX;
                fits.then_some(Self::Number(value)).ok_or(ValueProblem::Number)
            }
            (Self::Date(value), FieldKind::Date) => {
                (1..=9999).contains(&value.year()).then_some(Self::Date(value)).ok_or(ValueProblem::Date)
            }
            (Self::Choice(value), FieldKind::Choice { choices }) => {
                choices.contains(&value).then_some(Self::Choice(value)).ok_or(ValueProblem::Choice)
            }
            (Self::YesNo(value), FieldKind::YesNo) => Ok(Self::YesNo(value)),
            _ => Err(ValueProblem::Kind),
        }
    }

    /// What stands in an input for it; reads back as the same value.
    #[must_use]
    pub fn written(&self) -> String {
        match self {
            Self::Text(value) | Self::Choice(value) => value.clone(),
            Self::Number(value) => {
                let mut written = value.to_string();
                if is_ambiguous(&written) {
                    written.push('0');
                }
                written
            }
            Self::Date(value) => value.to_string(),
            Self::YesNo(value) => value.to_string(),
        }
    }
}

/// A number with a comma or a point before its decimals. What may be thousands in one country and decimals in another is
/// none: nobody would see that it became a thousandth of what they meant.
fn number(written: &str) -> Option<f64> {
    if is_ambiguous(written) { None } else { written.replace(',', ".").parse().ok() }
}

/// Whether the one separator of a number stands where it could group thousands.
fn is_ambiguous(written: &str) -> bool {
    let Some((whole, rest)) = written.trim_start_matches(['-', '+']).split_once(['.', ',']) else { return false };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    (1..=3).contains(&whole.len()) && !whole.starts_with('0') && rest.len() == 3 && digits(whole) && digits(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice() -> FieldKind {
        FieldKind::Choice { choices: vec!["Gold".to_owned(), "Silver".to_owned()] }
    }

    #[test]
    fn each_kind_takes_its_own_values_and_writes_them_back() {
        let cases = [
            (FieldKind::Text, " Calle 5 ", FieldValue::Text("Calle 5".to_owned())),
            (FieldKind::Number, "12,5", FieldValue::Number(12.5)),
            (FieldKind::Number, "-3", FieldValue::Number(-3.0)),
            (FieldKind::Number, "0,125", FieldValue::Number(0.125)),
            (FieldKind::Number, "1234,567", FieldValue::Number(1234.567)),
            (FieldKind::Number, "1.2340", FieldValue::Number(1.234)),
            (FieldKind::Date, "2026-02-28", FieldValue::Date(jiff::civil::date(2026, 2, 28))),
            (choice(), "Gold", FieldValue::Choice("Gold".to_owned())),
            (FieldKind::YesNo, "true", FieldValue::YesNo(true)),
        ];
        for (kind, written, value) in cases {
            assert_eq!(FieldValue::read(&kind, written), Ok(Some(value.clone())), "{written}");
            assert_eq!(FieldValue::read(&kind, &value.written()), Ok(Some(value)));
            assert_eq!(FieldValue::read(&kind, "  "), Ok(None));
        }
    }

    #[test]
    fn what_is_no_value_of_its_kind_is_refused() {
        let long = "x".repeat(TEXT_MAX + 1);
        let cases = [
            (FieldKind::Text, long.as_str(), ValueProblem::Text),
            (FieldKind::Text, "\u{200b}", ValueProblem::Text),
            (FieldKind::Number, "twelve", ValueProblem::Number),
            (FieldKind::Number, "NaN", ValueProblem::Number),
            (FieldKind::Number, "1e300", ValueProblem::Number),
            // A thousand and more, or one and a little.
            (FieldKind::Number, "1,234", ValueProblem::Number),
            (FieldKind::Number, "-12.500", ValueProblem::Number),
            (FieldKind::Number, "1.234.567", ValueProblem::Number),
            (FieldKind::Number, "1,234.5", ValueProblem::Number),
            (FieldKind::Date, "2026-02-30", ValueProblem::Date),
            (FieldKind::Date, "-000044-03-15", ValueProblem::Date),
            (choice(), "Bronze", ValueProblem::Choice),
            (FieldKind::YesNo, "perhaps", ValueProblem::Kind),
        ];
        for (kind, written, problem) in cases {
            assert_eq!(FieldValue::read(&kind, written), Err(problem), "{written}");
        }
        assert_eq!(FieldValue::YesNo(true).cleaned(&FieldKind::Text), Err(ValueProblem::Kind));
    }

    #[test]
    fn a_choice_offers_something_and_nothing_twice() {
        let new = |choices: &[&str]| {
            let kind = FieldKind::Choice { choices: choices.iter().map(|&choice| choice.to_owned()).collect() };
            NewField { name: "Level".to_owned(), kind }.validate().is_ok()
        };
        assert!(new(&["Gold", "Silver"]));
        assert!(!new(&[]));
        assert!(!new(&["Gold", " gold"]));
        assert!(!new(&["Gold", ""]));
        let many: Vec<_> = (0..=CHOICES_MAX).map(|n| n.to_string()).collect();
        assert!(!new(&many.iter().map(String::as_str).collect::<Vec<_>>()));
    }

    #[test]
    fn kinds_are_found_by_their_stored_names() {
        for name in FieldKind::NAMES {
            assert_eq!(FieldKind::from_name(name, Vec::new()).map(|kind| kind.name()), Some(*name));
        }
        assert_eq!(FieldKind::from_name("colour", Vec::new()), None);
    }

    #[test]
    fn values_are_stored_by_their_type() {
        let json = serde_json::to_string(&FieldValue::Date(jiff::civil::date(2026, 11, 21))).expect("serialises");
        assert_eq!(json, r#"{"type":"date","value":"2026-11-21"}"#);
    }
}
