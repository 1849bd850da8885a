//! Enclosed documents that a text leans on: `het plan van aanpak dat is meegezonden`.
//!
//! This module must not know whether such a document is at hand.

use crate::place::{Confidence, Field};
use crate::read::words::Words;

const SENT: [&str; 8] = [
    "meegezonden",
    "meegestuurd",
    "bijgevoegd",
    "bijgesloten",
    "aangehecht",
    "toegezonden",
    "meegeleverd",
    "nagezonden",
];

const ENCLOSED: [&str; 4] = ["bijgevoegde", "bijgaande", "bijgesloten", "meegezonden"];

const DETERMINERS: [&str; 9] = [
    "het", "de", "dit", "deze", "een", "mijn", "ons", "onze", "hun",
];

const AUXILIARIES: [&str; 6] = ["is", "zijn", "wordt", "worden", "heb", "hebben"];

/// The enclosed documents named in a sentence.
pub(crate) fn find(sentence: Words<'_>) -> Vec<Field<String>> {
    let mut out = Vec::new();
    for at in 0..sentence.len() {
        if let Some((start, end)) = sent_phrase(sentence, at)
            .or_else(|| found_phrase(sentence, at))
            .or_else(|| enclosed_phrase(sentence, at))
        {
            let part = sentence.part(start, end);
            out.push(Field::new(
                part.text(),
                part.span(),
                "attachment.named",
                Confidence::LIKELY,
            ));
        }
    }
    out
}

/// `<noun> (dat|die) is meegezonden`, `<noun> is als bijlage bijgevoegd`.
fn sent_phrase(words: Words<'_>, at: usize) -> Option<(usize, usize)> {
    if !words.any(at, &SENT) || words.is_capital(at) {
        return None;
    }
    // `dat meegezonden is`: the auxiliary may follow.
    let auxiliary = (0..at)
        .rev()
        .take(12)
        .find(|place| words.any(*place, &AUXILIARIES))
        .or_else(|| words.any(at + 1, &AUXILIARIES).then_some(at))?;
    let mut end = auxiliary;
    if words.any(end.wrapping_sub(1), &["dat", "die", "welke"]) {
        end -= 1;
    }
    noun_phrase(words, end)
}

/// `<noun> treft u (aan) in de bijlage`.
fn found_phrase(words: Words<'_>, at: usize) -> Option<(usize, usize)> {
    let enclosed = words.is(at, "treft") && words.is(at + 1, "u");
    let mentions = words
        .find(at, &["bijlage", "bijlagen", "bijgaand"])
        .is_some();
    (enclosed && mentions && at > 1).then(|| {
        let start = usize::from(words.any(0, &DETERMINERS));
        (start, at)
    })
}

/// `het bijgevoegde rapport`.
fn enclosed_phrase(words: Words<'_>, at: usize) -> Option<(usize, usize)> {
    let before = words.any(at.wrapping_sub(1), &DETERMINERS);
    (before && words.any(at, &ENCLOSED) && words.is_word(at + 1)).then_some((at + 1, at + 2))
}

/// The noun phrase that ends before `end`, without its determiner.
fn noun_phrase(words: Words<'_>, end: usize) -> Option<(usize, usize)> {
    let mut start = end;
    while start > 0 && words.is_word(start - 1) && !words.any(start - 1, &DETERMINERS) {
        start -= 1;
        if end - start > 8 {
            return None;
        }
    }
    (start < end).then_some((start, end))
}

/// Whether the sentence names the known attachment again: `in het plan van aanpak`.
pub(crate) fn mentions(sentence: Words<'_>, name: &str) -> Option<Field<String>> {
    let wanted: Vec<String> = name.to_lowercase().split(' ').map(str::to_owned).collect();
    let row: Vec<&str> = wanted.iter().map(String::as_str).collect();
    let definite = ["het", "de", "dit", "deze"];
    (1..sentence.len())
        .find(|at| sentence.row(*at, &row) && sentence.any(at - 1, &definite))
        .map(|at| {
            let part = sentence.part(at, at + row.len());
            Field::new(
                name.to_owned(),
                part.span(),
                "attachment.named_again",
                Confidence::LIKELY,
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::Span;
    use crate::read::token::tokens;

    #[test]
    fn enclosures_are_found() {
        let table = [
            (
                "Dit plan van aanpak is meegezonden met deze brief.",
                "plan van aanpak",
            ),
            (
                "Zij zijn deel van het rapport dat is meegezonden met deze brief.",
                "rapport",
            ),
            (
                "De resultaten van het onderzoek treft u in de bijlage.",
                "resultaten van het onderzoek",
            ),
            ("Ik verwijs naar de bijgevoegde factsheet.", "factsheet"),
        ];
        for (text, expected) in table {
            let row = tokens(text, &[Span::new(0, text.len())]);
            let found = find(Words(&row));
            assert_eq!(found[0].value, expected);
            assert_eq!(found[0].span.of(text), Some(expected));
        }
    }
}
