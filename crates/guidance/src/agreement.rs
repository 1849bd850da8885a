//! The written agreement of a placement, put together from clauses of the set.
//!
//! A placement that the rules refuse or cannot decide gets no agreement.
//! Names stay blank: whoever signs writes them in, so none needs to be known here.

use std::collections::BTreeMap;

use domain::language::Language;
use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::answer::Speaker;
use crate::bundle::{DataFault, Reading};
use crate::condition::{Condition, Parameters, RawCondition, Verdict};
use crate::day::Day;
use crate::facts::{Fact, Facts, Value};
use crate::provenance::Provenance;
use crate::rule::{Decision, Outcome, Topic};
use crate::texts::Texts;

/// Places in a clause that the case fills in.
const PLACES: [&str; 7] = [
    "work", "goal", "months", "intent", "start", "hours", "guide",
];

/// What is left open for the pen.
const BLANK: &str = "____________________";

/// A clause.
#[derive(Clone, Debug)]
struct Clause {
    id: String,
    /// Placements it belongs to.
    when: Condition,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AgreementFile {
    provenance: Provenance,
    clause: Vec<Spanned<RawClause>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClause {
    id: String,
    when: RawCondition,
}

/// Clauses of a set.
#[derive(Clone, Debug, Default)]
pub struct Agreements {
    clauses: Vec<Clause>,
    provenance: Option<Provenance>,
}

/// What the agreement says of this placement, in the words of those who sign.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreementDetails {
    /// The work.
    pub work: Option<String>,
    /// The learning goal.
    pub goal: Option<String>,
    /// Hours a week.
    pub hours_per_week: Option<u32>,
    /// Function of who guides; no name.
    pub guide: Option<String>,
}

/// Why there is no agreement.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AgreementFault {
    /// A rule refuses the placement.
    #[error("no agreement: the placement is refused by rule {rule} ({article}): {explanation}")]
    Refused {
        /// The rule.
        rule: String,
        /// Its article.
        article: String,
        /// Its explanation in Dutch.
        explanation: String,
    },
    /// The rules cannot decide yet.
    #[error("no agreement: still to be known: {missing}")]
    Undecided {
        /// Names of the facts.
        missing: String,
    },
}

impl Agreements {
    /// Reads the file of clauses.
    pub fn read(reading: Reading<'_>, faults: &mut Vec<DataFault>) -> Agreements {
        let file: AgreementFile = match reading.toml() {
            Ok(file) => file,
            Err(fault) => {
                faults.push(fault);
                return Agreements::default();
            }
        };
        if let Err(fault) = file.provenance.check() {
            faults.push(reading.fault(0, fault));
        }
        let mut clauses: Vec<Clause> = Vec::new();
        for raw in file.clause {
            let start = raw.span().start;
            let raw = raw.into_inner();
            if clauses.iter().any(|clause| clause.id == raw.id) {
                faults.push(reading.fault(start, format!("clause {:?} stands twice", raw.id)));
            }
            match raw.when.read(&Parameters::new()) {
                Ok(when) => clauses.push(Clause { id: raw.id, when }),
                Err(fault) => {
                    faults.push(reading.fault(start, format!("clause {:?}: {fault}", raw.id)));
                }
            }
        }
        Agreements {
            clauses,
            provenance: Some(file.provenance),
        }
    }

