//! Decisions, clocks and advice put into words of a language, ready to be shown or written.
//!
//! Every answer carries its source, the day it was checked, and "controleer bij de bron" where
//! nobody read the source; the same for a page, a letter and a program.

use std::collections::BTreeSet;

use domain::language::Language;
use serde::Serialize;

use crate::adviser::{Advice, Rejected, Step};
use crate::barrier::Diagnosis;
use crate::check::group;
use crate::clock::{ClockResult, OpenItem};
use crate::day::Day;
use crate::facts::{Fact, Facts, Value};
use crate::instrument::{Evidence, Rejection};
use crate::provenance::{Provenance, work_of};
use crate::rule::{Decision, Due, Duty, Rule, Topic, TraceStep};
use crate::set::GuidanceSet;
use crate::texts::TextStatus;

/// Words in a language, with the state of the translation and the Dutch beside them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Words<'a> {
    /// Words in the language asked for, or in Dutch where that has none.
    pub text: &'a str,
    /// Language of the words.
    pub language: Language,
    /// State of the translation.
    pub status: TextStatus,
    /// The Dutch text, for two languages side by side.
    pub dutch: &'a str,
}

/// Source of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source<'a> {
    /// Title of the law, letter or page in words.
    pub title: Words<'a>,
    /// Article or publication, as it is cited.
    pub article: &'a str,
    /// Link.
    pub link: &'a str,
    /// Day on which it was last compared.
    pub checked_on: Day,
    /// First day on which it holds.
    pub valid_from: Day,
    /// Last day on which it holds, if it ends.
    pub valid_to: Option<Day>,
    /// Whether the source itself was read.
    pub verified: bool,
    /// "Controleer bij de bron" in the language, when it was not.
    pub warning: Option<&'a str>,
}

/// A duty in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DutyAnswer<'a> {
    /// Who, as a code.
    pub who: &'static str,
    /// Who, in words.
    pub who_text: &'a str,
    /// What, as a code.
    pub what: &'a str,
    /// What, in words.
    pub what_text: &'a str,
    /// By when, as a code.
    pub by: &'static str,
    /// By when, in words.
    pub by_text: &'a str,
    /// Number of working days before the start, where the duty has one.
    pub working_days: Option<i64>,
    /// Last day, when the start of the work is known.
    pub by_date: Option<Day>,
}

/// Something that must still be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Asked<'a> {
    /// The fact.
    pub fact: Fact,
    /// The question in words, where there is one.
    pub question: Option<&'a str>,
}

impl<'a> Asked<'a> {
    /// The question in words; without one, what the fact means.
    #[must_use]
    pub fn words(&self) -> &'a str {
        self.question.unwrap_or_else(|| self.fact.meaning())
    }
}

/// An announced rule in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnnouncedAnswer<'a> {
    /// The rule.
    pub rule: &'a str,
    /// What it would say.
    pub outcome: &'static str,
    /// In words.
    pub explanation: &'a str,
    /// Its source.
    pub source: Source<'a>,
}

/// What the rules of a topic say, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer<'a> {
    /// What was asked.
    pub topic: Topic,
    /// Date asked for.
    pub date: Day,
    /// Outcome as a code.
    pub outcome: &'static str,
    /// Outcome in words.
    pub outcome_text: Words<'a>,
    /// Explanation at level B1.
    pub explanation: Option<Words<'a>>,
    /// The rule that decided.
    pub rule: Option<&'a str>,
    /// Its source.
    pub source: Option<Source<'a>>,
    /// Who must do what by when.
    pub duties: Vec<DutyAnswer<'a>>,
    /// What must still be known.
    pub missing: Vec<Asked<'a>>,
    /// What is announced.
    pub announced: Vec<AnnouncedAnswer<'a>>,
    /// Whether people must be told "controleer bij de bron".
    pub needs_check: bool,
    /// Every rule that was looked at.
    pub trace: Vec<TraceStep<'a>>,
}

/// A barrier in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BarrierAnswer<'a> {
    /// The diagnosis.
    #[serde(flatten)]
    pub diagnosis: &'a Diagnosis,
    /// The barrier in words.
    pub text: Words<'a>,
    /// Severity in words.
    pub severity_text: &'a str,
    /// Who says so, in words.
    pub said_by_text: &'a str,
}

