//! What the matching engine counted, in the form of the lines of `werkbrug levers`.
//!
//! It knows the forms of the engine and of its file; which barrier a lever belongs to, it must not.

use domain::availability::{DayPart, WeeklyHours};
use domain::code::{Licence, Region};
use domain::language::Language;
use domain::level::LanguageLevel;
use domain::placement::{Modality, WorkPermission};
use matching::features::SkillId;
use matching::levers::{CandidateLevers, Cost, GroupLevers, Lever, Relaxed, VacancyCosts};
use serde::{Deserialize, Serialize};

/// Kind of a lever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeverKind {
    /// A language in all modalities.
    Language,
    /// A language in one modality.
    Modality,
    /// Recognition of what was learned.
    Recognition,
    /// A qualification.
    Qualification,
    /// A licence or certificate.
    Licence,
    /// Hours a week.
    Hours,
    /// Every part of the week.
    DayParts,
    /// One part of the week.
    DayPart,
    /// Getting anywhere.
    Travel,
    /// Getting to a region.
    TravelTo,
    /// Permission to work.
    Permission,
    /// The first day.
    Start,
    /// Wanting to learn on the job.
    Learning,
    /// A missing skill.
    Skill,
}

impl LeverKind {
    /// Every kind.
    pub const ALL: [LeverKind; 14] = [
        LeverKind::Language,
        LeverKind::Modality,
        LeverKind::Recognition,
        LeverKind::Qualification,
        LeverKind::Licence,
        LeverKind::Hours,
        LeverKind::DayParts,
        LeverKind::DayPart,
        LeverKind::Travel,
        LeverKind::TravelTo,
        LeverKind::Permission,
        LeverKind::Start,
        LeverKind::Learning,
        LeverKind::Skill,
    ];
}

/// A lever as `werkbrug levers` writes it: skills by URI.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "lever")]
pub enum SeenLever {
    /// A language is raised to this level in all modalities.
    Language {
        /// Which language.
        language: Language,
        /// To which level.
        to: LanguageLevel,
    },
    /// A language is raised to this level in one modality.
    Modality {
        /// Which language.
        language: Language,
        /// Which modality.
        modality: Modality,
        /// To which level.
        to: LanguageLevel,
    },
    /// What was learned is recognised.
    Recognition,
    /// A qualification of this level.
    Qualification {
        /// Which level, NLQF 1..=8.
        to: u8,
    },
    /// A licence or certificate.
    Licence {
        /// Which one.
        licence: Licence,
    },
    /// More hours a week.
    Hours {
        /// How many.
        to: WeeklyHours,
    },
    /// Every part of the week.
    DayParts,
    /// One more part of the week.
    DayPart {
        /// Which one.
        part: DayPart,
    },
    /// Getting anywhere.
    Travel,
    /// Getting to one more region.
    TravelTo {
        /// Which region.
        region: Region,
    },
    /// A permission that asks less of the employer.
    Permission {
        /// Which one.
        to: WorkPermission,
    },
    /// Starting in time.
    Start,
    /// Wanting to learn on the job.
    Learning,
    /// One missing skill counts as covered.
    Skill {
        /// URI of the skill.
        skill: String,
    },
}

impl SeenLever {
    /// A lever of the engine; `name` tells the URI of a skill.
    #[must_use]
    pub fn of(lever: Lever, name: &impl Fn(SkillId) -> String) -> SeenLever {
        match lever {
            Lever::Language { language, to } => SeenLever::Language { language, to },
            Lever::Modality {
                language,
                modality,
                to,
            } => SeenLever::Modality {
                language,
                modality,
                to,
            },
            Lever::Recognition => SeenLever::Recognition,
            Lever::Qualification { to } => SeenLever::Qualification { to: to.number() },
            Lever::Licence { licence } => SeenLever::Licence { licence },
            Lever::Hours { to } => SeenLever::Hours { to },
            Lever::DayParts => SeenLever::DayParts,
            Lever::DayPart { part } => SeenLever::DayPart { part },
            Lever::Travel => SeenLever::Travel,
            Lever::TravelTo { region } => SeenLever::TravelTo { region },
            Lever::Permission { to } => SeenLever::Permission { to },
            Lever::Start => SeenLever::Start,
            Lever::Learning => SeenLever::Learning,
            Lever::Skill { skill } => SeenLever::Skill { skill: name(skill) },
        }
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> LeverKind {
        match self {
            SeenLever::Language { .. } => LeverKind::Language,
            SeenLever::Modality { .. } => LeverKind::Modality,
            SeenLever::Recognition => LeverKind::Recognition,
            SeenLever::Qualification { .. } => LeverKind::Qualification,
            SeenLever::Licence { .. } => LeverKind::Licence,
            SeenLever::Hours { .. } => LeverKind::Hours,
            SeenLever::DayParts => LeverKind::DayParts,
            SeenLever::DayPart { .. } => LeverKind::DayPart,
            SeenLever::Travel => LeverKind::Travel,
            SeenLever::TravelTo { .. } => LeverKind::TravelTo,
            SeenLever::Permission { .. } => LeverKind::Permission,
            SeenLever::Start => LeverKind::Start,
            SeenLever::Learning => LeverKind::Learning,
            SeenLever::Skill { .. } => LeverKind::Skill,
        }
    }
}

/// What one lever opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenCount {
    /// Which lever.
    #[serde(flatten)]
    pub lever: SeenLever,
    /// Vacancies that come within reach; for a group, summed over its candidates.
    pub opens: u64,
}

