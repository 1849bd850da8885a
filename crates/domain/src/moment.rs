//! Points in time and the clock that tells them.
//!
//! Everything that depends on the time takes a [`Clock`] or a [`Moment`]; nothing here may read
//! the time of the machine.

use std::fmt;
use std::ops::{Add, Sub};

use serde::{Deserialize, Serialize};
use time::format_description::well_known::Rfc3339;
use time::{Date, Duration, Month, OffsetDateTime, Time, UtcOffset};

/// A point in time in UTC, exact to the microsecond.
///
/// The range is that of the years 0 to 9999; what would be outside is held at the border.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Moment(i64);

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Moment;
}

/// A text that is no moment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a time as in 2026-11-22T09:30:00Z")]
pub struct NotAMoment;

/// First microsecond of the year 0.
const FIRST: i64 = -62_167_219_200_000_000;
/// Last microsecond of the year 9999.
const LAST: i64 = 253_402_300_799_999_999;

impl Moment {
    /// The moment so many microseconds after 1 January 1970, 00:00 UTC.
    #[must_use]
    pub fn from_micros(micros: i64) -> Moment {
        Moment(micros.clamp(FIRST, LAST))
    }

    /// Microseconds since 1 January 1970, 00:00 UTC.
    #[must_use]
    pub fn micros(self) -> i64 {
        self.0
    }

    /// The moment as a date and time in UTC.
    #[must_use]
    pub fn to_date_time(self) -> OffsetDateTime {
        // The range of a moment lies within that of the type; the epoch is never given.
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1000)
            .unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }

    /// As clocks in the Netherlands show it: UTC+2 from the last Sunday of March to the last Sunday
    /// of October, changing at 01:00 UTC (Directive 2000/84/EC), else UTC+1.
    #[must_use]
    pub fn in_amsterdam(self) -> OffsetDateTime {
        let utc = self.to_date_time();
        let last_sunday = |month: Month| {
            let last = Date::from_calendar_date(utc.year(), month, 31).unwrap_or(utc.date());
            let days = i64::from(last.weekday().number_days_from_sunday());
            (last - Duration::days(days))
                .with_time(Time::MIDNIGHT)
                .assume_utc()
                + Duration::HOUR
        };
        let is_summer = utc >= last_sunday(Month::March) && utc < last_sunday(Month::October);
        let offset = if is_summer {
            UtcOffset::from_hms(2, 0, 0)
        } else {
            UtcOffset::from_hms(1, 0, 0)
        };
        utc.to_offset(offset.unwrap_or(UtcOffset::UTC))
    }

    /// How long ago `earlier` was; zero when it is not earlier.
    #[must_use]
    pub fn since(self, earlier: Moment) -> Duration {
        Duration::microseconds(self.0.saturating_sub(earlier.0).max(0))
    }
}

impl From<OffsetDateTime> for Moment {
    /// Parts of a microsecond are cut off.
    fn from(at: OffsetDateTime) -> Moment {
        Moment::from_micros((at.unix_timestamp_nanos().div_euclid(1000)) as i64)
    }
}

impl Add<Duration> for Moment {
    type Output = Moment;

    fn add(self, duration: Duration) -> Moment {
        Moment::from_micros(self.0.saturating_add(micros(duration)))
    }
}

impl Sub<Duration> for Moment {
    type Output = Moment;

    fn sub(self, duration: Duration) -> Moment {
        Moment::from_micros(self.0.saturating_sub(micros(duration)))
    }
}

impl fmt::Display for Moment {
    /// RFC 3339 in UTC.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self
            .to_date_time()
            .format(&Rfc3339)
            .map_err(|_| fmt::Error)?;
        f.write_str(&text)
    }
}

impl std::str::FromStr for Moment {
    type Err = NotAMoment;

    fn from_str(text: &str) -> Result<Moment, NotAMoment> {
        OffsetDateTime::parse(text, &Rfc3339)
            .map(|at| Moment::from(at.to_offset(UtcOffset::UTC)))
            .map_err(|_| NotAMoment)
    }
}

impl TryFrom<String> for Moment {
    type Error = NotAMoment;

    fn try_from(text: String) -> Result<Moment, NotAMoment> {
        text.parse()
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> String {
        moment.to_string()
    }
}

fn micros(duration: Duration) -> i64 {
    duration
        .whole_microseconds()
        .clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn offsets_become_utc() {
        let here: Result<Moment, _> = "2026-07-01T12:00:00.25+02:00".parse();
        assert_eq!(
            here.map(|moment| moment.to_string()).as_deref(),
            Ok("2026-07-01T10:00:00.25Z")
        );
        assert_eq!("yesterday".parse::<Moment>(), Err(NotAMoment));
    }

    proptest! {
        #[test]
        fn a_moment_reads_back(micros in FIRST..=LAST) {
            let moment = Moment::from_micros(micros);
            prop_assert_eq!(moment.micros(), micros);
            prop_assert_eq!(moment.to_string().parse(), Ok(moment));
            prop_assert_eq!(Moment::from(moment.to_date_time()), moment);
        }

        #[test]
        fn no_duration_leads_out_of_range(micros: i64, seconds: i64) {
            let moment = Moment::from_micros(micros);
            for other in [moment + Duration::seconds(seconds), moment - Duration::seconds(seconds)] {
                prop_assert!((FIRST..=LAST).contains(&other.micros()));
            }
        }
    }
}
