//! Checks across the files of a set: scenarios, coverage of barriers, links and texts.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::adviser::DecisionReason;
use crate::barrier::SaidBy;
use crate::bundle::{DataFault, fault};
use crate::clock::{Need, PipReason, Running, State};
use crate::facts::Fact;
use crate::instrument::{EvidenceLevel, InstrumentKind, Rejection};
use crate::language_gap::Modality;
use crate::limitation::Pace;
use crate::provenance::Provenance;
use crate::rule::{Due, Party, Topic};
use crate::scan::Colour;
use crate::set::GuidanceSet;
use crate::week::{Consequence, Weekday};

/// Least number of instruments per barrier.
const INSTRUMENTS_PER_BARRIER: usize = 2;

/// Texts that no record asks for but every answer needs.
const LABELS: [&str; 53] = [
    "label.pace",
    "label.agreement",
    "label.place-and-date",
    "label.signature",
    "label.open",
    "label.may-close",
    "label.yes",
    "label.no",
    "label.total",
    "label.of-which-sickness",
    "label.refused",
    "label.dutch-asked",
    "label.reached",
    "label.not-reached",
    "label.not-known",
    "label.language-gap",
    "label.steps-to-go",
    "label.clashes",
    "label.language-plan",
    "label.week",
    "label.trade-words",
    "label.provider",
    "label.unclaimed",
    "label.check-at-source",
    "label.no-evidence",
    "label.announced",
    "label.source",
    "label.checked-on",
    "label.valid-until",
    "label.who-what-when",
    "label.missing",
    "label.why",
    "label.opens",
    "label.moves-first",
    "label.cost",
    "label.free",
    "label.fund",
    "label.waiting-weeks",
    "label.evidence",
    "label.rejected",
    "label.without-help",
    "label.deadline",
    "label.barriers",
    "label.instruments",
    "label.you-decide",
    "label.last-day",
    "label.region",
    "label.desk",
    "label.responsible",
    "label.meanwhile",
    "label.expected-on",
    "orientation.widen",
    "may_work.missing-facts",
];

/// Faults that only show when the whole set is seen.
#[must_use]
pub fn faults(set: &GuidanceSet) -> Vec<DataFault> {
    let mut faults = set.scenarios.run(set);
    faults.extend(links(set));
    faults.extend(coverage(set));
    faults.extend(set.texts.faults(&needed_texts(set)));
    faults.extend(set.agreements.text_faults(&set.texts));
    faults
}

fn links(set: &GuidanceSet) -> Vec<DataFault> {
    let mut faults = Vec::new();
    for step in set.language.steps() {
        if let Some(id) = &step.instrument
            && set.register.get(id).is_none()
        {
            let reason = format!("step {:?}: there is no instrument {id:?}", step.id);
            faults.push(fault("language_plan.toml", reason));
        }
    }
    for row in set.labour_market.iter() {
        if let Some(region) = &row.region
            && set.regions.region(region).is_none()
        {
            let reason = format!("there is no region {region:?}");
            faults.push(fault("labour_market.toml", reason));
        }
    }
    for instrument in set.register.instruments() {
        let mut refuse = |reason: String| {
            faults.push(DataFault {
                file: instrument.place.0.clone(),
                line: instrument.place.1,
                reason: format!("instrument {:?}: {reason}", instrument.id),
            });
        };
        for code in &instrument.barriers {
            if set.taxonomy.get(code).is_none() {
                refuse(format!("there is no barrier {code}"));
            }
        }
        for place in &instrument.places {
            let day = instrument.provenance.checked_on;
            let known = set.regions.region(place).is_some()
                || set.regions.municipality(place, day).is_some();
            if !known {
                refuse(format!("there is no region or municipality {place:?}"));
            }
        }
        let is_fund = instrument.kind == InstrumentKind::Fund;
        if is_fund == instrument.pays_for.is_empty() {
            refuse("a fund names what it pays for, and nothing else does".to_owned());
        }
        if !is_fund && instrument.barriers.is_empty() {
            refuse("helps against no barrier".to_owned());
        }
    }
    for measure in set.measures.iter() {
        if set.taxonomy.get(&measure.barrier).is_none() {
            let reason = format!(
                "measure {:?}: there is no barrier {}",
                measure.id, measure.barrier
            );
            faults.push(fault("measures.toml", reason));
        }
    }
    faults
}

