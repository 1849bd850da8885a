//! Workloads of packed files: little-endian arrays without headers.
//!
//! `cand_indptr.i64`, `cand_idx.u32`: skills of each candidate.
//! `vac_indptr.i64`, `vac_idx.u32`, `vac_w.u16`: skills of each vacancy with weights that sum to 1000.
//! `cand_attr.u64`, `vac_attr.u64`: constraint words.
//! Word of a candidate: bits 0–39 regions, 40–43 hours in steps of four, 44–46 Dutch, 47–49
//! English (0 is none, then A1 to C2), 50–53 recognised NLQF level, 54–61 licences.
//! Word of a vacancy: bits 0–5 region, the rest alike, as least demands.

use std::fs;
use std::path::Path;

use anyhow::{Context, ensure};
use domain::availability::WeeklyHours;
use domain::code::{Licence, Region};
use domain::language::Language;
use domain::level::{LanguageLevel, Nlqf};
use domain::placement::{Modality, Recognition};
use matching::features::{
    Answer, CandidateFeatures, Evidence, HeldSkill, HeldSkills, Importance, LanguageCommand,
    LanguageDemand, Languages, Moment, Qualification, QualificationBasis, QualificationDemand,
    Reach, SkillDemand, SkillId, VacancyFeatures, Workplace,
};
use matching::vacancy::Vacancy;

/// A workload as it stands in its files.
pub(crate) struct Workload {
    candidate_starts: Vec<u64>,
    candidate_skills: Vec<u32>,
    vacancy_starts: Vec<u64>,
    vacancy_skills: Vec<u32>,
    vacancy_weights: Vec<u16>,
    candidate_words: Vec<u64>,
    vacancy_words: Vec<u64>,
}

/// The fields of a constraint word; in a vacancy the first is one region, in a candidate many.
#[derive(Clone, Copy)]
pub(crate) struct Word {
    /// Regions as bits, or the number of a region.
    pub(crate) regions: u64,
    /// Hours in steps of four.
    pub(crate) hours: u8,
    /// Dutch, 0..=6.
    pub(crate) dutch: u8,
    /// English, 0..=6.
    pub(crate) english: u8,
    /// NLQF level, 0..=8.
    pub(crate) level: u8,
    /// Licences as bits.
    pub(crate) licences: u8,
}

impl Workload {
    /// Reads the files of a directory.
    pub(crate) fn read(directory: &Path) -> anyhow::Result<Workload> {
        let load = |name: &str| {
            let path = directory.join(name);
            fs::read(&path).with_context(|| format!("read {}", path.display()))
        };
        let u64s = |name| Ok::<_, anyhow::Error>(numbers(&load(name)?, u64::from_le_bytes));
        let u32s = |name| Ok::<_, anyhow::Error>(numbers(&load(name)?, u32::from_le_bytes));
        let workload = Workload {
            candidate_starts: u64s("cand_indptr.i64")?,
            candidate_skills: u32s("cand_idx.u32")?,
            vacancy_starts: u64s("vac_indptr.i64")?,
            vacancy_skills: u32s("vac_idx.u32")?,
            vacancy_weights: numbers(&load("vac_w.u16")?, u16::from_le_bytes),
            candidate_words: u64s("cand_attr.u64")?,
            vacancy_words: u64s("vac_attr.u64")?,
        };
        ensure!(
            workload.candidate_starts.len() == workload.candidate_words.len() + 1
                && workload.vacancy_starts.len() == workload.vacancy_words.len() + 1
                && workload.vacancy_skills.len() == workload.vacancy_weights.len(),
            "the files of {} do not belong together",
            directory.display()
        );
        Ok(workload)
    }

    /// Number of candidates.
    pub(crate) fn candidates(&self) -> usize {
        self.candidate_words.len()
    }

    /// Number of vacancies.
    pub(crate) fn vacancies(&self) -> usize {
        self.vacancy_words.len()
    }

    /// Number of skills: one more than the highest that occurs.
    pub(crate) fn skills(&self) -> usize {
        let all = self.candidate_skills.iter().chain(&self.vacancy_skills);
        all.max().map_or(0, |skill| *skill as usize + 1)
    }

    /// Skills of a candidate, ascending.
    pub(crate) fn candidate_skills(&self, at: usize) -> &[u32] {
        let range = self.candidate_starts[at] as usize..self.candidate_starts[at + 1] as usize;
        &self.candidate_skills[range]
    }

    /// Skills of a vacancy, ascending, and their weights.
    pub(crate) fn vacancy_skills(&self, at: usize) -> (&[u32], &[u16]) {
        let range = self.vacancy_starts[at] as usize..self.vacancy_starts[at + 1] as usize;
        (
            &self.vacancy_skills[range.clone()],
            &self.vacancy_weights[range],
        )
    }

