//! Years of work and school, in our calendar or in the one that somebody remembers them by.

use domain::language::Language;
use domain::partial_date::PartialDate;

use super::Problem;
use super::fields::{Field, Text};
use crate::calendar::Calendar;
use crate::form::Posted;
use crate::page::Page;

/// Field of the calendar in which years are written, and its one other value.
const CALENDAR: &str = "kalender";
const ETHIOPIAN: &str = "ethiopisch";

/// The choice of a calendar, where years of another one cannot be told from ours.
pub(super) fn calendars(page: &Page) -> Option<Field> {
    let options = [
        (String::new(), page.t("newcomer-calendar-common")),
        (ETHIOPIAN.to_owned(), page.t("newcomer-calendar-ethiopian")),
    ];
    let label = page.t("newcomer-calendar");
    speaks(page, Language::TI).then(|| Field::select(CALENDAR, label, options.into(), ""))
}

/// The calendar in which years that cannot be ours are meant, and one of its years.
fn own_calendar(page: &Page) -> Option<(Calendar, &'static str)> {
    if speaks(page, Language::FA) {
        Some((Calendar::SolarHijri, "1394"))
    } else if speaks(page, Language::AR) {
        Some((Calendar::LunarHijri, "1436"))
    } else {
        None
    }
}

fn speaks(page: &Page, language: Language) -> bool {
    page.language == language || page.beside() == Some(language)
}

/// A field for a year.
pub(super) fn year(page: &Page, name: &str, label: String, value: Option<PartialDate>) -> Field {
    let own = own_calendar(page);
    let hint = own.map(|(_, year)| page.tt("newcomer-year-own", "year", year));
    Field::Text(Text {
        name: name.to_owned(),
        label,
        label_beside: None,
        hint: hint.unwrap_or_default(),
        value: value.map_or_else(String::new, |date| date.to_string()),
        is_long: false,
        is_number: true,
    })
}

/// Reads a year, or a month or day of it; a year of the person's own calendar becomes one of ours.
/// What stood there before is ours already.
pub(super) fn read_year(
    page: &Page,
    form: &Posted,
    (name, before): (&str, Option<PartialDate>),
) -> Result<Option<PartialDate>, Problem> {
    let Some(text) = form.value(name) else {
        return Ok(None);
    };
    if before.is_some_and(|before| before.to_string() == text.trim()) {
        return Ok(before);
    }
    let read: Option<PartialDate> = if form.value(CALENDAR).as_deref() == Some(ETHIOPIAN) {
        Calendar::Ethiopian.read_year(&text).ok()
    } else {
        let own = || own_calendar(page)?.0.read_year(&text).ok();
        text.parse().ok().or_else(own)
    };
    read.map(Some).ok_or_else(|| Problem {
        text: page.t("newcomer-problem-year"),
        field: name.to_owned(),
    })
}
