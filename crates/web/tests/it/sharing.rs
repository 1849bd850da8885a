//! Sharing with a partner organisation over HTTP: the person chooses with whom, what and for how
//! long; the partner sees that and no more, and nothing from the moment of a no or of the end.

use std::sync::Arc;

use application::RegisterPerson;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::language::Language;
use domain::level::LanguageLevel;
use domain::organisation::{OrganisationKind, Role};
use domain::person::{Email, NamePart, Phone};
use domain::profile::{Education, EducationLevel, LanguageSkill};
use testkit::database::{TestDatabase, run};
use time::Duration;
use web::{Settings, Site};

use crate::site::{Answer, ask_of};
use crate::story::{CATALOGUE, Town, acting, profile_of, told, town};
use crate::world::{self, TestError, named};

/// What a partner must see only where its part was chosen.
const PARTS: [(&str, &str); 5] = [
    ("contact", "kanarie@example.org"),
    ("work", "Kanariewerkplaats"),
    ("years", "2009"),
    ("school", "Kanarieschool"),
    ("other-languages", "Arabisch"),
];

/// What a partner must never see.
const NEVER: [&str; 4] = ["1958", "Pasvogel", "كناري", "status_holder"];

struct Shared {
    town: Town,
    service: Router,
    partner: String,
    coach: String,
    coach_context: application::Context,
    own: String,
    person: domain::id::PersonId,
    clock: Arc<testkit::clock::SetClock>,
    _database: TestDatabase,
}

async fn shared() -> Result<Shared, TestError> {
    let database = TestDatabase::sqlite()?;
    let world = world::prepare(&database).await?;
    let town = town(&world).await?;
    let partner = world
        .organisation(OrganisationKind::Partner, "Fictief Netwerk")
        .await?;
    let coach = world
        .colleague(partner, Role::Klantmanager, "p@example.org")
        .await?;
    let mut identity = named("Kanarievogel")?;
    identity.name.original_script = Some(NamePart::new("كناري")?);
    identity.name.as_on_permit = Some(NamePart::new("Pasvogel")?);
    identity.birth = Some("1958-03".parse()?);
    identity.email = Some(Email::new("kanarie@example.org")?);
    identity.phone = Some(Phone::new("06 12 34 56 78")?);
    let app = &town.application;
    let klantmanager = &town.klantmanager.context;
    let person = app
        .register_person(klantmanager, &RegisterPerson { identity })
        .await?;
    let mut profile = profile_of("lasser")?;
    let mut work = told("Kanariewerkplaats")?;
    work.from = Some("2009".parse()?);
    profile.work.push(work);
    profile.about.residence = Some("status_holder".parse()?);
    profile.school.push(Education {
        words: Some("Kanarieschool".parse()?),
        level: EducationLevel::Master,
        field: None,
        is_finished: true,
        until: None,
        documents: None,
        recognition: None,
    });
    profile.languages.push(LanguageSkill {
        language: Language::AR,
        listening: Some(LanguageLevel::C2),
        speaking: Some(LanguageLevel::C2),
        reading: None,
        writing: None,
    });
    app.save_profile(&acting(person), person, 0, &profile)
        .await?;
    let issued = app.issue_login_code(klantmanager, person).await?;
    let code = issued.code.reveal();
    let device = application::Device::Own;
    let logged_in = app
        .redeem_login_code(world::network(9), code, device)
        .await?;
    let site = Site::new(Arc::clone(&CATALOGUE), Settings::default())?;
    let site = site.with_application(town.application.clone());
    Ok(Shared {
        service: web::router(Arc::new(site)),
        partner: partner.to_string(),
        coach: format!("__Host-sessie={}", coach.token.reveal()),
        coach_context: coach.context,
        own: format!("__Host-sessie={}", logged_in.token.reveal()),
        person,
        clock: Arc::clone(&world.clock),
        town,
        _database: database,
    })
}

impl Shared {
    async fn get(&self, path: &str, cookie: &str) -> Answer {
        let request = Request::get(path)
            .header("accept-language", "nl")
            .header("cookie", cookie)
            .body(Body::empty());
        ask_of(self.service.clone(), request.expect("a valid request")).await
    }

    async fn send(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let fields: Vec<String> = form.iter().map(|(n, v)| format!("{n}={v}")).collect();
        let request = Request::post(path)
            .header("accept-language", "nl")
            .header("cookie", &self.own)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(fields.join("&")));
        ask_of(self.service.clone(), request.expect("a valid request")).await
    }

    /// Everything that the partner can read of the person.
    async fn seen_by_partner(&self) -> (StatusCode, String) {
        let list = self.get("/gedeeld", &self.coach).await;
        assert_eq!(list.status, StatusCode::OK);
        let path = format!("/gedeeld/{}", self.person);
        let one = self.get(&path, &self.coach).await;
        (one.status, format!("{}{}", list.body, one.body))
    }

    async fn nothing_is_seen(&self, when: &str) {
        let (status, seen) = self.seen_by_partner().await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{when}");
        assert!(!seen.contains("Kanarie"), "{when}");
    }
}

