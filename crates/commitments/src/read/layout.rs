//! Text of a document → paragraphs and footnotes.
//!
//! Undoes what printing did: hard wraps, page breaks in the middle of a sentence, page headers,
//! footnotes between two halves of a paragraph, and double spacing.
//! This module must not know what a paragraph says.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::overview::MISSING_NOTE;
use crate::place::Span;
use crate::read::furniture;
use crate::read::sentence::sentences;
use crate::read::token::{Token, tokens};
use crate::read::words::Words;

/// What a block of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParagraphKind {
    /// A short line without an ending.
    Heading,
    /// Running text.
    Body,
    /// One item of a list.
    Item,
}

/// A block of text.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// What it is.
    pub kind: ParagraphKind,
    /// Its tokens in order.
    pub tokens: Vec<Token>,
    /// Its sentences as ranges of tokens.
    pub sentences: Vec<Range<usize>>,
}

impl Paragraph {
    /// All its words.
    #[must_use]
    pub fn words(&self) -> Words<'_> {
        Words(&self.tokens)
    }

    /// Its sentences.
    pub fn sentences(&self) -> impl Iterator<Item = Words<'_>> {
        self.sentences
            .iter()
            .map(|range| self.words().part(range.start, range.end))
    }
}

/// A document taken apart.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// The running text in order.
    pub paragraphs: Vec<Paragraph>,
    /// The texts of the footnotes by number.
    pub notes: BTreeMap<u16, Paragraph>,
    /// Page headers and footers that were left out.
    pub furniture: Vec<Span>,
}

impl Layout {
    /// Takes the text of a document apart.
    #[must_use]
    pub fn of(text: &str) -> Layout {
        let lines = lines(text);
        let mut builder = Builder::new(text, &lines);
        for line in &lines {
            builder.line(line);
        }
        builder.finish()
    }

    /// Every footnote mark in the running text with its place, in order of appearance.
    pub fn marks(&self) -> impl Iterator<Item = (u16, Span)> + '_ {
        self.paragraphs
            .iter()
            .flat_map(|paragraph| paragraph.words().marks())
    }
}

/// One line of the source without its white space.
#[derive(Clone, Copy, Debug)]
struct Line<'a> {
    span: Span,
    words: &'a str,
    /// White space before the words.
    indent: usize,
    /// A form feed stood before the words.
    feed: bool,
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut out = Vec::new();
    let mut at = 0;
    for raw in text.split_inclusive('\n') {
        // A form feed may stand in the middle of a line: it starts a line of its own.
        for (part_index, part) in raw.split('\u{c}').enumerate() {
            let words = part.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            let indent = part.len() - part.trim_start_matches(char::is_whitespace).len();
            let start = at + part.find(words).unwrap_or(0);
            out.push(Line {
                span: Span::new(start, start + words.len()),
                words,
                indent,
                feed: part_index > 0,
            });
            at += part.len() + 1;
        }
        // Every part but the last ate one form feed; the last part has no sign after it.
        at -= 1;
    }
    out
}

