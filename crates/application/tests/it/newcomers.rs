//! Newcomers' data: found across scripts, changed by one at a time, known to those who may, erased.

use std::collections::BTreeMap;

use application::{Application, ApplicationError, OpenCase};
use domain::case::Note;
use domain::organisation::{OrganisationKind, Role};
use sea_orm::ConnectionTrait;
use store::person;

use crate::{TestError, World, named, prepare};

/// Events that say that somebody was registered or a case opened, after an entry of the log.
async fn registered(app: &Application, after: u64) -> Result<Vec<String>, TestError> {
    let entries = store::audit::after(app.store(), after, 1000).await?;
    let kinds = entries.into_iter().map(|entry| entry.event.kind);
    Ok(kinds
        .filter(|kind| ["person_registered", "case_opened"].contains(&kind.as_str()))
        .collect())
}

testkit::on_both_databases! {
    async fn names_are_found_across_scripts_in_the_own_organisation_only(world: World) {
        let here = world.organisation(OrganisationKind::Municipality, "Testdam").await?;
        let there = world.organisation(OrganisationKind::Municipality, "Elders").await?;
        let k = world.colleague(here, Role::Klantmanager, "k@example.org").await?;
        let other = world.colleague(there, Role::Klantmanager, "o@example.org").await?;
        let arabic = world.person(&k.context, "محمد الزعبي").await?;
        let latin = world.person(&k.context, "Mohammed Alzoubi").await?;
        world.person(&k.context, "Mohammed Haddad").await?;
        world.person(&other.context, "Mohamed Al-Zoubi").await?;
        let found = world.application.search_persons(&k.context, "Mohamed al-Zoubi").await?;
        let ids: Vec<_> = found.iter().map(|view| view.person).collect();
        // The one in the same script first.
        assert_eq!(ids, [latin, arabic]);
        assert!(world.application.search_persons(&k.context, "Serhii").await?.is_empty());
        assert!(world.application.search_persons(&k.context, "").await?.is_empty());
        let long = "x".repeat(201);
        assert!(matches!(world.application.search_persons(&k.context, &long).await, Err(ApplicationError::Invalid(_))));
    }

    async fn a_stale_change_is_refused_and_the_first_one_stays(world: World) {
        let here = world.organisation(OrganisationKind::Municipality, "Testdam").await?;
        let k = world.colleague(here, Role::Klantmanager, "k@example.org").await?;
        let person = world.person(&k.context, "Eerste").await?;
        let newcomer = world.newcomer(&k.context, person).await?;
        let read = world.application.read_person(&k.context, person).await?;
        let (mine, theirs) = (named("Tweede")?, named("Derde")?);
        world.application.change_person(&newcomer, person, read.version, &mine).await?;
        let stale = world.application.change_person(&k.context, person, read.version, &theirs).await;
        match stale {
            // The person themselves was first, not staff.
            Err(ApplicationError::Stale(stale)) => assert_eq!(stale.changed_by, None),
            other => return Err(format!("{other:?}").into()),
        }
        let now = world.application.read_person(&k.context, person).await?;
        assert_eq!(now.identity, mine);
        assert_eq!(world.application.search_persons(&k.context, "Tweede").await?.len(), 1);
        assert!(world.application.search_persons(&k.context, "Eerste").await?.is_empty());
    }

    async fn an_employer_knows_a_person_only_while_there_is_consent(world: World) {
        let here = world.organisation(OrganisationKind::Municipality, "Testdam").await?;
        let bakery = world.organisation(OrganisationKind::Employer, "Fictiebakker").await?;
        let k = world.colleague(here, Role::Klantmanager, "k@example.org").await?;
        let employer = world.colleague(bakery, Role::EmployerContact, "e@example.org").await?;
        let mut identity = named("Fictie")?;
        identity.birth = Some("1990".parse()?);
        identity.name.as_on_permit = Some(domain::person::NamePart::new("FICTIE X")?);
        let new = application::RegisterPerson { identity };
        let person = world.application.register_person(&k.context, &new).await?;
        let newcomer = world.newcomer(&k.context, person).await?;
        let app = &world.application;
        let unknown = |outcome: Result<application::PersonView, ApplicationError>| {
            matches!(outcome, Err(ApplicationError::NotFound))
        };
        assert!(unknown(app.read_person(&employer.context, person).await));
        // Nobody but the person can consent.
        let by_staff = app.give_consent(&k.context, person, bakery, &application::ConsentTerms::contact("2026-1")).await;
        assert!(matches!(by_staff, Err(ApplicationError::Forbidden)));
        app.give_consent(&newcomer, person, bakery, &application::ConsentTerms::contact("2026-1")).await?;
        let twice = app.give_consent(&newcomer, person, bakery, &application::ConsentTerms::contact("2026-1")).await;
        assert!(matches!(twice, Err(ApplicationError::AlreadyThere)));
        let seen = app.read_person(&employer.context, person).await?;
        assert_eq!(seen.identity.birth, None);
        assert_eq!(seen.identity.name.as_on_permit, None);
        assert!(matches!(app.change_person(&employer.context, person, 1, &named("X")?).await, Err(ApplicationError::Forbidden)));
        app.withdraw_consent(&newcomer, person, bakery).await?;
        assert!(unknown(app.read_person(&employer.context, person).await));
        assert!(matches!(app.withdraw_consent(&newcomer, person, bakery).await, Err(ApplicationError::NotFound)));
        assert_eq!(app.list_consents(&newcomer, person).await?.len(), 1);
    }

    async fn an_erased_person_is_gone_for_everybody(world: World) {
        let here = world.organisation(OrganisationKind::Municipality, "Testdam").await?;
        let bakery = world.organisation(OrganisationKind::Employer, "Fictiebakker").await?;
        let k = world.colleague(here, Role::Klantmanager, "k@example.org").await?;
        let officer = world.colleague(here, Role::PrivacyOfficer, "p@example.org").await?;
        let person = world.person(&k.context, "Fictie").await?;
        let newcomer = world.newcomer(&k.context, person).await?;
        let app = &world.application;
        app.give_consent(&newcomer, person, bakery, &application::ConsentTerms::contact("2026-1")).await?;
        let case = app.open_case(&k.context, person, &OpenCase::default()).await?.case;
        let open_code = app.issue_login_code(&k.context, person).await?;
        assert!(matches!(app.erase_person(&k.context, person).await, Err(ApplicationError::Forbidden)));
        app.erase_person(&officer.context, person).await?;
        assert!(matches!(app.erase_person(&officer.context, person).await, Err(ApplicationError::NotFound)));
        assert!(matches!(app.read_person(&k.context, person).await, Err(ApplicationError::NotFound)));
        assert!(matches!(app.read_case(&k.context, case).await, Err(ApplicationError::NotFound)));
        assert!(app.search_persons(&k.context, "Fictie").await?.is_empty());
        assert!(matches!(app.read_person(&newcomer, person).await, Err(ApplicationError::NotFound)));
        let redeemed = app.redeem_login_code(crate::network(3), open_code.code.reveal(), store::session::Device::Own).await;
        assert!(matches!(redeemed, Err(ApplicationError::WrongCredentials)));
        assert_eq!(store::consent::in_force(app.store(), person, bakery, app.now()).await?, None);
        let left = person::find(app.store(), person).await?.ok_or("the bare row stays")?;
        assert!(left.identity(&world.master)?.is_none());
        // The proof stays in the log, and the log holds.
        let entries = store::audit::about_person(app.store(), person, None, 1).await?;
        assert!(entries[0].event.content.contains("person_erased"));
        app.verify_audit(&application::Context::machine(), &[]).await?;
    }

    async fn two_edit_a_case_and_nothing_is_overwritten(world: World) {
        let here = world.organisation(OrganisationKind::Municipality, "Testdam").await?;
        let first = world.colleague(here, Role::Klantmanager, "a@example.org").await?;
        let second = world.colleague(here, Role::Klantmanager, "b@example.org").await?;
        let person = world.person(&first.context, "Fictie").await?;
        let app = &world.application;
        let at = app.open_case(&first.context, person, &OpenCase::default()).await?;
        let read = app.read_case(&second.context, at.case).await?;
        assert_eq!(read.klantmanager, Some(first.account));
        let (one, two) = tokio::join!(
            app.add_note(&first.context, at, Note::new("one")?),
            app.add_note(&second.context, read.at, Note::new("two")?),
        );
        let now = app.read_case(&first.context, at.case).await?;
        let notes: Vec<&str> = now.content.timeline().iter().filter_map(|entry| entry.note.as_ref()).map(Note::as_str).collect();
        match (one, two) {
            (Ok(_), Err(ApplicationError::Stale(stale))) => {
                assert_eq!((notes, stale.changed_by), (vec!["one"], Some(first.account)));
            }
            (Err(ApplicationError::Stale(stale)), Ok(_)) => {
                assert_eq!((notes, stale.changed_by), (vec!["two"], Some(second.account)));
            }
            other => return Err(format!("{other:?}").into()),
        }
    }

    async fn somebody_is_registered_with_their_case_or_not_at_all(world: World) {
        let here = world.organisation(OrganisationKind::Municipality, "Testdam").await?;
        let k = world.colleague(here, Role::Klantmanager, "k@example.org").await?;
        let app = &world.application;
        let new = application::RegisterPerson { identity: named("Kanarie")? };
        let before = store::audit::head(app.store()).await?.entries;
        let shell = sea_orm::Database::connect(&world.address.replace("sqlite:", "sqlite://")).await?;
        // The overview is written last: after the person, the case file and the first event.
        let breaking = [
            ("case_overview", "case_overview_away"),
            ("case_file", "case_file_away"),
        ];
        for (table, away) in breaking {
            shell.execute_unprepared(&format!("ALTER TABLE {table} RENAME TO {away}")).await?;
            let refused = app.register_with_case(&k.context, &new, &OpenCase::default()).await;
            let imported = app.apply_import(&k.context, b"given_name\nKanarie\n", &BTreeMap::new()).await;
            shell.execute_unprepared(&format!("ALTER TABLE {away} RENAME TO {table}")).await?;
            assert!(refused.is_err() && imported.is_err(), "{table}");
        }
        shell.close().await?;
        let tomorrow = app.today().plus_days(1);
        let ahead = OpenCase { file_start: Some(tomorrow), ..OpenCase::default() };
        let refused = app.register_with_case(&k.context, &new, &ahead).await;
        assert!(matches!(refused, Err(ApplicationError::Invalid(_))), "{refused:?}");
        assert!(app.search_persons(&k.context, "Kanarie").await?.is_empty());
        assert_eq!(registered(app, before).await?, [] as [String; 0]);

        let (person, at) = app.register_with_case(&k.context, &new, &OpenCase::default()).await?;
        assert_eq!(app.read_case(&k.context, at.case).await?.person, person);
        assert_eq!(registered(app, before).await?, ["person_registered", "case_opened"]);
        let other = world.organisation(OrganisationKind::Employer, "Fictiebakker").await?;
        let e = world.colleague(other, Role::EmployerContact, "e@example.org").await?;
        let refused = app.register_with_case(&e.context, &new, &OpenCase::default()).await;
        assert!(matches!(refused, Err(ApplicationError::Forbidden)), "{refused:?}");
    }
}
