//! The register: obligations with their review, owner, phases, relations and history.
//!
//! The state of an obligation is what its history adds up to; nothing is overwritten.
//! This module must not know where the register is kept, and takes every date from the caller.

mod board;
mod erratum;
mod past;
mod selection;
mod state;
mod tie;

use std::fmt;

use serde::{Deserialize, Serialize};
use time::Date;

pub use board::{NEAR_DAYS, Row, Urgency, board, urgency};
pub use erratum::{CorrectedField, Erratum};
pub use selection::{Selected, Selection, Turn, Waiting, Which, select, turn, waiting};
pub use state::{Move, NoProof, Owner, Passage, Proof, Refused, State, Transition};
pub use tie::{Tie, UnknownTie};

use crate::calendar::iso_day;
use crate::deadline::Deadline;
use crate::place::Span;
use crate::read::Fate;
use crate::record::{Kind, Record, RecordContent};

/// The number of an obligation in a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ObligationId(u32);

impl ObligationId {
    /// The obligation with this number.
    #[must_use]
    pub fn new(number: u32) -> ObligationId {
        ObligationId(number)
    }

    /// The number.
    #[must_use]
    pub fn number(self) -> u32 {
        self.0
    }
}

impl fmt::Display for ObligationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Where an obligation came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "from")]
pub enum Origin {
    /// Read from a document.
    Document {
        /// Name of the document.
        name: String,
        /// Its date, when known.
        date: Option<crate::calendar::PartialDate>,
        /// Where it stands.
        span: Span,
        /// The record as read, with the place of every field.
        record: Option<Box<Record>>,
    },
    /// Taken from the open data of the Chamber.
    Chamber {
        /// Identifier there.
        id: String,
        /// Number there, such as `TZ202201-001` or `2022Z00001`.
        number: String,
        /// State there, as written.
        status: Option<String>,
    },
}

/// Whether a person looked at a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "review")]
pub enum Review {
    /// Read by a machine; nobody looked yet.
    Proposed,
    /// A person looked and accepted it, perhaps corrected.
    Accepted {
        /// Who.
        by: String,
        /// When.
        #[serde(with = "iso_day")]
        on: Date,
    },
    /// A person looked and found no obligation.
    Dismissed {
        /// Who.
        by: String,
        /// When.
        #[serde(with = "iso_day")]
        on: Date,
        /// Why.
        reason: String,
    },
}

/// How two obligations belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// Repeats the other (herhaling).
    Repeats,
    /// Adds to the other (aanvulling).
    Supplements,
    /// Changes the other (wijziging).
    Changes,
    /// Comes in place of the other (t.v.v.).
    Replaces,
    /// Carried out by the same action.
    SharesAction,
}

/// A relation to another obligation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Relation {
    /// How.
    pub kind: RelationKind,
    /// To which.
    pub to: ObligationId,
}

/// A part of the execution with its own end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phase {
    /// What is done in it.
    pub name: String,
    /// The paper and passage that show it is done.
    pub finished: Option<Proof>,
}

/// An obligation in the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obligation {
    id: ObligationId,
    content: RecordContent,
    origin: Origin,
    #[serde(flatten)]
    review: Review,
    start: State,
    owner: Option<Owner>,
    /// Codes of the actions that carry it out.
    actions: Vec<String>,
    /// Codes of the indicators that show whether it helps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    indicators: Vec<String>,
    phases: Vec<Phase>,
    relations: Vec<Relation>,
    history: Vec<Transition>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    errata: Vec<Erratum>,
}

impl Obligation {
    /// Its number.
    #[must_use]
    pub fn id(&self) -> ObligationId {
        self.id
    }

    /// What it is about.
    #[must_use]
    pub fn content(&self) -> &RecordContent {
        &self.content
    }

    /// Where it came from.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Whether a person looked.
    #[must_use]
    pub fn review(&self) -> &Review {
        &self.review
    }

    /// Who is responsible.
    #[must_use]
    pub fn owner(&self) -> Option<&Owner> {
        self.owner.as_ref()
    }

    /// All moves so far, oldest first.
    #[must_use]
    pub fn history(&self) -> &[Transition] {
        &self.history
    }

    /// What people corrected in what was read, oldest first.
    #[must_use]
    pub fn errata(&self) -> &[Erratum] {
        &self.errata
    }

    /// The parts of the execution.
    #[must_use]
    pub fn phases(&self) -> &[Phase] {
        &self.phases
    }

    /// The relations to other obligations.
    #[must_use]
    pub fn relations(&self) -> &[Relation] {
        &self.relations
    }

    /// Codes of the indicators that show whether it helps.
    #[must_use]
    pub fn indicators(&self) -> &[String] {
        &self.indicators
    }

    /// The state its history adds up to.
    #[must_use]
    pub fn state(&self) -> State {
        self.history.iter().fold(self.start, |state, transition| {
            transition.what.after(state).unwrap_or(state)
        })
    }

