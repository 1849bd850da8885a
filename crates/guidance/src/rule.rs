//! Dated rules: reading them from files and asking them of a case on a date.
//!
//! Rules of a topic are asked in their order number.
//! The first that holds decides, unless a rule before it that would decide otherwise could not be
//! answered: then the outcome is unknown and the missing facts are named.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::bundle::{DataFault, Reading};
use crate::condition::{Condition, Parameters, RawCondition, Verdict};
use crate::day::Day;
use crate::facts::{Fact, Facts};
use crate::provenance::{Provenance, Standing};

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Whether and how a person may work.
    MayWork,
    /// Whether a kind of placement may be used.
    Placement,
    /// Which body guides the person.
    ResponsibleParty,
    /// Which regional desk exists.
    RegionalDesk,
    /// Whether a fine can follow from a missed integration term.
    Sanction,
    /// What income from work does to benefit or reception.
    Income,
}

/// What a rule says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// May work without anything further.
    Free,
    /// May work; the employer notifies UWV first.
    DutyToNotify,
    /// May work once the employer has a work permit.
    PermitNeeded,
    /// May volunteer; the organisation needs a volunteer statement.
    VolunteerStatement,
    /// May not work in this way.
    NotAllowed,
    /// The placement may be used.
    Allowed,
    /// The placement may not be used.
    Refused,
    /// The municipality guides.
    Municipality,
    /// UWV guides.
    Uwv,
    /// UWV guides and shares its view with the municipality.
    UwvShared,
    /// COA guides together with the municipality that will house the person.
    CoaAndMunicipality,
    /// Regional mobility team.
    RegionalMobilityTeam,
    /// Werkcentrum.
    Werkcentrum,
    /// No shared regional desk; UWV and municipality each serve their own.
    NoDesk,
    /// No fine can be given.
    NoFine,
    /// A fine can be given.
    FinePossible,
    /// Nothing is taken off; allowances can change.
    IncomeKept,
    /// A part of the income is taken off the benefit.
    PartlyCounted,
    /// A contribution to the reception is asked.
    ContributionAsked,
    /// The living allowance ends or becomes less.
    AllowanceEnds,
    /// Cannot be said.
    Unknown,
}

impl Topic {
    /// Every topic.
    pub const ALL: [Topic; 6] = [
        Topic::MayWork,
        Topic::Placement,
        Topic::ResponsibleParty,
        Topic::RegionalDesk,
        Topic::Sanction,
        Topic::Income,
    ];

    /// Whether rules of the topic may say this.
    #[must_use]
    pub fn allows(self, outcome: Outcome) -> bool {
        use Outcome as O;
        match self {
            Topic::MayWork => matches!(
                outcome,
                O::Free
                    | O::DutyToNotify
                    | O::PermitNeeded
                    | O::VolunteerStatement
                    | O::NotAllowed
                    | O::Unknown
            ),
            Topic::Placement => matches!(outcome, O::Allowed | O::Refused | O::Unknown),
            Topic::ResponsibleParty => matches!(
                outcome,
                O::Municipality | O::Uwv | O::UwvShared | O::CoaAndMunicipality | O::Unknown
            ),
            Topic::RegionalDesk => matches!(
                outcome,
                O::RegionalMobilityTeam | O::Werkcentrum | O::NoDesk | O::Unknown
            ),
            Topic::Sanction => matches!(outcome, O::NoFine | O::FinePossible | O::Unknown),
            Topic::Income => matches!(
                outcome,
                O::IncomeKept
                    | O::PartlyCounted
                    | O::ContributionAsked
                    | O::AllowanceEnds
                    | O::Unknown
            ),
        }
    }
}

impl Outcome {
    /// Code in files and messages, such as `duty_to_notify`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Outcome::Free => "free",
            Outcome::DutyToNotify => "duty_to_notify",
            Outcome::PermitNeeded => "permit_needed",
            Outcome::VolunteerStatement => "volunteer_statement",
            Outcome::NotAllowed => "not_allowed",
            Outcome::Allowed => "allowed",
            Outcome::Refused => "refused",
            Outcome::Municipality => "municipality",
            Outcome::Uwv => "uwv",
            Outcome::UwvShared => "uwv_shared",
            Outcome::CoaAndMunicipality => "coa_and_municipality",
            Outcome::RegionalMobilityTeam => "regional_mobility_team",
            Outcome::Werkcentrum => "werkcentrum",
            Outcome::NoDesk => "no_desk",
            Outcome::NoFine => "no_fine",
            Outcome::FinePossible => "fine_possible",
            Outcome::IncomeKept => "income_kept",
            Outcome::PartlyCounted => "partly_counted",
            Outcome::ContributionAsked => "contribution_asked",
            Outcome::AllowanceEnds => "allowance_ends",
            Outcome::Unknown => "unknown",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

/// Who must do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The newcomer.
    Newcomer,
    /// The employer or host organisation.
    Employer,
    /// The municipality.
    Municipality,
    /// The national government or its services.
    State,
}

