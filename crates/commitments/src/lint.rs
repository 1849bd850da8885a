//! Slips in a document: references, names, counts, missing notes, lacking proof.
//!
//! A slip is detected and a reading proposed; nothing is ever changed in the document.
//! This module must not know how findings are shown; `wording` does.

mod counts;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::distance::slips;
use crate::known::Known;
use crate::place::{Confidence, Span};
use crate::read::Document;
use crate::read::people;
use crate::read::references;
use crate::read::words::Words;
use crate::record::{Record, ReferenceOrigin, Standing};

/// What is found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum FindingKind {
    /// A footnote mark without a footnote.
    MissingNote {
        /// Number of the mark.
        number: u16,
    },
    /// A dossier one slip away from one that is known or much used here.
    DossierSlip {
        /// As written.
        written: String,
        /// The likely one.
        proposal: String,
        /// Title of the likely one, when known.
        title: Option<String>,
        /// How often the likely one occurs in the document.
        seen: usize,
        /// Whether the likely one was checked at a source.
        verified: bool,
    },
    /// A name a slip or two away from a member's.
    NameSlip {
        /// As written.
        written: String,
        /// The likely one.
        proposal: String,
        /// Party of the likely one.
        party: String,
        /// Whether the likely one was checked at a source.
        verified: bool,
    },
    /// A number of things that is not the number listed.
    CountMismatch {
        /// The number written.
        stated: u32,
        /// The number listed.
        listed: u32,
        /// The words that tie them.
        what: String,
    },
    /// A reference taken over from another record: to be confirmed.
    InheritedReference {
        /// The paper.
        paper: String,
        /// The record it came from.
        from: usize,
        /// The record that took it over.
        record: usize,
    },
    /// The account leans on an enclosed document that is not at hand.
    AbsentAttachment {
        /// Its name.
        name: String,
        /// The records that lean on it.
        records: Vec<usize>,
    },
    /// Something else was delivered than was asked for.
    OtherDeliverable {
        /// The record.
        record: usize,
        /// What was asked.
        asked: String,
        /// What the account names.
        delivered: String,
    },
    /// A term that needs the date of the document.
    NeedsDate {
        /// The record.
        record: usize,
        /// The term.
        words: String,
    },
}

/// A finding with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What.
    #[serde(flatten)]
    pub kind: FindingKind,
    /// Where.
    pub span: Span,
    /// How sure.
    pub confidence: Confidence,
}

/// Everything found in a document, in order of place. `at_hand` names enclosed documents that
/// were given along.
#[must_use]
pub fn lint(document: &Document, known: &Known, at_hand: &[&str]) -> Vec<Finding> {
    let mut out: Vec<Finding> = document
        .missing_notes()
        .into_iter()
        .map(|(number, span)| Finding {
            kind: FindingKind::MissingNote { number },
            span,
            confidence: Confidence::CLEAR,
        })
        .collect();
    dossier_slips(document, known, &mut out);
    name_slips(document, known, &mut out);
    counts::mismatches(document, &mut out);
    for record in &document.records {
        record_findings(record, &mut out);
    }
    absent_attachments(&document.records, at_hand, &mut out);
    out.sort_by_key(|finding| finding.span);
    out
}

fn all_words(document: &Document) -> impl Iterator<Item = Words<'_>> {
    document
        .layout
        .paragraphs
        .iter()
        .chain(document.layout.notes.values())
        .map(crate::read::layout::Paragraph::words)
}

