//! One candidate and one vacancy: the definition of every result of this crate.
//!
//! Both directions of top-k, the levers and the questions are this function computed faster; the
//! tests hold them against it.
//! The way through it: [`Credits::of`] says what the candidate's skills give, [`leaf`] multiplies
//! each with the weight of a demand, [`findings`] judges the constraints beside it,
//! [`use_leaves`] and [`wish_leaves`] add rank points.

use crate::constraint::findings;
use crate::credit::Credits;
use crate::explanation::{Assessment, Branch, Cover, DemandLeaf, Prospect};
use crate::features::{Answer, CandidateFeatures, Evidence, Importance};
use crate::score::leaf;
use crate::skill_use::use_leaves;
use crate::vacancy::{DemandStep, Vacancy};
use crate::wish::{WishLeaf, wish_leaves};
use crate::yardstick::Yardstick;

/// Assesses one pair in full.
#[must_use]
pub fn assess(
    candidate: &CandidateFeatures,
    vacancy: &Vacancy,
    yardstick: &Yardstick,
) -> Assessment {
    let credits = Credits::of(
        &candidate.skills,
        yardstick.neighbourhood(),
        yardstick.configuration(),
    );
    assess_with(&credits, candidate, vacancy, yardstick)
}

/// As [`assess`], for a candidate whose credits are already known.
#[must_use]
pub fn assess_with(
    credits: &Credits,
    candidate: &CandidateFeatures,
    vacancy: &Vacancy,
    yardstick: &Yardstick,
) -> Assessment {
    let branches = branches(credits, candidate, vacancy);
    let wishes = wish_leaves(candidate, vacancy.features(), yardstick);
    let used = use_leaves(&candidate.skills, vacancy, yardstick);
    let score = branches.iter().map(|branch| branch.points).sum();
    Assessment {
        configuration: yardstick.configuration().version(),
        score,
        rank_points: score
            + used.iter().map(|leaf| leaf.points).sum::<u16>()
            + wishes.iter().map(WishLeaf::points).sum::<u16>(),
        branches,
        used,
        wishes,
        constraints: findings(candidate, vacancy.features()),
        prospects: prospects(candidate, vacancy),
    }
}

/// The score alone, 0..=1000.
#[must_use]
pub fn score(credits: &Credits, vacancy: &Vacancy) -> u16 {
    vacancy
        .steps()
        .iter()
        .map(|step| points(credits, step))
        .sum()
}

/// What a candidate with these credits gets for one step of a demand.
#[must_use]
pub fn points(credits: &Credits, step: &DemandStep) -> u16 {
    credits
        .best(step.skill, step.step)
        .map_or(0, |best| leaf(step.weight, u16::from(best.credit)))
}

fn branches(credits: &Credits, candidate: &CandidateFeatures, vacancy: &Vacancy) -> Vec<Branch> {
    let demand_of = |step: &DemandStep| &vacancy.features().skills[usize::from(step.demand)];
    Importance::ALL
        .into_iter()
        .filter_map(|importance| {
            let leaves: Vec<DemandLeaf> = vacancy
                .steps()
                .iter()
                .filter(|step| demand_of(step).importance == importance)
                .map(|step| DemandLeaf {
                    skill: step.skill,
                    step: step.step,
                    moment: demand_of(step).moment,
                    weight: step.weight,
                    points: points(credits, step),
                    cover: cover(credits, candidate, step),
                })
                .collect();
            (!leaves.is_empty()).then(|| Branch {
                importance,
                weight: leaves.iter().map(|leaf| leaf.weight).sum(),
                points: leaves.iter().map(|leaf| leaf.points).sum(),
                leaves,
            })
        })
        .collect()
}

fn cover(credits: &Credits, candidate: &CandidateFeatures, step: &DemandStep) -> Cover {
    match credits.best(step.skill, step.step) {
        None => Cover::Missing,
        Some(best) => Cover::Held {
            by: best.by,
            reason: best.reason,
            credit: best.credit,
            evidence: candidate
                .skills
                .get(best.by)
                .map_or(Evidence::Stated, |held| held.evidence),
        },
    }
}

/// What must still be learned of the languages in the first year.
fn prospects(candidate: &CandidateFeatures, vacancy: &Vacancy) -> Vec<Prospect> {
    vacancy
        .features()
        .languages
        .iter()
        .filter(|demand| demand.after_a_year > demand.at_start)
        .filter_map(|demand| {
            let has = match &candidate.languages {
                Answer::Known(languages) => languages.level(demand.language, demand.modality),
                Answer::Unknown => Answer::Unknown,
            };
            let reached = has
                .known()
                .is_some_and(|level| *level >= demand.after_a_year);
            let what = (demand.language, demand.modality);
            (!reached).then(|| Prospect::new(what, has, demand.after_a_year))
        })
        .collect()
}