impl Party {
    /// Every party.
    pub const ALL: [Party; 4] = [
        Party::Newcomer,
        Party::Employer,
        Party::Municipality,
        Party::State,
    ];

    /// Code in files and messages.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Party::Newcomer => "newcomer",
            Party::Employer => "employer",
            Party::Municipality => "municipality",
            Party::State => "state",
        }
    }
}

/// By when a duty is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// Before the first working day.
    BeforeStart,
    /// At the latest the parameter `notice_working_days` working days before the start.
    WorkingDaysBeforeStart,
    /// At every change.
    AtChange,
    /// As soon as possible.
    Soon,
    /// As long as the work lasts.
    Throughout,
}

impl Due {
    /// Code in files and messages.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Due::BeforeStart => "before_start",
            Due::WorkingDaysBeforeStart => "working_days_before_start",
            Due::AtChange => "at_change",
            Due::Soon => "soon",
            Due::Throughout => "throughout",
        }
    }
}

/// Who must do what by when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// Who.
    pub who: Party,
    /// What, as a key of the texts below `duty`.
    pub what: String,
    /// By when.
    pub by: Due,
}

/// A rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Stable code.
    pub id: String,
    /// Place among the rules of its topic; lower is asked first.
    pub order: i64,
    /// What it says.
    pub outcome: Outcome,
    /// Key of the plain explanation below the topic's texts.
    pub explanation: String,
    /// When it says so.
    pub when: Condition,
    /// Who must do what.
    pub duties: Vec<Duty>,
    /// Numbers of the rule.
    pub parameters: Parameters,
    /// Source, period and check.
    pub provenance: Provenance,
    /// File and line where it stands.
    pub place: (String, usize),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    topic: Topic,
    rule: Vec<Spanned<RawRule>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    id: String,
    order: i64,
    outcome: Outcome,
    explanation: String,
    when: Option<RawCondition>,
    #[serde(default)]
    duties: Vec<Duty>,
    #[serde(default)]
    parameters: Parameters,
    provenance: Provenance,
}

/// Rules of every topic, in their order.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    by_topic: BTreeMap<Topic, Vec<Rule>>,
}

impl Rules {
    /// Adds the rules of a file; faults are collected and the faulty rule left out.
    pub fn read(&mut self, reading: Reading<'_>, faults: &mut Vec<DataFault>) {
        let file: RuleFile = match reading.toml() {
            Ok(file) => file,
            Err(fault) => return faults.push(fault),
        };
        for raw in file.rule {
            let start = raw.span().start;
            match read_rule(raw.into_inner(), file.topic) {
                Ok(mut rule) => {
                    let line = reading.fault(start, "").line;
                    rule.place = (reading.file.to_owned(), line);
                    self.by_topic.entry(file.topic).or_default().push(rule);
                }
                Err(reason) => faults.push(reading.fault(start, reason)),
            }
        }
    }

    /// Sorts the rules and checks that ids and order numbers are used once.
    pub fn finish(&mut self, faults: &mut Vec<DataFault>) {
        let mut ids = BTreeSet::new();
        for rules in self.by_topic.values_mut() {
            rules.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
            let mut before: Option<i64> = None;
            for rule in rules.iter() {
                let mut refuse = |reason: String| {
                    faults.push(DataFault {
                        file: rule.place.0.clone(),
                        line: rule.place.1,
                        reason,
                    });
                };
                if !ids.insert(rule.id.clone()) {
                    refuse(format!("rule {:?} stands twice", rule.id));
                }
                if before == Some(rule.order) {
                    refuse(format!("order {} is used twice in the topic", rule.order));
                }
                before = Some(rule.order);
            }
        }
    }

    /// Rules of a topic in the order in which they are asked.
    #[must_use]
    pub fn of(&self, topic: Topic) -> &[Rule] {
        self.by_topic.get(&topic).map_or(&[], Vec::as_slice)
    }

    /// All rules with their topic.
    pub fn iter(&self) -> impl Iterator<Item = (Topic, &Rule)> {
        self.by_topic
            .iter()
            .flat_map(|(topic, rules)| rules.iter().map(|rule| (*topic, rule)))
    }

    /// Asks the rules of a topic for a case on a date.
    #[must_use]
    pub fn decide(&self, topic: Topic, facts: &Facts, date: Day) -> Decision<'_> {
        let mut decision = Decision::open(date);
        let mut doubts: Vec<(&Rule, BTreeSet<Fact>)> = Vec::new();
        for rule in self.of(topic) {
            let step = look_at(rule, facts, date);
            decision.trace.push(TraceStep {
                rule: &rule.id,
                article: &rule.provenance.article,
                step: step.name(),
            });
            match step {
                Look::Announced(true) => decision.announced.push(rule),
                Look::Unknown(missing) => doubts.push((rule, missing)),
                Look::Holds => {
                    decision.settle(rule, &doubts);
                    return decision;
                }
                _ => {}
            }
        }
        decision.missing = doubts.into_iter().flat_map(|doubt| doubt.1).collect();
        decision
    }
}

