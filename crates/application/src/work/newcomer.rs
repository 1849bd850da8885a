//! What fits a newcomer, what would help most, and what is worth asking.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::id::{OrganisationId, PersonId, VacancyId};
use domain::profile::{AnswerState, Dismissal, Profile, ProfileQuestion};
use domain::text::{ConceptUri, Title};
use domain::vacancy::Vacancy;
use matching::features::CandidateFeatures;
use matching::levers::{Lever, LeverQuestion, candidate_levers};
use matching::pair::assess;
use matching::question::{Asked, Question, questions};
use matching::topk::best_vacancies;

use super::explain::{Explanation, FITS_PARTLY_FROM, explain, uri};
use super::state::{OpenVacancy, Snapshot};
use super::{Work, kernel};
use crate::audit::Event;
use crate::policy::Action;
use crate::{Application, ApplicationError, Context};

/// Most vacancies or occupations in one answer.
pub const MOST_ANSWERS: usize = 100;

/// Most levers in one answer.
const MOST_LEVERS: usize = 20;

/// Examples of each lever.
const EXAMPLES: usize = 3;

/// A vacancy that fits, with reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FittingWork {
    /// Id.
    pub vacancy: VacancyId,
    /// The employer.
    pub organisation: OrganisationId,
    /// Name of the employer.
    pub employer: String,
    /// What the employer wrote.
    pub content: Vacancy,
    /// How well it fits, and why.
    pub explanation: Explanation,
}

/// An occupation that is near, with reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearOccupation {
    /// The occupation.
    pub occupation: ConceptUri,
    /// How near it is, and why.
    pub explanation: Explanation,
}

/// Everything about a person's work at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkOverview {
    /// The best work.
    pub fitting: Vec<FittingWork>,
    /// What would open more.
    pub levers: LeversView,
    /// Occupations that are near.
    pub near: Vec<NearOccupation>,
    /// What the person set aside.
    pub dismissed: Vec<Dismissal>,
    /// The question whose answer would settle most; see [`Application::next_question`].
    pub ask: Option<Asked>,
}

/// What would open work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeversView {
    /// Vacancies that fit at least partly now.
    pub open_now: u32,
    /// What helps, most first.
    pub levers: Vec<LeverView>,
}

/// One thing that would open work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeverView {
    /// What.
    pub lever: LeverKind,
    /// Vacancies that it opens beside those that are open now.
    pub opens: u32,
    /// The best of them.
    pub examples: Vec<(VacancyId, Title)>,
}

/// What a lever is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeverKind {
    /// One more skill.
    Skill(ConceptUri),
    /// Anything else; never [`Lever::Skill`].
    Other(Lever),
}

/// A person's profile as the engine sees it, beside what the page needs of it.
struct Seeker {
    profile: Profile,
    features: CandidateFeatures,
}

impl Application {
    /// The vacancies that fit a person best, the best first, without those they dismissed; at most
    /// [`MOST_ANSWERS`].
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such person for the actor.
    pub async fn work_that_fits(
        &self,
        context: &Context,
        person: PersonId,
        n: usize,
    ) -> Result<Vec<FittingWork>, ApplicationError> {
        let seeker = self.seeker(context, person).await?;
        self.compute(move |work, snapshot| best_work(work, snapshot, &seeker, n))
            .await
    }

    /// Everything that the page with a person's work tells, read and written down once.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such person for the actor.
    pub async fn work_overview(
        &self,
        context: &Context,
        person: PersonId,
        (n_work, n_near): (usize, usize),
    ) -> Result<WorkOverview, ApplicationError> {
        let seeker = self.seeker(context, person).await?;
        self.compute(move |work, snapshot| WorkOverview {
            fitting: best_work(work, snapshot, &seeker, n_work),
            levers: levers(work, snapshot, &seeker.features),
            near: near(work, &seeker.features, n_near),
            ask: ask(snapshot, &seeker),
            dismissed: seeker.profile.dismissed,
        })
        .await
    }

    /// How one open vacancy fits a person, also when something stands in the way.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such person for the actor or no such open
    /// vacancy.
    pub async fn how_work_fits(
        &self,
        context: &Context,
        person: PersonId,
        vacancy: VacancyId,
    ) -> Result<FittingWork, ApplicationError> {
        let seeker = self.seeker(context, person).await?;
        self.compute(move |work, snapshot| {
            let document = snapshot.document(vacancy)?;
            let open = snapshot.vacancy(document)?;
            Some(fitting(work, snapshot, (document, open), &seeker.features))
        })
        .await?
        .ok_or(ApplicationError::NotFound)
    }

