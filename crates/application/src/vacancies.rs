//! Vacancies: written by employers, open ones seen by everybody.

use domain::id::{AccountId, OrganisationId, VacancyId};
use domain::moment::Moment;
use domain::vacancy::{Vacancy, VacancyState};
use store::vacancy::{NewVacancy, StoredVacancy, VacancyChange};

use crate::audit::Event;
use crate::policy::Action;
use crate::{Application, ApplicationError, Context, InvalidInput};

/// Most vacancies of one page of a list.
pub const PAGE: u64 = 100;

/// Most vacancies of one import.
pub const MOST_IMPORTED: usize = 1_000;

/// A vacancy as its employer sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VacancyView {
    /// Id.
    pub id: VacancyId,
    /// The employer.
    pub organisation: OrganisationId,
    /// Where it stands.
    pub state: VacancyState,
    /// What the employer wrote.
    pub vacancy: Vacancy,
    /// Counts changes, for [`Application::change_vacancy`].
    pub version: i64,
    /// When it was opened last.
    pub opened_at: Option<Moment>,
    /// When it was last changed.
    pub changed_at: Moment,
    /// Who changed it.
    pub changed_by: Option<AccountId>,
}

/// An open vacancy as everybody sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicVacancy {
    /// Id.
    pub id: VacancyId,
    /// The employer.
    pub organisation: OrganisationId,
    /// Name of the employer.
    pub employer: String,
    /// What the employer wrote.
    pub vacancy: Vacancy,
    /// When it was opened.
    pub opened_at: Option<Moment>,
}

impl Application {
    /// Writes a first draft of a vacancy of the actor's organisation.
    ///
    /// # Errors
    /// [`ApplicationError::Invalid`] when it passes a limit.
    pub async fn create_vacancy(
        &self,
        context: &Context,
        vacancy: &Vacancy,
    ) -> Result<VacancyId, ApplicationError> {
        let mut ids = self
            .import_vacancies(context, std::slice::from_ref(vacancy))
            .await?;
        ids.pop()
            .ok_or(ApplicationError::Fault("a vacancy was not written"))
    }

    /// Writes drafts of vacancies, all or none; gives their ids in the same order.
    ///
    /// # Errors
    /// [`ApplicationError::Invalid`] when one of them passes a limit or there are too many.
    pub async fn import_vacancies(
        &self,
        context: &Context,
        vacancies: &[Vacancy],
    ) -> Result<Vec<VacancyId>, ApplicationError> {
        let organisation = context
            .actor
            .organisation()
            .ok_or(ApplicationError::Forbidden)?;
        let relation = Application::relation_to(context, organisation);
        self.authorise(context, Action::ManageVacancies, relation)?;
        if vacancies.len() > MOST_IMPORTED {
            return Err(InvalidInput::TooMany.into());
        }
        let mut payloads = Vec::with_capacity(vacancies.len());
        for vacancy in vacancies {
            vacancy.check(VacancyState::Draft)?;
            payloads.push(to_payload(vacancy)?);
        }
        let now = self.now();
        let mut random = self.random();
        let mut ids = Vec::with_capacity(payloads.len());
        let transaction = self.store.begin().await?;
        for payload in &payloads {
            let id = VacancyId::new(now, &mut random);
            let new = NewVacancy {
                id,
                organisation,
                state: VacancyState::Draft,
                payload,
                created_at: now,
                created_by: context.actor.account(),
            };
            store::vacancy::insert(&transaction, new).await?;
            ids.push(id);
        }
        for vacancy in &ids {
            let event = Event::VacancyAdded {
                vacancy: *vacancy,
                organisation,
            };
            self.audit_in(&transaction, context, event).await?;
        }
        transaction.commit().await?;
        Ok(ids)
    }

    /// A vacancy of the actor's organisation, whatever its state.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such vacancy for the actor.
    pub async fn read_vacancy(
        &self,
        context: &Context,
        id: VacancyId,
    ) -> Result<VacancyView, ApplicationError> {
        let stored = self.vacancy_for(context, Action::ReadVacancy, id).await?;
        VacancyView::try_from(stored)
    }

    /// Vacancies of the actor's organisation, in one state or all, the newest first, at most
    /// [`PAGE`] before an id.
    ///
    /// # Errors
    /// Fails when the actor may not.
    pub async fn list_vacancies(
        &self,
        context: &Context,
        state: Option<VacancyState>,
        before: Option<VacancyId>,
    ) -> Result<Vec<VacancyView>, ApplicationError> {
        let organisation = context
            .actor
            .organisation()
            .ok_or(ApplicationError::Forbidden)?;
        let relation = Application::relation_to(context, organisation);
        self.authorise(context, Action::ReadVacancy, relation)?;
        let found =
            store::vacancy::of_organisation(&self.store, organisation, state, before, PAGE).await?;
        found.into_iter().map(VacancyView::try_from).collect()
    }

    /// Changes what stands in a vacancy; gives the new version.
    ///
    /// # Errors
    /// [`ApplicationError::Stale`] when someone else changed it since `version`;
    /// [`ApplicationError::Invalid`] when it passes a limit, or is open and would be incomplete.
    pub async fn change_vacancy(
        &self,
        context: &Context,
        id: VacancyId,
        version: i64,
        vacancy: &Vacancy,
    ) -> Result<i64, ApplicationError> {
        let stored = self
            .vacancy_for(context, Action::ManageVacancies, id)
            .await?;
        self.put_vacancy(context, &stored, (version, stored.state), vacancy)
            .await
    }

