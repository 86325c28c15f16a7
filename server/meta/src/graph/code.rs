//! Meta's error codes: what to do about each (meta-api.md §14).

use std::time::Duration;

/// When a refused request may be made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryClass {
    /// Soon, with backoff.
    Fast,
    /// After minutes.
    Slow,
    /// Only this recipient has to wait.
    Pair,
    /// The whole number, account or app has to wait.
    Throttle,
    /// Never: the same request fails again.
    Never,
    /// Never for this contact.
    NeverUser,
    /// Not until somebody mends the account or its token.
    NeverAccount,
    /// Not until the template is mended.
    NeverTemplate,
}

impl RetryClass {
    /// Whether the same request may be made again without a person doing something.
    #[must_use]
    pub const fn is_retryable(self) -> bool {
        matches!(self, Self::Fast | Self::Slow | Self::Pair | Self::Throttle)
    }

    /// The least wait, where backoff from a second on is not enough.
    #[must_use]
    pub const fn wait(self) -> Option<Duration> {
        match self {
            Self::Slow => Some(Duration::from_mins(1)),
            Self::Pair => Some(Duration::from_secs(6)),
            Self::Throttle => Some(Duration::from_secs(5)),
            _ => None,
        }
    }
}

/// What is known about a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeInfo {
    /// When to try again.
    pub retry: RetryClass,
    /// The stable name of what happened, which keys its translations (`failure-window` in `app/locales`). Codes that mean
    /// the same to people share it.
    pub key: &'static str,
    /// What happened and what to do, in a sentence for people.
    pub remedy: &'static str,
}

/// A remedy's name and sentence.
type Remedy = (&'static str, &'static str);

const fn info(retry: RetryClass, (key, remedy): Remedy) -> CodeInfo {
    CodeInfo { retry, key, remedy }
}

const RECONNECT: Remedy =
    ("reconnect", "WhatsApp no longer accepts the number's access token. An admin has to reconnect the number.");
const PERMISSION: Remedy =
    ("permission", "The access token lacks a permission. An admin has to grant it in Meta's business settings.");
const BUSY: Remedy = ("busy", "WhatsApp is busy. The message is tried again by itself.");
const MALFORMED: Remedy =
    ("malformed", "WhatsApp did not accept the form of this message. Nothing was sent; change it and send it again.");
const TEMPLATE: Remedy =
    ("template", "WhatsApp did not accept the template. Check it on the templates page before sending it again.");
const ACCOUNT: Remedy =
    ("account", "The WhatsApp account may not send at the moment. An admin has to look into Meta's business settings.");

