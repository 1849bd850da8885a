//! Which work fits whom: open vacancies and listed candidates in memory, shared by all requests.
//!
//! [`Work`] holds the catalogue, the rules and a `state::Snapshot`; requests compute on a snapshot
//! and are never held up by a change. A change in the database shows in the number of
//! `store::work_revision`; [`Application::refresh_work`] reads what changed since, and whoever
//! serves calls it again and again ([`Application::keep_work_fresh`]), so that several processes on
//! one database all see every change within [`FRESH_WITHIN`].
//!
//! The modules beside this one answer: `newcomer` what fits a person, `employer` who fits a
//! vacancy, `inventory` which barriers keep many from work, `suggest` what a text names.

pub mod counting;
pub mod employer;
pub mod explain;
pub mod inventory;
pub mod newcomer;
mod state;
pub mod suggest;

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use domain::vacancy::Vacancy;
use guidance::GuidanceSet;
use matching::configuration::Configuration;
use matching::index::{Kernel, VacancyIndex};
use matching::knowledge;
use matching::vacancy::Vacancy as Weighed;
use matching::yardstick::Yardstick;
use taxonomy::{Catalogue, ConceptId};
use tokio::sync::watch;

use crate::{Application, ApplicationError, InvalidInput};
use state::{Register, Snapshot};

pub(crate) use state::OpenVacancy;
pub use state::WorkStatus;

/// A change is in the matches of every process within this time.
pub const FRESH_WITHIN: Duration = Duration::from_secs(2);

/// How often a serving process asks for changes; the rest of [`FRESH_WITHIN`] is for laying out.
const ASK_EVERY: Duration = Duration::from_millis(500);

/// Everything that matches are computed from.
pub struct Work {
    pub(crate) catalogue: Arc<Catalogue>,
    guidance: Arc<GuidanceSet>,
    yardstick: Arc<Yardstick>,
    occupations: Occupations,
    snapshot: RwLock<Arc<Snapshot>>,
    /// Whether everything was read once; who asks before waits for it.
    is_loaded: watch::Sender<bool>,
    /// What the snapshot was made from; whoever holds it brings everything up to date.
    register: tokio::sync::Mutex<Register>,
}

/// The occupations of the catalogue, laid out as if they were vacancies that ask nothing but
/// skills.
struct Occupations {
    index: Arc<VacancyIndex>,
    concepts: Vec<ConceptId>,
}

impl Application {
    /// This application with matches: reads all open vacancies and profiles.
    ///
    /// # Errors
    /// Fails when the database cannot be read.
    pub async fn with_work(
        self,
        catalogue: Arc<Catalogue>,
        guidance: Arc<GuidanceSet>,
    ) -> Result<Application, ApplicationError> {
        let application = self.with_work_to_read(catalogue, guidance);
        application.refresh_work().await?;
        Ok(application)
    }

    /// This application with matches that are still to be read, by
    /// [`Application::keep_work_fresh`]: whoever asks for matches before waits for them, and all
    /// else is there at once.
    #[must_use]
    pub fn with_work_to_read(
        mut self,
        catalogue: Arc<Catalogue>,
        guidance: Arc<GuidanceSet>,
    ) -> Application {
        let yardstick = knowledge::yardstick(&catalogue, Configuration::current());
        let yardstick = Arc::new(yardstick);
        let occupations = Occupations::of(&catalogue, &yardstick);
        let work = Work {
            snapshot: RwLock::new(Arc::new(Snapshot::empty(&yardstick))),
            catalogue,
            guidance,
            yardstick,
            occupations,
            is_loaded: watch::Sender::new(false),
            register: tokio::sync::Mutex::default(),
        };
        self.work = Some(Arc::new(work));
        self
    }

    /// Reads what changed in vacancies and profiles since the last time.
    ///
    /// # Errors
    /// Fails when the database cannot be read; the matches then stay as they were.
    pub async fn refresh_work(&self) -> Result<WorkStatus, ApplicationError> {
        let work = self.work()?;
        let today = self.today();
        let mut register = work.register.lock().await;
        let changed = register
            .read_changes(&self.store, &self.master, work, today)
            .await?;
        if changed.any() {
            let before = work.snapshot();
            let parts = register.parts();
            let yardstick = work.yardstick.clone();
            let after = tokio::task::spawn_blocking(move || {
                Snapshot::lay_out(&before, parts, changed, &yardstick)
            })
            .await
            .map_err(|_| ApplicationError::Fault("laying out the matches failed"))?;
            *work
                .snapshot
                .write()
                .unwrap_or_else(PoisonError::into_inner) = Arc::new(after);
        }
        work.is_loaded.send_replace(true);
        Ok(register.status())
    }

    /// Refreshes the matches for ever; `report` hears when that begins to fail and when it succeeds
    /// again, and it goes on.
    pub async fn keep_work_fresh(&self, report: impl Fn(Result<(), &ApplicationError>) + Send) {
        let mut is_failing = false;
        let mut turn = tokio::time::interval(ASK_EVERY);
        turn.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            turn.tick().await;
            let outcome = self.refresh_work().await.map(|_| ());
            if outcome.is_err() != is_failing {
                is_failing = outcome.is_err();
                report(match &outcome {
                    Ok(()) => Ok(()),
                    Err(error) => Err(error),
                });
            }
        }
    }

    pub(crate) fn work(&self) -> Result<&Arc<Work>, ApplicationError> {
        self.work
            .as_ref()
            .ok_or(ApplicationError::Fault("this process keeps no matches"))
    }
}

impl Work {
    /// The present state; it does not change while it is held.
    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// A vacancy with weighed demands.
    pub(crate) fn weigh(&self, vacancy: &Vacancy) -> Result<Weighed, ApplicationError> {
        let features = crate::features::vacancy(vacancy, &self.catalogue);
        Weighed::weigh(features, &self.yardstick).map_err(|_| InvalidInput::UnknownSkills.into())
    }
}

impl Occupations {
    /// Lays out every occupation that names skills.
    fn of(catalogue: &Catalogue, yardstick: &Arc<Yardstick>) -> Occupations {
        use matching::features::{Importance, Moment, SkillDemand, VacancyFeatures};
        use taxonomy::concept::{ConceptKind, Relation};

        let mut concepts = Vec::new();
        let mut weighed = Vec::new();
        for occupation in catalogue.of_kind(ConceptKind::Occupation) {
            let demand = |(concept, relation): (ConceptId, Relation)| {
                Some(SkillDemand {
                    skill: knowledge::skill(catalogue, concept)?,
                    level: None,
                    importance: match relation {
                        Relation::Essential => Importance::Essential,
                        Relation::Optional => Importance::Optional,
                    },
                    moment: Moment::AtStart,
                })
            };
            let mut skills: Vec<SkillDemand> =
                catalogue.skills_of(occupation).filter_map(demand).collect();
            skills.sort_by_key(|demand| (demand.importance, demand.skill));
            skills.truncate(matching::features::MOST_DEMANDS);
            let mut features = VacancyFeatures::with_skills(skills);
            features.occupation = knowledge::occupation(catalogue, occupation);
            // An occupation without skills has nothing to be near to.
            if let Ok(vacancy) = Weighed::weigh(features, yardstick) {
                concepts.push(occupation);
                weighed.push(vacancy);
            }
        }
        Occupations {
            index: Arc::new(VacancyIndex::build(weighed.into(), yardstick.clone())),
            concepts,
        }
    }
}

impl std::fmt::Debug for Work {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Work").finish_non_exhaustive()
    }
}

/// The kernel that this machine computes with; the answers are the same with every one.
fn kernel() -> Kernel {
    Kernel::widest()
}