    /// What would open most work for a person.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such person for the actor.
    pub async fn levers_of(
        &self,
        context: &Context,
        person: PersonId,
    ) -> Result<LeversView, ApplicationError> {
        let seeker = self.seeker(context, person).await?;
        self.compute(move |work, snapshot| levers(work, snapshot, &seeker.features))
            .await
    }

    /// The occupations of the catalogue that a person's skills are nearest to, the nearest first;
    /// at most [`MOST_ANSWERS`].
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such person for the actor.
    pub async fn occupations_near(
        &self,
        context: &Context,
        person: PersonId,
        n: usize,
    ) -> Result<Vec<NearOccupation>, ApplicationError> {
        let seeker = self.seeker(context, person).await?;
        self.compute(move |work, _| near(work, &seeker.features, n))
            .await
    }

    /// How near an occupation of the catalogue is to a person's skills, and why.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such person for the actor, or no such
    /// occupation that names skills.
    pub async fn how_occupation_fits(
        &self,
        context: &Context,
        person: PersonId,
        occupation: &ConceptUri,
    ) -> Result<NearOccupation, ApplicationError> {
        let seeker = self.seeker(context, person).await?;
        let occupation = occupation.clone();
        self.compute(move |work, _| {
            let mut concepts = work.occupations.concepts.iter();
            let at = concepts.position(|one| work.catalogue.uri(*one) == occupation.as_str())?;
            near_at(work, &seeker.features, at)
        })
        .await?
        .ok_or(ApplicationError::NotFound)
    }

    /// The question whose answer would settle most of the work that may fit; none when nothing
    /// depends on an answer, or the person does not know what is left.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such person for the actor.
    pub async fn next_question(
        &self,
        context: &Context,
        person: PersonId,
    ) -> Result<Option<Asked>, ApplicationError> {
        let seeker = self.seeker(context, person).await?;
        self.compute(move |_, snapshot| ask(snapshot, &seeker))
            .await
    }

    /// The profile of a person whom the actor may see; that it was used is written down first.
    async fn seeker(
        &self,
        context: &Context,
        person: PersonId,
    ) -> Result<Seeker, ApplicationError> {
        let found = self
            .person_for(context, Action::ReadProfile, person)
            .await?;
        let work = self.work()?;
        let today = self.today();
        self.audit_alone(context, Event::WorkRead { person })
            .await?;
        // Always the profile as it is stored: what the person just told counts at once.
        let profile = self.profile_of(&found).await?.profile;
        let permission = crate::features::permission(&profile, &work.guidance, today);
        let features = crate::features::candidate(&profile, permission, &work.catalogue)
            .map_err(|_| ApplicationError::Fault("a stored profile has too many skills"))?;
        Ok(Seeker { profile, features })
    }

    /// Computes on the present snapshot, once there is one, beside the threads that serve.
    pub(crate) async fn compute<T: Send + 'static>(
        &self,
        compute: impl FnOnce(&Work, &Snapshot) -> T + Send + 'static,
    ) -> Result<T, ApplicationError> {
        let work = self.work()?.clone();
        let mut is_loaded = work.is_loaded.subscribe();
        let loaded = is_loaded.wait_for(|is_loaded| *is_loaded).await;
        loaded.map_err(|_| ApplicationError::Fault("the matches are gone"))?;
        tokio::task::spawn_blocking(move || {
            let snapshot = work.snapshot();
            compute(&work, &snapshot)
        })
        .await
        .map_err(|_| ApplicationError::Fault("computing the matches failed"))
    }
}

/// The best work without what the person dismissed.
fn best_work(work: &Work, snapshot: &Snapshot, seeker: &Seeker, n: usize) -> Vec<FittingWork> {
    let n = n.min(MOST_ANSWERS);
    let dismissed = seeker.profile.dismissed.iter();
    let dismissed: BTreeSet<VacancyId> = dismissed.map(|one| one.vacancy).collect();
    let candidates = std::slice::from_ref(&seeker.features);
    let most = n + dismissed.len();
    let mut found = best_vacancies(&snapshot.index, candidates, most, kernel());
    let best = found.pop().unwrap_or_default();
    best.into_iter()
        .filter_map(|ranked| Some((ranked.document, snapshot.vacancy(ranked.document)?)))
        .filter(|(_, open)| !dismissed.contains(&open.id))
        .take(n)
        .map(|(document, open)| fitting(work, snapshot, (document, open), &seeker.features))
        .collect()
}

