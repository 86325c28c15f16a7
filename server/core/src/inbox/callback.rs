//! What we send along with a message, and Meta echoes in every status of it: which message and which attempt.

use charla_shared::id::MessageId;

/// The attempt a status is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CallbackData {
    /// Our message.
    pub message: MessageId,
    /// The number of the attempt; none in what releases before attempts were numbered sent along.
    pub attempt: Option<i32>,
}

impl CallbackData {
    /// As sent: `msg:<id>:<attempt>`, far below Meta's 512 bytes (meta-api.md §1.1).
    pub(crate) fn write(self) -> String {
        match self.attempt {
            Some(attempt) => format!("msg:{}:{attempt}", self.message),
            None => format!("msg:{}", self.message),
        }
    }

    /// What Meta echoed; none when it is not ours.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("msg:")?;
        let (message, attempt) = match rest.split_once(':') {
            Some((message, attempt)) => (message, Some(attempt.parse().ok()?)),
            None => (rest, None),
        };
        Some(Self { message: message.parse().ok()?, attempt })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    proptest! {
        #[test]
        fn what_was_written_is_read(id in any::<u128>(), attempt in proptest::option::of(0..i32::MAX)) {
            let data = CallbackData { message: Uuid::from_u128(id).into(), attempt };
            prop_assert_eq!(CallbackData::read(&data.write()), Some(data));
        }

        #[test]
        fn what_others_wrote_is_not_ours(text in "\\PC{0,60}") {
            prop_assert!(CallbackData::read(&text).is_none_or(|data| data.write() == text));
        }
    }
}