    /// Keys of the texts of the clauses.
    pub(crate) fn text_keys(&self) -> impl Iterator<Item = String> + '_ {
        self.clauses.iter().map(|c| format!("clause.{}", c.id))
    }

    /// Where the clauses come from.
    pub fn provenance(&self) -> Option<&Provenance> {
        self.provenance.as_ref()
    }

    /// Clauses whose places differ between languages or are not known.
    pub(crate) fn text_faults(&self, texts: &Texts) -> Vec<DataFault> {
        let mut faults = Vec::new();
        for key in self.text_keys() {
            let dutch = texts.words(&key, Language::NL);
            let wanted = places(dutch);
            let mut refuse = |language: Language, reason: String| {
                let file = format!("texts/{language}.toml");
                faults.push(crate::bundle::fault(&file, reason));
            };
            if let Some(place) = wanted.iter().find(|place| !PLACES.contains(place)) {
                refuse(Language::NL, format!("text {key:?} has no place {place:?}"));
            }
            for language in Language::interface() {
                if places(texts.words(&key, language)) != wanted {
                    let reason = format!("text {key:?} has other places than the Dutch one");
                    refuse(language, reason);
                }
            }
        }
        faults
    }

    /// The agreement as Markdown: Dutch first, which is signed, and the other language below it.
    ///
    /// # Errors
    /// Refuses a placement that the rules refuse or cannot decide.
    pub fn write(
        &self,
        speaker: Speaker<'_>,
        facts: &Facts,
        details: &AgreementDetails,
        date: Day,
    ) -> Result<String, AgreementFault> {
        let decision = speaker.set.rules.decide(Topic::Placement, facts, date);
        let dutch = Speaker {
            language: Language::NL,
            ..speaker
        };
        may(&decision, dutch)?;
        let filled = fill_ins(facts, details);
        let mut text = String::new();
        self.write_in(dutch, &decision, facts, &filled, &mut text);
        if speaker.language != Language::NL {
            text.push_str("\n---\n\n");
            self.write_in(speaker, &decision, facts, &filled, &mut text);
        }
        Ok(text)
    }

    fn write_in(
        &self,
        by: Speaker<'_>,
        decision: &Decision<'_>,
        facts: &Facts,
        filled: &BTreeMap<&str, String>,
        text: &mut String,
    ) {
        let mut line = |words: &str| {
            text.push_str(words);
            text.push('\n');
        };
        let kind = facts.get(Fact::PlacementKind).map(|kind| kind.to_string());
        let kind = by.say(&format!("placement_kind.{}", kind.unwrap_or_default()));
        line(&format!("# {}: {kind}\n", by.say("label.agreement")));
        for party in ["employer", "newcomer", "municipality"] {
            line(&format!("- {}: {BLANK}", by.say(&format!("signs.{party}"))));
        }
        line("");
        let met = |clause: &&Clause| clause.when.ask(facts, decision.date) == Verdict::Met;
        for (index, clause) in self.clauses.iter().filter(met).enumerate() {
            let mut words = by.say(&format!("clause.{}", clause.id)).to_owned();
            for (place, value) in filled {
                words = words.replace(&format!("{{{place}}}"), value);
            }
            line(&format!("{}. {words}", index + 1));
        }
        if let Some(rule) = decision.rule {
            let article = &rule.provenance.article;
            let (label, link) = (by.say("label.source"), &rule.provenance.source);
            line(&format!("\n{label}: {article} <{link}> ({})", rule.id));
            if !rule.provenance.verified {
                line(&format!("\n**{}**", by.say("label.check-at-source")));
            }
        }
        line(&format!("\n{}: {BLANK}\n", by.say("label.place-and-date")));
        for party in ["employer", "newcomer", "municipality"] {
            let who = by.say(&format!("signs.{party}"));
            line(&format!("{}, {who}: {BLANK}\n", by.say("label.signature")));
        }
    }
}

fn may(decision: &Decision<'_>, dutch: Speaker<'_>) -> Result<(), AgreementFault> {
    match (decision.outcome, decision.rule) {
        (Outcome::Allowed, _) => Ok(()),
        (Outcome::Refused, Some(rule)) => Err(AgreementFault::Refused {
            rule: rule.id.clone(),
            article: rule.provenance.article.clone(),
            explanation: dutch
                .say(&format!("placement.{}", rule.explanation))
                .to_owned(),
        }),
        _ => {
            let names: Vec<&str> = decision.missing.iter().map(|fact| fact.name()).collect();
            let missing = if names.is_empty() {
                "a rule for this placement".to_owned()
            } else {
                names.join(", ")
            };
            Err(AgreementFault::Undecided { missing })
        }
    }
}

fn fill_ins(facts: &Facts, details: &AgreementDetails) -> BTreeMap<&'static str, String> {
    let fact = |fact| facts.get(fact).map(|value: Value| value.to_string());
    let hours = details.hours_per_week.map(|hours| hours.to_string());
    let found = [
        ("work", details.work.clone()),
        ("goal", details.goal.clone()),
        ("months", fact(Fact::DurationMonths)),
        ("intent", fact(Fact::IntentMonths)),
        ("start", fact(Fact::StartDate)),
        ("hours", hours),
        ("guide", details.guide.clone()),
    ];
    let filled = found.map(|(place, value)| {
        let plain = value.map(|text| one_line(&text));
        (place, plain.unwrap_or_else(|| BLANK.to_owned()))
    });
    filled.into()
}

/// Words of the case on one line and without signs that Markdown reads.
fn one_line(text: &str) -> String {
    let kept = text.chars().filter(|c| !"#*_`<>[]{}|\\".contains(*c));
    let kept: String = kept.collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Places `{…}` in a text, in order of name.
fn places(text: &str) -> Vec<&str> {
    let parts = text.split('{').skip(1);
    let mut found: Vec<&str> = parts.filter_map(|part| part.split('}').next()).collect();
    found.sort_unstable();
    found.dedup();
    found
}
