//! Changes of one obligation: review, moves, relations, phases, actions and indicators.

use commitments::record::RecordContent;
use commitments::register::{
    Move, ObligationId, Passage, Phase, Register, RegisterError, Relation, State, Tie, Transition,
};
use domain::id::OrganisationId;
use time::Date;

use super::ObligationView;
use crate::audit::Event;
use crate::policy::Action;
use crate::{Actor, Application, ApplicationError, Context, InvalidInput};

/// Longest text of one field in characters.
const LONGEST_TEXT: usize = 10_000;

/// A move to make; who makes it is whoever is logged in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The move.
    pub what: Move,
    /// The day it was made, today or before.
    pub on: Date,
    /// The words it leans on.
    pub source: Passage,
}

/// Which obligation is changed, from which version of it.
#[derive(Clone, Copy)]
struct Change {
    organisation: OrganisationId,
    id: ObligationId,
    version: i64,
    other: Option<ObligationId>,
}

impl Application {
    /// A person accepts a proposal, as read or corrected.
    ///
    /// # Errors
    /// [`ApplicationError::Stale`] when someone else changed it since `version`.
    pub async fn accept_obligation(
        &self,
        context: &Context,
        organisation: OrganisationId,
        (id, version): (ObligationId, i64),
        corrected: Option<RecordContent>,
    ) -> Result<(), ApplicationError> {
        if let Some(content) = &corrected {
            check_texts([
                Some(&content.ask.words),
                content.topic.as_ref(),
                content.account.as_ref(),
                Some(&content.status.words),
            ])?;
            if content.ask.words.trim().is_empty() {
                return Err(InvalidInput::Empty.into());
            }
        }
        let change = Change::of(organisation, id, version);
        let event = Event::ObligationAccepted {
            organisation,
            number: id.number(),
        };
        self.change_obligation(context, change, event, |register, by, on| {
            register.accept(id, corrected, by, on)
        })
        .await
    }

    /// A person finds that a proposal is no obligation.
    ///
    /// # Errors
    /// [`ApplicationError::Obligation`] without a reason; [`ApplicationError::Stale`] as above.
    pub async fn dismiss_obligation(
        &self,
        context: &Context,
        organisation: OrganisationId,
        (id, version): (ObligationId, i64),
        reason: &str,
    ) -> Result<(), ApplicationError> {
        check_texts([Some(reason)])?;
        let change = Change::of(organisation, id, version);
        let event = Event::ObligationDismissed {
            organisation,
            number: id.number(),
        };
        self.change_obligation(context, change, event, |register, by, on| {
            register.dismiss(id, by, on, reason)
        })
        .await
    }

    /// Makes a move.
    ///
    /// # Errors
    /// [`ApplicationError::Obligation`] when the move is not allowed now or lacks what it needs;
    /// [`ApplicationError::Stale`] as above.
    pub async fn move_obligation(
        &self,
        context: &Context,
        organisation: OrganisationId,
        (id, version): (ObligationId, i64),
        step: Step,
    ) -> Result<State, ApplicationError> {
        check_texts([Some(&step.source.document), Some(&step.source.quote)])?;
        if step.on > self.date_today() {
            return Err(InvalidInput::FutureDay.into());
        }
        let change = Change::of(organisation, id, version);
        let event = Event::ObligationMoved {
            organisation,
            number: id.number(),
        };
        let mut state = State::Made;
        let after = &mut state;
        self.change_obligation(context, change, event, |register, by, _| {
            let transition = Transition {
                what: step.what,
                actor: by.to_owned(),
                on: step.on,
                source: step.source,
            };
            *after = register.transition(id, transition)?;
            Ok(())
        })
        .await?;
        Ok(state)
    }

    /// Relates two obligations of the register.
    ///
    /// # Errors
    /// [`ApplicationError::Obligation`] when the other is not there or the same.
    pub async fn relate_obligation(
        &self,
        context: &Context,
        organisation: OrganisationId,
        (id, version): (ObligationId, i64),
        relation: Relation,
    ) -> Result<(), ApplicationError> {
        let change = Change {
            other: Some(relation.to),
            ..Change::of(organisation, id, version)
        };
        self.change_obligation(context, change, amended(change), |register, _, _| {
            register.relate(id, relation)
        })
        .await
    }

