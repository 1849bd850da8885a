//! Which instruments would help to hire one anonymous candidate, and why.
//!
//! A line of help must tell an employer nothing new of a person. So only instruments are named that
//! an employer asks for themselves, whose conditions ask about nothing but the vacancy, and for a
//! reason that stands on the same page already: a language or a skill still to be learned.
//! Instruments that depend on age, benefit, health or the wage value of somebody are never named.

use std::collections::BTreeSet;

use domain::language::Language;
use guidance::Day;
use guidance::condition::Verdict;
use guidance::facts::{Fact, Facts, Value};
use guidance::instrument::{Instrument, InstrumentKind};
use guidance::rule::Party;

use crate::hiring::HiringHelp;
use crate::work::employer::AnonymousCandidate;
use crate::{Application, ApplicationError};

/// Why an instrument would help with a candidate; each stands on the page already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HelpReason {
    /// The vacancy asks more of a language after a year than the candidate has.
    Language,
    /// The vacancy asks skills that the candidate has not, or in part.
    Learning,
}

impl HelpReason {
    const ALL: [HelpReason; 2] = [HelpReason::Language, HelpReason::Learning];

    /// The barrier on the work floor that it is: W2 is the language there, W3 time to guide.
    fn barrier(self) -> &'static str {
        match self {
            HelpReason::Language => "W2",
            HelpReason::Learning => "W3",
        }
    }

    fn holds_for(self, candidate: &AnonymousCandidate) -> bool {
        let explanation = &candidate.explanation;
        match self {
            HelpReason::Language => !explanation.prospects.is_empty(),
            HelpReason::Learning => {
                explanation.missing().next().is_some() || explanation.in_part().next().is_some()
            }
        }
    }
}

/// An instrument that would help with one candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CandidateHelp {
    /// Which one.
    pub help: HiringHelp,
    /// Why, at least one reason.
    pub reasons: BTreeSet<HelpReason>,
}

impl Application {
    /// Instruments that would help to hire a candidate, in a language, in the order of the
    /// guidance; none where nothing is to be learned.
    ///
    /// # Errors
    /// Fails when the application was started without guidance.
    pub fn help_with(
        &self,
        candidate: &AnonymousCandidate,
        language: Language,
    ) -> Result<Vec<CandidateHelp>, ApplicationError> {
        let guidance = self.guidance()?;
        let today = self.today();
        let instruments = guidance.register.instruments();
        let help = instruments.filter_map(|instrument| {
            let is_held = instrument.provenance.holds_on(today);
            if !is_held || !is_asked_by_the_employer(instrument) || !is_met(instrument, today) {
                return None;
            }
            let reasons = HelpReason::ALL.into_iter().filter(|reason| {
                let code = reason.barrier();
                let mut barriers = instrument.barriers.iter();
                let helps = barriers.any(|barrier| barrier.to_string() == code);
                helps && reason.holds_for(candidate)
            });
            let reasons: BTreeSet<HelpReason> = reasons.collect();
            let help = HiringHelp::of(instrument, &guidance.texts, language)?;
            (!reasons.is_empty()).then_some(CandidateHelp { help, reasons })
        });
        Ok(help.collect())
    }
}

fn is_asked_by_the_employer(instrument: &Instrument) -> bool {
    instrument.kind == InstrumentKind::Employer && instrument.moves_first == Party::Employer
}

/// Whether every condition is met by there being a vacancy; a condition that asks about anything
/// else would tell something of a person.
fn is_met(instrument: &Instrument, today: Day) -> bool {
    let mut facts = Facts::none();
    facts.put(Fact::Vacancy, Value::Flag(true));
    let mut requirements = instrument.requirements.iter();
    requirements.all(|one| {
        let asked = one.when.asks_about();
        asked.iter().all(|fact| *fact == Fact::Vacancy)
            && one.when.ask(&facts, today) == Verdict::Met
    })
}
