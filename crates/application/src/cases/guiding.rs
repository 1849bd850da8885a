//! What rules, clocks, barriers and instruments say of a case on a day.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::case::{BarrierSource, CaseContent, Code, PlanBecause};
use domain::day::Day;
use domain::placement::PlaceKind;
use guidance::GuidanceSet;
use guidance::adviser::{Advice, Question, advise};
use guidance::barrier::{Diagnosis, Opening, SaidBy};
use guidance::clock::{self, ClockResult, Event, Hours};
use guidance::facts::{Fact, Facts, Written};
use guidance::instrument::Place;
use guidance::rule::{Decision, Outcome, Topic};
use serde::de::value::{Error as ValueError, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};

use crate::{ApplicationError, InvalidInput};

/// Why a rule forbids something, so that whoever asked can check it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Code of the rule; none when facts are missing.
    pub rule: Option<String>,
    /// Topic whose rules were asked; none for a demand of an instrument, whose `rule` is then
    /// `instrument:reason`.
    pub topic: Option<Topic>,
    /// Key of the plain explanation below the topic's texts, or of the reason below `reason`.
    pub explanation: Option<String>,
    /// Article or publication.
    pub article: Option<String>,
    /// Link to it.
    pub source: Option<String>,
    /// Whether people must be told "controleer bij de bron".
    pub needs_check: bool,
    /// Names of facts that must be known first.
    pub missing: Vec<&'static str>,
}

/// A case before the rules, clocks and instruments in force, on a day.
#[derive(Clone, Debug)]
pub struct CaseGuidance {
    set: Arc<GuidanceSet>,
    facts: Facts,
    said: Vec<Diagnosis>,
    clocks: clock::Case,
    municipality: Option<String>,
    date: Day,
}

impl CaseGuidance {
    /// Puts a case before a set.
    pub(super) fn of(set: Arc<GuidanceSet>, content: &CaseContent, date: Day) -> CaseGuidance {
        CaseGuidance {
            facts: facts(content),
            said: said(content),
            clocks: clock_case(content),
            municipality: content.bar().municipality.clone().map(String::from),
            set,
            date,
        }
    }

    /// The set in force, for words and sources.
    #[must_use]
    pub fn set(&self) -> &GuidanceSet {
        &self.set
    }

    /// What is known of the case.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The day.
    #[must_use]
    pub fn date(&self) -> Day {
        self.date
    }

    /// The clocks of the case.
    ///
    /// # Errors
    /// Fails when the dates of the case contradict each other.
    pub fn clocks(&self) -> Result<Vec<ClockResult<'_>>, ApplicationError> {
        let set = &self.set;
        set.clocks
            .run(&self.clocks, self.date, &set.calendar)
            .map_err(|_| InvalidInput::UnknownToGuidance.into())
    }

    /// Barriers that stand in the way, most severe first: what was said, and what follows from
    /// facts.
    #[must_use]
    pub fn barriers(&self) -> Vec<Diagnosis> {
        let taxonomy = &self.set.taxonomy;
        taxonomy.diagnose(&self.facts, &self.said, self.date)
    }

    /// What helps, best first; `openings` says what the removal of barriers would open, as the
    /// matching engine tells it, and may be empty.
    #[must_use]
    pub fn advice(&self, openings: &[Opening]) -> Advice<'_> {
        let barriers = self.barriers();
        advise(&self.set.register, self.question(&barriers, openings))
    }

    /// What the rules of a topic say, with these facts beside those of the case.
    #[must_use]
    pub fn decide(&self, topic: Topic, facts: &Facts) -> Decision<'_> {
        let mut all = self.facts.clone();
        for (fact, value) in facts.iter() {
            all.put(fact, value);
        }
        self.set.rules.decide(topic, &all, self.date)
    }

    /// The question that the adviser is asked.
    pub(super) fn question<'a>(
        &'a self,
        barriers: &'a [Diagnosis],
        openings: &'a [Opening],
    ) -> Question<'a> {
        let municipality = self.municipality.as_deref();
        let region = municipality
            .and_then(|code| self.set.regions.municipality(code, self.date))
            .map(|found| found.region.as_str());
        Question {
            facts: &self.facts,
            barriers,
            openings,
            date: self.date,
            place: Place {
                municipality,
                region,
            },
        }
    }
}

/// The refusal that follows from a decision, unless it allows.
pub(super) fn refusal(topic: Topic, decision: &Decision<'_>) -> Option<Refusal> {
    let forbids = matches!(
        decision.outcome,
        Outcome::Refused | Outcome::NotAllowed | Outcome::Unknown
    );
    forbids.then(|| Refusal {
        rule: decision.rule.map(|rule| rule.id.clone()),
        topic: Some(topic),
        explanation: decision.rule.map(|rule| rule.explanation.clone()),
        article: decision.rule.map(|rule| rule.provenance.article.clone()),
        source: decision.rule.map(|rule| rule.provenance.source.clone()),
        needs_check: decision.needs_check(),
        missing: decision.missing.iter().map(|fact| fact.name()).collect(),
    })
}

