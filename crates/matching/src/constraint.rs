//! Constraints: what must be met apart from any score.
//!
//! Each demand of a vacancy that is no skill is met, not met (with the gap) or unknown.
//! Unknown never closes a vacancy.
//! These functions are the definition; the packed words of the index are tested against them.

use domain::availability::{DayParts, StartDay, WeeklyHours};
use domain::code::{Licence, Municipality, Region};
use domain::language::Language;
use domain::level::LanguageLevel;
use domain::placement::{Modality, QualificationLevel, Recognition, WorkPermission};
use serde::Serialize;

use crate::features::{
    Answer, CandidateFeatures, LanguageDemand, Qualification, QualificationBasis,
    QualificationDemand, Readiness, VacancyFeatures, Workplace,
};

/// What a constraint is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// A language in one modality.
    Language(Language, Modality),
    /// Finished education.
    Qualification,
    /// A licence or certificate.
    Licence(Licence),
    /// Hours a week.
    Hours,
    /// Parts of the week.
    DayParts,
    /// Getting to the place.
    Place,
    /// Being allowed to work.
    Permission,
    /// The first day.
    Start,
    /// Wanting to learn on the job.
    Learning,
}

/// What it would take to meet a qualification demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remedy {
    /// What the candidate has would do if it were recognised.
    Recognition,
    /// More or other education.
    Education,
}

/// How far a candidate is from meeting a constraint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "gap")]
pub enum Gap {
    /// A level of a language.
    Language {
        /// What the candidate has.
        has: LanguageLevel,
        /// What is needed.
        needs: LanguageLevel,
    },
    /// A qualification.
    Qualification {
        /// The highest recognised level the candidate has.
        has: QualificationLevel,
        /// The level that is needed.
        needs: QualificationLevel,
        /// What would do.
        remedy: Remedy,
    },
    /// The licence is missing.
    Licence,
    /// Hours a week.
    Hours {
        /// The most the candidate can work.
        has: WeeklyHours,
        /// The least that is needed.
        needs: WeeklyHours,
    },
    /// Parts of the week in which the candidate cannot work.
    DayParts {
        /// The parts that are needed and not available.
        missing: DayParts,
    },
    /// The region is out of reach.
    Region {
        /// Where the work is.
        region: Region,
    },
    /// The municipality is out of reach.
    Municipality {
        /// Where the work is.
        municipality: Municipality,
    },
    /// The employer cannot handle what must be arranged.
    Permission {
        /// What must be arranged for the candidate.
        has: WorkPermission,
        /// The least free permission that would do.
        needs: WorkPermission,
    },
    /// The candidate can only start later.
    Start {
        /// The first day on which the candidate can start.
        has: StartDay,
        /// The last day that would do.
        needs: StartDay,
    },
    /// The candidate does not want to learn on the job.
    Learning,
}

/// How a constraint came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It is met.
    Met,
    /// It is not met, and this is how far off.
    NotMet(Gap),
    /// The candidate's answer is not known yet.
    Unknown,
}

/// A constraint of a vacancy and how it came out for a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What it is about.
    pub subject: Subject,
    /// How it came out.
    pub outcome: Outcome,
}

/// All constraints of a vacancy for a candidate, in a fixed order.
#[must_use]
pub fn findings(candidate: &CandidateFeatures, vacancy: &VacancyFeatures) -> Vec<Finding> {
    let mut findings = Vec::new();
    visit(candidate, vacancy, &mut |finding| findings.push(finding));
    findings
}

/// Whether no constraint is known to be not met.
#[must_use]
pub fn admits(candidate: &CandidateFeatures, vacancy: &VacancyFeatures) -> bool {
    let mut open = true;
    visit(candidate, vacancy, &mut |finding| {
        open &= !matches!(finding.outcome, Outcome::NotMet(_));
    });
    open
}

/// Calls `see` with every constraint in a fixed order, without allocating.
pub fn visit(
    candidate: &CandidateFeatures,
    vacancy: &VacancyFeatures,
    see: &mut impl FnMut(Finding),
) {
    let mut found = |subject, outcome| see(Finding { subject, outcome });
    if let Some(place) = &vacancy.place {
        found(Subject::Place, place_outcome(candidate, place));
    }
    for demand in &vacancy.languages {
        if demand.at_start > LanguageLevel::None {
            let subject = Subject::Language(demand.language, demand.modality);
            found(subject, language_outcome(candidate, demand));
        }
    }
    if let Some(demand) = &vacancy.qualification {
        found(
            Subject::Qualification,
            qualification_outcome(candidate, demand),
        );
    }
    for licence in &vacancy.licences {
        let outcome = judge(&candidate.licences, |held| {
            (!held.contains(licence)).then_some(Gap::Licence)
        });
        found(Subject::Licence(*licence), outcome);
    }
    schedule(candidate, vacancy, &mut found);
    if vacancy.permission > WorkPermission::NotAllowed {
        let needs = vacancy.permission;
        let outcome = judge(&candidate.permission, |&has| {
            (has < needs).then_some(Gap::Permission { has, needs })
        });
        found(Subject::Permission, outcome);
    }
    if vacancy.asks_learning() {
        let outcome = judge(&candidate.readiness, |readiness| {
            (*readiness == Readiness::NotReady).then_some(Gap::Learning)
        });
        found(Subject::Learning, outcome);
    }
}