/// What was found when a rule was looked at.
enum Look {
    OutsidePeriod,
    Repealed,
    /// Announced; whether it would hold.
    Announced(bool),
    DoesNotHold,
    Unknown(BTreeSet<Fact>),
    Holds,
}

impl Look {
    fn name(&self) -> &'static str {
        match self {
            Look::OutsidePeriod => "outside_period",
            Look::Repealed => "repealed",
            Look::Announced(_) => "announced",
            Look::DoesNotHold => "does_not_hold",
            Look::Unknown(_) => "facts_missing",
            Look::Holds => "decides",
        }
    }
}

fn look_at(rule: &Rule, facts: &Facts, date: Day) -> Look {
    if !rule.provenance.covers(date) {
        return Look::OutsidePeriod;
    }
    let verdict = rule.when.ask(facts, date);
    match (rule.provenance.status, verdict) {
        (Standing::Repealed, _) => Look::Repealed,
        (Standing::Announced, verdict) => Look::Announced(verdict != Verdict::NotMet),
        (Standing::InForce, Verdict::Met) => Look::Holds,
        (Standing::InForce, Verdict::NotMet) => Look::DoesNotHold,
        (Standing::InForce, Verdict::Unknown(missing)) => Look::Unknown(missing),
    }
}

/// One rule that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TraceStep<'a> {
    /// The rule.
    pub rule: &'a str,
    /// Its article.
    pub article: &'a str,
    /// What was found: `outside_period`, `repealed`, `announced`, `does_not_hold`,
    /// `facts_missing` or `decides`.
    pub step: &'static str,
}

/// What the rules of a topic say of a case on a date.
#[derive(Clone, Debug)]
pub struct Decision<'a> {
    /// The date asked for.
    pub date: Day,
    /// The outcome.
    pub outcome: Outcome,
    /// The rule that decided; none when facts are missing or no rule covers the case.
    pub rule: Option<&'a Rule>,
    /// Facts that would be needed.
    pub missing: BTreeSet<Fact>,
    /// Announced rules that would or could change the answer.
    pub announced: Vec<&'a Rule>,
    /// Every rule that was looked at, in order.
    pub trace: Vec<TraceStep<'a>>,
}

impl<'a> Decision<'a> {
    fn open(date: Day) -> Decision<'a> {
        Decision {
            date,
            outcome: Outcome::Unknown,
            rule: None,
            missing: BTreeSet::new(),
            announced: Vec::new(),
            trace: Vec::new(),
        }
    }

    fn settle(&mut self, rule: &'a Rule, doubts: &[(&'a Rule, BTreeSet<Fact>)]) {
        let missing: BTreeSet<Fact> = doubts
            .iter()
            .filter(|(doubt, _)| doubt.outcome != rule.outcome)
            .flat_map(|(_, missing)| missing.iter().copied())
            .collect();
        if missing.is_empty() {
            self.outcome = rule.outcome;
            self.rule = Some(rule);
        } else {
            self.missing = missing;
            if let Some(last) = self.trace.last_mut() {
                last.step = "would_decide";
            }
        }
    }

    /// Whether people must be told "controleer bij de bron".
    #[must_use]
    pub fn needs_check(&self) -> bool {
        self.rule.is_none_or(|rule| !rule.provenance.verified)
    }
}

fn read_rule(raw: RawRule, topic: Topic) -> Result<Rule, String> {
    let named = |reason: &dyn fmt::Display| format!("rule {:?}: {reason}", raw.id);
    raw.provenance.check().map_err(|fault| named(&fault))?;
    if !topic.allows(raw.outcome) {
        return Err(named(&format_args!(
            "outcome {} does not belong to this topic",
            raw.outcome
        )));
    }
    if raw.id.is_empty() || raw.explanation.is_empty() {
        return Err(named(&"id or explanation is empty"));
    }
    let needs_notice = raw
        .duties
        .iter()
        .any(|d| d.by == Due::WorkingDaysBeforeStart);
    if needs_notice && !raw.parameters.contains_key("notice_working_days") {
        return Err(named(&"a duty needs the parameter notice_working_days"));
    }
    let when = match &raw.when {
        None => Condition::Always,
        Some(when) => when.read(&raw.parameters).map_err(|fault| named(&fault))?,
    };
    Ok(Rule {
        id: raw.id,
        order: raw.order,
        outcome: raw.outcome,
        explanation: raw.explanation,
        when,
        duties: raw.duties,
        parameters: raw.parameters,
        provenance: raw.provenance,
        place: (String::new(), 0),
    })
}
