//! Finding commitments in any letter: somebody of the government, in the future, something handed
//! over or done, and mostly a time.
//!
//! What is found is a proposal: a person takes it into the register or does not.
//! This module must not know the overview form; `read` does.

mod announced;
mod clauses;
mod lexicon;
mod patterns;

use serde::{Deserialize, Serialize};
use time::Date;

use crate::calendar::{PartialDate, date};
use crate::deadline::{self, Certainty, Conventions, Deadline, Reference};
use crate::place::{Confidence, Field, Rule, Span};
use crate::read::Document;
use crate::read::dates;
use crate::read::layout::{Paragraph, ParagraphKind};
use crate::read::token::Token;
use crate::read::verbs;
use crate::read::words::Words;
use crate::record::{Ask, AskForm, Kind, Record, RecordContent, Standing, Status};
use patterns::Sentence;

/// A commitment found in a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mined {
    /// The sentences that promise, on one line.
    pub words: String,
    /// Where they stand.
    pub span: Span,
    /// The pattern that fitted.
    pub rule: Rule,
    /// How sure the pattern is.
    pub confidence: Confidence,
    /// The term.
    pub deadline: Option<Field<Deadline>>,
    /// Whether the letter repeats a commitment made before.
    pub restated: bool,
}

impl Mined {
    /// The commitment as a record of a letter of that date.
    #[must_use]
    pub fn content(&self, date: Option<Date>) -> RecordContent {
        self.record(1, date).content()
    }

