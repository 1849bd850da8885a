//! The overview of motions and commitments: its headline and its prose.
//!
//! The prose is the form in which a ministry reports to the Chamber: one paragraph for each
//! obligation, and reading it again gives the same records.
//! This module must not know about file formats.

use std::collections::BTreeSet;

use crate::calendar::PartialDate;
use crate::read::dates;
use crate::read::people;
use crate::record::{AskForm, Kind, Note, RecordContent, ReferenceOrigin};

/// A block of a composed document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading; level 1 is the title.
    Heading {
        /// Level, 1..=6.
        level: u8,
        /// The words.
        text: String,
    },
    /// Running text. Footnote marks stand as superscript digits.
    Paragraph(String),
    /// One item of a list.
    Item(String),
    /// A table.
    Table(Table),
}

/// A table with a head; every row has a cell for every column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// The cells, row by row.
    pub rows: Vec<Vec<String>>,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub heading: &'static str,
    /// Its width as a share of the sum of all.
    pub share: u16,
}

/// A document to be written: blocks and the footnotes they mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Composition {
    /// The blocks in order.
    pub blocks: Vec<Block>,
    /// Footnotes by number, in order.
    pub notes: Vec<(u16, String)>,
}

/// The text of a footnote whose source the document lacks.
pub const MISSING_NOTE: &str = "Vindplaats ontbreekt in het brondocument.";

/// Counts of an overview in one line:
/// `9 stuks: 5 moties, 3 debattoezeggingen, 1 uit Kamervragen; 2 open; …`.
#[must_use]
pub fn headline(records: &[RecordContent], at_hand: &[&str]) -> String {
    let count = |kind: Kind| records.iter().filter(|record| record.kind == kind).count();
    let plural = |n: usize, one: &str, more: &str| {
        (n > 0).then(|| format!("{n} {}", if n == 1 { one } else { more }))
    };
    let kinds: Vec<String> = [
        plural(count(Kind::Motion), "motie", "moties"),
        plural(
            count(Kind::CommitmentInDebate),
            "debattoezegging",
            "debattoezeggingen",
        ),
        plural(
            count(Kind::CommitmentFromQuestions),
            "uit Kamervragen",
            "uit Kamervragen",
        ),
        plural(
            count(Kind::CommitmentInLetter),
            "toezegging per brief",
            "toezeggingen per brief",
        ),
    ]
    .into_iter()
    .flatten()
    .collect();
    let mut line = match records.len() {
        1 => "1 stuk".to_owned(),
        n => format!("{n} stuks"),
    };
    if !kinds.is_empty() {
        line.push_str(": ");
        line.push_str(&kinds.join(", "));
    }
    let open = records.iter().filter(|record| record.is_open()).count();
    line.push_str(&format!("; {open} open"));
    let absent: BTreeSet<&str> = records
        .iter()
        .flat_map(|record| record.attachments.iter().map(String::as_str))
        .filter(|name| !at_hand.iter().any(|known| known.eq_ignore_ascii_case(name)))
        .collect();
    let leaning = records
        .iter()
        .filter(|record| {
            record
                .attachments
                .iter()
                .any(|name| absent.contains(name.as_str()))
        })
        .count();
    if leaning > 0 {
        let verb = if leaning == 1 { "steunt" } else { "steunen" };
        let what = if absent.len() == 1 {
            "één bijlage die niet in het dossier zit".to_owned()
        } else {
            format!("{} bijlagen die niet in het dossier zitten", absent.len())
        };
        line.push_str(&format!("; {leaning} {verb} op {what}"));
    }
    line
}

/// The overview in prose under this title.
#[must_use]
pub fn compose(title: &str, records: &[RecordContent]) -> Composition {
    let mut composer = Composer::default();
    composer.composition.blocks.push(Block::Heading {
        level: 1,
        text: title.to_owned(),
    });
    for record in records {
        let paragraph = composer.paragraph(record);
        composer
            .composition
            .blocks
            .push(Block::Paragraph(paragraph));
    }
    composer.composition
}

/// Numbers the footnotes of the new document from 1.
#[derive(Default)]
struct Composer {
    composition: Composition,
    /// Marks of the source record at hand with their new numbers.
    renumbered: Vec<(u16, u16)>,
}