/// Barriers with too few instruments in force on the day they were last checked, and employer
/// barriers without a measure.
fn coverage(set: &GuidanceSet) -> Vec<DataFault> {
    let mut faults = Vec::new();
    for barrier in set.taxonomy.iter() {
        let helping = set.register.instruments().filter(|i| {
            let in_force = i.provenance.holds_on(i.provenance.checked_on);
            in_force
                && (i.helps(&barrier.code) || i.barriers.iter().any(|b| barrier.code.covers(b)))
        });
        let count = helping.count();
        let mut refuse = |reason: String| {
            faults.push(DataFault {
                file: "barriers.toml".to_owned(),
                line: barrier.line,
                reason,
            });
        };
        if count < INSTRUMENTS_PER_BARRIER {
            let code = &barrier.code;
            refuse(format!(
                "{code} has {count} instrument(s) in force; {INSTRUMENTS_PER_BARRIER} are needed"
            ));
        }
        let mut measures = set.measures.iter();
        if barrier.code.is_employers() && !measures.any(|m| m.barrier.covers(&barrier.code)) {
            refuse(format!("{} has no measure", barrier.code));
        }
    }
    faults
}

/// Keys of every text that answers can need.
#[must_use]
pub fn needed_texts(set: &GuidanceSet) -> Vec<String> {
    let mut keys: BTreeSet<String> = LABELS.iter().map(|key| (*key).to_owned()).collect();
    let mut asked: BTreeSet<Fact> = BTreeSet::new();
    for (topic, rule) in set.rules.iter() {
        keys.insert(format!("{}.{}", group(topic), rule.explanation));
        keys.insert(format!("outcome.{}", rule.outcome));
        keys.extend(rule.duties.iter().map(|duty| format!("duty.{}", duty.what)));
        asked.extend(rule.when.asks_about());
    }
    keys.insert("outcome.unknown".to_owned());
    asked.extend(set.taxonomy.asks_of_levers());
    let requirements = set.register.instruments().flat_map(|i| &i.requirements);
    asked.extend(requirements.flat_map(|r| r.when.asks_about()));
    keys.extend(asked.iter().map(|fact| format!("question.{fact}")));
    keys.extend(Party::ALL.iter().map(|p| format!("party.{}", p.code())));
    let dues = [
        Due::BeforeStart,
        Due::WorkingDaysBeforeStart,
        Due::AtChange,
        Due::Soon,
        Due::Throughout,
    ];
    keys.extend(dues.iter().map(|due| format!("due.{}", due.code())));
    keys.extend(set.clocks.iter().map(|clock| format!("clock.{}", clock.id)));
    keys.extend(State::ALL.iter().map(|s| format!("state.{}", s.code())));
    keys.extend(set.taxonomy.iter().map(|b| format!("barrier.{}", b.code)));
    keys.extend((1..=3).map(|severity| format!("severity.{severity}")));
    keys.extend(SaidBy::ALL.iter().map(|s| format!("said_by.{}", s.code())));
    keys.extend(register_texts(set));
    keys.extend(clock_texts(set));
    keys.extend(plan_texts(set));
    let works = provenances(set).map(|p| format!("work.{}", p.work()));
    keys.extend(works);
    keys.into_iter().collect()
}

