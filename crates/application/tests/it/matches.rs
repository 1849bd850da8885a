//! Employers and candidates: nobody is known before their own yes, and not after their no.

use application::matches::{EmployerAnswer, MOST_OPENINGS, PersonAnswer};
use application::work::employer::{CandidateList, CostedDemand, PoolCount};
use application::{ApplicationError, RegisterPerson};
use domain::id::OpeningId;
use domain::language::Language;
use domain::level::LanguageLevel;
use domain::match_state::MatchState;
use domain::organisation::{OrganisationKind, Role};
use domain::person::{Email, NamePart, Phone};
use domain::profile::{LanguageSkill, PoolChoice};
use domain::vacancy::VacancyState;
use matching::levers::Relaxed;
use store::detail_opening::{self, DetailOpening};
use testkit::random::Seeded;

use crate::story::{acting, profile_of, told, town, vacancy_for};
use crate::{World, named, prepare};

fn yes() -> PersonAnswer {
    PersonAnswer::Agree {
        text_version: "2026-1".into(),
    }
}

testkit::on_both_databases! {
    async fn employers_see_nobody_in_a_small_pool_and_nothing_of_who_somebody_is(world: World) {
        let town = town(&world).await?;
        let app = &town.application;
        let employer = &town.employer.context;
        let id = town.open(&vacancy_for("lasser")?).await?;
        let mut profile = profile_of("lasser")?;
        for n in 0..4 {
            town.newcomer(&format!("Fictie {n}"), &profile).await?;
        }
        // One more who does not want to be listed.
        profile.pool = PoolChoice::NotListed;
        town.newcomer("Onzichtbaar", &profile).await?;
        app.refresh_work().await?;
        assert_eq!(app.candidates_for(employer, id, 10).await?, CandidateList::TooFew);
        let costs = app.demand_costs(employer, &vacancy_for("lasser")?).await?;
        assert_eq!(costs.fit_now, PoolCount::Few);

        let mut identity = named("Kanarievogel")?;
        identity.name.original_script = Some(NamePart::new("كناري")?);
        identity.birth = Some("1958-03".parse()?);
        identity.email = Some(Email::new("kanarie@example.org")?);
        identity.phone = Some(Phone::new("06 12 34 56 78")?);
        profile.pool = PoolChoice::Listed;
        profile.about.residence = Some("displaced_ukraine".parse()?);
        profile.about.language = Some(Language::UK);
        profile.work.push(told("Kanariewerk in Verweggistan")?);
        profile.wishes.words.push("Kanariewens".parse()?);
        profile.languages.push(LanguageSkill {
            language: Language::UK,
            listening: Some(LanguageLevel::C2),
            speaking: None,
            reading: None,
            writing: None,
        });
        let new = RegisterPerson { identity };
        let canary = app.register_person(&town.klantmanager.context, &new).await?;
        app.save_profile(&acting(canary), canary, 0, &profile).await?;
        app.refresh_work().await?;
        let CandidateList::Listed(listed) = app.candidates_for(employer, id, 10).await? else {
            return Err("five are enough".into());
        };
        assert_eq!(listed.len(), 5);
        let text = format!("{listed:?}");
        for hidden in [
            "anarie", "كناري", "1958", "612345678", "example.org", "ukraine", "Language(uk)", "Verweggistan",
            "status_holder", &canary.to_string(),
        ] {
            assert!(!text.contains(hidden), "{hidden} in {text}");
        }
        assert!(listed.iter().all(|c| c.explanation.score == 1000 && c.hours.is_some()));
        // The same names again for this vacancy, others for another.
        assert_eq!(app.candidates_for(employer, id, 10).await?, CandidateList::Listed(listed.clone()));
        let second = town.open(&vacancy_for("lasser")?).await?;
        app.refresh_work().await?;
        let CandidateList::Listed(others) = app.candidates_for(employer, second, 10).await? else {
            return Err("five are enough".into());
        };
        assert!(others.iter().all(|other| listed.iter().all(|known| known.alias != other.alias)));
        // Only the employer of the vacancy sees them, and only while it is open.
        let bakery = world.organisation(OrganisationKind::Employer, "Fictiebakker").await?;
        let other = world.colleague(bakery, Role::EmployerContact, "b@example.org").await?;
        for nobody in [&other.context, &town.klantmanager.context, &acting(canary)] {
            let refused = app.candidates_for(nobody, id, 10).await;
            assert!(matches!(refused, Err(ApplicationError::NotFound)), "{refused:?}");
        }
        app.set_vacancy_state(employer, id, 2, VacancyState::Closed).await?;
        assert!(matches!(app.candidates_for(employer, id, 10).await, Err(ApplicationError::NotFound)));

        let mut dear = vacancy_for("lasser")?;
        dear.languages[0].at_start = LanguageLevel::C1;
        dear.languages[0].after_a_year = LanguageLevel::C1;
        let costs = app.demand_costs(employer, &dear).await?;
        assert_eq!(costs.fit_now, PoolCount::Few);
        let dearest = costs.costs.first().ok_or("no cost")?;
        assert_eq!(dearest.candidates, PoolCount::Exactly(5));
        assert!(matches!(dearest.demand, CostedDemand::Other(Relaxed::Language { language: Language::NL, .. })));
        // Whoever is erased is gone from the next laying out on.
        let officer = world.colleague(town.municipality, Role::PrivacyOfficer, "p@example.org").await?;
        app.erase_person(&officer.context, canary).await?;
        assert_eq!(app.refresh_work().await?.n_candidates, 4);
        assert_eq!(app.candidates_for(employer, second, 10).await?, CandidateList::TooFew);
    }

    async fn contact_is_asked_agreed_opened_and_withdrawn(world: World) {
        let town = town(&world).await?;
        let app = &town.application;
        let employer = &town.employer.context;
        let id = town.open(&vacancy_for("lasser")?).await?;
        let profile = profile_of("lasser")?;
        let mut persons = Vec::new();
        for n in 0..5 {
            persons.push(town.newcomer(&format!("Fictie {n}"), &profile).await?);
        }
        app.refresh_work().await?;
        let CandidateList::Listed(listed) = app.candidates_for(employer, id, 10).await? else {
            return Err("five are enough".into());
        };
        let alias = listed[0].alias;
        assert_eq!(alias.to_string().parse(), Ok(alias));
        let asked = app.ask_contact(employer, id, alias).await?;
        assert!(matches!(app.ask_contact(employer, id, alias).await, Err(ApplicationError::AlreadyThere)));
        assert!(matches!(app.open_details(employer, asked).await, Err(ApplicationError::NotFound)));
        let early = app.answer_match(employer, asked, 1, EmployerAnswer::Invite).await;
        assert!(matches!(early, Err(ApplicationError::Invalid(_))));
        let mut person = None;
        for candidate in &persons {
            if !app.matches_of_person(&acting(*candidate), *candidate).await?.is_empty() {
                person = Some(*candidate);
            }
        }
        let person = person.ok_or("nobody was asked")?;
        let me = acting(person);
        // Nobody else can say yes, the klantmanager neither.
        let by_staff = app.decide_match(&town.klantmanager.context, asked, 1, &yes()).await;
        assert!(matches!(by_staff, Err(ApplicationError::Forbidden)));
        let stranger = persons.iter().find(|other| **other != person).ok_or("alone")?;
        let by_other = app.decide_match(&acting(*stranger), asked, 1, &yes()).await;
        assert!(matches!(by_other, Err(ApplicationError::NotFound)));
        app.decide_match(&me, asked, 1, &yes()).await?;
        assert!(matches!(app.decide_match(&me, asked, 2, &yes()).await, Err(ApplicationError::Invalid(_))));
        let details = app.open_details(employer, asked).await?;
        assert!(details.name.given_or_only.as_str().starts_with("Fictie"));
        app.answer_match(employer, asked, 2, EmployerAnswer::Invite).await?;
        let stale = app.answer_match(employer, asked, 2, EmployerAnswer::Hire).await;
        assert!(matches!(stale, Err(ApplicationError::Stale(_))), "{stale:?}");
        let seen = app.matches_of_vacancy(employer, id).await?;
        assert_eq!((seen[0].alias, seen[0].state), (alias, MatchState::Invited));

        app.withdraw_consent(&me, person, town.workshop).await?;
        assert!(matches!(app.open_details(employer, asked).await, Err(ApplicationError::NotFound)));
        let late = app.answer_match(employer, asked, 3, EmployerAnswer::Hire).await;
        assert!(matches!(late, Err(ApplicationError::NotFound)));
        assert_eq!(app.matches_of_vacancy(employer, id).await?[0].state, MatchState::Withdrawn);
        // Their own view says what really happened, and the log who opened their details.
        assert_eq!(app.matches_of_person(&me, person).await?[0].state, MatchState::Invited);
        let log = app.access_log(&me, person, None).await?;
        let opened = log.iter().filter(|view| format!("{:?}", view.what).starts_with("DetailsOpened"));
        assert_eq!(opened.count(), 1);
        app.verify_audit(&application::Context::machine(), &[]).await?;
    }

    async fn a_no_costs_nothing_and_a_proposal_waits_for_the_person(world: World) {
        let town = town(&world).await?;
        let app = &town.application;
        let (employer, guide) = (&town.employer.context, &town.klantmanager.context);
        let id = town.open(&vacancy_for("lasser")?).await?;
        let person = town.newcomer("Fictie", &profile_of("lasser")?).await?;
        let me = acting(person);
        let proposed = app.propose_match(guide, person, id).await?;
        assert!(app.matches_of_vacancy(employer, id).await?.is_empty());
        assert!(matches!(app.share_match(guide, proposed, 1).await, Err(ApplicationError::Invalid(_))));
        app.decide_match(&me, proposed, 1, &PersonAnswer::Decline("too-far".parse()?)).await?;
        assert!(app.matches_of_vacancy(employer, id).await?.is_empty());
        assert_eq!(app.propose_match(guide, person, id).await?, proposed);
        app.decide_match(&me, proposed, 3, &yes()).await?;
        assert!(app.matches_of_vacancy(employer, id).await?.is_empty());
        app.share_match(guide, proposed, 4).await?;
        assert_eq!(app.matches_of_vacancy(employer, id).await?[0].state, MatchState::Shared);
        let reason = "language-level".parse()?;
        app.answer_match(employer, proposed, 5, EmployerAnswer::Reject(reason)).await?;
        let mine = app.matches_of_person(&me, person).await?;
        assert_eq!((mine[0].state, mine[0].reason), (MatchState::Rejected, Some(reason)));
        assert!(matches!(app.withdraw_match(&me, proposed, 6, reason).await, Err(ApplicationError::Invalid(_))));
    }

    async fn details_are_opened_within_a_limit(world: World) {
        let town = town(&world).await?;
        let app = &town.application;
        let employer = &town.employer.context;
        let id = town.open(&vacancy_for("lasser")?).await?;
        let person = town.newcomer("Fictie", &profile_of("lasser")?).await?;
        let matched = app.propose_match(&town.klantmanager.context, person, id).await?;
        app.decide_match(&acting(person), matched, 1, &yes()).await?;
        app.share_match(&town.klantmanager.context, matched, 2).await?;
        let mut random = Seeded(5);
        let now = app.now();
        for n in 0..MOST_OPENINGS {
            let other = world.person(&town.klantmanager.context, &format!("Ander {n}")).await?;
            let transaction = app.store().begin().await?;
            detail_opening::insert(&transaction, DetailOpening {
                id: OpeningId::new(now, &mut random), vacancy: id, person: other,
                opened_by: town.employer.account, opened_at: now,
            }).await?;
            transaction.commit().await?;
        }
        match app.open_details(employer, matched).await {
            Err(ApplicationError::TooManyOpenings { again_at }) => {
                assert_eq!(again_at.since(now).whole_hours(), 24);
            }
            other => return Err(format!("{other:?}").into()),
        }
        world.clock.pass(24 * 3600);
        app.open_details(employer, matched).await?;
        app.open_details(employer, matched).await?;
    }
}
