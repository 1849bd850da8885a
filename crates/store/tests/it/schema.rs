//! The schema is the one that the register declares, and goes only forward.

use store::columns::{self, ColumnType};
use store::{Store, StoreError, migration};

use crate::{World, prepare};

testkit::on_both_databases! {
    async fn every_column_is_declared(world: World) {
        let found = columns::of_database(&world.store).await?;
        let sqlite = world.address.starts_with("sqlite");
        let expected = columns::register().expected(|kind| match (kind, sqlite) {
            (ColumnType::Text, true) => "TEXT",
            (ColumnType::Text, false) => "text",
            (ColumnType::Integer, true) => "INTEGER",
            (ColumnType::Integer, false) => "bigint",
            (ColumnType::Bytes | ColumnType::Uuid, true) => "BLOB",
            (ColumnType::Bytes, false) => "bytea",
            (ColumnType::Uuid, false) => "uuid",
        });
        assert_eq!(found, expected);
    }

    async fn migrating_again_changes_nothing(world: World) {
        let before = migration::state(&world.store).await?;
        assert_eq!(before.version(), migration::newest());
        assert_eq!(migration::migrate(&world.store, world.now).await?, before);
    }

    async fn a_newer_database_is_refused(world: World) {
        let address = world.address.parse()?;
        add_unknown_step(&world.address).await?;
        for refused in [
            Store::open(&address).await.map(|_| ()),
            migration::migrate(&world.store, world.now).await.map(|_| ()),
        ] {
            assert!(matches!(refused, Err(StoreError::NewerSchema { number: 9999, .. })));
        }
    }
}

/// Does what a newer program would do to the database.
async fn add_unknown_step(address: &str) -> Result<(), sea_orm::DbErr> {
    use sea_orm::ConnectionTrait;

    let address = address.replace("sqlite:", "sqlite://");
    let connection = sea_orm::Database::connect(&address).await?;
    connection
        .execute_unprepared("INSERT INTO schema_step VALUES (9999, 'later', 0)")
        .await?;
    connection.close().await
}
