//! Years of other calendars, as people from elsewhere remember them.
//!
//! Only years: which day of ours a day of theirs was, nobody is asked. A year of another calendar
//! lies in two of ours; the one that holds most of it counts, which is as precise as a year is.

use domain::partial_date::{PartialDate, PartialDateError};

/// A way of counting years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Calendar {
    /// That of Iran and Afghanistan; its year begins on 20 or 21 March.
    SolarHijri,
    /// The Islamic one, of 354 or 355 days.
    LunarHijri,
    /// That of Ethiopia and of the church in Eritrea; its year begins on 11 or 12 September.
    Ethiopian,
}

impl Calendar {
    /// The year of the common calendar that holds most of a year of this one.
    fn gregorian(self, year: i32) -> i32 {
        match self {
            // Nine of its months lie in the first of the two years.
            Calendar::SolarHijri => year.saturating_add(621),
            // 1 Muharram 1 was 622.54 (16 July, Julian); a year is 0.970224 of ours, and its
            // middle counts.
            Calendar::LunarHijri => {
                let middle = i64::from(year) * 970_224 + 622_540_000 - 970_224 / 2;
                i32::try_from(middle.div_euclid(1_000_000)).unwrap_or(i32::MAX)
            }
            // Eight of its months lie in the second of the two years.
            Calendar::Ethiopian => year.saturating_add(8),
        }
    }

    /// Reads a year of this calendar; of a whole date the year counts. Arabic and Persian digits
    /// count as digits.
    ///
    /// # Errors
    /// Fails when it is no year, or none between 1850 and 2199 of the common calendar.
    pub(crate) fn read_year(self, text: &str) -> Result<PartialDate, PartialDateError> {
        let latin: String = text.trim().chars().map(latin).collect();
        let year = latin.split(['-', '/', '.']).next().unwrap_or_default();
        let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
        let year: i32 = year
            .parse()
            .ok()
            .filter(|_| is_year)
            .ok_or(PartialDateError::Form)?;
        PartialDate::new(self.gregorian(year), 0, 0)
    }
}

/// The Latin digit that an Arabic or Persian one stands for; any other letter stays.
fn latin(letter: char) -> char {
    let zero = match letter {
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6f0}'..='\u{6f9}' => 0x6f0,
        _ => return letter,
    };
    char::from_digit(letter as u32 - zero, 10).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_of_others_are_those_that_hold_most_of_them() {
        let read = |calendar: Calendar, text| calendar.read_year(text).map(PartialDate::year);
        // 1 Farvardin 1394 was 21 March 2015; 1 Muharram 1436 was 25 October 2014; 1 Meskerem 2007
        // was 11 September 2014.
        assert_eq!(read(Calendar::SolarHijri, "1394"), Ok(2015));
        assert_eq!(read(Calendar::SolarHijri, "۱۳۹۴/۰۵/۰۱"), Ok(2015));
        assert_eq!(read(Calendar::LunarHijri, "١٤٣٦"), Ok(2015));
        assert_eq!(read(Calendar::LunarHijri, "1400"), Ok(1980));
        assert_eq!(read(Calendar::Ethiopian, "2007"), Ok(2015));
        assert_eq!(read(Calendar::Ethiopian, "2007-03"), Ok(2015));
        for wrong in ["", "94", "13940", "jaar", "0394"] {
            assert!(Calendar::SolarHijri.read_year(wrong).is_err(), "{wrong}");
        }
    }
}
