//! Another master key, in one transaction: until it is committed the old key fits and nothing was
//! changed, from then on only the new one does. So there is no half state to come back from.

use domain::id::PersonId;
use store::key_rotation::{SealedFactor, put_second_factor, second_factors, withdraw_codes};
use store::setting::KEY_CHECK;
use store::{Transaction, key_rotation};
use vault::blind_index::BlindIndex;
use vault::keys::MasterKey;

use crate::audit::Event;
use crate::persons::search_keys;
use crate::policy::{Action, Relation};
use crate::staff::reseal_second_factor;
use crate::{Application, ApplicationError, Context};

/// Persons that are read at a time.
const PAGE: u64 = 500;

/// What hung on the old key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rotated {
    /// Persons whose key is wrapped with the new one.
    pub n_persons: u32,
    /// Second factors that are sealed with the new one.
    pub n_second_factors: u32,
    /// Login codes that were handed out and do not work any more.
    pub n_codes: u32,
}

impl Application {
    /// Gives the installation another master key.
    ///
    /// Whoever still runs with the old key writes nothing any more and has to start again.
    ///
    /// # Errors
    /// [`ApplicationError::AlreadyThere`] when it is the key in use; [`ApplicationError::Storage`]
    /// when something does not open with the old key; nothing was changed then.
    pub async fn rotate_key(
        &self,
        context: &Context,
        new: &MasterKey,
    ) -> Result<Rotated, ApplicationError> {
        self.authorise(context, Action::RotateKey, Relation::Installation)?;
        let check = key_check(new);
        if check == key_check(&self.master) {
            return Err(ApplicationError::AlreadyThere);
        }
        let now = self.now();
        let transaction = self.store.begin().await?;
        // First of all, so that whoever writes with the old key is waited for, and none follows.
        store::setting::put(&transaction, KEY_CHECK, &check, now).await?;
        let rotated = Rotated {
            n_persons: self.rewrap_persons(&transaction, new).await?,
            n_second_factors: self.reseal_factors(&transaction, new).await?,
            n_codes: withdraw_codes(&transaction, now).await? as u32,
        };
        self.reseal_rounding(&transaction, new).await?;
        let event = Event::KeyRotated {
            n_persons: rotated.n_persons,
        };
        self.audit_in(&transaction, context, event).await?;
        transaction.commit().await?;
        Ok(rotated)
    }

    async fn rewrap_persons(
        &self,
        transaction: &Transaction,
        new: &MasterKey,
    ) -> Result<u32, ApplicationError> {
        let keys = (&self.master, new);
        let mut random = self.random();
        let mut last: Option<PersonId> = None;
        let mut n_persons = 0;
        loop {
            let persons = key_rotation::persons_after(transaction, last, PAGE).await?;
            let Some(end) = persons.last() else {
                return Ok(n_persons);
            };
            last = Some(end.id);
            for person in &persons {
                let identity = person
                    .identity(&self.master)?
                    .ok_or(ApplicationError::Fault("a person has no key"))?;
                let found_by = search_keys(&identity);
                let known = (&identity, found_by.as_slice());
                key_rotation::rewrap(transaction, keys, person, known, &mut random).await?;
                self.rehash_own_name(transaction, person, new).await?;
                n_persons += 1;
            }
        }
    }

    async fn reseal_factors(
        &self,
        transaction: &Transaction,
        new: &MasterKey,
    ) -> Result<u32, ApplicationError> {
        let mut random = self.random();
        let mut n_factors = 0;
        for factor in second_factors(transaction).await? {
            let place = (factor.table.name(), factor.row.as_slice());
            let keys = (&self.master, new);
            let sealed = reseal_second_factor(keys, place, &factor.sealed, &mut random)?;
            put_second_factor(transaction, &SealedFactor { sealed, ..factor }).await?;
            n_factors += 1;
        }
        Ok(n_factors)
    }
}

/// What tells one master key from another without giving it away.
pub(crate) fn key_check(master: &MasterKey) -> String {
    let index = BlindIndex::of_column(master, "setting", KEY_CHECK);
    let check = index.of("werkbrug");
    check.iter().map(|byte| format!("{byte:02x}")).collect()
}