/// Keys of texts about instruments, measures and diplomas.
fn register_texts(set: &GuidanceSet) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for instrument in set.register.instruments() {
        keys.insert(format!("instrument.{}", instrument.id));
        keys.insert(format!("goal.{}", instrument.id));
        let providers = instrument.provider.iter();
        keys.extend(providers.map(|code| format!("provider.{code}")));
        let reasons = instrument.requirements.iter();
        keys.extend(reasons.map(|r| format!("reason.{}", r.otherwise)));
    }
    keys.extend(Rejection::GENERAL.iter().map(|r| format!("reason.{r}")));
    let levels = EvidenceLevel::ALL.iter();
    keys.extend(levels.map(|level| format!("evidence.{}", level.code())));
    keys.extend(set.measures.iter().map(|m| format!("measure.{}", m.id)));
    for evidence in set.register.evidence() {
        let groups = ["study", "population", "measured", "finding"];
        keys.extend(groups.map(|group| format!("{group}.{}", evidence.id)));
        if evidence.needs_transfer {
            keys.insert(format!("transfer.{}", evidence.id));
        }
    }
    for profession in set.diplomas.professions() {
        keys.insert(format!("profession.{}", profession.id));
        keys.extend(
            profession
                .steps
                .iter()
                .map(|s| format!("recognition.{}", s.id)),
        );
        keys.extend(
            profession
                .meanwhile
                .iter()
                .map(|m| format!("meanwhile.{m}")),
        );
    }
    let valuation = [
        "diploma",
        "unfinished_study",
        "level_indication",
        "not_discussed",
        "advised",
        "collecting_documents",
        "submitted",
        "complete",
        "received",
        "rejected",
        "start-now",
        "blocked",
    ];
    keys.extend(valuation.iter().map(|key| format!("valuation.{key}")));
    keys
}

/// Every source of the set.
fn provenances(set: &GuidanceSet) -> impl Iterator<Item = &Provenance> {
    let rules = set.rules.iter().map(|(_, rule)| &rule.provenance);
    let clocks = set.clocks.iter().map(|clock| &clock.provenance);
    let barriers = set.taxonomy.iter().map(|barrier| &barrier.provenance);
    let instruments = set.register.instruments().map(|i| &i.provenance);
    let professions = set.diplomas.professions().map(|p| &p.provenance);
    let measures = set.measures.iter().map(|measure| &measure.provenance);
    rules
        .chain(clocks)
        .chain(barriers)
        .chain(instruments)
        .chain(professions)
        .chain(measures)
        .chain(set.diplomas.valuation_sources())
        .chain(set.durations.iter().map(|duration| &duration.provenance))
        .chain(set.labour_market.iter().map(|row| &row.provenance))
        .chain(set.costs.provenances())
        .chain(set.language.steps().map(|step| &step.provenance))
        .chain(set.agreements.provenance())
        .chain(&set.calendar_source)
}

/// Keys of texts about what a clock still needs.
fn clock_texts(set: &GuidanceSet) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for clock in set.clocks.iter() {
        match &clock.running {
            Running::WithinIntegrationTerm { needs, .. } => {
                keys.extend(needs.iter().flat_map(|need| {
                    match need {
                        Need::Event(event) => vec![format!("open.{}", event.code())],
                        Need::Hours { of, .. } => vec![format!("hours.{}", of.code())],
                        Need::Themes(themes) => themes
                            .iter()
                            .map(|theme| format!("theme.{theme}"))
                            .collect(),
                    }
                }));
            }
            Running::PipAfter { .. } => {
                let reasons = PipReason::ALL.iter();
                keys.extend(reasons.map(|reason| format!("pip.{}", reason.code())));
            }
            Running::Term { done, .. } => {
                keys.extend(done.map(|event| format!("open.{}", event.code())));
            }
            Running::Threshold { of, .. } => {
                keys.insert(format!("hours.{}", of.code()));
            }
        }
    }
    keys
}