impl Composer {
    fn paragraph(&mut self, record: &RecordContent) -> String {
        self.renumbered.clear();
        for Note { number, text } in &record.notes {
            let new = u16::try_from(self.composition.notes.len() + 1).unwrap_or(u16::MAX);
            self.renumbered.push((*number, new));
            let text = text.clone().unwrap_or_else(|| MISSING_NOTE.to_owned());
            self.composition.notes.push((new, text));
        }
        let ask = self.renumber(&record.ask.words);
        let account = record.account.as_deref().map(|words| self.renumber(words));
        let used: BTreeSet<u16> = marks(&ask)
            .chain(account.as_deref().into_iter().flat_map(marks))
            .collect();
        // Marks that stand in neither belong behind the names at the head.
        let head: String = self
            .renumbered
            .iter()
            .filter(|(_, new)| !used.contains(new))
            .map(|(_, new)| crate::read::token::superscript_number(*new))
            .collect();
        let join = match record.ask.form {
            AskForm::Om => " om",
            AskForm::Dat => " dat",
            AskForm::Bare => "",
        };
        let mut out = format!("{}{join} {ask}.", opening(record, &head));
        if let Some(account) = account {
            out.push(' ');
            out.push_str(&account);
        }
        out
    }

    fn renumber(&self, words: &str) -> String {
        let mut out = String::with_capacity(words.len());
        let mut run: Option<u16> = None;
        let flush = |run: &mut Option<u16>, out: &mut String| {
            if let Some(number) = run.take() {
                let new = self.renumbered.iter().find(|(old, _)| *old == number);
                let number = new.map_or(number, |(_, new)| *new);
                out.push_str(&crate::read::token::superscript_number(number));
            }
        };
        for c in words.chars() {
            if let Some(digit) = "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|known| known == c)
            {
                let digit = u16::try_from(digit).unwrap_or(0);
                run = Some(run.unwrap_or(0).saturating_mul(10).saturating_add(digit));
            } else {
                flush(&mut run, &mut out);
                out.push(c);
            }
        }
        flush(&mut run, &mut out);
        out
    }
}

/// The numbers written as superscript digits in a text.
fn marks(words: &str) -> impl Iterator<Item = u16> + '_ {
    words
        .split(|c| !"⁰¹²³⁴⁵⁶⁷⁸⁹".contains(c))
        .filter(|run| !run.is_empty())
        .map(|run| {
            run.chars().fold(0u16, |number, c| {
                let digit = "⁰¹²³⁴⁵⁶⁷⁸⁹"
                    .chars()
                    .position(|known| known == c)
                    .unwrap_or(0);
                number
                    .saturating_mul(10)
                    .saturating_add(u16::try_from(digit).unwrap_or(0))
            })
        })
}

/// The words up to the joining word of the ask.
#[expect(
    clippy::too_many_lines,
    reason = "a closed list of cases reads best in one place"
)]
fn opening(record: &RecordContent, marks: &str) -> String {
    let stated = record
        .reference
        .as_ref()
        .filter(|reference| reference.origin == ReferenceOrigin::Stated)
        .map_or(String::new(), |reference| {
            format!(" (Kamerstuk {})", reference.paper)
        });
    let others = if record.and_others { " c.s." } else { "" };
    let title = match record.members.as_slice() {
        [] => String::new(),
        [_] => "het lid ".to_owned(),
        _ => "de leden ".to_owned(),
    };
    let who = format!(
        "{title}{}{marks}{others}",
        people::in_words(&record.members)
    );
    let named = !record.members.is_empty();
    match record.kind {
        Kind::Motion => {
            let of = if named {
                format!(" van {who}")
            } else {
                marks.to_owned()
            };
            let topic = record
                .topic
                .as_ref()
                .map_or(String::new(), |topic| format!(" over {topic}"));
            let date = record.date.map_or(String::new(), |date| {
                format!(" d.d. {}", dates::in_words(date))
            });
            format!("In de motie{of}{topic}{date}{stated} wordt verzocht")
        }
        Kind::CommitmentFromQuestions => {
            let of = if named {
                format!(" van {who}")
            } else {
                marks.to_owned()
            };
            let date = record.date.map_or(String::new(), |date| {
                format!(" van {}", dates::in_words(date))
            });
            format!("In een antwoord op Kamervragen{of}{date}{stated} is aan de Kamer gemeld")
        }
        Kind::CommitmentInDebate => {
            let debate = record
                .debate
                .as_ref()
                .map_or("debat".to_owned(), ToString::to_string);
            let date = record.date.map_or(String::new(), |date| match date {
                PartialDate::Day(_) => format!(" van {}", dates::in_words(date)),
                _ => format!(" in {}", dates::in_words(date)),
            });
            let to = if named {
                format!("aan {who} ")
            } else {
                String::new()
            };
            let marks = if named { "" } else { marks };
            format!("Tijdens het {debate}{date}{stated}{marks} is {to}toegezegd")
        }
        Kind::CommitmentInLetter => {
            let date = record.date.map_or(String::new(), |date| {
                format!(" van {}", dates::in_words(date))
            });
            let to = if named {
                format!("aan {who} ")
            } else {
                String::new()
            };
            let marks = if named { "" } else { marks };
            format!("In de brief{date}{stated}{marks} is {to}toegezegd")
        }
    }
}
