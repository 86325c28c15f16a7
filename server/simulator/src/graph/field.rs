//! Reading JSON strictly, with the place of a mistake in the refusal: `interactive['action']['buttons'][0]`.

use std::ops::RangeInclusive;

use serde_json::{Map, Value};

use super::GraphError;

/// How a value that is there but wrong is refused: Graph's own checks say 100, those of interactive content 131009.
type Refuse = fn(String) -> GraphError;

/// An object inside a request, and where it stands.
#[derive(Clone)]
pub(super) struct Object<'a> {
    map: &'a Map<String, Value>,
    place: String,
    refuse: Refuse,
}

impl<'a> Object<'a> {
    /// An object whose wrong values are refused with code 100.
    pub(super) fn param(value: &'a Value, place: &str) -> Result<Self, GraphError> {
        Self::at(value, place.to_owned(), |reason| GraphError::param(format!("Param {reason}")))
    }

    /// An object whose wrong values are refused with code 131009.
    pub(super) fn value(value: &'a Value, place: &str) -> Result<Self, GraphError> {
        Self::at(value, place.to_owned(), GraphError::value)
    }

    fn at(value: &'a Value, place: String, refuse: Refuse) -> Result<Self, GraphError> {
        let map = value.as_object().ok_or_else(|| refuse(format!("{place} must be a JSON object.")))?;
        Ok(Self { map, place, refuse })
    }

    fn place_of(&self, key: &str) -> String {
        format!("{}['{key}']", self.place)
    }

    /// A refusal of the value under a key.
    pub(super) fn refuse(&self, key: &str, reason: &str) -> GraphError {
        (self.refuse)(format!("{} {reason}", self.place_of(key)))
    }

    /// A refusal of the object as a whole.
    pub(super) fn refuse_whole(&self, reason: &str) -> GraphError {
        (self.refuse)(format!("{} {reason}", self.place))
    }

    /// What is under a key, unless it is `null`.
    pub(super) fn get(&self, key: &str) -> Option<&'a Value> {
        self.map.get(key).filter(|value| !value.is_null())
    }

    pub(super) fn required(&self, key: &str) -> Result<&'a Value, GraphError> {
        self.get(key).ok_or_else(|| GraphError::missing(format!("Parameter {} is required.", self.place_of(key))))
    }

    /// A text of so many characters, if it is there.
    pub(super) fn optional_text(
        &self,
        key: &str,
        length: RangeInclusive<usize>,
    ) -> Result<Option<&'a str>, GraphError> {
        let Some(value) = self.get(key) else { return Ok(None) };
        let text = value.as_str().ok_or_else(|| self.refuse(key, "must be a string."))?;
        let count = text.chars().count();
        if count < *length.start() {
            return Err(self.refuse(key, &format!("must be at least {} characters long.", length.start())));
        }
        if count > *length.end() {
            return Err(self.refuse(key, &format!("must be at most {} characters long.", length.end())));
        }
        Ok(Some(text))
    }

    pub(super) fn text(&self, key: &str, length: RangeInclusive<usize>) -> Result<&'a str, GraphError> {
        self.required(key)?;
        Ok(self.optional_text(key, length)?.unwrap_or_default())
    }

    /// A text out of a list.
    pub(super) fn one_of(&self, key: &str, possible: &[&str]) -> Result<&'a str, GraphError> {
        let text = self.text(key, 0..=usize::MAX)?;
        if possible.contains(&text) {
            return Ok(text);
        }
        Err(self.refuse(key, &format!("must be one of {{{}}} - got \"{text}\".", possible.join(", "))))
    }

    pub(super) fn object(&self, key: &str) -> Result<Self, GraphError> {
        Self::at(self.required(key)?, self.place_of(key), self.refuse)
    }

    pub(super) fn optional_object(&self, key: &str) -> Result<Option<Self>, GraphError> {
        self.get(key).map(|value| Self::at(value, self.place_of(key), self.refuse)).transpose()
    }

    /// A list of so many objects.
    pub(super) fn list(&self, key: &str, length: RangeInclusive<usize>) -> Result<Vec<Self>, GraphError> {
        let items = self.required(key)?.as_array().ok_or_else(|| self.refuse(key, "must be an array."))?;
        if !length.contains(&items.len()) {
            let limits = format!("must have between {} and {} items.", length.start(), length.end());
            return Err(self.refuse(key, &limits));
        }
        let place = self.place_of(key);
        items.iter().enumerate().map(|(n, item)| Self::at(item, format!("{place}[{n}]"), self.refuse)).collect()
    }
}
