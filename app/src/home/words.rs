//! Numbers, times and trends in words.

use charla_shared::{
    account::Locale,
    analytics::COUNT_MAX,
    conversation::{ContactView, Status},
    entry::EntryContent,
};

use crate::i18n::{Arg, t, t_with, use_locale};

/// A number with its thousands apart, as the page's language writes it. By hand, so that the host and the browser agree.
pub fn number(value: u32) -> String {
    grouped(value, use_locale())
}

fn grouped(value: u32, locale: Locale) -> String {
    let digits = value.to_string();
    // CLDR: Spanish leaves four digits together, and Hindi counts in hundreds beyond the first thousand.
    let (mark, least) = match locale {
        Locale::Spanish => ('.', 5),
        Locale::Portuguese => ('.', 4),
        Locale::English | Locale::Hindi | Locale::Arabic => (',', 4),
    };
    if digits.len() < least {
        return digits;
    }
    let ends_group = |left: usize| match locale {
        Locale::Hindi => left == 3 || (left > 3 && left % 2 == 1),
        _ => left.is_multiple_of(3),
    };
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && ends_group(digits.len() - place) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

/// A count that is not counted beyond a limit.
pub fn capped(value: u32) -> String {
    if value >= COUNT_MAX { format!("{}+", COUNT_MAX - 1) } else { number(value) }
}

/// A length of time in its two largest units.
pub fn duration(seconds: u32) -> String {
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    let say =
        |key: &str, large: u32, small: u32| t_with(key, &[("large", Arg::from(large)), ("small", Arg::from(small))]);
    match (days, hours, minutes) {
        (0, 0, 0) => say("home-seconds", seconds, 0),
        (0, 0, minutes) => say("home-minutes", minutes, 0),
        (0, hours, minutes) => say("home-hours", hours, minutes % 60),
        (days, hours, _) => say("home-days", days, hours % 24),
    }
}

/// By how much a figure differs from an earlier one: an arrow and percent; nothing to compare with gives none.
pub fn change(now: u32, before: u32) -> Option<String> {
    if before == 0 {
        return None;
    }
    let (larger, smaller) = (u64::from(now.max(before)), u64::from(now.min(before)));
    let percent = ((larger - smaller) * 100 + u64::from(before) / 2) / u64::from(before);
    Some(match now.cmp(&before) {
        _ if percent == 0 => "=".to_owned(),
        std::cmp::Ordering::Less => format!("↓ {percent} %"),
        _ => format!("↑ {percent} %"),
    })
}

/// What to call somebody.
pub fn title(contact: &ContactView) -> String {
    contact.title().unwrap_or_else(|| t("inbox-nameless"))
}

/// What was done, without who did it.
pub fn done(content: &EntryContent) -> String {
    match content {
        EntryContent::Note { .. } => t("home-did-note"),
        EntryContent::Assigned { to: Some(member) } => {
            t_with("home-did-assign", &[("name", Arg::from(member.name.clone()))])
        }
        EntryContent::Assigned { to: None } => t("home-did-unassign"),
        EntryContent::Status { by_customer: true, .. } => t("home-did-reopen"),
        EntryContent::Status { status, .. } => t(match status {
            Status::Open => "home-did-open",
            Status::Pending => "home-did-pending",
            Status::Snoozed => "home-did-snooze",
            Status::Resolved => "home-did-resolve",
        }),
        EntryContent::Labelled { label, added } => {
            let key = if *added { "home-did-label" } else { "home-did-unlabel" };
            t_with(key, &[("label", Arg::from(label.clone()))])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart_as_the_language_has_it() {
        let english = |value| grouped(value, Locale::English);
        let spanish = |value| grouped(value, Locale::Spanish);
        assert_eq!([0, 999, 1_000, 1_234_567].map(english), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([999, 1_000, 12_345].map(spanish), ["999", "1000", "12.345"]);
        assert_eq!(grouped(1_234_567, Locale::Hindi), "12,34,567");
        assert_eq!(grouped(1_234, Locale::Portuguese), "1.234");
    }

    #[test]
    fn a_trend_has_a_direction_and_a_size() {
        assert_eq!(change(112, 100).as_deref(), Some("↑ 12 %"));
        assert_eq!(change(50, 100).as_deref(), Some("↓ 50 %"));
        assert_eq!(change(100, 100).as_deref(), Some("="));
        assert_eq!(change(7, 0), None, "nothing to compare with");
        assert_eq!(change(u32::MAX, 1).as_deref(), Some("↑ 429496729400 %"));
    }
}
