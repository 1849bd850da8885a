//! A plan for Dutch at work: from the gap per task to steps, and the words of the trade.
//!
//! Which steps fit which gap, and the word lists per sector, are data; a word list is a draft
//! until a teacher of the trade has read it.

use std::collections::{BTreeMap, BTreeSet};

use domain::language::Language;
use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::bundle::{DataFault, Reading};
use crate::day::Day;
use crate::facts::Facts;
use crate::language_gap::{LanguageDemand, LanguageGap, Modality, language_gaps};
use crate::provenance::Provenance;
use crate::rule::Party;
use crate::texts::TextStatus;

/// A step of a plan.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanStep {
    /// Code; key of the texts below `plan`.
    pub id: String,
    /// Modalities it is for; empty is all.
    #[serde(default)]
    pub modality: Vec<Modality>,
    /// Fewest levels to go for which it is needed.
    pub least_gap: u8,
    /// Most levels to go for which it is needed; none is no limit.
    pub most_gap: Option<u8>,
    /// Who does it.
    pub who: Party,
    /// Weeks after the start of the work by which it has begun; negative is before the start.
    pub by_week: i32,
    /// Instrument of the register that offers it, if one does.
    pub instrument: Option<String>,
    /// Where it comes from.
    pub provenance: Provenance,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanFile {
    words_status: TextStatus,
    sector: Vec<String>,
    step: Vec<Spanned<PlanStep>>,
}

/// A word of a trade in every interface language.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    sector: String,
    in_languages: BTreeMap<Language, String>,
}

/// Steps and words of a set.
#[derive(Clone, Debug, Default)]
pub struct LanguagePlans {
    sectors: Vec<String>,
    steps: Vec<PlanStep>,
    words: Vec<Word>,
    words_status: Option<TextStatus>,
}

/// A word of the trade, Dutch beside the language asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TradeWord<'a> {
    /// The Dutch word.
    pub dutch: &'a str,
    /// The word in the language asked for.
    pub word: &'a str,
    /// State of the list.
    pub status: TextStatus,
}

/// A step with the tasks it is for.
#[derive(Clone, Debug, Serialize)]
pub struct PlannedStep<'a> {
    /// The step.
    #[serde(flatten)]
    pub step: &'a PlanStep,
    /// Tasks of the vacancy it is for, each once.
    pub tasks: BTreeSet<&'a str>,
}

/// The plan of a person for the tasks of a vacancy.
#[derive(Clone, Debug, Serialize)]
pub struct LanguagePlan<'a> {
    /// Tasks whose level is not known, to be asked first.
    pub unknown: BTreeSet<&'a str>,
    /// Steps in order of time.
    pub steps: Vec<PlannedStep<'a>>,
}

/// A sector that the set does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no word list for {sector:?}; there are {known}")]
pub struct NoSuchSector {
    sector: String,
    known: String,
}

impl LanguagePlans {
    /// Reads the file of steps.
    pub fn read(reading: Reading<'_>, faults: &mut Vec<DataFault>) -> LanguagePlans {
        let file: PlanFile = match reading.toml() {
            Ok(file) => file,
            Err(fault) => {
                faults.push(fault);
                return LanguagePlans::default();
            }
        };
        let mut plans = LanguagePlans {
            sectors: file.sector,
            words_status: Some(file.words_status),
            ..LanguagePlans::default()
        };
        for step in file.step {
            let start = step.span().start;
            let step = step.into_inner();
            let mut refuse = |reason: &dyn std::fmt::Display| {
                let reason = format!("step {:?}: {reason}", step.id);
                faults.push(reading.fault(start, reason));
            };
            if let Err(fault) = step.provenance.check() {
                refuse(&fault);
            }
            if step.most_gap.is_some_and(|most| most < step.least_gap) || step.least_gap == 0 {
                refuse(&"least_gap must be 1 or more and not above most_gap");
            }
            if plans.steps.iter().any(|other| other.id == step.id) {
                refuse(&"stands twice");
            }
            plans.steps.push(step);
        }
        plans
    }

