//! The register of instruments and funds, after the model of the municipal instrument guide, and
//! the evidence about them.
//!
//! It knows records and whether one applies to a case; which to advise, the adviser knows.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::barrier::BarrierCode;
use crate::bundle::{DataFault, Reading};
use crate::condition::{Condition, Parameters, RawCondition, Verdict};
use crate::day::Day;
use crate::facts::{Fact, Facts};
use crate::provenance::{Provenance, Standing, is_front_page, is_web_address};
use crate::rule::Party;

/// What kind of instrument it is (IT01–IT03 of the instrument guide, and two of our own).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InstrumentKind {
    /// Service to the person.
    Jobseeker,
    /// Service to the employer.
    Employer,
    /// Service between regions and bodies.
    Mobility,
    /// Money for actions.
    Fund,
    /// A change in how an organisation works.
    Organisation,
}

/// Phase of guidance in which it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// First contact and intake.
    Intake,
    /// Finding out what a person can and wants.
    Diagnosis,
    /// Taking part in society.
    SocialFit,
    /// Getting ready to work.
    WorkFit,
    /// Looking around on the labour market.
    Orientation,
    /// Bringing person and employer together.
    Mediation,
    /// Learning.
    Training,
    /// Starting in a job.
    Placement,
    /// Staying in it.
    Aftercare,
}

/// Form in which it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Training or course.
    Training,
    /// Short meeting or series of meetings.
    Workshop,
    /// Coaching or guidance.
    Coaching,
    /// Investigation or valuation.
    Research,
    /// Work or internship.
    Work,
    /// Money or insurance.
    Money,
    /// Network or platform.
    Network,
    /// Way of working of an organisation.
    WayOfWorking,
}

/// How widely it exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// The whole country.
    National,
    /// In the regions named, or in every region when none is.
    Regional,
    /// In the municipalities named, or where a municipality chooses to when none is.
    Local,
}

/// A length of time or money with its unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    /// How many; for money in euro cents.
    pub amount: u64,
    /// Unit: `hour`, `day`, `week`, `month`, `year`, or for money `once`, `hour`, `month`, `year`,
    /// `case`.
    pub unit: String,
}

/// A demand that a case must meet for the instrument to apply.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// The demand.
    pub when: Condition,
    /// Reason code when it is not met; key of the texts below `reason`.
    pub otherwise: String,
}

