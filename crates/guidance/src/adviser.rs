//! From barriers to instruments: what to do first, why, and what was not chosen.
//!
//! Order of advice, each step deciding only where the one before is equal:
//! 1. what the barrier's removal opens, most first (the matching engine's number);
//! 2. severity of the barrier, most severe first;
//! 3. strength of the evidence, strongest first, "no effect found" last;
//! 4. number of facts still to be asked, fewest first;
//! 5. waiting time, shortest first, unknown last;
//! 6. cost, lowest first, unknown last;
//! 7. code of the instrument.
//!
//! Same input, same advice; nothing is decided for the person or the klantmanager.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::barrier::{BarrierCode, Diagnosis, Opening, Severity};
use crate::day::Day;
use crate::facts::{Fact, Facts};
use crate::funding;
use crate::instrument::{
    Amount, EvidenceLevel, Instrument, InstrumentKind, Place, Register, Rejection,
};
use crate::rule::Party;

/// The case to advise on.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// What is known.
    pub facts: &'a Facts,
    /// Barriers that stand in the way.
    pub barriers: &'a [Diagnosis],
    /// What the removal of barriers would open.
    pub openings: &'a [Opening],
    /// Date of the advice.
    pub date: Day,
    /// Where the person lives.
    pub place: Place<'a>,
}

/// Why an instrument is advised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// The barrier it helps against.
    pub barrier: BarrierCode,
    /// How severe that is.
    pub severity: Severity,
    /// What its removal would open, if the engine told.
    pub opens: Option<u32>,
}

/// An instrument that applies.
#[derive(Clone, Debug, Serialize)]
pub struct Step<'a> {
    /// Code of the instrument.
    pub instrument: &'a str,
    /// Barriers it helps against, in the order of advice.
    pub reasons: Vec<Reason>,
    /// Who moves first.
    pub moves_first: Party,
    /// Facts to ask before it can be used.
    pub ask: BTreeSet<Fact>,
    /// Strength of what is known.
    pub evidence_level: EvidenceLevel,
    /// Evidence records; empty means that none is known.
    pub evidence: Vec<&'a str>,
    /// Cost, if known.
    pub cost: Option<&'a Amount>,
    /// Fund proposed for the cost: one, so that nothing is claimed twice.
    pub fund: Option<&'a str>,
    /// Other funds that could pay instead, never beside it.
    pub other_funds: Vec<&'a str>,
    /// Usual waiting time in weeks, if known.
    pub waiting_weeks: Option<u32>,
    /// Legal basis or publication.
    pub article: &'a str,
    /// Link to it.
    pub source: &'a str,
    /// Last day on which it can be used, if it ends.
    pub until: Option<Day>,
    /// Whether people must be told "controleer bij de bron".
    pub needs_check: bool,
}

/// An instrument for a barrier of the case that does not apply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rejected<'a> {
    /// Code of the instrument.
    pub instrument: &'a str,
    /// Why not.
    pub why: Rejection,
}

/// Advice for a case.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Advice<'a> {
    /// Instruments that apply, best first.
    pub steps: Vec<Step<'a>>,
    /// Instruments that do not, with the reason.
    pub rejected: Vec<Rejected<'a>>,
    /// Barriers for which nothing applies.
    pub without_help: Vec<BarrierCode>,
}

/// Advises on a case.
#[must_use]
pub fn advise<'a>(register: &'a Register, question: Question<'_>) -> Advice<'a> {
    let mut advice = Advice::default();
    for instrument in register.instruments() {
        if instrument.kind == InstrumentKind::Fund {
            continue;
        }
        let reasons = reasons(instrument, question);
        if reasons.is_empty() {
            continue;
        }
        match instrument.applies(question.facts, question.date, question.place) {
            Ok(ask) => advice
                .steps
                .push(step(register, instrument, reasons, ask, question)),
            Err(why) => advice.rejected.push(Rejected {
                instrument: &instrument.id,
                why,
            }),
        }
    }
    advice.steps.sort_by(|a, b| key(a).cmp(&key(b)));
    let helped = |code: &BarrierCode| {
        let mut reasons = advice.steps.iter().flat_map(|step| &step.reasons);
        reasons.any(|reason| reason.barrier == *code)
    };
    advice.without_help = question
        .barriers
        .iter()
        .map(|d| d.code.clone())
        .filter(|code| !helped(code))
        .collect();
    advice
}

type Key<'a> = (
    Reverse<u32>,
    Reverse<Severity>,
    EvidenceLevel,
    usize,
    u32,
    u64,
    &'a str,
);

fn key<'a>(step: &Step<'a>) -> Key<'a> {
    let opens = step.reasons.iter().filter_map(|r| r.opens).max();
    let severity = step.reasons.iter().map(|r| r.severity).max();
    (
        Reverse(opens.unwrap_or(0)),
        // Every step has a reason; the fallback only satisfies the type.
        Reverse(severity.unwrap_or_else(|| step.reasons[0].severity)),
        step.evidence_level,
        step.ask.len(),
        step.waiting_weeks.unwrap_or(u32::MAX),
        step.cost.map_or(u64::MAX, |cost| cost.amount),
        step.instrument,
    )
}

