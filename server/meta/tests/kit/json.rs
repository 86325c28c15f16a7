//! JSON that may be wrong: keys that stand twice, members in any order, escapes as Meta writes them.

use std::fmt::Write;

use serde_json::Value;

/// A tree whose leaves are JSON text and whose objects may hold a key twice.
#[derive(Debug, Clone)]
pub enum Json {
    /// Anything else, as it is written.
    Leaf(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl From<&Value> for Json {
    fn from(value: &Value) -> Self {
        match value {
            Value::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            Value::Object(members) => {
                Self::Object(members.iter().map(|(name, value)| (name.clone(), Self::from(value))).collect())
            }
            leaf => Self::Leaf(leaf.to_string()),
        }
    }
}

impl Json {
    /// Text, quoted.
    pub fn text(text: &str) -> String {
        Value::from(text).to_string()
    }

    /// How many nodes the tree has, itself included.
    pub fn size(&self) -> usize {
        1 + match self {
            Self::Leaf(_) => 0,
            Self::List(items) => items.iter().map(Self::size).sum(),
            Self::Object(members) => members.iter().map(|(_, value)| value.size()).sum(),
        }
    }

    /// The node with this number, in the order of writing.
    pub fn node(&mut self, number: usize) -> Option<&mut Self> {
        fn find<'a>(json: &'a mut Json, left: &mut usize) -> Option<&'a mut Json> {
            if *left == 0 {
                return Some(json);
            }
            *left -= 1;
            match json {
                Json::Leaf(_) => None,
                Json::List(items) => items.iter_mut().find_map(|item| find(item, left)),
                Json::Object(members) => members.iter_mut().find_map(|(_, value)| find(value, left)),
            }
        }
        find(self, &mut { number })
    }

    /// A member of an object.
    pub fn member(&mut self, name: &str) -> Option<&mut Self> {
        let Self::Object(members) = self else { return None };
        members.iter_mut().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Written without blanks.
    pub fn write(&self) -> Vec<u8> {
        let mut text = String::new();
        self.write_to(&mut text);
        text.into_bytes()
    }

    /// Written as Meta does: `\/` for a slash, `\uXXXX` for all that is not ASCII.
    pub fn write_escaped(&self) -> Vec<u8> {
        let mut text = String::new();
        self.write_to(&mut text);
        let mut escaped = String::with_capacity(text.len());
        for character in text.chars() {
            if character == '/' {
                escaped.push_str("\\/");
            } else if character.is_ascii() {
                escaped.push(character);
            } else {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    let _ = write!(escaped, "\\u{unit:04x}");
                }
            }
        }
        escaped.into_bytes()
    }

    fn write_to(&self, text: &mut String) {
        let separated = |text: &mut String, place: usize| {
            if place > 0 {
                text.push(',');
            }
        };
        match self {
            Self::Leaf(leaf) => text.push_str(leaf),
            Self::List(items) => {
                text.push('[');
                for (place, item) in items.iter().enumerate() {
                    separated(text, place);
                    item.write_to(text);
                }
                text.push(']');
            }
            Self::Object(members) => {
                text.push('{');
                for (place, (name, value)) in members.iter().enumerate() {
                    separated(text, place);
                    text.push_str(&Value::from(name.as_str()).to_string());
                    text.push(':');
                    value.write_to(text);
                }
                text.push('}');
            }
        }
    }
}
