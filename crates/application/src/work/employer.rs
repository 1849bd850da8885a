//! Who fits a vacancy, without who they are; and what its demands cost.
//!
//! An employer sees skills, languages that the work asks, hours, how far somebody travels and the
//! month from which; never a name, contact, birth date, country, residence situation or own words.
//! Other languages are left out: a mother tongue tells where somebody comes from.
//! Nobody can be singled out: fewer than [`LEAST_POOL`] candidates are not listed or counted.

use std::fmt;
use std::str::FromStr;

use data_encoding::BASE32_NOPAD;
use domain::availability::{StartDay, WeeklyHours};
use domain::id::{PersonId, VacancyId};
use domain::language::Language;
use domain::level::LanguageLevel;
use domain::placement::Modality;
use domain::skill::{Evidence, SkillLevel};
use domain::text::ConceptUri;
use domain::vacancy::{Vacancy, VacancyState};
use matching::constraint::Outcome;
use matching::features::{Answer, CandidateFeatures};
pub use matching::levers::Relaxed;
use matching::levers::vacancy_costs;
use matching::pair::assess;
use matching::topk::best_candidates;
use matching::vacancy::Vacancy as Weighed;
use vault::blind_index::BlindIndex;

use super::explain::{Explanation, FITS_PARTLY_FROM, Fit, explain, uri};
use super::{Work, kernel};
use crate::audit::Event;
use crate::policy::Action;
use crate::vacancies::from_payload;
use crate::{Application, ApplicationError, Context};

/// Fewer candidates than this are neither listed nor counted.
pub const LEAST_POOL: usize = 5;

/// Most candidates in one answer.
pub const MOST_CANDIDATES: usize = 100;

/// The name of a candidate for one vacancy: always the same there, another elsewhere.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Alias([u8; 10]);

/// A text that is no alias.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a candidate")]
pub struct NotAnAlias;

/// Candidates for a vacancy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CandidateList {
    /// The best, the best first.
    Listed(Vec<AnonymousCandidate>),
    /// Fewer than [`LEAST_POOL`] fit at least partly; nobody is shown.
    TooFew,
}

/// A candidate without who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnonymousCandidate {
    /// Under which name.
    pub alias: Alias,
    /// How well the candidate fits, and why; only what is met or unknown is listed.
    pub explanation: Explanation,
    /// Skills.
    pub skills: Vec<AnonymousSkill>,
    /// Command of Dutch, English and the languages that the vacancy asks, of those known.
    pub languages: Vec<(Language, [Option<LanguageLevel>; 4])>,
    /// Most hours a week.
    pub hours: Option<WeeklyHours>,
    /// How far the candidate can get.
    pub travel: TravelClass,
    /// From which month.
    pub available: Available,
}

/// A skill of a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnonymousSkill {
    /// Which one.
    pub skill: ConceptUri,
    /// How well, if that was said.
    pub level: Option<SkillLevel>,
    /// What it rests on.
    pub evidence: Evidence,
}

/// How a candidate gets to the place of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TravelClass {
    /// The municipality is one that the candidate named.
    Municipality,
    /// The region is one that the candidate named.
    Region,
    /// The work can be done from anywhere.
    Anywhere,
    /// It was not asked yet.
    Unknown,
}

/// From when a candidate is available.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Available {
    /// Now.
    Now,
    /// From this month of this year.
    Month {
        /// The year.
        year: i32,
        /// The month, 1..=12.
        month: u8,
    },
    /// It was not asked yet.
    Unknown,
}

/// How many candidates, without singling anybody out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PoolCount {
    /// Fewer than [`LEAST_POOL`], none included.
    Few,
    /// So many.
    Exactly(u32),
}

/// What the demands of a vacancy cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemandCosts {
    /// Candidates who fit at least partly now.
    pub fit_now: PoolCount,
    /// What each demand costs, the dearest first.
    pub costs: Vec<DemandCost>,
}

/// What one demand costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemandCost {
    /// Which demand, given up or lowered; of a skill its place in the vacancy's list is named.
    pub demand: CostedDemand,
    /// Candidates who would fit besides.
    pub candidates: PoolCount,
}

/// A demand that costs candidates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CostedDemand {
    /// The skill at this position of the vacancy's list.
    Skill(usize),
    /// Anything else; never [`Relaxed::Skill`].
    Other(Relaxed),
}

