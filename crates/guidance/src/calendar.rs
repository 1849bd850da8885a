//! Dutch public holidays and working days, from a dated data file.
//!
//! Which days are holidays is data (`holidays.toml`, after the Algemene termijnenwet); the kinds
//! of rule a holiday can follow are the closed list here.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::provenance::Provenance;

/// Years for which holidays are worked out when a set is loaded.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2060;

/// How the day of a holiday is found in a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum HolidayRule {
    /// Always this month and day.
    Fixed {
        /// Month, 1..=12.
        month: u8,
        /// Day of the month.
        day: u8,
    },
    /// This month and day, but the day before when that is a Sunday (Koningsdag).
    FixedNotSunday {
        /// Month, 1..=12.
        month: u8,
        /// Day of the month.
        day: u8,
    },
    /// This many days after Easter Sunday; negative is before.
    Easter {
        /// Days after Easter Sunday.
        offset: i64,
    },
}

/// In which years a holiday counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counts {
    /// Every year.
    #[default]
    Always,
    /// Years divisible by five (many collective agreements for Bevrijdingsdag).
    EveryFiveYears,
    /// Never.
    Never,
}

/// One public holiday.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// Stable code, such as `kings-day`.
    pub id: String,
    /// Dutch name.
    pub name: String,
    /// How to find its day.
    pub rule: HolidayRule,
    /// In which years it counts.
    #[serde(default)]
    pub counts: Counts,
    /// First year in which it counts, if it has not always.
    pub from_year: Option<i32>,
}

/// The data file of holidays.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HolidayFile {
    /// Where the list comes from.
    pub provenance: Provenance,
    /// The holidays.
    pub holiday: Vec<Holiday>,
}

/// Working days: days that are no Saturday, Sunday or public holiday.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    holidays: BTreeSet<Day>,
}

impl Calendar {
    /// The calendar of these holidays, for the years 2000–2060.
    #[must_use]
    pub fn new(holidays: &[Holiday]) -> Calendar {
        let days = YEARS.flat_map(|year| holidays.iter().filter_map(move |h| h.day_in(year)));
        Calendar {
            holidays: days.collect(),
        }
    }

    /// Whether offices work on this day.
    #[must_use]
    pub fn is_working_day(&self, day: Day) -> bool {
        !day.is_weekend() && !self.holidays.contains(&day)
    }

    /// This day, or the first working day after it (Algemene termijnenwet article 1).
    #[must_use]
    pub fn working_day_from(&self, day: Day) -> Day {
        let mut day = day;
        while !self.is_working_day(day) {
            day = day.plus_days(1);
        }
        day
    }

    /// The day that lies `count` full working days before `day`.
    #[must_use]
    pub fn working_days_before(&self, day: Day, count: u32) -> Day {
        let mut found = day;
        for _ in 0..count {
            found = found.plus_days(-1);
            while !self.is_working_day(found) {
                found = found.plus_days(-1);
            }
        }
        found
    }

    /// The `count`-th working day after `day`.
    #[must_use]
    pub fn working_days_after(&self, day: Day, count: u32) -> Day {
        let mut found = day;
        for _ in 0..count {
            found = self.working_day_from(found.plus_days(1));
        }
        found
    }
}

impl Holiday {
    fn day_in(&self, year: i32) -> Option<Day> {
        let counts = match self.counts {
            Counts::Always => true,
            Counts::EveryFiveYears => year % 5 == 0,
            Counts::Never => false,
        };
        if !counts || self.from_year.is_some_and(|first| year < first) {
            return None;
        }
        match self.rule {
            HolidayRule::Fixed { month, day } => Day::new(year, month, day),
            HolidayRule::FixedNotSunday { month, day } => {
                let found = Day::new(year, month, day)?;
                Some(if found.is_sunday() {
                    found.plus_days(-1)
                } else {
                    found
                })
            }
            HolidayRule::Easter { offset } => Some(Day::easter(year)?.plus_days(offset)),
        }
    }
}
