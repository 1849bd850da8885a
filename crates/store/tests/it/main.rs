//! Storage on both databases, from one body per test.

mod audit;
mod backup;
mod locking;
mod schema;
mod sealing;
mod vaults;
mod work;

use domain::id::{AccountId, OrganisationId, PersonId, PseudonymId};
use domain::moment::{Clock, Moment};
use domain::organisation::OrganisationKind;
use domain::person::{Email, Identity, NamePart, PersonName, Phone};
use store::organisation::Organisation;
use store::person::NewPerson;
use store::{Store, StoreError, Transaction, migration};
use testkit::clock::SetClock;
use testkit::database::TestDatabase;
use testkit::random::Seeded;
use vault::keys::MasterKey;

/// What most tests need.
pub(crate) struct World {
    pub(crate) store: Store,
    pub(crate) address: String,
    pub(crate) master: MasterKey,
    pub(crate) random: Seeded,
    pub(crate) now: Moment,
}

/// A migrated database.
pub(crate) async fn prepare(database: &TestDatabase) -> Result<World, StoreError> {
    let store = Store::connect(&database.address.parse()?).await?;
    let now = SetClock::new().now();
    migration::migrate(&store, now).await?;
    let mut random = Seeded(1);
    Ok(World {
        store,
        address: database.address.clone(),
        master: MasterKey::generate(&mut random),
        random,
        now,
    })
}

impl World {
    pub(crate) async fn organisation(&mut self, name: &str) -> Result<OrganisationId, StoreError> {
        let id = OrganisationId::new(self.now, &mut self.random);
        let transaction = self.store.begin().await?;
        store::organisation::insert(
            &transaction,
            &Organisation {
                id,
                kind: OrganisationKind::Municipality,
                name: name.to_owned(),
                created_at: self.now,
                disabled_at: None,
            },
        )
        .await?;
        transaction.commit().await?;
        Ok(id)
    }

    pub(crate) async fn person(
        &mut self,
        organisation: OrganisationId,
        identity: &Identity,
        search_keys: &[&str],
    ) -> Result<PersonId, StoreError> {
        let transaction = self.store.begin().await?;
        let id = self
            .person_in(&transaction, organisation, identity, search_keys)
            .await?;
        transaction.commit().await?;
        Ok(id)
    }

    pub(crate) async fn person_in(
        &mut self,
        transaction: &Transaction,
        organisation: OrganisationId,
        identity: &Identity,
        search_keys: &[&str],
    ) -> Result<PersonId, StoreError> {
        let id = PersonId::new(self.now, &mut self.random);
        let keys: Vec<String> = search_keys.iter().map(|key| (*key).to_owned()).collect();
        store::person::insert(
            transaction,
            &self.master,
            NewPerson {
                id,
                pseudonym: PseudonymId::new(self.now, &mut self.random),
                organisation,
                identity,
                search_keys: &keys,
                created_at: self.now,
                created_by: None,
            },
            &mut self.random,
        )
        .await?;
        Ok(id)
    }

    pub(crate) fn account_id(&mut self) -> AccountId {
        AccountId::new(self.now, &mut self.random)
    }
}

/// A plainly fictional person whose name serves as canary.
#[expect(clippy::panic, reason = "this is how a test fails")]
pub(crate) fn identity() -> Identity {
    read_identity().unwrap_or_else(|error| panic!("the fictional person is not valid: {error}"))
}

fn read_identity() -> Result<Identity, Box<dyn std::error::Error>> {
    Ok(Identity {
        name: PersonName {
            given_or_only: NamePart::new("Kanarievogel")?,
            family: Some(NamePart::new("Verzonnen")?),
            known_as: None,
            original_script: Some(NamePart::new("كناري")?),
            as_on_permit: None,
        },
        birth: Some("1990".parse()?),
        email: Some(Email::new("kanarie@example.org")?),
        phone: Some(Phone::new("06 12 34 56 78")?),
    })
}
