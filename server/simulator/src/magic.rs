//! Phone numbers whose last digits make something happen, so that every path can be walked by hand and in tests.

use crate::phone::Digits;

/// How messages to and from a phone behave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Behaviour {
    Ordinary,
    /// Accepted, then `failed` with this code.
    Fails(u32),
    /// Accepted, then nothing: what an expired message looks like.
    Silent,
    /// Every webhook twice.
    Duplicated,
    /// `delivered` before `sent`.
    OutOfOrder,
    /// `read` at once, without `delivered`: the chat is open.
    ReadAtOnce,
    /// A user with a username: webhooks carry the user id and no phone number.
    UserIdOnly,
}

impl Behaviour {
    pub(crate) fn of(phone: &Digits) -> Self {
        let digits = phone.as_str();
        match digits.get(digits.len().saturating_sub(4)..).unwrap_or_default() {
            "0403" => Self::Fails(130_403),
            "0472" => Self::Fails(130_472),
            "1026" => Self::Fails(131_026),
            "1042" => Self::Fails(131_042),
            "1047" => Self::Fails(131_047),
            "1049" => Self::Fails(131_049),
            "1050" => Self::Fails(131_050),
            "1053" => Self::Fails(131_053),
            "9000" => Self::Silent,
            "9001" => Self::Duplicated,
            "9002" => Self::OutOfOrder,
            "9003" => Self::ReadAtOnce,
            "9004" => Self::UserIdOnly,
            _ => Self::Ordinary,
        }
    }

    /// How many times each webhook about the phone is sent.
    pub(crate) fn copies(self) -> usize {
        if self == Self::Duplicated { 2 } else { 1 }
    }
}
