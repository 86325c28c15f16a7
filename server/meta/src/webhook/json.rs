//! Reading JSON that somebody else wrote: every field may be missing, a number may be a string and the other way round.

use std::{borrow::Cow, fmt};

use jiff::Timestamp;
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Value, value::RawValue};

/// The members of an object with these names, whose values are not looked into yet: what is broken in one does not touch
/// the others. Of a key that stands twice the last counts. None when it is no object.
pub(super) fn members<'a, const N: usize>(raw: &'a RawValue, names: &[&str; N]) -> Option<[Option<&'a RawValue>; N]> {
    serde_json::Deserializer::from_str(raw.get()).deserialize_map(Members(names)).ok()
}

struct Members<'n, const N: usize>(&'n [&'n str; N]);

/// A key, borrowed where it holds no escapes.
#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de, const N: usize> Visitor<'de> for Members<'_, N> {
    type Value = [Option<&'de RawValue>; N];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = [None; N];
        while let Some(Name(name)) = map.next_key()? {
            match self.0.iter().position(|wanted| *wanted == name) {
                Some(place) => found[place] = Some(map.next_value()?),
                None => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        Ok(found)
    }
}

/// Each item of an array in turn. A single object where an array is expected counts as one item.
pub(super) fn each_item<'a>(raw: Option<&'a RawValue>, mut take: impl FnMut(&'a RawValue)) {
    let Some(raw) = raw else { return };
    if raw.get().starts_with('{') {
        take(raw);
    } else {
        // It is JSON already; what is no array holds no items.
        let _ = serde_json::Deserializer::from_str(raw.get()).deserialize_seq(Items(take));
    }
}

struct Items<F>(F);

impl<'de, F: FnMut(&'de RawValue)> Visitor<'de> for Items<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        while let Some(item) = items.next_element()? {
            (self.0)(item);
        }
        Ok(())
    }
}

/// Bytes as text. What is not UTF-8 becomes the replacement character, one for a whole stretch, so that no text is much
/// longer than its bytes.
pub(super) fn text_of(body: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(body) {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(body.len());
    let mut in_stretch = false;
    for chunk in body.utf8_chunks() {
        in_stretch &= chunk.valid().is_empty();
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() && !in_stretch {
            text.push(char::REPLACEMENT_CHARACTER);
            in_stretch = true;
        }
    }
    Cow::Owned(text)
}

/// Commas and opening brackets outside of texts, and how many of them open an object.
fn parts(json: &str) -> (usize, usize) {
    let (mut parts, mut objects, mut in_string, mut escaped) = (0, 0, false, false);
    for byte in json.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_string,
            b'"' => in_string = !in_string,
            b',' | b'[' | b'{' if !in_string => {
                parts += 1;
                objects += usize::from(byte == b'{');
            }
            _ => {}
        }
    }
    (parts, objects)
}

/// Whether text is JSON with more than `free` parts and hardly anything between its commas and brackets. The tree of such
/// JSON takes dozens of times the memory of its text; Meta's deliveries have at least 14 bytes to each part.
pub(super) fn is_hollow(text: &str, free: usize) -> bool {
    const BYTES_PER_PART: usize = 10;
    if text.len() < free {
        return false;
    }
    let (parts, _) = parts(text);
    parts > free && text.len() < parts * BYTES_PER_PART
}

/// The whole value. A string that holds half of a surrogate pair (§C3: `\ud83d` alone) is read with the replacement
/// character in its place rather than not at all.
///
/// An object takes most of a kilobyte in a tree, so one value may not hold many thousands of them.
pub(super) fn value(raw: &RawValue) -> Result<Value, String> {
    const OBJECTS_MAX: usize = 5_000;
    // Five thousand objects are ten thousand brackets.
    if raw.get().len() > 2 * OBJECTS_MAX && parts(raw.get()).1 > OBJECTS_MAX {
        return Err(format!("more than {OBJECTS_MAX} objects in one update"));
    }
    match serde_json::from_str(raw.get()) {
        Ok(value) => Ok(value),
        Err(error) => serde_json::from_str(&mend_surrogates(raw.get())).map_err(|_| error.to_string()),
    }
}

