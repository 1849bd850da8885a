//! Parts of years: `begin 2023`, `eind van het jaar`, `dit najaar`, `later dit jaar`, `in 2024`.

use super::grammar::{Bend, bend, bends_ahead, preposition, resolve_bent, resolve_year};
use super::{Certainty, Match, Reference, Stretch};
use crate::calendar::{Interval, days_later, month_day, month_end};
use crate::read::dates;
use crate::read::words::Words;

/// A year as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum YearWord {
    /// Four digits.
    Year(i32),
    /// Years after the year of the document.
    Relative(i32),
}

/// The year at `at` with its number of tokens: `2023`, `van 2023`, `dit jaar`, `van volgend jaar`.
pub(super) fn year_word(words: Words<'_>, at: usize) -> Option<(YearWord, usize)> {
    let skip =
        usize::from(words.is(at, "van")) + usize::from(words.row(at, &["van", "het", "jaar"])) * 2;
    if let Some(year) = dates::year(words, at + skip) {
        // `2021–2023` is a period, not a term.
        let range = words.any(at + skip + 1, &["-", "–", "/"])
            && dates::year(words, at + skip + 2).is_some();
        return (!range).then_some((YearWord::Year(year), skip + 1));
    }
    let start = at + usize::from(words.is(at, "van"));
    let start = start + usize::from(words.is(start, "het") && !words.is(start + 1, "jaar"));
    let noun = |place: usize| words.any(place, &["jaar", "kalenderjaar", "begrotingsjaar"]);
    let offset = match words.low(start) {
        "dit" | "lopende" | "huidige" => 0,
        "volgend" | "komend" | "aankomend" | "volgende" | "komende" | "eerstvolgende"
        | "nieuwe" => 1,
        _ => return None,
    };
    noun(start + 1).then_some((YearWord::Relative(offset), start + 2 - at))
}

/// Which part of a month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Start,
    Middle,
    End,
}

/// The part named by a word.
pub(super) fn month_part(low: &str) -> Option<Part> {
    match low {
        "begin" | "aanvang" => Some(Part::Start),
        "medio" | "halverwege" | "midden" | "halfweg" => Some(Part::Middle),
        "eind" | "einde" | "ultimo" => Some(Part::End),
        _ => None,
    }
}

impl Part {
    /// The first ten days, the days 11 to 20 or the rest of a month.
    pub(super) fn of_month(self, month: Interval) -> Interval {
        let (year, number) = (month.from.year(), u8::from(month.from.month()));
        let day = |day| month_day(year, number, day);
        match self {
            Part::Start => Interval {
                from: day(1),
                until: day(10),
            },
            Part::Middle => Interval {
                from: day(11),
                until: day(20),
            },
            Part::End => Interval {
                from: day(21),
                until: month_end(year, number),
            },
        }
    }

    fn of_year(self, reference: Reference<'_>) -> Stretch {
        match self {
            Part::Start => reference.conventions.start_of_year,
            Part::Middle => reference.conventions.middle_of_year,
            Part::End => reference.conventions.end_of_year,
        }
    }
}

/// `begin 2023`, `medio volgend jaar`, `eind dit jaar`, `voor het einde van het jaar`.
pub(super) fn part(words: Words<'_>, at: usize, reference: Reference<'_>) -> Option<Match> {
    let (how, skip) = preposition(words, at);
    let start = at + skip;
    let part = month_part(words.low(start))?;
    let mut end = start + 1;
    let year = if words.row(end, &["van", "het", "jaar"])
        || words.row(end, &["van", "het", "kalenderjaar"])
    {
        let named = dates::year(words, end + 3).map(YearWord::Year);
        end += 3 + usize::from(named.is_some());
        named.unwrap_or(YearWord::Relative(0))
    } else {
        let (year, len) = year_word(words, end)?;
        end += len;
        year
    };
    let whole_year = part == Part::End && matches!(how, Bend::Before | Bend::AtLatest);
    let stretch = part.of_year(reference);
    let (days, certainty, ahead) = resolve_year(Some(year), reference, |year| {
        if whole_year {
            Interval::months(year, 1, 12)
        } else {
            stretch.in_year(year)
        }
    });
    // "Before the end of the year" runs to the last day of it.
    let how = if whole_year { Bend::AtLatest } else { how };
    let certainty = if whole_year {
        certainty
    } else {
        certainty.max(Certainty::Convention)
    };
    Some(Match {
        len: end - at,
        interval: days.map(|days| bend(how, days, reference.document)),
        certainty,
        looks_ahead: ahead || bends_ahead(how),
        rule: "deadline.part_of_year",
    })
}

