//! Logging in: wrong ways are refused alike, right ones work once, sessions end.

use application::identity_provider::{PasswordAndApp, PasswordProof};
use application::throttle::AttemptRules;
use application::{Actor, ApplicationError, LoggedIn};
use domain::organisation::{OrganisationKind, Role};
use vault::one_time::STEP;

use crate::{Colleague, PASSWORD, World, network, prepare};

impl World {
    async fn try_login(
        &self,
        login_name: &str,
        password: &str,
        one_time_password: &str,
        from: u8,
    ) -> Result<LoggedIn, ApplicationError> {
        let proof = PasswordProof {
            login_name: login_name.to_owned(),
            password: password.to_owned(),
            one_time_password: one_time_password.to_owned(),
        };
        self.application
            .log_in(&PasswordAndApp, &proof, network(from), None)
            .await
    }

    async fn klantmanager(&self) -> Result<Colleague, crate::TestError> {
        let municipality = self
            .organisation(OrganisationKind::Municipality, "Testdam")
            .await?;
        let colleague = self
            .colleague(municipality, Role::Klantmanager, "k@example.org")
            .await?;
        self.clock.pass(STEP as i64);
        Ok(colleague)
    }
}

fn is_wrong(outcome: &Result<LoggedIn, ApplicationError>) -> bool {
    matches!(outcome, Err(ApplicationError::WrongCredentials))
}

