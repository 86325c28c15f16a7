//! Labels of conversations and tags of contacts: a name and a colour.

use garde::Validate;
use serde::{Deserialize, Serialize};

use crate::{
    id::{LabelId, TagId},
    text,
};

/// The most characters of a label's or tag's name.
pub const NAME_MAX: usize = 50;

/// A colour by name; the style sheet says what it looks like in each theme (`--label-teal`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    /// No colour of its own.
    #[default]
    Grey,
    /// For what is urgent.
    Red,
    /// Between red and yellow.
    Orange,
    /// For what to look out for.
    Yellow,
    /// For what is well.
    Green,
    /// Between green and blue.
    Teal,
    /// For what is information.
    Blue,
    /// Between blue and pink.
    Purple,
    /// The brightest.
    Pink,
}

impl Colour {
    /// Every colour, in the order they are offered.
    pub const ALL: &'static [Self] = &[
        Self::Grey,
        Self::Red,
        Self::Orange,
        Self::Yellow,
        Self::Green,
        Self::Teal,
        Self::Blue,
        Self::Purple,
        Self::Pink,
    ];

    /// The stable name, as stored and as the style sheet calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Grey => "grey",
            Self::Red => "red",
            Self::Orange => "orange",
            Self::Yellow => "yellow",
            Self::Green => "green",
            Self::Teal => "teal",
            Self::Blue => "blue",
            Self::Purple => "purple",
            Self::Pink => "pink",
        }
    }

    /// The colour of a stored name; what is not known any more is grey.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        Self::ALL.iter().copied().find(|colour| colour.name() == name).unwrap_or_default()
    }
}

/// A label of conversations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelView {
    /// Which.
    pub id: LabelId,
    /// What it says.
    pub name: String,
    /// Its colour.
    pub colour: Colour,
}

/// A tag of contacts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagView {
    /// Which.
    pub id: TagId,
    /// What it says.
    pub name: String,
    /// Its colour.
    pub colour: Colour,
}

/// A label or tag as somebody wants it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[garde(context(()))]
pub struct NewLabel {
    /// 1 to [`NAME_MAX`] characters, something visible; unique in the workspace whatever the case of its letters.
    #[garde(custom(name_rule))]
    pub name: String,
    /// Its colour.
    #[garde(skip)]
    pub colour: Colour,
}

/// A name of a label, tag, view or field.
pub fn name_rule(value: &str, _: &()) -> garde::Result {
    let cleaned = text::clean_line(value);
    if !text::is_visible(&cleaned) {
        return Err(garde::Error::new("give it a name"));
    }
    let length = cleaned.chars().count();
    if length > NAME_MAX {
        return Err(garde::Error::new(format!("at most {NAME_MAX} characters; this has {length}")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_found_again_and_unknown_ones_are_grey() {
        for colour in Colour::ALL {
            assert_eq!(Colour::from_name(colour.name()), *colour);
        }
        assert_eq!(Colour::from_name("mauve"), Colour::Grey);
    }

    #[test]
    fn a_name_is_something_one_can_see() {
        let new = |name: &str| NewLabel { name: name.to_owned(), colour: Colour::Red };
        assert!(new("VIP").validate().is_ok());
        assert!(new(" \u{200b} ").validate().is_err());
        assert!(new(&"x".repeat(NAME_MAX + 1)).validate().is_err());
    }
}
