//! Results as records: concepts by URI, candidates and vacancies by id.

use serde::Serialize;
use taxonomy::{Catalogue, ConceptId};

use crate::constraint::Finding;
use crate::explanation::{Assessment, Cover, DemandLeaf, Prospect};
use crate::features::{Importance, Moment, SkillId};
use crate::levers::{CandidateLevers, Cost, GroupLevers, Lever, LeverCount, Relaxed, VacancyCosts};
use crate::wish::WishLeaf;

/// One row of a ranking.
#[derive(Debug, Serialize)]
pub struct RankedRecord<'a> {
    /// Id of the candidate.
    pub candidate: &'a str,
    /// Id of the vacancy.
    pub vacancy: &'a str,
    /// Place in the list, from 1.
    pub rank: usize,
    /// The score, 0..=1000.
    pub score: u16,
    /// What the list is ordered by.
    pub rank_points: u16,
    /// Version of the configuration.
    pub configuration: u32,
    /// Why, if it was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<ExplanationRecord<'a>>,
}

/// An explanation with concepts by URI; the leaves add up to the score.
#[derive(Debug, Serialize)]
pub struct ExplanationRecord<'a> {
    branches: Vec<BranchRecord<'a>>,
    used: Vec<UsedRecord<'a>>,
    wishes: Vec<WishLeaf>,
    constraints: Vec<Finding>,
    prospects: Vec<Prospect>,
}

#[derive(Debug, Serialize)]
struct BranchRecord<'a> {
    importance: Importance,
    weight: u16,
    points: u16,
    leaves: Vec<LeafRecord<'a>>,
}

#[derive(Debug, Serialize)]
struct LeafRecord<'a> {
    skill: &'a str,
    step: usize,
    moment: Moment,
    weight: u16,
    points: u16,
    /// Skill that covers it; nothing if it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
    #[serde(flatten)]
    cover: Option<CoverRecord>,
}

#[derive(Debug, Serialize)]
struct CoverRecord {
    reason: crate::credit::Reason,
    credit: u8,
    evidence: crate::features::Evidence,
}

#[derive(Debug, Serialize)]
struct UsedRecord<'a> {
    skill: &'a str,
    points: u16,
}

fn uri(catalogue: &Catalogue, skill: SkillId) -> &str {
    catalogue.uri(ConceptId::new(skill.0))
}

impl<'a> ExplanationRecord<'a> {
    /// The record of an assessment made with a yardstick of this catalogue.
    #[must_use]
    pub fn new(assessment: Assessment, catalogue: &'a Catalogue) -> ExplanationRecord<'a> {
        let branches = assessment.branches.iter().map(|branch| BranchRecord {
            importance: branch.importance,
            weight: branch.weight,
            points: branch.points,
            leaves: branch
                .leaves
                .iter()
                .map(|leaf| LeafRecord::new(leaf, catalogue))
                .collect(),
        });
        let used = assessment.used.iter().map(|leaf| UsedRecord {
            skill: uri(catalogue, leaf.skill),
            points: leaf.points,
        });
        ExplanationRecord {
            branches: branches.collect(),
            used: used.collect(),
            wishes: assessment.wishes,
            constraints: assessment.constraints,
            prospects: assessment.prospects,
        }
    }
}

impl<'a> LeafRecord<'a> {
    fn new(leaf: &DemandLeaf, catalogue: &'a Catalogue) -> LeafRecord<'a> {
        let (by, cover) = match leaf.cover {
            Cover::Missing => (None, None),
            Cover::Held {
                by,
                reason,
                credit,
                evidence,
            } => {
                let cover = CoverRecord {
                    reason,
                    credit,
                    evidence,
                };
                (Some(uri(catalogue, by)), Some(cover))
            }
        };
        LeafRecord {
            skill: uri(catalogue, leaf.skill),
            step: leaf.step.position() + 1,
            moment: leaf.moment,
            weight: leaf.weight,
            points: leaf.points,
            by,
            cover,
        }
    }
}

/// A lever with its skill by URI.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum LeverRecord<'a> {
    /// A skill.
    Skill {
        /// Always `skill`.
        lever: &'static str,
        /// URI.
        skill: &'a str,
    },
    /// Any other lever.
    Other(Lever),
}

impl<'a> LeverRecord<'a> {
    fn new(lever: Lever, catalogue: &'a Catalogue) -> LeverRecord<'a> {
        match lever {
            Lever::Skill { skill } => LeverRecord::Skill {
                lever: "skill",
                skill: uri(catalogue, skill),
            },
            other => LeverRecord::Other(other),
        }
    }
}

#[derive(Debug, Serialize)]
struct CountRecord<'a> {
    #[serde(flatten)]
    lever: LeverRecord<'a>,
    opens: u32,
    examples: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct PairRecord<'a> {
    levers: [LeverRecord<'a>; 2],
    opens: u32,
    examples: Vec<&'a str>,
}

/// The levers of one candidate.
#[derive(Debug, Serialize)]
pub struct LeversRecord<'a> {
    candidate: &'a str,
    threshold: u16,
    open_now: u32,
    levers: Vec<CountRecord<'a>>,
    pairs: Vec<PairRecord<'a>>,
}

impl<'a> LeversRecord<'a> {
    /// The record of a candidate's levers; `vacancies` are the ids by document number.
    #[must_use]
    pub fn new(
        candidate: &'a str,
        threshold: u16,
        levers: &CandidateLevers,
        vacancies: &'a [String],
        catalogue: &'a Catalogue,
    ) -> LeversRecord<'a> {
        let named = |examples: &[u32]| {
            let ids = examples.iter().filter_map(|at| vacancies.get(*at as usize));
            ids.map(String::as_str).collect()
        };
        let count = |count: &LeverCount| CountRecord {
            lever: LeverRecord::new(count.lever, catalogue),
            opens: count.opens,
            examples: named(&count.examples),
        };
        let pairs = levers.pairs.iter().map(|pair| PairRecord {
            levers: pair.levers.map(|lever| LeverRecord::new(lever, catalogue)),
            opens: pair.opens,
            examples: named(&pair.examples),
        });
        LeversRecord {
            candidate,
            threshold,
            open_now: levers.open_now,
            levers: levers.levers.iter().map(count).collect(),
            pairs: pairs.collect(),
        }
    }
}