    /// Adds a part of the execution, or marks the part of that name as finished.
    ///
    /// # Errors
    /// [`ApplicationError::Stale`] as above.
    pub async fn set_obligation_phase(
        &self,
        context: &Context,
        organisation: OrganisationId,
        (id, version): (ObligationId, i64),
        phase: Phase,
    ) -> Result<(), ApplicationError> {
        if phase.name.trim().is_empty() {
            return Err(InvalidInput::Empty.into());
        }
        check_texts([Some(&phase.name)])?;
        let change = Change::of(organisation, id, version);
        self.change_obligation(context, change, amended(change), |register, _, _| {
            register.set_phase(id, phase)
        })
        .await
    }

    /// Ties an obligation to an action or indicator, one of `known`: what the programme and the
    /// monitor hold, which this crate does not know.
    ///
    /// # Errors
    /// [`InvalidInput::UnknownTie`] when it is none of them; [`ApplicationError::Stale`] as above.
    pub async fn tie_obligation(
        &self,
        context: &Context,
        organisation: OrganisationId,
        (id, version): (ObligationId, i64),
        tie: &Tie,
        known: &[Tie],
    ) -> Result<(), ApplicationError> {
        if !known.contains(tie) {
            return Err(InvalidInput::UnknownTie.into());
        }
        let change = Change::of(organisation, id, version);
        self.change_obligation(context, change, amended(change), |register, _, _| {
            register.tie(id, tie)
        })
        .await
    }

    /// Takes such a tie away.
    ///
    /// # Errors
    /// [`ApplicationError::Stale`] as above.
    pub async fn untie_obligation(
        &self,
        context: &Context,
        organisation: OrganisationId,
        (id, version): (ObligationId, i64),
        tie: &Tie,
    ) -> Result<(), ApplicationError> {
        let change = Change::of(organisation, id, version);
        self.change_obligation(context, change, amended(change), |register, _, _| {
            register.untie(id, tie)
        })
        .await
    }

    /// Applies a change to one obligation and writes it with its event.
    async fn change_obligation(
        &self,
        context: &Context,
        change: Change,
        event: Event,
        apply: impl FnOnce(&mut Register, &str, Date) -> Result<(), RegisterError>,
    ) -> Result<(), ApplicationError> {
        let Change {
            organisation, id, ..
        } = change;
        self.authorise_register(context, Action::ManageObligations, organisation)?;
        let by = self.actor_name(context).await?;
        let transaction = self.store.begin().await?;
        let mut views = Vec::new();
        for number in [Some(id), change.other].into_iter().flatten() {
            let found =
                store::commitment::find(&transaction, organisation, number.number()).await?;
            if let Some(found) = found {
                views.push(ObligationView::try_from(found)?);
            }
        }
        let own = views
            .iter()
            .find(|view| view.obligation.id() == id)
            .ok_or(ApplicationError::NotFound)?;
        let source = own.source;
        let mut register = Register::of(views.into_iter().map(|view| view.obligation).collect());
        apply(&mut register, &by, self.date_today())?;
        let obligation = register.get(id).ok_or(ApplicationError::NotFound)?.clone();
        let view = ObligationView {
            obligation,
            source,
            version: change.version,
        };
        let row = self.row(context, organisation, &view)?;
        store::commitment::put(&transaction, &row).await?;
        self.audit_in(&transaction, context, event).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The name that the history shows.
    async fn actor_name(&self, context: &Context) -> Result<String, ApplicationError> {
        match context.actor {
            Actor::Staff(staff) => {
                let account = store::staff::find(&self.store, staff.account).await?;
                Ok(account.ok_or(ApplicationError::NotFound)?.display_name)
            }
            Actor::Machine => Ok("beheer".to_owned()),
            Actor::Newcomer(_) | Actor::Program(_) => Err(ApplicationError::NotFound),
        }
    }
}

impl Change {
    fn of(organisation: OrganisationId, id: ObligationId, version: i64) -> Change {
        Change {
            organisation,
            id,
            // A version of 0 would add a row instead of changing one.
            version: version.max(1),
            other: None,
        }
    }
}

fn amended(change: Change) -> Event {
    Event::ObligationAmended {
        organisation: change.organisation,
        number: change.id.number(),
    }
}

fn check_texts<'a, T: AsRef<str> + ?Sized + 'a>(
    texts: impl IntoIterator<Item = Option<&'a T>>,
) -> Result<(), InvalidInput> {
    for text in texts.into_iter().flatten() {
        if text.as_ref().chars().count() > LONGEST_TEXT {
            return Err(InvalidInput::TooLong);
        }
    }
    Ok(())
}