/// An instrument, fund or initiative.
#[derive(Clone, Debug)]
pub struct Instrument {
    /// Stable code; key of its texts.
    pub id: String,
    /// What it is.
    pub kind: InstrumentKind,
    /// Phases in which it is used.
    pub phases: Vec<Phase>,
    /// Form in which it is given.
    pub form: Form,
    /// Hours a week, if usual.
    pub hours_per_week: Option<u32>,
    /// How long it lasts, if usual.
    pub duration: Option<Amount>,
    /// What it costs, if known; in euro cents.
    pub cost: Option<Amount>,
    /// Target groups in Dutch, as in the instrument guide.
    pub target_groups: Vec<String>,
    /// Who offers it: codes, keys of the texts below `provider`.
    pub provider: Vec<String>,
    /// Where to ask.
    pub contact: String,
    /// How widely it exists.
    pub reach: Reach,
    /// Regions (AM…) or municipalities (GM…) where it exists; empty is everywhere.
    pub places: Vec<String>,
    /// Who moves first.
    pub moves_first: Party,
    /// Usual waiting time in weeks, if known.
    pub waiting_weeks: Option<u32>,
    /// Barriers it helps against.
    pub barriers: Vec<BarrierCode>,
    /// Demands on the case.
    pub requirements: Vec<Requirement>,
    /// Action it is, for funding.
    pub action: Option<String>,
    /// Actions that this fund pays for.
    pub pays_for: Vec<String>,
    /// Evidence records; empty means that none is known, which the file must say.
    pub evidence: Vec<String>,
    /// Legal basis, source, period.
    pub provenance: Provenance,
    /// File and line where it stands.
    pub place: (String, usize),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InstrumentFile {
    instrument: Vec<Spanned<RawInstrument>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawInstrument {
    id: String,
    kind: InstrumentKind,
    phases: Vec<Phase>,
    form: Form,
    hours_per_week: Option<u32>,
    duration: Option<Amount>,
    cost: Option<Amount>,
    #[serde(default)]
    target_groups: Vec<String>,
    provider: Vec<String>,
    contact: String,
    reach: Reach,
    #[serde(default)]
    places: Vec<String>,
    moves_first: Party,
    waiting_weeks: Option<u32>,
    #[serde(default)]
    barriers: Vec<BarrierCode>,
    #[serde(default)]
    require: Vec<RawRequirement>,
    action: Option<String>,
    #[serde(default)]
    pays_for: Vec<String>,
    #[serde(default)]
    evidence: Vec<String>,
    #[serde(default)]
    no_evidence_known: bool,
    provenance: Provenance,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRequirement {
    when: RawCondition,
    otherwise: String,
}

/// Why an instrument does not apply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Rejection {
    /// It was abolished.
    Abolished {
        /// Last day on which it could be used.
        last_day: Day,
    },
    /// It begins later.
    NotYet {
        /// First day.
        first_day: Day,
    },
    /// It was announced but does not exist yet.
    AnnouncedOnly,
    /// It was withdrawn altogether.
    Withdrawn,
    /// It does not exist in this municipality.
    Elsewhere,
    /// The case does not meet a demand.
    Demand {
        /// Reason code of the demand.
        code: String,
    },
}

impl Rejection {
    /// Reason code; key of the texts below `reason`.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Rejection::Abolished { .. } => "abolished",
            Rejection::NotYet { .. } => "not-yet",
            Rejection::AnnouncedOnly => "announced-only",
            Rejection::Withdrawn => "withdrawn",
            Rejection::Elsewhere => "elsewhere",
            Rejection::Demand { code } => code,
        }
    }

    /// Reason codes that do not come from demands.
    pub const GENERAL: [&'static str; 5] = [
        "abolished",
        "not-yet",
        "announced-only",
        "withdrawn",
        "elsewhere",
    ];
}

/// Where a person lives, for instruments that exist in some places only.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place<'a> {
    /// Code of the municipality (GM…), if known.
    pub municipality: Option<&'a str>,
    /// Code of the labour-market region (AM…), if known.
    pub region: Option<&'a str>,
}

impl Instrument {
    /// Whether it applies to a case on a date in a place; if so, the facts still to be asked.
    ///
    /// # Errors
    /// Says why it does not apply.
    pub fn applies(
        &self,
        facts: &Facts,
        date: Day,
        place: Place<'_>,
    ) -> Result<BTreeSet<Fact>, Rejection> {
        let period = &self.provenance;
        match period.status {
            Standing::Repealed => return Err(Rejection::Withdrawn),
            Standing::Announced => return Err(Rejection::AnnouncedOnly),
            Standing::InForce => {}
        }
        if let Some(last_day) = period.valid_to
            && last_day < date
        {
            return Err(Rejection::Abolished { last_day });
        }
        if period.valid_from > date {
            let first_day = period.valid_from;
            return Err(Rejection::NotYet { first_day });
        }
        let here = |code: &Option<&str>| code.is_some_and(|c| self.places.iter().any(|p| p == c));
        if !self.places.is_empty() && !here(&place.municipality) && !here(&place.region) {
            return Err(Rejection::Elsewhere);
        }
        let mut missing = BTreeSet::new();
        for requirement in &self.requirements {
            match requirement.when.ask(facts, date) {
                Verdict::Met => {}
                Verdict::NotMet => {
                    let code = requirement.otherwise.clone();
                    return Err(Rejection::Demand { code });
                }
                Verdict::Unknown(facts) => missing.extend(facts),
            }
        }
        Ok(missing)
    }

    /// Whether it helps against a barrier.
    #[must_use]
    pub fn helps(&self, barrier: &BarrierCode) -> bool {
        self.barriers.iter().any(|link| link.covers(barrier))
    }
}

