//! Customers: a name, or only a username; a number that no network has, or only a user id.

use super::{
    dice::Dice,
    vocabulary::{LANGUAGES, Language, SPOKEN},
};

/// A customer.
#[derive(Debug)]
pub(super) struct Person {
    /// What they speak.
    pub language: &'static Language,
    /// Their name; may be empty.
    pub name: String,
    /// Their username; everybody without a name has one.
    pub username: Option<String>,
    /// What WhatsApp knows them by: kind and value.
    pub identity: (&'static str, String),
}

/// The customer with this number, which nobody else of the workspace has.
pub(super) fn person(dice: &mut Dice, number: u64) -> Person {
    let language = &LANGUAGES[dice.weighted(SPOKEN)];
    let full = match language.between {
        "" if language.country == "86" => format!("{}{}", dice.one_of(language.family), dice.one_of(language.given)),
        _ => format!("{} {}", dice.one_of(language.given), dice.one_of(language.family)),
    };
    let handle = format!("{}_{number}", ["sunny", "k", "el.capitan", "moon", "x"][dice.place(5)]);
    let (name, username) = match dice.below(100) {
        0..=3 => (String::new(), Some(handle)),
        4 => (format!("{full} 🌻 {}", "very ".repeat(12).trim_end()), None),
        5..=14 => (full, Some(handle)),
        _ => (full, None),
    };
    let phone = || format!("{}00{number:08}", language.country);
    let identity = if username.is_some() && dice.often(400) {
        ("bsuid", format!("DEMO.{number:012}"))
    } else {
        ("phone", phone())
    };
    Person { language, name, username, identity }
}
