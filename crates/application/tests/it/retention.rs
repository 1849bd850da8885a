//! What was kept long enough goes, what must stay stays, and counting is no removing.

use std::collections::BTreeMap;

use application::matches::PersonAnswer;
use application::{ApplicationError, AppliedTerm, Context, RetentionRun};
use domain::id::JobId;
use domain::organisation::Role;
use domain::vacancy::VacancyState;
use store::job::{self, Job};
use store::retention::Term;
use testkit::random::Seeded;

use crate::story::{acting, profile_of, town, vacancy_for};
use crate::{TestError, World, prepare};

/// One day in seconds.
const DAY: i64 = 24 * 60 * 60;

impl World {
    async fn counted(&self, run: RetentionRun) -> Result<BTreeMap<Term, u64>, TestError> {
        let machine = Context::machine();
        let applied = self.application.apply_retention(&machine, run).await?;
        let found = applied.into_iter().filter(|one| one.n_rows > 0);
        Ok(found
            .map(|AppliedTerm { term, n_rows }| (term, n_rows))
            .collect())
    }

    /// Passes days, looks that counting and removing agree, and gives what was removed.
    async fn after(&self, days: i64) -> Result<BTreeMap<Term, u64>, TestError> {
        self.clock.pass(days * DAY);
        let counted = self.counted(RetentionRun::Count).await?;
        assert_eq!(
            self.counted(RetentionRun::Count).await?,
            counted,
            "counting removes nothing"
        );
        assert_eq!(self.counted(RetentionRun::Remove).await?, counted);
        assert!(
            self.counted(RetentionRun::Remove).await?.is_empty(),
            "once is enough"
        );
        Ok(counted)
    }

    async fn finished_job(&self) -> Result<(), TestError> {
        let now = self.application.now();
        let job = Job {
            id: JobId::new(now, &mut Seeded(3)),
            kind: "fictional".into(),
            payload: String::new(),
            attempts: 0,
        };
        let transaction = self.application.store().begin().await?;
        job::enqueue(&transaction, &job, now, now).await?;
        job::finish(&transaction, job.id, now).await?;
        transaction.commit().await?;
        Ok(())
    }
}

testkit::on_both_databases! {
    async fn terms_are_applied_when_they_are_over_and_not_before(world: World) {
        let town = town(&world).await?;
        let app = &town.application;
        let (employer, guide) = (&town.employer.context, &town.klantmanager.context);
        let person = town.newcomer("Fictie", &profile_of("lasser")?).await?;
        let (matched, unmatched) =
            (town.open(&vacancy_for("lasser")?).await?, town.open(&vacancy_for("kok")?).await?);
        let proposed = app.propose_match(guide, person, matched).await?;
        let yes = PersonAnswer::Agree { text_version: "2026-1".into() };
        app.decide_match(&acting(person), proposed, 1, &yes).await?;
        app.withdraw_consent(&acting(person), person, town.workshop).await?;
        for vacancy in [matched, unmatched] {
            app.set_vacancy_state(employer, vacancy, 2, VacancyState::Closed).await?;
        }
        let colleague = world.colleague(town.municipality, Role::Klantmanager, "weg@example.org").await?;
        app.disable_staff(&Context::machine(), colleague.account).await?;
        world.newcomer(guide, person).await?;
        world.finished_job().await?;
        for nobody in [guide, employer, &acting(person)] {
            let refused = app.apply_retention(nobody, RetentionRun::Remove).await;
            assert!(matches!(refused, Err(ApplicationError::Forbidden)), "{refused:?}");
        }

        assert!(world.after(0).await?.is_empty());
        // Attempts to log in, one day after; sessions of staff ended on the first day.
        let first: Vec<Term> = world.after(2).await?.into_keys().collect();
        assert_eq!(first, [Term::Day]);
        let month = world.after(29).await?;
        assert_eq!(month.get(&Term::Job), Some(&1));
        assert_eq!(month.get(&Term::Session), Some(&3), "of the three who are staff");
        assert_eq!(month.get(&Term::LoginCode), None, "codes work a week");
        let later = world.after(15).await?;
        assert_eq!((later.get(&Term::LoginCode), later.get(&Term::Session)), (Some(&1), Some(&1)));
        assert_eq!(world.after(365 - 46 - 1).await?, BTreeMap::new());
        assert_eq!(world.after(1).await?, BTreeMap::from([(Term::Account, 1)]));
        let names = app.list_staff(&Context::machine(), None).await?;
        assert!(names.iter().all(|view| view.login_name != "weg@example.org"));
        let gone = store::staff::find(app.store(), colleague.account).await?.ok_or("the id is gone")?;
        assert_eq!((gone.password, gone.second_factor), (None, None));
        assert!(!gone.login_name.contains('@') && !gone.display_name.contains("Collega"));
        assert_eq!(world.after(731 - 365).await?, BTreeMap::from([(Term::Vacancy, 1)]));
        assert!(store::vacancy::find(app.store(), unmatched).await?.is_none());
        assert!(store::vacancy::find(app.store(), matched).await?.is_some(), "a match points to it");
        assert_eq!(world.after(1826 - 731).await?, BTreeMap::from([(Term::Proof, 1)]));
        // What has no number of days is all there, and every removal is in the log.
        assert!(store::person::find(app.store(), person).await?.is_some_and(|p| p.erased_at.is_none()));
        assert_eq!(app.matches_of_person(guide, person).await?.len(), 1);
        let head = app.verify_audit(&Context::machine(), &[]).await?.anchor;
        let log = store::audit::after(app.store(), 0, head.entries).await?;
        let n_events = log.iter().filter(|entry| entry.event.kind == "retention_applied").count();
        assert_eq!(n_events, 8);
    }
}