/// A clock in words.
#[derive(Clone, Debug, Serialize)]
pub struct ClockAnswer<'a> {
    /// The clock.
    #[serde(flatten)]
    pub result: &'a ClockResult<'a>,
    /// The clock in words.
    pub text: Words<'a>,
    /// Its state in words.
    pub state_text: &'a str,
    /// What is still open, in words.
    pub open_text: Vec<String>,
    /// Title of the law in words.
    pub title: Words<'a>,
    /// Whether somebody should be told.
    pub signal: bool,
    /// "Controleer bij de bron" where needed.
    pub warning: Option<&'a str>,
}

/// Evidence in words.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceAnswer<'a> {
    /// The record.
    #[serde(flatten)]
    pub record: &'a Evidence,
    /// Title of the study or letter.
    pub title: Words<'a>,
    /// Who was studied.
    pub population: Words<'a>,
    /// What was measured.
    pub measured: Words<'a>,
    /// What was found.
    pub finding: Words<'a>,
    /// What must hold for it to hold here, if something must.
    pub transfer: Option<Words<'a>>,
    /// "Controleer bij de bron" where the study itself was not read.
    pub warning: Option<&'a str>,
    /// Its level in words.
    pub level_text: &'a str,
}

/// An advised instrument in words.
#[derive(Clone, Debug, Serialize)]
pub struct StepAnswer<'a> {
    /// The step.
    #[serde(flatten)]
    pub step: &'a Step<'a>,
    /// Name in words.
    pub name: Words<'a>,
    /// Goal in words.
    pub goal: Words<'a>,
    /// Who moves first, in words.
    pub moves_first_text: &'a str,
    /// Facts to ask, with their question where there is one.
    pub questions: Vec<Asked<'a>>,
    /// Strength of the evidence in words.
    pub evidence_text: &'a str,
    /// Evidence records.
    pub evidence_records: Vec<EvidenceAnswer<'a>>,
    /// "No evidence is known" in words, when there is none.
    pub no_evidence: Option<&'a str>,
    /// Name of the proposed fund.
    pub fund_text: Option<&'a str>,
    /// Who offers it, in words.
    pub provider: Vec<&'a str>,
    /// Title of the law, letter or page in words.
    pub title: Words<'a>,
    /// Where to ask.
    pub contact: &'a str,
    /// "Controleer bij de bron" where needed.
    pub warning: Option<&'a str>,
}

/// An instrument that does not apply, in words.
#[derive(Clone, Debug, Serialize)]
pub struct RejectedAnswer<'a> {
    /// The instrument.
    pub instrument: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Reason code.
    pub reason: &'a str,
    /// Reason in words.
    pub reason_text: &'a str,
    /// Last day, for an instrument that was abolished.
    pub last_day: Option<Day>,
    /// First day, for one that begins later.
    pub first_day: Option<Day>,
    /// Source of the period or demand.
    pub source: Option<Source<'a>>,
}

/// Advice in words.
#[derive(Clone, Debug, Serialize)]
pub struct AdviceAnswer<'a> {
    /// Steps, best first.
    pub steps: Vec<StepAnswer<'a>>,
    /// What does not apply.
    pub rejected: Vec<RejectedAnswer<'a>>,
    /// Barriers that nothing helps against now.
    pub without_help: &'a [crate::barrier::BarrierCode],
    /// That the person decides.
    pub you_decide: &'a str,
}

/// A set that speaks a language.
#[derive(Clone, Copy, Debug)]
pub struct Speaker<'a> {
    /// The set.
    pub set: &'a GuidanceSet,
    /// The language.
    pub language: Language,
}