fn dossier_slips(document: &Document, known: &Known, out: &mut Vec<Finding>) {
    let mut seen: BTreeMap<u32, usize> = BTreeMap::new();
    let mut places: Vec<(u32, Span)> = Vec::new();
    for found in all_words(document).flat_map(references::find) {
        for dossier in &found.reference.dossiers {
            *seen.entry(dossier.number).or_default() += 1;
            places.push((dossier.number, found.span));
        }
    }
    let is_known = |number: u32| {
        known
            .dossiers
            .iter()
            .any(|dossier| dossier.number == number)
    };
    for (number, span) in places {
        if is_known(number) {
            continue;
        }
        let own = seen.get(&number).copied().unwrap_or(0);
        let candidates = known
            .dossiers
            .iter()
            .map(|dossier| dossier.number)
            .chain(seen.keys().copied());
        let best = candidates
            .filter(|other| *other != number && slips(&number.to_string(), &other.to_string()) == 1)
            .map(|other| {
                let count = seen.get(&other).copied().unwrap_or(0);
                (count, is_known(other), near_digits(number, other), other)
            })
            // Evidence: on a list, or used more often here than the odd one.
            .filter(|(count, listed, near, _)| *count > own || (*listed && *near))
            .max();
        if let Some((count, listed, near, other)) = best {
            let entry = known
                .dossiers
                .iter()
                .find(|dossier| dossier.number == other);
            out.push(Finding {
                kind: FindingKind::DossierSlip {
                    written: spaced(number),
                    proposal: spaced(other),
                    title: entry.map(|dossier| dossier.title.clone()),
                    seen: count,
                    verified: entry.is_some_and(|dossier| dossier.verified),
                },
                span,
                confidence: match (listed, near, count) {
                    (true, true, _) | (_, true, 2..) => Confidence::LIKELY,
                    _ => Confidence::DOUBTFUL,
                },
            });
        }
    }
}

/// Swapped neighbours, or one digit that is one more or less: the slips a hand makes.
fn near_digits(one: u32, other: u32) -> bool {
    let digits = |number: u32| -> Vec<u32> {
        number
            .to_string()
            .chars()
            .filter_map(|c| c.to_digit(10))
            .collect()
    };
    let (one, other) = (digits(one), digits(other));
    let apart: Vec<(u32, u32)> = one
        .iter()
        .zip(&other)
        .filter(|(a, b)| a != b)
        .map(|(a, b)| (*a, *b))
        .collect();
    match apart.as_slice() {
        [(a, b)] => a.abs_diff(*b) == 1,
        [(a, b), (c, d)] => a == d && b == c,
        _ => false,
    }
}

fn spaced(number: u32) -> String {
    format!("{} {:03}", number / 1000, number % 1000)
}

fn name_slips(document: &Document, known: &Known, out: &mut Vec<Finding>) {
    let mut done: Vec<Span> = Vec::new();
    for words in all_words(document) {
        for at in 0..words.len() {
            let Some((_, named)) = people::after_title(words, at) else {
                continue;
            };
            for (member, span) in named.members {
                if done.contains(&span) {
                    continue;
                }
                done.push(span);
                if let Some((entry, confidence)) = near_member(&member, known) {
                    out.push(Finding {
                        kind: FindingKind::NameSlip {
                            written: member.name,
                            proposal: entry.name.clone(),
                            party: entry.party.clone(),
                            verified: entry.verified,
                        },
                        span,
                        confidence,
                    });
                }
            }
        }
    }
}

/// The member this name is a slip or two away from, unless it is a member's name as it stands.
fn near_member<'a>(
    member: &people::Member,
    known: &'a Known,
) -> Option<(&'a crate::known::KnownMember, Confidence)> {
    let written = fold(&member.name);
    let forms = |entry: &crate::known::KnownMember| {
        let full = fold(&entry.name);
        let last = full.split_once(' ').map(|(_, last)| last.to_owned());
        (full, last.unwrap_or_default())
    };
    if known.members.iter().any(|entry| {
        let (full, last) = forms(entry);
        full == written || last == written
    }) {
        return None;
    }
    known
        .members
        .iter()
        .filter_map(|entry| {
            let (full, last) = forms(entry);
            let distance =
                if written.contains(' ') && written.split(' ').count() >= full.split(' ').count() {
                    slips(&written, &full)
                } else {
                    slips(&written, &last)
                };
            let same_party = member
                .party
                .as_ref()
                .is_some_and(|party| party.code() == entry.party);
            let other_party = member.party.is_some() && !same_party;
            // Short surnames lie close together by chance.
            let allowed = match written.chars().count() {
                0..=4 => 0,
                5..=7 => 1,
                _ => 2,
            };
            (distance <= allowed && distance > 0 && !other_party).then_some((
                distance,
                !same_party,
                entry,
            ))
        })
        .min_by_key(|(distance, stranger, _)| (*distance, *stranger))
        .map(|(distance, stranger, entry)| {
            let sure = match (distance, stranger) {
                (1, false) => Confidence::CLEAR,
                (1, true) | (_, false) => Confidence::LIKELY,
                _ => Confidence::DOUBTFUL,
            };
            (entry, sure)
        })
}

