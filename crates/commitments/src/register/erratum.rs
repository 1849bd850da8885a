//! Corrections that a person made to what was read: records of their own, so that it stays
//! visible what the document said and what it should have said.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::calendar::iso_day;
use crate::read::people;
use crate::record::{RecordContent, ReferenceOrigin};

/// A field that a person corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erratum {
    /// The field.
    pub field: CorrectedField,
    /// What stood there; empty for nothing.
    pub was: String,
    /// What stands there now; empty for nothing.
    pub is: String,
    /// Who corrected it.
    pub by: String,
    /// When.
    #[serde(with = "iso_day")]
    pub on: Date,
}

/// The fields of a record that can be corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are those of the fields of a record")]
pub enum CorrectedField {
    Kind,
    Members,
    Topic,
    Ask,
    Reference,
    Debate,
    Date,
    Deadline,
    Account,
    Status,
    Attachments,
    Notes,
}

/// The fields of a record as texts, in order.
fn texts(content: &RecordContent) -> [(CorrectedField, String); 12] {
    use CorrectedField as F;
    let others = if content.and_others { " c.s." } else { "" };
    let text = |value: Option<String>| value.unwrap_or_default();
    let notes: Vec<String> = content
        .notes
        .iter()
        .map(|note| format!("{} {}", note.number, note.text.as_deref().unwrap_or("–")))
        .collect();
    let deadline = content.deadline.as_ref().map(|term| {
        let days = term.interval.map(|days| format!(" ({days})"));
        let days = days.unwrap_or_default();
        format!("{}{days}, {}", term.words, term.certainty.code())
    });
    let status = &content.status;
    [
        (F::Kind, content.kind.code().to_owned()),
        (
            F::Members,
            format!("{}{others}", people::in_words(&content.members)),
        ),
        (F::Topic, text(content.topic.clone())),
        (
            F::Ask,
            format!("{} {}", content.ask.form.code(), content.ask.words)
                .trim()
                .to_owned(),
        ),
        (
            F::Reference,
            text(content.reference.as_ref().map(|one| {
                let origin = match one.origin {
                    ReferenceOrigin::Stated => String::new(),
                    ReferenceOrigin::Footnote(number) => format!(", voetnoot {number}"),
                    ReferenceOrigin::Inherited(number) => format!(", overgenomen van {number}"),
                };
                format!("{}{origin}", one.paper)
            })),
        ),
        (
            F::Debate,
            text(content.debate.as_ref().map(ToString::to_string)),
        ),
        (F::Date, text(content.date.map(String::from))),
        (F::Deadline, text(deadline)),
        (F::Account, text(content.account.clone())),
        (
            F::Status,
            format!("{} {}", status.standing.code(), status.words)
                .trim()
                .to_owned(),
        ),
        (F::Attachments, content.attachments.join("; ")),
        (F::Notes, notes.join("; ")),
    ]
}

/// What a correction changed, field by field.
pub(super) fn errata(
    before: &RecordContent,
    after: &RecordContent,
    by: &str,
    on: Date,
) -> Vec<Erratum> {
    texts(before)
        .into_iter()
        .zip(texts(after))
        .filter(|((_, was), (_, is))| was != is)
        .map(|((field, was), (_, is))| Erratum {
            field,
            was,
            is,
            by: by.to_owned(),
            on,
        })
        .collect()
}
