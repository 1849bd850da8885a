//! A newcomer's own name and password, beside the code on paper.
//!
//! The name is of the person's own choice and found by a keyed hash; nobody else can see it, also
//! no klantmanager. Whoever forgets the password asks for a new code on paper, so that nothing has
//! to be sent anywhere.

use domain::id::PersonId;
use domain::moment::Moment;
use store::own_login::{NewOwnLogin, OwnLogin};
use store::session::Holder;
use time::Duration;
use unicode_normalization::UnicodeNormalization;
use vault::blind_index::BlindIndex;
use vault::keys::MasterKey;

use crate::audit::Event;
use crate::passwords;
use crate::persons::full_names;
use crate::policy::Action;
use crate::throttle::Network;
use crate::{Application, ApplicationError, Context, InvalidInput};

/// Characters of a name.
const NAME_LENGTH: std::ops::RangeInclusive<usize> = 4..=60;

/// After logging in, a password can be changed for so long without the former one: whoever forgot
/// it logs in with a code on paper and sets another.
const JUST_LOGGED_IN: Duration = Duration::minutes(15);

/// After logging in, a first password can be set for so long: long enough to tell one's story
/// first, too short for whoever finds a telephone that was left open.
const FIRST_WITHIN: Duration = Duration::hours(2);

/// A newcomer's own way to log in, as they see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnLoginView {
    /// The name.
    pub name: String,
    /// When name and password were set.
    pub changed_at: Moment,
}

/// A name and password to set.
#[derive(Clone, Copy)]
pub struct SetOwnLogin<'a> {
    /// The name as it was typed.
    pub name: &'a str,
    /// The password.
    pub password: &'a str,
    /// The former password; empty when there was none or it was forgotten.
    pub former: &'a str,
}

impl Application {
    /// The actor's own name to log in with, if they chose one.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when the actor is no newcomer.
    pub async fn own_login(
        &self,
        context: &Context,
    ) -> Result<Option<OwnLoginView>, ApplicationError> {
        let person = self.acting_person(context).await?;
        let Some(found) = store::own_login::find(&self.store, person.id).await? else {
            return Ok(None);
        };
        let key = person
            .key(&self.master)?
            .ok_or(ApplicationError::NotFound)?;
        Ok(Some(OwnLoginView {
            name: found.name(&key)?,
            changed_at: found.changed_at,
        }))
    }

