//! Organisations and accounts: who may manage them, and what ends with them.

use application::{ApplicationError, Context, InvalidInput, InviteStaff};
use domain::organisation::{OrganisationKind, Role};
use vault::one_time::STEP;
use vault::token::Secret;

use crate::{PASSWORD, World, network, prepare};

testkit::on_both_databases! {
    async fn invitations_need_a_good_password_and_proof_of_the_app(world: World) {
        let here = world.organisation(OrganisationKind::Municipality, "Testdam").await?;
        let invite = InviteStaff {
            organisation: here, role: Role::Klantmanager, login_name: "Kees.Fictief@example.org", display_name: "Kees Fictief",
        };
        let machine = Context::machine();
        let (account, code) = world.application.invite_staff(&machine, invite).await?;
        let twice = world.application.invite_staff(&machine, invite).await;
        assert!(matches!(twice, Err(ApplicationError::AlreadyThere)));
        let enrolment = world.application.read_invitation(network(1), &code).await?;
        assert_eq!(enrolment.login_name, "kees.fictief@example.org");
        let one_time = world.one_time(&enrolment.second_factor);
        let wrong = if one_time == "000000" { "000001" } else { "000000" };
        for (password, one_time, expected) in [
            ("kort", one_time.as_str(), InvalidInput::Password),
            ("wachtwoord2026", one_time.as_str(), InvalidInput::Password),
            ("kees.fictief kees", one_time.as_str(), InvalidInput::Password),
            (PASSWORD, wrong, InvalidInput::OneTimePassword),
        ] {
            let outcome = world.application.accept_invitation(network(1), &code, password, one_time).await;
            assert!(matches!(outcome, Err(ApplicationError::Invalid(found)) if found == expected), "{password}");
        }
        assert_eq!(world.application.accept_invitation(network(1), &code, PASSWORD, &one_time).await?, account);
        for refused in [code, Secret::from_text("guess".into())] {
            let outcome = world.application.read_invitation(network(1), &refused).await;
            assert!(matches!(outcome, Err(ApplicationError::WrongCredentials)));
        }
        let listed = world.application.list_staff(&machine, Some(here)).await?;
        assert!(listed.iter().all(|view| view.is_enrolled && view.role == Role::Klantmanager));
    }

    async fn invitations_run_out(world: World) {
        let here = world.organisation(OrganisationKind::Municipality, "Testdam").await?;
        let invite = InviteStaff { organisation: here, role: Role::Coordinator, login_name: "c@example.org", display_name: "C" };
        let (_, code) = world.application.invite_staff(&Context::machine(), invite).await?;
        world.clock.pass(7 * 24 * 3600);
        let outcome = world.application.read_invitation(network(1), &code).await;
        assert!(matches!(outcome, Err(ApplicationError::WrongCredentials)));
    }

    async fn administrators_reach_only_their_own(world: World) {
        let here = world.organisation(OrganisationKind::Municipality, "Testdam").await?;
        let there = world.organisation(OrganisationKind::Employer, "Fictiebakker").await?;
        let operator = world.organisation(OrganisationKind::Operator, "Beheer").await?;
        let local = world.colleague(here, Role::Administrator, "a@example.org").await?;
        let all = world.colleague(operator, Role::Administrator, "o@example.org").await?;
        let other = world.colleague(there, Role::EmployerContact, "e@example.org").await?;
        let invite = |organisation, role| InviteStaff {
            organisation, role, login_name: "new@example.org", display_name: "Nieuw",
        };
        let app = &world.application;
        let outside = app.invite_staff(&local.context, invite(there, Role::EmployerContact)).await;
        assert!(matches!(outside, Err(ApplicationError::NotFound)));
        let wrong_role = app.invite_staff(&local.context, invite(here, Role::EmployerContact)).await;
        assert!(matches!(wrong_role, Err(ApplicationError::Invalid(InvalidInput::Role))));
        app.invite_staff(&local.context, invite(here, Role::Klantmanager)).await?;
        assert!(matches!(app.disable_staff(&local.context, other.account).await, Err(ApplicationError::NotFound)));
        assert!(matches!(app.find_staff(&local.context, "e@example.org").await, Err(ApplicationError::NotFound)));
        assert!(matches!(app.list_organisations(&local.context).await, Err(ApplicationError::Forbidden)));
        assert_eq!(app.list_organisations(&all.context).await?.len(), 3);
        assert_eq!(app.find_staff(&all.context, "E@example.org").await?, other.account);
        app.disable_staff(&all.context, other.account).await?;
        assert!(matches!(app.resume(&other.token).await, Err(ApplicationError::SessionOver)));
    }

    async fn a_reset_ends_sessions_and_old_credentials(world: World) {
        let here = world.organisation(OrganisationKind::Municipality, "Testdam").await?;
        let k = world.colleague(here, Role::Klantmanager, "k@example.org").await?;
        let code = world.application.reset_staff(&Context::machine(), k.account).await?;
        assert!(matches!(world.application.resume(&k.token).await, Err(ApplicationError::SessionOver)));
        world.clock.pass(STEP as i64);
        let proof = application::identity_provider::PasswordProof {
            login_name: k.login_name.clone(),
            password: PASSWORD.into(),
            one_time_password: world.one_time(&k.second_factor),
        };
        let provider = application::identity_provider::PasswordAndApp;
        let outcome = world.application.log_in(&provider, &proof, network(1), None).await;
        assert!(matches!(outcome, Err(ApplicationError::WrongCredentials)));
        let enrolment = world.application.read_invitation(network(1), &code).await?;
        assert_ne!(enrolment.second_factor.to_text(), k.second_factor.to_text());
    }
}
