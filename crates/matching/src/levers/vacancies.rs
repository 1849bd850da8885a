//! What each demand of a vacancy costs in candidates.

use std::collections::BTreeMap;

use domain::code::Licence;
use domain::language::Language;
use domain::level::LanguageLevel;
use rayon::prelude::*;
use serde::Serialize;

use crate::constraint::{Gap, Outcome, visit};
use crate::credit::Credits;
use crate::features::{CandidateFeatures, SkillId};
use crate::index::{Aspect, CandidateIndex, CandidateScratch, Grouping, Kernel, Passable};
use crate::vacancy::Vacancy;

use super::{Barrier, barriers, demands, gain};

/// A demand that is given up, or lowered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case", tag = "relaxed")]
pub enum Relaxed {
    /// No more than this level of a language is asked at the start, in any modality.
    Language {
        /// Which language.
        language: Language,
        /// What is still asked.
        to: LanguageLevel,
    },
    /// No qualification is asked.
    Qualification,
    /// A licence is not asked.
    Licence {
        /// Which one.
        licence: Licence,
    },
    /// Fewer hours will do.
    Hours,
    /// The parts of the week can be agreed.
    DayParts,
    /// The place does not matter, for example because transport is arranged.
    Place,
    /// Whatever must be arranged for permission is arranged.
    Permission,
    /// A later start will do.
    Start,
    /// Nobody has to want to learn.
    Learning,
    /// A skill counts as covered.
    Skill {
        /// Which one.
        skill: SkillId,
    },
}

/// How many candidates a demand costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Cost {
    /// The demand.
    #[serde(flatten)]
    pub relaxed: Relaxed,
    /// Candidates who would fit if this one demand were relaxed, beside those who fit now.
    pub candidates: u32,
}

/// What the demands of a vacancy cost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct VacancyCosts {
    /// Candidates at or above the threshold whom nothing closes out now.
    pub fit_now: u32,
    /// Demands that cost anybody, in order of their kind.
    pub costs: Vec<Cost>,
}

/// What each demand of each vacancy costs, at a least score of `threshold`.
///
/// The index must hold the candidates [`Grouping::Together`]; with another grouping, candidates
/// out of reach are not counted as the cost of the place.
#[must_use]
pub fn vacancy_costs(
    index: &CandidateIndex,
    vacancies: &[Vacancy],
    threshold: u16,
    kernel: Kernel,
) -> Vec<VacancyCosts> {
    debug_assert_eq!(index.grouping(), Grouping::Together);
    vacancies
        .par_iter()
        .map_init(
            || CandidateScratch::new(kernel),
            |scratch, vacancy| costs(index, vacancy, threshold, scratch),
        )
        .collect()
}

fn costs<'a>(
    index: &'a CandidateIndex,
    vacancy: &Vacancy,
    threshold: u16,
    scratch: &mut CandidateScratch<'a>,
) -> VacancyCosts {
    let query = index.query(vacancy, Aspect::Score);
    let least = threshold.saturating_sub(vacancy.heaviest_demand());
    let mut fit_now = 0;
    let mut counts = BTreeMap::<Relaxed, u32>::new();
    for segment in index.segments(vacancy) {
        segment.sum(&query, segment.len(), scratch);
        let CandidateScratch {
            kernel,
            board,
            open,
            found,
            gates,
            ..
        } = scratch;
        kernel.pass(segment.len(), &[], open);
        kernel.find(board, open, threshold, found);
        for &local in &*found {
            let candidate = &index.candidates()[segment.document(local) as usize];
            match sole(candidate, vacancy) {
                Between::Nothing => fit_now += 1,
                Between::One(relaxed) => *counts.entry(relaxed).or_default() += 1,
                Between::More => {}
            }
        }
        if segment.gates.collect(&query.demand.0, gates) == Passable::Nothing {
            continue;
        }
        kernel.pass(segment.len(), gates, open);
        kernel.find(board, open, least, found);
        for &local in found.iter().filter(|local| board.get(**local) < threshold) {
            let candidate = &index.candidates()[segment.document(local) as usize];
            if sole(candidate, vacancy) == Between::Nothing {
                let wanting = threshold - board.get(local);
                add_skills(index, candidate, vacancy, wanting, &mut counts);
            }
        }
    }
    VacancyCosts {
        fit_now,
        costs: lowered(counts),
    }
}

/// Counts the skills that alone keep a candidate below the threshold.
fn add_skills(
    index: &CandidateIndex,
    candidate: &CandidateFeatures,
    vacancy: &Vacancy,
    wanting: u16,
    counts: &mut BTreeMap<Relaxed, u32>,
) {
    let yardstick = index.yardstick();
    let credits = Credits::of(
        &candidate.skills,
        yardstick.neighbourhood(),
        yardstick.configuration(),
    );
    for steps in demands(vacancy).filter(|steps| gain(&credits, steps) >= wanting) {
        let skill = steps[0].skill;
        *counts.entry(Relaxed::Skill { skill }).or_default() += 1;
    }
}

/// What stands between a candidate and a vacancy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Between {
    Nothing,
    One(Relaxed),
    More,
}

fn sole(candidate: &CandidateFeatures, vacancy: &Vacancy) -> Between {
    let features = vacancy.features();
    match barriers(candidate, features)[..] {
        [] => Between::Nothing,
        [only] => Between::One(match only {
            Barrier::Language { language, .. } => {
                let mut to = LanguageLevel::C2;
                visit(candidate, features, &mut |finding| {
                    if let Outcome::NotMet(Gap::Language { has, .. }) = finding.outcome {
                        to = to.min(has);
                    }
                });
                Relaxed::Language { language, to }
            }
            Barrier::Qualification { .. } => Relaxed::Qualification,
            Barrier::Licence(licence) => Relaxed::Licence { licence },
            Barrier::Hours(_) => Relaxed::Hours,
            Barrier::DayParts(_) => Relaxed::DayParts,
            Barrier::Travel(_) => Relaxed::Place,
            Barrier::Permission(_) => Relaxed::Permission,
            Barrier::Start => Relaxed::Start,
            Barrier::Learning => Relaxed::Learning,
        }),
        _ => Between::More,
    }
}

/// A language that is lowered further includes what is gained by lowering it less.
fn lowered(counts: BTreeMap<Relaxed, u32>) -> Vec<Cost> {
    let mut costs: Vec<Cost> = counts
        .into_iter()
        .map(|(relaxed, candidates)| Cost {
            relaxed,
            candidates,
        })
        .collect();
    for at in (1..costs.len()).rev() {
        let (lower, higher) = (costs[at - 1].relaxed, costs[at]);
        if let (Relaxed::Language { language: a, .. }, Relaxed::Language { language: b, .. }) =
            (lower, higher.relaxed)
            && a == b
        {
            costs[at - 1].candidates += higher.candidates;
        }
    }
    costs
}
