//! The log grows without gaps, whoever writes, and notices every change.

use domain::id::PersonId;
use sea_orm::ConnectionTrait;
use store::audit::{self, NewEntry};
use store::{Store, StoreError};
use vault::chain::{Anchor, ChainError, Verifier};

use crate::{World, prepare};

fn entry(n: usize, person: Option<PersonId>) -> NewEntry {
    NewEntry {
        kind: "test".into(),
        person,
        actor: None,
        content: format!("{{\"n\":{n}}}"),
    }
}

async fn verify(
    store: &Store,
    anchors: &[Anchor],
) -> Result<Result<Anchor, ChainError>, StoreError> {
    let mut verifier = Verifier::new(anchors.iter().copied());
    for entry in audit::after(store, 0, 1000).await? {
        if let Err(error) = verifier.entry(entry.event.content.as_bytes(), entry.hash) {
            return Ok(Err(error));
        }
    }
    Ok(verifier.finish())
}

testkit::on_both_databases! {
    async fn many_writers_make_one_chain(world: World) {
        let tasks: Vec<_> = (0..40)
            .map(|n| {
                let store = world.store.clone();
                tokio::spawn(async move {
                    let transaction = store.begin().await?;
                    let number = audit::append(&transaction, entry(n, None)).await?;
                    transaction.commit().await?;
                    Ok::<u64, StoreError>(number)
                })
            })
            .collect();
        let mut numbers = Vec::new();
        for task in tasks {
            numbers.push(task.await??);
        }
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=40).collect::<Vec<u64>>());
        let head = audit::head(&world.store).await?;
        assert_eq!(verify(&world.store, &[head]).await?, Ok(head));
        assert_eq!(audit::after(&world.store, 38, 10).await?.len(), 2);
    }

    async fn an_entry_of_a_dropped_transaction_leaves_no_gap(world: World) {
        let mut world = world;
        let person = PersonId::new(world.now, &mut world.random);
        for commit in [true, false, true] {
            let transaction = world.store.begin().await?;
            audit::append(&transaction, entry(0, Some(person))).await?;
            if commit {
                transaction.commit().await?;
            }
        }
        let about = audit::about_person(&world.store, person, None, 10).await?;
        assert_eq!(about.iter().map(|entry| entry.number).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(audit::about_person(&world.store, person, Some(2), 10).await?.len(), 1);
        assert!(verify(&world.store, &[]).await?.is_ok());
    }

    async fn tampering_is_stopped_or_found(world: World) {
        for n in 0..5 {
            let transaction = world.store.begin().await?;
            audit::append(&transaction, entry(n, None)).await?;
            transaction.commit().await?;
        }
        let anchor = audit::head(&world.store).await?;
        let address = world.address.replace("sqlite:", "sqlite://");
        let attacker = sea_orm::Database::connect(&address).await?;
        for attack in ["UPDATE audit_entry SET content = 'x'", "DELETE FROM audit_entry"] {
            assert!(attacker.execute_unprepared(attack).await.is_err(), "{attack}");
        }
        // Someone who may change the schema removes the guard first.
        let remove_guard = if world.address.starts_with("sqlite") {
            "DROP TRIGGER audit_entry_no_update; DROP TRIGGER audit_entry_no_delete"
        } else {
            "DROP TRIGGER audit_entry_no_change ON audit_entry"
        };
        attacker.execute_unprepared(remove_guard).await?;
        attacker.execute_unprepared("DELETE FROM audit_entry WHERE number = 5").await?;
        assert_eq!(
            verify(&world.store, &[anchor]).await?,
            Err(ChainError::Truncated { found: 4, anchored: 5 })
        );
        attacker.execute_unprepared("UPDATE audit_entry SET content = 'x' WHERE number = 2").await?;
        assert_eq!(verify(&world.store, &[]).await?, Err(ChainError::Broken { number: 2 }));
        attacker.close().await?;
    }
}
