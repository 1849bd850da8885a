//! What a role may not know exists looks like what does not exist, for everybody.

use application::{Actor, ApplicationError, CaseAt, Context, NewcomerActor, OpenCase};
use domain::case::{Code, Note};
use domain::id::{CaseId, PersonId};
use domain::organisation::{OrganisationKind, Role};
use testkit::random::Seeded;

use crate::{World, named, prepare};

testkit::on_both_databases! {
    async fn others_persons_look_like_nobodys(world: World) {
        let here = world.organisation(OrganisationKind::Municipality, "Testdam").await?;
        let there = world.organisation(OrganisationKind::Municipality, "Elders").await?;
        let bakery = world.organisation(OrganisationKind::Employer, "Fictiebakker").await?;
        let k = world.colleague(here, Role::Klantmanager, "k@example.org").await?;
        let person = world.person(&k.context, "Fictie").await?;
        let case = world.application.open_case(&k.context, person, &OpenCase::default()).await?.case;
        let own = world.person(&k.context, "Anders").await?;
        let mut others = vec![
            world.colleague(there, Role::Klantmanager, "o@example.org").await?.context,
            world.colleague(there, Role::PrivacyOfficer, "p@example.org").await?.context,
            world.colleague(there, Role::Administrator, "a@example.org").await?.context,
            world.colleague(bakery, Role::EmployerContact, "e@example.org").await?.context,
            world.newcomer(&k.context, own).await?,
        ];
        others.push(Context::of(Actor::Newcomer(NewcomerActor {
            // A newcomer whose session outlived them.
            person: PersonId::new(world.application.now(), &mut Seeded(5)),
            guided_by: there,
            session: match others[4].actor { Actor::Newcomer(n) => n.session, _ => return Err("no newcomer".into()) },
        })));
        let nobody = PersonId::new(world.application.now(), &mut Seeded(7));
        let no_case = CaseId::new(world.application.now(), &mut Seeded(8));
        let identity = named("X")?;
        let app = &world.application;
        for context in &others {
            for (person, case) in [(person, case), (nobody, no_case)] {
                let outcomes: [Result<(), ApplicationError>; 15] = [
                    app.read_person(context, person).await.map(|_| ()),
                    app.change_person(context, person, 1, &identity).await,
                    app.erase_person(context, person).await,
                    app.issue_login_code(context, person).await.map(|_| ()),
                    app.access_log(context, person, None).await.map(|_| ()),
                    app.list_consents(context, person).await.map(|_| ()),
                    app.give_consent(context, person, bakery, &application::ConsentTerms::contact("1")).await,
                    app.open_case(context, person, &OpenCase::default()).await.map(|_| ()),
                    app.read_case(context, case).await.map(|_| ()),
                    app.add_note(context, CaseAt { case, version: 1 }, Note::new("y")?).await.map(|_| ()),
                    app.undo_case(context, CaseAt { case, version: 1 }).await.map(|_| ()),
                    app.reopen_case(context, CaseAt { case, version: 1 }).await.map(|_| ()),
                    app.read_draft(context, case, &Code::new("note")?).await.map(|_| ()),
                    app.keep_draft(context, case, &Code::new("note")?, "z").await.map(|_| ()),
                    app.cases_of_person(context, person).await.map(|_| ()),
                ];
                for (at, outcome) in outcomes.into_iter().enumerate() {
                    assert!(matches!(outcome, Err(ApplicationError::NotFound)), "{context:?} {at} {outcome:?}");
                }
            }
        }
    }

    async fn a_person_sees_who_looked(world: World) {
        let here = world.organisation(OrganisationKind::Municipality, "Testdam").await?;
        let k = world.colleague(here, Role::Klantmanager, "k@example.org").await?;
        let officer = world.colleague(here, Role::PrivacyOfficer, "p@example.org").await?;
        let person = world.person(&k.context, "Fictie").await?;
        let newcomer = world.newcomer(&k.context, person).await?;
        let app = &world.application;
        app.read_person(&k.context, person).await?;
        let log = app.access_log(&newcomer, person, None).await?;
        let seen: Vec<_> = log
            .iter()
            .map(|entry| (entry.by, format!("{:?}", entry.what).split([' ', '{']).next().unwrap_or("").to_owned()))
            .collect();
        let by_k = Some((here, Role::Klantmanager));
        assert_eq!(seen, [
            (None, "AccessLogRead".to_owned()),
            (by_k, "PersonRead".to_owned()),
            (None, "LoggedIn".to_owned()),
            (by_k, "LoginCodeIssued".to_owned()),
            (by_k, "PersonRegistered".to_owned()),
        ]);
        assert!(!format!("{log:?}").contains(&k.account.to_string()), "no names of staff");
        let older = app.access_log(&officer.context, person, Some(log[1].number)).await?;
        assert_eq!(older.len(), 3);
        assert!(matches!(app.access_log(&k.context, person, None).await, Err(ApplicationError::Forbidden)));
        // A refused look leaves no entry and a failed one no gap.
        app.verify_audit(&Context::machine(), &[]).await?;
    }
}
