//! JSON as Meta's serialiser writes it: `/` as `\/`, everything outside ASCII as `\uXXXX` in lower case.
//!
//! The text is as good as any other JSON. The difference matters to servers that parse a webhook and serialise it again
//! before they check its signature: here, as at Meta, they fail.

use std::io::{self, Write};

use serde::Serialize as _;
use serde_json::{
    Value,
    ser::{Formatter, Serializer},
};

struct Meta;

impl Formatter for Meta {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut plain = 0;
        for (at, sign) in fragment.char_indices() {
            if sign.is_ascii() && sign != '/' {
                continue;
            }
            writer.write_all(&fragment.as_bytes()[plain..at])?;
            plain = at + sign.len_utf8();
            if sign == '/' {
                writer.write_all(b"\\/")?;
            } else {
                for unit in sign.encode_utf16(&mut [0; 2]) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            }
        }
        writer.write_all(&fragment.as_bytes()[plain..])
    }
}

/// The value as Meta would write it; ASCII only.
pub(crate) fn escaped(value: &Value) -> String {
    let mut out = Vec::with_capacity(1024);
    // Neither a `Value` nor a `Vec` can fail to be written.
    let written = value.serialize(&mut Serializer::with_formatter(&mut out, Meta));
    debug_assert!(written.is_ok());
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn writes_as_meta_does() {
        assert_eq!(
            escaped(&json!({ "ñ/": "</script> äöå 👍🏽 \"q\" \\ \n \u{2028}" })),
            r#"{"\u00f1\/":"<\/script> \u00e4\u00f6\u00e5 \ud83d\udc4d\ud83c\udffd \"q\" \\ \n \u2028"}"#
        );
    }

    #[test]
    fn means_what_it_meant() {
        let value = json!({ "text": "/ü\u{0}\u{7f}\u{10ffff}//", "n": 1.5, "list": [null, true, "é"] });
        assert_eq!(serde_json::from_str::<Value>(&escaped(&value)).unwrap(), value);
    }
}
