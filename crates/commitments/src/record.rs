//! One motion or commitment as read from a document, each field with its place.
//!
//! A record says what a document says; what became of it over time is in `register`.
//! This module must not know how a document is read.

use serde::{Deserialize, Serialize};

use crate::calendar::PartialDate;
use crate::deadline::Deadline;
use crate::place::{Confidence, Field, Span};
use crate::read::Fate;
use crate::read::debates::Debate;
use crate::read::people::Member;
use crate::read::references::PaperReference;

/// What kind of obligation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A motion of the Chamber (motie).
    Motion,
    /// A commitment made in a meeting (toezegging).
    CommitmentInDebate,
    /// A commitment made in the answer to written questions (Kamervragen).
    CommitmentFromQuestions,
    /// A commitment made in a letter.
    CommitmentInLetter,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 4] = [
        Kind::Motion,
        Kind::CommitmentInDebate,
        Kind::CommitmentFromQuestions,
        Kind::CommitmentInLetter,
    ];

    /// The code used in files.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Kind::Motion => "motion",
            Kind::CommitmentInDebate => "commitment_in_debate",
            Kind::CommitmentFromQuestions => "commitment_from_questions",
            Kind::CommitmentInLetter => "commitment_in_letter",
        }
    }
}

/// How the words of an ask are joined to the verb before them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskForm {
    /// `verzocht om …`
    Om,
    /// `toegezegd dat …`
    Dat,
    /// `verzocht in kaart te brengen …`
    Bare,
}

impl AskForm {
    /// All forms.
    pub const ALL: [AskForm; 3] = [AskForm::Om, AskForm::Dat, AskForm::Bare];

    /// The code used in files, which is the joining word.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            AskForm::Om => "om",
            AskForm::Dat => "dat",
            AskForm::Bare => "",
        }
    }
}

/// What was asked or promised, in the words of the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// The words, without the joining word and without the final full stop.
    pub words: String,
    /// The joining word.
    pub form: AskForm,
}

/// Where a reference to a paper was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReferenceOrigin {
    /// In the sentence itself.
    Stated,
    /// In the footnote with this number.
    Footnote(u16),
    /// Taken over from the record with this number about the same meeting.
    Inherited(usize),
}

/// A reference to a paper and where it was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceReference {
    /// The paper.
    pub paper: PaperReference,
    /// Where it was found.
    pub origin: ReferenceOrigin,
}

/// A footnote mark and the text of the note, which may be missing from the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The number of the mark.
    pub number: u16,
    /// The text, when the document has it.
    pub text: Option<String>,
}

/// How far the document says the obligation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The document says nothing about it.
    Unreported,
    /// Still to be done.
    Open,
    /// A part is done, the rest is to come.
    PartlyDone,
    /// Said to be done. Whether that is so is for a person to judge.
    Done,
}

impl Standing {
    /// All, in order of progress.
    pub const ALL: [Standing; 4] = [
        Standing::Unreported,
        Standing::Open,
        Standing::PartlyDone,
        Standing::Done,
    ];

    /// The code used in files.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Standing::Unreported => "unreported",
            Standing::Open => "open",
            Standing::PartlyDone => "partly_done",
            Standing::Done => "done",
        }
    }

    /// Whether work remains by the document's own words.
    #[must_use]
    pub fn is_open(self) -> bool {
        self != Standing::Done
    }
}

/// The standing with the words that show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// How far.
    pub standing: Standing,
    /// The sentence that shows it; empty when unreported.
    pub words: String,
}

/// Everything a record says, without where it was read: what two readings must agree on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordContent {
    /// Kind of obligation.
    pub kind: Kind,
    /// Members who asked, or to whom it was promised.
    pub members: Vec<Member>,
    /// Whether others signed too (`c.s.`).
    pub and_others: bool,
    /// Subject of a motion (`over …`).
    pub topic: Option<String>,
    /// What was asked or promised.
    pub ask: Ask,
    /// The paper.
    pub reference: Option<SourceReference>,
    /// The meeting.
    pub debate: Option<Debate>,
    /// Date of the meeting or the motion.
    pub date: Option<PartialDate>,
    /// The term.
    pub deadline: Option<Deadline>,
    /// All the document says about the execution, with footnote marks.
    pub account: Option<String>,
    /// How far it has come.
    pub status: Status,
    /// Enclosed documents the account leans on.
    pub attachments: Vec<String>,
    /// Footnote marks in order.
    pub notes: Vec<Note>,
}