fn fold(name: &str) -> String {
    name.split_whitespace()
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Classes of things that can be asked for, by the stems of their names.
const DELIVERABLES: [(&str, &[&str]); 6] = [
    ("onderzoek", &["onderzo", "verkenning", "studie"]),
    ("evaluatie", &["evalu"]),
    ("overzicht", &["overzicht", "inventaris"]),
    ("cijfers", &["cijfer", "statistiek", "percentage"]),
    ("gesprek", &["gesprek", "overleg", "dialoog"]),
    ("wetsvoorstel", &["wetsvoorstel", "wetswijziging"]),
];

fn record_findings(record: &Record, out: &mut Vec<Finding>) {
    if let Some(field) = &record.reference
        && let ReferenceOrigin::Inherited(from) = field.value.origin
    {
        out.push(Finding {
            kind: FindingKind::InheritedReference {
                paper: field.value.paper.to_string(),
                from,
                record: record.number,
            },
            span: field.span,
            confidence: field.confidence,
        });
    }
    if let Some(deadline) = &record.deadline
        && deadline.value.certainty == crate::deadline::Certainty::NeedsDocumentDate
    {
        out.push(Finding {
            kind: FindingKind::NeedsDate {
                record: record.number,
                words: deadline.value.words.clone(),
            },
            span: deadline.span,
            confidence: Confidence::CLEAR,
        });
    }
    out.extend(other_deliverable(record));
}

/// A record said to be done whose account never names the thing that was asked.
fn other_deliverable(record: &Record) -> Option<Finding> {
    if record.status.value.standing != Standing::Done {
        return None;
    }
    let account = record.account.as_ref()?.value.to_lowercase();
    let delivered = record.attachments.first()?;
    let ask = record.ask.value.words.to_lowercase();
    let start: String = ask.split_whitespace().take(6).collect::<Vec<_>>().join(" ");
    let (asked, stems) = DELIVERABLES
        .iter()
        .find(|(_, stems)| stems.iter().any(|stem| start.contains(stem)))?;
    let named = stems.iter().any(|stem| account.contains(stem))
        || stems.iter().any(|stem| delivered.value.contains(stem));
    (!named).then(|| Finding {
        kind: FindingKind::OtherDeliverable {
            record: record.number,
            asked: (*asked).to_owned(),
            delivered: delivered.value.clone(),
        },
        span: record.status.span,
        confidence: Confidence::LIKELY,
    })
}

fn absent_attachments(records: &[Record], at_hand: &[&str], out: &mut Vec<Finding>) {
    let mut by_name: BTreeMap<&str, (Vec<usize>, Span)> = BTreeMap::new();
    for record in records {
        for field in &record.attachments {
            let entry = by_name
                .entry(&field.value)
                .or_insert((Vec::new(), field.span));
            entry.0.push(record.number);
        }
    }
    for (name, (records, span)) in by_name {
        if at_hand.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            continue;
        }
        out.push(Finding {
            kind: FindingKind::AbsentAttachment {
                name: name.to_owned(),
                records,
            },
            span,
            confidence: Confidence::LIKELY,
        });
    }
}