    /// Sets or changes the actor's own name and password; their other sessions end.
    ///
    /// # Errors
    /// [`ApplicationError::WrongCredentials`] when the former password is wrong and the actor has
    /// not just logged in; [`ApplicationError::Invalid`] when name or password do not do;
    /// [`ApplicationError::AlreadyThere`] when somebody else has the name.
    pub async fn set_own_login(
        &self,
        context: &Context,
        network: Network,
        new: SetOwnLogin<'_>,
    ) -> Result<(), ApplicationError> {
        let person = self.acting_person(context).await?;
        let name = valid_name(new.name)?;
        let identity = person
            .identity(&self.master)?
            .ok_or(ApplicationError::NotFound)?;
        let names = full_names(&identity);
        passwords::check(new.password, [name.as_str(), names.as_str()])?;
        self.prove_again(context, person.id, network, new.former)
            .await?;
        // Who tries out names finds out which are taken; so only a few can be tried.
        self.count_attempt(network, Some(&format!("own name {}", person.id)))
            .await?;
        let password = self.hash(new.password).await?;
        let key = person
            .key(&self.master)?
            .ok_or(ApplicationError::NotFound)?;
        let hash = own_name_hash(&self.master, &name);
        let new = NewOwnLogin {
            person: person.id,
            name_hash: &hash,
            name: new.name.trim(),
            password: &password,
            changed_at: self.now(),
        };
        let transaction = self.store.begin().await?;
        store::own_login::put(&transaction, &key, new, &mut self.random()).await?;
        self.end_other_sessions(&transaction, context, person.id)
            .await?;
        let event = Event::OwnLoginSet { person: person.id };
        self.audit_in(&transaction, context, event).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Forgets the actor's own name and password; their other sessions end.
    ///
    /// # Errors
    /// [`ApplicationError::WrongCredentials`] as for [`Application::set_own_login`];
    /// [`ApplicationError::NotFound`] when there is none.
    pub async fn remove_own_login(
        &self,
        context: &Context,
        network: Network,
        former: &str,
    ) -> Result<(), ApplicationError> {
        let person = self.acting_person(context).await?;
        if store::own_login::find(&self.store, person.id)
            .await?
            .is_none()
        {
            return Err(ApplicationError::NotFound);
        }
        self.prove_again(context, person.id, network, former)
            .await?;
        let transaction = self.store.begin().await?;
        if !store::own_login::remove(&transaction, person.id).await? {
            return Err(ApplicationError::NotFound);
        }
        self.end_other_sessions(&transaction, context, person.id)
            .await?;
        let event = Event::OwnLoginRemoved { person: person.id };
        self.audit_in(&transaction, context, event).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Whose way to log in a name is.
    pub(crate) async fn own_login_named(
        &self,
        name: &str,
    ) -> Result<Option<OwnLogin>, ApplicationError> {
        let hash = own_name_hash(&self.master, &folded(name));
        Ok(store::own_login::find_by_name(&self.store, &hash).await?)
    }

    /// The newcomer who acts, if they may manage their own way to log in.
    async fn acting_person(
        &self,
        context: &Context,
    ) -> Result<store::person::Person, ApplicationError> {
        let person = context.actor.newcomer().ok_or(ApplicationError::NotFound)?;
        self.person_for(context, Action::ManageOwnLogin, person)
            .await
    }

    /// Refuses whoever found an open session: a former password has to be known, or the session
    /// has begun not long ago.
    async fn prove_again(
        &self,
        context: &Context,
        person: PersonId,
        network: Network,
        former: &str,
    ) -> Result<(), ApplicationError> {
        let found = store::own_login::find(&self.store, person).await?;
        let now = self.now();
        let sessions = store::session::live_of(&self.store, Holder::Newcomer(person), now).await?;
        let within = if found.is_some() {
            JUST_LOGGED_IN
        } else {
            FIRST_WITHIN
        };
        let has_just_logged_in = sessions.iter().any(|session| {
            Some(session.id) == context.actor.session() && now.since(session.created_at) < within
        });
        if has_just_logged_in {
            return Ok(());
        }
        let Some(found) = found else {
            return Err(ApplicationError::WrongCredentials);
        };
        let attempt = self
            .count_attempt(network, Some(&format!("own password {person}")))
            .await?;
        if !self.matches_password(Some(&found.password), former).await? {
            return Err(ApplicationError::WrongCredentials);
        }
        let transaction = self.store.begin().await?;
        self.forget_attempts(&transaction, &attempt).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn end_other_sessions(
        &self,
        transaction: &store::Transaction,
        context: &Context,
        person: PersonId,
    ) -> Result<(), ApplicationError> {
        if let Some(session) = context.actor.session() {
            let holder = Holder::Newcomer(person);
            store::session::end_others(transaction, holder, session, self.now()).await?;
        }
        Ok(())
    }

    /// Makes the keyed hash of a person's name anew for another master key, where there is one.
    pub(crate) async fn rehash_own_name(
        &self,
        transaction: &store::Transaction,
        person: &store::person::Person,
        new: &MasterKey,
    ) -> Result<(), ApplicationError> {
        let Some(own) = store::own_login::find(transaction, person.id).await? else {
            return Ok(());
        };
        let key = person
            .key(&self.master)?
            .ok_or(ApplicationError::NotFound)?;
        let hash = own_name_hash(new, &folded(&own.name(&key)?));
        store::own_login::set_name_hash(transaction, person.id, &hash).await?;
        Ok(())
    }
}

fn own_name_hash(master: &MasterKey, folded: &str) -> Vec<u8> {
    let index = BlindIndex::of_column(master, "identity_own_login", "name_hash");
    index.of(folded).to_vec()
}

/// A name folded for looking up, when it can be one.
fn valid_name(typed: &str) -> Result<String, InvalidInput> {
    let name = folded(typed);
    let fits = NAME_LENGTH.contains(&name.chars().count());
    if fits && !name.chars().any(char::is_control) {
        Ok(name)
    } else {
        Err(InvalidInput::OwnName)
    }
}

/// A name without capitals, with compatible forms of letters as one and single spaces.
/// A name as it is compared: one form of every sign, small letters, single spaces.
pub(crate) fn folded(name: &str) -> String {
    let plain: String = name.nfkc().collect::<String>().to_lowercase();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_is_found_however_it_is_typed() {
        assert_eq!(valid_name(" Groene  Fiets "), Ok("groene fiets".to_owned()));
        assert_eq!(folded("ﬁets"), "fiets");
        assert_eq!(valid_name("ኮከብ ሰማይ"), Ok("ኮከብ ሰማይ".to_owned()));
        for bad in ["", "abc", "a\u{7}bcd", &"x".repeat(61)] {
            assert_eq!(valid_name(bad), Err(InvalidInput::OwnName), "{bad:?}");
        }
    }
}