    /// Constraint word of a candidate.
    pub(crate) fn candidate_word(&self, at: usize) -> Word {
        word(self.candidate_words[at], (1 << 40) - 1)
    }

    /// Constraint word of a vacancy.
    pub(crate) fn vacancy_word(&self, at: usize) -> Word {
        word(self.vacancy_words[at], 63)
    }

    /// The features of a candidate.
    pub(crate) fn candidate(&self, at: usize) -> anyhow::Result<CandidateFeatures> {
        let word = self.candidate_word(at);
        let held = |skill: &u32| HeldSkill {
            skill: SkillId(*skill),
            level: None,
            evidence: Evidence::Stated,
        };
        let command = |language, level| LanguageCommand {
            language,
            levels: [Answer::Known(language_level(level)); 4],
        };
        let mut qualifications = Vec::new();
        if word.level > 0 {
            qualifications.push(Qualification {
                level: Nlqf::new(word.level)?,
                recognition: Recognition::Recognised,
                field: None,
            });
        }
        Ok(CandidateFeatures {
            skills: HeldSkills::new(self.candidate_skills(at).iter().map(held).collect())?,
            languages: Answer::Known(Languages::new(vec![
                command(Language::NL, word.dutch),
                command(Language::EN, word.english),
            ])),
            qualifications: Answer::Known(qualifications),
            licences: Answer::Known(licences(word.licences)?),
            hours: Answer::Known(WeeklyHours::new(i64::from(word.hours) * 4)?),
            reach: Answer::Known(Reach::regions(
                (0..40)
                    .filter(|region| word.regions >> region & 1 == 1)
                    .map(region)
                    .collect::<anyhow::Result<_>>()?,
            )),
            ..CandidateFeatures::default()
        })
    }

    /// A vacancy with the weights of the workload.
    pub(crate) fn vacancy(&self, at: usize) -> anyhow::Result<Vacancy> {
        let word = self.vacancy_word(at);
        let (skills, weights) = self.vacancy_skills(at);
        let demand = |skill: &u32| SkillDemand {
            skill: SkillId(*skill),
            level: None,
            importance: Importance::Essential,
            moment: Moment::AtStart,
        };
        let mut features = VacancyFeatures::with_skills(skills.iter().map(demand).collect());
        for (language, level) in [(Language::NL, word.dutch), (Language::EN, word.english)] {
            if level > 0 {
                features
                    .languages
                    .extend(Modality::ALL.map(|modality| LanguageDemand {
                        language,
                        modality,
                        at_start: language_level(level),
                        after_a_year: LanguageLevel::None,
                    }));
            }
        }
        if word.level > 0 {
            features.qualification = Some(QualificationDemand {
                level: Nlqf::new(word.level)?,
                basis: QualificationBasis::ByLaw,
                field: None,
            });
        }
        features.licences = licences(word.licences)?;
        features.hours = Some(WeeklyHours::new(i64::from(word.hours) * 4)?);
        features.place = Some(Workplace {
            region: region(word.regions)?,
            municipality: None,
        });
        Ok(Vacancy::with_weights(features, weights)?)
    }
}

impl Word {
    /// Whether the words themselves let a candidate through: the definition of the workload.
    pub(crate) fn admits(&self, vacancy: &Word) -> bool {
        self.regions >> vacancy.regions & 1 == 1
            && vacancy.hours <= self.hours
            && vacancy.dutch <= self.dutch
            && vacancy.english <= self.english
            && vacancy.level <= self.level
            && vacancy.licences & !self.licences == 0
    }
}

fn word(bits: u64, regions: u64) -> Word {
    Word {
        regions: bits & regions,
        hours: (bits >> 40 & 15) as u8,
        dutch: (bits >> 44 & 7) as u8,
        english: (bits >> 47 & 7) as u8,
        level: (bits >> 50 & 15) as u8,
        licences: (bits >> 54 & 255) as u8,
    }
}

/// The level with this number: 0 is none, then A1 to C2.
pub(crate) fn language_level(number: u8) -> LanguageLevel {
    match number {
        0 => LanguageLevel::None,
        other => LanguageLevel::ALL[usize::from(other) + 3],
    }
}

/// The code of a region of the workload.
pub(crate) fn region(number: u64) -> anyhow::Result<Region> {
    Ok(format!("R{number:02}").parse()?)
}

/// The codes of the licences of the workload.
pub(crate) fn licences(bits: u8) -> anyhow::Result<Vec<Licence>> {
    (0..8)
        .filter(|bit| bits >> bit & 1 == 1)
        .map(|bit| Ok(format!("L{bit}").parse()?))
        .collect()
}

fn numbers<const N: usize, T>(bytes: &[u8], read: fn([u8; N]) -> T) -> Vec<T> {
    bytes.as_chunks::<N>().0.iter().map(|b| read(*b)).collect()
}
