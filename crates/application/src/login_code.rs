//! Login codes on paper: how newcomers get in without e-mail or telephone.

use domain::id::{LoginCodeId, PersonId};
use domain::moment::Moment;
use store::login_code::LoginCode;
use store::session::Device;
use subtle::ConstantTimeEq;
use time::Duration;
use vault::blind_index::BlindIndex;
use vault::token::Secret;

use crate::audit::{Event, Who};
use crate::context::Reason;
use crate::policy::Action;
use crate::session::LoggedIn;
use crate::throttle::Network;
use crate::{Application, ApplicationError, Context};

/// How long a code works: long enough to come home with it.
const CODE_LASTS: Duration = Duration::days(7);

/// Wrong guesses at codes with the same first group, after which these do not work any more.
const MOST_ATTEMPTS: u32 = 5;

/// Characters of the first group, by which a code is found.
const FIRST_GROUP: usize = 4;

/// A code to be put on paper.
#[derive(Clone, Debug)]
pub struct IssuedCode {
    /// The code; it is shown once.
    pub code: Secret,
    /// Until when it works.
    pub expires_at: Moment,
}

impl Application {
    /// Makes a login code for a newcomer; earlier ones do not work any more.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when the actor does not guide this person.
    pub async fn issue_login_code(
        &self,
        context: &Context,
        person: PersonId,
    ) -> Result<IssuedCode, ApplicationError> {
        self.person_for(context, Action::IssueLoginCode, person)
            .await?;
        let mut random = self.random();
        let now = self.now();
        let code = Secret::code(&mut random);
        let (selector, hash) = self.hashes(&code);
        let new = LoginCode {
            id: LoginCodeId::new(now, &mut random),
            person,
            selector,
            code: hash,
            created_by: context.actor.account(),
            created_at: now,
            expires_at: now + CODE_LASTS,
            used_at: None,
            attempts: 0,
        };
        let transaction = self.store.begin().await?;
        store::login_code::insert(&transaction, &new).await?;
        self.audit_in(&transaction, context, Event::LoginCodeIssued { person })
            .await?;
        transaction.commit().await?;
        Ok(IssuedCode {
            code,
            expires_at: new.expires_at,
        })
    }

    /// Exchanges a code, as it was typed, for a session; it works once.
    ///
    /// # Errors
    /// [`ApplicationError::WrongCredentials`] when it is wrong, used, too old or was guessed at too
    /// often; [`ApplicationError::TooManyAttempts`] after too many attempts from one network.
    pub async fn redeem_login_code(
        &self,
        network: Network,
        typed: &str,
        device: Device,
    ) -> Result<LoggedIn, ApplicationError> {
        self.count_attempt(network, None).await?;
        let now = self.now();
        let (selector, hash) = self.hashes(&Secret::typed_code(typed));
        let transaction = self.store.begin().await?;
        let found = store::login_code::unused_with_selector(&transaction, &selector)
            .await?
            .into_iter()
            .find(|code| {
                bool::from(code.code.ct_eq(&hash))
                    && code.attempts < MOST_ATTEMPTS
                    && now < code.expires_at
            });
        let taken = match &found {
            Some(code) => store::login_code::take(&transaction, code.id, now).await?,
            None => false,
        };
        let Some(code) = found.filter(|_| taken) else {
            store::login_code::count_attempt(&transaction, &selector).await?;
            self.audit_as(
                &transaction,
                Who::Nobody,
                Reason::Access,
                Event::LoginCodeRefused,
            )
            .await?;
            transaction.commit().await?;
            return Err(ApplicationError::WrongCredentials);
        };
        let logged_in = self
            .begin_newcomer_session(&transaction, code.person, device)
            .await?;
        transaction.commit().await?;
        Ok(logged_in)
    }

    /// Keyed hashes of the first group and of the whole code: whoever has the database alone
    /// cannot try codes.
    fn hashes(&self, code: &Secret) -> (Vec<u8>, Vec<u8>) {
        let text = code.reveal();
        let first: String = text.chars().take(FIRST_GROUP).collect();
        let selector = BlindIndex::of_column(&self.master, "identity_login_code", "selector");
        let whole = BlindIndex::of_column(&self.master, "identity_login_code", "code_hash");
        (selector.of(&first).to_vec(), whole.of(text).to_vec())
    }
}
