//! Scenario tests that stand beside the rules and clocks they test, each with its source.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use crate::bundle::{DataFault, Reading};
use crate::clock::{Case, State};
use crate::day::Day;
use crate::facts::{Fact, Facts, Written};
use crate::provenance::is_web_address;
use crate::rule::{Outcome, Topic};
use crate::set::GuidanceSet;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleScenarioFile {
    topic: Topic,
    scenario: Vec<Spanned<RuleScenario>>,
}

/// A case for the rules of a topic and what they must say.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleScenario {
    /// What it shows.
    pub name: String,
    /// Where the expected answer is written.
    pub source: String,
    /// Date asked for.
    pub date: Day,
    /// Facts.
    pub facts: BTreeMap<String, Written>,
    /// Expected outcome.
    pub expect: Outcome,
    /// Rule that must decide.
    pub rule: Option<String>,
    /// Facts that must be named as missing, exactly.
    #[serde(default)]
    pub missing: BTreeSet<String>,
    /// Announced rules that must be named, exactly, when given.
    pub announced: Option<BTreeSet<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockScenarioFile {
    scenario: Vec<Spanned<ClockScenario>>,
}

/// A case for the clocks and what they must show.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockScenario {
    /// What it shows.
    pub name: String,
    /// Where the expected answer is written.
    pub source: String,
    /// Date asked for.
    pub date: Day,
    /// The case.
    pub case: Case,
    /// What the clocks must show.
    pub expect: BTreeMap<String, ExpectedClock>,
}

/// What a clock must show.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedClock {
    /// Its state.
    pub state: State,
    /// Its deadline, when the scenario is about it.
    pub deadline: Option<Day>,
    /// Its first day, when the scenario is about it.
    pub first_day: Option<Day>,
    /// Whether it may be closed, when the scenario is about it.
    pub may_close: Option<bool>,
}

/// Place of a scenario in its file.
type At = (String, usize);

/// Scenarios of a set.
#[derive(Clone, Debug, Default)]
pub struct Scenarios {
    rules: Vec<(At, Topic, RuleScenario)>,
    clocks: Vec<(At, ClockScenario)>,
}

impl Scenarios {
    /// Adds the scenarios of a file beside the rules.
    pub fn read_rules(&mut self, reading: Reading<'_>, faults: &mut Vec<DataFault>) {
        match reading.toml::<RuleScenarioFile>() {
            Err(fault) => faults.push(fault),
            Ok(file) => {
                for scenario in file.scenario {
                    let at = place(reading, scenario.span().start);
                    let scenario = scenario.into_inner();
                    self.rules.push((at, file.topic, scenario));
                }
            }
        }
    }

    /// Adds the scenarios of a file beside the clocks.
    pub fn read_clocks(&mut self, reading: Reading<'_>, faults: &mut Vec<DataFault>) {
        match reading.toml::<ClockScenarioFile>() {
            Err(fault) => faults.push(fault),
            Ok(file) => {
                for scenario in file.scenario {
                    let at = place(reading, scenario.span().start);
                    self.clocks.push((at, scenario.into_inner()));
                }
            }
        }
    }

    /// Number of scenarios per topic.
    #[must_use]
    pub fn per_topic(&self) -> BTreeMap<Topic, usize> {
        let mut counts = BTreeMap::new();
        for (_, topic, _) in &self.rules {
            *counts.entry(*topic).or_insert(0) += 1;
        }
        counts
    }

    /// Number of scenarios for the clocks.
    #[must_use]
    pub fn for_clocks(&self) -> usize {
        self.clocks.len()
    }

    /// Runs every scenario; a fault per one that fails, and per rule or clock that none shows.
    #[must_use]
    pub fn run(&self, set: &GuidanceSet) -> Vec<DataFault> {
        let mut faults = Vec::new();
        let mut shown: BTreeSet<String> = BTreeSet::new();
        for (at, topic, scenario) in &self.rules {
            for reason in scenario.run(set, *topic, &mut shown) {
                faults.push(failed(at, &scenario.name, &reason));
            }
        }
        for (at, scenario) in &self.clocks {
            for reason in scenario.run(set, &mut shown) {
                faults.push(failed(at, &scenario.name, &reason));
            }
        }
        for (_, rule) in set.rules.iter() {
            if !shown.contains(&rule.id) {
                faults.push(DataFault {
                    file: rule.place.0.clone(),
                    line: rule.place.1,
                    reason: format!("no scenario shows the rule {:?}", rule.id),
                });
            }
        }
        for clock in set.clocks.iter() {
            if !shown.contains(&clock.id) {
                let reason = format!("no scenario shows the clock {:?}", clock.id);
                faults.push(crate::bundle::fault("clocks/clocks.toml", reason));
            }
        }
        faults
    }
}