/// What is known about a code; none for codes that Meta's pages do not list.
#[must_use]
pub const fn lookup(code: i64) -> Option<CodeInfo> {
    use RetryClass as R;
    Some(match code {
        0 | 104 | 190 => info(R::NeverAccount, RECONNECT),
        3 | 10 | 200..=299 | 131_005 => info(R::NeverAccount, PERMISSION),
        1 | 2 | 131_000 | 131_016 | 133_004 | 139_103 => info(R::Fast, BUSY),
        4 | 613 | 80007 | 138_002 | 138_005 => info(R::Throttle, BUSY),
        130_429 => info(
            R::Throttle,
            ("pace", "This number is sending as fast as WhatsApp allows. The message is tried again by itself."),
        ),
        131_056 => info(
            R::Pair,
            ("pair", "Too many messages to this customer in a short time. The message is tried again by itself."),
        ),
        131_048 | 131_057 | 131_208 | 132_069 | 133_000 | 133_008 | 133_009 | 133_015 | 133_016 | 134_101
        | 2_494_100 => {
            info(R::Slow, ("limited", "WhatsApp limits this number for a while. The message is tried again later."))
        }
        131_064 => info(
            R::Slow,
            (
                "classified",
                "WhatsApp limits this number because of how its templates are classified. The limit is lifted by itself.",
            ),
        ),
        33 | 368 | 131_031 | 131_037 | 131_044 | 131_045 | 131_063 | 131_207 | 131_214 | 131_215 | 133_006
        | 133_010 | 134_011 | 138_000 | 138_018 => info(R::NeverAccount, ACCOUNT),
        131_042 => info(
            R::NeverAccount,
            (
                "payment",
                "There is a problem with the payment of the WhatsApp account. An admin has to solve it with Meta.",
            ),
        ),
        130_403 => info(R::Never, ("blocked", "This customer is blocked. Unblock them to write to them.")),
        130_472 => info(
            R::Never,
            ("experiment", "WhatsApp shows this customer no marketing messages at the moment. Do not send it again."),
        ),
        130_497 => {
            info(R::NeverUser, ("country", "WhatsApp does not let this account write to the customer's country."))
        }
        131_020 | 131_041 | 131_201..=131_206 | 131_209..=131_213 => {
            info(R::Never, ("group", "The group cannot be written to."))
        }
        131_021 => info(R::Never, ("itself", "A number cannot write to itself.")),
        131_026 => info(
            R::Never,
            (
                "undeliverable",
                "The message could not be delivered: the number may not be on WhatsApp, or its app is too old.",
            ),
        ),
        131_030 => {
            info(R::Never, ("recipients", "This is a test number and the customer is not on its list of recipients."))
        }
        131_047 => {
            info(R::Never, ("window", "The customer has not written for 24 hours, so only a template may be sent."))
        }
        131_049 => info(
            R::Never,
            (
                "engagement",
                "WhatsApp holds this message back so that customers get less marketing. Try again after a day at the earliest.",
            ),
        ),
        131_050 => info(R::NeverUser, ("stopped", "This customer has stopped marketing messages from you.")),
        131_051 => info(R::Never, ("unsupported", "WhatsApp does not support this kind of message.")),
        131_052 | 131_053 | 131_014 => {
            info(R::Never, ("file", "The file could not be transferred. Send it again, perhaps in another format."))
        }
        131_060 => info(R::Never, ("companion", "The message can be seen on the business's phone only.")),
        131_062 => info(
            R::Never,
            ("phone", "This kind of message needs the customer's phone number, and only their user id is known."),
        ),
        132_000 | 132_001 | 132_007 | 132_015 | 132_016 | 132_068 => info(R::NeverTemplate, TEMPLATE),
        132_005 | 132_008 | 132_012 | 132_018 => info(R::Never, TEMPLATE),
        137_000 => info(
            R::Never,
            ("identity", "The customer's identity has changed. Make sure who they are before you write."),
        ),
        100 | 131_008 | 131_009 | 131_055 | 131_059 | 133_005 | 134_100 | 134_102 | 135_000 | 1_026 => {
            info(R::Never, MALFORMED)
        }
        138_001 | 138_003 | 138_004 | 138_006 | 138_007 | 138_009 | 138_012 | 138_013 => {
            info(R::Never, ("call", "The call could not be made."))
        }
        139_000..=139_004
        | 139_100..=139_102
        | 147_001..=147_005
        | 2_494_164..=2_494_179
        | 2_388_000..=2_388_999
        | 2_593_079
        | 2_593_085
        | 2_593_107..=2_593_109
        | 200_005..=200_007
        | 1_752_041 => info(R::Never, MALFORMED),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_that_stop_a_whole_account_are_never_retried() {
        for code in [0, 3, 10, 190, 200, 250, 368, 131_031, 131_042, 133_010] {
            assert_eq!(lookup(code).map(|c| c.retry), Some(RetryClass::NeverAccount), "{code}");
        }
    }

    #[test]
    fn throttles_wait_and_mistakes_do_not_come_back() {
        assert_eq!(lookup(130_429).map(|c| c.retry), Some(RetryClass::Throttle));
        assert_eq!(lookup(131_056).map(|c| c.retry), Some(RetryClass::Pair));
        assert_eq!(lookup(131_047).map(|c| c.retry), Some(RetryClass::Never));
        assert_eq!(lookup(987_654), None);
    }

    #[test]
    fn every_remedy_has_one_sentence_and_words_in_each_language() {
        let languages = [
            include_str!("../../../../app/locales/en/delivery.ftl"),
            include_str!("../../../../app/locales/es/delivery.ftl"),
        ];
        let mut remedies = std::collections::BTreeMap::new();
        for info in (0..3_000_000).filter_map(lookup) {
            assert_eq!(*remedies.entry(info.key).or_insert(info.remedy), info.remedy, "{}", info.key);
        }
        assert!(remedies.len() > 20);
        for key in remedies.into_keys() {
            for words in languages {
                assert!(words.lines().any(|line| line.starts_with(&format!("failure-{key} = "))), "{key}");
            }
        }
    }
}
