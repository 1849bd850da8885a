//! Tokens of organisations' programs: making, listing, ending, and who asks with one.
//!
//! A token is shown once and kept as a hash. It acts for one organisation, within the scopes that
//! this kind of organisation can give, for at most a year; its last day of use is kept so that
//! unused ones can be found and ended.

use domain::day::Day;
use domain::id::{ApiTokenId, OrganisationId};
use domain::scope::Scopes;
use store::api_token::ApiToken;
use time::Duration;
use vault::token::Secret;

use crate::audit::Event;
use crate::context::{Actor, ProgramActor};
use crate::organisations::valid_name;
use crate::policy::Action;
use crate::throttle::Network;
use crate::{Application, ApplicationError, Context, InvalidInput};

/// What every token begins with, so that tools that look for leaked secrets know ours.
const PREFIX: &str = "werkbrug_";

/// Most days that a token works.
const MOST_DAYS: u16 = 365;

/// Most tokens of one organisation that work at a time.
const MOST_TOKENS: usize = 50;

/// A token to make.
#[derive(Clone, Copy, Debug)]
pub struct NewApiToken<'a> {
    /// Whose program.
    pub organisation: OrganisationId,
    /// What the organisation calls it: its program or supplier.
    pub name: &'a str,
    /// What it may do.
    pub scopes: Scopes,
    /// Days that it works, 1 to 365.
    pub days: u16,
}

impl Application {
    /// Makes a token; it is shown once.
    ///
    /// # Errors
    /// [`ApplicationError::Invalid`] when name, scopes or days do not do.
    pub async fn make_api_token(
        &self,
        context: &Context,
        new: NewApiToken<'_>,
    ) -> Result<(ApiTokenId, Secret), ApplicationError> {
        let relation = Application::relation_to(context, new.organisation);
        self.authorise(context, Action::ManageTokens, relation)?;
        let organisation = store::organisation::find(&self.store, new.organisation)
            .await?
            .ok_or(ApplicationError::NotFound)?;
        if new.scopes.is_empty() || !new.scopes.are_within(organisation.kind.scopes()) {
            return Err(InvalidInput::Scopes.into());
        }
        if !(1..=MOST_DAYS).contains(&new.days) {
            return Err(InvalidInput::TokenDays.into());
        }
        let now = self.now();
        let present = store::api_token::of_organisation(&self.store, organisation.id).await?;
        if present.iter().filter(|token| token.is_live(now)).count() >= MOST_TOKENS {
            return Err(InvalidInput::TooMany.into());
        }
        let mut random = self.random();
        let secret = Secret::from_text(format!("{PREFIX}{}", Secret::token(&mut random).reveal()));
        let token = ApiToken {
            id: ApiTokenId::new(now, &mut random),
            organisation: organisation.id,
            name: valid_name(new.name)?,
            scopes: new.scopes,
            token: secret.hash(),
            created_at: now,
            created_by: context.actor.account(),
            expires_at: now + Duration::days(i64::from(new.days)),
            last_used_on: None,
            revoked_at: None,
        };
        let transaction = self.store.begin().await?;
        store::api_token::insert(&transaction, &token).await?;
        let event = Event::ApiTokenMade {
            token: token.id,
            organisation: organisation.id,
        };
        self.audit_in(&transaction, context, event).await?;
        transaction.commit().await?;
        Ok((token.id, secret))
    }

    /// All tokens of an organisation, those that do not work any more included.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when the organisation is another.
    pub async fn list_api_tokens(
        &self,
        context: &Context,
        organisation: OrganisationId,
    ) -> Result<Vec<ApiToken>, ApplicationError> {
        let relation = Application::relation_to(context, organisation);
        self.authorise(context, Action::ManageTokens, relation)?;
        Ok(store::api_token::of_organisation(&self.store, organisation).await?)
    }

    /// Ends a token at once.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such token for the actor, or not any more.
    pub async fn end_api_token(
        &self,
        context: &Context,
        token: ApiTokenId,
    ) -> Result<(), ApplicationError> {
        let found = store::api_token::find(&self.store, token)
            .await?
            .ok_or(ApplicationError::NotFound)?;
        let relation = Application::relation_to(context, found.organisation);
        self.authorise(context, Action::ManageTokens, relation)?;
        let transaction = self.store.begin().await?;
        if !store::api_token::revoke(&transaction, token, self.now()).await? {
            return Err(ApplicationError::NotFound);
        }
        let event = Event::ApiTokenEnded {
            token,
            organisation: found.organisation,
        };
        self.audit_in(&transaction, context, event).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Which program shows a token.
    ///
    /// # Errors
    /// [`ApplicationError::WrongCredentials`] when there is no such token or it does not work any
    /// more; [`ApplicationError::TooManyAttempts`] when the program asks too often, or too many
    /// wrong tokens came from a network.
    pub async fn program_with(
        &self,
        network: Network,
        token: &Secret,
    ) -> Result<Context, ApplicationError> {
        let now = self.now();
        let found = store::api_token::find_by_hash(&self.store, token.hash())
            .await?
            .filter(|token| token.is_live(now));
        let organisation = match &found {
            Some(token) => store::organisation::find(&self.store, token.organisation)
                .await?
                .filter(|organisation| organisation.disabled_at.is_none()),
            None => None,
        };
        let (Some(token), Some(organisation)) = (found, organisation) else {
            self.count_wrong_token(network).await?;
            return Err(ApplicationError::WrongCredentials);
        };
        self.count_request(token.id)?;
        let today = Day::in_the_netherlands(now);
        if token.last_used_on != Some(today) {
            let transaction = self.store.begin().await?;
            store::api_token::use_on(&transaction, token.id, today).await?;
            transaction.commit().await?;
        }
        Ok(Context::of(Actor::Program(ProgramActor {
            token: token.id,
            organisation: organisation.id,
            kind: organisation.kind,
            scopes: token.scopes,
        })))
    }
}
