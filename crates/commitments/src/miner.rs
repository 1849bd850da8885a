//! Finding commitments in any letter: somebody of the government, in the future, something handed
//! over or done, and mostly a time.
//!
//! What is found is a proposal: a person takes it into the register or does not.
//! This module must not know the overview form; `read` does.

mod announced;
mod clauses;
mod lexicon;
mod past;
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
        if sentence.fulfils() && out.last().is_some_and(|mined| is_told_before(mined, words)) {
            // The promise told of just before is met by this letter.
            out.pop();
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
            deadline: past::still_to_come(&terms, Words(&own), reference.document, not_before),
            restated: fit.restated,
        };
        match (last, out.last_mut()) {
            (Some(before), Some(previous))
                if echoes(before, words) && !promises_more(previous, &mined) =>
            {
                join(previous, mined);
            }
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

/// Whether an earlier promise is told of right before these words, perhaps in a paragraph of its own.
fn is_told_before(mined: &Mined, words: Words<'_>) -> bool {
    let between = words.span().start.saturating_sub(mined.span.end);
    mined.restated && between <= MOST_WHITE_SPACE
}

/// Bytes of white space between two paragraphs at the most.
const MOST_WHITE_SPACE: usize = 8;

/// Whether the sentence that echoes promises something of its own: both have a term with days, or
/// the second has a speaker who acts.
fn promises_more(previous: &Mined, next: &Mined) -> bool {
    let dated = |mined: &Mined| {
        mined
            .deadline
            .as_ref()
            .is_some_and(|term| term.value.certainty != Certainty::Undated)
    };
    let speaks = [
        "mine.first_person_future",
        "mine.first_person_present",
        "mine.promise",
        "mine.commissioned",
    ];
    (dated(previous) && dated(next)) || speaks.iter().any(|rule| next.rule == Rule::new(rule))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn mined(text: &str) -> Vec<Mined> {
        let document = Document::read(
            "l",
            &format!("Geachte voorzitter,\n\n{text}\n"),
            date(2023, 11, 20),
            &Conventions::default(),
        );
        mine(&document, &Conventions::default())
    }

    #[test]
    fn promises_without_set_phrases_are_found() {
        let mut missed = Vec::new();
        for text in [
            "Bij de eerste suppletoire begroting kom ik terug op de dekking.",
            "Ik kom hier in de geannoteerde agenda voor de volgende Raad op terug.",
            "Ik kom hierop in het verslag van de top terug.",
            "Ik zorg ervoor dat de ouders hun dossier binnen een half jaar krijgen.",
            "Wij zorgen ervoor dat elke gemeente voor 1 juli 2024 een loket heeft.",
            "Het WODC voert in mijn opdracht een nulmeting uit, die rond de jaarwisseling gereed is.",
            "De gemeente Delft onderzoekt op ons verzoek de brug, wat eind 2024 wordt afgerond.",
            "In de volgende monitor zullen de cijfers per rechtbank worden uitgesplitst.",
            "De gevraagde tabel wordt als bijlage bij het volgende verslag gevoegd.",
            "Een BNC-fiche gaat uw Kamer binnen de gebruikelijke termijn toe.",
        ] {
            if mined(text).len() != 1 {
                missed.push(text);
            }
        }
        assert_eq!(missed, Vec::<&str>::new());
    }

    #[test]
    fn duties_of_others_and_what_is_met_are_no_promises() {
        let mut wrong = Vec::new();
        for text in [
            "Op grond van artikel 5 dient een plan binnen zes weken ter inzage te worden gelegd.",
            "De gemeenten ontvangen in juni 2024 de circulaire.",
            "Met deze brief doe ik die toezegging gestand.",
            "In het tweeminutendebat van 21 maart 2023 heb ik toegezegd schriftelijk terug te \
             komen op enkele vragen.\n\nMet deze brief doe ik die toezegging gestand.",
        ] {
            if !mined(text).is_empty() {
                wrong.push(text);
            }
        }
        assert_eq!(wrong, Vec::<&str>::new());
    }

    #[test]
    fn two_promises_about_one_thing_stay_two() {
        let two = mined(
            "Ik stuur uw Kamer in mei 2024 een plan van aanpak. Dit plan evalueer ik in december \
             2025.",
        );
        assert_eq!(two.len(), 2, "{two:?}");
        let one =
            mined("Hiervoor laat ik een analyse uitvoeren. Deze analyse is in mei 2024 gereed.");
        assert_eq!(one.len(), 1, "{one:?}");
        assert!(one[0].deadline.is_some());
    }
}
