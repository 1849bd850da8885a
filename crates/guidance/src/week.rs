//! A week of lessons and work: whether they clash.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

impl Weekday {
    /// All days, Monday first.
    pub const ALL: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];

    /// Code in files and texts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Weekday::Monday => "monday",
            Weekday::Tuesday => "tuesday",
            Weekday::Wednesday => "wednesday",
            Weekday::Thursday => "thursday",
            Weekday::Friday => "friday",
            Weekday::Saturday => "saturday",
            Weekday::Sunday => "sunday",
        }
    }
}

/// A time of day in minutes after midnight, written `09:30`; `24:00` is the end of the day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay(u16);

/// A text that is no time of day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is no time of day; expected hours and minutes such as 09:30")]
pub struct NotATime {
    text: String,
}

/// Whether hours can be talked about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Firmness {
    /// They stand.
    #[default]
    Fixed,
    /// They can be moved in consultation.
    Negotiable,
}

/// A block of time in the week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// What it is, in words.
    pub what: String,
    /// Day.
    pub day: Weekday,
    /// First minute.
    pub from: TimeOfDay,
    /// Minute after the last.
    pub to: TimeOfDay,
    /// Whether it can be moved.
    #[serde(default)]
    pub firmness: Firmness,
}

/// What a clash means for a vacancy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Consequence {
    /// Lesson or work can be moved: talk about it.
    Negotiate,
    /// Both stand: the vacancy does not fit now.
    Exclude,
}

impl Consequence {
    /// All consequences.
    pub const ALL: [Consequence; 2] = [Consequence::Negotiate, Consequence::Exclude];

    /// Code in files and texts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Consequence::Negotiate => "negotiate",
            Consequence::Exclude => "exclude",
        }
    }
}

/// Work and lesson at the same time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Clash<'a> {
    /// The lesson.
    pub lesson: &'a Block,
    /// The work.
    pub work: &'a Block,
    /// Minutes that both take.
    pub minutes: u16,
    /// What it means.
    pub consequence: Consequence,
}

/// All clashes between lessons and work, in the order of the lessons.
#[must_use]
pub fn clashes<'a>(lessons: &'a [Block], work: &'a [Block]) -> Vec<Clash<'a>> {
    let pairs = lessons
        .iter()
        .flat_map(|lesson| work.iter().map(move |work| (lesson, work)));
    let found = pairs.filter_map(|(lesson, work)| {
        let from = lesson.from.max(work.from);
        let to = lesson.to.min(work.to);
        let movable =
            lesson.firmness == Firmness::Negotiable || work.firmness == Firmness::Negotiable;
        (lesson.day == work.day && from < to).then(|| Clash {
            lesson,
            work,
            minutes: to.0 - from.0,
            consequence: if movable {
                Consequence::Negotiate
            } else {
                Consequence::Exclude
            },
        })
    });
    found.collect()
}

impl FromStr for TimeOfDay {
    type Err = NotATime;

    fn from_str(text: &str) -> Result<TimeOfDay, NotATime> {
        let refuse = || NotATime {
            text: text.chars().take(20).collect(),
        };
        let (hours, minutes) = text.split_once(':').ok_or_else(refuse)?;
        let hours: u16 = hours.parse().map_err(|_| refuse())?;
        let minutes: u16 = minutes.parse().map_err(|_| refuse())?;
        let fits = (hours < 24 && minutes < 60) || (hours == 24 && minutes == 0);
        fits.then(|| TimeOfDay(hours * 60 + minutes))
            .ok_or_else(refuse)
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl fmt::Debug for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = NotATime;

    fn try_from(text: String) -> Result<TimeOfDay, NotATime> {
        text.parse()
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> String {
        time.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(day: Weekday, from: &str, to: &str, firmness: Firmness) -> Block {
        Block {
            what: String::new(),
            day,
            from: from.parse().expect("a time"),
            to: to.parse().expect("a time"),
            firmness,
        }
    }

    #[test]
    fn tuesday_morning_work_clashes_with_tuesday_morning_class() {
        let class = [block(Weekday::Tuesday, "09:00", "12:00", Firmness::Fixed)];
        let at = |day, from, to, firmness| {
            clashes(&class, &[block(day, from, to, firmness)])
                .first()
                .map(|clash| (clash.minutes, clash.consequence))
        };
        let excluded = at(Weekday::Tuesday, "09:00", "12:00", Firmness::Fixed);
        assert_eq!(excluded, Some((180, Consequence::Exclude)));
        let talk = at(Weekday::Tuesday, "11:30", "17:00", Firmness::Negotiable);
        assert_eq!(talk, Some((30, Consequence::Negotiate)));
        assert_eq!(
            at(Weekday::Tuesday, "12:00", "17:00", Firmness::Fixed),
            None
        );
        assert_eq!(at(Weekday::Monday, "09:00", "12:00", Firmness::Fixed), None);
    }
}
