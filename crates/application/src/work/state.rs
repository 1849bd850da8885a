//! What is in memory: a register of what was read, and the snapshot laid out from it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::id::{OrganisationId, PersonId, VacancyId};
use domain::profile::{PoolChoice, Profile};
use domain::text::ConceptUri;
use domain::vacancy::{Vacancy, VacancyState};
use guidance::Day;
use matching::features::CandidateFeatures;
use matching::index::{CandidateIndex, Document, Grouping, VacancyIndex};
use matching::vacancy::Vacancy as Weighed;
use matching::yardstick::Yardstick;
use store::Store;
use vault::keys::MasterKey;

use super::Work;
use crate::ApplicationError;
use crate::vacancies::from_payload;

/// Rows that are read at a time.
const PAGE: u64 = 500;

/// How far the matches are, for health checks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WorkStatus {
    /// Number of the last change that is in the matches.
    pub revision: i64,
    /// Open vacancies.
    pub n_vacancies: usize,
    /// Candidates whom employers may see.
    pub n_candidates: usize,
    /// Stored vacancies and profiles that could not be used; they are left out.
    pub n_skipped: usize,
}

/// An open vacancy.
#[derive(Debug)]
pub(crate) struct OpenVacancy {
    pub(crate) id: VacancyId,
    pub(crate) organisation: OrganisationId,
    /// Name of the employer.
    pub(crate) employer: Arc<str>,
    pub(crate) vacancy: Vacancy,
    weighed: Weighed,
}

/// Everything laid out for answers.
pub(crate) struct Snapshot {
    /// By document of `index`.
    pub(crate) vacancies: Arc<[Arc<OpenVacancy>]>,
    pub(crate) index: Arc<VacancyIndex>,
    /// By document of both indexes of candidates.
    pub(crate) candidates: Arc<[PersonId]>,
    /// Who guides each of them.
    pub(crate) guided_by: Arc<[OrganisationId]>,
    pub(crate) by_reach: Arc<CandidateIndex>,
    pub(crate) together: Arc<CandidateIndex>,
}

/// What was read of the database.
#[derive(Default)]
pub(crate) struct Register {
    revision: i64,
    /// The day that permissions were worked out for; a new day begins everything anew.
    day: Option<Day>,
    vacancies: BTreeMap<VacancyId, Arc<OpenVacancy>>,
    candidates: BTreeMap<PersonId, Listed>,
    employers: BTreeMap<OrganisationId, Arc<str>>,
    /// Every concept that a vacancy names, once.
    concepts: BTreeSet<ConceptUri>,
    n_skipped: usize,
}

/// What of the register changed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Changed {
    vacancies: usize,
    candidates: usize,
}

/// The register's lists, to be laid out by another thread.
pub(crate) struct Parts {
    vacancies: Vec<Arc<OpenVacancy>>,
    candidates: Vec<(PersonId, Listed)>,
}

/// A candidate whom employers may see, and who guides them.
#[derive(Clone)]
struct Listed {
    guided_by: OrganisationId,
    features: Arc<CandidateFeatures>,
}

impl Changed {
    pub(crate) fn any(self) -> bool {
        self.vacancies + self.candidates > 0
    }
}

impl Snapshot {
    pub(crate) fn empty(yardstick: &Arc<Yardstick>) -> Snapshot {
        let none = |grouping| {
            let nobody: Arc<[CandidateFeatures]> = Arc::new([]);
            Arc::new(CandidateIndex::build(nobody, yardstick.clone(), grouping))
        };
        Snapshot {
            vacancies: Arc::new([]),
            index: Arc::new(VacancyIndex::build(Arc::new([]), yardstick.clone())),
            candidates: Arc::new([]),
            guided_by: Arc::new([]),
            by_reach: none(Grouping::ByReach),
            together: none(Grouping::Together),
        }
    }

    /// The snapshot after changes; the side that did not change is taken over.
    pub(crate) fn lay_out(
        before: &Snapshot,
        parts: Parts,
        changed: Changed,
        yardstick: &Arc<Yardstick>,
    ) -> Snapshot {
        let (vacancies, index) = if changed.vacancies > 0 {
            let weighed: Vec<Weighed> = parts.vacancies.iter().map(|v| v.weighed.clone()).collect();
            let index = VacancyIndex::build(weighed.into(), yardstick.clone());
            (parts.vacancies.into(), Arc::new(index))
        } else {
            (before.vacancies.clone(), before.index.clone())
        };
        if changed.candidates == 0 {
            return Snapshot {
                vacancies,
                index,
                candidates: before.candidates.clone(),
                guided_by: before.guided_by.clone(),
                by_reach: before.by_reach.clone(),
                together: before.together.clone(),
            };
        }
        let persons = parts.candidates.iter().map(|(person, _)| *person).collect();
        let listed = || parts.candidates.iter().map(|(_, listed)| listed);
        let features: Arc<[CandidateFeatures]> = listed()
            .map(|listed| CandidateFeatures::clone(&listed.features))
            .collect();
        let build = |grouping| CandidateIndex::build(features.clone(), yardstick.clone(), grouping);
        Snapshot {
            vacancies,
            index,
            candidates: persons,
            guided_by: listed().map(|listed| listed.guided_by).collect(),
            by_reach: Arc::new(build(Grouping::ByReach)),
            together: Arc::new(build(Grouping::Together)),
        }
    }

    /// The vacancy with a number of the index.
    pub(crate) fn vacancy(&self, document: Document) -> Option<&Arc<OpenVacancy>> {
        self.vacancies.get(document as usize)
    }

    /// The number of a vacancy in the index; ids stand in their order.
    pub(crate) fn document(&self, id: VacancyId) -> Option<Document> {
        let found = self.vacancies.binary_search_by_key(&id, |open| open.id);
        found.ok().map(|at| at as Document)
    }
}

