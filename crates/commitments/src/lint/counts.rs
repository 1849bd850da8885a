//! Numbers of things against the lists that spell them out: `20 partijen` … `zijn: A, B, …`.

use super::{Finding, FindingKind};
use crate::place::{Confidence, Span};
use crate::read::Document;
use crate::read::dates;
use crate::read::token::TokenKind;
use crate::read::words::Words;

/// Nouns that are counted.
const COUNTED: [&str; 10] = [
    "partijen",
    "organisaties",
    "partners",
    "leden",
    "gemeenten",
    "koepelorganisaties",
    "koepels",
    "ministeries",
    "regio's",
    "instellingen",
];

/// A written number with the names that stand near it.
struct Stated {
    number: u32,
    span: Span,
    names: Vec<String>,
}

/// Adds the numbers that differ from the list about the same name.
pub(super) fn mismatches(document: &Document, out: &mut Vec<Finding>) {
    let mut stated: Vec<Stated> = Vec::new();
    let mut lists: Vec<(u32, Vec<String>)> = Vec::new();
    let paragraphs = document
        .layout
        .paragraphs
        .iter()
        .chain(document.layout.notes.values());
    for paragraph in paragraphs {
        // A list may name its subject in the sentence before it.
        let subject = names(paragraph.words());
        for sentence in paragraph.sentences() {
            stated.extend(number_of(sentence));
            lists.extend(list_of(sentence).map(|listed| (listed, subject.clone())));
        }
    }
    for (listed, names) in lists {
        for one in &stated {
            let shared = one.names.iter().filter(|name| names.contains(name));
            let Some(what) = shared.max_by_key(|name| name.len()) else {
                continue;
            };
            if one.number != listed {
                out.push(Finding {
                    kind: FindingKind::CountMismatch {
                        stated: one.number,
                        listed,
                        what: what.clone(),
                    },
                    span: one.span,
                    confidence: Confidence::DOUBTFUL,
                });
            }
        }
    }
}

/// `20 verschillende partijen`, `met zeven gemeenten`.
fn number_of(sentence: Words<'_>) -> Option<Stated> {
    (0..sentence.len()).find_map(|at| {
        let number = dates::count(sentence, at).filter(|number| (3..200).contains(number))?;
        let noun = (at + 1..at + 7).find(|place| {
            COUNTED
                .iter()
                .any(|counted| sentence.low(*place).ends_with(counted))
        })?;
        Some(Stated {
            number,
            span: sentence.part(at, noun + 1).span(),
            names: names(sentence),
        })
    })
}

/// The number of items of `… zijn: A, B, C en D.`
fn list_of(sentence: Words<'_>) -> Option<u32> {
    let colon = (0..sentence.len()).find(|at| sentence.is(*at, ":"))?;
    let before = sentence.part(0, colon);
    if !before.any(colon.wrapping_sub(1), &["zijn", "doen", "volgt"]) {
        return None;
    }
    let mut items: u32 = 0;
    let mut filled = false;
    for at in colon + 1..sentence.len() {
        let token = sentence.get(at)?;
        let parts = token.kind == TokenKind::Sign(',')
            || (token.lower == "en" && items > 0 && sentence.is_capital(at + 1));
        if parts {
            items += u32::from(filled);
            filled = false;
        } else if token.kind == TokenKind::Word {
            filled = true;
        }
    }
    items += u32::from(filled);
    (items >= 4).then_some(items)
}

/// Capitalised names of two words or more, which tie a number to its list.
fn names(words: Words<'_>) -> Vec<String> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let mut end = at;
        while words.is_capital(end)
            || (end > at && words.any(end, &["&", "en"]) && words.is_capital(end + 1))
        {
            end += 1;
        }
        if end > at + 1 {
            let name = words.part(at, end).text();
            out.push(name.strip_prefix("De ").unwrap_or(&name).to_owned());
        }
        at = end.max(at + 1);
    }
    out
}