/// The refusal of an instrument that does not apply, with the reason code of the demand.
pub(super) fn instrument_refusal(guidance: &CaseGuidance, id: &str, code: &str) -> Refusal {
    let provenance = guidance
        .set()
        .register
        .get(id)
        .map(|found| &found.provenance);
    Refusal {
        rule: Some(format!("{id}:{code}")),
        topic: None,
        explanation: Some(code.to_owned()),
        article: provenance.map(|p| p.article.clone()),
        source: provenance.map(|p| p.source.clone()),
        needs_check: provenance.is_none_or(|p| !p.verified),
        missing: Vec::new(),
    }
}

/// A fact with its value, if guidance knows both.
pub(super) fn read_fact(facts: Facts, (name, value): (&str, &str)) -> Result<Facts, InvalidInput> {
    let fact = Fact::named(name).map_err(|_| InvalidInput::UnknownToGuidance)?;
    facts
        .with(fact, value)
        .map_err(|_| InvalidInput::UnknownToGuidance)
}

/// A word of a closed list of guidance.
pub(super) fn read_word<T: DeserializeOwned>(code: &str) -> Result<T, InvalidInput> {
    let word: StrDeserializer<'_, ValueError> = code.into_deserializer();
    T::deserialize(word).map_err(|_| InvalidInput::UnknownToGuidance)
}

/// The word that rules use for a kind of place.
pub(super) fn placement_kind(kind: PlaceKind) -> &'static str {
    match kind {
        // A programme for starters is an ordinary job with an ordinary contract.
        PlaceKind::Regular | PlaceKind::Traineeship => "regular",
        PlaceKind::WorkAndLearn => "apprenticeship",
        PlaceKind::TrialPlacement => "trial",
        PlaceKind::WorkExperience => "work_experience",
        PlaceKind::StarterJob => "start_job",
        PlaceKind::Volunteer => "volunteer",
    }
}

/// Facts of a case; one that this set does not know (any more) is left out, because what was
/// written down must stay readable when the set changes.
fn facts(content: &CaseContent) -> Facts {
    let mut facts = Facts::none();
    for fact in content.facts() {
        if let Ok(more) = read_fact(facts.clone(), fact) {
            facts = more;
        }
    }
    let route = content.plan_in_force().and_then(|plan| plan.content.route);
    if let Some(route) = route
        && let Ok(more) = read_fact(facts.clone(), ("learning_route", route.code()))
    {
        facts = more;
    }
    facts
}

fn said(content: &CaseContent) -> Vec<Diagnosis> {
    content
        .barriers()
        .iter()
        // What followed from facts follows from them anew, or does not any more.
        .filter(|found| found.source != BarrierSource::Derived)
        .filter_map(|found| {
            Some(Diagnosis {
                code: found.code.as_str().parse().ok()?,
                severity: found.severity.try_into().ok()?,
                said_by: match found.source {
                    BarrierSource::Derived => SaidBy::Derived,
                    BarrierSource::Person => SaidBy::Person,
                    BarrierSource::Klantmanager => SaidBy::Klantmanager,
                },
                since: Some(found.since),
                resolved: found.resolved,
            })
        })
        .collect()
}

fn clock_case(content: &CaseContent) -> clock::Case {
    let facts = facts(content);
    let plans = content.plans().iter();
    clock::Case {
        reference: String::new(),
        facts: facts
            .iter()
            .map(|(fact, value)| (fact.name().to_owned(), Written::Text(value.to_string())))
            .collect(),
        pip_start: None,
        events: known(content.events(), |day| *day),
        pip: plans
            .filter_map(|plan| {
                Some(clock::PipVersion {
                    signed: plan.fixed_on?,
                    reason: match plan.because {
                        PlanBecause::First => clock::PipReason::First,
                        PlanBecause::RouteChange => clock::PipReason::RouteChange,
                        PlanBecause::Downscale => clock::PipReason::Downscale,
                        PlanBecause::Move => clock::PipReason::Move,
                        PlanBecause::Other => clock::PipReason::Other,
                    },
                })
            })
            .collect(),
        extension: content
            .extensions()
            .iter()
            .map(|extension| clock::Extension {
                ground: extension.ground.as_str().to_owned(),
                from: extension.from,
                to: extension.to,
                days: extension.days,
            })
            .collect(),
        hours: known::<Hours, _, _>(content.minutes(), |minutes| f64::from(*minutes) / 60.0),
        map: clock::Map {
            themes: content
                .themes()
                .iter()
                .map(|theme| theme.as_str().to_owned())
                .collect(),
        },
    }
}

fn known<K: DeserializeOwned + Ord, V, W>(
    written: &BTreeMap<Code, V>,
    value: impl Fn(&V) -> W,
) -> BTreeMap<K, W> {
    written
        .iter()
        .filter_map(|(code, written)| Some((read_word(code.as_str()).ok()?, value(written))))
        .collect()
}

/// Whether an event may lie in the future: only the last day of a document is known beforehand.
pub(super) fn may_lie_ahead(event: Event) -> bool {
    event == Event::ResidenceExpires
}