fn reasons(instrument: &Instrument, question: Question<'_>) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = question
        .barriers
        .iter()
        .filter(|diagnosis| instrument.helps(&diagnosis.code))
        .map(|diagnosis| Reason {
            barrier: diagnosis.code.clone(),
            severity: diagnosis.severity,
            opens: opens(question.openings, &diagnosis.code),
        })
        .collect();
    reasons.sort_by(|a, b| {
        let left = (Reverse(a.opens), Reverse(a.severity), &a.barrier);
        left.cmp(&(Reverse(b.opens), Reverse(b.severity), &b.barrier))
    });
    reasons
}

/// What the engine told of this barrier, or of the main barrier it is part of.
fn opens(openings: &[Opening], code: &BarrierCode) -> Option<u32> {
    let exact = openings.iter().find(|o| o.barrier == *code);
    let found = exact.or_else(|| openings.iter().find(|o| o.barrier.covers(code)));
    found.map(|opening| opening.opens)
}

fn step<'a>(
    register: &'a Register,
    instrument: &'a Instrument,
    reasons: Vec<Reason>,
    ask: BTreeSet<Fact>,
    question: Question<'_>,
) -> Step<'a> {
    let mut funds =
        funding::funds_for(register, instrument, question.facts, question.date).into_iter();
    let fund = funds.next();
    Step {
        instrument: &instrument.id,
        reasons,
        moves_first: instrument.moves_first,
        ask,
        evidence_level: register.level_of(instrument),
        evidence: register
            .evidence_of(instrument)
            .map(|e| e.id.as_str())
            .collect(),
        cost: instrument.cost.as_ref(),
        fund,
        other_funds: funds.collect(),
        waiting_weeks: instrument.waiting_weeks,
        article: &instrument.provenance.article,
        source: &instrument.provenance.source,
        until: instrument.provenance.valid_to,
        needs_check: !instrument.provenance.verified,
    }
}

/// Why a klantmanager changed or refused an advice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionReason {
    /// The person wants something else.
    PersonPrefersOther,
    /// It is already running.
    AlreadyRunning,
    /// It was tried and did not help.
    TriedBefore,
    /// There is no place.
    NoPlace,
    /// The barrier is not as described.
    BarrierWrong,
    /// Something must come first.
    SomethingFirst,
    /// Another reason, to be written in the file.
    Other,
}

impl DecisionReason {
    /// All reasons.
    pub const ALL: [DecisionReason; 7] = [
        DecisionReason::PersonPrefersOther,
        DecisionReason::AlreadyRunning,
        DecisionReason::TriedBefore,
        DecisionReason::NoPlace,
        DecisionReason::BarrierWrong,
        DecisionReason::SomethingFirst,
        DecisionReason::Other,
    ];

    /// Code in files and texts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            DecisionReason::PersonPrefersOther => "person_prefers_other",
            DecisionReason::AlreadyRunning => "already_running",
            DecisionReason::TriedBefore => "tried_before",
            DecisionReason::NoPlace => "no_place",
            DecisionReason::BarrierWrong => "barrier_wrong",
            DecisionReason::SomethingFirst => "something_first",
            DecisionReason::Other => "other",
        }
    }
}

/// What the klantmanager decides on an advised instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "decision", rename_all = "snake_case")]
pub enum Verdict {
    /// Use it.
    Accept,
    /// Use another instead.
    Change {
        /// The other instrument.
        instrument: String,
        /// Why.
        reason: DecisionReason,
    },
    /// Do not use it.
    Reject {
        /// Why.
        reason: DecisionReason,
    },
}

/// A decision that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecisionFault {
    /// There is no such instrument.
    #[error("there is no instrument {id:?}")]
    NoInstrument {
        /// The code.
        id: String,
    },
    /// The instrument no longer exists.
    #[error("{id} was abolished; its last day was {last_day}")]
    Abolished {
        /// The code.
        id: String,
        /// Last day on which it could be used.
        last_day: Day,
    },
    /// The instrument does not apply for another reason.
    #[error("{id} does not apply: {code}")]
    DoesNotApply {
        /// The code.
        id: String,
        /// Reason code.
        code: String,
    },
}

/// Takes a decision on an advised instrument; the instrument to be used comes back, if any.
///
/// # Errors
/// Refuses an instrument that does not exist, was abolished or does not apply to the case.
pub fn decide<'a>(
    register: &'a Register,
    advised: &str,
    verdict: &Verdict,
    question: Question<'_>,
) -> Result<Option<&'a Instrument>, DecisionFault> {
    let id = match verdict {
        Verdict::Reject { .. } => return Ok(None),
        Verdict::Accept => advised,
        Verdict::Change { instrument, .. } => instrument,
    };
    let named = || id.to_owned();
    let instrument = register
        .get(id)
        .ok_or_else(|| DecisionFault::NoInstrument { id: named() })?;
    match instrument.applies(question.facts, question.date, question.place) {
        Ok(_) => Ok(Some(instrument)),
        Err(Rejection::Abolished { last_day }) => Err(DecisionFault::Abolished {
            id: named(),
            last_day,
        }),
        Err(other) => Err(DecisionFault::DoesNotApply {
            id: named(),
            code: other.code().to_owned(),
        }),
    }
}