/// Replaces escapes of lone surrogates by the escape of U+FFFD.
fn mend_surrogates(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut mended = String::with_capacity(text.len());
    let (mut at, mut kept) = (0, 0);
    let escape = |at: usize| -> Option<u32> {
        if bytes.get(at) != Some(&b'\\') || bytes.get(at + 1) != Some(&b'u') {
            return None;
        }
        u32::from_str_radix(text.get(at + 2..at + 6)?, 16).ok()
    };
    while at < bytes.len() {
        if bytes[at] != b'\\' {
            at += 1;
            continue;
        }
        match escape(at) {
            Some(0xD800..=0xDBFF) if matches!(escape(at + 6), Some(0xDC00..=0xDFFF)) => at += 12,
            Some(0xD800..=0xDFFF) => {
                mended.push_str(&text[kept..at]);
                mended.push_str("\\ufffd");
                at += 6;
                kept = at;
            }
            // Any other escape: the character after the backslash is no backslash of its own.
            _ => at += 2,
        }
    }
    mended.push_str(text.get(kept..).unwrap_or_default());
    mended
}

/// Text; numbers and booleans as they are written.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

/// Text that is not empty.
pub(super) fn filled(value: &Value) -> Option<String> {
    text(value).filter(|text| !text.is_empty())
}

/// A number, also from text.
pub(super) fn float(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.trim().parse().ok()).filter(|n| n.is_finite())
}

/// A whole number, also from text.
pub(super) fn integer(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// Truth, also from text.
pub(super) fn truth(value: &Value) -> bool {
    value.as_bool().unwrap_or_else(|| value.as_str() == Some("true"))
}

/// A time: seconds for WhatsApp, milliseconds for the others, each as text or number; told apart by size (§19.4).
pub(super) fn time(value: &Value) -> Option<Timestamp> {
    const MILLISECONDS_FROM: i64 = 1_000_000_000_000;
    let number = integer(value)?;
    if number.abs() < MILLISECONDS_FROM {
        Timestamp::from_second(number).ok()
    } else {
        Timestamp::from_millisecond(number).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_surrogate_pair_does_not_lose_the_text() {
        let raw: Box<RawValue> = serde_json::from_str(r#"{"body":"a\ud83db \ud83d\ude00 \\ud83d"}"#).expect("raw");
        let value = value(&raw).expect("mended");
        assert_eq!(value["body"], "a\u{fffd}b 😀 \\ud83d");
    }

    #[test]
    fn of_a_key_that_stands_twice_the_last_counts_and_the_others_are_passed_over() {
        let raw: Box<RawValue> = serde_json::from_str(r#"{"a":1,"b":"\ud83d","\u0061":[2],"c":{}}"#).expect("raw");
        let [a, missing, c] = members(&raw, &["a", "z", "c"]).expect("an object");
        assert_eq!(
            (a.map(RawValue::get), missing.map(RawValue::get), c.map(RawValue::get)),
            (Some("[2]"), None, Some("{}"))
        );
        assert!(a.is_some_and(|list| members(list, &["a"]).is_none()), "a list is no object");
    }

    #[test]
    fn bytes_that_are_no_text_become_one_replacement_character() {
        assert_eq!(text_of(b"a\xff\xfe\xf0\x9fb\xc3"), "a\u{fffd}b\u{fffd}");
        assert_eq!(text_of("añ🦙".as_bytes()), "añ🦙");
    }

    #[test]
    fn only_json_of_little_but_brackets_is_hollow() {
        assert!(is_hollow(&format!("[{}0]", "0,".repeat(30_000)), 20_000));
        assert!(is_hollow(&format!("[{}0]", "{\"a\":\"\\\"\"},".repeat(30_000)), 20_000));
        assert!(!is_hollow(&format!("[\"{}\"]", ",\\\"[".repeat(30_000)), 20_000), "words may hold what they like");
        assert!(!is_hollow(&format!("[{}0]", "\"a phone number\",".repeat(30_000)), 20_000));
    }

    #[test]
    fn times_come_in_seconds_and_milliseconds() {
        let second = Timestamp::from_second(1_697_043_379).expect("in range");
        for value in [Value::from("1697043379"), Value::from(1_697_043_379_i64), Value::from(1_697_043_379_000_i64)] {
            assert_eq!(time(&value), Some(second), "{value}");
        }
        assert_eq!(time(&Value::from("soon")), None);
        assert_eq!(time(&Value::from(i64::MAX)), None);
    }
}
