//! Figures of a workspace: what happened today, what waits, how it went over time (row I1).
//!
//! "Today" is the viewer's day. Where it begins and how long it is (23 to 25 hours) depends on their time zone, so each
//! question brings its [`Zone`].

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    conversation::ContactView,
    entry::{EntryView, MemberName},
    id::ConversationId,
};

/// Conversations are counted up to here; the interface then says "999+".
pub const COUNT_MAX: u32 = 1_000;
/// Conversations in the list of those that wait longest.
pub const LONGEST_MAX: i64 = 5;
/// Lines of recent activity.
pub const ACTIVITY_MAX: i64 = 12;

/// The name of a time zone as the IANA database has it, `America/Sao_Paulo`. That the name is known is for the database to
/// say.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone(String);

/// The text is not the name of a time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not the name of a time zone, such as Europe/Madrid")]
pub struct NotAZone;

impl Zone {
    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }
}

impl Default for Zone {
    /// UTC: what counts until the viewer's is known.
    fn default() -> Self {
        Self("UTC".to_owned())
    }
}

impl FromStr for Zone {
    type Err = NotAZone;

    fn from_str(name: &str) -> Result<Self, NotAZone> {
        // Letters first: `+05` or `<x>-3` would be rules of POSIX, which count the other way round.
        let begins = name.starts_with(|c: char| c.is_ascii_alphabetic());
        let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '+'));
        let named = name == "UTC" || name == "GMT" || name.contains('/');
        // Where no zone has this name, Postgres takes it for such a rule. There is none without digits, and the only zones with
        // digits that have a slash are these.
        let rule = name
            .strip_prefix("Etc/GMT")
            .map_or_else(|| name.contains(|c: char| c == '+' || c.is_ascii_digit()), |hours| !is_offset(hours));
        if begins && plain && named && !rule && name.len() <= 64 { Ok(Self(name.to_owned())) } else { Err(NotAZone) }
    }
}

/// Whether `Etc/GMT` goes on like this: `+5`, `-14`, `0` or not at all.
fn is_offset(hours: &str) -> bool {
    match hours.strip_prefix(['+', '-']) {
        Some(hours) => {
            (1..=2).contains(&hours.len())
                && hours.bytes().all(|digit| digit.is_ascii_digit())
                && hours.parse::<u8>().is_ok_and(|hours| hours <= 14)
        }
        None => matches!(hours, "" | "0"),
    }
}

impl TryFrom<String> for Zone {
    type Error = NotAZone;

    fn try_from(name: String) -> Result<Self, NotAZone> {
        name.parse()
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.0
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What happened in a stretch of time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// Conversations in which somebody wrote.
    pub active: u32,
    /// Conversations that began.
    pub begun: u32,
    /// Messages of customers.
    pub inbound: u32,
    /// Messages to customers.
    pub outbound: u32,
    /// How long customers had waited for the answers of this time, in seconds: the middle of them.
    pub wait_median: Option<u32>,
    /// The same: nine of ten waited at most that long.
    pub wait_most: Option<u32>,
}

/// Today beside the same time of other days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Today {
    /// From the beginning of the viewer's day until now.
    pub today: Period,
    /// Yesterday, until this time of the day.
    pub yesterday: Period,
    /// The same weekday a week ago, until this time of the day.
    pub last_week: Period,
}

/// A conversation whose customer waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Which.
    pub conversation: ConversationId,
    /// Who waits.
    pub contact: ContactView,
    /// Since when.
    pub since: Timestamp,
    /// Whose it is.
    pub assignee: Option<MemberName>,
}

/// How many open conversations somebody has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    /// Who; none for those that are nobody's.
    pub member: Option<MemberName>,
    /// How many, counted up to [`COUNT_MAX`].
    pub open: u32,
}

/// Something a member did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// What, by whom and when.
    pub entry: EntryView,
    /// With whose conversation.
    pub contact: ContactView,
}

