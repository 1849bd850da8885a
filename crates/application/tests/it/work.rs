//! Matches of a newcomer: fresh, explained, their own; and features that know nobody.

use application::features;
use application::work::explain::Fit;
use application::work::inventory::Reach;
use application::work::newcomer::{LeverKind, asked_by};
use application::{ApplicationError, RegisterPerson};
use domain::language::Language;
use domain::level::LanguageLevel;
use domain::person::{Email, NamePart, Phone};
use domain::placement::{Modality, WorkPermission};
use domain::profile::{
    AnswerState, Documents, Education, EducationLevel, PoolChoice, ProfileQuestion,
};
use domain::vacancy::VacancyState;
use matching::levers::Lever;

use crate::story::{CATALOGUE, acting, essential, occupation, profile_of, told, town, vacancy_for};
use crate::{World, named, prepare};

testkit::on_both_databases! {
    async fn a_new_vacancy_is_matched_explained_dismissed_and_closed(world: World) {
        let town = town(&world).await?;
        let app = &town.application;
        let person = town.newcomer("Fictie", &profile_of("lasser")?).await?;
        let me = acting(person);
        assert!(app.work_that_fits(&me, person, 10).await?.is_empty());
        let welder = town.open(&vacancy_for("lasser")?).await?;
        let baker = town.open(&vacancy_for("bakker")?).await?;
        let status = app.refresh_work().await?;
        assert_eq!((status.n_vacancies, status.n_candidates, status.n_skipped), (2, 1, 0));
        assert_eq!(app.refresh_work().await?, status);
        let found = app.work_that_fits(&me, person, 10).await?;
        let best = found.first().ok_or("nothing found")?;
        assert_eq!((best.vacancy, best.employer.as_str()), (welder, "Fictielas"));
        assert_eq!((best.explanation.fit, best.explanation.score), (Fit::Well, 1000));
        assert_eq!(best.explanation.can_do().count(), essential("lasser")?.len());
        for work in &found {
            let points: u16 = work.explanation.demands.iter().map(|demand| demand.points).sum();
            assert_eq!(points, work.explanation.score);
        }
        let far = app.how_work_fits(&me, person, baker).await?;
        assert_eq!(far.explanation.fit, Fit::NotYet);
        assert!(far.explanation.missing().count() > 0);
        // The klantmanager sees the same numbers; nobody else any.
        assert_eq!(app.work_that_fits(&town.klantmanager.context, person, 10).await?, found);
        assert!(matches!(app.work_that_fits(&town.employer.context, person, 10).await, Err(ApplicationError::NotFound)));

        app.dismiss_vacancy(&me, person, welder, "too-far".parse()?).await?;
        assert!(app.work_that_fits(&me, person, 1).await?.iter().all(|work| work.vacancy != welder));
        app.restore_vacancy(&me, person, welder).await?;
        assert_eq!(app.work_that_fits(&me, person, 1).await?[0].vacancy, welder);
        app.set_vacancy_state(&town.employer.context, welder, 2, VacancyState::Closed).await?;
        app.refresh_work().await?;
        assert!(matches!(app.how_work_fits(&me, person, welder).await, Err(ApplicationError::NotFound)));
    }

    async fn what_helps_is_counted_and_what_is_unknown_is_asked(world: World) {
        let town = town(&world).await?;
        let app = &town.application;
        let mut vacancy = vacancy_for("lasser")?;
        vacancy.languages[0].at_start = LanguageLevel::B1;
        vacancy.languages[0].after_a_year = LanguageLevel::B1;
        let id = town.open(&vacancy).await?;
        app.refresh_work().await?;
        let mut profile = profile_of("lasser")?;
        let person = town.newcomer("Fictie", &profile).await?;
        let me = acting(person);
        assert!(app.work_that_fits(&me, person, 5).await?.is_empty());
        assert_eq!(app.how_work_fits(&me, person, id).await?.explanation.fit, Fit::NotYet);
        let levers = app.levers_of(&me, person).await?;
        assert_eq!(levers.open_now, 0);
        let dutch = LeverKind::Other(Lever::Language { language: Language::NL, to: LanguageLevel::B1 });
        let lever = levers.levers.iter().find(|lever| lever.lever == dutch).ok_or("no lever")?;
        assert_eq!((lever.opens, lever.examples[0].0), (1, id));
        let near = app.occupations_near(&me, person, 3).await?;
        assert_eq!(near[0].occupation.as_str(), CATALOGUE.uri(occupation("lasser")?));
        for one in &near {
            assert_eq!(&app.how_occupation_fits(&me, person, &one.occupation).await?, one);
            let points: u16 = one.explanation.demands.iter().map(|demand| demand.points).sum();
            assert_eq!(points, one.explanation.score);
        }
        let unknown = app.how_occupation_fits(&me, person, &"urn:werkbrug:nothing".parse()?).await;
        assert!(matches!(unknown, Err(ApplicationError::NotFound)), "{unknown:?}");

        // What was not told closes nothing, and is worth asking; what the person does not know is
        // not asked again.
        profile.languages.clear();
        profile.answers.remove(&ProfileQuestion::Languages);
        app.save_profile(&me, person, 1, &profile).await?;
        assert_eq!(app.work_that_fits(&me, person, 5).await?[0].vacancy, id);
        let asked = app.next_question(&me, person).await?.ok_or("nothing to ask")?;
        assert_eq!(asked_by(asked.question), ProfileQuestion::Languages);
        profile.answers.insert(ProfileQuestion::Languages, AnswerState::DoesNotKnow);
        app.save_profile(&me, person, 2, &profile).await?;
        assert_eq!(app.next_question(&me, person).await?, None);
    }

    async fn barriers_of_many_are_summed_and_few_are_not_told(world: World) {
        let town = town(&world).await?;
        let app = &town.application;
        let mut vacancy = vacancy_for("lasser")?;
        vacancy.languages[0].at_start = LanguageLevel::B1;
        vacancy.languages[0].after_a_year = LanguageLevel::B1;
        town.open(&vacancy).await?;
        let guide = &town.klantmanager.context;
        let mut profile = profile_of("lasser")?;
        for name in ["Een", "Twee", "Drie", "Vier"] {
            town.newcomer(name, &profile).await?;
        }
        // Who does not want to be found does not count.
        profile.pool = PoolChoice::NotListed;
        town.newcomer("Onzichtbaar", &profile).await?;
        app.refresh_work().await?;
        for reach in [Reach::OwnOrganisation, Reach::Everybody] {
            assert_eq!(app.barrier_inventory(guide, reach).await?, None);
        }
        profile.pool = PoolChoice::Listed;
        let fifth = town.newcomer("Vijf", &profile).await?;
        app.refresh_work().await?;
        for reach in [Reach::OwnOrganisation, Reach::Everybody] {
            let found = app.barrier_inventory(guide, reach).await?.ok_or("five are enough")?;
            assert_eq!((found.people, found.without_work), (5, Some(5)));
            let dutch = LeverKind::Other(Lever::Language { language: Language::NL, to: LanguageLevel::B1 });
            let row = found.rows.iter().find(|row| row.lever == dutch).ok_or("no row")?;
            assert_eq!((row.people, row.opens), (5, 5));
        }
        for nobody in [&town.employer.context, &acting(fifth)] {
            let refused = app.barrier_inventory(nobody, Reach::Everybody).await;
            assert!(matches!(refused, Err(ApplicationError::Forbidden | ApplicationError::NotFound)), "{refused:?}");
        }
    }

    async fn who_somebody_is_changes_no_feature(world: World) {
        let town = town(&world).await?;
        let app = &town.application;
        let mut profile = profile_of("lasser")?;
        profile.about.language = Some(Language::NL);
        profile.work.push(told("Lasser bij een werf")?);
        profile.school.push(Education {
            words: Some("Ambachtsschool".parse()?),
            level: EducationLevel::VocationalSkilled,
            field: None,
            is_finished: true,
            until: Some("2001".parse()?),
            documents: Some(Documents::Original),
            recognition: None,
        });
        let first = town.newcomer("Jan de Vries", &profile).await?;
        // Another name, birth date and contact, another script, language and time of life; whoever
        // fled lost the papers.
        profile.about.language = Some(Language::TI);
        profile.work[0] = told("መበየዲ")?;
        profile.work[0].from = Some("1979".parse()?);
        profile.school[0].words = Some("ቤት ትምህርቲ".parse()?);
        profile.school[0].until = Some("1975".parse()?);
        profile.school[0].documents = Some(Documents::None);
        let mut identity = named("ሰላም")?;
        identity.name.original_script = Some(NamePart::new("ሰላም")?);
        identity.birth = Some("1958".parse()?);
        identity.email = Some(Email::new("selam@example.org")?);
        identity.phone = Some(Phone::new("06 12 34 56 78")?);
        let new = RegisterPerson { identity };
        let second = app.register_person(&town.klantmanager.context, &new).await?;
        app.save_profile(&acting(second), second, 0, &profile).await?;
        let mut seen = Vec::new();
        for person in [first, second] {
            let stored = app.read_profile(&acting(person), person).await?.profile;
            let permission = Some(WorkPermission::Free);
            seen.push(features::candidate(&stored, permission, &CATALOGUE)?);
        }
        assert_eq!(seen[0], seen[1]);
        assert_eq!(format!("{:?}", seen[0]), format!("{:?}", seen[1]));
        // Not because nothing goes over: what can be done does.
        profile.languages[0].speaking = Some(LanguageLevel::C1);
        let better = features::candidate(&profile, Some(WorkPermission::Free), &CATALOGUE)?;
        assert_ne!(better, seen[0]);
        let spoken = better.languages.known().map(|known| known.level(Language::NL, Modality::Speaking));
        assert_eq!(spoken.as_ref().and_then(|level| level.known()), Some(&LanguageLevel::C1));
    }

    async fn texts_suggest_skills_and_occupations(world: World) {
        let town = town(&world).await?;
        let app = &town.application;
        let found = app.suggest_occupations("lasser", Language::NL).await?;
        assert_eq!(found[0].concept.as_str(), CATALOGUE.uri(occupation("lasser")?));
        let skills = app.suggest_skills("brood bakken, TIG-lassen", Language::NL).await?;
        let labels: Vec<&str> = skills.iter().map(|skill| skill.label.as_str()).collect();
        assert!(labels.contains(&"brood bakken") && labels.contains(&"TIG-lassen"), "{labels:?}");
        assert!(app.suggest_skills("", Language::AR).await?.is_empty());
        let long = "x".repeat(20_001);
        assert!(matches!(app.suggest_skills(&long, Language::NL).await, Err(ApplicationError::Invalid(_))));
        let read = app.suggest_from_vacancy_text("Bakker\nAccentloos Nederlands.\n- brood bakken").await?;
        assert_eq!((read.warnings.len(), read.tasks.len(), read.languages.len()), (1, 1, 1));
    }
}
