//! Letters with their places → lines, paragraphs and footnotes.
//!
//! The order is that in which the file draws, which is that of reading for texts from word
//! processors. Small raised digits become superscript digits; small text at the foot of a page
//! that starts with a number becomes a footnote.
//! This module must not know about PDF.

use std::collections::BTreeMap;

use commitments::read::token::superscript_number;

use crate::extract::{Extracted, Place};

/// A letter, in points from the top left of its page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Letter {
    /// Its left side.
    pub(super) x: f64,
    /// Its base line.
    pub(super) y: f64,
    /// Its size.
    pub(super) size: f64,
    /// How far the next one stands.
    pub(super) width: f64,
    /// What it says, mostly one character.
    pub(super) text: String,
}

/// A space is wider than this part of the size of a letter.
const SPACE: f64 = 0.18;
/// Lines further apart than this times the usual distance are of two paragraphs.
const PARAGRAPH: f64 = 1.2;
/// Letters smaller than this part of those around them are small.
const SMALL: f64 = 0.85;
/// Text smaller than this part of the usual is that of a footnote.
const NOTE: f64 = 0.95;
/// The part of a page at its top and foot where headers and page numbers stand.
const MARGIN: f64 = 0.12;

/// A line of a page.
#[derive(Clone, Debug, Default)]
struct Line {
    text: String,
    /// Base line and size of its largest letters.
    y: f64,
    size: f64,
    /// The right end of its last letter.
    end: f64,
    /// Digits at its head that were raised: the number of a footnote.
    raised: Option<u16>,
}

/// The text of the pages.
pub(super) fn text(pages: &[Vec<Letter>]) -> Extracted {
    let mut read: Vec<Vec<Line>> = pages.iter().map(|letters| lines(letters)).collect();
    drop_repeated(&mut read);
    let usual = usual(
        read.iter()
            .flatten()
            .map(|line| (line.size, line.text.len())),
    );
    let pitch = pitch(&read, usual);
    let mut out = Extracted::default();
    let mut notes: BTreeMap<u16, String> = BTreeMap::new();
    for (index, page) in read.iter().enumerate() {
        let (body, foot) = split_notes(page, usual);
        take_notes(foot, &mut notes);
        let mut words = String::new();
        let mut last: Option<&Line> = None;
        for line in body {
            if let Some(before) = last {
                words.push_str(between(before, line, pitch));
            }
            words.push_str(line.text.trim());
            last = Some(line);
        }
        out.push_page(&words, index + 1);
    }
    for (number, words) in notes {
        out.push(
            &format!("[^{number}]: {}", words.trim()),
            Place::Footnote(number),
        );
    }
    out
}

impl Extracted {
    /// Adds the text of a page behind a form feed: a paragraph may run on over it.
    fn push_page(&mut self, words: &str, number: usize) {
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\u{c}");
        }
        let start = self.text.len();
        self.text.push_str(words);
        let span = commitments::place::Span::new(start, self.text.len());
        self.parts.push((span, Place::Page(number)));
    }
}

/// What stands between two lines: a line end, and an empty line between paragraphs.
fn between(before: &Line, line: &Line, pitch: f64) -> &'static str {
    let gap = line.y - before.y;
    let sizes = (line.size / before.size - 1.0).abs() > 0.08;
    if sizes || gap > pitch * PARAGRAPH || gap < 0.0 {
        "\n\n"
    } else {
        "\n"
    }
}

fn lines(letters: &[Letter]) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    for letter in letters {
        let words = plain(&letter.text);
        if words.is_empty() {
            continue;
        }
        let same = out.last().is_some_and(|line| is_on(line, letter));
        if !same {
            if words.trim().is_empty() {
                continue;
            }
            out.push(Line {
                y: letter.y,
                size: letter.size,
                end: letter.x,
                ..Line::default()
            });
        }
        if let Some(line) = out.last_mut() {
            add(line, letter, &words);
        }
    }
    out.retain(|line| !line.text.trim().is_empty());
    out
}

/// Whether a letter stands on a line, raised ones included, and does not start another.
fn is_on(line: &Line, letter: &Letter) -> bool {
    let size = line.size.max(letter.size);
    let apart = (line.y - letter.y).abs();
    apart < size * 0.6 && letter.x > line.end - size * 2.0
}