/// The home page's figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dashboard {
    /// When this was read.
    pub at: Timestamp,
    /// The day, counted at most a few seconds ago.
    pub today: Today,
    /// Conversations whose customer waits now, counted up to [`COUNT_MAX`].
    pub waiting: u32,
    /// Those that wait longest.
    pub longest: Vec<Waiting>,
    /// Conversations with something unread, counted up to [`COUNT_MAX`].
    pub unread: u32,
    /// Open conversations by member, the most first.
    pub loads: Vec<Load>,
    /// What members did last, the newest first.
    pub activity: Vec<Activity>,
}

/// How far a chart reaches.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Range {
    /// The hours of today.
    #[default]
    Today,
    /// Seven days, today among them.
    Week,
    /// Thirty days.
    Month,
    /// Ninety days.
    Quarter,
}

impl Range {
    /// Every range, the shortest first.
    pub const ALL: &'static [Self] = &[Self::Today, Self::Week, Self::Month, Self::Quarter];

    /// The stable name: in addresses, and in keys of translations.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
        }
    }

    /// The range of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|range| range.name() == name)
    }

    /// How many days it covers.
    #[must_use]
    pub const fn days(self) -> i32 {
        match self {
            Self::Today => 1,
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => 90,
        }
    }
}

/// Messages of an hour or a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bucket {
    /// When it begins.
    pub from: Timestamp,
    /// The same on the viewer's clock (`14:00`) or calendar (`2026-11-21`).
    pub label: String,
    /// Messages of customers.
    pub inbound: u32,
    /// Messages to customers.
    pub outbound: u32,
}

/// The table of a chart as a file (RFC 4180), which spreadsheets open.
#[must_use]
pub fn csv(heads: [&str; 3], buckets: &[Bucket]) -> String {
    let mut file = heads.map(field).join(",");
    file.push_str("\r\n");
    for bucket in buckets {
        let row = [&bucket.label, &bucket.inbound.to_string(), &bucket.outbound.to_string()];
        file.push_str(&row.map(|text| field(text)).join(","));
        file.push_str("\r\n");
    }
    file
}

/// One field. What a spreadsheet would take for a formula gets an apostrophe in front, as OWASP asks (CSV Injection);
/// quotes, commas and line breaks are quoted.
fn field(text: &str) -> String {
    let text = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r', ';']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_a_name_and_no_rule() {
        for name in [
            "UTC",
            "Europe/Madrid",
            "America/Argentina/Buenos_Aires",
            "America/Port-au-Prince",
            "Etc/GMT+3",
            "Etc/GMT-14",
        ] {
            assert_eq!(name.parse::<Zone>().map(String::from), Ok(name.to_owned()));
        }
        for name in [
            "",
            "+05",
            "<x>-3",
            "FOO+5",
            "Europe/Madrid'; --",
            "../etc/passwd",
            "Europe/Мадрид",
            "Foo/+5",
            "Foo/Bar5",
            "Etc/GMT+99",
            "Etc/GMT++5",
        ] {
            assert_eq!(name.parse::<Zone>(), Err(NotAZone), "{name}");
        }
        assert!(serde_json::from_str::<Zone>("\"x y/z\"").is_err());
    }

    #[test]
    fn a_spreadsheet_finds_no_formula_in_the_file() {
        let bucket =
            |label: &str| Bucket { from: Timestamp::UNIX_EPOCH, label: label.to_owned(), inbound: 3, outbound: 0 };
        let file = csv(["Day", "=cmd|' /C calc'!A0", "To, \"us\""], &[bucket("2026-11-21"), bucket("@SUM(A1)")]);
        assert_eq!(file, "Day,'=cmd|' /C calc'!A0,\"To, \"\"us\"\"\"\r\n2026-11-21,3,0\r\n'@SUM(A1),3,0\r\n");
    }

    #[test]
    fn ranges_are_found_again() {
        for range in Range::ALL {
            assert_eq!(Range::from_name(range.name()), Some(*range));
        }
        assert_eq!(Range::from_name("decade"), None);
    }
}
