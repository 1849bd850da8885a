//! The route of a foreign diploma: valuation, and recognition for a regulated profession.
//!
//! A valuation says what a diploma is worth; it gives no right to a regulated profession.
//! Which professions are regulated, by whom and with which steps is data.

use std::collections::{BTreeMap, BTreeSet};

use domain::isco::IscoCode;
use domain::level::LanguageLevel;
use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::bundle::{DataFault, Reading};
use crate::calendar::Calendar;
use crate::day::Day;
use crate::facts::{Fact, Facts, Value};
use crate::provenance::{Provenance, is_web_address};

/// Kind of valuation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValuationKind {
    /// Of a finished study with papers (diplomawaardering).
    Diploma,
    /// Of a study that was not finished (opleidingswaardering).
    UnfinishedStudy,
    /// Of a study without papers (Indicatie Onderwijsniveau).
    LevelIndication,
}

/// State of a valuation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValuationState {
    /// Not talked about yet.
    #[default]
    NotDiscussed,
    /// Advised to the person.
    Advised,
    /// Papers and translations are being collected.
    CollectingDocuments,
    /// Sent in.
    Submitted,
    /// Found complete: the term of the decision runs.
    Complete,
    /// Received.
    Received,
    /// Refused.
    Rejected,
}

impl ValuationState {
    /// States that can come next.
    #[must_use]
    pub fn next(self) -> &'static [ValuationState] {
        use ValuationState as S;
        match self {
            S::NotDiscussed => &[S::Advised],
            S::Advised => &[S::CollectingDocuments, S::Submitted],
            S::CollectingDocuments => &[S::Submitted],
            S::Submitted => &[S::CollectingDocuments, S::Complete],
            S::Complete => &[S::Received, S::Rejected],
            // A refused file may be sent in again with other papers.
            S::Rejected => &[S::CollectingDocuments],
            S::Received => &[],
        }
    }

    /// The state after a step.
    ///
    /// # Errors
    /// Fails when the step cannot be taken from here.
    pub fn step(self, to: ValuationState) -> Result<ValuationState, NoSuchStep> {
        if self.next().contains(&to) {
            Ok(to)
        } else {
            Err(NoSuchStep { from: self, to })
        }
    }
}

/// A step that the route does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a valuation cannot go from {from:?} to {to:?}")]
pub struct NoSuchStep {
    /// State before.
    pub from: ValuationState,
    /// State wanted.
    pub to: ValuationState,
}

/// How valuation works and what it costs.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Valuation {
    /// Fee in euro cents for those who pay.
    pub fee_cents: u64,
    /// Residence situations that get it free once.
    pub free_for: Vec<String>,
    /// Residence situations of which it is not known whether they pay.
    #[serde(default)]
    pub ask_for: Vec<String>,
    /// Working days after the file is complete.
    pub working_days: u32,
    /// Years after which IDW deletes the file.
    pub deleted_after_years: u32,
    /// Source and period.
    pub provenance: Provenance,
}

/// A step towards recognition.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecognitionStep {
    /// Code; key of the texts below `recognition`.
    pub id: String,
    /// Who decides.
    pub authority: String,
}

/// A profession.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profession {
    /// Stable code.
    pub id: String,
    /// Dutch name.
    pub name: String,
    /// ISCO-08 groups it belongs to.
    pub isco: Vec<IscoCode>,
    /// Whether the law asks recognition before one may work in it.
    pub regulated: bool,
    /// Page of the authority.
    pub contact: String,
    /// Dutch asked for recognition, if a level is set.
    pub dutch: Option<LanguageLevel>,
    /// Steps in order.
    #[serde(default)]
    pub steps: Vec<RecognitionStep>,
    /// What one may do meanwhile; keys of the texts below `meanwhile`.
    pub meanwhile: Vec<String>,
    /// Source and period.
    pub provenance: Provenance,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DiplomaFile {
    valuation: Vec<Valuation>,
    profession: Vec<Spanned<Profession>>,
}

/// Diploma routes of a set.
#[derive(Clone, Debug, Default)]
pub struct Diplomas {
    valuations: Vec<Valuation>,
    professions: BTreeMap<String, Profession>,
}