testkit::on_both_databases! {
    async fn every_wrong_way_gets_the_same_answer(world: World) {
        let k = world.klantmanager().await?;
        let right = world.one_time(&k.second_factor);
        let wrong = if right == "000000" { "000001" } else { "000000" };
        for (from, name, password, one_time) in [
            (1, "k@example.org", PASSWORD, wrong),
            (2, "k@example.org", "drie groene fiets", right.as_str()),
            (3, "unknown@example.org", PASSWORD, right.as_str()),
            (4, "not an address", PASSWORD, right.as_str()),
            (5, "k@example.org", "", ""),
        ] {
            let outcome = world.try_login(name, password, one_time, from).await;
            assert!(is_wrong(&outcome), "{name} {outcome:?}");
        }
        let mistyped = world.try_login(" K@Example.org ", PASSWORD, &right, 6).await?;
        assert!(matches!(mistyped.actor, Actor::Staff(staff) if staff.account == k.account));
    }

    /// Hashing is what takes time; nobody learns from it whether there is an account.
    async fn every_attempt_costs_one_comparison_of_a_password(world: World) {
        let k = world.klantmanager().await?;
        let machine = application::Context::machine();
        let here = world.organisation(OrganisationKind::Municipality, "Elders").await?;
        let gone = world.colleague(here, Role::Klantmanager, "gone@example.org").await?;
        world.application.disable_staff(&machine, gone.account).await?;
        let invite = application::InviteStaff {
            organisation: here, role: Role::Klantmanager, login_name: "new@example.org", display_name: "Nieuw",
        };
        world.application.invite_staff(&machine, invite).await?;
        let right = world.one_time(&k.second_factor);
        for (from, name, password, one_time) in [
            (1, "k@example.org", "drie groene fiets", right.as_str()),
            (2, "k@example.org", PASSWORD, "000000"),
            (3, "unknown@example.org", PASSWORD, right.as_str()),
            (4, "not an address", PASSWORD, right.as_str()),
            (5, "gone@example.org", PASSWORD, right.as_str()),
            (6, "new@example.org", PASSWORD, right.as_str()),
            (7, "k@example.org", "", ""),
        ] {
            let before = world.application.passwords_compared();
            assert!(is_wrong(&world.try_login(name, password, one_time, from).await), "{name}");
            assert_eq!(world.application.passwords_compared() - before, 1, "{name} {password}");
        }
    }

    async fn a_one_time_password_works_once_also_for_two_at_once(world: World) {
        let k = world.klantmanager().await?;
        let right = world.one_time(&k.second_factor);
        let (first, second) = tokio::join!(
            world.try_login("k@example.org", PASSWORD, &right, 1),
            world.try_login("k@example.org", PASSWORD, &right, 2),
        );
        assert_eq!([first.is_ok(), second.is_ok()].iter().filter(|ok| **ok).count(), 1);
        assert!(is_wrong(&first) || is_wrong(&second));
        world.clock.pass(STEP as i64);
        let next = world.one_time(&k.second_factor);
        world.try_login("k@example.org", PASSWORD, &next, 1).await?;
    }

    async fn attempts_are_limited_without_locking_the_owner_out(world: World) {
        let k = world.klantmanager().await?;
        let rules = AttemptRules::default();
        for _ in 0..rules.per_account {
            assert!(is_wrong(&world.try_login("k@example.org", "x", "000000", 1).await));
        }
        // Now even the right password does not help, from there.
        let right = world.one_time(&k.second_factor);
        let limited = world.try_login("k@example.org", PASSWORD, &right, 1).await;
        assert!(matches!(limited, Err(ApplicationError::TooManyAttempts { .. })), "{limited:?}");
        // An unknown name is limited in the same way.
        for _ in 0..rules.per_account {
            assert!(is_wrong(&world.try_login("u@example.org", "x", "000000", 2).await));
        }
        let limited = world.try_login("u@example.org", "x", "000000", 2).await;
        assert!(matches!(limited, Err(ApplicationError::TooManyAttempts { .. })));
        // The owner elsewhere is not locked out, and time heals.
        world.try_login("k@example.org", PASSWORD, &right, 3).await?;
        world.clock.pass(rules.window.whole_seconds());
        let right = world.one_time(&k.second_factor);
        world.try_login("k@example.org", PASSWORD, &right, 1).await?;
    }

    async fn one_network_cannot_try_many_names(world: World) {
        let rules = AttemptRules::default();
        let mut n_wrong = 0;
        for n in 0..=rules.per_network {
            match world.application.redeem_login_code(network(1), &format!("{n:012}"), store::session::Device::Own).await {
                Err(ApplicationError::WrongCredentials) => n_wrong += 1,
                Err(ApplicationError::TooManyAttempts { .. }) => {}
                other => return Err(format!("{other:?}").into()),
            }
        }
        assert_eq!(n_wrong, rules.per_network);
    }

    async fn sessions_end_by_time_and_by_hand(world: World) {
        let k = world.klantmanager().await?;
        let resumed = world.application.resume(&k.token).await?;
        assert_eq!(resumed, k.context);
        // Used every 29 minutes it lives on, but not beyond twelve hours.
        let mut hours = 0.0;
        while world.application.resume(&k.token).await.is_ok() {
            world.clock.pass(29 * 60);
            hours += 29.0 / 60.0;
        }
        assert!((11.0..=12.5).contains(&hours), "{hours}");
        let right = world.one_time(&k.second_factor);
        let again = world.try_login("k@example.org", PASSWORD, &right, 1).await?;
        assert_ne!(again.token.hash(), k.token.hash());
        world.clock.pass(30 * 60);
        assert!(matches!(world.application.resume(&again.token).await, Err(ApplicationError::SessionOver)));

        let right = world.one_time(&k.second_factor);
        let third = world.try_login("k@example.org", PASSWORD, &right, 1).await?;
        let context = world.application.resume(&third.token).await?;
        let sessions = world.application.list_sessions(&context).await?;
        assert_eq!(sessions.len(), 1);
        world.application.end_session(&context, sessions[0].id).await?;
        assert!(matches!(world.application.resume(&third.token).await, Err(ApplicationError::SessionOver)));
        let twice = world.application.end_session(&context, sessions[0].id).await;
        assert!(matches!(twice, Err(ApplicationError::NotFound)));
        let forged = vault::token::Secret::from_text("x".into());
        assert!(matches!(world.application.resume(&forged).await, Err(ApplicationError::SessionOver)));
    }

    async fn newcomers_codes_work_once_and_run_out(world: World) {
        let k = world.klantmanager().await?;
        let person = world.person(&k.context, "Fictie").await?;
        let issue = || world.application.issue_login_code(&k.context, person);
        let own = store::session::Device::Own;
        let first = issue().await?;
        let second = issue().await?;
        for (code, expected) in [(&first, false), (&second, true), (&second, false)] {
            let outcome = world.application.redeem_login_code(network(1), code.code.reveal(), own).await;
            assert_eq!(outcome.is_ok(), expected);
        }
        let third = issue().await?;
        // Wrong guesses with the right first group use the code up.
        let first_group: String = third.code.reveal().chars().take(4).collect();
        for n in 0..5_u8 {
            let guess = format!("{first_group}-2222-222{}", n + 3);
            let outcome = world.application.redeem_login_code(network(n), &guess, own).await;
            assert!(is_wrong(&outcome));
        }
        assert!(is_wrong(&world.application.redeem_login_code(network(9), third.code.reveal(), own).await));
        let fourth = issue().await?;
        world.clock.pass(7 * 24 * 3600);
        assert!(is_wrong(&world.application.redeem_login_code(network(9), fourth.code.reveal(), own).await));
        let fifth = issue().await?;
        let careless = fifth.code.reveal().to_lowercase().replace('-', " ");
        let on_shared = world.application.redeem_login_code(network(9), &careless, store::session::Device::Shared).await?;
        world.clock.pass(10 * 60);
        assert!(world.application.resume(&on_shared.token).await.is_err());
    }
}