/// Strength of what is known about an effect; stronger knowledge first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceLevel {
    /// A causal study found a positive effect.
    CausalPositive,
    /// Promising: a plausible, partly tested effect.
    Promising,
    /// Knowledge from practice.
    Experience,
    /// Nothing is known.
    Unknown,
    /// A causal study found no effect.
    CausalNoEffect,
}

impl EvidenceLevel {
    /// Every level, in the order in which advice is sorted.
    pub const ALL: [EvidenceLevel; 5] = [
        EvidenceLevel::CausalPositive,
        EvidenceLevel::Promising,
        EvidenceLevel::Experience,
        EvidenceLevel::Unknown,
        EvidenceLevel::CausalNoEffect,
    ];

    /// Code in files and messages.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            EvidenceLevel::CausalPositive => "causal_positive",
            EvidenceLevel::Promising => "promising",
            EvidenceLevel::Experience => "experience",
            EvidenceLevel::Unknown => "unknown",
            EvidenceLevel::CausalNoEffect => "causal_no_effect",
        }
    }
}

/// Design of a study.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Design {
    /// Randomised trial.
    Randomised,
    /// Comparison without drawing lots.
    QuasiExperiment,
    /// Before and after.
    BeforeAfter,
    /// Cross-section or survey.
    Survey,
    /// Interviews and observation.
    Qualitative,
    /// Review of studies.
    Review,
    /// Statement of policy.
    PolicyLetter,
}

/// Size of an effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Effect {
    /// Effect in tenths of a percentage point.
    pub tenths_of_point: i32,
    /// Lower end of the 95 % interval, same unit, if published.
    pub low: Option<i32>,
    /// Upper end.
    pub high: Option<i32>,
}

/// What a study or letter says about instruments.
///
/// Title, population, outcome, finding and what must hold elsewhere are texts, below `study`,
/// `population`, `measured`, `finding` and `transfer`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Stable code.
    pub id: String,
    /// Strength.
    pub level: EvidenceLevel,
    /// Design.
    pub design: Design,
    /// Size, if published.
    pub effect: Option<Effect>,
    /// Year of publication.
    pub year: u16,
    /// Country, ISO 3166 alpha-2.
    pub country: String,
    /// Whether something must hold for it to hold here: studies from elsewhere or of other groups.
    #[serde(default)]
    pub needs_transfer: bool,
    /// Link.
    pub source: String,
    /// Whether the study itself was read, or only what others say of it.
    pub verified: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EvidenceFile {
    evidence: Vec<Spanned<Evidence>>,
}

/// Instruments and evidence of a set.
#[derive(Clone, Debug, Default)]
pub struct Register {
    instruments: BTreeMap<String, Instrument>,
    evidence: BTreeMap<String, Evidence>,
}

impl Register {
    /// Adds the instruments of a file.
    pub fn read_instruments(&mut self, reading: Reading<'_>, faults: &mut Vec<DataFault>) {
        let file: InstrumentFile = match reading.toml() {
            Ok(file) => file,
            Err(fault) => return faults.push(fault),
        };
        for raw in file.instrument {
            let start = raw.span().start;
            match read_instrument(raw.into_inner()) {
                Ok(mut instrument) => {
                    instrument.place = (reading.file.to_owned(), reading.fault(start, "").line);
                    let id = instrument.id.clone();
                    if self.instruments.insert(id.clone(), instrument).is_some() {
                        let reason = format!("instrument {id:?} stands twice");
                        faults.push(reading.fault(start, reason));
                    }
                }
                Err(reason) => faults.push(reading.fault(start, reason)),
            }
        }
    }

    /// Adds the evidence of a file.
    pub fn read_evidence(&mut self, reading: Reading<'_>, faults: &mut Vec<DataFault>) {
        let file: EvidenceFile = match reading.toml() {
            Ok(file) => file,
            Err(fault) => return faults.push(fault),
        };
        for evidence in file.evidence {
            let start = evidence.span().start;
            let evidence = evidence.into_inner();
            let id = evidence.id.clone();
            if !is_web_address(&evidence.source) {
                let reason = format!("evidence {id:?}: source is no web address");
                faults.push(reading.fault(start, reason));
            }
            if evidence.verified && is_front_page(&evidence.source) {
                let reason = format!("evidence {id:?}: a front page, so verified must be false");
                faults.push(reading.fault(start, reason));
            }
            let effect = evidence.effect.as_ref();
            if effect.is_some_and(|e| e.low > e.high || e.low.is_some() != e.high.is_some()) {
                let reason = format!("evidence {id:?}: the interval does not fit");
                faults.push(reading.fault(start, reason));
            }
            if self.evidence.insert(id.clone(), evidence).is_some() {
                faults.push(reading.fault(start, format!("evidence {id:?} stands twice")));
            }
        }
    }

