//! An assessment in words of the outside: URIs instead of numbers, and how well it fits.

use domain::demand::{Importance, Moment};
use domain::skill::Evidence;
use domain::text::ConceptUri;
use matching::explanation::{Assessment, Cover};
use matching::features::SkillId;
use matching::wish::WishLeaf;
use taxonomy::{Catalogue, ConceptId};

// Parts of an explanation, for those who show it.
pub use matching::constraint::{Finding, Gap, Outcome, Remedy, Subject};
pub use matching::credit::Reason;
pub use matching::explanation::Prospect;
pub use matching::levers::Lever;
pub use matching::question::{Asked, Question};

/// Least score, of 1000, of work that fits well.
///
/// Chosen, not measured: at 700 at most three tenths of the weight of the demands are open.
pub const FITS_WELL_FROM: u16 = 700;

/// Least score, of 1000, of work that fits partly; the same number from which levers count work.
pub const FITS_PARTLY_FROM: u16 = 400;

/// How well work fits, in three words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fit {
    /// At least [`FITS_WELL_FROM`] and no constraint is known to be not met.
    Well,
    /// At least [`FITS_PARTLY_FROM`] and no constraint is known to be not met.
    Partly,
    /// Less, or something that must be met is not.
    NotYet,
}

/// Everything there is to say about a person and a piece of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// How well it fits.
    pub fit: Fit,
    /// 0..=1000: the sum of the points of the demands.
    pub score: u16,
    /// Score with what used skills and wishes add; lists are ordered by it.
    pub rank_points: u16,
    /// Demanded skills, heaviest first.
    pub demands: Vec<ExplainedDemand>,
    /// Wishes that are fulfilled.
    pub wishes: Vec<WishLeaf>,
    /// What must be met beside skills: met, not met with the gap, or unknown.
    pub constraints: Vec<Finding>,
    /// Languages to learn in the first year; they close nothing.
    pub prospects: Vec<Prospect>,
}

/// A demanded skill with what the person has for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedDemand {
    /// The demanded skill.
    pub skill: ConceptUri,
    /// How much it matters.
    pub importance: Importance,
    /// Whether it can be learned there.
    pub moment: Moment,
    /// Its part of 1000.
    pub weight: u16,
    /// What the person gets of the weight.
    pub points: u16,
    /// What covers it; none when nothing does.
    pub cover: Option<ExplainedCover>,
}

/// A skill that covers a demand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedCover {
    /// The person's skill.
    pub by: ConceptUri,
    /// How it stands to what is demanded.
    pub reason: Reason,
    /// What it rests on.
    pub evidence: Evidence,
}

impl Explanation {
    /// What the person can do already: demands that count and are covered in full.
    pub fn can_do(&self) -> impl Iterator<Item = &ExplainedDemand> {
        let is_covered = |d: &&ExplainedDemand| d.weight > 0 && d.points == d.weight;
        self.demands.iter().filter(is_covered)
    }

    /// What is there in part.
    pub fn in_part(&self) -> impl Iterator<Item = &ExplainedDemand> {
        let in_part = |d: &&ExplainedDemand| d.points > 0 && d.points < d.weight;
        self.demands.iter().filter(in_part)
    }

    /// What is missing.
    pub fn missing(&self) -> impl Iterator<Item = &ExplainedDemand> {
        self.demands
            .iter()
            .filter(|d| d.points == 0 && d.weight > 0)
    }
}

/// Puts an assessment into words of the outside.
pub(crate) fn explain(assessment: Assessment, catalogue: &Catalogue) -> Explanation {
    let mut demands: Vec<ExplainedDemand> = Vec::new();
    for branch in &assessment.branches {
        // The steps of one demand follow each other, the lowest first.
        for steps in branch.leaves.chunk_by(|one, next| one.skill == next.skill) {
            let covered = steps.iter().find_map(|leaf| match leaf.cover {
                Cover::Missing => None,
                Cover::Held {
                    by,
                    reason,
                    evidence,
                    ..
                } => Some((by, reason, evidence)),
            });
            let Some((first, skill)) = steps
                .first()
                .and_then(|first| Some((first, uri(first.skill, catalogue)?)))
            else {
                continue;
            };
            demands.push(ExplainedDemand {
                skill,
                importance: branch.importance,
                moment: first.moment,
                weight: steps.iter().map(|leaf| leaf.weight).sum(),
                points: steps.iter().map(|leaf| leaf.points).sum(),
                cover: covered.and_then(|(by, reason, evidence)| {
                    Some(ExplainedCover {
                        by: uri(by, catalogue)?,
                        reason,
                        evidence,
                    })
                }),
            });
        }
    }
    demands.sort_by_key(|demand| std::cmp::Reverse(demand.weight));
    Explanation {
        fit: fit(assessment.score, &assessment.constraints),
        score: assessment.score,
        rank_points: assessment.rank_points,
        demands,
        wishes: assessment.wishes,
        constraints: assessment.constraints,
        prospects: assessment.prospects,
    }
}

fn fit(score: u16, constraints: &[Finding]) -> Fit {
    let is_closed = constraints
        .iter()
        .any(|finding| matches!(finding.outcome, Outcome::NotMet(_)));
    match score {
        _ if is_closed => Fit::NotYet,
        FITS_WELL_FROM.. => Fit::Well,
        FITS_PARTLY_FROM.. => Fit::Partly,
        _ => Fit::NotYet,
    }
}

/// The URI of a skill; every concept of a catalogue has one that is short and plain.
pub(crate) fn uri(skill: SkillId, catalogue: &Catalogue) -> Option<ConceptUri> {
    ConceptUri::new(catalogue.uri(ConceptId::new(skill.0))).ok()
}
