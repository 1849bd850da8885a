//! Identity is unreadable without the keys, and gone after erasure.

use domain::id::CaseId;
use sea_orm::{ConnectionTrait, Statement};
use store::case_file::NewCase;
use store::person::Exact;
use store::profile::ProfileChange;
use store::{StoreError, case_file, person, profile};
use vault::keys::MasterKey;

use crate::{World, identity, prepare};

testkit::on_both_databases! {
    async fn an_identity_reads_back_and_is_found(world: World) {
        let mut world = world;
        let here = world.organisation("Testdam").await?;
        let there = world.organisation("Elders").await?;
        let id = world.person(here, &identity(), &["knrvgl", "vrznn"]).await?;
        let other = world.person(here, &identity(), &["vrznn"]).await?;
        world.person(there, &identity(), &["knrvgl", "vrznn"]).await?;

        let read = person::find(&world.store, id).await?.ok_or("gone")?;
        assert_eq!(read.identity(&world.master)?, Some(identity()));
        let keys = ["vrznn".to_owned(), "knrvgl".to_owned(), "x".to_owned()];
        let found = person::search(&world.store, &world.master, here, &keys, 10).await?;
        assert_eq!(found.iter().map(|person| person.id).collect::<Vec<_>>(), [id, other]);
        assert!(person::search(&world.store, &world.master, here, &[], 10).await?.is_empty());

        let email = identity().email.ok_or("no address")?;
        let exact = person::find_exact(&world.store, &world.master, there, Exact::Email(&email)).await?;
        assert_eq!(exact.len(), 1);
        let phone = identity().phone.ok_or("no number")?;
        let exact = person::find_exact(&world.store, &world.master, here, Exact::Phone(&phone)).await?;
        assert_eq!(exact.len(), 2);

        let stranger = MasterKey::generate(&mut world.random);
        assert!(matches!(read.identity(&stranger), Err(StoreError::Sealed(_))));
        assert!(person::search(&world.store, &stranger, here, &keys, 10).await?.is_empty());
        let page = person::of_organisation(&world.store, here, None, 1).await?;
        let next = person::of_organisation(&world.store, here, Some(page[0].id), 10).await?;
        assert_eq!(next.len(), 1);
    }

    async fn nothing_readable_is_stored_and_nothing_is_left_after_erasure(world: World) {
        let mut world = world;
        let organisation = world.organisation("Testdam").await?;
        let id = world.person(organisation, &identity(), &["knrvgl"]).await?;
        let key = person::find(&world.store, id).await?.ok_or("gone")?.key(&world.master)?.ok_or("no key")?;
        let case = CaseId::new(world.now, &mut world.random);
        let transaction = world.store.begin().await?;
        let new = NewCase {
            id: case, person: id, organisation, klantmanager: None,
            payload: "Kanarievogel vertelt", opened_at: world.now, opened_by: None,
        };
        case_file::insert(&transaction, &key, new, &mut world.random).await?;
        let change = ProfileChange { version: 0, payload: "{\"canary_skills\":[]}", changed_at: world.now, changed_by: None };
        profile::put(&transaction, &key, id, change, &mut world.random).await?;
        transaction.commit().await?;
        let everything = dump(&world).await?;
        for canary in ["Kanarie", "kanarie", "Verzonnen", "612345678", "1990", "كناري", "canary_skills"] {
            assert!(!everything.contains(canary), "{canary}");
        }

        for expected in [true, false] {
            let transaction = world.store.begin().await?;
            assert_eq!(person::erase(&transaction, id, world.now).await?, expected);
            transaction.commit().await?;
        }
        let erased = person::find(&world.store, id).await?.ok_or("the bare row stays")?;
        assert_eq!(erased.erased_at, Some(world.now));
        assert_eq!(erased.pseudonym, None);
        assert_eq!(erased.identity(&world.master)?, None);
        let left = case_file::find(&world.store, case).await?.ok_or("the bare row stays")?;
        assert_eq!(left.payload(&key)?, None);
        assert_eq!(left.closed_at, Some(world.now));
        assert_eq!(profile::find(&world.store, id).await?, None);
        // Whoever keeps profiles in memory learns that this one is gone.
        let changed = profile::changed_after(&world.store, 1, 10).await?;
        assert_eq!(changed.iter().map(|left| (left.person, left.payload(&key).ok())).collect::<Vec<_>>(), [(id, Some(None))]);
        let keys = ["knrvgl".to_owned()];
        assert!(person::search(&world.store, &world.master, organisation, &keys, 10).await?.is_empty());
        assert!(!dump(&world).await?.contains("canary_skills"));
        let transaction = world.store.begin().await?;
        let again = profile::put(&transaction, &key, id, change, &mut world.random).await;
        assert!(again.is_err(), "nothing is written about an erased person");
    }

    async fn a_field_moved_to_another_person_does_not_open(world: World) {
        let mut world = world;
        let organisation = world.organisation("Testdam").await?;
        let first = world.person(organisation, &identity(), &[]).await?;
        let second = world.person(organisation, &identity(), &[]).await?;
        let address = world.address.replace("sqlite:", "sqlite://");
        let attacker = sea_orm::Database::connect(&address).await?;
        let backend = attacker.get_database_backend();
        attacker
            .execute_raw(Statement::from_sql_and_values(
                backend,
                "UPDATE identity_person SET wrapped_key = (SELECT p.wrapped_key FROM identity_person AS p WHERE p.id = $1) WHERE id = $2",
                [first.uuid().into(), second.uuid().into()],
            ))
            .await?;
        attacker.close().await?;
        let moved = person::find(&world.store, second).await?.ok_or("gone")?;
        assert!(matches!(moved.identity(&world.master), Err(StoreError::Sealed(_))));
    }
}

/// Everything that someone with the database but without keys can read, as text.
async fn dump(world: &World) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
    let mut copy = Vec::new();
    store::backup::write(&world.store, world.now, &mut copy).await?;
    let mut text = String::from_utf8(copy)?;
    // Also what hides in base64, and in the file itself with its log.
    let plain: Vec<u8> = text
        .split('"')
        .filter_map(|part| data_encoding::BASE64.decode(part.as_bytes()).ok())
        .flatten()
        .collect();
    text.push_str(&String::from_utf8_lossy(&plain));
    if let Some(file) = world.address.strip_prefix("sqlite:") {
        for ending in ["", "-wal"] {
            let bytes = std::fs::read(format!("{file}{ending}")).unwrap_or_default();
            let is_erased = text.contains("erased");
            if !is_erased && ending.is_empty() {
                text.push_str(&String::from_utf8_lossy(&bytes));
            }
        }
    }
    Ok(text)
}
