//! Growing a small town to its size.
//!
//! The newcomers of the small town went through the use cases; the others get profiles and cases
//! of the same content, sealed for each of them, in transactions of many rows. Without a wait for
//! the disk after every step of everybody, that takes seconds instead of an hour.

use std::path::Path;

use anyhow::Context;
use chacha20::ChaCha20Rng;
use chacha20::rand_core::SeedableRng;
use domain::id::{AccountId, CaseId, MembershipId, OrganisationId, PersonId, PseudonymId};
use domain::moment::Moment;
use domain::organisation::Role;
use domain::person::{Identity, NamePart, PersonName};
use language::name_search::NameKeys;
use store::address::Address;
use store::case_file::NewCase;
use store::case_overview::{CaseOverview, Wanted};
use store::person::NewPerson;
use store::profile::ProfileChange;
use store::staff::{Account, Membership};
use store::{Store, Transaction, case_file, case_overview, person, profile, staff};
use vault::keys::MasterKey;

/// Newcomers per klantmanager, and per transaction.
const CASELOAD: usize = 80;

/// First names of fictional people.
const NAMES: [&str; 8] = [
    "Amal", "Yonas", "Oksana", "Deniz", "Shirin", "Farid", "Rahwa", "Bohdan",
];

/// What a newcomer of the small town has.
struct Model {
    overview: CaseOverview,
    case: String,
    profile: Option<String>,
}

/// A town that grows.
struct Growth {
    store: Store,
    master: MasterKey,
    random: ChaCha20Rng,
    now: Moment,
}

/// Adds newcomers to the town in a folder until there are so many.
pub(super) async fn grow(place: &Path, people: usize, now: Moment) -> anyhow::Result<()> {
    let key = std::fs::read_to_string(place.join("master.key"))?;
    let mut growth = Growth {
        store: Store::open(&Address::Sqlite(place.join("werkbrug.db"))).await?,
        master: MasterKey::parse(&key)?,
        // Keys of people who do not exist may be known to everybody.
        random: ChaCha20Rng::from_seed([7; 32]),
        now,
    };
    let models = growth.models().await?;
    let organisation = models
        .first()
        .context("the town is empty")?
        .overview
        .organisation;
    let mut number = models.len();
    while number < people {
        let until = people.min(number + CASELOAD);
        let transaction = growth.store.begin().await?;
        let guide = growth.guide(&transaction, organisation, number).await?;
        while number < until {
            let model = &models[number % models.len()];
            growth
                .newcomer(&transaction, (organisation, guide), number, model)
                .await?;
            number += 1;
        }
        transaction.commit().await?;
    }
    growth.store.close().await?;
    Ok(())
}

impl Growth {
    /// Everybody whom a klantmanager of the small town guides.
    async fn models(&self) -> anyhow::Result<Vec<Model>> {
        let mut models = Vec::new();
        for (account, membership) in staff::list(&self.store, None).await? {
            if membership.role != Role::Klantmanager {
                continue;
            }
            let wanted = Wanted {
                klantmanager: Some(account.id),
                ..Wanted::default()
            };
            let here = membership.organisation;
            for overview in case_overview::list(&self.store, here, &wanted, 10_000).await? {
                models.push(self.model(overview).await?);
            }
        }
        Ok(models)
    }

    async fn model(&self, overview: CaseOverview) -> anyhow::Result<Model> {
        let found = person::find(&self.store, overview.person).await?;
        let key = found.context("nobody")?.key(&self.master)?;
        let key = key.context("an erased person")?;
        let case = case_file::find(&self.store, overview.case).await?;
        let profile = match profile::find(&self.store, overview.person).await? {
            Some(profile) => profile.payload(&key)?,
            None => None,
        };
        Ok(Model {
            case: case
                .and_then(|case| case.payload(&key).transpose())
                .context("no case")??,
            profile,
            overview,
        })
    }

    /// One more klantmanager, who does not log in.
    async fn guide(
        &mut self,
        transaction: &Transaction,
        organisation: OrganisationId,
        number: usize,
    ) -> anyhow::Result<AccountId> {
        let account = Account {
            id: AccountId::new(self.now, &mut self.random),
            login_name: format!("groei{number}@demo.example"),
            display_name: format!("Gids Verzonnen {number}"),
            password: None,
            second_factor: None,
            second_factor_last_step: None,
            created_at: self.now,
            disabled_at: None,
        };
        let membership = Membership {
            id: MembershipId::new(self.now, &mut self.random),
            account: account.id,
            organisation,
            role: Role::Klantmanager,
            granted_at: self.now,
            ended_at: None,
        };
        staff::insert_account(transaction, &account).await?;
        staff::insert_membership(transaction, &membership).await?;
        Ok(account.id)
    }

    async fn newcomer(
        &mut self,
        transaction: &Transaction,
        (organisation, guide): (OrganisationId, AccountId),
        number: usize,
        model: &Model,
    ) -> anyhow::Result<()> {
        let identity = identity(number)?;
        let names: Vec<&str> = identity.name.parts().map(NamePart::as_str).collect();
        let search_keys: Vec<String> = NameKeys::of(&names.join(" ")).keys().into_iter().collect();
        let id = PersonId::new(self.now, &mut self.random);
        let new = NewPerson {
            id,
            pseudonym: PseudonymId::new(self.now, &mut self.random),
            organisation,
            identity: &identity,
            search_keys: &search_keys,
            created_at: self.now,
            created_by: Some(guide),
        };
        person::insert(transaction, &self.master, new, &mut self.random).await?;
        let stored = person::find(transaction, id).await?.context("nobody")?;
        let key = stored.key(&self.master)?.context("no key")?;
        if let Some(payload) = &model.profile {
            let change = ProfileChange {
                version: 0,
                payload,
                changed_at: self.now,
                changed_by: None,
            };
            profile::put(transaction, &key, id, change, &mut self.random).await?;
        }
        let case = CaseId::new(self.now, &mut self.random);
        let new = NewCase {
            id: case,
            person: id,
            organisation,
            klantmanager: Some(guide),
            payload: &model.case,
            opened_at: self.now,
            opened_by: Some(guide),
        };
        case_file::insert(transaction, &key, new, &mut self.random).await?;
        let overview = CaseOverview {
            case,
            person: id,
            organisation,
            klantmanager: Some(guide),
            version: 1,
            ..model.overview.clone()
        };
        case_overview::put(transaction, &overview).await?;
        Ok(())
    }
}

fn identity(number: usize) -> anyhow::Result<Identity> {
    let given = NAMES[number % NAMES.len()];
    Ok(Identity {
        name: PersonName {
            family: Some(NamePart::new(&format!("Fictief {number}"))?),
            ..PersonName::only(NamePart::new(given)?)
        },
        birth: None,
        email: None,
        phone: None,
    })
}
