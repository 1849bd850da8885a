//! A document → its records, with what is inherited from one record to the next.

use std::collections::{HashMap, HashSet};

use time::Date;

use crate::calendar::PartialDate;
use crate::deadline::{self, Conventions, Deadline, Reference};
use crate::place::{Confidence, Field, Span};
use crate::read::layout::{Layout, Paragraph, ParagraphKind};
use crate::read::opening::{Opening, opening};
use crate::read::references::PaperReference;
use crate::read::status::{Says, says, status};
use crate::read::words::Words;
use crate::read::{attachments, debates, references};
use crate::record::{Note, Record, ReferenceOrigin, SourceReference};

/// An opening with the sentences that tell what became of it.
struct Draft<'a> {
    opening: Opening<'a>,
    account: Vec<Words<'a>>,
}

/// The records of a document, in order.
pub(crate) fn records(
    layout: &Layout,
    document: Option<Date>,
    conventions: &Conventions,
) -> Vec<Record> {
    let drafts = drafts(layout, document);
    let reference = Reference {
        document,
        conventions,
    };
    let mut records: Vec<Record> = drafts
        .iter()
        .enumerate()
        .map(|(index, draft)| record(index + 1, draft, layout, reference))
        .collect();
    name_attachments_again(&mut records, &drafts);
    inherit_references(&mut records);
    records
}

fn drafts(layout: &Layout, document: Option<Date>) -> Vec<Draft<'_>> {
    let overview = is_overview(layout, document);
    let mut drafts: Vec<Draft<'_>> = Vec::new();
    for paragraph in &layout.paragraphs {
        if paragraph.kind == ParagraphKind::Heading {
            continue;
        }
        let mut meeting: Option<debates::Found> = None;
        let mut here = false;
        for sentence in paragraph.sentences() {
            if let Some(opening) = opening(sentence, meeting.as_ref(), document) {
                drafts.push(Draft {
                    opening,
                    account: Vec::new(),
                });
                here = true;
            } else if let Some(last) = drafts.last_mut()
                && (here || (overview && speaks_of_it(sentence, paragraph)))
            {
                last.account.push(sentence);
                here = true;
            }
            if let Some(found) = debates::find(sentence, document) {
                meeting = Some(found);
            }
        }
    }
    drafts
}

/// Whether most paragraphs open a record: then a paragraph that does not goes with the one before.
fn is_overview(layout: &Layout, document: Option<Date>) -> bool {
    let mut bodies = 0;
    let mut opened = 0;
    for paragraph in &layout.paragraphs {
        if paragraph.kind == ParagraphKind::Heading {
            continue;
        }
        bodies += 1;
        opened += usize::from(
            paragraph
                .sentences()
                .next()
                .is_some_and(|first| opening(first, None, document).is_some()),
        );
    }
    opened >= 2 && opened * 5 >= bodies * 2
}

/// Whether a paragraph goes on about the obligation of the paragraph before it.
fn speaks_of_it(sentence: Words<'_>, paragraph: &Paragraph) -> bool {
    let first = paragraph.words();
    let points_back = first.any(
        0,
        &[
            "deze",
            "dit",
            "die",
            "dat",
            "hier",
            "hiermee",
            "hierover",
            "hiervan",
            "daarmee",
            "daarover",
            "inmiddels",
            "met",
            "de",
            "het",
        ],
    );
    let names_it = sentence
        .find(0, &["motie", "toezegging", "kamerbrief"])
        .is_some();
    points_back || names_it
}

fn record(number: usize, draft: &Draft<'_>, layout: &Layout, reference: Reference<'_>) -> Record {
    let opening = &draft.opening;
    let mut span = opening.sentence.span();
    for sentence in &draft.account {
        span = span.join(sentence.span());
    }
    let notes = notes(draft, layout);
    Record {
        number,
        span,
        kind: opening.kind.clone(),
        members: members(opening),
        and_others: opening.named.as_ref().is_some_and(|named| named.and_others),
        topic: opening.topic.clone(),
        ask: opening.ask.clone(),
        reference: paper(opening, &notes),
        debate: opening.debate.as_ref().map(|found| found.debate.clone()),
        date: opening.date.clone(),
        deadline: term(draft, reference),
        account: account(&draft.account),
        status: status(&draft.account, span),
        attachments: enclosed(&draft.account),
        notes,
    }
}

fn members(opening: &Opening<'_>) -> Vec<Field<crate::read::people::Member>> {
    let named = opening.named.iter().flat_map(|named| &named.members);
    named
        .map(|(member, span)| {
            let sure = if member.party.is_some() {
                Confidence::CLEAR
            } else {
                Confidence::LIKELY
            };
            Field::new(member.clone(), *span, "people.named", sure)
        })
        .collect()
}