    /// Reads the word lists: a column `sector` and one for each interface language.
    pub fn read_words(&mut self, reading: Reading<'_>, faults: &mut Vec<DataFault>) {
        let mut rows = csv::Reader::from_reader(reading.text.as_bytes());
        let heads: Vec<String> = match rows.headers() {
            Ok(heads) => heads.iter().map(str::to_owned).collect(),
            Err(error) => return faults.push(reading.fault(0, error)),
        };
        for (index, row) in rows.records().enumerate() {
            let mut refuse = |reason: &dyn std::fmt::Display| {
                faults.push(DataFault {
                    file: reading.file.to_owned(),
                    line: index + 2,
                    reason: reason.to_string(),
                });
            };
            let row = match row {
                Ok(row) => row,
                Err(error) => {
                    refuse(&error);
                    continue;
                }
            };
            let cells: BTreeMap<&str, &str> =
                heads.iter().map(String::as_str).zip(row.iter()).collect();
            let sector = cells.get("sector").copied().unwrap_or_default();
            if !self.sectors.iter().any(|known| known == sector) {
                refuse(&format_args!("there is no sector {sector:?}"));
            }
            let mut word = Word {
                sector: sector.to_owned(),
                in_languages: BTreeMap::new(),
            };
            for language in Language::interface() {
                let text = cells.get(language.code()).map_or("", |text| text.trim());
                if text.is_empty() {
                    refuse(&format_args!("the word is missing in {language}"));
                }
                word.in_languages.insert(language, text.to_owned());
            }
            self.words.push(word);
        }
        for sector in &self.sectors {
            if !self.words.iter().any(|word| word.sector == *sector) {
                let reason = format!("the sector {sector:?} has no words");
                faults.push(crate::bundle::fault(reading.file, reason));
            }
        }
    }

    /// Codes of the sectors with a word list.
    pub fn sectors(&self) -> impl Iterator<Item = &str> {
        self.sectors.iter().map(String::as_str)
    }

    /// All steps in the order of the file.
    pub fn steps(&self) -> impl Iterator<Item = &PlanStep> {
        self.steps.iter()
    }

    /// Number of words in the lists.
    #[must_use]
    pub fn word_count(&self) -> usize {
        self.words.len()
    }

    /// Words of a sector in a language, in the order of the list.
    ///
    /// # Errors
    /// Fails when there is no list for the sector.
    pub fn words(
        &self,
        sector: &str,
        language: Language,
    ) -> Result<Vec<TradeWord<'_>>, NoSuchSector> {
        if !self.sectors.iter().any(|known| known == sector) {
            return Err(NoSuchSector {
                sector: sector.to_owned(),
                known: self.sectors.join(", "),
            });
        }
        let of_sector = self.words.iter().filter(|word| word.sector == sector);
        let words = of_sector.map(|word| {
            let text = |language| word.in_languages.get(&language).map_or("", String::as_str);
            TradeWord {
                dutch: text(Language::NL),
                word: text(language),
                status: self.words_status.unwrap_or(TextStatus::Draft),
            }
        });
        Ok(words.collect())
    }

    /// The plan for the tasks of a vacancy on a date.
    #[must_use]
    pub fn plan<'a>(
        &'a self,
        facts: &Facts,
        demands: &'a [LanguageDemand],
        date: Day,
    ) -> LanguagePlan<'a> {
        let gaps = language_gaps(facts, demands);
        let pairs = || demands.iter().zip(&gaps);
        let unknown = pairs().filter(|(_, gap)| gap.steps.is_none());
        let mut steps: Vec<PlannedStep<'_>> = Vec::new();
        for step in self.steps.iter().filter(|s| s.provenance.holds_on(date)) {
            let for_them = pairs().filter(|(_, gap)| step.is_for(gap));
            let tasks: BTreeSet<&str> = for_them.map(|(demand, _)| demand.task.as_str()).collect();
            if !tasks.is_empty() {
                steps.push(PlannedStep { step, tasks });
            }
        }
        steps.sort_by_key(|planned| (planned.step.by_week, &planned.step.id));
        LanguagePlan {
            unknown: unknown.map(|(demand, _)| demand.task.as_str()).collect(),
            steps,
        }
    }
}

impl PlanStep {
    fn is_for(&self, gap: &LanguageGap) -> bool {
        let fits = self.modality.is_empty() || self.modality.contains(&gap.modality);
        fits && gap.steps.is_some_and(|steps| {
            steps >= self.least_gap && self.most_gap.is_none_or(|most| steps <= most)
        })
    }
}
