//! Matches: proposed or asked, agreed to by the person, shared, answered by the employer.
//!
//! A person's yes is a consent towards this employer; whoever withdraws it is unknown to the
//! employer from the next reading on.

use domain::code::ReasonCode;
use domain::id::{ConsentId, MatchId, OpeningId, OrganisationId, PersonId, VacancyId};
use domain::match_state::{MatchState, Party};
use domain::moment::Moment;
use domain::person::Identity;
use domain::text::Title;
use domain::vacancy::VacancyState;
use store::detail_opening::DetailOpening;
use store::match_record::{MatchChange, MatchRecord};
use store::vacancy::StoredVacancy;
use store::{StoreError, Transaction};
use time::Duration;

use crate::audit::Event;
use crate::consent::ConsentTerms;
use crate::persons::as_consented;
use crate::policy::Action;
use crate::vacancies::from_payload;
use crate::work::employer::Alias;
use crate::{Application, ApplicationError, Context, InvalidInput};

/// Most details of candidates that an employer opens for one vacancy within a day.
pub const MOST_OPENINGS: usize = 20;

/// Most matches in one answer.
const PAGE: u64 = 200;

/// A match as the person and their klantmanager see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatchView {
    /// Id.
    pub id: MatchId,
    /// Who.
    pub person: PersonId,
    /// With which vacancy.
    pub vacancy: VacancyId,
    /// Title of the vacancy.
    pub title: Title,
    /// The employer.
    pub organisation: OrganisationId,
    /// Where it stands.
    pub state: MatchState,
    /// Why it was declined, rejected or withdrawn.
    pub reason: Option<ReasonCode>,
    /// When it began.
    pub created_at: Moment,
    /// When it last changed.
    pub changed_at: Moment,
    /// Counts changes, for the next step.
    pub version: i64,
}

/// A match as the employer sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmployerMatch {
    /// Id.
    pub id: MatchId,
    /// The candidate.
    pub alias: Alias,
    /// Where it stands; a person's no looks like no answer.
    pub state: MatchState,
    /// Why the employer rejected.
    pub reason: Option<ReasonCode>,
    /// When it last changed, as far as the employer may know.
    pub changed_at: Moment,
    /// Counts changes, for the next step.
    pub version: i64,
}

/// What a person says to a match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonAnswer {
    /// Yes: the employer may know who they are; which text they agreed to is kept.
    Agree {
        /// Version of the text of the consent.
        text_version: String,
    },
    /// No.
    Decline(ReasonCode),
}

/// What an employer says to a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmployerAnswer {
    /// The person is invited.
    Invite,
    /// The person has the place.
    Hire,
    /// Not this person, and why; the reason reaches them in their language.
    Reject(ReasonCode),
}

impl Application {
    /// Proposes an open vacancy to a newcomer of the actor's organisation.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such person for the actor or no such open
    /// vacancy; [`ApplicationError::AlreadyThere`] when the match is under way.
    pub async fn propose_match(
        &self,
        context: &Context,
        person: PersonId,
        vacancy: VacancyId,
    ) -> Result<MatchId, ApplicationError> {
        self.person_for(context, Action::ProposeMatch, person)
            .await?;
        self.open_vacancy(vacancy).await?;
        let begin = (MatchState::Proposed, Party::Klantmanager);
        self.begin_match(context, person, vacancy, begin).await
    }

    /// Asks a candidate of a vacancy of the actor's organisation for contact.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such vacancy or candidate for the actor;
    /// [`ApplicationError::AlreadyThere`] when the match is under way or over.
    pub async fn ask_contact(
        &self,
        context: &Context,
        vacancy: VacancyId,
        alias: Alias,
    ) -> Result<MatchId, ApplicationError> {
        self.vacancy_for(context, Action::AskContact, vacancy)
            .await?;
        self.open_vacancy(vacancy).await?;
        let person = self
            .candidate_named(vacancy, alias)
            .await?
            .ok_or(ApplicationError::NotFound)?;
        let begin = (MatchState::Asked, Party::Employer);
        self.begin_match(context, person, vacancy, begin).await
    }

