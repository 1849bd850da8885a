//! References to parliamentary papers: `Kamerstuk 12 345, nr. 67`, with chapters and double
//! dossiers.
//!
//! This module must not know which papers exist.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::place::Span;
use crate::read::token::{Gap, TokenKind};
use crate::read::words::Words;

/// A dossier of papers: five digits and, for budgets, a chapter in Roman digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Dossier {
    /// The number, 10000..=99999.
    pub number: u32,
    /// The chapter (`XV`) or addition.
    pub chapter: Option<String>,
}

impl fmt::Display for Dossier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:03}", self.number / 1000, self.number % 1000)?;
        match &self.chapter {
            Some(chapter) => write!(f, " {chapter}"),
            None => Ok(()),
        }
    }
}

/// A reference to one or more papers of one or more dossiers.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PaperReference {
    /// The dossiers; at least one.
    pub dossiers: Vec<Dossier>,
    /// The numbers within the dossier; none when the whole dossier is meant.
    pub numbers: Vec<u32>,
    /// The number this paper came in place of (`t.v.v.`).
    pub replaces: Option<u32>,
}

/// A text that holds no reference to a parliamentary paper.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no reference to a parliamentary paper: {0:?}; expected a form like 32 824, nr. 367")]
pub struct NoReference(String);

impl fmt::Display for PaperReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, dossier) in self.dossiers.iter().enumerate() {
            let joint = match index {
                0 => "",
                _ if index + 1 == self.dossiers.len() => " en ",
                _ => ", ",
            };
            write!(f, "{joint}{dossier}")?;
        }
        if let Some((first, more)) = self.numbers.split_first() {
            write!(
                f,
                ", {} {first}",
                if more.is_empty() { "nr." } else { "nrs." }
            )?;
            for (index, number) in more.iter().enumerate() {
                let joint = if index + 1 == more.len() {
                    " en "
                } else {
                    ", "
                };
                write!(f, "{joint}{number}")?;
            }
        }
        match self.replaces {
            Some(number) => write!(f, " t.v.v. {number}"),
            None => Ok(()),
        }
    }
}

impl FromStr for PaperReference {
    type Err = NoReference;

    fn from_str(text: &str) -> Result<Self, NoReference> {
        let row = crate::read::token::tokens(text, &[Span::new(0, text.len())]);
        let words = Words(&row);
        (0..words.len())
            .find_map(|at| reference(words, at, Announced::Yes))
            .map(|(reference, _)| reference)
            .ok_or_else(|| NoReference(text.chars().take(60).collect()))
    }
}

impl From<PaperReference> for String {
    fn from(reference: PaperReference) -> String {
        reference.to_string()
    }
}

impl TryFrom<String> for PaperReference {
    type Error = NoReference;

    fn try_from(text: String) -> Result<Self, NoReference> {
        text.parse()
    }
}

/// Whether a word such as `Kamerstuk` stood before: then a number within the dossier may lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Announced {
    Yes,
    No,
}

/// A reference at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What was read.
    pub reference: PaperReference,
    /// Where, from the announcing word on.
    pub span: Span,
    /// First token, the announcing word included.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
}

/// All references in these words.
#[must_use]
pub fn find(words: Words<'_>) -> Vec<Found> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let (start, announced) = announcement(words, at);
        if let Some((reference, len)) = reference(words, start, announced) {
            let end = start + len;
            out.push(Found {
                reference,
                span: words.part(at, end).span(),
                start: at,
                end,
            });
            at = end;
        } else {
            at += 1;
        }
    }
    out
}

/// Skips `Kamerstuk`, `Kamerstukken II`, `vergaderjaar 2021–2022` before a dossier.
fn announcement(words: Words<'_>, at: usize) -> (usize, Announced) {
    let mut start = at;
    let mut announced = Announced::No;
    if words.any(
        start,
        &[
            "kamerstuk",
            "kamerstukken",
            "kamerstuknummer",
            "kst",
            "dossier",
            "kamerdossier",
        ],
    ) {
        announced = Announced::Yes;
        start += 1;
        while words.any(start, &[".", "-", ":", "ii", "i", "tk", "nr"]) && start < at + 5 {
            start += 1;
        }
    }
    start += usize::from(words.is(start, "vergaderjaar"));
    if words
        .number(start)
        .is_some_and(|year| (1990..=2099).contains(&year))
        && words.any(start + 1, &["-", "–", "/"])
        && words.number(start + 2).is_some()
    {
        start += 3;
        start += usize::from(words.is(start, ","));
    }
    (start, announced)
}

