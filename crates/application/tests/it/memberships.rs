//! One account with roles in several organisations.

use application::{Actor, ApplicationError, Context};
use domain::organisation::{OrganisationKind, Role};

use crate::{World, prepare};

testkit::on_both_databases! {
    async fn somebody_with_two_roles_chooses(world: World) {
        let town = world.organisation(OrganisationKind::Municipality, "Testdam").await?;
        let partner = world.organisation(OrganisationKind::Partner, "Stichting Proef").await?;
        let app = &world.application;
        let k = world.colleague(town, Role::Klantmanager, "k@example.org").await?;
        let person = world.person(&k.context, "Fictie").await?;
        assert_eq!(app.own_roles(&k.context).await?.len(), 1);
        let machine = Context::machine();
        let membership = app.grant_role(&machine, k.account, partner, Role::Klantmanager).await?;
        let again = app.grant_role(&machine, k.account, partner, Role::Klantmanager).await;
        assert!(matches!(again, Err(ApplicationError::AlreadyThere)));
        let wrong = app.grant_role(&machine, k.account, partner, Role::EmployerContact).await;
        assert!(matches!(wrong, Err(ApplicationError::Invalid(_))));

        let context = app.resume(&k.token).await?;
        assert!(matches!(context.actor, Actor::Staff(staff) if staff.n_roles == 2));
        let before = app.list_sessions(&context).await?[0].ends_at;
        world.clock.pass(3600 / 2 - 60);
        let context = app.resume(&k.token).await?;
        let chosen = app.choose_role(&context, membership).await?;
        assert_eq!(chosen.ends_at, before, "choosing does not prolong a login");
        assert!(app.resume(&k.token).await.is_err(), "the session before is over");
        let there = app.resume(&chosen.token).await?;
        assert!(matches!(there.actor, Actor::Staff(staff) if staff.organisation == partner));
        // In this role the people of the other organisation are not there.
        let hidden = app.read_person(&there, person).await;
        assert!(matches!(hidden, Err(ApplicationError::NotFound)));
        let names: Vec<(String, bool)> = app.own_roles(&there).await?.into_iter().map(|r| (r.organisation, r.is_present)).collect();
        assert_eq!(names, [("Testdam".to_owned(), false), ("Stichting Proef".to_owned(), true)]);
    }

    async fn nobody_chooses_a_role_of_somebody_else(world: World) {
        let town = world.organisation(OrganisationKind::Municipality, "Testdam").await?;
        let k = world.colleague(town, Role::Klantmanager, "k@example.org").await?;
        let a = world.colleague(town, Role::Administrator, "a@example.org").await?;
        let Actor::Staff(administrator) = a.context.actor else { return Err("no staff".into()) };
        let outcome = world.application.choose_role(&k.context, administrator.membership).await;
        assert!(matches!(outcome, Err(ApplicationError::NotFound)), "{outcome:?}");
        assert!(world.application.resume(&k.token).await.is_ok());
    }

    /// Whoever could reset a shared account would act in the other organisation with it.
    async fn an_administrator_has_no_power_over_roles_elsewhere(world: World) {
        let town = world.organisation(OrganisationKind::Municipality, "Testdam").await?;
        let partner = world.organisation(OrganisationKind::Partner, "Stichting Proef").await?;
        let app = &world.application;
        let k = world.colleague(town, Role::Klantmanager, "k@example.org").await?;
        let theirs = world.colleague(partner, Role::Administrator, "a@example.org").await?;
        let taking = app.grant_role(&theirs.context, k.account, partner, Role::Klantmanager).await;
        assert!(matches!(taking, Err(ApplicationError::NotFound)), "{taking:?}");
        app.grant_role(&Context::machine(), k.account, partner, Role::Klantmanager).await?;
        let reset = app.reset_staff(&theirs.context, k.account).await;
        assert!(matches!(reset, Err(ApplicationError::Forbidden)), "{reset:?}");
        app.disable_staff(&theirs.context, k.account).await?;
        let context = app.resume(&k.token).await?;
        assert_eq!(app.own_roles(&context).await?.len(), 1, "the role elsewhere is untouched");
        app.disable_staff(&Context::machine(), k.account).await?;
        assert!(app.resume(&k.token).await.is_err());
    }
}