fn add(line: &mut Line, letter: &Letter, words: &str) {
    let gap = letter.x - line.end;
    let blank = words.trim().is_empty();
    let spaced = line.text.is_empty() || line.text.ends_with(' ');
    line.end = letter.x + letter.width;
    if blank {
        if !spaced {
            line.text.push(' ');
        }
        return;
    }
    let empty = line.text.is_empty();
    // The first letters of a line may be the small ones.
    if empty || letter.size > line.size * 1.1 {
        if line.text.chars().all(|c| c.is_ascii_digit()) && !empty {
            let raised = line.y < letter.y - letter.size * 0.1;
            line.raised = line.text.parse().ok().filter(|_| raised);
            if line.raised.is_some() {
                line.text.clear();
            }
        }
        line.y = letter.y;
        line.size = letter.size;
    }
    let small = letter.size < line.size * SMALL;
    let raised = letter.y < line.y - line.size * 0.12;
    if small && raised && words.chars().all(|c| c.is_ascii_digit()) {
        for digit in words.chars().filter_map(|c| c.to_digit(10)) {
            // A decimal digit always fits.
            line.text
                .push_str(&superscript_number(u16::try_from(digit).unwrap_or(0)));
        }
        return;
    }
    if !spaced && gap > line.size * SPACE {
        line.text.push(' ');
    }
    line.text.push_str(words);
}

/// The text of a letter with ligatures taken apart; signs without a shape are left out.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'ﬀ' => out.push_str("ff"),
            'ﬁ' => out.push_str("fi"),
            'ﬂ' => out.push_str("fl"),
            'ﬃ' => out.push_str("ffi"),
            'ﬄ' => out.push_str("ffl"),
            '\u{ad}' | '\u{2010}' | '\u{2011}' => out.push('-'),
            '\u{a0}' | '\t' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{fffd}') => {}
            c => out.push(c),
        }
    }
    out
}

/// The value that most of the weight has.
fn usual(values: impl Iterator<Item = (f64, usize)>) -> f64 {
    let mut weights: BTreeMap<i64, usize> = BTreeMap::new();
    for (value, weight) in values {
        *weights.entry((value * 10.0).round() as i64).or_default() += weight;
    }
    let most = weights.iter().max_by_key(|(_, weight)| **weight);
    most.map_or(1.0, |(value, _)| *value as f64 / 10.0)
}

/// The usual distance between two lines of running text.
fn pitch(pages: &[Vec<Line>], usual_size: f64) -> f64 {
    let gaps = pages.iter().flat_map(|page| {
        page.windows(2).filter_map(|pair| {
            let [above, below] = pair else { return None };
            let gap = below.y - above.y;
            let running =
                (above.size - usual_size).abs() < 0.5 && (below.size - usual_size).abs() < 0.5;
            (running && gap > 0.0 && gap < usual_size * 2.0).then_some((gap, above.text.len()))
        })
    });
    // Lines that fill the page weigh most, so that the ends of paragraphs do not decide.
    match usual(gaps) {
        gap if gap > 1.0 => gap,
        _ => usual_size * 1.4,
    }
}

/// The body of a page, and the footnotes at its end: small lines from the first that starts with a
/// number. Page numbers below them belong to neither.
fn split_notes(page: &[Line], usual: f64) -> (&[Line], &[Line]) {
    let small = |line: &Line| line.size < usual * NOTE;
    let numbers = page
        .iter()
        .rev()
        .take_while(|line| is_page_number(&line.text))
        .count();
    let page = page.split_at(page.len() - numbers).0;
    let foot = page.iter().rev().take_while(|line| small(line)).count();
    let mut start = page.len() - foot;
    while start < page.len() && note_number(&page[start]).is_none() {
        start += 1;
    }
    page.split_at(start)
}

/// Whether a line is `1 / 2`, `- 1 -`, `1 van 2` or `Pagina 1 van 2`. A number alone may be the end
/// of a sentence.
fn is_page_number(text: &str) -> bool {
    let words = text.trim().to_lowercase();
    let rest = words
        .strip_prefix("pagina")
        .or_else(|| words.strip_prefix("blad"))
        .unwrap_or(&words);
    let named = rest.len() < words.len();
    let parts: Vec<&str> = rest
        .split(['/', '-', '–', ' '])
        .filter(|part| !part.is_empty() && *part != "van")
        .collect();
    let numbers = parts.iter().all(|part| part.parse::<u16>().is_ok());
    let joined = rest.contains('/') || rest.contains(" van ");
    let dashed = rest.starts_with(['-', '–']) && rest.ends_with(['-', '–']);
    match parts.len() {
        1 => numbers && (named || dashed),
        2 => numbers && joined,
        _ => false,
    }
}

fn note_number(line: &Line) -> Option<(u16, &str)> {
    if let Some(number) = line.raised {
        return Some((number, &line.text));
    }
    let text = line.text.trim_start();
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let rest = text.get(end..)?;
    let number = text.get(..end)?.parse().ok()?;
    (rest.starts_with(' ') && !rest.trim().starts_with('/')).then_some((number, rest))
}

fn take_notes(foot: &[Line], notes: &mut BTreeMap<u16, String>) {
    let mut current: Option<u16> = None;
    for line in foot {
        let text = match note_number(line) {
            Some((number, rest)) => {
                current = Some(number);
                rest
            }
            None => line.text.as_str(),
        };
        // A page number under the notes.
        if text
            .trim()
            .chars()
            .all(|c| c.is_ascii_digit() || " /-".contains(c))
        {
            continue;
        }
        if let Some(number) = current {
            let words = notes.entry(number).or_default();
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(text.trim());
        }
    }
}

