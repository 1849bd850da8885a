//! Business rules as a random walk (ASVS V2): whatever people do in whatever order, nobody is known
//! to an employer without a consent in force, and a withdrawn one stops reading.

use std::collections::BTreeSet;

use application::matches::{EmployerAnswer, PersonAnswer};
use application::work::employer::CandidateList;
use application::{Application, ApplicationError, Context};
use domain::id::{MatchId, OrganisationId, PersonId, VacancyId};
use domain::match_state::MatchState;
use domain::organisation::{OrganisationKind, Role};
use rand_core::TryRng;
use testkit::database::{TestDatabase, run};
use testkit::random::Seeded;

use crate::story::{acting, profile_of, town, vacancy_for};
use crate::{TestError, World, prepare};

/// Walks, each with its own seed on its own database.
const WALKS: u64 = 2;

/// Steps of a walk.
const STEPS: usize = 80;

/// Newcomers; enough that employers see a pool.
const PERSONS: usize = 6;

struct Walk {
    app: Application,
    guide: Context,
    /// Employers with one open vacancy each.
    employers: Vec<(Context, OrganisationId, VacancyId)>,
    persons: Vec<PersonId>,
    draw: Seeded,
    /// What the walk knows: consents in force.
    consents: BTreeSet<(PersonId, OrganisationId)>,
    /// How often a step was taken that changed something.
    n_taken: usize,
}

/// A match as its person sees it.
#[derive(Clone, Copy)]
struct Seen {
    id: MatchId,
    person: PersonId,
    /// Which of the employers.
    employer: usize,
    state: MatchState,
    version: i64,
}

#[test]
fn nobody_is_known_without_consent_whatever_happens() -> std::io::Result<()> {
    for seed in 0..WALKS {
        let database = TestDatabase::sqlite()?;
        run(async {
            let world = prepare(&database).await?;
            let mut walk = begin(&world, seed).await?;
            for step in 0..STEPS {
                walk.step().await?;
                walk.check(&format!("walk {seed}, step {step}")).await?;
            }
            // A walk that is refused everything would prove nothing.
            assert!(
                walk.n_taken > STEPS / 5,
                "{} steps were taken",
                walk.n_taken
            );
            walk.app.verify_audit(&Context::machine(), &[]).await?;
            Ok::<(), TestError>(())
        });
    }
    Ok(())
}

async fn begin(world: &World, seed: u64) -> Result<Walk, TestError> {
    let town = town(world).await?;
    let bakery = world
        .organisation(OrganisationKind::Employer, "Fictiebakker")
        .await?;
    let baker = world
        .colleague(bakery, Role::EmployerContact, "b@example.org")
        .await?;
    let app = town.application.clone();
    let mut employers = Vec::new();
    for (context, organisation) in [
        (town.employer.context, town.workshop),
        (baker.context, bakery),
    ] {
        let id = app
            .create_vacancy(&context, &vacancy_for("lasser")?)
            .await?;
        let open = domain::vacancy::VacancyState::Open;
        app.set_vacancy_state(&context, id, 1, open).await?;
        employers.push((context, organisation, id));
    }
    let mut persons = Vec::new();
    for n in 0..PERSONS {
        let profile = profile_of("lasser")?;
        persons.push(town.newcomer(&format!("Fictie {n}"), &profile).await?);
    }
    app.refresh_work().await?;
    Ok(Walk {
        guide: town.klantmanager.context,
        app,
        employers,
        persons,
        draw: Seeded(seed),
        consents: BTreeSet::new(),
        n_taken: 0,
    })
}

impl Walk {
    fn below(&mut self, end: usize) -> usize {
        let Ok(number) = self.draw.try_next_u64();
        (number % end.max(1) as u64) as usize
    }

    async fn seen(&self) -> Result<Vec<Seen>, TestError> {
        let mut seen = Vec::new();
        for person in &self.persons {
            // From storage, so that looking leaves no events.
            for view in store::match_record::of_person(self.app.store(), *person, 100).await? {
                let mut employers = self.employers.iter();
                let employer = employers.position(|(_, _, vacancy)| *vacancy == view.vacancy);
                seen.push(Seen {
                    id: view.id,
                    person: *person,
                    employer: employer.ok_or("a vacancy of nobody")?,
                    state: view.state,
                    version: view.version,
                });
            }
        }
        Ok(seen)
    }