/// The question whose answer would settle most.
fn ask(snapshot: &Snapshot, seeker: &Seeker) -> Option<Asked> {
    let features = std::slice::from_ref(&seeker.features);
    let found = questions(&snapshot.index, features, FITS_PARTLY_FROM, kernel());
    let asked = found.into_iter().next().unwrap_or_default();
    asked.into_iter().find(|asked| {
        let state = seeker.profile.state(asked_by(asked.question));
        state != AnswerState::DoesNotKnow
    })
}

/// What would open most work.
fn levers(work: &Work, snapshot: &Snapshot, features: &CandidateFeatures) -> LeversView {
    let question = LeverQuestion {
        threshold: FITS_PARTLY_FROM,
        examples: EXAMPLES,
        pairs: 0,
    };
    let features = std::slice::from_ref(features);
    let found = candidate_levers(&snapshot.index, features, &question, kernel());
    let found = found.into_iter().next().unwrap_or_default();
    let mut levers: Vec<LeverView> = found
        .levers
        .into_iter()
        .filter_map(|count| {
            let examples = count.examples.iter();
            Some(LeverView {
                lever: work.named(count.lever)?,
                opens: count.opens,
                examples: examples
                    .filter_map(|document| snapshot.vacancy(*document))
                    .map(|open| (open.id, open.vacancy.title.clone()))
                    .collect(),
            })
        })
        .collect();
    // The sort is stable, so equal levers keep their fixed order.
    levers.sort_by_key(|lever| std::cmp::Reverse(lever.opens));
    levers.truncate(MOST_LEVERS);
    LeversView {
        open_now: found.open_now,
        levers,
    }
}

impl Work {
    /// A lever with the skill by its URI; none for a skill that the catalogue does not know.
    pub(super) fn named(&self, lever: Lever) -> Option<LeverKind> {
        Some(match lever {
            Lever::Skill { skill } => LeverKind::Skill(uri(skill, &self.catalogue)?),
            other => LeverKind::Other(other),
        })
    }
}

/// The occupations that are nearest.
fn near(work: &Work, features: &CandidateFeatures, n: usize) -> Vec<NearOccupation> {
    let index = &work.occupations.index;
    let n = n.min(MOST_ANSWERS);
    let mut found = best_vacancies(index, std::slice::from_ref(features), n, kernel());
    let best = found.pop().unwrap_or_default();
    best.into_iter()
        .filter_map(|ranked| near_at(work, features, ranked.document as usize))
        .collect()
}

/// How near the occupation at a place of the index is.
fn near_at(work: &Work, features: &CandidateFeatures, at: usize) -> Option<NearOccupation> {
    let concept = *work.occupations.concepts.get(at)?;
    let vacancy = work.occupations.index.vacancies().get(at)?;
    let assessment = assess(features, vacancy, &work.yardstick);
    Some(NearOccupation {
        occupation: ConceptUri::new(work.catalogue.uri(concept)).ok()?,
        explanation: explain(assessment, &work.catalogue),
    })
}

fn fitting(
    work: &Work,
    snapshot: &Snapshot,
    (document, open): (u32, &Arc<OpenVacancy>),
    candidate: &CandidateFeatures,
) -> FittingWork {
    // Documents of the index and vacancies of the snapshot are the same list.
    let weighed = &snapshot.index.vacancies()[document as usize];
    let assessment = assess(candidate, weighed, &work.yardstick);
    FittingWork {
        vacancy: open.id,
        organisation: open.organisation,
        employer: open.employer.to_string(),
        content: open.vacancy.clone(),
        explanation: explain(assessment, &work.catalogue),
    }
}

/// The question of the story that gives the answer.
#[must_use]
pub fn asked_by(question: Question) -> ProfileQuestion {
    match question {
        Question::Language { .. } => ProfileQuestion::Languages,
        Question::Qualifications => ProfileQuestion::Education,
        Question::Licences => ProfileQuestion::Licences,
        Question::Hours => ProfileQuestion::Hours,
        Question::DayParts => ProfileQuestion::DayParts,
        Question::Reach => ProfileQuestion::Reach,
        Question::Permission => ProfileQuestion::Residence,
        Question::Start => ProfileQuestion::Start,
        Question::Readiness => ProfileQuestion::Readiness,
    }
}