struct Builder<'a> {
    text: &'a str,
    double_spaced: bool,
    single_indent_breaks: bool,
    widest: usize,
    /// Lines of the block under construction.
    current: Vec<Span>,
    current_is_item: bool,
    note: Option<(u16, Vec<Span>)>,
    next_note: u16,
    blanks: usize,
    blocks: Vec<(ParagraphKind, Vec<Span>)>,
    notes: BTreeMap<u16, Vec<Span>>,
    furniture: Vec<Span>,
    furniture_state: furniture::State,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str, lines: &[Line<'_>]) -> Builder<'a> {
        let filled = lines.iter().filter(|line| !line.words.is_empty()).count();
        let lone = lines
            .windows(2)
            .filter(|pair| matches!(pair, [a, b] if !a.words.is_empty() && b.words.is_empty()))
            .count();
        let indented = lines
            .iter()
            .filter(|line| line.indent == 1 && !line.words.is_empty())
            .count();
        // Paragraphs end with a full stop, wrapped lines mostly do not.
        let cut = lines
            .iter()
            .filter(|line| !line.words.is_empty() && !ends_text(line.words))
            .count();
        let mut widths: Vec<usize> = lines
            .iter()
            .map(|line| line.words.chars().count())
            .filter(|width| *width > 0)
            .collect();
        widths.sort_unstable();
        let widest = widths.get(widths.len() * 9 / 10).copied().unwrap_or(0);
        Builder {
            text,
            // Lines of a double-spaced page are narrow; long lines each are a paragraph.
            double_spaced: filled >= 8
                && lone * 10 >= filled * 8
                && widest <= 110
                && cut * 5 >= filled * 2,
            single_indent_breaks: indented * 5 <= filled,
            widest,
            current: Vec::new(),
            current_is_item: false,
            note: None,
            next_note: 1,
            blanks: 1,
            blocks: Vec::new(),
            notes: BTreeMap::new(),
            furniture: Vec::new(),
            furniture_state: furniture::State::default(),
        }
    }

    fn line(&mut self, line: &Line<'_>) {
        if line.words.is_empty() {
            self.blanks += 1;
            return;
        }
        if self.furniture_state.takes(line.words) {
            self.furniture.push(line.span);
            self.blanks += 1;
            self.close_note();
            return;
        }
        let page_start =
            line.feed || (line.indent == 1 && self.single_indent_breaks && self.blanks == 0);
        if let Some((number, rest)) = self.note_start(line, page_start) {
            self.close_note();
            self.next_note = number.saturating_add(1);
            self.note = Some((number, vec![rest]));
            self.blanks = 0;
            return;
        }
        if self.continues_note(line, page_start) {
            if let Some((_, lines)) = &mut self.note {
                lines.push(line.span);
            }
            self.blanks = 0;
            return;
        }
        let after_note = self.note.is_some();
        self.close_note();
        let item = list_item(line.words);
        if item.is_some() || self.breaks_before(line, page_start || after_note) {
            self.flush();
            self.current_is_item = item.is_some();
        }
        let skip = item.unwrap_or(0);
        self.current
            .push(Span::new(line.span.start + skip, line.span.end));
        self.blanks = 0;
    }

    /// The number and text of a footnote that starts on this line.
    fn note_start(&self, line: &Line<'_>, page_start: bool) -> Option<(u16, Span)> {
        if let Some(rest) = line.words.strip_prefix("[^")
            && let Some((digits, tail)) = rest.split_once("]:")
        {
            let number = digits.parse().ok()?;
            let tail = tail.trim_start();
            return Some((number, Span::new(line.span.end - tail.len(), line.span.end)));
        }
        let allowed = (self.blanks > 0 || self.note.is_some()) && !page_start;
        let plain = line.words.strip_prefix('[').unwrap_or(line.words);
        let digits = plain.bytes().take_while(u8::is_ascii_digit).count();
        let number: u16 = plain.get(..digits)?.parse().ok()?;
        let mut tail = plain.get(digits..)?;
        tail = tail.strip_prefix(']').unwrap_or(tail);
        let text = tail.trim_start();
        let opens =
            text.chars().next().is_some_and(|c| {
                c.is_uppercase() || matches!(c, '(' | '“' | '"' | '«' | '‘' | '\'')
            }) || text.starts_with("http")
                || text.starts_with("www");
        (allowed && number == self.next_note && tail.len() > text.len() && opens)
            .then(|| (number, Span::new(line.span.end - text.len(), line.span.end)))
    }

    fn continues_note(&self, line: &Line<'_>, page_start: bool) -> bool {
        let Some((_, lines)) = &self.note else {
            return false;
        };
        if page_start || line.words.starts_with('#') {
            return false;
        }
        if self.blanks == 0 {
            return true;
        }
        let last = lines
            .last()
            .and_then(|span| span.of(self.text))
            .unwrap_or("");
        let starts_low = line.words.chars().next().is_some_and(char::is_lowercase);
        let open_end = last.ends_with(|c: char| c.is_alphabetic() || c == ',');
        let asks_more = last
            .rsplit(' ')
            .next()
            .is_some_and(|word| matches!(word, "en" | "van" | "de" | "het" | "of" | "in" | "voor"));
        self.blanks <= 2 && ((starts_low && open_end) || asks_more || last.ends_with(','))
    }

    fn breaks_before(&self, line: &Line<'_>, fresh_page: bool) -> bool {
        let Some(last) = self.current.last().and_then(|span| span.of(self.text)) else {
            return true;
        };
        let starts_low = line
            .words
            .chars()
            .next()
            .is_some_and(|c| c.is_lowercase() || c.is_ascii_digit() || c == '(');
        let open = !ends_text(last);
        if fresh_page {
            return !(open && starts_low);
        }
        match self.blanks {
            0 => false,
            1 if self.double_spaced => {
                let short = last.chars().count() * 4 < self.widest * 3;
                let heading =
                    line.words.chars().count() * 2 < self.widest && !ends_text(line.words);
                short || (!open && (line.indent > 0 || heading))
            }
            _ => !(open && starts_low) || self.is_heading_line(),
        }
    }

    /// Whether the block so far looks like a heading rather than half a sentence.
    fn is_heading_line(&self) -> bool {
        let last = self.current.last().and_then(|span| span.of(self.text));
        self.current.len() == 1 && last.is_some_and(|words| words.chars().count() * 2 < self.widest)
    }

    fn close_note(&mut self) {
        if let Some((number, lines)) = self.note.take() {
            self.notes.entry(number).or_default().extend(lines);
        }
    }

    fn flush(&mut self) {
        let lines = std::mem::take(&mut self.current);
        let is_item = std::mem::take(&mut self.current_is_item);
        let Some(first) = lines.first().and_then(|span| span.of(self.text)) else {
            return;
        };
        let last = lines
            .last()
            .and_then(|span| span.of(self.text))
            .unwrap_or("");
        let starts_low = first.chars().next().is_some_and(char::is_lowercase);
        // Half a paragraph that a page header or a footnote cut off from the other half.
        if starts_low
            && !is_item
            && let Some((kind, before)) = self.blocks.last_mut()
            && *kind != ParagraphKind::Heading
            && before
                .last()
                .and_then(|span| span.of(self.text))
                .is_some_and(|end| !ends_text(end))
        {
            before.extend(lines);
            return;
        }
        let length: usize = lines
            .iter()
            .filter_map(|span| span.of(self.text))
            .map(|line| line.chars().count())
            .sum();
        let kind = if is_item {
            ParagraphKind::Item
        } else if lines.len() <= 2 && length <= 110 && !ends_text(last) && !starts_low {
            ParagraphKind::Heading
        } else {
            ParagraphKind::Body
        };
        self.blocks.push((kind, lines));
    }

    fn finish(mut self) -> Layout {
        self.close_note();
        self.flush();
        let text = self.text;
        let build = |kind: ParagraphKind, lines: &[Span]| {
            let tokens = tokens(text, lines);
            let sentences = sentences(&tokens);
            Paragraph {
                kind,
                tokens,
                sentences,
            }
        };
        Layout {
            paragraphs: self
                .blocks
                .iter()
                .map(|(kind, lines)| build(*kind, lines))
                .filter(|paragraph| !paragraph.tokens.is_empty())
                .collect(),
            notes: self
                .notes
                .iter()
                .map(|(number, lines)| (*number, build(ParagraphKind::Body, lines)))
                // Our own overview says so where its source had no note.
                .filter(|(_, note)| note.words().text() != MISSING_NOTE)
                .collect(),
            furniture: self.furniture,
        }
    }
}