/// Keys of texts about plans, agreements, costs and the week.
fn plan_texts(set: &GuidanceSet) -> BTreeSet<String> {
    let mut keys: BTreeSet<String> = set.agreements.text_keys().collect();
    keys.extend(set.language.steps().map(|step| format!("plan.{}", step.id)));
    keys.extend(set.language.sectors().map(|s| format!("sector.{s}")));
    keys.extend(
        Fact::PlacementKind
            .choices()
            .map(|c| format!("placement_kind.{c}")),
    );
    keys.extend(
        Modality::ALL
            .iter()
            .map(|m| format!("modality.{}", m.code())),
    );
    keys.extend(Weekday::ALL.iter().map(|d| format!("weekday.{}", d.code())));
    keys.extend(
        Consequence::ALL
            .iter()
            .map(|c| format!("clash.{}", c.code())),
    );
    keys.extend(Colour::ALL.iter().map(|c| format!("colour.{}", c.code())));
    keys.extend(set.costs.line_ids().map(|id| format!("cost.{id}")));
    let reasons = DecisionReason::ALL.iter();
    keys.extend(reasons.map(|reason| format!("decision_reason.{}", reason.code())));
    keys.extend(["accept", "change", "reject"].map(|verdict| format!("decision.{verdict}")));
    keys.extend(Pace::ALL.iter().map(|pace| format!("pace.{}", pace.code())));
    let signers = ["employer", "newcomer", "municipality"];
    keys.extend(signers.map(|party| format!("signs.{party}")));
    keys
}

/// Group of the explanations of a topic.
#[must_use]
pub fn group(topic: Topic) -> &'static str {
    match topic {
        Topic::MayWork => "may_work",
        Topic::Placement => "placement",
        Topic::ResponsibleParty => "responsible",
        Topic::RegionalDesk => "desk",
        Topic::Sanction => "sanction",
        Topic::Income => "income",
    }
}

/// What a set holds, for the report of a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Inventory {
    /// Rules in all topics.
    pub rules: usize,
    /// Of these, not read in their source.
    pub rules_unverified: usize,
    /// Scenarios for the question whether one may work.
    pub may_work_scenarios: usize,
    /// Scenarios for other rules.
    pub other_scenarios: usize,
    /// Clocks.
    pub clocks: usize,
    /// Scenarios for the clocks.
    pub clock_scenarios: usize,
    /// Barriers and parts of barriers.
    pub barriers: usize,
    /// Words of trades.
    pub trade_words: usize,
    /// Instruments without the funds.
    pub instruments: usize,
    /// Funds.
    pub funds: usize,
    /// Evidence records.
    pub evidence: usize,
    /// Instruments of which no evidence is known.
    pub without_evidence: usize,
    /// Texts needed in every language.
    pub texts: usize,
    /// Languages.
    pub languages: usize,
    /// Municipalities.
    pub municipalities: usize,
    /// Professions with a diploma route.
    pub professions: usize,
}

/// Counts what a set holds.
#[must_use]
pub fn inventory(set: &GuidanceSet) -> Inventory {
    let per_topic = set.scenarios.per_topic();
    let may_work = per_topic.get(&Topic::MayWork).copied().unwrap_or(0);
    let funds = set
        .register
        .instruments()
        .filter(|i| i.kind == InstrumentKind::Fund);
    let funds = funds.count();
    let instruments = || set.register.instruments();
    Inventory {
        rules: set.rules.iter().count(),
        rules_unverified: set
            .rules
            .iter()
            .filter(|(_, r)| !r.provenance.verified)
            .count(),
        may_work_scenarios: may_work,
        other_scenarios: per_topic.values().sum::<usize>() - may_work,
        clocks: set.clocks.iter().count(),
        clock_scenarios: set.scenarios.for_clocks(),
        barriers: set.taxonomy.iter().count(),
        trade_words: set.language.word_count(),
        instruments: instruments().count() - funds,
        funds,
        evidence: set.register.evidence().count(),
        without_evidence: instruments().filter(|i| i.evidence.is_empty()).count(),
        texts: needed_texts(set).len(),
        languages: set.texts.counts().count(),
        municipalities: set.regions.count(),
        professions: set.diplomas.professions().count(),
    }
}
