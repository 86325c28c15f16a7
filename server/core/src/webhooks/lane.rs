//! Lanes: deliveries of one number are processed one after the other, those of different numbers side by side, so that
//! a number with a backlog holds up only those few that share its lane.

use sha2::{Digest, Sha256};

/// How many lanes there are. Deliveries that wait carry their lane, so it may change between releases.
pub(super) const LANES: i16 = 16;
/// One more, for what is replayed: in the order it once came, and in nobody's way.
pub(super) const REPLAYS: i16 = LANES;

/// The lane of a delivery: by the number it is for, as far as that can be told without reading it whole. What names no
/// number in the usual form shares one lane; order between lanes promises nothing, as Meta promises none.
pub(super) fn of_body(body: &[u8]) -> i16 {
    let hash = Sha256::digest(number_in(body).unwrap_or_default());
    i16::from(hash[0]) % LANES
}

/// The digits after the first `"phone_number_id"`.
fn number_in(body: &[u8]) -> Option<&[u8]> {
    const KEY: &[u8] = b"\"phone_number_id\"";
    let at = memchr::memmem::find(body, KEY)? + KEY.len();
    let rest = &body[at..];
    let start = rest.iter().take(8).position(u8::is_ascii_digit)?;
    let digits = &rest[start..];
    let end = digits.iter().take(40).position(|b| !b.is_ascii_digit())?;
    digits.get(..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deliveries_of_one_number_share_a_lane() {
        let one = br#"{"entry":[{"changes":[{"value":{"metadata":{"phone_number_id":"15550001"},"x":1}}]}]}"#;
        let other = br#"{"value":{"a":[],"metadata": { "phone_number_id" : "15550001" }}}"#;
        assert_eq!(number_in(one), Some(&b"15550001"[..]));
        assert_eq!(of_body(one), of_body(other));
    }

    #[test]
    fn what_names_no_number_has_a_lane_too() {
        for body in [&b""[..], b"\"phone_number_id\"", b"\"phone_number_id\":null", b"\xff\x00"] {
            assert!((0..LANES).contains(&of_body(body)));
        }
    }
}
