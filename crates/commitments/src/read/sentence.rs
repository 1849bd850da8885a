//! Tokens of a paragraph → sentences.
//!
//! A full stop ends a sentence unless it closes an abbreviation, an initial or a number, or the
//! text goes on with a small letter.
//! This module must not know what a sentence says.

use std::ops::Range;

use crate::read::dates;
use crate::read::token::{Gap, Token, TokenKind};

/// Abbreviations written with one final dot.
const ABBREVIATIONS: [&str; 34] = [
    "nr", "nrs", "no", "art", "artt", "bijv", "bv", "prof", "dr", "drs", "mr", "mw", "dhr", "ir",
    "ing", "jl", "resp", "incl", "excl", "ca", "blz", "vgl", "evt", "min", "max", "p", "pp", "kst",
    "hfst", "par", "st", "stcrt", "stb", "jhr",
];

/// The sentences of these tokens as ranges that together hold every token.
#[must_use]
pub fn sentences(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < tokens.len() {
        if ends_here(tokens, at) {
            let mut end = at + 1;
            while tokens.get(end).is_some_and(closes) {
                end += 1;
            }
            if starts_anew(tokens, end) {
                out.push(start..end);
                start = end;
            }
            at = end;
        } else {
            at += 1;
        }
    }
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
    out.into_iter()
        .flat_map(|range| cut(tokens, range))
        .collect()
}

/// Most tokens of a sentence. Text without full stops (a list, a table) is cut, or else looking
/// from each word at all the others would take the square of its length.
pub const LONGEST: usize = 400;

/// A sentence in parts no longer than [`LONGEST`], cut behind a comma or semicolon if there is one.
fn cut(tokens: &[Token], range: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = range.start;
    while range.end - start > LONGEST {
        let most = start + LONGEST;
        let pause = |at: &usize| {
            tokens
                .get(at - 1)
                .is_some_and(|token| matches!(token.kind, TokenKind::Sign(',' | ';')))
        };
        let end = (start + LONGEST / 2..=most)
            .rev()
            .find(pause)
            .unwrap_or(most);
        out.push(start..end);
        start = end;
    }
    out.push(start..range.end);
    out
}

/// Marks, quotes and brackets glued behind a full stop belong to the sentence.
fn closes(token: &Token) -> bool {
    token.gap == Gap::Glued
        && matches!(
            token.kind,
            TokenKind::Mark(_) | TokenKind::Sign(')' | '”' | '»' | '’' | '"' | '.')
        )
}

fn ends_here(tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else {
        return false;
    };
    match token.kind {
        TokenKind::Sign('?' | '!') => true,
        TokenKind::Sign('.') => {
            let Some(word) = at.checked_sub(1).and_then(|before| tokens.get(before)) else {
                return false;
            };
            let initial = word.text.chars().count() == 1
                && word.text.chars().next().is_some_and(char::is_uppercase);
            // `15 mrt. 2023`
            let dated = tokens
                .get(at + 1)
                .is_some_and(|next| next.kind == TokenKind::Number);
            if dated && dates::short_month(&word.lower).is_some() {
                return false;
            }
            if matches!(word.lower.as_str(), "jl" | "blz" | "min" | "max") {
                return opens_sentence(tokens, at + 1);
            }
            !(initial || ABBREVIATIONS.contains(&word.lower.as_str()))
        }
        // `jl.` or `c.s.` may end a sentence: only when a sentence clearly starts after it.
        TokenKind::Word => token.text.ends_with('.') && opens_sentence(tokens, at + 1),
        _ => false,
    }
}

/// Whether the token at `at` is a word that usually opens a sentence, with a capital.
fn opens_sentence(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|next| {
        next.gap == Gap::Space
            && OPENERS.contains(&next.lower.as_str())
            && next.text.chars().next().is_some_and(char::is_uppercase)
    })
}

/// Words that, with a capital, start a sentence after an abbreviation.
const OPENERS: [&str; 22] = [
    "de",
    "het",
    "een",
    "dit",
    "deze",
    "dat",
    "die",
    "ik",
    "wij",
    "we",
    "in",
    "op",
    "er",
    "hier",
    "daarnaast",
    "ook",
    "met",
    "tijdens",
    "voor",
    "hierover",
    "hiermee",
    "tot",
];

fn starts_anew(tokens: &[Token], at: usize) -> bool {
    match tokens.get(at) {
        None => true,
        Some(next) => match next.kind {
            TokenKind::Word => {
                let first = next.text.chars().next();
                first.is_some_and(char::is_uppercase)
                    || (next.gap == Gap::Space && first.is_some_and(|c| c.is_ascii_digit()))
                    || (next.gap == Gap::Space && next.text.starts_with(['\'', '’']))
            }
            TokenKind::Number => next.gap == Gap::Space,
            TokenKind::Sign(c) => {
                next.gap == Gap::Space && matches!(c, '"' | '“' | '«' | '‘' | '(' | '-' | '–' | '•')
            }
            TokenKind::Mark(_) => false,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::Span;
    use crate::read::token::tokens;
    use crate::read::words::Words;

    fn split(text: &str) -> Vec<String> {
        let row = tokens(text, &[Span::new(0, text.len())]);
        sentences(&row)
            .into_iter()
            .map(|range| Words(&row[range]).text())
            .collect()
    }

    #[test]
    fn text_without_full_stops_is_cut_and_keeps_every_token() {
        let text = format!("{}{}", "een twee, ".repeat(300), "drie ".repeat(1000));
        let row = tokens(&text, &[Span::new(0, text.len())]);
        let ranges = sentences(&row);
        assert!(ranges.iter().all(|range| range.len() <= LONGEST));
        let first = ranges.first().expect("there");
        assert!(matches!(row[first.end - 1].kind, TokenKind::Sign(',')));
        let mut next = 0;
        for range in ranges {
            assert_eq!(range.start, next);
            next = range.end;
        }
        assert_eq!(next, row.len());
    }

    #[test]
    fn abbreviations_do_not_end_a_sentence() {
        assert_eq!(
            split("Zie nr. 12 en lid C. de Boer. Daarna volgt meer.3 Dit ook"),
            [
                "Zie nr. 12 en lid C. de Boer.",
                "Daarna volgt meer.",
                "Dit ook"
            ]
        );
        assert_eq!(split("Ik stuur dit op 15 mrt. 2023 aan u.").len(), 1);
        assert_eq!(split("over taal.  d.d. 29 maart wordt verzocht.").len(), 1);
        assert_eq!(
            split("het debat van 6 juli jl. Ik heb dat gezegd.").len(),
            2
        );
    }
}
