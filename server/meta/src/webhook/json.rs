//! Reading JSON that somebody else wrote: every field may be missing, a number may be a string and the other way round.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Value, value::RawValue};

/// An object whose values are not looked into yet: what is broken in one does not touch the others. Of a key that stands
/// twice the last counts.
pub(super) type RawObject = BTreeMap<String, Box<RawValue>>;

/// The members of an object; none when it is none.
pub(super) fn object(raw: &RawValue) -> Option<RawObject> {
    serde_json::from_str(raw.get()).ok()
}

/// The items of an array. A single object where an array is expected counts as one item.
pub(super) fn items(raw: Option<&RawValue>) -> Vec<Box<RawValue>> {
    let Some(raw) = raw else { return Vec::new() };
    match serde_json::from_str::<Vec<Box<RawValue>>>(raw.get()) {
        Ok(items) => items,
        Err(_) if raw.get().trim_start().starts_with('{') => vec![raw.to_owned()],
        Err(_) => Vec::new(),
    }
}

/// The whole value. A string that holds half of a surrogate pair (§C3: `\ud83d` alone) is read with the replacement
/// character in its place rather than not at all.
pub(super) fn value(raw: &RawValue) -> Result<Value, String> {
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
    fn times_come_in_seconds_and_milliseconds() {
        let second = Timestamp::from_second(1_697_043_379).expect("in range");
        for value in [Value::from("1697043379"), Value::from(1_697_043_379_i64), Value::from(1_697_043_379_000_i64)] {
            assert_eq!(time(&value), Some(second), "{value}");
        }
        assert_eq!(time(&Value::from("soon")), None);
        assert_eq!(time(&Value::from(i64::MAX)), None);
    }
}
