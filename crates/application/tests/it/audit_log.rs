//! The audit log of use cases: readable, chained, written together, checked.

use application::audit::AuditError;
use application::{ApplicationError, Context};
use domain::organisation::{OrganisationKind, Role};
use sea_orm::ConnectionTrait;
use vault::chain::{Anchor, ChainError};

use crate::{World, prepare};

testkit::on_both_databases! {
    async fn reads_of_many_at_once_are_all_in_the_log_before_they_answer(world: World) {
        let here = world.organisation(OrganisationKind::Municipality, "Testdam").await?;
        let k = world.colleague(here, Role::Klantmanager, "k@example.org").await?;
        let person = world.person(&k.context, "Fictie").await?;
        let before = store::audit::head(world.application.store()).await?;
        let tasks: Vec<_> = (0..60)
            .map(|_| {
                let (application, context) = (world.application.clone(), k.context);
                tokio::spawn(async move { application.read_person(&context, person).await })
            })
            .collect();
        for task in tasks {
            task.await??;
        }
        let after = world.application.verify_audit(&Context::machine(), &[before]).await?;
        assert_eq!(after.anchor.entries, before.entries + 60);
    }

    async fn every_tampering_is_found(world: World) {
        world.organisation(OrganisationKind::Municipality, "Testdam").await?;
        world.organisation(OrganisationKind::Municipality, "Elders").await?;
        let app = &world.application;
        let machine = Context::machine();
        let anchor = app.verify_audit(&machine, &[]).await?.anchor;
        let line = anchor.to_line(&world.master);
        assert_eq!(Anchor::from_line(&line, &world.master)?, anchor);
        world.organisation(OrganisationKind::Partner, "Partner").await?;
        app.verify_audit(&machine, &[anchor]).await?;

        let attacker = sea_orm::Database::connect(&world.address.replace("sqlite:", "sqlite://")).await?;
        let remove_guard = if world.address.starts_with("sqlite") {
            "DROP TRIGGER audit_entry_no_update; DROP TRIGGER audit_entry_no_delete"
        } else {
            "DROP TRIGGER audit_entry_no_change ON audit_entry"
        };
        attacker.execute_unprepared(remove_guard).await?;
        // What stands beside an entry for searching is not hashed, so it is compared.
        attacker.execute_unprepared("UPDATE audit_entry SET kind = 'logged_in' WHERE number = 2").await?;
        assert!(matches!(app.verify_audit(&machine, &[]).await, Err(AuditError::Entry { number: 2 })));
        attacker.execute_unprepared("UPDATE audit_entry SET kind = 'organisation_added' WHERE number = 2").await?;
        app.verify_audit(&machine, &[anchor]).await?;
        attacker.execute_unprepared("DELETE FROM audit_entry WHERE number = 3").await?;
        assert!(matches!(app.verify_audit(&machine, &[]).await, Err(AuditError::Head { entries: 2, head: 3 })));
        attacker.execute_unprepared("UPDATE audit_head SET entries = 1, hash = (SELECT hash FROM audit_entry WHERE number = 1)").await?;
        attacker.execute_unprepared("DELETE FROM audit_entry WHERE number = 2").await?;
        // A consistent cut is found by the anchor only.
        app.verify_audit(&machine, &[]).await?;
        let cut = app.verify_audit(&machine, &[anchor]).await;
        assert!(matches!(cut, Err(AuditError::Chain(ChainError::Truncated { found: 1, anchored: 2 }))));
        attacker.close().await?;
    }

    async fn only_some_may_check(world: World) {
        let here = world.organisation(OrganisationKind::Municipality, "Testdam").await?;
        let operator = world.organisation(OrganisationKind::Operator, "Beheer").await?;
        let k = world.colleague(here, Role::PrivacyOfficer, "p@example.org").await?;
        let all = world.colleague(operator, Role::PrivacyOfficer, "o@example.org").await?;
        let refused = world.application.verify_audit(&k.context, &[]).await;
        assert!(matches!(refused, Err(AuditError::Application(ApplicationError::Forbidden))));
        world.application.verify_audit(&all.context, &[]).await?;
    }
}
