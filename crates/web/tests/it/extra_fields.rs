//! Fields that a form does not have, sent along (mass assignment, ASVS 15.3.3): they change nothing.
//! Programs that send such fields are refused; `programs` tests that.

use std::sync::Arc;

use application::{Context, Device};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::id::CaseId;
use domain::organisation::{OrganisationKind, Role};
use testkit::database::{TestDatabase, run};
use web::{Settings, Site};

use crate::site::{Answer, ask_of};
use crate::story::{acting, profile_of, town};
use crate::world::{self, TestError, network};

async fn post(service: &Router, path: &str, token: &str, form: &str) -> Answer {
    let request = Request::post(path)
        .header("accept-language", "nl")
        .header("cookie", format!("__Host-sessie={token}"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(form.to_owned()));
    ask_of(service.clone(), request.expect("a valid request")).await
}

#[test]
fn fields_that_a_form_does_not_have_change_nothing() {
    run(async {
        let database = TestDatabase::sqlite()?;
        let world = world::prepare(&database).await?;
        let town = town(&world).await?;
        let app = &town.application;
        let site = Site::new(crate::story::CATALOGUE.clone(), Settings::default())?;
        let service = web::router(Arc::new(site.with_application(app.clone())));
        let elsewhere = world
            .organisation(OrganisationKind::Municipality, "Elders")
            .await?;
        let stranger = world
            .colleague(elsewhere, Role::Klantmanager, "s@example.org")
            .await?;
        let chief = world
            .colleague(town.municipality, Role::Administrator, "b@example.org")
            .await?;
        // Under every name that such a thing could have.
        let extra = format!(
            "organisatie={elsewhere}&organisation={elsewhere}&organisation_id={elsewhere}\
             &gemeente={elsewhere}&tenant_id={elsewhere}&klantmanager={account}\
             &account={account}&created_by={account}&role=administrator&is_admin=true\
             &verified=true&is_enrolled=true&state=closed&version=99&versie=99&closed_at=1",
            account = stranger.account
        );

        // A newcomer who is registered stays with whoever registers them.
        let form = format!("voornaam=Kanarie&contacttaal=ar&{extra}&rol=administrator");
        let k = &town.klantmanager;
        let made = post(&service, "/mensen/nieuw", k.token.reveal(), &form).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        let case = made.header("location").rsplit('/').next();
        let case: CaseId = case.ok_or("no case")?.parse()?;
        let read = app.read_case(&k.context, case).await?;
        assert_eq!(read.organisation, town.municipality);
        assert_eq!(read.klantmanager, Some(k.account));
        assert_eq!((read.at.version, read.closed_at), (1, None));
        assert!(app.read_case(&stranger.context, case).await.is_err());
        // The klantmanager is no administrator now.
        let team = post(&service, "/team", k.token.reveal(), "naam=X").await;
        assert_eq!(team.status, StatusCode::NOT_FOUND);

        // A colleague who is invited comes to the own organisation, with the role that was chosen.
        let form = format!("naam=Nieuw&email=n%40example.org&rol=klantmanager&{extra}");
        let made = post(&service, "/team", chief.token.reveal(), &form).await;
        assert!(made.status.is_success(), "{}", made.body);
        let machine = Context::machine();
        let all = app.list_staff(&machine, None).await?;
        let new = all.iter().find(|one| one.login_name == "n@example.org");
        let new = new.ok_or("nobody was invited")?;
        assert_eq!(new.organisation, town.municipality);
        assert_eq!((new.role, new.is_enrolled), (Role::Klantmanager, false));

        // A newcomer tells about themselves and nobody else.
        let mine = town.newcomer("Een", &profile_of("kok")?).await?;
        let theirs = town.newcomer("Ander", &profile_of("kok")?).await?;
        let paper = app.issue_login_code(&k.context, mine).await?;
        let begun = app
            .redeem_login_code(network(9), paper.code.reveal(), Device::Own)
            .await?;
        let form = format!(
            "uren=8&person={theirs}&persoon={theirs}&id={theirs}&pool=hidden&{extra}&versie=1"
        );
        let path = "/mijn/verhaal/wensen/uren";
        let told = post(&service, path, begun.token.reveal(), &form).await;
        assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
        let hours = async |person| -> Result<_, TestError> {
            let profile = app.read_profile(&acting(person), person).await?.profile;
            Ok((profile.availability.hours, profile.pool))
        };
        let (changed, kept) = (hours(mine).await?, hours(theirs).await?);
        assert_ne!(changed.0, kept.0);
        assert_eq!(
            changed.1, kept.1,
            "the choice of the pool is another question"
        );
        Ok::<(), TestError>(())
    });
}