/// What a case holds about a diploma.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiplomaCase {
    /// State of the valuation.
    #[serde(default)]
    pub valuation: ValuationState,
    /// Day on which IDW found the file complete.
    pub complete_on: Option<Day>,
    /// Whether a valuation was already had for free.
    #[serde(default)]
    pub free_one_used: Used,
    /// Wanted profession: a code of the register or an ISCO-08 group.
    pub profession: Option<String>,
    /// Recognition steps that are done.
    #[serde(default)]
    pub steps_done: BTreeSet<String>,
}

/// Whether something was used before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Used {
    /// Not yet.
    #[default]
    NotYet,
    /// Yes.
    Used,
}

/// The route of a diploma on a date.
#[derive(Clone, Debug, Serialize)]
pub struct DiplomaRoute<'a> {
    /// Which valuation fits, if papers and end of the study are known.
    pub kind: Option<ValuationKind>,
    /// Fee in euro cents; 0 is free.
    pub fee_cents: Option<u64>,
    /// State of the valuation.
    pub state: ValuationState,
    /// States that can come next.
    pub next_states: &'static [ValuationState],
    /// Day by which the valuation is expected.
    pub expected_on: Option<Day>,
    /// The wanted profession, if the register has it.
    pub profession: Option<&'a str>,
    /// Whether the profession is regulated, if known.
    pub regulated: Option<bool>,
    /// Whether the person may start in the profession at once, if known.
    pub may_start_now: Option<bool>,
    /// Recognition steps still to take, in order.
    pub steps_open: Vec<&'a str>,
    /// Dutch asked for recognition, and whether the person lacks it (none when not known).
    pub dutch: Option<(LanguageLevel, Option<bool>)>,
    /// What may be done meanwhile.
    pub meanwhile: Vec<&'a str>,
    /// Article or publication per part.
    pub articles: Vec<&'a str>,
    /// Links per part.
    pub sources: Vec<&'a str>,
    /// Whether people must be told "controleer bij de bron".
    pub needs_check: bool,
}

impl Diplomas {
    /// Reads the file of diplomas and professions.
    pub fn read(reading: Reading<'_>, faults: &mut Vec<DataFault>) -> Diplomas {
        let file: DiplomaFile = match reading.toml() {
            Ok(file) => file,
            Err(fault) => {
                faults.push(fault);
                return Diplomas::default();
            }
        };
        let mut diplomas = Diplomas::default();
        for valuation in file.valuation {
            if let Err(fault) = valuation.provenance.check() {
                faults.push(reading.fault(0, format!("valuation: {fault}")));
            }
            for code in valuation.free_for.iter().chain(&valuation.ask_for) {
                if let Err(fault) = Fact::Residence.read(code) {
                    faults.push(reading.fault(0, format!("valuation: {fault}")));
                }
            }
            diplomas.valuations.push(valuation);
        }
        for profession in file.profession {
            let start = profession.span().start;
            let profession = profession.into_inner();
            let id = profession.id.clone();
            let mut refuse = |reason: &dyn std::fmt::Display| {
                faults.push(reading.fault(start, format!("profession {id:?}: {reason}")));
            };
            if let Err(fault) = profession.provenance.check() {
                refuse(&fault);
            }
            if !is_web_address(&profession.contact) {
                refuse(&"contact is no web address");
            }
            if profession.regulated == profession.steps.is_empty() {
                refuse(&"a regulated profession needs steps, another has none");
            }
            if profession.meanwhile.is_empty() {
                refuse(&"says nothing of what may be done meanwhile");
            }
            if diplomas
                .professions
                .insert(id.clone(), profession)
                .is_some()
            {
                refuse(&"stands twice");
            }
        }
        diplomas
    }

    /// Where the valuations come from.
    pub(crate) fn valuation_sources(&self) -> impl Iterator<Item = &Provenance> {
        self.valuations
            .iter()
            .map(|valuation| &valuation.provenance)
    }

    /// How valuation works on a date.
    #[must_use]
    pub fn valuation(&self, date: Day) -> Option<&Valuation> {
        self.valuations.iter().find(|v| v.provenance.holds_on(date))
    }

    /// All professions in order of code.
    pub fn professions(&self) -> impl Iterator<Item = &Profession> {
        self.professions.values()
    }

