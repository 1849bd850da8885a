//! Profiles and vacancies: told by one, changed by one at a time, seen by those who may.

use application::{ApplicationError, InvalidInput};
use domain::organisation::{OrganisationKind, Role};
use domain::profile::PoolChoice;
use domain::text::Title;
use domain::vacancy::{Vacancy, VacancyFault, VacancyState};

use crate::story::{acting, profile_of, told, town, vacancy_for};
use crate::{World, prepare};

testkit::on_both_databases! {
    async fn a_profile_belongs_to_the_person_and_their_klantmanager(world: World) {
        let town = town(&world).await?;
        let app = &town.application;
        let elsewhere = world.organisation(OrganisationKind::Municipality, "Elders").await?;
        let other = world.colleague(elsewhere, Role::Klantmanager, "o@example.org").await?;
        let mut profile = profile_of("lasser")?;
        profile.work.push(told("حداد في السوق")?);
        let person = town.newcomer("Fictie", &profile).await?;
        let stranger = world.person(&town.klantmanager.context, "Vreemde").await?;
        let read = app.read_profile(&town.klantmanager.context, person).await?;
        assert_eq!((&read.profile, read.version, read.changed_by), (&profile, 1, None));
        for nobody in [&other.context, &acting(stranger)] {
            assert!(matches!(app.read_profile(nobody, person).await, Err(ApplicationError::NotFound)));
            assert!(matches!(app.save_profile(nobody, person, 1, &profile).await, Err(ApplicationError::NotFound)));
        }
        assert!(matches!(app.read_profile(&town.employer.context, person).await, Err(ApplicationError::NotFound)));
        assert_eq!(app.read_profile(&acting(stranger), stranger).await?.version, 0);

        // Both sit with it; the second one hears who was first.
        profile.availability.hours = None;
        assert_eq!(app.save_profile(&town.klantmanager.context, person, 1, &profile).await?, 2);
        match app.save_profile(&acting(person), person, 1, &profile).await {
            Err(ApplicationError::Stale(stale)) => {
                assert_eq!((stale.version, stale.changed_by), (2, Some(town.klantmanager.account)));
            }
            other => return Err(format!("{other:?}").into()),
        }
        // To be seen by employers is the person's own choice.
        profile.pool = PoolChoice::NotListed;
        let by_staff = app.save_profile(&town.klantmanager.context, person, 2, &profile).await;
        assert!(matches!(by_staff, Err(ApplicationError::Forbidden)));
        app.save_profile(&acting(person), person, 2, &profile).await?;
        profile.about.residence = Some("no_such_thing".parse()?);
        let wrong = app.save_profile(&acting(person), person, 3, &profile).await;
        assert!(matches!(wrong, Err(ApplicationError::Invalid(InvalidInput::Residence))));
        // The person sees in the log that the klantmanager read and changed it.
        let log = app.access_log(&acting(person), person, None).await?;
        let kinds: Vec<_> = log.iter().map(|view| (view.by.is_some(), format!("{:?}", view.what))).collect();
        assert!(kinds.iter().any(|(staff, what)| *staff && what.starts_with("ProfileChanged")));
        assert!(kinds.iter().any(|(staff, what)| !*staff && what.starts_with("PoolLeft")));
    }

    async fn a_vacancy_belongs_to_its_employer_until_it_is_open(world: World) {
        let town = town(&world).await?;
        let app = &town.application;
        let bakery = world.organisation(OrganisationKind::Employer, "Fictiebakker").await?;
        let other = world.colleague(bakery, Role::EmployerContact, "b@example.org").await?;
        let employer = &town.employer.context;
        let bare = Vacancy::titled(Title::new("Lasser")?);
        let id = app.create_vacancy(employer, &bare).await?;
        let opened = app.set_vacancy_state(employer, id, 1, VacancyState::Open).await;
        assert!(matches!(opened, Err(ApplicationError::Invalid(InvalidInput::Vacancy(VacancyFault::NoSkills)))));
        let full = vacancy_for("lasser")?;
        assert_eq!(app.change_vacancy(employer, id, 1, &full).await?, 2);
        assert!(matches!(app.change_vacancy(employer, id, 1, &full).await, Err(ApplicationError::Stale(_))));
        assert!(matches!(app.read_vacancy(&other.context, id).await, Err(ApplicationError::NotFound)));
        assert!(matches!(app.change_vacancy(&other.context, id, 2, &full).await, Err(ApplicationError::NotFound)));
        assert!(matches!(app.create_vacancy(&town.klantmanager.context, &full).await, Err(ApplicationError::Forbidden)));
        assert!(matches!(app.public_vacancy(id).await, Err(ApplicationError::NotFound)));
        app.set_vacancy_state(employer, id, 2, VacancyState::Open).await?;
        let public = app.public_vacancy(id).await?;
        assert_eq!((public.employer.as_str(), &public.vacancy, public.organisation), ("Fictielas", &full, town.workshop));
        assert_eq!(app.public_vacancies(None).await?, [public]);
        // An open one stays complete.
        let emptied = app.change_vacancy(employer, id, 3, &bare).await;
        assert!(matches!(emptied, Err(ApplicationError::Invalid(_))));
        app.set_vacancy_state(employer, id, 3, VacancyState::Closed).await?;
        assert!(app.public_vacancies(None).await?.is_empty());
        let listed = app.list_vacancies(employer, None, None).await?;
        assert_eq!(listed.iter().map(|view| (view.id, view.state)).collect::<Vec<_>>(), [(id, VacancyState::Closed)]);
        assert!(app.list_vacancies(&other.context, None, None).await?.is_empty());
        // An import is all or nothing.
        let mut wrong = full.clone();
        wrong.places = 0;
        assert!(app.import_vacancies(employer, &[full.clone(), wrong]).await.is_err());
        assert_eq!(app.import_vacancies(employer, &[full.clone(), full]).await?.len(), 2);
        assert_eq!(app.list_vacancies(employer, Some(VacancyState::Draft), None).await?.len(), 2);
    }
}
