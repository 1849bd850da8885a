//! Levers: what would change if one barrier, or two, were gone.
//!
//! A barrier is what stands between a candidate and a vacancy that would score high enough: a
//! language as a whole (one course raises all modalities), a qualification, one licence, hours,
//! parts of the week, travel, permission, the first day, wanting to learn, or one missing skill.
//! A lever counts the vacancies that open when its barrier alone is taken away; steps count up,
//! so "Dutch to B1" includes what opens at A2.
//! [`barriers`] is the definition; the fast pass is tested against it.

mod candidates;
mod groups;
mod tally;
mod vacancies;

pub use candidates::candidate_levers;
pub use groups::{GroupCount, GroupLevers, group_levers};
pub use vacancies::{Cost, Relaxed, VacancyCosts, vacancy_costs};

use domain::availability::{DayPart, DayParts, WeeklyHours};
use domain::code::{Licence, Region};
use domain::language::Language;
use domain::level::LanguageLevel;
use domain::placement::{Modality, QualificationLevel, WorkPermission};
use serde::Serialize;

use crate::constraint::{Gap, Outcome, Remedy, Subject, visit};
use crate::credit::Credits;
use crate::features::{CandidateFeatures, SkillId, VacancyFeatures};
use crate::index::Document;
use crate::pair::points;
use crate::vacancy::{DemandStep, Vacancy};

/// What is asked of the levers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeverQuestion {
    /// Least score of a vacancy that counts, 1..=1000.
    pub threshold: u16,
    /// Most examples for each lever.
    pub examples: usize,
    /// Most pairs of barriers.
    pub pairs: usize,
}

/// One barrier that is taken away, and how far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case", tag = "lever")]
pub enum Lever {
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
    /// A qualification of this level, in whatever field is asked.
    Qualification {
        /// Which level.
        to: QualificationLevel,
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
        /// Which one.
        skill: SkillId,
    },
}

/// How many vacancies a lever opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeverCount {
    /// Which lever.
    #[serde(flatten)]
    pub lever: Lever,
    /// Vacancies at or above the threshold that it opens, beside those that are open now.
    pub opens: u32,
    /// The best of them, best score first, ties by number.
    pub examples: Vec<Document>,
}

/// How many vacancies two levers open only together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PairCount {
    /// The two levers.
    pub levers: [Lever; 2],
    /// Vacancies that need both.
    pub opens: u32,
    /// The best of them.
    pub examples: Vec<Document>,
}

/// All levers of one candidate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CandidateLevers {
    /// Vacancies at or above the threshold that are open now.
    pub open_now: u32,
    /// Levers that open anything, in order of their kind.
    pub levers: Vec<LeverCount>,
    /// The pairs that open most, most first.
    pub pairs: Vec<PairCount>,
}

/// A barrier between a candidate and a vacancy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barrier {
    /// A language, in one or more modalities.
    Language {
        /// Which language.
        language: Language,
        /// The highest level that is lacking.
        to: LanguageLevel,
        /// The modality, if it is only one.
        only: Option<Modality>,
    },
    /// A qualification.
    Qualification {
        /// The level that is needed.
        to: QualificationLevel,
        /// What would do.
        remedy: Remedy,
    },
    /// A licence.
    Licence(Licence),
    /// Hours a week.
    Hours(WeeklyHours),
    /// Parts of the week.
    DayParts(DayParts),
    /// Travel, to this region.
    Travel(Region),
    /// Permission.
    Permission(WorkPermission),
    /// The first day.
    Start,
    /// Wanting to learn.
    Learning,
}

/// The barriers between a candidate and a vacancy, whatever its score.
#[must_use]
pub fn barriers(candidate: &CandidateFeatures, vacancy: &VacancyFeatures) -> Vec<Barrier> {
    let mut barriers = Vec::new();
    visit(candidate, vacancy, &mut |finding| {
        if let Outcome::NotMet(gap) = finding.outcome {
            add(&mut barriers, finding.subject, gap, vacancy);
        }
    });
    barriers
}

fn add(barriers: &mut Vec<Barrier>, subject: Subject, gap: Gap, vacancy: &VacancyFeatures) {
    let barrier = match (subject, gap) {
        (Subject::Language(language, modality), Gap::Language { needs, .. }) => {
            return add_language(barriers, language, modality, needs);
        }
        (_, Gap::Qualification { needs, remedy, .. }) => {
            Barrier::Qualification { to: needs, remedy }
        }
        (Subject::Licence(licence), _) => Barrier::Licence(licence),
        (_, Gap::Hours { needs, .. }) => Barrier::Hours(needs),
        (_, Gap::DayParts { missing }) => Barrier::DayParts(missing),
        (_, Gap::Region { region }) => Barrier::Travel(region),
        (_, Gap::Municipality { .. }) => match vacancy.place {
            Some(place) => Barrier::Travel(place.region),
            None => return,
        },
        (_, Gap::Permission { needs, .. }) => Barrier::Permission(needs),
        (_, Gap::Start { .. }) => Barrier::Start,
        (_, Gap::Learning) => Barrier::Learning,
        // A gap in a licence or language always comes with its subject.
        (_, Gap::Licence | Gap::Language { .. }) => return,
    };
    barriers.push(barrier);
}

/// One language is one barrier, however many of its modalities fall short.
fn add_language(
    barriers: &mut Vec<Barrier>,
    wanted: Language,
    modality: Modality,
    needs: LanguageLevel,
) {
    for barrier in barriers.iter_mut() {
        if let Barrier::Language { language, to, only } = barrier
            && *language == wanted
        {
            *to = (*to).max(needs);
            if *only != Some(modality) {
                *only = None;
            }
            return;
        }
    }
    barriers.push(Barrier::Language {
        language: wanted,
        to: needs,
        only: Some(modality),
    });
}

/// What a candidate would gain if one demand, with all its steps, counted as covered.
pub(crate) fn gain(credits: &Credits, steps: &[DemandStep]) -> u16 {
    steps
        .iter()
        .map(|step| step.weight - points(credits, step))
        .sum()
}

/// The demands of a vacancy, each as its steps.
pub(crate) fn demands(vacancy: &Vacancy) -> impl Iterator<Item = &[DemandStep]> {
    vacancy
        .steps()
        .chunk_by(|one, next| one.demand == next.demand)
}
