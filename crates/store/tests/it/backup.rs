//! Copies while others write, across databases, and copies that are not right.

use store::audit::NewEntry;
use store::backup::{self, BackupError};
use store::{Store, audit, migration, person};
use testkit::database::TestDatabase;

use crate::{World, identity, prepare};

testkit::on_both_databases! {
    async fn a_copy_goes_into_either_database(world: World) {
        let mut world = world;
        let organisation = world.organisation("Testdam").await?;
        let id = world.person(organisation, &identity(), &["a", "b"]).await?;
        let transaction = world.store.begin().await?;
        for n in 0..1100 {
            let entry = NewEntry { kind: "test".into(), person: Some(id), actor: None, content: format!("{n}") };
            audit::append(&transaction, entry).await?;
        }
        transaction.commit().await?;
        let mut copy = Vec::new();
        let copied = backup::write(&world.store, world.now, &mut copy).await?;

        let mut targets = vec![TestDatabase::sqlite()?];
        targets.extend(TestDatabase::postgres()?);
        for target in targets {
            let store = Store::connect(&target.address.parse()?).await?;
            let restored = backup::read(&store, world.now, &mut copy.as_slice()).await?;
            assert_eq!(restored, copied, "{}", target.kind());
            let read = person::find(&store, id).await?.ok_or("gone")?;
            assert_eq!(read.identity(&world.master)?, Some(identity()));
            assert_eq!(audit::head(&store).await?, audit::head(&world.store).await?);
            let mut again = Vec::new();
            backup::write(&store, world.now, &mut again).await?;
            // The schema's own rows say when this database was set up; here at the same time.
            assert!(again == copy, "{}: the copy of the copy differs", target.kind());
            let twice = backup::read(&store, world.now, &mut copy.as_slice()).await;
            assert!(matches!(twice, Err(BackupError::NotEmpty)));
            store.close().await?;
        }
    }

    async fn a_copy_is_one_state_while_others_write(world: World) {
        let writer = {
            let store = world.store.clone();
            tokio::spawn(async move {
                for n in 0..60 {
                    let transaction = store.begin().await?;
                    let entry = NewEntry { kind: "test".into(), person: None, actor: None, content: format!("{n}") };
                    audit::append(&transaction, entry).await?;
                    transaction.commit().await?;
                }
                Ok::<(), store::StoreError>(())
            })
        };
        let mut seen = Vec::new();
        while !writer.is_finished() {
            let mut copy = Vec::new();
            let copied = backup::write(&world.store, world.now, &mut copy).await?;
            let n = copied.rows.iter().find(|(table, _)| table == "audit_entry").ok_or("no table")?.1;
            // The head must be that of the entries in the same copy.
            let head = String::from_utf8(copy)?;
            if n > 0 {
                assert!(head.contains(&format!("\n[1,{n},")), "entries and head differ");
            }
            seen.push(n);
        }
        writer.await??;
        assert!(seen.is_sorted());
    }

    async fn what_is_no_copy_changes_nothing(world: World) {
        let mut world = world;
        world.organisation("Testdam").await?;
        let mut copy = Vec::new();
        backup::write(&world.store, world.now, &mut copy).await?;
        let text = String::from_utf8(copy)?;
        let target = if world.address.starts_with("sqlite") {
            Some(TestDatabase::sqlite()?)
        } else {
            TestDatabase::postgres()?
        };
        let target = target.ok_or("no server")?;
        let store = Store::connect(&target.address.parse()?).await?;
        migration::migrate(&store, world.now).await?;
        let without = |end: usize| text.lines().rev().skip(end).collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join("\n");
        for (name, bad) in [
            ("empty", String::new()),
            ("no JSON", "x".to_owned()),
            ("without its end", without(1)),
            ("cut in the middle", without(5)),
            ("another version", text.replacen("\"format\":1", "\"format\":2", 1)),
            ("another schema", text.replacen(&format!("\"schema\":{}", migration::newest()), "\"schema\":99", 1)),
            ("another table", text.replacen("organisation", "organization", 1)),
            ("a row less", text.lines().filter(|line| !line.contains("Testdam")).collect::<Vec<_>>().join("\n")),
            ("a wrong type", text.replacen("\"Testdam\"", "7", 1)),
            ("lengthened", format!("{text}[]\n")),
        ] {
            let outcome = backup::read(&store, world.now, &mut bad.as_bytes()).await;
            assert!(outcome.is_err(), "{name}");
            assert!(store::organisation::list(&store).await?.is_empty(), "{name}");
        }
        backup::read(&store, world.now, &mut text.as_bytes()).await?;
        assert_eq!(store::organisation::list(&store).await?.len(), 1);
        store.close().await?;
    }
}
