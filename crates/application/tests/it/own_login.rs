//! A newcomer's own name and password: set after the code on paper, changed, forgotten, removed.

use application::identity_provider::{OwnPassword, OwnProof};
use application::throttle::AttemptRules;
use application::{Actor, ApplicationError, Context, Device, InvalidInput, LoggedIn, SetOwnLogin};
use domain::id::PersonId;
use domain::organisation::{OrganisationKind, Role};

use crate::{World, network, prepare};

const OWN: &str = "blauwe lucht boven zee";

fn own<'a>(name: &'a str, password: &'a str, former: &'a str) -> SetOwnLogin<'a> {
    SetOwnLogin {
        name,
        password,
        former,
    }
}

impl World {
    async fn try_own(
        &self,
        name: &str,
        password: &str,
        from: u8,
    ) -> Result<LoggedIn, ApplicationError> {
        let proof = OwnProof {
            name: name.to_owned(),
            password: password.to_owned(),
        };
        self.application
            .log_in_newcomer(&OwnPassword, &proof, network(from), Device::Own)
            .await
    }

    /// A newcomer who is logged in with a code, and who guides them.
    async fn newcomer_with_code(&self) -> Result<(PersonId, Context, Context), crate::TestError> {
        let town = self
            .organisation(OrganisationKind::Municipality, "Testdam")
            .await?;
        let k = self
            .colleague(town, Role::Klantmanager, "k@example.org")
            .await?;
        let person = self.person(&k.context, "Fictieve Nieuwkomer").await?;
        Ok((person, self.newcomer(&k.context, person).await?, k.context))
    }
}

fn is_wrong<T>(outcome: &Result<T, ApplicationError>) -> bool {
    matches!(outcome, Err(ApplicationError::WrongCredentials))
}

testkit::on_both_databases! {
    async fn a_password_of_ones_own_lets_in(world: World) {
        let (person, context, k) = world.newcomer_with_code().await?;
        let app = &world.application;
        assert_eq!(app.own_login(&context).await?, None);
        for (name, password, fault) in [
            ("abc", OWN, InvalidInput::OwnName),
            ("groene fiets", "te kort", InvalidInput::Password),
            ("groene fiets", "wachtwoord2026", InvalidInput::Password),
            ("groene fiets", "mijn groene auto", InvalidInput::Password),
            ("groene fiets", "fictieve persoon", InvalidInput::Password),
        ] {
            let outcome = app.set_own_login(&context, network(1), own(name, password, "")).await;
            assert!(matches!(outcome, Err(ApplicationError::Invalid(found)) if found == fault), "{name} {password} {outcome:?}");
        }
        app.set_own_login(&context, network(1), own("Groene Fiets", OWN, "")).await?;
        assert_eq!(app.own_login(&context).await?.map(|own| own.name).as_deref(), Some("Groene Fiets"));
        let logged_in = world.try_own(" groene  FIETS", OWN, 2).await?;
        assert!(matches!(logged_in.actor, Actor::Newcomer(n) if n.person == person));
        for (n, (name, password)) in (10..).zip([("groene fiets", "andere lucht boven zee"), ("gele fiets", OWN), ("", "")]) {
            assert!(is_wrong(&world.try_own(name, password, n).await));
        }
        // Nobody else can take or see the name.
        let second = world.person(&k, "Verzonnen Persoon").await?;
        let other = world.newcomer(&k, second).await?;
        let taken = app.set_own_login(&other, network(3), own("groene fiets", OWN, "")).await;
        assert!(matches!(taken, Err(ApplicationError::AlreadyThere)), "{taken:?}");
        assert!(matches!(app.own_login(&k).await, Err(ApplicationError::NotFound)));
    }

    async fn who_finds_an_open_session_cannot_change_the_password(world: World) {
        let (person, context, k) = world.newcomer_with_code().await?;
        let app = &world.application;
        app.set_own_login(&context, network(1), own("groene fiets", OWN, "")).await?;
        world.clock.pass(15 * 60);
        let new = "rode zon achter de berg";
        for former in ["", "niet dit wachtwoord"] {
            assert!(is_wrong(&app.set_own_login(&context, network(1), own("groene fiets", new, former)).await));
            assert!(is_wrong(&app.remove_own_login(&context, network(1), former).await));
        }
        let elsewhere = world.try_own("groene fiets", OWN, 2).await?;
        app.set_own_login(&context, network(2), own("groene fiets", new, OWN)).await?;
        assert!(app.resume(&elsewhere.token).await.is_err(), "other sessions end");
        assert!(is_wrong(&world.try_own("groene fiets", OWN, 4).await));
        world.try_own("groene fiets", new, 4).await?;
        // Whoever forgot it comes back with a new code and sets another, or none.
        world.clock.pass(3600);
        let again = world.newcomer(&k, person).await?;
        app.remove_own_login(&again, network(5), "").await?;
        assert_eq!(app.own_login(&again).await?, None);
        assert!(is_wrong(&world.try_own("groene fiets", new, 6).await));
        assert!(matches!(app.remove_own_login(&again, network(5), "").await, Err(ApplicationError::NotFound)));
    }

    async fn a_first_password_needs_a_session_that_began_not_long_ago(world: World) {
        let (person, context, k) = world.newcomer_with_code().await?;
        let app = &world.application;
        world.clock.pass(3 * 3600);
        assert!(is_wrong(&app.set_own_login(&context, network(1), own("groene fiets", OWN, "")).await));
        assert_eq!(app.own_login(&context).await?, None);
        let again = world.newcomer(&k, person).await?;
        world.clock.pass(3600);
        app.set_own_login(&again, network(1), own("groene fiets", OWN, "")).await?;
    }

    async fn every_spelling_of_a_name_is_counted_as_one_and_success_is_not_counted(world: World) {
        let (_, context, _) = world.newcomer_with_code().await?;
        let app = &world.application;
        app.set_own_login(&context, network(1), own("groene fiets", OWN, "")).await?;
        for _ in 0..60 {
            world.try_own("groene fiets", OWN, 7).await?;
        }
        for name in ["groene fiets", "GROENE FIETS", " groene  fiets", "groene fiets ", "ｇroene fiets"] {
            assert!(is_wrong(&world.try_own(name, "niet dit wachtwoord", 8).await));
        }
        let refused = world.try_own("Groene   Fiets", OWN, 8).await;
        assert!(matches!(refused, Err(ApplicationError::TooManyAttempts { .. })), "{refused:?}");
    }

    async fn guessing_is_limited_and_an_erased_person_is_nobody(world: World) {
        let (person, context, _) = world.newcomer_with_code().await?;
        let app = &world.application;
        app.set_own_login(&context, network(1), own("groene fiets", OWN, "")).await?;
        for _ in 0..AttemptRules::default().per_account {
            assert!(is_wrong(&world.try_own("groene fiets", "x", 7).await));
        }
        let limited = world.try_own("groene fiets", OWN, 7).await;
        assert!(matches!(limited, Err(ApplicationError::TooManyAttempts { .. })));
        world.try_own("groene fiets", OWN, 8).await?;
        let found = store::person::find(app.store(), person).await?.ok_or("gone")?;
        let officer = world.colleague(found.organisation, Role::PrivacyOfficer, "p@example.org").await?;
        app.erase_person(&officer.context, person).await?;
        assert!(is_wrong(&world.try_own("groene fiets", OWN, 9).await));
        assert_eq!(store::own_login::find(app.store(), person).await?, None);
    }
}