    /// The term in force: the last deferral, or else what was promised.
    #[must_use]
    pub fn deadline(&self) -> Option<&Deadline> {
        let deferred = self
            .history
            .iter()
            .rev()
            .find_map(|transition| match &transition.what {
                Move::Defer { until, .. } => Some(until),
                _ => None,
            });
        deferred.or(self.content.deadline.as_ref())
    }

    /// How often it was deferred.
    #[must_use]
    pub fn deferrals(&self) -> usize {
        self.history
            .iter()
            .filter(|transition| matches!(transition.what, Move::Defer { .. }))
            .count()
    }

    /// The date of the document it came from, when that is a day.
    #[must_use]
    pub fn document_date(&self) -> Option<Date> {
        match &self.origin {
            Origin::Document {
                date: Some(crate::calendar::PartialDate::Day(day)),
                ..
            } => Some(*day),
            _ => None,
        }
    }

    /// Changes what is known of it; a state that followed from the words before follows from the
    /// new ones as long as nobody made a move.
    fn set_content(&mut self, content: RecordContent) {
        if self.history.is_empty() && self.start == first_state(&self.content) {
            self.start = first_state(&content);
        }
        self.content = content;
    }

    /// Whether the document says it is done while the register holds no proof of it.
    #[must_use]
    pub fn is_claimed_without_proof(&self) -> bool {
        !self.content.status.standing.is_open() && self.state().is_open()
    }
}

/// Why the register refuses something.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RegisterError {
    /// There is no such obligation.
    #[error("the register has no obligation {0}")]
    Unknown(ObligationId),
    /// The move is refused.
    #[error("obligation {id}: the move is refused")]
    Refused {
        /// Which obligation.
        id: ObligationId,
        /// Why.
        #[source]
        source: Refused,
    },
    /// It is a proposal that no person has looked at.
    #[error("obligation {0} is a proposal that nobody reviewed; accept it first")]
    NotReviewed(ObligationId),
    /// An obligation cannot be related to itself.
    #[error("obligation {0} cannot be related to itself")]
    ToItself(ObligationId),
    /// A dismissal needs a reason.
    #[error("a dismissal needs a reason")]
    NoReason,
}

/// What taking in an obligation did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is new.
    New(ObligationId),
    /// It was there; what is known of it changed.
    Updated(ObligationId),
    /// It was there, the same.
    Same(ObligationId),
}

/// All obligations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register {
    obligations: Vec<Obligation>,
}

impl Register {
    /// A register of these obligations, for example those of one organisation or of one filter.
    #[must_use]
    pub fn of(mut obligations: Vec<Obligation>) -> Register {
        obligations.sort_by_key(|obligation| obligation.id);
        Register { obligations }
    }

    /// All obligations in order of number.
    pub fn obligations(&self) -> impl Iterator<Item = &Obligation> {
        self.obligations.iter()
    }

    /// The obligation with this number.
    #[must_use]
    pub fn get(&self, id: ObligationId) -> Option<&Obligation> {
        self.obligations
            .iter()
            .find(|obligation| obligation.id == id)
    }

    /// Takes in an obligation as a proposal; one that says the same from the same place, or has
    /// the same identifier at the Chamber, is not taken twice.
    pub fn take(&mut self, content: RecordContent, origin: Origin) -> Taken {
        let known = self
            .obligations
            .iter_mut()
            .find(|known| match (&known.origin, &origin) {
                (Origin::Chamber { id, .. }, Origin::Chamber { id: new, .. }) => id == new,
                (Origin::Document { .. }, Origin::Document { .. }) => {
                    same_ask(&known.content, &content)
                }
                _ => false,
            });
        if let Some(known) = known {
            if known.content == content && known.origin == origin {
                return Taken::Same(known.id);
            }
            // What a person accepted is not overwritten by a new reading of the same document.
            let reviewed = known.review != Review::Proposed;
            if reviewed && matches!(origin, Origin::Document { .. }) {
                return Taken::Same(known.id);
            }
            known.set_content(content);
            known.origin = origin;
            return Taken::Updated(known.id);
        }
        let highest = self.obligations.iter().map(|known| known.id.0).max();
        let id = ObligationId(highest.unwrap_or(0).saturating_add(1));
        let start = first_state(&content);
        self.obligations.push(Obligation {
            id,
            content,
            origin,
            review: Review::Proposed,
            start,
            owner: None,
            actions: Vec::new(),
            indicators: Vec::new(),
            phases: Vec::new(),
            relations: Vec::new(),
            history: Vec::new(),
            errata: Vec::new(),
        });
        Taken::New(id)
    }

    /// Takes in a motion in the state the Chamber gives it; see [`Register::take`].
    pub fn take_in_state(&mut self, content: RecordContent, origin: Origin, start: State) -> Taken {
        let taken = self.take(content, origin);
        let (Taken::New(id) | Taken::Updated(id) | Taken::Same(id)) = taken;
        let Some(known) = self.obligations.iter_mut().find(|known| known.id == id) else {
            return taken;
        };
        if known.start == start || !known.history.is_empty() {
            return taken;
        }
        known.start = start;
        match taken {
            Taken::Same(id) => Taken::Updated(id),
            taken => taken,
        }
    }