/// A season or recess: its stretch and whether it is one of the Chamber.
fn season_word(low: &str, reference: Reference<'_>) -> Option<Stretch> {
    let conventions = reference.conventions;
    Some(match low {
        "voorjaar" | "lente" => conventions.spring,
        "zomer" | "zomerperiode" => conventions.summer,
        "najaar" | "herfst" => conventions.autumn,
        "winter" => conventions.winter,
        "zomerreces" => conventions.summer_recess,
        "kerstreces" | "kerst" => conventions.christmas_recess,
        "meireces" => conventions.may_recess,
        "voorjaarsreces" | "krokusreces" => conventions.spring_recess,
        "herfstreces" => conventions.autumn_recess,
        "jaarwisseling" => conventions.turn_of_year,
        _ => return None,
    })
}

/// `dit najaar`, `rond de zomer (van) 2023`, `voor het zomerreces`, `komend voorjaar`.
pub(super) fn season(words: Words<'_>, at: usize, reference: Reference<'_>) -> Option<Match> {
    let (mut how, skip) = preposition(words, at);
    let around = words.any(at, &["rond", "omstreeks"]);
    let mut start = at + skip;
    // `in de loop van het najaar`, `begin van de zomer`, `voor het einde van de zomer`.
    if words.any(start, &["einde", "eind", "begin"]) && words.is(start + 1, "van") {
        if how == Bend::Before && words.any(start, &["einde", "eind"]) {
            how = Bend::AtLatest;
        }
        start += 2 + usize::from(words.any(start + 2, &["de", "het"]));
    }
    start += usize::from(words.any(start, &["late", "vroege"]));
    let offset = match words.low(start) {
        "dit" | "deze" => Some(0),
        "komend" | "komende" | "aankomend" | "aankomende" | "aanstaande" => Some(0),
        "volgend" | "volgende" => Some(1),
        "afgelopen" | "vorig" | "vorige" => return None,
        _ => None,
    };
    start += usize::from(offset.is_some());
    let base = season_word(words.low(start), reference)?;
    // `najaar 2025` alone is a time, `het najaar` alone may be anything.
    if skip == 0 && offset.is_none() && dates::year(words, start + 1).is_none() {
        return None;
    }
    let is_summer = words.is(start, "zomer");
    let year = year_word(words, start + 1);
    let end = start + 1 + year.map_or(0, |(_, len)| len);
    let (stretch, how) = match how {
        _ if around && is_summer => (reference.conventions.around_summer, Bend::Within),
        Bend::After if is_summer => (reference.conventions.after_summer, Bend::Within),
        // The turn of the year as a moment is New Year's Day; around it is a stretch.
        how if words.is(start, "jaarwisseling") && how != Bend::Within => {
            (Stretch::new((1, 1), (1, 1)), how)
        }
        how => (base, how),
    };
    let year = year.map(|(word, _)| word);
    let (days, certainty, ahead) = match (year, offset) {
        (None, Some(0)) if words.any(at, &["dit", "deze"]) => {
            resolve_bent(how, Some(YearWord::Relative(0)), reference, |year| {
                stretch.in_year(year)
            })
        }
        (None, Some(1)) => resolve_bent(how, Some(YearWord::Relative(1)), reference, |year| {
            stretch.in_year(year)
        }),
        (year, _) => resolve_bent(how, year, reference, |year| stretch.in_year(year)),
    };
    Some(Match {
        len: end - at,
        interval: days,
        certainty: certainty.max(Certainty::Convention),
        // `dit najaar` may lie behind as well as ahead; the verb tells.
        looks_ahead: (ahead && offset != Some(0)) || bends_ahead(how) || how == Bend::After,
        rule: "deadline.season",
    })
}

/// A whole year, quarter, month or week: `later dit jaar`, `in 2024`, `volgende maand`.
pub(super) fn whole(words: Words<'_>, at: usize, reference: Reference<'_>) -> Option<Match> {
    near(words, at, reference).or_else(|| whole_year(words, at, reference))
}