#[test]
fn a_partner_sees_the_parts_that_were_chosen_and_no_other() {
    run(async {
        let shared = shared().await?;
        shared.nothing_is_seen("before any consent").await;
        let page = shared.get("/mijn/toestemming/delen", &shared.own).await;
        assert!(page.body.contains("Fictief Netwerk"));
        // Nothing is ticked beforehand, and employers and the own municipality are no choice.
        assert!(!page.body.contains("type=\"checkbox\" checked"));
        assert_eq!(page.body.matches("name=\"voor\"").count(), 1);
        for (part, own) in PARTS {
            // Years are said of work.
            let mut form = vec![("voor", shared.partner.as_str()), ("tot", "3")];
            form.push(("deel", part));
            if part == "years" {
                form.push(("deel", "work"));
            }
            let answer = shared.send("/mijn/toestemming/delen", &form).await;
            assert_eq!(
                answer.status,
                StatusCode::SEE_OTHER,
                "{part}: {}",
                answer.body
            );
            let (status, seen) = shared.seen_by_partner().await;
            assert_eq!(status, StatusCode::OK);
            assert!(seen.contains("Kanarievogel"), "the name is always seen");
            assert!(seen.contains(own), "{part}: {seen}");
            for (other, canary) in PARTS {
                let is_chosen = other == part || part == "years" && other == "work";
                assert_eq!(seen.contains(canary), is_chosen, "{part} shows {other}");
            }
            for canary in NEVER {
                assert!(!seen.contains(canary), "{part} shows {canary}");
            }
            let own = acting(shared.person);
            let app = &shared.town.application;
            let log = app.access_log(&own, shared.person, None).await?;
            assert!(
                log.iter().any(|entry| entry.by.is_some()),
                "the person sees who looked"
            );
            let stop = [("voor", shared.partner.as_str())];
            let stopped = shared.send("/mijn/toestemming/stoppen", &stop).await;
            assert_eq!(stopped.status, StatusCode::SEE_OTHER);
            shared.nothing_is_seen("right after the no").await;
        }
        Ok::<(), TestError>(())
    });
}

#[test]
fn a_consent_ends_by_itself_and_a_form_that_misses_something_says_what() {
    run(async {
        let shared = shared().await?;
        let path = "/mijn/toestemming/delen";
        let partner = ("voor", shared.partner.as_str());
        let workshop = shared.town.workshop.to_string();
        for (form, says) in [
            (vec![("deel", "work"), ("tot", "3")], "Kies een organisatie"),
            (vec![partner, ("tot", "3")], "Kies minstens één"),
            (
                vec![partner, ("deel", "name"), ("tot", "3")],
                "Kies minstens één",
            ),
            (
                vec![("voor", &workshop), ("deel", "work"), ("tot", "3")],
                "Kies een organisatie",
            ),
        ] {
            let answer = shared.send(path, &form).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{form:?}");
            assert!(answer.body.contains(says), "{form:?}");
        }
        let unknown = [partner, ("deel", "work"), ("tot", "99")];
        let answer = shared.send(path, &unknown).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        shared.nothing_is_seen("nothing was saved").await;

        let form = [partner, ("deel", "work"), ("tot", "3")];
        assert_eq!(shared.send(path, &form).await.status, StatusCode::SEE_OTHER);
        let twice = shared.send(path, &form).await;
        assert_eq!(twice.status, StatusCode::CONFLICT);
        assert_eq!(shared.seen_by_partner().await.0, StatusCode::OK);
        let own = shared.get("/mijn/toestemming", &shared.own).await;
        assert!(own.body.contains("Mijn werk") && own.body.contains("Tot "));

        shared.clock.pass(Duration::days(91).whole_seconds());
        let app = &shared.town.application;
        let left = app
            .list_consents(&acting(shared.person), shared.person)
            .await?;
        assert!(!left[0].is_in_force(app.now()));
        // The session of the coach is over by then; the use case answers the same question.
        let coach = shared.coach_context;
        assert!(app.shared_with_us(&coach).await?.is_empty());
        assert!(app.read_shared(&coach, shared.person).await.is_err());
        assert!(app.read_person(&coach, shared.person).await.is_err());
        Ok::<(), TestError>(())
    });
}