impl RuleScenario {
    fn run(&self, set: &GuidanceSet, topic: Topic, shown: &mut BTreeSet<String>) -> Vec<String> {
        let mut faults = Vec::new();
        if !is_web_address(&self.source) {
            faults.push(format!("source {:?} is no web address", self.source));
        }
        let facts = match Facts::from_written(&self.facts) {
            Ok(facts) => facts,
            Err(fault) => return vec![fault.to_string()],
        };
        let decision = set.rules.decide(topic, &facts, self.date);
        let decided = decision.rule.map(|rule| rule.id.clone());
        if decision.outcome != self.expect {
            let by = decided.as_deref().unwrap_or("no rule");
            let (expected, found) = (self.expect, decision.outcome);
            faults.push(format!("expected {expected}, found {found} by {by}"));
        }
        if self.rule.is_some() && self.rule != decided {
            let (expected, found) = (&self.rule, &decided);
            faults.push(format!("expected the rule {expected:?}, found {found:?}"));
        }
        let missing: BTreeSet<String> = decision
            .missing
            .iter()
            .map(|fact: &Fact| fact.name().to_owned())
            .collect();
        if missing != self.missing {
            let expected = &self.missing;
            faults.push(format!("expected missing {expected:?}, found {missing:?}"));
        }
        let announced: BTreeSet<String> = decision
            .announced
            .iter()
            .map(|rule| rule.id.clone())
            .collect();
        if let Some(expected) = &self.announced
            && *expected != announced
        {
            faults.push(format!(
                "expected announced {expected:?}, found {announced:?}"
            ));
        }
        shown.extend(decided);
        shown.extend(announced);
        faults
    }
}

impl ClockScenario {
    fn run(&self, set: &GuidanceSet, shown: &mut BTreeSet<String>) -> Vec<String> {
        let mut faults = Vec::new();
        if !is_web_address(&self.source) {
            faults.push(format!("source {:?} is no web address", self.source));
        }
        let results = match set.clocks.run(&self.case, self.date, &set.calendar) {
            Ok(results) => results,
            Err(fault) => return vec![fault.to_string()],
        };
        for (id, expected) in &self.expect {
            let Some(result) = results.iter().find(|result| result.clock == id) else {
                faults.push(format!("there is no clock {id:?} on {}", self.date));
                continue;
            };
            shown.insert(id.clone());
            let mut differ = |what: &str, expected: String, found: String| {
                faults.push(format!("{id}: expected {what} {expected}, found {found}"));
            };
            if result.state != expected.state {
                let (a, b) = (expected.state.code(), result.state.code());
                differ("state", a.to_owned(), b.to_owned());
            }
            if expected.deadline.is_some() && expected.deadline != result.deadline {
                let (a, b) = (expected.deadline, result.deadline);
                differ("deadline", format!("{a:?}"), format!("{b:?}"));
            }
            if expected.first_day.is_some() && expected.first_day != result.first_day {
                let (a, b) = (expected.first_day, result.first_day);
                differ("first_day", format!("{a:?}"), format!("{b:?}"));
            }
            if expected.may_close.is_some() && expected.may_close != result.may_close {
                let (a, b) = (expected.may_close, result.may_close);
                differ("may_close", format!("{a:?}"), format!("{b:?}"));
            }
        }
        faults
    }
}

fn place(reading: Reading<'_>, start: usize) -> At {
    (reading.file.to_owned(), reading.fault(start, "").line)
}

fn failed(at: &At, name: &str, reason: &str) -> DataFault {
    DataFault {
        file: at.0.clone(),
        line: at.1,
        reason: format!("scenario {name:?}: {reason}"),
    }
}