fn reference(words: Words<'_>, at: usize, announced: Announced) -> Option<(PaperReference, usize)> {
    let (first, mut len) = dossier(words, at)?;
    let mut dossiers = vec![first];
    loop {
        let mut next = at + len;
        next += usize::from(words.any(next, &["en", ",", "/"]));
        if next == at + len {
            break;
        }
        let Some((more, taken)) = dossier(words, next) else {
            break;
        };
        dossiers.push(more);
        len = next + taken - at;
    }
    let mut end = at + len;
    let mut numbers = Vec::new();
    let mut number_at = end + usize::from(words.is(end, ","));
    if words.any(number_at, &["nr", "nrs", "nummer", "nummers", "no"]) {
        number_at += 1;
        number_at += usize::from(words.is(number_at, "."));
        while let Some(number) = words.number(number_at) {
            numbers.push(number);
            end = number_at + 1;
            let next = end + usize::from(words.any(end, &["en", ","]));
            if next == end || words.number(next).is_none() || dossier(words, next).is_some() {
                break;
            }
            number_at = next;
        }
    }
    let mut replaces = None;
    if words.is(end, "t.v.v.") || words.row(end, &["ter", "vervanging", "van"]) {
        let mut next = end + if words.is(end, "t.v.v.") { 1 } else { 3 };
        next += usize::from(words.is(next, "nr")) + usize::from(words.is(next + 1, "."));
        if let Some(number) = words.number(next) {
            replaces = Some(number);
            end = next + 1;
        }
    }
    if numbers.is_empty() && announced == Announced::No {
        return None;
    }
    let reference = PaperReference {
        dossiers,
        numbers,
        replaces,
    };
    Some((reference, end - at))
}

/// A dossier at `at`: `32 824`, `32824`, `36 200 XV`, `36200-XV`.
fn dossier(words: Words<'_>, at: usize) -> Option<(Dossier, usize)> {
    let first = words
        .get(at)
        .filter(|token| token.kind == TokenKind::Number)?;
    let (number, mut len) = match first.text.len() {
        5 => (words.number(at)?, 1),
        2 => {
            let skip = usize::from(words.is(at + 1, "."));
            let second = words
                .get(at + 1 + skip)
                .filter(|token| token.kind == TokenKind::Number && token.text.len() == 3)?;
            let number = words.number(at)? * 1000 + second.text.parse::<u32>().ok()?;
            (number, 2 + skip)
        }
        _ => return None,
    };
    // Digits glued in front or behind belong to a longer number.
    let glued_before = at
        .checked_sub(1)
        .and_then(|before| words.get(before))
        .is_some_and(|before| {
            first.gap == Gap::Glued && matches!(before.kind, TokenKind::Sign('.' | ',' | '-'))
        });
    if glued_before && !words.is(at.wrapping_sub(1), "-") {
        return None;
    }
    if !(10_000..=99_999).contains(&number) {
        return None;
    }
    let mut chapter = None;
    let mut next = at + len;
    next += usize::from(words.is(next, "-"));
    if let Some(token) = words.get(next)
        && token.kind == TokenKind::Word
        && is_chapter(&token.text)
    {
        chapter = Some(token.text.clone());
        len = next + 1 - at;
    }
    Some((Dossier { number, chapter }, len))
}

fn is_chapter(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 6
        && text
            .chars()
            .all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::token::tokens;

    fn read(text: &str) -> Vec<String> {
        let row = tokens(text, &[Span::new(0, text.len())]);
        find(Words(&row))
            .into_iter()
            .map(|found| found.reference.to_string())
            .collect()
    }

    #[test]
    fn references_are_read_in_their_forms() {
        let table = [
            ("(Kamerstuk 32 824, nr. 367)", "32 824, nr. 367"),
            ("Kamerstuk 36 \n200 XV, nr. 85", "36 200 XV, nr. 85"),
            ("Kamerstuk 2021-2022 32824, nr. 367", "32 824, nr. 367"),
            (
                "Kamerstuk 32 824 en 29 544, nr. 370",
                "32 824 en 29 544, nr. 370",
            ),
            (
                "2020-2021 35 570, nr. 80 t.v.v. 78",
                "35 570, nr. 80 t.v.v. 78",
            ),
            ("36200-XV, nr. 12", "36 200 XV, nr. 12"),
            ("(Kamerstuk 35 763).", "35 763"),
            (
                "Kamerstukken II 2022/23, 29 544, nrs. 12 en 14",
                "29 544, nrs. 12 en 14",
            ),
            (
                "vergaderjaar 2022–2023, 29 544, nr. 1158",
                "29 544, nr. 1158",
            ),
        ];
        for (text, expected) in table {
            assert_eq!(read(text), [expected], "{text}");
            assert_eq!(
                expected.parse::<PaperReference>().unwrap().to_string(),
                expected
            );
        }
    }

    #[test]
    fn other_numbers_are_no_references() {
        for text in [
            "800.000 euro",
            "12 345 mensen",
            "2022-0000201290",
            "Stcrt. 2022, nr. 12334",
        ] {
            assert!(read(text).is_empty(), "{text}");
        }
    }
}