impl Application {
    /// Anonymous candidates for a vacancy of the actor's organisation, the best first; at most
    /// [`MOST_CANDIDATES`].
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such vacancy for the actor or it is not
    /// open.
    pub async fn candidates_for(
        &self,
        context: &Context,
        vacancy: VacancyId,
        n: usize,
    ) -> Result<CandidateList, ApplicationError> {
        let stored = self
            .vacancy_for(context, Action::ReadAnonymousCandidates, vacancy)
            .await?;
        if stored.state != VacancyState::Open {
            return Err(ApplicationError::NotFound);
        }
        let weighed = self.work()?.weigh(&from_payload(&stored.payload)?)?;
        let names = self.aliases(vacancy);
        let today = self.now().to_date_time().date();
        let n = n.min(MOST_CANDIDATES);
        let listed = self
            .compute(move |work, snapshot| {
                // Enough to know whether the pool is large enough, however few are asked for.
                let most = n.max(LEAST_POOL);
                let vacancies = [weighed];
                let mut found = best_candidates(&snapshot.by_reach, &vacancies, most, kernel());
                let [weighed] = vacancies;
                let mut listed: Vec<AnonymousCandidate> = Vec::new();
                for ranked in found.pop().unwrap_or_default() {
                    let at = ranked.document as usize;
                    let (Some(person), Some(features)) = (
                        snapshot.candidates.get(at),
                        snapshot.by_reach.candidates().get(at),
                    ) else {
                        continue;
                    };
                    let alias = names.of(*person);
                    let candidate = anonymous(work, alias, features, &weighed, today);
                    if candidate.explanation.fit != Fit::NotYet {
                        listed.push(candidate);
                    }
                }
                listed
            })
            .await?;
        let listed = if listed.len() < LEAST_POOL {
            CandidateList::TooFew
        } else {
            CandidateList::Listed(listed.into_iter().take(n).collect())
        };
        let n_found = match &listed {
            CandidateList::Listed(candidates) => candidates.len() as u32,
            CandidateList::TooFew => 0,
        };
        self.audit_alone(context, Event::CandidatesListed { vacancy, n_found })
            .await?;
        Ok(listed)
    }

    /// What each demand of a vacancy, stored or not, costs in candidates.
    ///
    /// # Errors
    /// [`ApplicationError::Forbidden`] when the actor speaks for no employer;
    /// [`ApplicationError::Invalid`] when the vacancy demands no skill.
    pub async fn demand_costs(
        &self,
        context: &Context,
        draft: &Vacancy,
    ) -> Result<DemandCosts, ApplicationError> {
        let organisation = context
            .actor
            .organisation()
            .ok_or(ApplicationError::Forbidden)?;
        let relation = Application::relation_to(context, organisation);
        self.authorise(context, Action::ReadAnonymousCandidates, relation)?;
        draft.check(VacancyState::Open)?;
        let weighed = self.work()?.weigh(draft)?;
        let demanded: Vec<ConceptUri> = draft.skills.iter().map(|d| d.skill.clone()).collect();
        self.compute(move |work, snapshot| {
            let threshold = FITS_PARTLY_FROM;
            let found = vacancy_costs(&snapshot.together, &[weighed], threshold, kernel());
            let found = found.into_iter().next().unwrap_or_default();
            let mut costs: Vec<DemandCost> = found
                .costs
                .iter()
                .filter_map(|cost| {
                    let demand = match cost.relaxed {
                        Relaxed::Skill { skill } => {
                            let skill = uri(skill, &work.catalogue)?;
                            let at = demanded.iter().position(|known| *known == skill)?;
                            CostedDemand::Skill(at)
                        }
                        other => CostedDemand::Other(other),
                    };
                    Some(DemandCost {
                        demand,
                        candidates: PoolCount::of(cost.candidates),
                    })
                })
                .collect();
            costs.sort_by_key(|cost| std::cmp::Reverse(cost.candidates));
            DemandCosts {
                fit_now: PoolCount::of(found.fit_now),
                costs,
            }
        })
        .await
    }

    /// The aliases of a vacancy.
    pub(crate) fn aliases(&self, vacancy: VacancyId) -> Aliases {
        let index = BlindIndex::of_column(&self.master, "vacancy_alias", &vacancy.to_string());
        Aliases(index)
    }

