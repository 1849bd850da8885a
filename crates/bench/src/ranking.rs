//! Whether the ranking makes sense: half-forgotten occupations must be found again.
//!
//! For each occupation a profile keeps 40 % of its essential skills and gets half as many random
//! ones; all occupations are ranked for it as vacancies.
//! In the hard variant 60 % of the kept skills are swapped for a sibling: another skill under the
//! same direct group.
//! The measure is the mean reciprocal rank of the occupation, ties in the order of the list, beside
//! that of the cosine of the two sets of skills.
//! The vacancies demand the essential skills of their occupations.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use matching::configuration::Configuration;
use matching::features::{
    Answer, CandidateFeatures, Evidence, HeldSkill, HeldSkills, Importance, Moment, SkillDemand,
    SkillId, VacancyFeatures,
};
use matching::index::{Kernel, VacancyIndex};
use matching::knowledge::yardstick;
use matching::topk::{Ranked, best_vacancies};
use matching::vacancy::Vacancy;
use serde::Serialize;
use taxonomy::concept::{ConceptKind, Relation};
use taxonomy::{Catalogue, ConceptId};

use crate::clock::Clock;
use crate::dice::Dice;

/// Where the catalogue is.
#[derive(Debug, Args)]
pub(crate) struct RankingArguments {
    /// Compiled catalogue.
    #[arg(long)]
    catalogue: PathBuf,
    /// Fewest essential skills of an occupation that is tried.
    #[arg(long, default_value_t = 5)]
    least_skills: usize,
    /// Seed of what is kept and swapped.
    #[arg(long, default_value_t = 7)]
    seed: u64,
}

