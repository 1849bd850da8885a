//! Lines of text → tokens: words, numbers, punctuation and footnote marks, each with its place.
//!
//! A word broken over two lines by a hyphen becomes one token again.
//! A digit glued to a word or a closing bracket (`Jansen2`, `(XYZ)1`) is a footnote mark.
//! This module must not know what the words mean.

use crate::place::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with inner hyphens, apostrophes, digits and the dots of abbreviations.
    Word,
    /// Digits only.
    Number,
    /// One sign.
    Sign(char),
    /// A footnote mark with its number.
    Mark(u16),
}

/// White space before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Nothing: glued to the token before it.
    Glued,
    /// A space, a tab or a line end.
    Space,
}

/// One token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the source; a broken word spans its line end.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// What stands before it.
    pub gap: Gap,
    /// The text as written, with a broken word joined.
    pub text: String,
    /// The text in lower case.
    pub lower: String,
}

/// Words before a glued hyphen at a line end that keep it: `mbo-` + `studenten`.
const KEEPS_HYPHEN: [&str; 16] = [
    "mbo", "hbo", "wo", "ho", "vo", "po", "ict", "niet", "oud", "ex", "co", "non", "pre", "post",
    "vmbo", "e",
];

/// Abbreviations whose dot is followed by a number that is not a footnote mark.
const NUMBERED: [&str; 13] = [
    "nr", "nrs", "no", "art", "artt", "p", "pp", "blz", "lid", "par", "hfst", "kst", "stcrt",
];

/// The tokens of these stretches of `text`, which are the lines of one paragraph.
#[must_use]
pub fn tokens(text: &str, lines: &[Span]) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    for line in lines {
        let Some(words) = line.of(text) else { continue };
        let mut scanner = Scanner {
            text: words,
            base: line.start,
            at: 0,
        };
        let mut first = true;
        while let Some(token) = scanner.next_token(&out) {
            if first {
                first = false;
                if let Some(joined) = out.last().and_then(|last| join_broken(last, &token)) {
                    out.pop();
                    out.push(joined);
                    continue;
                }
            }
            out.push(token);
        }
    }
    out
}

/// The two halves of a word that was broken at a line end, as one token.
fn join_broken(before: &Token, after: &Token) -> Option<Token> {
    if before.kind != TokenKind::Word || after.kind != TokenKind::Word {
        return None;
    }
    let stem = before.text.strip_suffix('-')?;
    if matches!(after.lower.as_str(), "en" | "of" | "tot" | "dan" | "als") {
        return None;
    }
    let continues_low = after.text.chars().next().is_some_and(char::is_lowercase);
    let stem_is_code = stem.chars().all(|c| c.is_uppercase() || c.is_numeric());
    let keep =
        !continues_low || stem_is_code || KEEPS_HYPHEN.contains(&stem.to_lowercase().as_str());
    let text = if keep {
        format!("{stem}-{}", after.text)
    } else {
        format!("{stem}{}", after.text)
    };
    Some(Token {
        span: before.span.join(after.span),
        kind: TokenKind::Word,
        gap: before.gap,
        lower: text.to_lowercase(),
        text,
    })
}

