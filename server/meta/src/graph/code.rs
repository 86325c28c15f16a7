//! Meta's error codes: what to do about each (meta-api.md §14).

use std::time::Duration;

use super::remedy::{self, Remedy};

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
    /// the same to people share it. Those that no message can fail with are all `other`, which has no translations.
    pub key: &'static str,
    /// What happened and what to do, in a sentence or two for people.
    pub remedy: &'static str,
}

impl CodeInfo {
    const fn new(retry: RetryClass, (key, remedy): Remedy) -> Self {
        Self { retry, wait: retry.wait(), key, remedy }
    }

    const fn after(self, wait: Duration) -> Self {
        Self { wait: Some(wait), ..self }
    }
}

/// What is known about a code; none for codes that Meta's pages do not list.
#[must_use]
pub const fn lookup(code: i64) -> Option<CodeInfo> {
    use RetryClass as R;
    let (retry, remedy) = match code {
        0 | 104 | 190 => (R::NeverAccount, remedy::RECONNECT),
        3 | 10 | 200..=299 | 131_005 => (R::NeverAccount, remedy::PERMISSION),
        1 | 2 | 131_000 | 131_016 | 133_004 | 139_103 => (R::Fast, remedy::BUSY),
        4 | 613 | 80_007 => (R::ThrottleAccount, remedy::ACCOUNT_PACE),
        33 => (R::NeverAccount, remedy::REMOVED),
        100 | 131_008 | 131_009 | 131_055 | 135_000 => (R::Never, remedy::MALFORMED),
        368 | 131_031 => (R::NeverAccount, remedy::ACCOUNT),
        130_403 => (R::Never, remedy::BLOCKED),
        130_429 => (R::Throttle, remedy::PACE),
        130_472 => (R::Never, remedy::EXPERIMENT),
        130_497 => (R::NeverUser, remedy::COUNTRY),
        131_014 | 131_052 => (R::Never, remedy::FETCH),
        131_020 | 131_041 => (R::Never, remedy::GROUP),
        131_021 => (R::Never, remedy::ITSELF),
        131_026 | 1_026 => (R::Never, remedy::UNDELIVERABLE),
        131_030 => (R::Never, remedy::RECIPIENTS),
        131_037 => (R::NeverAccount, remedy::DISPLAY_NAME),
        131_042 | 131_044 => (R::NeverAccount, remedy::PAYMENT),
        131_045 | 133_010 => (R::NeverAccount, remedy::UNREGISTERED),
        131_047 => (R::Never, remedy::WINDOW),
        131_048 | 131_057 | 2_494_100 => (R::Slow, remedy::LIMITED),
        131_049 => (R::Never, remedy::ENGAGEMENT),
        131_050 => (R::NeverUser, remedy::STOPPED),
        131_051 => (R::Never, remedy::UNSUPPORTED),
        131_053 => (R::Fast, remedy::FILE),
        131_056 => (R::Pair, remedy::PAIR),
        131_059 => (R::Never, remedy::LIST),
        131_060 => (R::Never, remedy::COMPANION),
        131_062 => (R::Never, remedy::PHONE),
        131_063 => (R::NeverAccount, remedy::MARKETING_OFF),
        131_064 => (R::Slow, remedy::CLASSIFIED),
        131_201..=131_204 | 131_209..=131_213 => (R::Never, remedy::GROUP_CHANGE),
        131_207 => (R::Never, remedy::GROUP_SUSPENDED),
        131_208 => (R::Slow, remedy::GROUP_PACE),
        131_214 | 131_215 => (R::NeverAccount, remedy::NO_GROUPS),
        132_000 | 132_001 | 132_007 | 132_015 | 132_016 => (R::NeverTemplate, remedy::TEMPLATE),
        132_005 | 132_008 | 132_012 | 132_018 => (R::Never, remedy::PARAMETERS),
        132_068 => (R::NeverTemplate, remedy::FORM),
        132_069 => (R::Slow, remedy::FORM_PACE),
        133_000 => (R::Slow, remedy::DEREGISTERING),
        133_005 => (R::Never, remedy::PIN),
        133_006 => (R::Never, remedy::UNVERIFIED),
        133_008 | 133_009 => (R::Slow, remedy::PIN_GUESSES),
        133_015 => (R::Slow, remedy::JUST_REMOVED),
        133_016 => (R::Slow, remedy::REGISTERED_OFTEN),
        134_011 => (R::NeverAccount, remedy::TERMS),
        134_100 | 134_102 => (R::Never, remedy::NOT_MARKETING),
        134_101 => (R::Slow, remedy::PREPARING),
        137_000 => (R::Never, remedy::IDENTITY),
        138_000 | 138_018 => (R::NeverAccount, remedy::CALLS),
        138_001 | 138_003 | 138_004 | 138_007 => (R::Never, remedy::CALL),
        138_002 | 138_005 => (R::Throttle, remedy::CALL_PACE),
        138_006 | 138_009 | 138_012 | 138_013 => (R::Never, remedy::CALL_LIMIT),
        139_000..=139_004 => (R::Never, remedy::FLOW),
        139_100 | 139_102 => (R::Never, remedy::BLOCKING),
        139_101 => (R::Never, remedy::BLOCKED_FULL),
        147_001..=147_005 => (R::Never, remedy::USERNAME),
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
        | 2_494_164..=2_494_179 => (R::Never, remedy::SETTING),
        2_593_079 | 2_593_085 | 2_593_107..=2_593_109 => (R::Never, remedy::PHONE_APP),
        200_005..=200_007 => (R::Never, remedy::FIGURES),
        1_752_041 => (R::Never, remedy::DONE),
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