    /// Does something at random, allowed or not.
    async fn step(&mut self) -> Result<(), TestError> {
        let seen = self.seen().await?;
        let at = self.below(self.employers.len());
        let (employer, organisation, vacancy) = self.employers[at];
        let at = self.below(self.persons.len());
        let person = self.persons[at];
        let chosen = self.below(11);
        let outcome = match chosen {
            0 => self
                .app
                .propose_match(&self.guide, person, vacancy)
                .await
                .map(|_| ()),
            1 => {
                let listed = self.app.candidates_for(&employer, vacancy, 10).await?;
                let CandidateList::Listed(listed) = listed else {
                    return Err("the pool is large enough".into());
                };
                let alias = listed[self.below(listed.len())].alias;
                self.app
                    .ask_contact(&employer, vacancy, alias)
                    .await
                    .map(|_| ())
            }
            2 => {
                let outcome = self
                    .app
                    .withdraw_consent(&acting(person), person, organisation)
                    .await;
                if outcome.is_ok() {
                    assert!(self.consents.remove(&(person, organisation)));
                }
                outcome
            }
            _ if seen.is_empty() => return Ok(()),
            _ => {
                let found = seen[self.below(seen.len())];
                self.on_match(chosen, found).await?
            }
        };
        match outcome {
            Ok(()) => self.n_taken += 1,
            Err(
                ApplicationError::NotFound
                | ApplicationError::Forbidden
                | ApplicationError::Invalid(_)
                | ApplicationError::AlreadyThere
                | ApplicationError::Stale(_),
            ) => {}
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    /// A step on a match, by whom it belongs to or by somebody else.
    async fn on_match(
        &mut self,
        chosen: usize,
        found: Seen,
    ) -> Result<Result<(), ApplicationError>, TestError> {
        let (employer, organisation, _) = self.employers[found.employer];
        // Sometimes from a page that is no longer true.
        let version = found.version - i64::from(self.below(8) == 0);
        let me = acting(found.person);
        let reason = "other".parse()?;
        let yes = PersonAnswer::Agree {
            text_version: "2026-1".into(),
        };
        let app = &self.app;
        Ok(match chosen {
            3 | 4 => {
                let outcome = app.decide_match(&me, found.id, version, &yes).await;
                if outcome.is_ok() {
                    self.consents.insert((found.person, organisation));
                }
                outcome
            }
            5 => {
                app.decide_match(&me, found.id, version, &PersonAnswer::Decline(reason))
                    .await
            }
            6 => app.share_match(&self.guide, found.id, version).await,
            7 => {
                app.answer_match(&employer, found.id, version, EmployerAnswer::Invite)
                    .await
            }
            8 => {
                let answer = match self.below(2) {
                    0 => EmployerAnswer::Hire,
                    _ => EmployerAnswer::Reject(reason),
                };
                self.app
                    .answer_match(&employer, found.id, version, answer)
                    .await
            }
            9 => app.withdraw_match(&me, found.id, version, reason).await,
            _ => {
                // Somebody to whom it does not belong.
                let (other, _, _) = self.employers[1 - found.employer];
                let by_other = app
                    .answer_match(&other, found.id, version, EmployerAnswer::Invite)
                    .await;
                assert!(
                    matches!(by_other, Err(ApplicationError::NotFound)),
                    "{by_other:?}"
                );
                let by_guide = app.decide_match(&self.guide, found.id, version, &yes).await;
                assert!(
                    matches!(by_guide, Err(ApplicationError::Forbidden)),
                    "{by_guide:?}"
                );
                Ok(())
            }
        })
    }

    /// What must hold after every step.
    async fn check(&self, at: &str) -> Result<(), TestError> {
        for found in self.seen().await? {
            let (employer, organisation, _) = self.employers[found.employer];
            let has_consent = self.consents.contains(&(found.person, organisation));
            let may_know = has_consent && found.state.is_known_to_employer();
            let opened = self.app.open_details(&employer, found.id).await;
            match opened {
                Ok(_) => assert!(may_know, "{at}: known without consent"),
                Err(ApplicationError::NotFound) => assert!(!may_know, "{at}: hidden with consent"),
                Err(error) => return Err(error.into()),
            }
            let (other, _, _) = self.employers[1 - found.employer];
            let by_other = self.app.open_details(&other, found.id).await;
            assert!(matches!(by_other, Err(ApplicationError::NotFound)), "{at}");
        }
        for (employer, organisation, vacancy) in &self.employers {
            for shown in self.app.matches_of_vacancy(employer, *vacancy).await? {
                let stored = store::match_record::find(self.app.store(), shown.id).await?;
                let person = stored.ok_or("a match of nobody")?.person;
                let has_consent = self.consents.contains(&(person, *organisation));
                assert!(
                    has_consent || !shown.state.is_known_to_employer(),
                    "{at}: {:?} shown without consent",
                    shown.state
                );
            }
        }
        Ok(())
    }
}