/// Leaves out lines that stand at the top or foot of most pages: headers, footers.
fn drop_repeated(pages: &mut [Vec<Line>]) {
    let n_pages = pages.len();
    if n_pages < 3 {
        return;
    }
    let lowest = pages
        .iter()
        .flatten()
        .map(|line| line.y)
        .fold(0.0_f64, f64::max);
    let key = |line: &Line| {
        let words: String = line.text.chars().filter(|c| !c.is_ascii_digit()).collect();
        ((line.y / 4.0).round() as i64, words.trim().to_owned())
    };
    let marginal = |line: &Line| line.y < lowest * MARGIN || line.y > lowest * (1.0 - MARGIN);
    let mut seen: BTreeMap<(i64, String), usize> = BTreeMap::new();
    for line in pages.iter().flatten().filter(|line| marginal(line)) {
        *seen.entry(key(line)).or_default() += 1;
    }
    for page in pages.iter_mut() {
        page.retain(|line| {
            !marginal(line)
                || seen
                    .get(&key(line))
                    .is_none_or(|times| times * 2 <= n_pages)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters of a line, each half as wide as high.
    fn set(page: &mut Vec<Letter>, words: &str, (x, y): (f64, f64), size: f64) {
        for (index, c) in words.chars().enumerate() {
            page.push(Letter {
                x: x + index as f64 * size / 2.0,
                y,
                size,
                width: size / 2.0,
                text: c.to_string(),
            });
        }
    }

    #[test]
    fn lines_paragraphs_and_notes_are_told_apart() {
        let mut page = Vec::new();
        set(
            &mut page,
            "De motie van het lid Aartsen",
            (50.0, 100.0),
            10.0,
        );
        set(&mut page, "3", (190.0, 96.0), 6.0);
        set(&mut page, " (VVD)", (193.0, 100.0), 10.0);
        set(&mut page, "loopt nog.", (50.0, 114.0), 10.0);
        set(&mut page, "Een volgende alinea.", (50.0, 134.0), 10.0);
        set(&mut page, "3", (50.0, 696.0), 5.0);
        set(&mut page, "Kamerstuk 41 000, nr. 2.", (54.0, 700.0), 8.0);
        set(&mut page, "1 / 1", (250.0, 760.0), 8.0);
        let out = text(&[page]);
        assert_eq!(
            out.text,
            "De motie van het lid Aartsen³ (VVD)\nloopt nog.\n\nEen volgende alinea.\n\n\
             [^3]: Kamerstuk 41 000, nr. 2."
        );
        assert_eq!(out.parts.len(), 2);
    }

    #[test]
    fn a_page_number_as_large_as_the_text_does_not_hide_the_notes() {
        let pages: Vec<Vec<Letter>> = (1..=2)
            .map(|n| {
                let mut page = Vec::new();
                set(&mut page, "De uitkomst wordt gedeeld", (50.0, 100.0), 10.0);
                set(&mut page, "met de Kamer.", (50.0, 114.0), 10.0);
                let note = format!("{n} Kamerstuk 41 000, nr. {n}.");
                set(&mut page, &note, (50.0, 700.0), 8.0);
                set(&mut page, &format!("{n} / 2"), (250.0, 760.0), 10.0);
                page
            })
            .collect();
        assert_eq!(
            text(&pages).text,
            "De uitkomst wordt gedeeld\nmet de Kamer.\n\u{c}De uitkomst wordt gedeeld\nmet de \
             Kamer.\n\n[^1]: Kamerstuk 41 000, nr. 1.\n\n[^2]: Kamerstuk 41 000, nr. 2."
        );
        for (words, is) in [
            ("- 3 -", true),
            ("Pagina 3 van 12", true),
            ("3", false),
            ("2022-2023", false),
            ("12 maart 2023", false),
        ] {
            assert_eq!(is_page_number(words), is, "{words}");
        }
    }

    #[test]
    fn headers_of_every_page_are_left_out() {
        let pages: Vec<Vec<Letter>> = (1..=4)
            .map(|n| {
                let mut page = Vec::new();
                set(
                    &mut page,
                    &format!("Kamerbrief blad {n}"),
                    (50.0, 30.0),
                    10.0,
                );
                set(
                    &mut page,
                    &format!("Tekst {n} staat hier."),
                    (50.0, 400.0),
                    10.0,
                );
                set(&mut page, &format!("einde {n}"), (50.0, 800.0), 10.0);
                page
            })
            .collect();
        let out = text(&pages);
        assert!(!out.text.contains("blad"), "{}", out.text);
        assert!(!out.text.contains("einde"), "{}", out.text);
        assert!(out.text.contains("\n\u{c}Tekst 2 staat hier."));
    }
}
