//! Meta's error codes: what to do about each (meta-api.md §14).

use std::time::Duration;

/// When a refused request may be made again, and who has to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryClass {
    /// Soon, with backoff.
    Fast,
    /// After minutes or hours: the number has to wait.
    Slow,
    /// Only this recipient has to wait.
    Pair,
    /// The sending number has to slow down.
    Throttle,
    /// Everything that uses the account or the app has to slow down.
    ThrottleAccount,
    /// Never: the same request fails again.
    Never,
    /// Never for this contact.
    NeverUser,
    /// Not until somebody mends the account or its token: the number has to stop.
    NeverAccount,
    /// Not until the template is mended.
    NeverTemplate,
}

impl RetryClass {
    /// Whether the same request may be made again without a person doing something.
    #[must_use]
    pub const fn is_retryable(self) -> bool {
        matches!(self, Self::Fast | Self::Slow | Self::Pair | Self::Throttle | Self::ThrottleAccount)
    }

    /// The least wait, where backoff from a second on is not enough.
    #[must_use]
    pub const fn wait(self) -> Option<Duration> {
        match self {
            Self::Slow | Self::ThrottleAccount => Some(Duration::from_mins(1)),
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
    /// The least wait: Meta's for this code, else that of its class.
    pub wait: Option<Duration>,
    /// The stable name of what happened, which keys its translations (`failure-window` in `app/locales`). Codes that mean
    /// the same to people share it.
    pub key: &'static str,
    /// What happened and what to do, in a sentence or two for people.
    pub remedy: &'static str,
}

impl CodeInfo {
    const fn new(retry: RetryClass, remedy: &'static str) -> Self {
        Self { retry, wait: retry.wait(), key: "malformed", remedy }
    }

    const fn after(self, wait: Duration) -> Self {
        Self { wait: Some(wait), ..self }
    }
}

const RECONNECT: &str = "WhatsApp no longer accepts the number's access token. An admin has to reconnect the number.";
const PERMISSION: &str = "The access token lacks a permission. An admin has to grant it in Meta's business settings.";
const BUSY: &str = "WhatsApp is busy. The message is tried again by itself.";
const APP_LIMIT: &str =
    "The WhatsApp account has made as many requests as Meta allows for now. The message is tried again by itself.";
const MALFORMED: &str =
    "WhatsApp did not accept the form of this message. Nothing was sent; change it and send it again.";
const SETTING: &str = "Meta did not accept this change. Nothing was changed; correct the values and try again.";
const TEMPLATE: &str = "WhatsApp does not accept the template as it is. An admin has to check it on the templates page before it is sent again.";
const PARAMETERS: &str = "The values do not fit the template. Nothing was sent; correct the values and send it again.";
const RESTRICTED: &str = "Meta has restricted the WhatsApp account, so nothing can be sent. An admin has to look into Meta's business settings.";
const PAYMENT: &str =
    "There is a problem with the payment of the WhatsApp account. An admin has to solve it with Meta.";
const REGISTER: &str =
    "The number is not registered with WhatsApp, so nothing can be sent. An admin has to connect it again.";
const PIN: &str = "The number's PIN was wrong too often. An admin has to wait before trying again.";
const GROUP: &str = "WhatsApp did not accept this for the group. Check the group and its members.";
const CALLS: &str =
    "The number may not make calls. An admin has to switch calling on in Meta's business settings, if Meta offers it.";
const NO_CALL: &str = "The call could not be made: the customer cannot be called now. Try again later or write.";
const CALL_LIMIT: &str =
    "WhatsApp does not allow another call to this customer now. Ask them for permission, or wait a day.";
const FLOW: &str = "Meta did not accept this change of the form. An admin has to correct the form in Meta's settings.";
const BLOCKING: &str =
    "Some customers could not be blocked or unblocked. Load the list again and repeat what is missing.";
const PHONE_APP: &str =
    "The number's WhatsApp Business app could not be connected. An admin has to connect the number again.";
const USERNAME: &str = "Meta did not accept the business's username. An admin has to choose another or ask Meta.";

/// What is known about a code; none for codes that Meta's pages do not list.
#[must_use]
pub const fn lookup(code: i64) -> Option<CodeInfo> {
    use RetryClass as R;
    let (retry, remedy) = match code {
        0 | 104 | 190 => (R::NeverAccount, RECONNECT),
        3 | 10 | 200..=299 | 131_005 => (R::NeverAccount, PERMISSION),
        1 | 2 | 131_000 | 131_016 | 133_004 | 139_103 => (R::Fast, BUSY),
        4 | 613 | 80_007 => (R::ThrottleAccount, APP_LIMIT),
        33 => (R::NeverAccount, "Meta no longer knows this number. An admin has to connect it again or remove it."),
        100 | 131_008 | 131_009 | 131_055 | 135_000 => (R::Never, MALFORMED),
        368 | 131_031 => (R::NeverAccount, RESTRICTED),
        130_403 => (R::Never, "This customer is blocked. Unblock them to write to them."),
        130_429 => {
            (R::Throttle, "This number is sending as fast as WhatsApp allows. The message is tried again by itself.")
        }
        130_472 => {
            (R::Never, "WhatsApp shows this customer no marketing messages at the moment. Do not send it again.")
        }
        130_497 => (R::NeverUser, "WhatsApp does not let this account write to the customer's country."),
        131_014 | 131_052 => {
            (R::Never, "The file could not be fetched from WhatsApp. Ask the customer to send it again.")
        }
        131_020 | 131_041 => {
            (R::Never, "The group cannot be written to: it is gone, or the number is not a member or the only one.")
        }
        131_021 => (R::Never, "A number cannot write to itself."),
        131_026 | 1_026 => (
            R::Never,
            "The message could not be delivered: the number may not be on WhatsApp, its app may be too old, or the customer may have blocked you.",
        ),
        131_030 => (
            R::Never,
            "This is a test number and the customer is not on its list of recipients. An admin can add them in Meta's settings.",
        ),
        131_037 => (
            R::NeverAccount,
            "Meta has not approved the number's display name, so nothing can be sent. An admin has to settle it with Meta.",
        ),
        131_042 | 131_044 => (R::NeverAccount, PAYMENT),
        131_045 | 133_010 => (R::NeverAccount, REGISTER),
        131_047 => (R::Never, "The customer has not written for 24 hours, so only a template may be sent."),
        131_048 | 131_057 | 2_494_100 => {
            (R::Slow, "WhatsApp limits this number for a while. The message is tried again later.")
        }
        131_049 => (
            R::Never,
            "WhatsApp holds this message back so that customers get less marketing. Try again after a day at the earliest.",
        ),
        131_050 => (R::NeverUser, "This customer has stopped marketing messages from you. Send them no more."),
        131_051 => (R::Never, "WhatsApp does not support this kind of message."),
        131_053 => (R::Fast, "WhatsApp could not take the file. It is tried again; if it fails, send another format."),
        131_056 => {
            (R::Pair, "Too many messages to this customer in a short time. The message is tried again by itself.")
        }
        131_059 => (R::Never, "Meta's list has changed meanwhile. Load it again from its first page."),
        131_060 => (R::Never, "The message can be seen on the business's phone only."),
        131_062 => {
            (R::Never, "This kind of message needs the customer's phone number, and only their user id is known.")
        }
        131_063 => (
            R::NeverAccount,
            "Marketing messages are switched off for this way of sending. An admin has to change it in Meta's settings.",
        ),
        131_064 => (
            R::Slow,
            "WhatsApp limits this number because of how its templates are classified. An admin should check the templates; the limit is lifted by itself.",
        ),
        131_201..=131_204 | 131_209..=131_213 => (R::Never, GROUP),
        131_207 => (R::Never, "Meta has suspended the group, so it cannot be written to."),
        131_208 => (R::Slow, "The group was changed too often in a short time. Try again later."),
        131_214 | 131_215 => (
            R::NeverAccount,
            "This number may not have groups at the moment. An admin has to look into Meta's settings.",
        ),
        132_000 | 132_001 | 132_007 | 132_015 | 132_016 => (R::NeverTemplate, TEMPLATE),
        132_005 | 132_008 | 132_012 | 132_018 => (R::Never, PARAMETERS),
        132_068 => {
            (R::NeverTemplate, "Meta has blocked the form of this message. An admin has to mend it in Meta's settings.")
        }
        132_069 => (R::Slow, "Meta lets the form of this message go out ten times an hour. It is tried again later."),
        133_000 => {
            (R::Slow, "The number is still being taken off its old registration. Try to connect it again later.")
        }
        133_005 => {
            (R::Never, "The number's PIN is wrong. An admin has to enter the right one or set a new one with Meta.")
        }
        133_006 => (R::Never, "The number must be verified first. An admin has to ask Meta for a code and enter it."),
        133_008 | 133_009 => (R::Slow, PIN),
        133_015 => (R::Slow, "The number was removed a moment ago. Connect it again in five minutes."),
        133_016 => (R::Slow, "The number was registered too often. Connect it again in three days."),
        134_011 => (
            R::NeverAccount,
            "Meta's terms of payment are not accepted. An admin has to accept them in Meta's settings.",
        ),
        134_100 | 134_102 => (R::Never, "This message cannot go out as marketing. Send it as an ordinary template."),
        134_101 => (R::Slow, "Meta is still preparing the template for marketing. The message is tried again later."),
        137_000 => (R::Never, "The customer's identity has changed. Make sure who they are before you write."),
        138_000 | 138_018 => (R::NeverAccount, CALLS),
        138_001 | 138_003 | 138_004 | 138_007 => (R::Never, NO_CALL),
        138_002 | 138_005 => {
            (R::Throttle, "This number makes as many calls as WhatsApp allows. Call again in a while.")
        }
        138_006 | 138_009 | 138_012 | 138_013 => (R::Never, CALL_LIMIT),
        139_000..=139_004 => (R::Never, FLOW),
        139_100 | 139_102 => (R::Never, BLOCKING),
        139_101 => (R::Never, "The list of blocked customers is full. Unblock others first."),
        147_001..=147_005 => (R::Never, USERNAME),
        2_388_001
        | 2_388_012
        | 2_388_019
        | 2_388_024
        | 2_388_039
        | 2_388_040
        | 2_388_047
        | 2_388_072
        | 2_388_073
        | 2_388_091
        | 2_388_093
        | 2_388_103
        | 2_388_293
        | 2_388_299
        | 2_494_164..=2_494_179 => (R::Never, SETTING),
        2_593_079 | 2_593_085 | 2_593_107..=2_593_109 => (R::Never, PHONE_APP),
        200_005..=200_007 => {
            (R::Never, "Meta has no figures for this template. An admin has to allow them in Meta's settings.")
        }
        1_752_041 => (R::Never, "This was done already. There is nothing to do."),
        _ => return None,
    };
    let info = CodeInfo::new(retry, remedy);
    Some(match code {
        // Ten an hour.
        132_069 => info.after(Duration::from_mins(6)),
        133_015 => info.after(Duration::from_mins(5)),
        134_101 => info.after(Duration::from_mins(10)),
        131_064 => info.after(Duration::from_hours(1)),
        133_016 => info.after(Duration::from_hours(72)),
        _ => info,
    })
}

#[cfg(test)]
mod tests {
    use super::{RetryClass as R, *};

    /// The table of meta-api.md §14, row by row: a code, or the first and last of a range.
    const TABLE: &[(R, &[(i64, i64)])] = &[
        (R::NeverAccount, &[(0, 0), (3, 3), (10, 10), (33, 33), (104, 104), (190, 190), (200, 299), (368, 368)]),
        (R::Fast, &[(1, 2), (131_000, 131_000), (131_016, 131_016), (131_053, 131_053), (133_004, 133_004)]),
        (R::Fast, &[(139_103, 139_103)]),
        (R::ThrottleAccount, &[(4, 4), (613, 613), (80_007, 80_007)]),
        (R::Throttle, &[(130_429, 130_429), (138_002, 138_002), (138_005, 138_005)]),
        (R::Pair, &[(131_056, 131_056)]),
        (R::NeverUser, &[(130_497, 130_497), (131_050, 131_050)]),
        (R::NeverAccount, &[(131_005, 131_005), (131_031, 131_031), (131_037, 131_037), (131_042, 131_042)]),
        (R::NeverAccount, &[(131_044, 131_045), (131_063, 131_063), (131_214, 131_215), (133_010, 133_010)]),
        (R::NeverAccount, &[(134_011, 134_011), (138_000, 138_000), (138_018, 138_018)]),
        (R::NeverTemplate, &[(132_000, 132_001), (132_007, 132_007), (132_015, 132_016), (132_068, 132_068)]),
        (R::Slow, &[(131_048, 131_048), (131_057, 131_057), (131_064, 131_064), (131_208, 131_208)]),
        (R::Slow, &[(132_069, 132_069), (133_000, 133_000), (133_008, 133_009), (133_015, 133_016)]),
        (R::Slow, &[(134_101, 134_101), (2_494_100, 2_494_100)]),
        (R::Never, &[(100, 100), (130_403, 130_403), (130_472, 130_472), (131_008, 131_009), (131_014, 131_014)]),
        (R::Never, &[(131_020, 131_021), (131_026, 131_026), (131_030, 131_030), (131_041, 131_041)]),
        (R::Never, &[(131_047, 131_047), (131_049, 131_049), (131_051, 131_052), (131_055, 131_055)]),
        (R::Never, &[(131_059, 131_060), (131_062, 131_062), (131_201, 131_204), (131_207, 131_207)]),
        (R::Never, &[(131_209, 131_213), (132_005, 132_005), (132_008, 132_008), (132_012, 132_012)]),
        (R::Never, &[(132_018, 132_018), (133_005, 133_006), (134_100, 134_100), (134_102, 134_102)]),
        (R::Never, &[(135_000, 135_000), (137_000, 137_000), (138_001, 138_001), (138_003, 138_004)]),
        (R::Never, &[(138_006, 138_007), (138_009, 138_009), (138_012, 138_013), (139_000, 139_004)]),
        (R::Never, &[(139_100, 139_102), (147_001, 147_005), (2_494_164, 2_494_179), (2_388_001, 2_388_001)]),
        (R::Never, &[(2_388_012, 2_388_012), (2_388_019, 2_388_019), (2_388_024, 2_388_024), (2_388_039, 2_388_040)]),
        (R::Never, &[(2_388_047, 2_388_047), (2_388_072, 2_388_073), (2_388_091, 2_388_091), (2_388_093, 2_388_093)]),
        (R::Never, &[(2_388_103, 2_388_103), (2_388_293, 2_388_293), (2_388_299, 2_388_299), (2_593_079, 2_593_079)]),
        (R::Never, &[(2_593_085, 2_593_085), (2_593_107, 2_593_109), (200_005, 200_007), (1_752_041, 1_752_041)]),
        (R::Never, &[(1_026, 1_026)]),
    ];

    fn listed() -> impl Iterator<Item = (R, i64)> {
        let ranges =
            TABLE.iter().flat_map(|(class, ranges)| ranges.iter().map(|(first, last)| (*class, *first..=*last)));
        ranges.flat_map(|(class, codes)| codes.map(move |code| (class, code)))
    }

    #[test]
    fn every_code_of_metas_table_has_its_class_and_a_remedy() {
        for (class, code) in listed() {
            let info = lookup(code).unwrap_or_else(|| panic!("{code} is missing"));
            assert_eq!(info.retry, class, "{code}");
            assert!(info.remedy.ends_with('.') && !info.remedy.contains('_'), "{code}: {}", info.remedy);
        }
    }

    #[test]
    fn nothing_is_claimed_about_other_codes() {
        let known: Vec<i64> = (0..3_000_000).filter(|code| lookup(*code).is_some()).collect();
        let mut listed: Vec<i64> = listed().map(|(_, code)| code).collect();
        listed.sort_unstable();
        assert_eq!(known, listed, "each once, and no others");
        assert_eq!((lookup(-1), lookup(i64::MAX)), (None, None));
    }

    #[test]
    fn what_is_tried_again_says_how_long_it_waits() {
        let wait = |code| lookup(code).and_then(|info| info.wait);
        assert_eq!(wait(131_056), Some(Duration::from_secs(6)), "the pair");
        assert_eq!(wait(131_057), Some(Duration::from_mins(1)), "the class of the code");
        assert_eq!(wait(134_101), Some(Duration::from_mins(10)), "Meta's own time");
        assert_eq!(wait(131_000), None, "backoff");
        assert!(listed().all(|(class, code)| class.is_retryable() || wait(code).is_none()));
    }
}
