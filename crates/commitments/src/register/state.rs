//! The states of an obligation and the moves between them.
//!
//! The moves carry what they need: nothing is settled without a paper of the Chamber and the
//! passage in it, and nothing is deferred without a reason.

use std::fmt;

use serde::{Deserialize, Serialize};
use time::Date;

use crate::calendar::iso_day;
use crate::deadline::Deadline;
use crate::place::Span;
use crate::read::references::PaperReference;

/// How far an obligation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// A motion that was put (ingediend).
    Submitted,
    /// A motion held over (aangehouden).
    Withheld,
    /// A motion taken back (ingetrokken).
    Withdrawn,
    /// A motion voted down (verworpen).
    Rejected,
    /// A motion that lapsed (vervallen).
    Lapsed,
    /// A motion the government took over (overgenomen).
    TakenOver,
    /// A motion that was carried (aangenomen).
    Adopted,
    /// A commitment that was made (toegezegd).
    Made,
    /// Somebody is responsible (toegewezen).
    Assigned,
    /// Work is going on (in uitvoering).
    InProgress,
    /// The Chamber was told it takes longer (uitstel gemeld).
    DeferralReported,
    /// A settlement lies before the minister (concept-afdoening).
    DraftSettlement,
    /// A letter to the Chamber reports on it (gemeld in Kamerbrief).
    ReportedToChamber,
    /// A part is settled (deels afgedaan).
    PartlySettled,
    /// Settled by the ministry (afgedaan).
    Settled,
    /// The Chamber agrees (voldaan).
    ConfirmedByChamber,
    /// Will not be done, with the reason (niet uitgevoerd).
    NotCarriedOut,
}

impl State {
    /// All states.
    pub const ALL: [State; 17] = [
        State::Submitted,
        State::Withheld,
        State::Withdrawn,
        State::Rejected,
        State::Lapsed,
        State::TakenOver,
        State::Adopted,
        State::Made,
        State::Assigned,
        State::InProgress,
        State::DeferralReported,
        State::DraftSettlement,
        State::ReportedToChamber,
        State::PartlySettled,
        State::Settled,
        State::ConfirmedByChamber,
        State::NotCarriedOut,
    ];

    /// The code used in files and addresses.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            State::Submitted => "submitted",
            State::Withheld => "withheld",
            State::Withdrawn => "withdrawn",
            State::Rejected => "rejected",
            State::Lapsed => "lapsed",
            State::TakenOver => "taken_over",
            State::Adopted => "adopted",
            State::Made => "made",
            State::Assigned => "assigned",
            State::InProgress => "in_progress",
            State::DeferralReported => "deferral_reported",
            State::DraftSettlement => "draft_settlement",
            State::ReportedToChamber => "reported_to_chamber",
            State::PartlySettled => "partly_settled",
            State::Settled => "settled",
            State::ConfirmedByChamber => "confirmed_by_chamber",
            State::NotCarriedOut => "not_carried_out",
        }
    }

    /// Whether nothing more is expected of anybody.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(
            self,
            State::Withdrawn
                | State::Rejected
                | State::Lapsed
                | State::Settled
                | State::ConfirmedByChamber
                | State::NotCarriedOut
        )
    }

    /// Whether the ministry has work to do.
    #[must_use]
    pub fn is_open(self) -> bool {
        !self.is_final() && !matches!(self, State::Submitted | State::Withheld)
    }

    /// Whether work on it may be planned or going on.
    fn runs(self) -> bool {
        matches!(
            self,
            State::Assigned
                | State::InProgress
                | State::DeferralReported
                | State::DraftSettlement
                | State::ReportedToChamber
                | State::PartlySettled
        )
    }
}

/// Words of a document that a move leans on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Name or reference of the document.
    pub document: String,
    /// Where in it, when the text is at hand.
    pub span: Option<Span>,
    /// The words themselves.
    pub quote: String,
}

/// What proves a settlement: a paper of the Chamber with its number, and the passage in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "UncheckedProof")]
pub struct Proof {
    paper: PaperReference,
    passage: Passage,
}

#[derive(Deserialize)]
struct UncheckedProof {
    paper: PaperReference,
    passage: Passage,
}