    /// Whom an alias names among the candidates whom employers may see.
    pub(crate) async fn candidate_named(
        &self,
        vacancy: VacancyId,
        alias: Alias,
    ) -> Result<Option<PersonId>, ApplicationError> {
        let names = self.aliases(vacancy);
        self.compute(move |_, snapshot| {
            let mut persons = snapshot.candidates.iter();
            persons.find(|person| names.of(**person) == alias).copied()
        })
        .await
    }
}

/// Makes the aliases of one vacancy.
pub(crate) struct Aliases(BlindIndex);

impl Aliases {
    /// The alias of a person.
    pub(crate) fn of(&self, person: PersonId) -> Alias {
        let hash = self.0.of(&person.to_string());
        let mut short = [0; 10];
        // Eighty of 128 bits: no two candidates share one, and it can be read out.
        short.copy_from_slice(&hash[..10]);
        Alias(short)
    }
}

fn anonymous(
    work: &Work,
    alias: Alias,
    features: &CandidateFeatures,
    vacancy: &Weighed,
    today: time::Date,
) -> AnonymousCandidate {
    let mut explanation = explain(assess(features, vacancy, &work.yardstick), &work.catalogue);
    // Wishes are between the person and who guides them.
    explanation.wishes.clear();
    let asked = vacancy.features().languages.iter().map(|l| l.language);
    let mut shown: Vec<Language> = [Language::NL, Language::EN]
        .into_iter()
        .chain(asked)
        .collect();
    shown.sort_unstable();
    shown.dedup();
    explanation
        .prospects
        .retain(|p| shown.contains(&p.language));
    let languages = features.languages.known().map_or_else(Vec::new, |known| {
        let level = |language, modality| known.level(language, modality).known().copied();
        shown
            .into_iter()
            .map(|language| (language, Modality::ALL.map(|m| level(language, m))))
            .collect()
    });
    let skills = features.skills.iter().filter_map(|held| {
        Some(AnonymousSkill {
            skill: uri(held.skill, &work.catalogue)?,
            level: held.level,
            evidence: held.evidence,
        })
    });
    AnonymousCandidate {
        alias,
        skills: skills.collect(),
        languages,
        hours: features.hours.known().copied(),
        travel: travel(features, vacancy),
        available: available(features.start, today),
        explanation,
    }
}

fn travel(features: &CandidateFeatures, vacancy: &Weighed) -> TravelClass {
    let Some(place) = vacancy.features().place else {
        return TravelClass::Anywhere;
    };
    match (&features.reach, place.municipality) {
        (Answer::Unknown, _) => TravelClass::Unknown,
        (Answer::Known(reach), Some(municipality))
            if reach
                .municipality_list()
                .is_some_and(|list| list.contains(&municipality)) =>
        {
            TravelClass::Municipality
        }
        (Answer::Known(_), _) => TravelClass::Region,
    }
}

fn available(start: Answer<StartDay>, today: time::Date) -> Available {
    match start {
        Answer::Unknown => Available::Unknown,
        Answer::Known(day) if day.date() <= today => Available::Now,
        Answer::Known(day) => Available::Month {
            year: day.date().year(),
            month: day.date().month().into(),
        },
    }
}

impl AnonymousCandidate {
    /// Constraints whose answer is not known yet.
    #[must_use]
    pub fn n_unknown(&self) -> usize {
        let constraints = self.explanation.constraints.iter();
        constraints
            .filter(|finding| finding.outcome == Outcome::Unknown)
            .count()
    }
}

impl PoolCount {
    fn of(count: u32) -> PoolCount {
        if (count as usize) < LEAST_POOL {
            PoolCount::Few
        } else {
            PoolCount::Exactly(count)
        }
    }
}

impl fmt::Display for Alias {
    /// Sixteen letters and digits in groups of four.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = BASE32_NOPAD.encode(&self.0);
        let groups: Vec<&str> = [0, 4, 8, 12]
            .iter()
            .filter_map(|at| text.get(*at..at + 4))
            .collect();
        f.pad(&groups.join("-"))
    }
}

impl fmt::Debug for Alias {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Alias({self})")
    }
}

impl FromStr for Alias {
    type Err = NotAnAlias;

    fn from_str(text: &str) -> Result<Alias, NotAnAlias> {
        let letters: String = text.chars().filter(|c| *c != '-').collect();
        let bytes = BASE32_NOPAD
            .decode(letters.to_ascii_uppercase().as_bytes())
            .map_err(|_| NotAnAlias)?;
        bytes.try_into().map(Alias).map_err(|_| NotAnAlias)
    }
}