/// Kind of a demand that an employer could relax.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RelaxedKind {
    /// A language.
    Language,
    /// A qualification.
    Qualification,
    /// A licence or certificate.
    Licence,
    /// Hours a week.
    Hours,
    /// Parts of the week.
    DayParts,
    /// The place.
    Place,
    /// What must be arranged for permission.
    Permission,
    /// The first day.
    Start,
    /// Wanting to learn on the job.
    Learning,
    /// A skill.
    Skill,
}

impl RelaxedKind {
    /// Every kind.
    pub const ALL: [RelaxedKind; 10] = [
        RelaxedKind::Language,
        RelaxedKind::Qualification,
        RelaxedKind::Licence,
        RelaxedKind::Hours,
        RelaxedKind::DayParts,
        RelaxedKind::Place,
        RelaxedKind::Permission,
        RelaxedKind::Start,
        RelaxedKind::Learning,
        RelaxedKind::Skill,
    ];
}

/// What one demand of a vacancy costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenCost {
    /// Kind of the demand.
    pub relaxed: RelaxedKind,
    /// The language, for a demand of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The licence, for a demand of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence: Option<Licence>,
    /// URI of the skill, for a demand of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skill: Option<String>,
    /// Candidates who come within reach without it.
    pub candidates: u64,
}

impl SeenCost {
    /// What the engine counted; `name` tells the URI of a skill.
    #[must_use]
    pub fn of(cost: Cost, name: &impl Fn(SkillId) -> String) -> SeenCost {
        let mut seen = SeenCost {
            relaxed: RelaxedKind::Qualification,
            language: None,
            licence: None,
            skill: None,
            candidates: u64::from(cost.candidates),
        };
        seen.relaxed = match cost.relaxed {
            Relaxed::Language { language, .. } => {
                seen.language = Some(language);
                RelaxedKind::Language
            }
            Relaxed::Qualification => RelaxedKind::Qualification,
            Relaxed::Licence { licence } => {
                seen.licence = Some(licence);
                RelaxedKind::Licence
            }
            Relaxed::Hours => RelaxedKind::Hours,
            Relaxed::DayParts => RelaxedKind::DayParts,
            Relaxed::Place => RelaxedKind::Place,
            Relaxed::Permission => RelaxedKind::Permission,
            Relaxed::Start => RelaxedKind::Start,
            Relaxed::Learning => RelaxedKind::Learning,
            Relaxed::Skill { skill } => {
                seen.skill = Some(name(skill));
                RelaxedKind::Skill
            }
        };
        seen
    }
}

/// The levers of a candidate or a group, or the costs of a vacancy: a line of `werkbrug levers`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeverReport {
    /// The candidate, for the levers of one.
    pub candidate: Option<String>,
    /// The group, for the levers of many.
    pub group: Option<String>,
    /// The vacancy, for the costs of one.
    pub vacancy: Option<String>,
    /// Vacancies open now (for a group, summed over its candidates), or candidates who fit now.
    #[serde(alias = "fit_now")]
    pub open_now: u64,
    /// Levers that open anything.
    #[serde(default)]
    pub levers: Vec<SeenCount>,
    /// Demands that cost anybody.
    #[serde(default)]
    pub costs: Vec<SeenCost>,
}

impl LeverReport {
    /// The costs of a vacancy; `name` tells the URI of a skill.
    #[must_use]
    pub fn of_vacancy(costs: &VacancyCosts, name: impl Fn(SkillId) -> String) -> LeverReport {
        let seen = costs.costs.iter().map(|cost| SeenCost::of(*cost, &name));
        LeverReport {
            open_now: u64::from(costs.fit_now),
            costs: seen.collect(),
            ..LeverReport::default()
        }
    }

    /// The levers of a candidate; `name` tells the URI of a skill.
    #[must_use]
    pub fn of_candidate(levers: &CandidateLevers, name: impl Fn(SkillId) -> String) -> LeverReport {
        let counts = levers.levers.iter().map(|count| SeenCount {
            lever: SeenLever::of(count.lever, &name),
            opens: u64::from(count.opens),
        });
        LeverReport {
            open_now: u64::from(levers.open_now),
            levers: counts.collect(),
            ..LeverReport::default()
        }
    }

    /// The levers of a group; `name` tells the URI of a skill.
    #[must_use]
    pub fn of_group(levers: &GroupLevers, name: impl Fn(SkillId) -> String) -> LeverReport {
        let counts = levers.levers.iter().map(|count| SeenCount {
            lever: SeenLever::of(count.lever, &name),
            opens: count.opens,
        });
        LeverReport {
            open_now: levers.open_now,
            levers: counts.collect(),
            ..LeverReport::default()
        }
    }
}
