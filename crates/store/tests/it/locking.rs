//! Two who write at the same time: nothing is lost, nothing overwritten.

use domain::id::{CaseId, ConsentId};
use domain::profile::CvPart;
use store::case_file::{CaseChange, NewCase};
use store::consent::Consent;
use store::person::IdentityChange;
use store::profile::ProfileChange;
use store::throttle::Counted;
use store::{StoreError, case_file, consent, person, profile, throttle};
use time::Duration;

use crate::{World, identity, prepare};

testkit::on_both_databases! {
    async fn a_stale_identity_is_refused_and_says_who_was_first(world: World) {
        let mut world = world;
        let organisation = world.organisation("Testdam").await?;
        let id = world.person(organisation, &identity(), &[]).await?;
        let read = person::find(&world.store, id).await?.ok_or("gone")?;
        let first = world.account_id();
        let later = world.now + Duration::MINUTE;
        let mut changed = identity();
        changed.email = None;
        for (by, expected_stale) in [(first, false), (world.account_id(), true)] {
            let transaction = world.store.begin().await?;
            let change = IdentityChange {
                version: read.version,
                identity: &changed,
                search_keys: &[],
                changed_at: later,
                changed_by: Some(by),
            };
            let outcome =
                person::update(&transaction, &world.master, &read, change, &mut world.random).await;
            match outcome {
                Ok(()) => transaction.commit().await?,
                Err(StoreError::Stale(stale)) if expected_stale => {
                    assert_eq!(stale.changed_by, Some(first));
                    assert_eq!(stale.changed_at, later);
                    assert_eq!(stale.version, read.version + 1);
                }
                other => return Err(format!("{other:?}").into()),
            }
        }
        let now = person::find(&world.store, id).await?.ok_or("gone")?;
        assert_eq!(now.changed_by, Some(first));
        assert_eq!(now.identity(&world.master)?, Some(changed));
    }

    async fn a_stale_case_or_profile_is_refused(world: World) {
        let mut world = world;
        let organisation = world.organisation("Testdam").await?;
        let id = world.person(organisation, &identity(), &[]).await?;
        let key = person::find(&world.store, id).await?.ok_or("gone")?.key(&world.master)?.ok_or("no key")?;
        let case = CaseId::new(world.now, &mut world.random);
        let transaction = world.store.begin().await?;
        let new = NewCase {
            id: case, person: id, organisation, klantmanager: None, payload: "one", opened_at: world.now, opened_by: None,
        };
        case_file::insert(&transaction, &key, new, &mut world.random).await?;
        let profile_change = ProfileChange { version: 0, payload: "{}", changed_at: world.now, changed_by: None };
        profile::put(&transaction, &key, id, profile_change, &mut world.random).await?;
        transaction.commit().await?;

        let change = CaseChange {
            version: 1, klantmanager: None, payload: "two", closed_at: None, changed_at: world.now, changed_by: None,
        };
        let transaction = world.store.begin().await?;
        case_file::update(&transaction, &key, case, change, &mut world.random).await?;
        profile::put(&transaction, &key, id, ProfileChange { version: 1, payload: "{\"a\":1}", ..profile_change }, &mut world.random).await?;
        transaction.commit().await?;

        let transaction = world.store.begin().await?;
        let again = case_file::update(&transaction, &key, case, change, &mut world.random).await;
        assert!(matches!(again, Err(StoreError::Stale(stale)) if stale.version == 2));
        // Also the one who believes to write the first profile.
        for version in [0, 1] {
            let again = profile::put(&transaction, &key, id, ProfileChange { version, ..profile_change }, &mut world.random).await;
            assert!(matches!(again, Err(StoreError::Stale(stale)) if stale.version == 2));
        }
        drop(transaction);
        let read = case_file::find(&world.store, case).await?.ok_or("gone")?;
        assert_eq!(read.payload(&key)?.as_deref(), Some("two"));
        let read = profile::find(&world.store, id).await?.ok_or("gone")?;
        assert_eq!(read.payload(&key)?.as_deref(), Some("{\"a\":1}"));
    }

    async fn a_dropped_transaction_leaves_nothing(world: World) {
        let mut world = world;
        let organisation = world.organisation("Testdam").await?;
        let transaction = world.store.begin().await?;
        let id = world.person_in(&transaction, organisation, &identity(), &["a"]).await?;
        assert!(person::find(&transaction, id).await?.is_some());
        drop(transaction);
        assert!(person::find(&world.store, id).await?.is_none());
    }

    async fn only_one_consent_towards_a_receiver_is_in_force(world: World) {
        let mut world = world;
        let organisation = world.organisation("Testdam").await?;
        let id = world.person(organisation, &identity(), &[]).await?;
        let mut outcomes = Vec::new();
        for _ in 0..2 {
            let given = Consent {
                id: ConsentId::new(world.now, &mut world.random),
                person: id,
                receiver: organisation,
                shown: [CvPart::Name].into(),
                text_version: "1".into(),
                given_at: world.now,
                ends_at: Some(world.now + Duration::DAY),
                withdrawn_at: None,
            };
            let transaction = world.store.begin().await?;
            let outcome = consent::insert(&transaction, &given).await;
            if outcome.is_ok() {
                transaction.commit().await?;
            }
            outcomes.push(outcome);
        }
        assert!(matches!(outcomes.as_slice(), [Ok(()), Err(StoreError::Duplicate)]));
        let shown = consent::in_force(&world.store, id, organisation, world.now).await?.map(|c| c.shown);
        assert_eq!(shown, Some([CvPart::Name].into()));
        // What came to its end is over by itself, and makes room for the next.
        let later = world.now + Duration::DAY;
        assert_eq!(consent::in_force(&world.store, id, organisation, later).await?, None);
        assert!(consent::towards(&world.store, organisation, later).await?.is_empty());
        let next = Consent {
            id: ConsentId::new(later, &mut world.random),
            person: id,
            receiver: organisation,
            shown: [CvPart::Name, CvPart::Work].into(),
            text_version: "1".into(),
            given_at: later,
            ends_at: None,
            withdrawn_at: None,
        };
        let transaction = world.store.begin().await?;
        consent::insert(&transaction, &next).await?;
        transaction.commit().await?;
        assert_eq!(consent::towards(&world.store, organisation, later).await?, [next]);
        for expected in [true, false] {
            let transaction = world.store.begin().await?;
            assert_eq!(consent::withdraw(&transaction, id, organisation, world.now).await?, expected);
            transaction.commit().await?;
        }
        assert_eq!(consent::in_force(&world.store, id, organisation, world.now).await?, None);
        assert_eq!(consent::of_person(&world.store, id).await?.len(), 2);
    }

    async fn attempts_of_many_at_once_are_all_counted(world: World) {
        let window = world.now - Duration::MINUTE;
        let tasks: Vec<_> = (0..20)
            .map(|_| {
                let (store, now) = (world.store.clone(), world.now);
                tokio::spawn(async move {
                    let transaction = store.begin().await?;
                    let n = throttle::count(&transaction, Counted::Account, b"x", now, window).await?;
                    transaction.commit().await?;
                    Ok::<u64, StoreError>(n)
                })
            })
            .collect();
        let mut counts = Vec::new();
        for task in tasks {
            counts.push(task.await??);
        }
        counts.sort_unstable();
        assert_eq!(counts, (1..=20).collect::<Vec<u64>>());
        assert_eq!(throttle::failures(&world.store, Counted::Account, b"x", window).await?, 20);
        assert_eq!(throttle::failures(&world.store, Counted::Network, b"x", window).await?, 0);
        // The window is over: counting begins anew.
        let transaction = world.store.begin().await?;
        let later = world.now + Duration::HOUR;
        assert_eq!(throttle::count(&transaction, Counted::Account, b"x", later, world.now).await?, 1);
    }
}
