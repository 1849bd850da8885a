//! Vacancies, matches and openings: locked, counted, gone with the person.

use domain::id::{MatchId, OpeningId, VacancyId};
use domain::match_state::{MatchState, Party};
use domain::vacancy::VacancyState;
use store::detail_opening::DetailOpening;
use store::match_record::{MatchChange, MatchRecord};
use store::vacancy::{NewVacancy, VacancyChange};
use store::{StoreError, detail_opening, match_record, person, vacancy, work_revision};

use crate::{World, identity, prepare};

testkit::on_both_databases! {
    async fn a_vacancy_is_locked_and_its_changes_are_counted(world: World) {
        let mut world = world;
        let organisation = world.organisation("Fictiebakker").await?;
        let id = VacancyId::new(world.now, &mut world.random);
        assert_eq!(work_revision::current(&world.store).await?, 0);
        let transaction = world.store.begin().await?;
        vacancy::insert(&transaction, NewVacancy {
            id, organisation, state: VacancyState::Draft, payload: "{}", created_at: world.now, created_by: None,
        }).await?;
        transaction.commit().await?;
        let change = VacancyChange {
            version: 1, state: VacancyState::Open, payload: "{\"a\":1}", changed_at: world.now, changed_by: None,
        };
        let transaction = world.store.begin().await?;
        vacancy::update(&transaction, id, change).await?;
        transaction.commit().await?;
        let transaction = world.store.begin().await?;
        let again = vacancy::update(&transaction, id, change).await;
        assert!(matches!(again, Err(StoreError::Stale(stale)) if stale.version == 2));
        drop(transaction);
        let read = vacancy::find(&world.store, id).await?.ok_or("gone")?;
        assert_eq!((read.payload.as_str(), read.opened_at, read.revision), ("{\"a\":1}", Some(world.now), 2));
        assert_eq!(work_revision::current(&world.store).await?, 2);
        assert_eq!(vacancy::changed_after(&world.store, 1, 10).await?, std::slice::from_ref(&read));
        assert!(vacancy::changed_after(&world.store, 2, 10).await?.is_empty());
        assert_eq!(vacancy::open(&world.store, None, 10).await?, std::slice::from_ref(&read));
        assert!(vacancy::open(&world.store, Some(id), 10).await?.is_empty());
        let drafts = vacancy::of_organisation(&world.store, organisation, Some(VacancyState::Draft), None, 10).await?;
        assert!(drafts.is_empty());
    }

    async fn a_pair_has_one_match_and_erasure_removes_it(world: World) {
        let mut world = world;
        let organisation = world.organisation("Fictiebakker").await?;
        let person = world.person(organisation, &identity(), &[]).await?;
        let staff = world.account_id();
        let id = VacancyId::new(world.now, &mut world.random);
        let new = MatchRecord {
            id: MatchId::new(world.now, &mut world.random), person, vacancy: id, state: MatchState::Asked,
            reason: None, begun_by: Party::Employer, created_at: world.now, created_by: Some(staff), changed_at: world.now,
            changed_by: Some(staff), version: 1,
        };
        let transaction = world.store.begin().await?;
        vacancy::insert(&transaction, NewVacancy {
            id, organisation, state: VacancyState::Open, payload: "{}", created_at: world.now, created_by: None,
        }).await?;
        match_record::insert(&transaction, &new).await?;
        let opening = DetailOpening {
            id: OpeningId::new(world.now, &mut world.random), vacancy: id, person, opened_by: staff, opened_at: world.now,
        };
        detail_opening::insert(&transaction, opening).await?;
        transaction.commit().await?;
        let transaction = world.store.begin().await?;
        let twice = MatchRecord { id: MatchId::new(world.now, &mut world.random), ..new };
        assert!(matches!(match_record::insert(&transaction, &twice).await, Err(StoreError::Duplicate)));
        drop(transaction);
        let step = MatchChange {
            version: 1, state: MatchState::Declined, reason: Some("too-far".parse()?), changed_at: world.now, changed_by: None,
        };
        let transaction = world.store.begin().await?;
        match_record::update(&transaction, new.id, step).await?;
        let again = match_record::update(&transaction, new.id, step).await;
        assert!(matches!(again, Err(StoreError::Stale(stale)) if stale.version == 2));
        transaction.commit().await?;
        let read = match_record::of_pair(&world.store, person, id).await?.ok_or("gone")?;
        assert_eq!((read.state, read.reason, read.version), (MatchState::Declined, step.reason, 2));
        assert_eq!(match_record::of_vacancy(&world.store, id, 5).await?, [read]);
        let before = domain::moment::Moment::from_micros(world.now.micros() - 1);
        assert_eq!(detail_opening::since(&world.store, id, before, 5).await?, [opening]);
        assert!(detail_opening::since(&world.store, id, world.now, 5).await?.is_empty());
        let transaction = world.store.begin().await?;
        person::erase(&transaction, person, world.now).await?;
        transaction.commit().await?;
        assert!(match_record::of_person(&world.store, person, 5).await?.is_empty());
        assert!(detail_opening::since(&world.store, id, before, 5).await?.is_empty());
    }
}
