//! The secret by which counts of records are rounded for the public.
//!
//! It is made once and outlives the master key: two roundings of the same counts would tell more
//! than one.

use chacha20::rand_core::Rng;
use data_encoding::HEXLOWER;
use store::Transaction;
use vault::field::{FieldPlace, open_field, seal_field};
use vault::keys::{MasterKey, SystemKey};

use crate::policy::{Action, Relation};
use crate::{Application, ApplicationError, Context};

/// Name of the setting that keeps it, sealed.
const SETTING: &str = "rounding_secret";

impl Application {
    /// The rounding secret of the installation; it is made when it is first asked for.
    ///
    /// # Errors
    /// [`ApplicationError::Forbidden`] for everybody but the machine; fails when it does not open
    /// with the master key.
    pub async fn rounding_secret(&self, context: &Context) -> Result<[u8; 32], ApplicationError> {
        self.authorise(context, Action::ReadStatistics, Relation::Installation)?;
        if let Some(found) = store::setting::find(&self.store, SETTING).await? {
            return opened(&self.master, &found);
        }
        let mut random = self.random();
        let mut secret = [0; 32];
        random.fill_bytes(&mut secret);
        let sealed = self.sealed_with(&self.master, &secret)?;
        let transaction = self.store.begin().await?;
        // Of two programs that start at once the first one's stays.
        store::setting::put_if_none(&transaction, SETTING, &sealed, self.now()).await?;
        let kept = store::setting::find(&transaction, SETTING).await?;
        transaction.commit().await?;
        opened(&self.master, kept.as_deref().unwrap_or(&sealed))
    }

    /// Seals the secret, if there is one, with another master key.
    pub(crate) async fn reseal_rounding(
        &self,
        transaction: &Transaction,
        new: &MasterKey,
    ) -> Result<(), ApplicationError> {
        let Some(found) = store::setting::find(transaction, SETTING).await? else {
            return Ok(());
        };
        let sealed = self.sealed_with(new, &opened(&self.master, &found)?)?;
        store::setting::put(transaction, SETTING, &sealed, self.now()).await?;
        Ok(())
    }

    fn sealed_with(
        &self,
        master: &MasterKey,
        secret: &[u8; 32],
    ) -> Result<String, ApplicationError> {
        let sealed = seal_field(&key(master), PLACE, secret, &mut self.random());
        let sealed = sealed.map_err(|_| ApplicationError::Fault("encrypting failed"))?;
        Ok(HEXLOWER.encode(&sealed))
    }
}

const PLACE: FieldPlace<'static> = FieldPlace {
    table: "setting",
    row: SETTING.as_bytes(),
    column: "value",
};

fn opened(master: &MasterKey, text: &str) -> Result<[u8; 32], ApplicationError> {
    let fault = ApplicationError::Fault("the rounding secret does not open");
    let Ok(sealed) = HEXLOWER.decode(text.as_bytes()) else {
        return Err(fault);
    };
    let plain = open_field(&key(master), PLACE, &sealed).ok();
    plain.and_then(|plain| plain.try_into().ok()).ok_or(fault)
}

fn key(master: &MasterKey) -> SystemKey {
    SystemKey::of_purpose(master, "rounding of counts")
}
