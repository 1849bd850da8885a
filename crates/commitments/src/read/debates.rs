//! Meetings of the Chamber in running text: `het Commissiedebat Integratie van 6 juli 2022`.
//!
//! This module must not know what was said there.

use std::fmt;

use serde::{Deserialize, Serialize};
use time::Date;

use crate::calendar::PartialDate;
use crate::place::{Confidence, Field, Span};
use crate::read::dates;
use crate::read::token::TokenKind;
use crate::read::words::Words;

/// A meeting: its form and its subject as written.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Debate {
    /// The form as written: `Commissiedebat`, `WGO`.
    pub form: String,
    /// The subject, when the text gives one.
    pub subject: Option<String>,
}

impl fmt::Display for Debate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.subject {
            Some(subject) => write!(f, "{} {subject}", self.form),
            None => f.write_str(&self.form),
        }
    }
}

/// Single words for a meeting.
const FORMS: [&str; 20] = [
    "commissiedebat",
    "wetgevingsoverleg",
    "wgo",
    "notaoverleg",
    "debat",
    "plenair",
    "cd",
    "ao",
    "tweeminutendebat",
    "dertigledendebat",
    "begrotingsbehandeling",
    "begrotingsdebat",
    "vragenuur",
    "kamerdebat",
    "rondetafelgesprek",
    "vso",
    "vragenuurtje",
    "commissievergadering",
    "begrotingsoverleg",
    "verantwoordingsdebat",
];

/// Two words for a meeting.
const PAIRS: [[&str; 2]; 7] = [
    ["algemeen", "overleg"],
    ["schriftelijk", "overleg"],
    ["plenair", "debat"],
    ["mondelinge", "vragenuur"],
    ["nota", "overleg"],
    ["technische", "briefing"],
    ["algemene", "politieke"],
];

/// A meeting at its place.
#[derive(Clone, Debug)]
pub struct Found {
    /// The meeting.
    pub debate: Field<Debate>,
    /// Its date.
    pub date: Option<Field<PartialDate>>,
    /// First token.
    pub start: usize,
    /// One past the last token, the date included.
    pub end: usize,
}

/// The first meeting named in these words.
#[must_use]
pub fn find(words: Words<'_>, document: Option<Date>) -> Option<Found> {
    (0..words.len()).find_map(|at| debate(words, at, document))
}

fn debate(words: Words<'_>, at: usize, document: Option<Date>) -> Option<Found> {
    let pair = PAIRS.iter().any(|pair| words.row(at, pair));
    if !pair && !words.any(at, &FORMS) {
        return None;
    }
    // Short forms are meetings only in capitals.
    let token = words.get(at)?;
    if token.text.len() <= 3 && !token.text.chars().all(char::is_uppercase) {
        return None;
    }
    let form_end = at + if pair { 2 } else { 1 };
    let subject_start = form_end + usize::from(words.any(form_end, &["over", "inzake"]));
    let mut subject_end = subject_start;
    while subject_goes_on(words, subject_start, subject_end) {
        subject_end += 1;
    }
    let subject =
        (subject_end > subject_start).then(|| words.part(subject_start, subject_end).text());
    let form = words.part(at, form_end).text();
    let span = words.part(at, subject_end.max(form_end)).span();
    let debate_end = if subject.is_some() {
        subject_end
    } else {
        form_end
    };
    let (date, end) = date_after(words, debate_end, document);
    Some(Found {
        debate: Field::new(
            Debate { form, subject },
            span,
            "debate.form",
            Confidence::CLEAR,
        ),
        date,
        start: at,
        end,
    })
}

/// The subject runs to a date, a bracket, a verb or the end.
fn subject_goes_on(words: Words<'_>, start: usize, at: usize) -> bool {
    let Some(token) = words.get(at) else {
        return false;
    };
    let stops = [
        "in", "op", "van", "d.d.", "is", "heeft", "hebben", "werd", "zijn", "wordt", "aan", "dat",
        "heb", "met", "door", "was", "waren",
    ];
    if token.kind != TokenKind::Word || at - start > 10 {
        return at > start && words.is(at, "&");
    }
    if words.any(at, &stops) {
        // `Integratie van nieuwkomers` goes on; `van 6 juli` does not.
        let dated = dates::written(words, at + 1).is_some() || dates::year(words, at + 1).is_some();
        return at > start && words.is(at, "van") && !dated && words.is_capital(at + 1);
    }
    at > start || words.is_capital(at)
}

fn date_after(
    words: Words<'_>,
    at: usize,
    document: Option<Date>,
) -> (Option<Field<PartialDate>>, usize) {
    let skip = usize::from(words.any(at, &["in", "op", "van", "d.d.", ","]));
    let Some(written) = dates::written(words, at + skip) else {
        return (None, at);
    };
    let end = at + skip + written.len;
    let span: Span = words.part(at + skip, end).span();
    let field = written.resolve(document).map(|date| {
        let sure = if written.year.is_some() {
            Confidence::CLEAR
        } else {
            Confidence::LIKELY
        };
        Field::new(date, span, "debate.date", sure)
    });
    (field, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::token::tokens;

    fn read(text: &str) -> String {
        let row = tokens(text, &[Span::new(0, text.len())]);
        find(Words(&row), None).map_or("-".to_owned(), |found| {
            let date = found
                .date
                .map_or(String::new(), |date| format!(" {}", date.value));
            format!(
                "{}|{}{date}",
                found.debate.value.form,
                found.debate.value.subject.unwrap_or_default()
            )
        })
    }

    #[test]
    fn meetings_are_read() {
        let table = [
            (
                "Tijdens een Commissiedebat Integratie en Inburgering in juli 2022 (Kamerstuk",
                "Commissiedebat|Integratie en Inburgering 2022-07",
            ),
            (
                "Tijdens het WGO Integratie en maatschappelijke samenhang in november 2022 is",
                "WGO|Integratie en maatschappelijke samenhang 2022-11",
            ),
            (
                "het Commissiedebat op 20 april 2022 wordt",
                "Commissiedebat| 2022-04-20",
            ),
            ("in het plenaire debat", "debat|"),
            (
                "In het notaoverleg over Arbeidsmigratie van 3 oktober 2024 heeft",
                "notaoverleg|Arbeidsmigratie 2024-10-03",
            ),
            ("de motie van het lid", "-"),
        ];
        for (text, expected) in table {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