/// Whether a line that ends like this ends its paragraph.
fn ends_text(line: &str) -> bool {
    // A footnote mark glued to the full stop does not keep the sentence open.
    let line = line.trim_end_matches(|c: char| c.is_ascii_digit() || "⁰¹²³⁴⁵⁶⁷⁸⁹".contains(c));
    line.ends_with(['.', '?', '!', ':', ';', '»', '”', '"'])
}

/// Length of the bullet, number or hashes before the words of a list item, or `None`.
fn list_item(words: &str) -> Option<usize> {
    for bullet in ["- ", "• ", "* ", "– ", "\u{f0b7} ", "o "] {
        if let Some(rest) = words.strip_prefix(bullet) {
            return Some(words.len() - rest.trim_start().len());
        }
    }
    if words.starts_with('#') {
        let rest = words.trim_start_matches('#');
        return rest
            .starts_with(' ')
            .then(|| words.len() - rest.trim_start().len());
    }
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let letter =
        usize::from(digits == 0 && words.bytes().next().is_some_and(|b| b.is_ascii_lowercase()));
    let label = digits + letter;
    let rest = words.get(label..)?;
    let tail = rest
        .strip_prefix(". ")
        .or_else(|| rest.strip_prefix(") "))?;
    let fits = (1..=2).contains(&digits) || letter == 1;
    fits.then(|| words.len() - tail.trim_start().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<String> {
        Layout::of(text)
            .paragraphs
            .iter()
            .map(|paragraph| paragraph.words().text())
            .collect()
    }

    #[test]
    fn a_footnote_between_two_halves_is_taken_out() {
        let text = "Wij zien dat taal, opleiding en \n\n1 Zie de bijlage (Kamerstuk 12 345, nr. 6).\n\
                    2 Eigen telling.\n netwerken tellen.2 \n\nDaarna meer.";
        let layout = Layout::of(text);
        let words: Vec<String> = layout.paragraphs.iter().map(|p| p.words().text()).collect();
        assert_eq!(
            words,
            [
                "Wij zien dat taal, opleiding en netwerken tellen.",
                "Daarna meer."
            ]
        );
        assert_eq!(layout.notes.len(), 2);
        assert_eq!(layout.notes[&2].words().text(), "Eigen telling.");
    }

    #[test]
    fn every_token_stands_where_it_says() {
        let text = "Kop\n\nEen zin over werk-\ngevers\u{c} en méér.\n\n- punt een\n- punt twee\n";
        let layout = Layout::of(text);
        for paragraph in &layout.paragraphs {
            for token in &paragraph.tokens {
                let source = token.span.of(text).unwrap();
                let flat: String = source.chars().filter(|c| !c.is_whitespace()).collect();
                assert_eq!(flat.replace("werk-gevers", "werkgevers"), token.text);
            }
        }
        assert_eq!(
            blocks(text),
            [
                "Kop",
                "Een zin over werkgevers en méér.",
                "punt een",
                "punt twee"
            ]
        );
    }

    #[test]
    fn page_headers_do_not_cut_a_sentence() {
        let text = "Dit is een lange zin die over de rand van de bladzijde loopt en dan\n\n\
                    Pagina 3 van 10\n\nverder gaat op de volgende.\n";
        assert_eq!(
            blocks(text),
            [
                "Dit is een lange zin die over de rand van de bladzijde loopt en dan verder gaat op \
              de volgende."
            ]
        );
    }
}