/// Why something proves no settlement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoProof {
    /// The reference names a dossier but no paper in it.
    #[error("the reference names no paper within the dossier")]
    NoNumber,
    /// No words of the paper are quoted.
    #[error("no passage is quoted")]
    NoPassage,
}

impl Proof {
    /// The proof by this passage of this paper.
    ///
    /// # Errors
    /// Fails when the reference has no number within its dossier or the quote is empty.
    pub fn new(paper: PaperReference, passage: Passage) -> Result<Proof, NoProof> {
        if paper.numbers.is_empty() {
            return Err(NoProof::NoNumber);
        }
        if passage.quote.trim().is_empty() {
            return Err(NoProof::NoPassage);
        }
        Ok(Proof { paper, passage })
    }

    /// The paper.
    #[must_use]
    pub fn paper(&self) -> &PaperReference {
        &self.paper
    }

    /// The passage in it.
    #[must_use]
    pub fn passage(&self) -> &Passage {
        &self.passage
    }
}

impl TryFrom<UncheckedProof> for Proof {
    type Error = NoProof;

    fn try_from(unchecked: UncheckedProof) -> Result<Proof, NoProof> {
        Proof::new(unchecked.paper, unchecked.passage)
    }
}

/// Who is responsible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// Directorate (directie).
    pub directorate: String,
    /// The person who keeps the file (dossierhouder), by role or name.
    pub keeper: Option<String>,
}

/// A move from one state to another, with what it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "move")]
pub enum Move {
    /// The motion is held over.
    Withhold,
    /// The motion is put (again) to the vote.
    PutAgain,
    /// The motion is taken back.
    Withdraw,
    /// The motion is voted down.
    Reject,
    /// The motion lapses.
    Lapse,
    /// The government takes the motion over.
    TakeOver,
    /// The motion is carried.
    Adopt,
    /// Somebody is made responsible.
    Assign {
        /// Who.
        owner: Owner,
    },
    /// Work starts, or goes on after something else.
    Start,
    /// The Chamber is told that it takes longer.
    Defer {
        /// The new term.
        until: Deadline,
        /// Why.
        reason: String,
        /// The paper that told so.
        paper: Option<PaperReference>,
    },
    /// A settlement is laid before the minister.
    DraftSettlement,
    /// A letter reports on it.
    Report {
        /// The letter and the passage.
        proof: Proof,
    },
    /// A part is settled.
    SettlePartly {
        /// The paper and the passage.
        proof: Proof,
    },
    /// All of it is settled.
    Settle {
        /// The paper and the passage.
        proof: Proof,
    },
    /// The Chamber agrees.
    Confirm,
    /// It will not be done.
    GiveUp {
        /// Why.
        reason: String,
    },
    /// The Chamber or the ministry takes it up again.
    Reopen {
        /// Why.
        reason: String,
    },
}

impl Move {
    /// The state after the move from `state`, or `None` when the move is not allowed there.
    #[must_use]
    pub fn after(&self, state: State) -> Option<State> {
        use State as S;
        let undecided = matches!(state, S::Submitted | S::Withheld);
        let accepted = matches!(state, S::Adopted | S::TakenOver | S::Made);
        let runs = state.runs();
        let (allowed, next) = match self {
            Move::Withhold => (state == S::Submitted, S::Withheld),
            Move::PutAgain => (state == S::Withheld, S::Submitted),
            Move::Withdraw => (undecided, S::Withdrawn),
            Move::Reject => (undecided, S::Rejected),
            Move::Lapse => (undecided, S::Lapsed),
            Move::TakeOver => (undecided, S::TakenOver),
            Move::Adopt => (undecided, S::Adopted),
            Move::Assign { .. } => (accepted || runs, S::Assigned),
            Move::Start => (runs && state != S::InProgress, S::InProgress),
            Move::Defer { .. } => (accepted || runs, S::DeferralReported),
            Move::DraftSettlement => (runs && state != S::DraftSettlement, S::DraftSettlement),
            Move::Report { .. } => (accepted || runs, S::ReportedToChamber),
            Move::SettlePartly { .. } => (accepted || runs, S::PartlySettled),
            Move::Settle { .. } => (accepted || runs, S::Settled),
            Move::Confirm => (
                matches!(state, S::Settled | S::ReportedToChamber),
                S::ConfirmedByChamber,
            ),
            Move::GiveUp { .. } => (accepted || runs, S::NotCarriedOut),
            Move::Reopen { .. } => (
                matches!(state, S::Settled | S::ConfirmedByChamber | S::NotCarriedOut),
                S::InProgress,
            ),
        };
        allowed.then_some(next)
    }