fn whole_year(words: Words<'_>, at: usize, reference: Reference<'_>) -> Option<Match> {
    let later = words.any(at, &["later", "nog", "verderop"]);
    let mut start = at + usize::from(later);
    start += usize::from(later && words.is(start, "in"));
    let (how, skip) = if later {
        (Bend::Within, 0)
    } else {
        preposition(words, at)
    };
    start += skip;
    let (year, len) = year_word(words, start)?;
    let relative = matches!(year, YearWord::Relative(_)) && words.is(at, "voor");
    let how = if relative || is_for_year(words, at) {
        Bend::Within
    } else {
        how
    };
    // A bare number is a year of something else: `de Wet inburgering 2021`.
    let named = matches!(year, YearWord::Year(_));
    if named && skip == 0 && !later {
        return None;
    }
    // The year that a budget is for is no term: `in de begroting voor 2025`.
    if named && at > 0 && words.low(at - 1).ends_with("begroting") {
        return None;
    }
    let (days, certainty, ahead) =
        resolve_year(Some(year), reference, |year| Interval::months(year, 1, 12));
    // Bounded by what is left of the year when the words say so.
    let days = days.map(|days| match reference.document {
        Some(document) if days.from <= document && document < days.until => Interval {
            from: days_later(document, i64::from(later)),
            until: days.until,
        },
        _ => days,
    });
    let this_year = year == YearWord::Relative(0);
    Some(Match {
        len: start + len - at,
        interval: days.map(|days| bend(how, days, reference.document)),
        certainty,
        looks_ahead: later || bends_ahead(how) || (ahead && !this_year),
        rule: "deadline.year",
    })
}

/// Nouns of which `voor 2024` says for which year they are.
const OF_A_YEAR: [&str; 16] = [
    "begroting",
    "budget",
    "plan",
    "plannen",
    "programma",
    "agenda",
    "middelen",
    "bedrag",
    "raming",
    "subsidie",
    "cijfers",
    "tarief",
    "tarieven",
    "miljoen",
    "euro",
    "planning",
];

/// Words behind `voor 2024` that say the same of what they belong to: `staan voor 2024 gepland`.
const PLANNED: [&str; 8] = [
    "gepland",
    "ingepland",
    "voorzien",
    "begroot",
    "geraamd",
    "beoogd",
    "gereserveerd",
    "beschikbaar",
];

/// Whether `voor` at `at` names the year something is for, rather than a time before it.
fn is_for_year(words: Words<'_>, at: usize) -> bool {
    let noun = at.checked_sub(1).map_or("", |before| words.low(before));
    words.is(at, "voor")
        && (OF_A_YEAR.iter().any(|end| noun.ends_with(end))
            || words
                .find(at, &PLANNED)
                .is_some_and(|place| place <= at + 6))
}

/// `volgende maand`, `komende week`, `dit kwartaal`, `volgend kwartaal`.
fn near(words: Words<'_>, at: usize, reference: Reference<'_>) -> Option<Match> {
    let (_, skip) = preposition(words, at);
    let start = at + skip + usize::from(words.any(at + skip, &["later", "nog"]));
    let offset = match words.low(start) {
        "deze" | "dit" => 0,
        "volgende" | "komende" | "volgend" | "komend" => 1,
        _ => return None,
    };
    let unit = words.low(start + 1);
    if !matches!(unit, "week" | "maand" | "kwartaal") {
        return None;
    }
    let interval = reference.document.map(|document| match unit {
        "week" => Interval {
            from: document,
            until: days_later(document, 7 * (offset + 1)),
        },
        _ => {
            let months = if unit == "kwartaal" { 3 } else { 1 };
            let first = i64::from(u8::from(document.month()) - 1) / months + offset;
            let (year, index) = (
                document.year() + i32::try_from((first * months).div_euclid(12)).unwrap_or(0),
                u8::try_from((first * months).rem_euclid(12) + 1).unwrap_or(1),
            );
            Interval::months(year, index, index + u8::try_from(months).unwrap_or(1) - 1)
        }
    });
    Some(Match {
        len: start + 2 - at,
        interval,
        certainty: if interval.is_some() {
            Certainty::FromDocumentDate
        } else {
            Certainty::NeedsDocumentDate
        },
        looks_ahead: offset == 1 || words.any(start.wrapping_sub(1), &["later", "nog"]),
        rule: "deadline.near",
    })
}