impl RecordContent {
    /// What the Chamber did with the motion, when the words of the status tell only that.
    #[must_use]
    pub fn fate(&self) -> Option<Fate> {
        if self.kind != Kind::Motion || !self.status.standing.is_open() {
            return None;
        }
        Fate::told_by(&self.status.words)
    }

    /// Whether work remains: not done by the document's own words, and not rejected or taken back.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.status.standing.is_open() && !self.fate().is_some_and(Fate::ends)
    }
}

/// A motion or commitment as read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Place in the document, counted from 1.
    pub number: usize,
    /// All words of the record.
    pub span: Span,
    /// Kind of obligation.
    pub kind: Field<Kind>,
    /// Members who asked, or to whom it was promised.
    pub members: Vec<Field<Member>>,
    /// Whether others signed too (`c.s.`).
    pub and_others: bool,
    /// Subject of a motion (`over …`).
    pub topic: Option<Field<String>>,
    /// What was asked or promised.
    pub ask: Field<Ask>,
    /// The paper.
    pub reference: Option<Field<SourceReference>>,
    /// The meeting.
    pub debate: Option<Field<Debate>>,
    /// Date of the meeting or the motion.
    pub date: Option<Field<PartialDate>>,
    /// The term.
    pub deadline: Option<Field<Deadline>>,
    /// All the document says about the execution, with footnote marks as superscript digits.
    pub account: Option<Field<String>>,
    /// How far it has come.
    pub status: Field<Status>,
    /// Enclosed documents the account leans on.
    pub attachments: Vec<Field<String>>,
    /// Footnote marks in order.
    pub notes: Vec<Field<Note>>,
}

impl Record {
    /// A record of what a person entered or accepted, which stands in no document.
    #[must_use]
    pub fn from_content(number: usize, content: &RecordContent) -> Record {
        Record {
            number,
            span: Span::default(),
            kind: entered(content.kind),
            members: content.members.iter().cloned().map(entered).collect(),
            and_others: content.and_others,
            topic: content.topic.clone().map(entered),
            ask: entered(content.ask.clone()),
            reference: content.reference.clone().map(entered),
            debate: content.debate.clone().map(entered),
            date: content.date.map(entered),
            deadline: content.deadline.clone().map(entered),
            account: content.account.clone().map(entered),
            status: entered(content.status.clone()),
            attachments: content.attachments.iter().cloned().map(entered).collect(),
            notes: content.notes.iter().cloned().map(entered).collect(),
        }
    }

    /// What the record says, without where it was read.
    #[must_use]
    pub fn content(&self) -> RecordContent {
        RecordContent {
            kind: self.kind.value,
            members: self
                .members
                .iter()
                .map(|field| field.value.clone())
                .collect(),
            and_others: self.and_others,
            topic: value(self.topic.as_ref()),
            ask: self.ask.value.clone(),
            reference: value(self.reference.as_ref()),
            debate: value(self.debate.as_ref()),
            date: value(self.date.as_ref()),
            deadline: value(self.deadline.as_ref()),
            account: value(self.account.as_ref()),
            status: self.status.value.clone(),
            attachments: self
                .attachments
                .iter()
                .map(|field| field.value.clone())
                .collect(),
            notes: self.notes.iter().map(|field| field.value.clone()).collect(),
        }
    }
}

fn entered<T>(value: T) -> Field<T> {
    Field::new(
        value,
        Span::default(),
        "register.entered",
        Confidence::CLEAR,
    )
}

fn value<T: Clone>(field: Option<&Field<T>>) -> Option<T> {
    field.map(|field| field.value.clone())
}