    /// Opens, closes or takes back a vacancy; gives the new version.
    ///
    /// # Errors
    /// [`ApplicationError::Stale`] when someone else changed it since `version`;
    /// [`ApplicationError::Invalid`] when it is to be opened and incomplete.
    pub async fn set_vacancy_state(
        &self,
        context: &Context,
        id: VacancyId,
        version: i64,
        state: VacancyState,
    ) -> Result<i64, ApplicationError> {
        let stored = self
            .vacancy_for(context, Action::ManageVacancies, id)
            .await?;
        let vacancy = from_payload(&stored.payload)?;
        self.put_vacancy(context, &stored, (version, state), &vacancy)
            .await
    }

    /// Replaces what stands in a vacancy, and where it stands if that is said; gives the vacancy
    /// after the change.
    ///
    /// # Errors
    /// As [`Application::change_vacancy`].
    pub async fn replace_vacancy(
        &self,
        context: &Context,
        id: VacancyId,
        version: i64,
        (state, vacancy): (Option<VacancyState>, &Vacancy),
    ) -> Result<VacancyView, ApplicationError> {
        let stored = self
            .vacancy_for(context, Action::ManageVacancies, id)
            .await?;
        let state = state.unwrap_or(stored.state);
        self.put_vacancy(context, &stored, (version, state), vacancy)
            .await?;
        let after = store::vacancy::find(&self.store, id)
            .await?
            .ok_or(ApplicationError::NotFound)?;
        VacancyView::try_from(after)
    }

    /// An open vacancy, for everybody.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is none or it is not open.
    pub async fn public_vacancy(&self, id: VacancyId) -> Result<PublicVacancy, ApplicationError> {
        let stored = store::vacancy::find(&self.store, id)
            .await?
            .filter(|stored| stored.state == VacancyState::Open)
            .ok_or(ApplicationError::NotFound)?;
        self.to_public(stored).await
    }

    /// Open vacancies, the newest first, at most [`PAGE`] before an id, for everybody.
    ///
    /// # Errors
    /// Fails when the database cannot be read.
    pub async fn public_vacancies(
        &self,
        before: Option<VacancyId>,
    ) -> Result<Vec<PublicVacancy>, ApplicationError> {
        let mut vacancies = Vec::new();
        for stored in store::vacancy::open(&self.store, before, PAGE).await? {
            vacancies.push(self.to_public(stored).await?);
        }
        Ok(vacancies)
    }

    /// A vacancy, if the actor may do this to it.
    pub(crate) async fn vacancy_for(
        &self,
        context: &Context,
        action: Action,
        id: VacancyId,
    ) -> Result<StoredVacancy, ApplicationError> {
        let Some(stored) = store::vacancy::find(&self.store, id).await? else {
            // What is not there must not look different from what belongs to others.
            let relation = crate::policy::Relation::OtherOrganisation;
            self.authorise(context, action, relation)?;
            return Err(ApplicationError::NotFound);
        };
        let relation = Application::relation_to(context, stored.organisation);
        self.authorise(context, action, relation)?;
        Ok(stored)
    }

    async fn put_vacancy(
        &self,
        context: &Context,
        stored: &StoredVacancy,
        (version, state): (i64, VacancyState),
        vacancy: &Vacancy,
    ) -> Result<i64, ApplicationError> {
        vacancy.check(state)?;
        if state == VacancyState::Open
            && let Some(work) = &self.work
        {
            work.weigh(vacancy)?;
        }
        let payload = to_payload(vacancy)?;
        let change = VacancyChange {
            version,
            state,
            payload: &payload,
            changed_at: self.now(),
            changed_by: context.actor.account(),
        };
        let transaction = self.store.begin().await?;
        store::vacancy::update(&transaction, stored.id, change).await?;
        let event = Event::VacancyChanged {
            vacancy: stored.id,
            state,
        };
        self.audit_in(&transaction, context, event).await?;
        transaction.commit().await?;
        Ok(version + 1)
    }

    async fn to_public(&self, stored: StoredVacancy) -> Result<PublicVacancy, ApplicationError> {
        let employer = store::organisation::find(&self.store, stored.organisation)
            .await?
            .ok_or(ApplicationError::Fault("a vacancy has no employer"))?;
        Ok(PublicVacancy {
            id: stored.id,
            organisation: stored.organisation,
            employer: employer.name,
            vacancy: from_payload(&stored.payload)?,
            opened_at: stored.opened_at,
        })
    }
}

fn to_payload(vacancy: &Vacancy) -> Result<String, ApplicationError> {
    serde_json::to_string(vacancy)
        .map_err(|_| ApplicationError::Fault("a vacancy cannot be written"))
}

pub(crate) fn from_payload(payload: &str) -> Result<Vacancy, ApplicationError> {
    serde_json::from_str(payload)
        .map_err(|_| ApplicationError::Fault("a stored vacancy cannot be read"))
}

impl TryFrom<StoredVacancy> for VacancyView {
    type Error = ApplicationError;

    fn try_from(stored: StoredVacancy) -> Result<VacancyView, ApplicationError> {
        Ok(VacancyView {
            id: stored.id,
            organisation: stored.organisation,
            state: stored.state,
            vacancy: from_payload(&stored.payload)?,
            version: stored.version,
            opened_at: stored.opened_at,
            changed_at: stored.changed_at,
            changed_by: stored.changed_by,
        })
    }
}
