//! What is meant by words that the calendar does not define.
//!
//! These are agreements, not facts: an organisation can set its own.
//! The moments of the budget year follow the Dutch budget cycle and are marked unverified until
//! somebody checked them at the source.

use serde::{Deserialize, Serialize};
use time::{Date, Weekday};

use crate::calendar::{Interval, month_day};

/// A stretch of the year from one day to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// Month and day of the first day.
    pub from: (u8, u8),
    /// Month and day of the last day.
    pub until: (u8, u8),
}

impl Stretch {
    pub(super) const fn new(from: (u8, u8), until: (u8, u8)) -> Stretch {
        Stretch { from, until }
    }

    /// The stretch in a year; a stretch over New Year ends in the next year.
    #[must_use]
    pub fn in_year(self, year: i32) -> Interval {
        let ends_next_year = self.until < self.from;
        Interval {
            from: month_day(year, self.from.0, self.from.1),
            until: month_day(year + i32::from(ends_next_year), self.until.0, self.until.1),
        }
    }
}

/// The conventions in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Conventions {
    /// `begin` of a year.
    pub start_of_year: Stretch,
    /// `medio`, `halverwege` a year.
    pub middle_of_year: Stretch,
    /// `eind` of a year.
    pub end_of_year: Stretch,
    /// `voorjaar`, `lente`.
    pub spring: Stretch,
    /// `zomer`.
    pub summer: Stretch,
    /// `rond de zomer`.
    pub around_summer: Stretch,
    /// `na de zomer`.
    pub after_summer: Stretch,
    /// `najaar`, `herfst`.
    pub autumn: Stretch,
    /// `winter`.
    pub winter: Stretch,
    /// The summer recess of the Chamber (unverified: differs by a week from year to year).
    pub summer_recess: Stretch,
    /// The recess of the Chamber in May (unverified, as above).
    pub may_recess: Stretch,
    /// The recess of the Chamber in spring (unverified, as above).
    pub spring_recess: Stretch,
    /// The recess of the Chamber in autumn (unverified, as above).
    pub autumn_recess: Stretch,
    /// `rond de jaarwisseling`.
    pub turn_of_year: Stretch,
    /// A school year, from August to July of the next year.
    pub school_year: Stretch,
    /// `begin` of a school year.
    pub start_of_school_year: Stretch,
    /// `halverwege` a school year, in its second calendar year.
    pub middle_of_school_year: Stretch,
    /// `eind` of a school year, in its second calendar year.
    pub end_of_school_year: Stretch,
    /// The Christmas recess of the Chamber (unverified, as above).
    pub christmas_recess: Stretch,
    /// Last day for the spring budget memorandum (Voorjaarsnota; unverified: by 1 June).
    pub spring_memorandum: (u8, u8),
    /// Last day for the autumn budget memorandum (Najaarsnota; unverified: by 1 December).
    pub autumn_memorandum: (u8, u8),
    /// Days after which a term without a date asks for attention.
    pub undated_alert_days: u16,
}

impl Default for Conventions {
    fn default() -> Self {
        Conventions {
            start_of_year: Stretch::new((1, 1), (3, 31)),
            middle_of_year: Stretch::new((5, 15), (8, 15)),
            end_of_year: Stretch::new((10, 1), (12, 31)),
            spring: Stretch::new((3, 1), (6, 20)),
            summer: Stretch::new((6, 21), (9, 20)),
            around_summer: Stretch::new((6, 1), (9, 30)),
            after_summer: Stretch::new((9, 1), (10, 31)),
            autumn: Stretch::new((9, 1), (12, 20)),
            winter: Stretch::new((12, 21), (3, 20)),
            summer_recess: Stretch::new((7, 7), (8, 31)),
            may_recess: Stretch::new((4, 25), (5, 10)),
            spring_recess: Stretch::new((2, 13), (3, 3)),
            autumn_recess: Stretch::new((10, 13), (10, 28)),
            turn_of_year: Stretch::new((12, 15), (1, 15)),
            school_year: Stretch::new((8, 1), (7, 31)),
            start_of_school_year: Stretch::new((8, 1), (9, 30)),
            middle_of_school_year: Stretch::new((1, 1), (2, 28)),
            end_of_school_year: Stretch::new((6, 1), (7, 31)),
            christmas_recess: Stretch::new((12, 21), (1, 10)),
            spring_memorandum: (6, 1),
            autumn_memorandum: (12, 1),
            undated_alert_days: 90,
        }
    }
}

/// Prinsjesdag: the third Tuesday of September (Constitution, art. 65).
#[must_use]
pub(super) fn budget_day(year: i32) -> Date {
    third(year, 9, Weekday::Tuesday)
}

/// Verantwoordingsdag: the third Wednesday of May (Government Accounts Act; unverified).
#[must_use]
pub(super) fn accountability_day(year: i32) -> Date {
    third(year, 5, Weekday::Wednesday)
}

fn third(year: i32, month: u8, weekday: Weekday) -> Date {
    // The third of any weekday falls on the 15th to the 21st.
    (15..=21)
        .map(|day| month_day(year, month, day))
        .find(|day| day.weekday() == weekday)
        .unwrap_or_else(|| month_day(year, month, 21))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::iso;

    #[test]
    fn budget_days_are_the_known_ones() {
        assert_eq!(iso(budget_day(2022)), "2022-09-20");
        assert_eq!(iso(budget_day(2023)), "2023-09-19");
        assert_eq!(iso(accountability_day(2023)), "2023-05-17");
    }

    #[test]
    fn winter_runs_into_the_next_year() {
        let winter = Conventions::default().winter.in_year(2022);
        assert_eq!(winter.to_string(), "2022-12-21..2023-03-20");
    }
}