    /// The person's yes or no. A yes is the consent towards this employer; where the employer
    /// asked, it is shared at once, else the klantmanager shares it.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when it is not the actor's; [`ApplicationError::Stale`] when
    /// it changed since `version`; [`ApplicationError::Invalid`] when it was answered already.
    pub async fn decide_match(
        &self,
        context: &Context,
        id: MatchId,
        version: i64,
        answer: &PersonAnswer,
    ) -> Result<(), ApplicationError> {
        let (found, vacancy) = self
            .match_of_person(context, Action::DecideMatch, id)
            .await?;
        let (next, reason) = match answer {
            PersonAnswer::Decline(reason) => (MatchState::Declined, Some(*reason)),
            PersonAnswer::Agree { .. } => (MatchState::Agreed, None),
        };
        allowed(found.state, next, Party::Person)?;
        let transaction = self.store.begin().await?;
        let mut state = next;
        if let PersonAnswer::Agree { text_version } = answer {
            self.consent_once(&transaction, context, (&found, &vacancy), text_version)
                .await?;
            if found.state == MatchState::Asked {
                allowed(MatchState::Agreed, MatchState::Shared, Party::Person)?;
                state = MatchState::Shared;
            }
        }
        let step = (version, state, reason);
        self.write_step(&transaction, context, &found, step).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Shares a match that the person agreed to with the employer.
    ///
    /// # Errors
    /// [`ApplicationError::Forbidden`] when the person's consent is not in force (any more).
    pub async fn share_match(
        &self,
        context: &Context,
        id: MatchId,
        version: i64,
    ) -> Result<(), ApplicationError> {
        let (found, vacancy) = self
            .match_of_person(context, Action::ProposeMatch, id)
            .await?;
        allowed(found.state, MatchState::Shared, Party::Klantmanager)?;
        let transaction = self.store.begin().await?;
        let consent =
            store::consent::in_force(&transaction, found.person, vacancy.organisation, self.now())
                .await?;
        if consent.is_none() {
            return Err(ApplicationError::Forbidden);
        }
        let step = (version, MatchState::Shared, None);
        self.write_step(&transaction, context, &found, step).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The employer's answer to a match that is shared.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when it is not of a vacancy of the actor's organisation or
    /// the person withdrew consent; [`ApplicationError::Stale`] when it changed since `version`;
    /// [`ApplicationError::Invalid`] when the answer does not follow.
    pub async fn answer_match(
        &self,
        context: &Context,
        id: MatchId,
        version: i64,
        answer: EmployerAnswer,
    ) -> Result<(), ApplicationError> {
        let found = self.stored_match(context, Action::AnswerMatch, id).await?;
        let vacancy = self
            .vacancy_for(context, Action::AnswerMatch, found.vacancy)
            .await?;
        let (next, reason) = match answer {
            EmployerAnswer::Invite => (MatchState::Invited, None),
            EmployerAnswer::Hire => (MatchState::Hired, None),
            EmployerAnswer::Reject(reason) => (MatchState::Rejected, Some(reason)),
        };
        allowed(found.state, next, Party::Employer)?;
        let transaction = self.store.begin().await?;
        let consent =
            store::consent::in_force(&transaction, found.person, vacancy.organisation, self.now())
                .await?;
        if consent.is_none() {
            return Err(ApplicationError::NotFound);
        }
        let step = (version, next, reason);
        self.write_step(&transaction, context, &found, step).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Records that an invited person has the place, by the klantmanager who heard of it.
    ///
    /// # Errors
    /// As [`Application::share_match`], without the consent.
    pub async fn record_hire(
        &self,
        context: &Context,
        id: MatchId,
        version: i64,
    ) -> Result<(), ApplicationError> {
        let (found, _) = self
            .match_of_person(context, Action::ProposeMatch, id)
            .await?;
        let step = (version, MatchState::Hired, None);
        self.take_step(context, &found, step, Party::Klantmanager)
            .await
    }

    /// Takes a match back, by the person or their klantmanager.
    ///
    /// # Errors
    /// [`ApplicationError::Invalid`] when it is over already.
    pub async fn withdraw_match(
        &self,
        context: &Context,
        id: MatchId,
        version: i64,
        reason: ReasonCode,
    ) -> Result<(), ApplicationError> {
        let (found, _) = self
            .match_of_person(context, Action::WithdrawMatch, id)
            .await?;
        let step = (version, MatchState::Withdrawn, Some(reason));
        self.take_step(context, &found, step, Party::Person).await
    }

    /// The matches of a newcomer, the last changed first.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such person for the actor.
    pub async fn matches_of_person(
        &self,
        context: &Context,
        person: PersonId,
    ) -> Result<Vec<MatchView>, ApplicationError> {
        self.person_for(context, Action::ReadMatches, person)
            .await?;
        self.audit_alone(context, Event::MatchesRead { person })
            .await?;
        let mut views = Vec::new();
        for found in store::match_record::of_person(&self.store, person, PAGE).await? {
            let vacancy = self.vacancy_of(&found).await?;
            views.push(MatchView {
                id: found.id,
                person,
                vacancy: found.vacancy,
                title: from_payload(&vacancy.payload)?.title,
                organisation: vacancy.organisation,
                state: found.state,
                reason: found.reason,
                created_at: found.created_at,
                changed_at: found.changed_at,
                version: found.version,
            });
        }
        Ok(views)
    }

    /// The matches of a vacancy of the actor's organisation, the last changed first: those that
    /// the employer began or that were shared. A person's no looks like no answer, so that it
    /// costs them nothing.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such vacancy for the actor.
    pub async fn matches_of_vacancy(
        &self,
        context: &Context,
        vacancy: VacancyId,
    ) -> Result<Vec<EmployerMatch>, ApplicationError> {
        let stored = self
            .vacancy_for(context, Action::AnswerMatch, vacancy)
            .await?;
        self.audit_alone(context, Event::MatchesOfVacancyRead { vacancy })
            .await?;
        let (names, now) = (self.aliases(vacancy), self.now());
        let mut views = Vec::new();
        for found in store::match_record::of_vacancy(&self.store, vacancy, PAGE).await? {
            let consent =
                store::consent::in_force(&self.store, found.person, stored.organisation, now)
                    .await?;
            let Some(state) = as_seen_by_employer(&found, consent.is_some()) else {
                continue;
            };
            let is_shown = state == found.state;
            views.push(EmployerMatch {
                id: found.id,
                alias: names.of(found.person),
                state,
                reason: found.reason.filter(|_| state == MatchState::Rejected),
                changed_at: if is_shown {
                    found.changed_at
                } else {
                    found.created_at
                },
                // A hidden step must not show in the number either.
                version: if is_shown { found.version } else { 1 },
            });
        }
        Ok(views)
    }

    /// Who a candidate of a shared match is: how to address and reach them.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when it is not shared with the actor's organisation or the
    /// person withdrew consent; [`ApplicationError::TooManyOpenings`] after [`MOST_OPENINGS`] within
    /// a day for one vacancy.
    pub async fn open_details(
        &self,
        context: &Context,
        id: MatchId,
    ) -> Result<Identity, ApplicationError> {
        let found = self.stored_match(context, Action::AnswerMatch, id).await?;
        self.vacancy_for(context, Action::AnswerMatch, found.vacancy)
            .await?;
        if !found.state.is_known_to_employer() {
            return Err(ApplicationError::NotFound);
        }
        // Through the consent: without one in force the person is not there for an employer.
        let person = self
            .person_for(context, Action::ReadPerson, found.person)
            .await?;
        let identity = person
            .identity(&self.master)?
            .ok_or(ApplicationError::NotFound)?;
        let consent = self.consent_towards(context, found.person).await?;
        self.count_opening(context, &found).await?;
        Ok(as_consented(identity, &consent.shown))
    }

    /// Counts an opening, if there may be one more.
    async fn count_opening(
        &self,
        context: &Context,
        found: &MatchRecord,
    ) -> Result<(), ApplicationError> {
        let now = self.now();
        let day = Duration::hours(24);
        let opened_by = context.actor.account().ok_or(ApplicationError::Forbidden)?;
        let transaction = self.store.begin().await?;
        // Two openings at the same moment count one after the other.
        store::vacancy::lock(&transaction, found.vacancy).await?;
        let recent = store::detail_opening::since(
            &transaction,
            found.vacancy,
            now - day,
            MOST_OPENINGS as u64,
        )
        .await?;
        // Whoever opens the same details again learns nothing new.
        let is_new = !recent.iter().any(|opening| opening.person == found.person);
        if let Some(oldest) = recent.last()
            && is_new
            && recent.len() >= MOST_OPENINGS
        {
            return Err(ApplicationError::TooManyOpenings {
                again_at: oldest.opened_at + day,
            });
        }
        if is_new {
            let opening = DetailOpening {
                id: OpeningId::new(now, &mut self.random()),
                vacancy: found.vacancy,
                person: found.person,
                opened_by,
                opened_at: now,
            };
            store::detail_opening::insert(&transaction, opening).await?;
        }
        let event = Event::DetailsOpened {
            person: found.person,
            vacancy: found.vacancy,
        };
        self.audit_in(&transaction, context, event).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Begins a match, or begins again what ended.
    async fn begin_match(
        &self,
        context: &Context,
        person: PersonId,
        vacancy: VacancyId,
        (state, by): (MatchState, Party),
    ) -> Result<MatchId, ApplicationError> {
        if let Some(before) = store::match_record::of_pair(&self.store, person, vacancy).await? {
            if !before.state.may_become(state, by) {
                return Err(ApplicationError::AlreadyThere);
            }
            let step = (before.version, state, None);
            self.take_step(context, &before, step, by).await?;
            return Ok(before.id);
        }
        let now = self.now();
        let account = context.actor.account();
        let new = MatchRecord {
            id: MatchId::new(now, &mut self.random()),
            person,
            vacancy,
            state,
            reason: None,
            begun_by: by,
            created_at: now,
            created_by: account,
            changed_at: now,
            changed_by: account,
            version: 1,
        };
        let transaction = self.store.begin().await?;
        store::match_record::insert(&transaction, &new).await?;
        let event = Event::MatchChanged {
            person,
            vacancy,
            state,
        };
        self.audit_in(&transaction, context, event).await?;
        transaction.commit().await?;
        Ok(new.id)
    }

    async fn take_step(
        &self,
        context: &Context,
        found: &MatchRecord,
        step: (i64, MatchState, Option<ReasonCode>),
        by: Party,
    ) -> Result<(), ApplicationError> {
        allowed(found.state, step.1, by)?;
        let transaction = self.store.begin().await?;
        self.write_step(&transaction, context, found, step).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn write_step(
        &self,
        transaction: &Transaction,
        context: &Context,
        found: &MatchRecord,
        (version, state, reason): (i64, MatchState, Option<ReasonCode>),
    ) -> Result<(), ApplicationError> {
        let change = MatchChange {
            version,
            state,
            reason,
            changed_at: self.now(),
            changed_by: context.actor.account(),
        };
        store::match_record::update(transaction, found.id, change).await?;
        let event = Event::MatchChanged {
            person: found.person,
            vacancy: found.vacancy,
            state,
        };
        self.audit_in(transaction, context, event).await
    }

    /// Gives the consent towards the employer of a match, unless it is in force already.
    async fn consent_once(
        &self,
        transaction: &Transaction,
        context: &Context,
        (found, vacancy): (&MatchRecord, &StoredVacancy),
        text_version: &str,
    ) -> Result<(), ApplicationError> {
        let (person, receiver) = (found.person, vacancy.organisation);
        let now = self.now();
        let present = store::consent::in_force(transaction, person, receiver, now).await?;
        if present.is_some() {
            return Ok(());
        }
        let id = ConsentId::new(now, &mut self.random());
        let consent = ConsentTerms::contact(text_version).given(id, (person, receiver), now)?;
        store::consent::insert(transaction, &consent).await?;
        let event = Event::ConsentGiven { person, receiver };
        self.audit_in(transaction, context, event).await
    }

    /// A match of a person to whom the actor may do this, with its vacancy.
    async fn match_of_person(
        &self,
        context: &Context,
        action: Action,
        id: MatchId,
    ) -> Result<(MatchRecord, StoredVacancy), ApplicationError> {
        let found = self.stored_match(context, action, id).await?;
        self.person_for(context, action, found.person).await?;
        let vacancy = self.vacancy_of(&found).await?;
        Ok((found, vacancy))
    }

    async fn stored_match(
        &self,
        context: &Context,
        action: Action,
        id: MatchId,
    ) -> Result<MatchRecord, ApplicationError> {
        if let Some(found) = store::match_record::find(&self.store, id).await? {
            return Ok(found);
        }
        // As for a match of others.
        self.authorise(context, action, crate::policy::Relation::OtherOrganisation)?;
        Err(ApplicationError::NotFound)
    }

    /// The vacancy of a match, for whoever speaks for its employer.
    pub(crate) async fn vacancy_of_match(
        &self,
        context: &Context,
        id: MatchId,
    ) -> Result<VacancyId, ApplicationError> {
        let found = self.stored_match(context, Action::AnswerMatch, id).await?;
        Ok(found.vacancy)
    }

    async fn vacancy_of(&self, found: &MatchRecord) -> Result<StoredVacancy, ApplicationError> {
        store::vacancy::find(&self.store, found.vacancy)
            .await?
            .ok_or(ApplicationError::from(StoreError::Missing))
    }

    async fn open_vacancy(&self, id: VacancyId) -> Result<StoredVacancy, ApplicationError> {
        store::vacancy::find(&self.store, id)
            .await?
            .filter(|stored| stored.state == VacancyState::Open)
            .ok_or(ApplicationError::NotFound)
    }
}

fn allowed(from: MatchState, next: MatchState, by: Party) -> Result<(), InvalidInput> {
    if from.may_become(next, by) {
        Ok(())
    } else {
        Err(InvalidInput::MatchStep)
    }
}

/// The state that the employer may know; none when they may not know that there is a match.
fn as_seen_by_employer(found: &MatchRecord, is_known: bool) -> Option<MatchState> {
    match found.state {
        // A withdrawn consent is over for the employer, whatever it was.
        state if state.is_known_to_employer() => Some(if is_known {
            state
        } else {
            MatchState::Withdrawn
        }),
        _ if found.begun_by != Party::Employer => None,
        MatchState::Withdrawn => Some(MatchState::Withdrawn),
        // A no, or a yes that is not shared yet, looks like no answer.
        _ => Some(MatchState::Asked),
    }
}