/// Hours, parts of the week and first day.
fn schedule(
    candidate: &CandidateFeatures,
    vacancy: &VacancyFeatures,
    found: &mut impl FnMut(Subject, Outcome),
) {
    if let Some(needs) = vacancy.hours {
        let outcome = judge(&candidate.hours, |&has| {
            (has < needs).then_some(Gap::Hours { has, needs })
        });
        found(Subject::Hours, outcome);
    }
    if !vacancy.day_parts.is_empty() {
        let outcome = judge(&candidate.day_parts, |available| {
            let missing = vacancy.day_parts.without(*available);
            (!missing.is_empty()).then_some(Gap::DayParts { missing })
        });
        found(Subject::DayParts, outcome);
    }
    if let Some(needs) = vacancy.start_by {
        let outcome = judge(&candidate.start, |&has| {
            (has > needs).then_some(Gap::Start { has, needs })
        });
        found(Subject::Start, outcome);
    }
}

fn judge<T>(answer: &Answer<T>, gap: impl FnOnce(&T) -> Option<Gap>) -> Outcome {
    match answer {
        Answer::Unknown => Outcome::Unknown,
        Answer::Known(answer) => gap(answer).map_or(Outcome::Met, Outcome::NotMet),
    }
}

/// Whether the candidate's command of the language is enough at the start.
#[must_use]
pub fn language_outcome(candidate: &CandidateFeatures, demand: &LanguageDemand) -> Outcome {
    let Answer::Known(languages) = &candidate.languages else {
        return Outcome::Unknown;
    };
    let level = languages.level(demand.language, demand.modality);
    let needs = demand.at_start;
    judge(&level, |&has| {
        (has < needs).then_some(Gap::Language { has, needs })
    })
}

fn place_outcome(candidate: &CandidateFeatures, place: &Workplace) -> Outcome {
    let Answer::Known(reach) = &candidate.reach else {
        return Outcome::Unknown;
    };
    if reach.region_list().binary_search(&place.region).is_err() {
        return Outcome::NotMet(Gap::Region {
            region: place.region,
        });
    }
    match (reach.municipality_list(), place.municipality) {
        (None, _) => Outcome::Met,
        (Some(_), None) => Outcome::Unknown,
        (Some(within), Some(municipality)) => match within.binary_search(&municipality) {
            Ok(_) => Outcome::Met,
            Err(_) => Outcome::NotMet(Gap::Municipality { municipality }),
        },
    }
}

/// Whether what the candidate learned is enough, and if not, what would do.
///
/// The law accepts only a recognised qualification; an employer who merely asks may find out that
/// a pending recognition is granted, so that is unknown.
#[must_use]
pub fn qualification_outcome(
    candidate: &CandidateFeatures,
    demand: &QualificationDemand,
) -> Outcome {
    if demand.basis == QualificationBasis::ExperienceSuffices {
        return Outcome::Met;
    }
    let Answer::Known(held) = &candidate.qualifications else {
        return Outcome::Unknown;
    };
    let suffices = |one: &&Qualification| {
        one.level >= demand.level
            && demand.field.is_none_or(|field| {
                // A qualification in an unknown field may be in the right one.
                one.field.is_none_or(|held| field.contains(&held))
            })
    };
    let fitting = || held.iter().filter(suffices);
    let surely = |one: &Qualification| {
        one.recognition == Recognition::Recognised
            && (demand.field.is_none() || one.field.is_some())
    };
    if fitting().any(surely) {
        return Outcome::Met;
    }
    let perhaps = |one: &Qualification| match demand.basis {
        QualificationBasis::Asked => one.recognition >= Recognition::Pending,
        _ => one.recognition == Recognition::Recognised,
    };
    if fitting().any(perhaps) {
        return Outcome::Unknown;
    }
    Outcome::NotMet(Gap::Qualification {
        has: recognised_level(held),
        needs: demand.level.into(),
        remedy: match fitting().next() {
            Some(_) => Remedy::Recognition,
            None => Remedy::Education,
        },
    })
}

/// The highest recognised level, or none.
#[must_use]
pub fn recognised_level(held: &[Qualification]) -> QualificationLevel {
    level_from(held, Recognition::Recognised)
}

/// The highest level whose recognition has come at least this far, or none.
#[must_use]
pub(crate) fn level_from(held: &[Qualification], least: Recognition) -> QualificationLevel {
    held.iter()
        .filter(|one| one.recognition >= least)
        .map(|one| one.level.into())
        .max()
        .unwrap_or(QualificationLevel::NONE)
}