    fn find(&mut self, id: ObligationId) -> Result<&mut Obligation, RegisterError> {
        self.obligations
            .iter_mut()
            .find(|obligation| obligation.id == id)
            .ok_or(RegisterError::Unknown(id))
    }

    /// A person accepts a proposal, as read or corrected; a correction leaves errata.
    ///
    /// # Errors
    /// Fails when there is no such obligation.
    pub fn accept(
        &mut self,
        id: ObligationId,
        corrected: Option<RecordContent>,
        by: &str,
        on: Date,
    ) -> Result<(), RegisterError> {
        let known = self.find(id)?;
        if let Some(content) = corrected {
            let errata = erratum::errata(&known.content, &content, by, on);
            known.errata.extend(errata);
            known.set_content(content);
        }
        known.review = Review::Accepted {
            by: by.to_owned(),
            on,
        };
        Ok(())
    }

    /// A person finds that a proposal is no obligation.
    ///
    /// # Errors
    /// Fails when there is no such obligation or no reason.
    pub fn dismiss(
        &mut self,
        id: ObligationId,
        by: &str,
        on: Date,
        reason: &str,
    ) -> Result<(), RegisterError> {
        if reason.trim().is_empty() {
            return Err(RegisterError::NoReason);
        }
        self.find(id)?.review = Review::Dismissed {
            by: by.to_owned(),
            on,
            reason: reason.to_owned(),
        };
        Ok(())
    }

    /// Makes a move.
    ///
    /// # Errors
    /// Fails when nobody reviewed the proposal yet, and when the move is not allowed in the present
    /// state or lacks what it needs.
    pub fn transition(
        &mut self,
        id: ObligationId,
        transition: Transition,
    ) -> Result<State, RegisterError> {
        let known = self.find(id)?;
        if known.review == Review::Proposed {
            return Err(RegisterError::NotReviewed(id));
        }
        let last = known.history.last().map(|before| before.on);
        let state = transition
            .apply(known.state(), last)
            .map_err(|source| RegisterError::Refused { id, source })?;
        if let Move::Assign { owner } = &transition.what {
            known.owner = Some(owner.clone());
        }
        known.history.push(transition);
        Ok(state)
    }

    /// Relates two obligations.
    ///
    /// # Errors
    /// Fails when one of them is not there or both are the same.
    pub fn relate(&mut self, id: ObligationId, relation: Relation) -> Result<(), RegisterError> {
        if relation.to == id {
            return Err(RegisterError::ToItself(id));
        }
        if self.get(relation.to).is_none() {
            return Err(RegisterError::Unknown(relation.to));
        }
        let known = self.find(id)?;
        if !known.relations.contains(&relation) {
            known.relations.push(relation);
        }
        Ok(())
    }

    /// Adds a part of the execution, or marks the part of that name as finished.
    ///
    /// # Errors
    /// Fails when there is no such obligation.
    pub fn set_phase(&mut self, id: ObligationId, phase: Phase) -> Result<(), RegisterError> {
        let phases = &mut self.find(id)?.phases;
        match phases.iter_mut().find(|known| known.name == phase.name) {
            Some(known) => *known = phase,
            None => phases.push(phase),
        }
        Ok(())
    }

    /// Sets the parts of the execution.
    ///
    /// # Errors
    /// Fails when there is no such obligation.
    pub fn set_phases(
        &mut self,
        id: ObligationId,
        phases: Vec<Phase>,
    ) -> Result<(), RegisterError> {
        self.find(id)?.phases = phases;
        Ok(())
    }
}

impl RelationKind {
    /// All kinds.
    pub const ALL: [RelationKind; 5] = [
        RelationKind::Repeats,
        RelationKind::Supplements,
        RelationKind::Changes,
        RelationKind::Replaces,
        RelationKind::SharesAction,
    ];

    /// The code used in forms and files.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            RelationKind::Repeats => "repeats",
            RelationKind::Supplements => "supplements",
            RelationKind::Changes => "changes",
            RelationKind::Replaces => "replaces",
            RelationKind::SharesAction => "shares_action",
        }
    }
}

/// The state in which an obligation enters the register. Overviews and letters report motions that
/// were carried, unless they say otherwise.
fn first_state(content: &RecordContent) -> State {
    match (content.kind, content.fate()) {
        (Kind::Motion, None | Some(Fate::Adopted)) => State::Adopted,
        (Kind::Motion, Some(Fate::Withheld)) => State::Withheld,
        (Kind::Motion, Some(Fate::Withdrawn)) => State::Withdrawn,
        (Kind::Motion, Some(Fate::Rejected)) => State::Rejected,
        (Kind::Motion, Some(Fate::Lapsed)) => State::Lapsed,
        (Kind::Motion, Some(Fate::TakenOver)) => State::TakenOver,
        _ => State::Made,
    }
}

/// Whether two records ask the same of the same: letter case and spaces do not matter.
fn same_ask(one: &RecordContent, other: &RecordContent) -> bool {
    let fold = |words: &str| -> String {
        words
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    one.kind == other.kind && fold(&one.ask.words) == fold(&other.ask.words)
}

#[cfg(test)]
mod tests;