    /// The profession with this code or ISCO-08 group.
    #[must_use]
    pub fn profession(&self, wanted: &str) -> Option<&Profession> {
        let by_code = self.professions.get(wanted);
        by_code.or_else(|| {
            let isco: IscoCode = wanted.parse().ok()?;
            self.professions.values().find(|p| p.isco.contains(&isco))
        })
    }

    /// The route of a diploma on a date.
    #[must_use]
    pub fn route(
        &self,
        facts: &Facts,
        case: &DiplomaCase,
        date: Day,
        calendar: &Calendar,
    ) -> DiplomaRoute<'_> {
        let valuation = self.valuation(date);
        let wanted = case.profession.as_deref();
        let profession = wanted
            .and_then(|wanted| self.profession(wanted))
            .filter(|p| p.provenance.holds_on(date));
        let steps_open: Vec<&str> = profession
            .iter()
            .flat_map(|p| &p.steps)
            .map(|step| step.id.as_str())
            .filter(|step| !case.steps_done.contains(*step))
            .collect();
        let recognised = facts.get(Fact::Recognised) == Some(Value::Flag(true));
        let provenances = || {
            let first = valuation.map(|v| &v.provenance);
            first.into_iter().chain(profession.map(|p| &p.provenance))
        };
        DiplomaRoute {
            kind: kind_of(facts),
            fee_cents: valuation.and_then(|v| fee(v, facts, case)),
            state: case.valuation,
            next_states: case.valuation.next(),
            expected_on: expected(valuation, case, calendar),
            profession: profession.map(|p| p.id.as_str()),
            regulated: profession.map(|p| p.regulated),
            may_start_now: profession.map(|p| !p.regulated || recognised || steps_open.is_empty()),
            steps_open: if recognised { Vec::new() } else { steps_open },
            dutch: profession
                .and_then(|p| p.dutch)
                .map(|asked| (asked, lacks(facts, asked))),
            meanwhile: profession
                .iter()
                .flat_map(|p| &p.meanwhile)
                .map(String::as_str)
                .collect(),
            articles: provenances().map(|p| p.article.as_str()).collect(),
            sources: provenances().map(|p| p.source.as_str()).collect(),
            needs_check: provenances().any(|p| !p.verified),
        }
    }
}

fn kind_of(facts: &Facts) -> Option<ValuationKind> {
    let finished = facts.get(Fact::DiplomaFinished);
    match (facts.get(Fact::DiplomaDocuments), finished) {
        (Some(Value::Choice("none")), _) => Some(ValuationKind::LevelIndication),
        (Some(Value::Choice(_)), Some(Value::Flag(false))) => Some(ValuationKind::UnfinishedStudy),
        (Some(Value::Choice(_)), Some(Value::Flag(true))) => Some(ValuationKind::Diploma),
        _ => None,
    }
}

fn fee(valuation: &Valuation, facts: &Facts, case: &DiplomaCase) -> Option<u64> {
    let Some(Value::Choice(residence)) = facts.get(Fact::Residence) else {
        return None;
    };
    if valuation.ask_for.iter().any(|code| code == residence) {
        return None;
    }
    let free = valuation.free_for.iter().any(|code| code == residence)
        && case.free_one_used == Used::NotYet;
    Some(if free { 0 } else { valuation.fee_cents })
}

fn expected(valuation: Option<&Valuation>, case: &DiplomaCase, calendar: &Calendar) -> Option<Day> {
    let running = case.valuation == ValuationState::Complete;
    let complete = case.complete_on.filter(|_| running)?;
    Some(calendar.working_days_after(complete, valuation?.working_days))
}

/// Whether any of the four skills lies below the level; unknown while one is not known.
fn lacks(facts: &Facts, asked: LanguageLevel) -> Option<bool> {
    let skills = [
        Fact::Listening,
        Fact::Speaking,
        Fact::Reading,
        Fact::Writing,
    ];
    let levels = skills.map(|skill| match facts.get(skill) {
        Some(Value::Level(level)) => Some(level >= asked),
        _ => None,
    });
    if levels.contains(&Some(false)) {
        Some(true)
    } else if levels.contains(&None) {
        None
    } else {
        Some(false)
    }
}