#[derive(Debug, Serialize)]
struct GroupCountRecord<'a> {
    #[serde(flatten)]
    lever: LeverRecord<'a>,
    candidates: u32,
    opens: u64,
}

/// The levers of a group.
#[derive(Debug, Serialize)]
pub struct GroupRecord<'a> {
    group: &'a str,
    threshold: u16,
    candidates: u32,
    open_now: u64,
    without_opening: u32,
    levers: Vec<GroupCountRecord<'a>>,
}

impl<'a> GroupRecord<'a> {
    /// The record of a group's levers.
    #[must_use]
    pub fn new(
        group: &'a str,
        threshold: u16,
        levers: &GroupLevers,
        catalogue: &'a Catalogue,
    ) -> GroupRecord<'a> {
        let counts = levers.levers.iter().map(|count| GroupCountRecord {
            lever: LeverRecord::new(count.lever, catalogue),
            candidates: count.candidates,
            opens: count.opens,
        });
        GroupRecord {
            group,
            threshold,
            candidates: levers.candidates,
            open_now: levers.open_now,
            without_opening: levers.without_opening,
            levers: counts.collect(),
        }
    }
}

/// What one demand costs.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum CostRecord<'a> {
    /// A skill.
    Skill {
        /// Always `skill`.
        relaxed: &'static str,
        /// URI.
        skill: &'a str,
        /// Candidates gained.
        candidates: u32,
    },
    /// Any other demand.
    Other(Cost),
}

/// What the demands of a vacancy cost.
#[derive(Debug, Serialize)]
pub struct CostsRecord<'a> {
    vacancy: &'a str,
    threshold: u16,
    fit_now: u32,
    costs: Vec<CostRecord<'a>>,
}

impl<'a> CostsRecord<'a> {
    /// The record of a vacancy's costs.
    #[must_use]
    pub fn new(
        vacancy: &'a str,
        threshold: u16,
        costs: &VacancyCosts,
        catalogue: &'a Catalogue,
    ) -> CostsRecord<'a> {
        let cost = |cost: &Cost| match cost.relaxed {
            Relaxed::Skill { skill } => CostRecord::Skill {
                relaxed: "skill",
                skill: uri(catalogue, skill),
                candidates: cost.candidates,
            },
            _ => CostRecord::Other(*cost),
        };
        CostsRecord {
            vacancy,
            threshold,
            fit_now: costs.fit_now,
            costs: costs.costs.iter().map(cost).collect(),
        }
    }
}
