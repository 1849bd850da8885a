//! Tokens of programs: made by administrators, kept as hashes, within scopes, until they end.

use application::{Actor, ApplicationError, Context, InvalidInput, NewApiToken, OpenCase};
use domain::organisation::{OrganisationKind, Role};
use domain::scope::{Scope, Scopes};
use domain::text::Title;
use domain::vacancy::Vacancy;
use vault::token::Secret;

use crate::{World, network, prepare};

fn scopes(some: &[Scope]) -> Scopes {
    some.iter().copied().collect()
}

testkit::on_both_databases! {
    async fn a_token_works_within_its_scopes_until_it_ends(world: World) {
        let employer = world.organisation(OrganisationKind::Employer, "Proefbakker").await?;
        let other = world.organisation(OrganisationKind::Employer, "Proefsmid").await?;
        let administrator = world.colleague(employer, Role::Administrator, "a@example.org").await?;
        let contact = world.colleague(other, Role::EmployerContact, "c@example.org").await?;
        let app = &world.application;
        let new = NewApiToken {
            organisation: employer,
            name: "Roosterprogramma",
            scopes: scopes(&[Scope::VacanciesRead]),
            days: 30,
        };
        let (id, token) = app.make_api_token(&administrator.context, new).await?;
        let context = app.program_with(network(1), &token).await?;
        assert!(matches!(context.actor, Actor::Program(p) if p.token == id && p.organisation == employer));
        assert_eq!(app.list_vacancies(&context, None, None).await?, []);
        let vacancy = Vacancy::titled(Title::new("Bakker")?);
        let writing = app.create_vacancy(&context, &vacancy).await;
        assert!(matches!(writing, Err(ApplicationError::Forbidden)), "{writing:?}");
        let of_others = app.create_vacancy(&contact.context, &vacancy).await?;
        let reading = app.read_vacancy(&context, of_others).await;
        assert!(matches!(reading, Err(ApplicationError::NotFound)), "{reading:?}");
        let counting = app.caseload_counts(&context).await;
        assert!(matches!(counting, Err(ApplicationError::Forbidden)), "{counting:?}");

        let listed = app.list_api_tokens(&administrator.context, employer).await?;
        assert_eq!(listed.len(), 1);
        assert_eq!(listed[0].last_used_on, Some(app.today()));
        // Nothing in the database leads back to the token.
        assert_ne!(listed[0].token.as_bytes().as_slice(), token.reveal().as_bytes());
        let elsewhere = app.list_api_tokens(&administrator.context, other).await;
        assert!(matches!(elsewhere, Err(ApplicationError::NotFound)));
        let not_theirs = app.end_api_token(&contact.context, id).await;
        assert!(matches!(not_theirs, Err(ApplicationError::NotFound)));

        app.end_api_token(&administrator.context, id).await?;
        let ended = app.program_with(network(1), &token).await;
        assert!(matches!(ended, Err(ApplicationError::WrongCredentials)));
        let twice = app.end_api_token(&administrator.context, id).await;
        assert!(matches!(twice, Err(ApplicationError::NotFound)));
        let (_, token) = app.make_api_token(&administrator.context, new).await?;
        world.clock.pass(30 * 24 * 3600);
        let expired = app.program_with(network(1), &token).await;
        assert!(matches!(expired, Err(ApplicationError::WrongCredentials)));
    }

    async fn a_token_cannot_be_more_than_its_organisation(world: World) {
        let town = world.organisation(OrganisationKind::Municipality, "Testdam").await?;
        let app = &world.application;
        let try_with = async |name: &str, some: &[Scope], days: u16| {
            let new = NewApiToken { organisation: town, name, scopes: scopes(some), days };
            app.make_api_token(&Context::machine(), new).await
        };
        for (name, some, days, fault) in [
            ("Zaaksysteem", &[][..], 90, InvalidInput::Scopes),
            ("Zaaksysteem", &[Scope::VacanciesRead], 90, InvalidInput::Scopes),
            ("Zaaksysteem", &[Scope::CaseloadRead], 0, InvalidInput::TokenDays),
            ("Zaaksysteem", &[Scope::CaseloadRead], 366, InvalidInput::TokenDays),
            (" ", &[Scope::CaseloadRead], 90, InvalidInput::Name),
        ] {
            let outcome = try_with(name, some, days).await;
            assert!(matches!(outcome, Err(ApplicationError::Invalid(found)) if found == fault), "{outcome:?}");
        }
        let (_, token) = try_with("Zaaksysteem", &[Scope::CaseloadRead], 90).await?;
        let context = app.program_with(network(1), &token).await?;
        let klantmanager = world.colleague(town, Role::Klantmanager, "k@example.org").await?;
        for n in 0..4 {
            let person = world.person(&klantmanager.context, &format!("Fictie {n}")).await?;
            app.open_case(&klantmanager.context, person, &OpenCase::default()).await?;
        }
        let counts = app.caseload_counts(&context).await?;
        // Four of them, rounded to five.
        assert_eq!(counts.open, 5);
        assert_eq!(counts.by_phase.iter().map(|(_, n)| n).sum::<u64>(), 5);
        let reading = app.search_persons(&context, "Fictie").await;
        assert!(matches!(reading, Err(ApplicationError::Forbidden)));
    }

    async fn wrong_tokens_and_too_many_requests_are_refused(world: World) {
        let town = world.organisation(OrganisationKind::Municipality, "Testdam").await?;
        let app = &world.application;
        let new = NewApiToken {
            organisation: town,
            name: "Zaaksysteem",
            scopes: scopes(&[Scope::FiguresRead]),
            days: 1,
        };
        let (_, token) = app.make_api_token(&Context::machine(), new).await?;
        let rules = application::throttle::AttemptRules::default();
        let wrong = Secret::from_text("werkbrug_wrong".to_owned());
        for _ in 0..rules.wrong_tokens {
            let outcome = app.program_with(network(1), &wrong).await;
            assert!(matches!(outcome, Err(ApplicationError::WrongCredentials)));
        }
        let limited = app.program_with(network(1), &wrong).await;
        assert!(matches!(limited, Err(ApplicationError::TooManyAttempts { .. })));
        // Who has a right token is not disturbed by neighbours with wrong ones.
        for _ in 0..rules.program_per_minute {
            app.program_with(network(1), &token).await?;
        }
        let limited = app.program_with(network(1), &token).await;
        assert!(matches!(limited, Err(ApplicationError::TooManyAttempts { .. })));
        world.clock.pass(60);
        app.program_with(network(1), &token).await?;
    }
}