struct Scanner<'a> {
    text: &'a str,
    base: usize,
    at: usize,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<char> {
        self.text
            .get(self.at..)
            .and_then(|rest| rest.chars().next())
    }

    fn after(&self, offset: usize) -> Option<char> {
        self.text
            .get(self.at + offset..)
            .and_then(|rest| rest.chars().next())
    }

    fn next_token(&mut self, before: &[Token]) -> Option<Token> {
        // What begins a line is glued to nothing: `Kamerstuk` and `36 200` on the next line.
        let mut gap = if self.at == 0 { Gap::Space } else { Gap::Glued };
        while let Some(c) = self.peek() {
            if !is_space(c) {
                break;
            }
            gap = Gap::Space;
            self.at += c.len_utf8();
        }
        let first = self.peek()?;
        let start = self.at;
        let kind = if let Some(mark) = self.explicit_mark(first) {
            TokenKind::Mark(mark)
        } else if first.is_ascii_digit() {
            self.digits_token(gap, before)
        } else if first.is_alphabetic() {
            self.word();
            TokenKind::Word
        } else {
            self.at += first.len_utf8();
            TokenKind::Sign(first)
        };
        let text = self.text.get(start..self.at).unwrap_or_default().to_owned();
        Some(Token {
            span: Span::new(self.base + start, self.base + self.at),
            kind,
            gap,
            lower: text.to_lowercase(),
            text,
        })
    }

    /// `[^12]` of Markdown and superscript digits.
    fn explicit_mark(&mut self, first: char) -> Option<u16> {
        if let Some(digit) = superscript(first) {
            let mut number = u16::from(digit);
            self.at += first.len_utf8();
            while let Some((c, digit)) = self.peek().and_then(|c| Some((c, superscript(c)?))) {
                number = number.saturating_mul(10).saturating_add(u16::from(digit));
                self.at += c.len_utf8();
            }
            return Some(number);
        }
        let inner = self.text.get(self.at..)?.strip_prefix("[^")?;
        let (digits, _) = inner.split_once(']')?;
        let number = digits.parse().ok()?;
        self.at += 2 + digits.len() + 1;
        Some(number)
    }

    fn digits_token(&mut self, gap: Gap, before: &[Token]) -> TokenKind {
        let start = self.at;
        while self.peek().is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
        }
        let digits = self.text.get(start..self.at).unwrap_or_default();
        let number = digits.parse().ok().filter(|_| digits.len() <= 3);
        if let Some(number) = number
            && gap == Gap::Glued
            && number > 0
            && follows_as_mark(before)
            && !self.peek().is_some_and(char::is_alphanumeric)
        {
            return TokenKind::Mark(number);
        }
        // `2e`, `2022Z01234` and the like are words.
        if self.peek().is_some_and(char::is_alphabetic) {
            self.word();
            return TokenKind::Word;
        }
        TokenKind::Number
    }

    /// Moves past a word; stops before glued digits that are a footnote mark.
    fn word(&mut self) {
        let start = self.at;
        while let Some(c) = self.peek() {
            let next = self.after(c.len_utf8());
            let goes_on = if superscript(c).is_some() {
                false
            } else if c.is_alphanumeric() {
                !(c.is_ascii_digit() && (self.mark_starts_here(start) || self.closed_by_dot(start)))
            } else if matches!(c, '-' | '\u{2010}' | '\u{2011}') {
                next.is_some_and(char::is_alphanumeric) || next.is_none_or(is_space)
            } else if matches!(c, '\'' | '’') {
                next.is_some_and(char::is_alphabetic)
            } else {
                c == '.' && self.is_abbreviation_dot(start)
            };
            if !goes_on {
                break;
            }
            self.at += c.len_utf8();
        }
    }

    /// Whether the digits at the present place are a mark glued to the word begun at `start`.
    fn mark_starts_here(&self, start: usize) -> bool {
        let word = self.text.get(start..self.at).unwrap_or_default();
        let rest = self.text.get(self.at..).unwrap_or_default();
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        let beyond = rest.get(digits..).and_then(|tail| tail.chars().next());
        let mut letters = word.chars().rev();
        let ends_low = letters.next().is_some_and(char::is_lowercase);
        let long = word.chars().filter(|c| c.is_alphabetic()).count() >= 3;
        let whole = word
            .rsplit(['-', '‑'])
            .next()
            .is_some_and(|part| !part.is_empty());
        // Codes of organisations in capitals (`RIEC7`) keep marks too when three letters or more.
        let capitals = word.chars().all(char::is_uppercase) && word.chars().count() >= 3;
        (1..=3).contains(&digits)
            && whole
            && ((ends_low && long) || capitals)
            && !beyond.is_some_and(char::is_alphanumeric)
    }

    /// Whether the word so far is an abbreviation closed by its dot, so that digits are a mark.
    fn closed_by_dot(&self, start: usize) -> bool {
        self.text
            .get(start..self.at)
            .is_some_and(|word| word.ends_with('.'))
    }

    /// Whether the dot at the present place belongs to an abbreviation such as `c.s.`.
    fn is_abbreviation_dot(&self, start: usize) -> bool {
        let word = self.text.get(start..self.at).unwrap_or_default();
        let singles = word.split('.').all(|part| part.chars().count() == 1);
        let next = self.after(1);
        let after_next = self
            .text
            .get(self.at + 1..)
            .and_then(|rest| rest.chars().nth(1));
        let opens = next.is_some_and(char::is_alphabetic) && after_next == Some('.');
        singles && (opens || word.contains('.'))
    }
}