impl Register {
    /// Reads what changed since the last time.
    pub(crate) async fn read_changes(
        &mut self,
        store: &Store,
        master: &MasterKey,
        work: &Work,
        today: Day,
    ) -> Result<Changed, ApplicationError> {
        let mut changed = Changed::default();
        if self.day != Some(today) {
            // What people may do can change with the date, so nothing of yesterday is kept.
            // The day is set at the end: what fails halfway begins anew the next time.
            *self = Register::default();
            changed = Changed {
                vacancies: 1,
                candidates: 1,
            };
        }
        // Changes up to this number are all committed; later ones are for the next time.
        let until = store::work_revision::current(store).await?;
        if until == self.revision {
            self.day = Some(today);
            return Ok(changed);
        }
        changed.vacancies += self.read_vacancies(store, work).await?;
        changed.candidates += self.read_candidates(store, master, work, today).await?;
        self.revision = until;
        self.day = Some(today);
        Ok(changed)
    }

    async fn read_vacancies(
        &mut self,
        store: &Store,
        work: &Work,
    ) -> Result<usize, ApplicationError> {
        let mut seen = self.revision;
        let mut n_changed = 0;
        loop {
            let rows = store::vacancy::changed_after(store, seen, PAGE).await?;
            let Some(last) = rows.last() else {
                return Ok(n_changed);
            };
            seen = last.revision;
            for row in rows {
                let known = self.vacancies.remove(&row.id).is_some();
                n_changed += usize::from(known || row.state == VacancyState::Open);
                if row.state != VacancyState::Open {
                    continue;
                }
                let employer = self.employer(store, row.organisation).await?;
                let open = from_payload(&row.payload).and_then(|mut vacancy| {
                    self.share(&mut vacancy);
                    Ok(OpenVacancy {
                        id: row.id,
                        organisation: row.organisation,
                        employer,
                        weighed: work.weigh(&vacancy)?,
                        vacancy,
                    })
                });
                match open {
                    Ok(open) => {
                        self.vacancies.insert(row.id, Arc::new(open));
                    }
                    // One that cannot be read must not keep all others away.
                    Err(_) => self.n_skipped += 1,
                }
            }
        }
    }

    /// Lets a vacancy use the concepts of the others, and gives back room that reading it took.
    fn share(&mut self, vacancy: &mut Vacancy) {
        let skills = vacancy.skills.iter_mut().map(|demand| &mut demand.skill);
        for uri in skills.chain(&mut vacancy.occupation) {
            match self.concepts.get(uri) {
                Some(known) => *uri = known.clone(),
                None => {
                    self.concepts.insert(uri.clone());
                }
            }
        }
        vacancy.skills.shrink_to_fit();
        vacancy.languages.shrink_to_fit();
        vacancy.tasks.shrink_to_fit();
    }

    async fn read_candidates(
        &mut self,
        store: &Store,
        master: &MasterKey,
        work: &Work,
        today: Day,
    ) -> Result<usize, ApplicationError> {
        let mut seen = self.revision;
        let mut n_changed = 0;
        loop {
            let rows = store::profile::changed_after(store, seen, PAGE).await?;
            let Some(last) = rows.last() else {
                return Ok(n_changed);
            };
            seen = last.revision;
            let ids: Vec<PersonId> = rows.iter().map(|row| row.person).collect();
            let persons = store::person::find_many(store, &ids).await?;
            let persons: BTreeMap<PersonId, _> = persons.iter().map(|p| (p.id, p)).collect();
            for row in rows {
                n_changed += usize::from(self.candidates.remove(&row.person).is_some());
                let Some(person) = persons.get(&row.person) else {
                    continue;
                };
                let key = person.key(master);
                let payload = match key {
                    Ok(Some(key)) => row.payload(&key),
                    Ok(None) => Ok(None),
                    Err(error) => Err(error),
                };
                match payload.map(|payload| payload.map(|p| serde_json::from_str::<Profile>(&p))) {
                    // Erased in the meantime.
                    Ok(None) => {}
                    Ok(Some(Ok(profile))) if profile.pool != PoolChoice::Listed => {}
                    Ok(Some(Ok(profile))) => {
                        let permission =
                            crate::features::permission(&profile, &work.guidance, today);
                        match crate::features::candidate(&profile, permission, &work.catalogue) {
                            Ok(features) => {
                                let listed = Listed {
                                    guided_by: person.organisation,
                                    features: Arc::new(features),
                                };
                                self.candidates.insert(row.person, listed);
                                n_changed += 1;
                            }
                            Err(_) => self.n_skipped += 1,
                        }
                    }
                    Ok(Some(Err(_))) | Err(_) => self.n_skipped += 1,
                }
            }
        }
    }

    async fn employer(
        &mut self,
        store: &Store,
        id: OrganisationId,
    ) -> Result<Arc<str>, ApplicationError> {
        if let Some(name) = self.employers.get(&id) {
            return Ok(name.clone());
        }
        let found = store::organisation::find(store, id).await?;
        let name: Arc<str> = found.map(|found| found.name).unwrap_or_default().into();
        self.employers.insert(id, name.clone());
        Ok(name)
    }

    pub(crate) fn parts(&self) -> Parts {
        Parts {
            vacancies: self.vacancies.values().cloned().collect(),
            candidates: self
                .candidates
                .iter()
                .map(|(person, listed)| (*person, listed.clone()))
                .collect(),
        }
    }

    pub(crate) fn status(&self) -> WorkStatus {
        WorkStatus {
            revision: self.revision,
            n_vacancies: self.vacancies.len(),
            n_candidates: self.candidates.len(),
            n_skipped: self.n_skipped,
        }
    }
}