    /// As [`Mined::content`], with the place of what was read.
    #[must_use]
    pub fn record(&self, number: usize, date: Option<Date>) -> Record {
        let here = |rule| (self.span, rule, Confidence::DOUBTFUL);
        fn field<T>(
            value: T,
            (span, rule, confidence): (Span, &'static str, Confidence),
        ) -> Field<T> {
            Field::new(value, span, rule, confidence)
        }
        Record {
            number,
            span: self.span,
            kind: field(Kind::CommitmentInLetter, here("miner.letter")),
            members: Vec::new(),
            and_others: false,
            topic: None,
            ask: Field {
                value: Ask {
                    words: self.words.trim_end_matches('.').to_owned(),
                    form: AskForm::Bare,
                },
                span: self.span,
                rule: self.rule.clone(),
                confidence: self.confidence,
            },
            reference: None,
            debate: None,
            date: date.map(|day| field(PartialDate::Day(day), here("miner.letter_date"))),
            deadline: self.deadline.clone(),
            account: None,
            status: field(
                Status {
                    standing: Standing::Unreported,
                    words: String::new(),
                },
                here("miner.letter"),
            ),
            attachments: Vec::new(),
            notes: Vec::new(),
        }
    }
}

/// The commitments in a document, in order.
#[must_use]
pub fn mine(document: &Document, conventions: &Conventions) -> Vec<Mined> {
    let reference = Reference {
        document: document.date.day(),
        conventions,
    };
    let not_before = reference.document.or_else(|| earliest_date(document));
    let mut out = Vec::new();
    let bodies = document
        .layout
        .paragraphs
        .iter()
        .filter(|paragraph| paragraph.kind != ParagraphKind::Heading);
    for paragraph in bodies.chain(document.layout.notes.values()) {
        mine_paragraph(paragraph, reference, not_before, &mut out);
    }
    out.sort_by_key(|mined| mined.span.start);
    out
}

fn mine_paragraph(
    paragraph: &Paragraph,
    reference: Reference<'_>,
    not_before: Option<Date>,
    out: &mut Vec<Mined>,
) {
    let mut last: Option<Words<'_>> = None;
    let mut started: Option<Words<'_>> = None;
    let quoted = clauses::quoted(&paragraph.tokens);
    let own_words = |range: &std::ops::Range<usize>| -> Vec<Token> {
        range
            .clone()
            .filter(|at| quoted.get(*at) == Some(&false))
            .filter_map(|at| paragraph.tokens.get(at).cloned())
            .collect()
    };
    for (words, range) in paragraph.sentences().zip(&paragraph.sentences) {
        // What others say between quotation marks is not said by the letter.
        let own = own_words(range);
        let terms = deadline::find(Words(&own), reference);
        let sentence = Sentence {
            words: Words(&own),
            terms: &terms,
            not_before,
        };
        let found = sentence.promise();
        if found.is_none()
            && let Some(run) = running_time(words, started)
        {
            out.push(run);
            last = Some(words);
            continue;
        }
        if words.find(0, &["gestart", "begonnen"]).is_some() {
            started = Some(words);
        }
        let Some(fit) = found else {
            last = None;
            continue;
        };
        let mined = Mined {
            words: words.text(),
            span: words.span(),
            rule: Rule::new(fit.rule),
            confidence: fit.confidence,
            deadline: deadline::best(&terms, &[]),
            restated: fit.restated,
        };
        match (last, out.last_mut()) {
            (Some(before), Some(previous)) if echoes(before, words) => join(previous, mined),
            _ => out.push(mined),
        }
        last = Some(words);
    }
}

/// Whether a sentence goes on about the thing the sentence before it promised:
/// `Deze analyse is …` after `… laat ik een analyse uitvoeren`.
fn echoes(before: Words<'_>, words: Words<'_>) -> bool {
    // `Naar verwachting is dat binnen drie maanden.`
    if words.row(0, &["naar", "verwachting", "is"]) && words.any(3, &["dat", "dit"]) {
        return true;
    }
    let noun = words.low(1);
    words.any(0, &["deze", "dit", "die", "dat", "de", "het"])
        && noun.chars().count() >= 4
        && (0..before.len()).any(|at| before.is(at, noun))
}

fn join(previous: &mut Mined, next: Mined) {
    previous.words.push(' ');
    previous.words.push_str(&next.words);
    previous.span = previous.span.join(next.span);
    previous.confidence = previous.confidence.max(next.confidence);
    let weight = |deadline: &Option<Field<Deadline>>| {
        deadline.as_ref().map_or(2, |field| {
            u8::from(field.value.certainty == Certainty::Undated)
        })
    };
    if weight(&next.deadline) < weight(&previous.deadline) {
        previous.deadline = next.deadline;
    }
    previous.restated &= next.restated;
}

/// `De looptijd is 15 maanden` of something that was started in the same paragraph.
fn running_time(words: Words<'_>, started: Option<Words<'_>>) -> Option<Mined> {
    let begun = started?;
    let at = (0..words.len())
        .find(|at| words.any(*at, &["looptijd", "doorlooptijd", "duur", "duurt"]))?;
    let term = (at..words.len()).find(|place| {
        dates::count(words, *place).is_some()
            && words.any(place + 1, &["maanden", "jaar", "weken", "maand"])
    })?;
    let part = words.part(term, term + 2);
    let span = begun.span().join(words.span());
    Some(Mined {
        words: format!("{} {}", begun.text(), words.text()),
        span,
        rule: Rule::new("mine.running_time"),
        confidence: Confidence::percent(70),
        deadline: Some(Field::new(
            Deadline {
                words: part.text(),
                interval: None,
                certainty: Certainty::NeedsDocumentDate,
                looks_ahead: true,
            },
            part.span(),
            "deadline.running_time",
            Confidence::LIKELY,
        )),
        restated: false,
    })
}

/// A day the document cannot be older than: the parliamentary year in its headers, or the latest
/// date it tells about in the past tense.
fn earliest_date(document: &Document) -> Option<Date> {
    let header = document.layout.furniture.iter().filter_map(|span| {
        let line = span.of(&document.text)?.to_lowercase();
        let (_, rest) = line.split_once("vergaderjaar ")?;
        let year: i32 = rest.get(..4)?.parse().ok()?;
        // The parliamentary year starts in September (Constitution, art. 65).
        date(year, 9, 1)
    });
    let told = document
        .layout
        .paragraphs
        .iter()
        .flat_map(Paragraph::sentences)
        .filter(|words| verbs::perfect(*words) && verbs::future(*words).is_none())
        .flat_map(|words| {
            (0..words.len())
                .filter_map(|at| dates::written(words, at)?.resolve(None))
                .collect::<Vec<_>>()
        })
        .map(|found: PartialDate| found.interval().from);
    header.chain(told).max()
}