fn notes(draft: &Draft<'_>, layout: &Layout) -> Vec<Field<Note>> {
    std::iter::once(draft.opening.sentence)
        .chain(draft.account.iter().copied())
        .flat_map(|sentence| sentence.marks().collect::<Vec<_>>())
        .map(|(number, span)| {
            let text = layout.notes.get(&number).map(|note| note.words().text());
            let sure = if text.is_some() {
                Confidence::CLEAR
            } else {
                Confidence::LIKELY
            };
            Field::new(Note { number, text }, span, "note.mark", sure)
        })
        .collect()
}

/// The paper in the sentence itself, or else in a footnote of it.
fn paper(opening: &Opening<'_>, notes: &[Field<Note>]) -> Option<Field<SourceReference>> {
    if let Some(found) = &opening.reference {
        let value = SourceReference {
            paper: found.reference.clone(),
            origin: ReferenceOrigin::Stated,
        };
        return Some(Field::new(
            value,
            found.span,
            "reference.stated",
            Confidence::CLEAR,
        ));
    }
    let head = Span::new(opening.sentence.span().start, opening.ask.span.start);
    notes
        .iter()
        .filter(|note| head.holds(note.span))
        .find_map(|note| {
            let text = note.value.text.as_deref()?;
            let row = crate::read::token::tokens(text, &[Span::new(0, text.len())]);
            let found = references::find(Words(&row)).into_iter().next()?;
            let value = SourceReference {
                paper: found.reference,
                origin: ReferenceOrigin::Footnote(note.value.number),
            };
            Some(Field::new(
                value,
                note.span,
                "reference.footnote",
                Confidence::CLEAR,
            ))
        })
}

/// The term: in the ask, or in a sentence of the account that is not about what is done.
fn term(draft: &Draft<'_>, reference: Reference<'_>) -> Option<Field<Deadline>> {
    let opening = &draft.opening;
    let ask = opening.ask.span;
    // What was asked or promised then is counted from then: `voor de kerst` of a debate in October.
    let own = match &opening.date {
        Some(date) if !opening.is_recalled => begin(date.value),
        _ => None,
    };
    let then = Reference {
        document: own.or(reference.document),
        ..reference
    };
    let mut found: Vec<Field<Deadline>> = deadline::find(opening.sentence, then)
        .into_iter()
        .filter(|field| ask.holds(field.span))
        .collect();
    for sentence in &draft.account {
        if says(*sentence) != Says::Done {
            found.extend(deadline::find(*sentence, reference));
        }
    }
    let mut taken: Vec<Span> = Vec::new();
    taken.extend(opening.date.as_ref().map(|date| date.span));
    taken.extend(opening.reference.as_ref().map(|found| found.span));
    deadline::best(&found, &taken)
}

/// The first day a date can be; a year alone is too wide to count from.
fn begin(date: PartialDate) -> Option<Date> {
    (!matches!(date, PartialDate::Year(_))).then(|| date.interval().from)
}

fn account(sentences: &[Words<'_>]) -> Option<Field<String>> {
    let first = sentences.first()?;
    let last = sentences.last()?;
    let words: Vec<String> = sentences
        .iter()
        .map(|words| words.text_with_marks())
        .collect();
    Some(Field::new(
        words.join(" "),
        first.span().join(last.span()),
        "account.after_ask",
        Confidence::LIKELY,
    ))
}

fn enclosed(sentences: &[Words<'_>]) -> Vec<Field<String>> {
    let mut out: Vec<Field<String>> = Vec::new();
    for field in sentences
        .iter()
        .flat_map(|sentence| attachments::find(*sentence))
    {
        if !out.iter().any(|known| known.value == field.value) {
            out.push(field);
        }
    }
    out
}

/// An attachment named in one record and leant on in another: `meegenomen in het plan`.
fn name_attachments_again(records: &mut [Record], drafts: &[Draft<'_>]) {
    let mut seen = HashSet::new();
    let known: Vec<String> = records
        .iter()
        .flat_map(|record| record.attachments.iter().map(|field| field.value.clone()))
        .filter(|name| seen.insert(name.clone()))
        .collect();
    for (record, draft) in records.iter_mut().zip(drafts) {
        for name in &known {
            if record.attachments.iter().any(|field| field.value == *name) {
                continue;
            }
            let again = draft
                .account
                .iter()
                .find_map(|sentence| attachments::mentions(*sentence, name));
            record.attachments.extend(again);
        }
    }
}

/// A record about the same meeting on the same date takes over the reference of the one before.
fn inherit_references(records: &mut [Record]) {
    let mut last: HashMap<(Option<PartialDate>, String), (usize, PaperReference)> = HashMap::new();
    for record in records {
        let Some(debate) = &record.debate else {
            continue;
        };
        let date = record.date.as_ref().map(|date| date.value);
        let meeting = (date, debate.value.to_string().to_lowercase());
        if let Some(stated) = &record.reference {
            last.insert(meeting, (record.number, stated.value.paper.clone()));
        } else if let Some((first, paper)) = last.get(&meeting) {
            let value = SourceReference {
                paper: paper.clone(),
                origin: ReferenceOrigin::Inherited(*first),
            };
            record.reference = Some(Field::new(
                value,
                debate.span,
                "reference.inherited",
                Confidence::percent(60),
            ));
        }
    }
}