impl<'a> Speaker<'a> {
    /// Words for a key; the empty text where the set has none, which its check rules out.
    #[must_use]
    pub fn words(&self, key: &str) -> Words<'a> {
        let texts = &self.set.texts;
        let dutch = texts.get(key, Language::NL).map_or("", |text| text.words);
        match texts.get(key, self.language) {
            Some(text) => Words {
                text: text.words,
                language: text.language,
                status: text.status,
                dutch,
            },
            None => Words {
                text: "",
                language: Language::NL,
                status: TextStatus::Draft,
                dutch,
            },
        }
    }

    /// Only the words for a key.
    #[must_use]
    pub fn say(&self, key: &str) -> &'a str {
        self.words(key).text
    }

    /// Title of the law, letter or page that an article stands in.
    #[must_use]
    pub fn title(&self, article: &str) -> Words<'a> {
        self.words(&format!("work.{}", work_of(article)))
    }

    /// What a clock still needs, in words.
    #[must_use]
    pub fn open(&self, item: &OpenItem) -> String {
        match item {
            OpenItem::Event { event } => self.say(&format!("open.{}", event.code())).to_owned(),
            OpenItem::Hours { of, have, need } => {
                format!(
                    "{}: {have} / {need}",
                    self.say(&format!("hours.{}", of.code()))
                )
            }
            OpenItem::Themes { missing } => {
                let names = missing
                    .iter()
                    .map(|theme| self.say(&format!("theme.{theme}")));
                names.collect::<Vec<_>>().join(", ")
            }
            OpenItem::Pip { reason } => self.say(&format!("pip.{}", reason.code())).to_owned(),
        }
    }

    fn warning(&self, needs_check: NeedsCheck) -> Option<&'a str> {
        (needs_check == NeedsCheck::Yes).then(|| self.say("label.check-at-source"))
    }

    /// A source in words.
    #[must_use]
    pub fn source(&self, provenance: &'a Provenance) -> Source<'a> {
        Source {
            title: self.title(&provenance.article),
            article: &provenance.article,
            link: &provenance.source,
            checked_on: provenance.checked_on,
            valid_from: provenance.valid_from,
            valid_to: provenance.valid_to,
            verified: provenance.verified,
            warning: self.warning(NeedsCheck::from_verified(provenance.verified)),
        }
    }

    /// A decision in words; the facts tell the start of the work, for dates of duties.
    #[must_use]
    pub fn answer(&self, topic: Topic, decision: &Decision<'a>, facts: &Facts) -> Answer<'a> {
        let outcome = decision.outcome.code();
        let explanation = match decision.rule {
            Some(rule) => Some(self.words(&format!("{}.{}", group(topic), rule.explanation))),
            None => Some(self.words("may_work.missing-facts")),
        };
        let announced = decision.announced.iter().map(|rule| AnnouncedAnswer {
            rule: &rule.id,
            outcome: rule.outcome.code(),
            explanation: self.say(&format!("{}.{}", group(topic), rule.explanation)),
            source: self.source(&rule.provenance),
        });
        Answer {
            topic,
            date: decision.date,
            outcome,
            outcome_text: self.words(&format!("outcome.{outcome}")),
            explanation,
            rule: decision.rule.map(|rule| rule.id.as_str()),
            source: decision.rule.map(|rule| self.source(&rule.provenance)),
            duties: decision
                .rule
                .iter()
                .flat_map(|rule| rule.duties.iter().map(|duty| self.duty(rule, duty, facts)))
                .collect(),
            missing: decision
                .missing
                .iter()
                .map(|fact| self.asked(*fact))
                .collect(),
            announced: announced.collect(),
            needs_check: decision.needs_check(),
            trace: decision.trace.clone(),
        }
    }

    /// Questions for facts, each once, in order of the list of facts.
    #[must_use]
    pub fn ask<'f>(&self, facts: impl Iterator<Item = &'f Fact>) -> Vec<Asked<'a>> {
        let once: BTreeSet<Fact> = facts.copied().collect();
        once.into_iter().map(|fact| self.asked(fact)).collect()
    }

    fn asked(&self, fact: Fact) -> Asked<'a> {
        let key = format!("question.{fact}");
        let question = self.set.texts.get(&key, self.language);
        Asked {
            fact,
            question: question.map(|text| text.words),
        }
    }

    fn duty(&self, rule: &Rule, duty: &'a Duty, facts: &Facts) -> DutyAnswer<'a> {
        let start = match facts.get(Fact::StartDate) {
            Some(Value::Date(day)) => Some(day),
            _ => None,
        };
        let notice = rule.parameters.get("notice_working_days").copied();
        let working_days = notice.filter(|_| duty.by == Due::WorkingDaysBeforeStart);
        let by_date = match duty.by {
            Due::WorkingDaysBeforeStart => start.map(|start| {
                let days = working_days.and_then(|days| u32::try_from(days).ok());
                self.set
                    .calendar
                    .working_days_before(start, days.unwrap_or(0))
            }),
            Due::BeforeStart => start.map(|start| start.plus_days(-1)),
            Due::AtChange | Due::Soon | Due::Throughout => None,
        };
        DutyAnswer {
            who: duty.who.code(),
            who_text: self.say(&format!("party.{}", duty.who.code())),
            what: &duty.what,
            what_text: self.say(&format!("duty.{}", duty.what)),
            by: duty.by.code(),
            by_text: self.say(&format!("due.{}", duty.by.code())),
            working_days,
            by_date,
        }
    }

    /// Barriers in words.
    #[must_use]
    pub fn barriers(&self, list: &'a [Diagnosis]) -> Vec<BarrierAnswer<'a>> {
        let answers = list.iter().map(|diagnosis| BarrierAnswer {
            diagnosis,
            text: self.words(&format!("barrier.{}", diagnosis.code)),
            severity_text: self.say(&format!("severity.{}", u8::from(diagnosis.severity))),
            said_by_text: self.say(&format!("said_by.{}", diagnosis.said_by.code())),
        });
        answers.collect()
    }

    /// Clocks in words.
    #[must_use]
    pub fn clocks(&self, results: &'a [ClockResult<'a>]) -> Vec<ClockAnswer<'a>> {
        let answers = results.iter().map(|result| ClockAnswer {
            result,
            text: self.words(&format!("clock.{}", result.clock)),
            state_text: self.say(&format!("state.{}", result.state.code())),
            open_text: result.open.iter().map(|item| self.open(item)).collect(),
            title: self.title(result.article),
            signal: result.state.is_signal(),
            warning: self.warning(NeedsCheck::from_verified(!result.needs_check)),
        });
        answers.collect()
    }

    /// Advice in words.
    #[must_use]
    pub fn advice(&self, advice: &'a Advice<'a>) -> AdviceAnswer<'a> {
        AdviceAnswer {
            steps: advice.steps.iter().map(|step| self.step(step)).collect(),
            rejected: advice.rejected.iter().map(|r| self.rejected(r)).collect(),
            without_help: &advice.without_help,
            you_decide: self.say("label.you-decide"),
        }
    }

    fn step(&self, step: &'a Step<'a>) -> StepAnswer<'a> {
        let instrument = self.set.register.get(step.instrument);
        let evidence = instrument
            .into_iter()
            .flat_map(|i| self.set.register.evidence_of(i))
            .map(|record| self.evidence(record));
        let evidence: Vec<EvidenceAnswer<'a>> = evidence.collect();
        StepAnswer {
            step,
            name: self.words(&format!("instrument.{}", step.instrument)),
            goal: self.words(&format!("goal.{}", step.instrument)),
            moves_first_text: self.say(&format!("party.{}", step.moves_first.code())),
            questions: step.ask.iter().map(|fact| self.asked(*fact)).collect(),
            evidence_text: self.say(&format!("evidence.{}", step.evidence_level.code())),
            no_evidence: evidence.is_empty().then(|| self.say("label.no-evidence")),
            evidence_records: evidence,
            fund_text: step
                .fund
                .map(|fund| self.say(&format!("instrument.{fund}"))),
            provider: instrument
                .iter()
                .flat_map(|i| &i.provider)
                .map(|code| self.say(&format!("provider.{code}")))
                .collect(),
            title: self.title(step.article),
            contact: instrument.map_or("", |i| &i.contact),
            warning: self.warning(NeedsCheck::from_verified(!step.needs_check)),
        }
    }

    fn evidence(&self, record: &'a Evidence) -> EvidenceAnswer<'a> {
        let text = |group: &str| self.words(&format!("{group}.{}", record.id));
        EvidenceAnswer {
            record,
            title: text("study"),
            population: text("population"),
            measured: text("measured"),
            finding: text("finding"),
            transfer: record.needs_transfer.then(|| text("transfer")),
            warning: self.warning(NeedsCheck::from_verified(record.verified)),
            level_text: self.say(&format!("evidence.{}", record.level.code())),
        }
    }

    fn rejected(&self, rejected: &'a Rejected<'a>) -> RejectedAnswer<'a> {
        let (last_day, first_day) = match rejected.why {
            Rejection::Abolished { last_day } => (Some(last_day), None),
            Rejection::NotYet { first_day } => (None, Some(first_day)),
            _ => (None, None),
        };
        let instrument = self.set.register.get(rejected.instrument);
        RejectedAnswer {
            instrument: rejected.instrument,
            name: self.say(&format!("instrument.{}", rejected.instrument)),
            reason: rejected.why.code(),
            reason_text: self.say(&format!("reason.{}", rejected.why.code())),
            last_day,
            first_day,
            source: instrument.map(|i| self.source(&i.provenance)),
        }
    }
}

/// Whether people must be told "controleer bij de bron".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NeedsCheck {
    Yes,
    No,
}

impl NeedsCheck {
    fn from_verified(verified: bool) -> NeedsCheck {
        if verified {
            NeedsCheck::No
        } else {
            NeedsCheck::Yes
        }
    }
}
