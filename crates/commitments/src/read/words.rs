//! A row of tokens to match patterns on, without ever reaching outside it.
//!
//! This module must not know Dutch.

use crate::place::Span;
use crate::read::token::{Gap, Token, TokenKind, superscript_number};

/// A row of tokens; every question about a place outside it is answered with "no".
#[derive(Clone, Copy, Debug)]
pub struct Words<'a>(pub &'a [Token]);

impl<'a> Words<'a> {
    /// Number of tokens.
    #[must_use]
    pub fn len(self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// The token at `at`.
    #[must_use]
    pub fn get(self, at: usize) -> Option<&'a Token> {
        self.0.get(at)
    }

    /// The token in lower case, or nothing outside the row and for footnote marks.
    #[must_use]
    pub fn low(self, at: usize) -> &'a str {
        match self.0.get(at) {
            Some(token) if !matches!(token.kind, TokenKind::Mark(_)) => &token.lower,
            _ => "",
        }
    }

    /// Whether the token at `at` is this word or sign, in lower case.
    #[must_use]
    pub fn is(self, at: usize, word: &str) -> bool {
        self.low(at) == word
    }

    /// Whether the token at `at` is one of these words, in lower case.
    #[must_use]
    pub fn any(self, at: usize, words: &[&str]) -> bool {
        let low = self.low(at);
        !low.is_empty() && words.contains(&low)
    }

    /// Whether these words stand at `at` one after another.
    #[must_use]
    pub fn row(self, at: usize, words: &[&str]) -> bool {
        words
            .iter()
            .enumerate()
            .all(|(i, word)| self.is(at + i, word))
    }

    /// The number at `at`, when it is a token of digits.
    #[must_use]
    pub fn number(self, at: usize) -> Option<u32> {
        self.0
            .get(at)
            .filter(|token| token.kind == TokenKind::Number)
            .and_then(|token| token.text.parse().ok())
    }

    /// The footnote mark at `at`.
    #[must_use]
    pub fn mark(self, at: usize) -> Option<u16> {
        match self.0.get(at)?.kind {
            TokenKind::Mark(number) => Some(number),
            _ => None,
        }
    }

    /// Whether the token at `at` is a word.
    #[must_use]
    pub fn is_word(self, at: usize) -> bool {
        self.0
            .get(at)
            .is_some_and(|token| token.kind == TokenKind::Word)
    }

    /// Whether the token at `at` is a word with a capital.
    #[must_use]
    pub fn is_capital(self, at: usize) -> bool {
        self.is_word(at)
            && self
                .0
                .get(at)
                .and_then(|token| token.text.chars().next())
                .is_some_and(char::is_uppercase)
    }

    /// The part from `start` up to `end`.
    #[must_use]
    pub fn part(self, start: usize, end: usize) -> Words<'a> {
        let end = end.min(self.0.len());
        Words(self.0.get(start.min(end)..end).unwrap_or_default())
    }

    /// Where the tokens stand in the source.
    #[must_use]
    pub fn span(self) -> Span {
        match (self.0.first(), self.0.last()) {
            (Some(first), Some(last)) => first.span.join(last.span),
            _ => Span::default(),
        }
    }

    /// The words as one line, without footnote marks.
    #[must_use]
    pub fn text(self) -> String {
        self.render(Marks::Left)
    }

    /// The words as one line, footnote marks as superscript digits.
    #[must_use]
    pub fn text_with_marks(self) -> String {
        self.render(Marks::Shown)
    }

    fn render(self, marks: Marks) -> String {
        let mut out = String::new();
        let mut owed = false;
        for token in self.0 {
            owed |= token.gap == Gap::Space;
            if let TokenKind::Mark(number) = token.kind {
                if marks == Marks::Shown {
                    out.push_str(&superscript_number(number));
                }
                continue;
            }
            if owed && !out.is_empty() {
                out.push(' ');
            }
            owed = false;
            out.push_str(&token.text);
        }
        out
    }

    /// The footnote marks in the row, with their places.
    pub fn marks(self) -> impl Iterator<Item = (u16, Span)> + 'a {
        self.0.iter().filter_map(|token| match token.kind {
            TokenKind::Mark(number) => Some((number, token.span)),
            _ => None,
        })
    }

    /// The first place from `from` on where one of the words stands.
    #[must_use]
    pub fn find(self, from: usize, words: &[&str]) -> Option<usize> {
        (from..self.len()).find(|&at| self.any(at, words))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Marks {
    Shown,
    Left,
}