/// What was found.
#[derive(Serialize)]
struct Report {
    bench: &'static str,
    variant: &'static str,
    configuration: u32,
    relations: usize,
    profiles: usize,
    mean_reciprocal_rank: f64,
    first: f64,
    cosine: f64,
    cpu_s: f64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Variant {
    Easy,
    Hard,
}

/// Runs both variants and prints a line for each.
pub(crate) fn run(arguments: &RankingArguments) -> anyhow::Result<()> {
    let catalogue = taxonomy::compiled::open(&arguments.catalogue)
        .with_context(|| format!("cannot open {}", arguments.catalogue.display()))?;
    let yardstick = Arc::new(yardstick(&catalogue, Configuration::current()));
    let occupations: Vec<ConceptId> = catalogue
        .of_kind(ConceptKind::Occupation)
        .filter(|o| !essential(&catalogue, *o).is_empty())
        .collect();
    let vacancies: Arc<[Vacancy]> = occupations
        .iter()
        .map(|o| vacancy(&catalogue, *o, &yardstick))
        .collect::<anyhow::Result<_>>()?;
    let index = VacancyIndex::build(vacancies, yardstick.clone());
    for variant in [Variant::Easy, Variant::Hard] {
        let mut dice = Dice(arguments.seed);
        let (mut profiles, mut targets) = (Vec::new(), Vec::new());
        for (target, occupation) in occupations.iter().enumerate() {
            let essential = essential(&catalogue, *occupation);
            if essential.len() >= arguments.least_skills {
                profiles.push(profile(&catalogue, &essential, variant, &mut dice)?);
                targets.push(target as u32);
            }
        }
        let clock = Clock::start();
        let ranked = best_vacancies(&index, &profiles, 100, Kernel::widest());
        let cpu_s = clock.cpu();
        let ranks: Vec<f64> = ranked
            .iter()
            .zip(&targets)
            .map(|(list, target)| rank(list, *target))
            .collect();
        let cosine = targets
            .iter()
            .zip(&profiles)
            .map(|(target, profile)| cosine_rank(&index, profile, *target));
        let report = Report {
            bench: "ranking",
            variant: match variant {
                Variant::Easy => "easy",
                Variant::Hard => "hard",
            },
            configuration: yardstick.configuration().version(),
            relations: yardstick.neighbourhood().len(),
            profiles: profiles.len(),
            mean_reciprocal_rank: ranks.iter().sum::<f64>() / ranks.len() as f64,
            first: ranks.iter().filter(|r| **r == 1.0).count() as f64 / ranks.len() as f64,
            cosine: cosine.sum::<f64>() / ranks.len() as f64,
            cpu_s,
        };
        println!("{}", serde_json::to_string(&report)?);
    }
    Ok(())
}

/// One over the place of the target in the list as the engine gives it.
fn rank(list: &[Ranked], target: u32) -> f64 {
    list.iter()
        .position(|ranked| ranked.document == target)
        .map_or(0.0, |place| 1.0 / (place + 1) as f64)
}

/// The same for the cosine of the sets of skills, the baseline.
fn cosine_rank(index: &VacancyIndex, profile: &CandidateFeatures, target: u32) -> f64 {
    let cosine = |vacancy: &Vacancy| {
        let demanded = vacancy.features().skills.iter();
        let shared = demanded.filter(|d| profile.skills.get(d.skill).is_some());
        shared.count() as f64 / (vacancy.features().skills.len() as f64).sqrt()
    };
    let own = cosine(&index.vacancies()[target as usize]);
    let better = index.vacancies().iter().filter(|v| cosine(v) >= own);
    if own > 0.0 {
        1.0 / better.count() as f64
    } else {
        0.0
    }
}

fn essential(catalogue: &Catalogue, occupation: ConceptId) -> Vec<ConceptId> {
    catalogue
        .skills_of(occupation)
        .filter(|(_, relation)| *relation == Relation::Essential)
        .map(|(skill, _)| skill)
        .collect()
}

fn vacancy(
    catalogue: &Catalogue,
    occupation: ConceptId,
    yardstick: &matching::yardstick::Yardstick,
) -> anyhow::Result<Vacancy> {
    let mut skills: Vec<SkillDemand> = essential(catalogue, occupation)
        .into_iter()
        .map(|skill| SkillDemand {
            skill: SkillId(skill.number()),
            level: None,
            importance: Importance::Essential,
            moment: Moment::AtStart,
        })
        .collect();
    skills.truncate(matching::features::MOST_DEMANDS);
    Ok(Vacancy::weigh(
        VacancyFeatures::with_skills(skills),
        yardstick,
    )?)
}

fn profile(
    catalogue: &Catalogue,
    essential: &[ConceptId],
    variant: Variant,
    dice: &mut Dice,
) -> anyhow::Result<CandidateFeatures> {
    let kept = (essential.len() * 2).div_ceil(5).max(1);
    let mut skills = dice.choose(essential, kept);
    if variant == Variant::Hard {
        let swapped = (skills.len() * 3).div_ceil(5);
        for skill in skills.iter_mut().take(swapped) {
            *skill = sibling(catalogue, *skill, dice).unwrap_or(*skill);
        }
    }
    let all: Vec<ConceptId> = catalogue.of_kind(ConceptKind::Skill).collect();
    skills.extend(dice.choose(&all, kept.div_ceil(2)));
    let held = |skill: &ConceptId| HeldSkill {
        skill: SkillId(skill.number()),
        level: None,
        evidence: Evidence::Stated,
    };
    Ok(CandidateFeatures {
        skills: HeldSkills::new(skills.iter().map(held).collect())?,
        languages: Answer::Unknown,
        ..CandidateFeatures::default()
    })
}

/// Another skill under the same direct group.
fn sibling(catalogue: &Catalogue, skill: ConceptId, dice: &mut Dice) -> Option<ConceptId> {
    let mut siblings: Vec<ConceptId> = catalogue
        .broader(skill)
        .flat_map(|parent| catalogue.narrower(parent))
        .filter(|other| *other != skill && catalogue.kind(*other) == ConceptKind::Skill)
        .collect();
    siblings.sort_unstable();
    siblings.dedup();
    dice.choose(&siblings, 1).pop()
}