/// Whether digits glued after these tokens are a footnote mark.
fn follows_as_mark(before: &[Token]) -> bool {
    let mut back = before.iter().rev();
    let Some(last) = back.next() else {
        return false;
    };
    match last.kind {
        TokenKind::Sign(')' | '”' | '»' | '’' | '"' | '?' | '!') => true,
        TokenKind::Sign('.' | ',' | ':' | ';') => back.next().is_some_and(|word| match word.kind {
            TokenKind::Word => !NUMBERED.contains(&word.lower.as_str()),
            TokenKind::Sign(')' | '”' | '»') => true,
            _ => false,
        }),
        TokenKind::Word => !last.lower.ends_with('-'),
        _ => false,
    }
}

fn superscript(c: char) -> Option<u8> {
    match c {
        '⁰' => Some(0),
        '¹' => Some(1),
        '²' => Some(2),
        '³' => Some(3),
        '⁴' => Some(4),
        '⁵' => Some(5),
        '⁶' => Some(6),
        '⁷' => Some(7),
        '⁸' => Some(8),
        '⁹' => Some(9),
        _ => None,
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{ad}')
}

/// The number as superscript digits.
#[must_use]
pub fn superscript_number(number: u16) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    number
        .to_string()
        .bytes()
        // A decimal digit is 0..=9, so the index always exists.
        .map(|digit| DIGITS[usize::from(digit - b'0')])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let lines: Vec<Span> = {
            let mut at = 0;
            text.split('\n')
                .map(|line| {
                    let span = Span::new(at, at + line.len());
                    at += line.len() + 1;
                    span
                })
                .collect()
        };
        tokens(text, &lines)
            .into_iter()
            .map(|token| match token.kind {
                TokenKind::Mark(number) => format!("^{number}"),
                _ => token.text,
            })
            .collect()
    }

    #[test]
    fn marks_are_told_from_codes() {
        assert_eq!(
            read("lid Bakker12 (XYZ)3"),
            ["lid", "Bakker", "^12", "(", "XYZ", ")", "^3"]
        );
        assert_eq!(read("D66 en B1 en G40"), ["D66", "en", "B1", "en", "G40"]);
        assert_eq!(read("werk.3 In"), ["werk", ".", "^3", "In"]);
        assert_eq!(read("nr.85"), ["nr", ".", "85"]);
        assert_eq!(read("7,0 procent"), ["7", ",", "0", "procent"]);
        assert_eq!(
            read("brief[^4] en brief⁵"),
            ["brief", "^4", "en", "brief", "^5"]
        );
    }

    #[test]
    fn broken_words_are_joined() {
        assert_eq!(read("migratieach-\ntergrond"), ["migratieachtergrond"]);
        assert_eq!(read("concept-\nKamerbrief"), ["concept-Kamerbrief"]);
        assert_eq!(read("onderwijs- \nen zorg"), ["onderwijs-", "en", "zorg"]);
        assert_eq!(read("mbo-\nstudenten"), ["mbo-studenten"]);
    }

    #[test]
    fn abbreviations_keep_their_dots() {
        assert_eq!(read("Podt c.s. over"), ["Podt", "c.s.", "over"]);
        assert_eq!(read("taal.  d.d. 29"), ["taal", ".", "d.d.", "29"]);
    }
}