    /// Checks that every link from instrument to evidence leads somewhere.
    pub fn finish(&self, faults: &mut Vec<DataFault>) {
        for instrument in self.instruments.values() {
            for id in &instrument.evidence {
                if !self.evidence.contains_key(id) {
                    faults.push(DataFault {
                        file: instrument.place.0.clone(),
                        line: instrument.place.1,
                        reason: format!("{:?}: there is no evidence {id:?}", instrument.id),
                    });
                }
            }
        }
    }

    /// The instrument with this code.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Instrument> {
        self.instruments.get(id)
    }

    /// All instruments in order of code.
    pub fn instruments(&self) -> impl Iterator<Item = &Instrument> {
        self.instruments.values()
    }

    /// All evidence records in order of code.
    pub fn evidence(&self) -> impl Iterator<Item = &Evidence> {
        self.evidence.values()
    }

    /// Evidence about an instrument; empty when none is known.
    pub fn evidence_of<'a>(
        &'a self,
        instrument: &'a Instrument,
    ) -> impl Iterator<Item = &'a Evidence> + 'a {
        let ids = instrument.evidence.iter();
        ids.filter_map(|id| self.evidence.get(id))
    }

    /// Level of what is known of an instrument: that of its strongest causal study, else of its
    /// strongest record, else unknown.
    #[must_use]
    pub fn level_of(&self, instrument: &Instrument) -> EvidenceLevel {
        let levels = || self.evidence_of(instrument).map(|e| e.level);
        let causal = levels().filter(|level| {
            matches!(
                level,
                EvidenceLevel::CausalPositive | EvidenceLevel::CausalNoEffect
            )
        });
        causal
            .min()
            .or_else(|| levels().min())
            .unwrap_or(EvidenceLevel::Unknown)
    }
}

fn read_instrument(raw: RawInstrument) -> Result<Instrument, String> {
    let named = |reason: &dyn fmt::Display| format!("instrument {:?}: {reason}", raw.id);
    raw.provenance.check().map_err(|fault| named(&fault))?;
    if !is_web_address(&raw.contact) {
        return Err(named(&format_args!(
            "contact {:?} is no web address",
            raw.contact
        )));
    }
    if raw.provider.is_empty() {
        return Err(named(&"names nobody who offers it"));
    }
    if raw.evidence.is_empty() != raw.no_evidence_known {
        return Err(named(&"needs either evidence or no_evidence_known = true"));
    }
    let mut requirements = Vec::new();
    for requirement in &raw.require {
        let when = requirement.when.read(&Parameters::new());
        requirements.push(Requirement {
            when: when.map_err(|fault| named(&fault))?,
            otherwise: requirement.otherwise.clone(),
        });
    }
    for action in raw.action.iter().chain(&raw.pays_for) {
        let known = Fact::ActionKind.read(action);
        known.map_err(|fault| named(&fault))?;
    }
    Ok(Instrument {
        id: raw.id,
        kind: raw.kind,
        phases: raw.phases,
        form: raw.form,
        hours_per_week: raw.hours_per_week,
        duration: raw.duration,
        cost: raw.cost,
        target_groups: raw.target_groups,
        provider: raw.provider,
        contact: raw.contact,
        reach: raw.reach,
        places: raw.places,
        moves_first: raw.moves_first,
        waiting_weeks: raw.waiting_weeks,
        barriers: raw.barriers,
        requirements,
        action: raw.action,
        pays_for: raw.pays_for,
        evidence: raw.evidence,
        provenance: raw.provenance,
        place: (String::new(), 0),
    })
}
