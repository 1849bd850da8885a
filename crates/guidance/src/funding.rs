//! Funds: which may pay for an action, and a ledger in which no cost is claimed twice.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::facts::Facts;
use crate::instrument::{Instrument, InstrumentKind, Place, Register, Rejection};

/// Funds that pay for an instrument on a date, in order of code; a fund whose demands the facts
/// contradict is left out.
#[must_use]
pub fn funds_for<'a>(
    register: &'a Register,
    instrument: &Instrument,
    facts: &Facts,
    date: Day,
) -> Vec<&'a str> {
    let Some(action) = &instrument.action else {
        return Vec::new();
    };
    register
        .instruments()
        .filter(|fund| fund.kind == InstrumentKind::Fund)
        .filter(|fund| fund.pays_for.contains(action))
        .filter(|fund| fund.applies(facts, date, Place::default()).is_ok())
        .map(|fund| fund.id.as_str())
        .collect()
}

/// A cost of an action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// Reference of the cost, unique in the ledger.
    pub reference: String,
    /// What was done: a code of the fact `action_kind`.
    pub action: String,
    /// Day on which it was made.
    pub day: Day,
    /// Amount in euro cents.
    pub cents: u64,
}

/// A claim of (part of) a cost on a fund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// Reference of the cost.
    pub cost: String,
    /// Code of the fund.
    pub fund: String,
    /// Amount in euro cents.
    pub cents: u64,
    /// Evidence kept for the claim (timesheet, invoice), by reference.
    pub evidence: String,
}

/// A cost or claim that is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LedgerFault {
    /// The reference is used already.
    #[error("cost {reference:?} stands twice")]
    CostTwice {
        /// The reference.
        reference: String,
    },
    /// There is no such cost.
    #[error("there is no cost {reference:?}")]
    NoCost {
        /// The reference.
        reference: String,
    },
    /// There is no such fund.
    #[error("there is no fund {fund:?}")]
    NoFund {
        /// The code.
        fund: String,
    },
    /// The cost was claimed on another fund.
    #[error(
        "cost {reference:?} was already claimed on {fund}; one cost cannot be claimed on two funds"
    )]
    ClaimedElsewhere {
        /// The reference.
        reference: String,
        /// The fund that has it.
        fund: String,
    },
    /// More is claimed than the cost was.
    #[error("cost {reference:?}: {claimed} cents are claimed of {cents}")]
    TooMuch {
        /// The reference.
        reference: String,
        /// Claimed in all.
        claimed: u64,
        /// The cost.
        cents: u64,
    },
    /// The fund does not pay for this.
    #[error("{fund} does not pay for {action}")]
    NotPaid {
        /// The fund.
        fund: String,
        /// The action.
        action: String,
    },
    /// The fund does not apply.
    #[error("{fund} does not apply on {day}: {code}")]
    DoesNotApply {
        /// The fund.
        fund: String,
        /// Day of the cost.
        day: Day,
        /// Reason code.
        code: String,
    },
    /// No evidence is named.
    #[error("the claim of {reference:?} names no evidence")]
    NoEvidence {
        /// The reference.
        reference: String,
    },
}

/// Costs and the claims on them.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    costs: BTreeMap<String, Cost>,
    claims: Vec<Claim>,
}

impl Ledger {
    /// Records a cost.
    ///
    /// # Errors
    /// Fails when the reference is used already.
    pub fn record(&mut self, cost: Cost) -> Result<(), LedgerFault> {
        let reference = cost.reference.clone();
        if self.costs.contains_key(&reference) {
            return Err(LedgerFault::CostTwice { reference });
        }
        self.costs.insert(reference, cost);
        Ok(())
    }

    /// Records a claim for a case whose applicant the facts tell.
    ///
    /// # Errors
    /// Refuses a claim that no fund may pay, or that would pay a cost twice.
    pub fn claim(
        &mut self,
        register: &Register,
        facts: &Facts,
        claim: Claim,
    ) -> Result<(), LedgerFault> {
        let reference = claim.cost.clone();
        let Some(cost) = self.costs.get(&reference) else {
            return Err(LedgerFault::NoCost { reference });
        };
        let is_fund = |i: &&Instrument| i.kind == InstrumentKind::Fund;
        let Some(fund) = register.get(&claim.fund).filter(is_fund) else {
            return Err(LedgerFault::NoFund { fund: claim.fund });
        };
        if claim.evidence.trim().is_empty() {
            return Err(LedgerFault::NoEvidence { reference });
        }
        if !fund.pays_for.contains(&cost.action) {
            let action = cost.action.clone();
            let fund = claim.fund;
            return Err(LedgerFault::NotPaid { fund, action });
        }
        if let Err(why) = fund.applies(facts, cost.day, Place::default()) {
            return Err(refused(&claim.fund, cost.day, &why));
        }
        let earlier = self.claims.iter().filter(|c| c.cost == reference);
        if let Some(other) = earlier.clone().find(|c| c.fund != claim.fund) {
            let fund = other.fund.clone();
            return Err(LedgerFault::ClaimedElsewhere { reference, fund });
        }
        let before: u64 = earlier.map(|c| c.cents).sum();
        let claimed = before.saturating_add(claim.cents);
        if claimed > cost.cents {
            let cents = cost.cents;
            return Err(LedgerFault::TooMuch {
                reference,
                claimed,
                cents,
            });
        }
        self.claims.push(claim);
        Ok(())
    }

    /// Claims in the order in which they were made.
    #[must_use]
    pub fn claims(&self) -> &[Claim] {
        &self.claims
    }

    /// Claimed amount per fund, in euro cents.
    #[must_use]
    pub fn totals(&self) -> BTreeMap<&str, u64> {
        let mut totals = BTreeMap::new();
        for claim in &self.claims {
            *totals.entry(claim.fund.as_str()).or_insert(0) += claim.cents;
        }
        totals
    }

    /// Costs that no fund pays, in euro cents.
    #[must_use]
    pub fn unclaimed(&self) -> u64 {
        let costs: u64 = self.costs.values().map(|c| c.cents).sum();
        let claims: u64 = self.claims.iter().map(|c| c.cents).sum();
        costs.saturating_sub(claims)
    }
}

fn refused(fund: &str, day: Day, why: &Rejection) -> LedgerFault {
    LedgerFault::DoesNotApply {
        fund: fund.to_owned(),
        day,
        code: why.code().to_owned(),
    }
}