    /// The name of the move.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Move::Withhold => "withhold",
            Move::PutAgain => "put again",
            Move::Withdraw => "withdraw",
            Move::Reject => "reject",
            Move::Lapse => "lapse",
            Move::TakeOver => "take over",
            Move::Adopt => "adopt",
            Move::Assign { .. } => "assign",
            Move::Start => "start",
            Move::Defer { .. } => "defer",
            Move::DraftSettlement => "draft settlement",
            Move::Report { .. } => "report",
            Move::SettlePartly { .. } => "settle partly",
            Move::Settle { .. } => "settle",
            Move::Confirm => "confirm",
            Move::GiveUp { .. } => "give up",
            Move::Reopen { .. } => "reopen",
        }
    }

    /// The reason the move must give, when it must give one.
    fn reason(&self) -> Option<&str> {
        match self {
            Move::Defer { reason, .. } | Move::GiveUp { reason } | Move::Reopen { reason } => {
                Some(reason)
            }
            _ => None,
        }
    }
}

/// A move that was made: by whom, when, and on what words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transition {
    /// The move.
    #[serde(flatten)]
    pub what: Move,
    /// Who made it.
    pub actor: String,
    /// The day it was made.
    #[serde(with = "iso_day")]
    pub on: Date,
    /// The words it leans on.
    pub source: Passage,
}

/// Why a move is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The move is not allowed in this state.
    #[error("cannot {what} an obligation that is {from}")]
    NotAllowed {
        /// The move.
        what: &'static str,
        /// The state.
        from: State,
    },
    /// The move would lie before the last one.
    #[error("the move of {on} lies before the last one of {last}")]
    BeforeLast {
        /// Day of the move.
        on: Date,
        /// Day of the last move.
        last: Date,
    },
    /// No actor, no quoted source or no reason.
    #[error("the move lacks its {0}")]
    Lacks(&'static str),
}

impl Transition {
    /// The state after the transition from `state`, the last one having been made on `last`.
    ///
    /// # Errors
    /// Fails when the move is not allowed, lies before the last one, or lacks what it needs.
    pub fn apply(&self, state: State, last: Option<Date>) -> Result<State, Refused> {
        if self.actor.trim().is_empty() {
            return Err(Refused::Lacks("actor"));
        }
        if self.source.document.trim().is_empty() || self.source.quote.trim().is_empty() {
            return Err(Refused::Lacks("source passage"));
        }
        if self
            .what
            .reason()
            .is_some_and(|reason| reason.trim().is_empty())
        {
            return Err(Refused::Lacks("reason"));
        }
        if let Some(last) = last.filter(|last| *last > self.on) {
            return Err(Refused::BeforeLast { on: self.on, last });
        }
        self.what.after(state).ok_or(Refused::NotAllowed {
            what: self.what.name(),
            from: state,
        })
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            State::Submitted => "submitted",
            State::Withheld => "withheld",
            State::Withdrawn => "withdrawn",
            State::Rejected => "rejected",
            State::Lapsed => "lapsed",
            State::TakenOver => "taken over",
            State::Adopted => "adopted",
            State::Made => "made",
            State::Assigned => "assigned",
            State::InProgress => "in progress",
            State::DeferralReported => "deferred",
            State::DraftSettlement => "in draft settlement",
            State::ReportedToChamber => "reported to the Chamber",
            State::PartlySettled => "partly settled",
            State::Settled => "settled",
            State::ConfirmedByChamber => "confirmed by the Chamber",
            State::NotCarriedOut => "not carried out",
        })
    }
}
