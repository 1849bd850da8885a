//! Numbers, dates and lists as each language writes them, and the order of its words.
//!
//! Digits are Latin in every language and dates Gregorian, because forms, wages and letters in the
//! Netherlands are; months stand in words, so that day and month cannot be mixed up.

use std::cmp::Ordering;

use domain::language::Language;
use icu::calendar::Date;
use icu::collator::options::CollatorOptions;
use icu::collator::{Collator, CollatorBorrowed};
use icu::datetime::DateTimeFormatter;
use icu::datetime::fieldsets::YMD;
use icu::decimal::DecimalFormatter;
use icu::decimal::input::Decimal;
use icu::list::ListFormatter;
use icu::list::options::ListFormatterOptions;
use icu::locale::Locale;

/// Formats of one language.
pub struct Formats {
    number: DecimalFormatter,
    date: DateTimeFormatter<YMD>,
    list: ListFormatter,
    collator: CollatorBorrowed<'static>,
}

/// The library has no data for a language.
#[derive(Debug, thiserror::Error)]
#[error("no formats for language {language}")]
pub struct NoFormats {
    /// The language.
    pub language: Language,
}

impl std::fmt::Debug for Formats {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Formats").finish_non_exhaustive()
    }
}

impl Formats {
    /// Formats of a language.
    ///
    /// # Errors
    /// Fails when the data of the library lacks the language.
    pub fn new(language: Language) -> Result<Formats, NoFormats> {
        let none = || NoFormats { language };
        let locale: Locale = format!("{}-u-ca-gregory-nu-latn", language.code())
            .parse()
            .map_err(|_| none())?;
        Ok(Formats {
            number: DecimalFormatter::try_new((&locale).into(), Default::default())
                .map_err(|_| none())?,
            date: DateTimeFormatter::try_new((&locale).into(), YMD::long()).map_err(|_| none())?,
            list: ListFormatter::try_new_and((&locale).into(), ListFormatterOptions::default())
                .map_err(|_| none())?,
            collator: Collator::try_new((&locale).into(), CollatorOptions::default())
                .map_err(|_| none())?,
        })
    }

    /// A whole number with the separators of the language.
    #[must_use]
    pub fn number(&self, number: u64) -> String {
        self.number.format(&Decimal::from(number)).to_string()
    }

    /// A number with at most so many digits behind the decimal sign, none of them a zero at the
    /// end; `None` when it is not finite or beyond 15 digits.
    #[must_use]
    pub fn decimal(&self, number: f64, digits: u8) -> Option<String> {
        let scaled = (number * 10_f64.powi(digits.into())).round();
        if !scaled.is_finite() || scaled.abs() >= 1e15 {
            return None;
        }
        // Below 10^15 every whole number is exact.
        let mut decimal = Decimal::from(scaled as i64);
        decimal.multiply_pow10(-i16::from(digits));
        decimal.trim_end();
        Some(self.number.format(&decimal).to_string())
    }

    /// A date with the month in words; `None` when there is no such day.
    #[must_use]
    pub fn date(&self, year: i32, month: u8, day: u8) -> Option<String> {
        let date = Date::try_new_iso(year, month, day).ok()?;
        Some(self.date.format(&date).to_string())
    }

    /// Several texts as one enumeration, "a, b en c".
    #[must_use]
    pub fn list(&self, items: &[&str]) -> String {
        self.list.format_to_string(items.iter())
    }

    /// Which of two words comes first in a list of this language.
    #[must_use]
    pub fn compare(&self, left: &str, right: &str) -> Ordering {
        self.collator.compare(left, right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_latin_in_every_language() -> Result<(), NoFormats> {
        for language in Language::interface() {
            let formats = Formats::new(language)?;
            let date = formats.date(2026, 11, 22).unwrap_or_default();
            for text in [formats.number(1_234_567), date] {
                let digits: String = text.chars().filter(|c| c.is_numeric()).collect();
                assert!(
                    !digits.is_empty() && digits.is_ascii(),
                    "{language}: {text}"
                );
            }
        }
        Ok(())
    }

    #[test]
    fn dutch_is_written_as_in_dutch_letters() -> Result<(), NoFormats> {
        let formats = Formats::new(Language::NL)?;
        assert_eq!(formats.number(1_234_567), "1.234.567");
        assert_eq!(
            formats.date(2026, 11, 22).as_deref(),
            Some("22 november 2026")
        );
        assert_eq!(formats.date(2026, 2, 30), None);
        assert_eq!(
            formats.list(&["kok", "bakker", "ober"]),
            "kok, bakker en ober"
        );
        Ok(())
    }

    #[test]
    fn words_are_ordered_by_language() -> Result<(), NoFormats> {
        // The dotless i comes before the dotted one in Turkish, ç after c.
        let turkish = Formats::new(Language::TR)?;
        assert_eq!(turkish.compare("ısı", "iş"), Ordering::Less);
        assert_eq!(turkish.compare("çay", "cuma"), Ordering::Greater);
        let dutch = Formats::new(Language::NL)?;
        assert_eq!(dutch.compare("Çelik", "Cellist"), Ordering::Less);
        Ok(())
    }
}
