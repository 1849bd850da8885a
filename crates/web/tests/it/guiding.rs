//! The klantmanager's pages over a real database: from registering to a check-in, never seen by
//! another organisation, never overwriting a colleague.

mod keeping;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::match_state::MatchState;
use domain::organisation::Role;
use testkit::database::{TestDatabase, run};
use web::{Settings, Site};

use crate::site::{Answer, ask_of};
use crate::story::{self, Town};
use crate::world::{self, Colleague, TestError, World};

/// A service with a town behind it.
struct Desk {
    world: World,
    town: Town,
    service: Router,
    cookie: String,
    _database: TestDatabase,
}

fn cookie(colleague: &Colleague) -> String {
    format!("__Host-sessie={}", colleague.token.reveal())
}

async fn desk() -> Result<Desk, TestError> {
    let database = TestDatabase::sqlite()?;
    let world = world::prepare(&database).await?;
    let town = story::town(&world).await?;
    let site = Site::new(story::CATALOGUE.clone(), Settings::default())?;
    let site = site.with_application(town.application.clone());
    Ok(Desk {
        service: web::router(Arc::new(site)),
        cookie: cookie(&town.klantmanager),
        world,
        town,
        _database: database,
    })
}

fn escaped(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

/// The value of the first field with this name in a page.
fn field(answer: &Answer, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let rest = answer.body.split(&start).nth(1);
    let value = rest.and_then(|rest| rest.split('"').next());
    value
        .unwrap_or_else(|| panic!("no field {name} in {}", answer.body))
        .to_owned()
}

impl Desk {
    async fn get(&self, path: &str) -> Answer {
        self.get_as(path, &self.cookie).await
    }

    async fn get_as(&self, path: &str, cookie: &str) -> Answer {
        let request = Request::get(path)
            .header("accept-language", "nl")
            .header("cookie", cookie);
        let request = request.body(Body::empty()).expect("a valid request");
        ask_of(self.service.clone(), request).await
    }

    async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.post_as(path, &self.cookie, form).await
    }

    async fn post_as(&self, path: &str, cookie: &str, form: &[(&str, &str)]) -> Answer {
        let body: Vec<String> = form
            .iter()
            .map(|(name, value)| format!("{name}={}", escaped(value)))
            .collect();
        let request = Request::post(path)
            .header("accept-language", "nl")
            .header("cookie", cookie)
            .header("content-type", "application/x-www-form-urlencoded");
        let request = request.body(Body::from(body.join("&")));
        ask_of(self.service.clone(), request.expect("a valid request")).await
    }

    /// Sends a form of a page of a case with the version that the page shows.
    async fn act(&self, path: &str, doe: &str, form: &[(&str, &str)]) -> Answer {
        let page = self.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let version = field(&page, "versie");
        let mut all = vec![("versie", version.as_str()), ("doe", doe)];
        all.extend_from_slice(form);
        self.post(path, &all).await
    }

    /// The same, where it must succeed.
    async fn done(&self, path: &str, doe: &str, form: &[(&str, &str)]) -> String {
        let answer = self.act(path, doe, form).await;
        assert_eq!(
            answer.status,
            StatusCode::SEE_OTHER,
            "{doe}: {}",
            answer.body
        );
        answer.header("location").to_owned()
    }

    async fn registered(&self, name: &str) -> String {
        let form = [
            ("voornaam", name),
            ("contacttaal", "ar"),
            ("tolk", "needed"),
            ("inschrijving", "2026-03-01"),
        ];
        let answer = self.post("/mensen/nieuw", &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.header("location").to_owned()
    }

    fn today(&self) -> String {
        self.town.application.today().to_string()
    }
}

#[test]
fn a_case_goes_from_registering_to_a_check_in() {
    run(async {
        let desk = desk().await?;
        let today = desk.today();
        let vacancy = desk.town.open(&story::vacancy_for("lasser")?).await?;
        let nameless = desk.post("/mensen/nieuw", &[("voornaam", " ")]).await;
        assert_eq!(nameless.status, StatusCode::BAD_REQUEST);
        let case = desk.registered("Fictieve Nieuwkomer").await;

        let code = desk.post(&format!("{case}/code"), &[]).await;
        assert_eq!(code.status, StatusCode::OK);
        assert_eq!(code.header("cache-control"), "no-store");
        assert!(code.body.contains("wb-paper__code") && code.body.contains("lang=\"ar\""));
        let again = desk.get(&format!("{case}/code")).await;
        assert!(
            !again.body.contains("wb-paper__code"),
            "the code is shown once"
        );

        let intake = format!("{case}/intake");
        let mut topics = 0;
        loop {
            let page = desk.get(&intake).await;
            if page.body.contains("value=\"klaar\"") {
                break;
            }
            let topic = field(&page, "deel");
            let told = format!("Verteld over {topic}.");
            let mut form = vec![
                ("deel", topic.as_str()),
                ("verteld", told.as_str()),
                ("bron", "person"),
            ];
            if topic == "learnability" {
                form.push(("feit-learning-route", "b1"));
            }
            desk.done(&intake, "vertellen", &form).await;
            topics += 1;
            assert!(topics < 20, "the intake ends");
        }
        desk.done(
            &intake,
            "vertellen",
            &[
                ("deel", "mobility"),
                ("feit-public-transport", "no"),
                ("feit-licence-b", "no"),
                ("bron", "person"),
            ],
        )
        .await;
        let next = desk.done(&intake, "klaar", &[("dag", &today)]).await;
        assert_eq!(next, format!("{case}/plan"));

        let plan = format!("{case}/plan");
        desk.done(&plan, "opstellen", &[]).await;
        let open = desk.get(&plan).await;
        assert!(
            open.body.contains("Verteld over work_experience."),
            "the intake fills the plan"
        );
        let number = field(&open, "nummer");
        let early = desk
            .act(
                &plan,
                "vaststellen",
                &[("nummer", &number), ("vastgesteld", &today)],
            )
            .await;
        assert_eq!(
            early.status,
            StatusCode::BAD_REQUEST,
            "it is discussed first"
        );
        desk.done(
            &plan,
            "opslaan",
            &[
                ("nummer", &number),
                ("route", "b1"),
                ("deel-work", "Lassen, eerst met hulp."),
            ],
        )
        .await;
        desk.done(
            &plan,
            "bespreken",
            &[("nummer", &number), ("besproken", &today)],
        )
        .await;
        desk.done(
            &plan,
            "vaststellen",
            &[("nummer", &number), ("vastgesteld", &today)],
        )
        .await;
        let fixed = desk.get(&plan).await;
        assert!(
            fixed.body.contains("Vastgesteld op") && fixed.body.contains("Lassen, eerst met hulp.")
        );

        let advice = format!("{case}/advies");
        desk.done(&advice, "zoeken", &[]).await;
        let advised = desk.get(&advice).await;
        let instrument = field(&advised, "instrument");
        let silent = desk
            .act(
                &advice,
                "besluit",
                &[("instrument", &instrument), ("besluit", "reject")],
            )
            .await;
        assert_eq!(
            silent.status,
            StatusCode::BAD_REQUEST,
            "a rejection has a reason"
        );
        desk.done(
            &advice,
            "besluit",
            &[
                ("instrument", &instrument),
                ("besluit", "reject"),
                ("reden", "no_place"),
            ],
        )
        .await;
        assert!(desk.get(&advice).await.body.contains("Er is geen plek"));
        let other = field(&desk.get(&advice).await, "instrument");
        assert_ne!(other, instrument, "what is decided is not asked again");
        desk.done(
            &advice,
            "besluit",
            &[("instrument", &other), ("besluit", "accept")],
        )
        .await;

        let application = &desk.town.application;
        let context = &desk.town.klantmanager.context;
        let id = case.trim_start_matches("/mensen/").parse()?;
        let person = application.read_case(context, id).await?.person;
        application
            .save_profile(
                &story::acting(person),
                person,
                0,
                &story::profile_of("lasser")?,
            )
            .await?;
        application.refresh_work().await?;
        let work = format!("{case}/werk");
        let offered = desk.get(&work).await;
        assert!(offered.body.contains("Past goed") && offered.body.contains("van 1000 punten"));
        assert_eq!(field(&offered, "vacature"), vacancy.to_string());
        desk.done(&work, "voorstellen", &[("vacature", &vacancy.to_string())])
            .await;
        let matches = application.matches_of_person(context, person).await?;
        assert_eq!(matches.first().map(|m| m.state), Some(MatchState::Proposed));
        let (id, version) = matches
            .first()
            .map(|m| (m.id.to_string(), m.version.to_string()))
            .ok_or("no match")?;
        let unshared = desk
            .act(&work, "delen", &[("match", &id), ("matchversie", &version)])
            .await;
        assert_eq!(
            unshared.status,
            StatusCode::BAD_REQUEST,
            "only after the person's yes"
        );
        desk.done(
            &work,
            "intrekken",
            &[
                ("match", &id),
                ("matchversie", &version),
                ("reden", "not-now"),
            ],
        )
        .await;

        let places = format!("{case}/plaatsing");
        let place = [
            ("soort", "trial-placement"),
            ("werkgever", "Fictielas"),
            ("begin", "2026-03-09"),
            ("tot", "2026-05-08"),
            ("uren", "24"),
            ("eis-worked-there-before", "no"),
            ("eis-displaces-staff", "no"),
            ("eis-intent-months", "6"),
        ];
        let refused = desk.act(&places, "plaatsen", &place).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert!(
            refused
                .body
                .contains("De werkgever moet schrijven dat hij u wil aannemen.")
        );
        assert!(
            refused.body.contains("Participatiewet")
                && refused.body.contains("value=\"Fictielas\"")
        );
        let mut allowed = place.to_vec();
        allowed.push(("eis-intent-declared", "yes"));
        desk.done(&places, "plaatsen", &allowed).await;
        desk.world.clock.pass(45 * 86_400);
        // The session is over by then; the next one begins.
        let later = desk
            .world
            .colleague(
                desk.town.municipality,
                Role::Klantmanager,
                "later@example.org",
            )
            .await?;
        let desk = Desk {
            cookie: cookie(&later),
            ..desk
        };
        let placed = desk.get(&places).await;
        let number = field(&placed, "plaatsing");
        let today = desk.today();
        desk.done(
            &places,
            "nazorg",
            &[
                ("plaatsing", &number),
                ("maanden", "1"),
                ("dag", &today),
                ("uitkomst", "well"),
                ("verslag", "Blij met het team."),
            ],
        )
        .await;
        let checked = desk.get(&places).await;
        assert!(
            checked.body.contains("Het gaat goed") && checked.body.contains("Blij met het team.")
        );
        Ok::<(), TestError>(())
    });
}

#[test]
fn another_organisation_finds_nothing_at_any_of_these_addresses() {
    run(async {
        let desk = desk().await?;
        let case = desk.registered("Fictieve Nieuwkomer").await;
        let elsewhere = desk
            .world
            .organisation(
                domain::organisation::OrganisationKind::Municipality,
                "Elders",
            )
            .await?;
        let stranger = desk
            .world
            .colleague(elsewhere, Role::Klantmanager, "x@example.org")
            .await?;
        let stranger = cookie(&stranger);
        let form = [("versie", "1"), ("doe", "notitie"), ("tekst", "x")];
        for below in [
            "",
            "/intake",
            "/plan",
            "/map",
            "/advies",
            "/werk",
            "/plaatsing",
            "/dossier",
            "/code",
        ] {
            let path = format!("{case}{below}");
            assert_eq!(desk.get(&path).await.status, StatusCode::OK, "{path}");
            let answer = desk.get_as(&path, &stranger).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            for doe in [
                "notitie",
                "terug",
                "opstellen",
                "zoeken",
                "heropenen",
                "balk",
                "klaar",
            ] {
                let mut form = form.to_vec();
                form[1] = ("doe", doe);
                form.push(("dag", "2026-03-01"));
                let answer = desk.post_as(&path, &stranger, &form).await;
                let refused = matches!(answer.status, StatusCode::NOT_FOUND);
                assert!(refused, "{path} {doe}: {}", answer.status);
                assert!(!answer.body.contains("Fictieve Nieuwkomer"));
            }
        }
        let id = case.trim_start_matches("/mensen/");
        let bulk = desk
            .post_as(
                "/mensen/taak",
                &stranger,
                &[("zaak", id), ("taak", "x"), ("zeker", "1")],
            )
            .await;
        assert_eq!(bulk.status, StatusCode::NOT_FOUND);
        let pack = format!("{case}/overdracht");
        assert_eq!(desk.get(&pack).await.status, StatusCode::OK);
        let answer = desk.get_as(&pack, &stranger).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        let draft = [("concept-van", "plan"), ("deel-work", "x")];
        let answer = desk
            .post_as(&format!("{case}/concept"), &stranger, &draft)
            .await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        let list = desk
            .post_as(
                "/mensen",
                &stranger,
                &[("wiens", "everyone"), ("wie", "Fictieve")],
            )
            .await;
        assert!(!list.body.contains(id));
        Ok::<(), TestError>(())
    });
}

#[test]
fn who_comes_second_sees_who_was_first_and_keeps_what_they_typed() {
    run(async {
        let desk = desk().await?;
        let case = desk.registered("Fictieve Nieuwkomer").await;
        let version = field(&desk.get(&case).await, "versie");
        let colleague = desk
            .world
            .colleague(desk.town.municipality, Role::Klantmanager, "c@example.org")
            .await?;
        let note = |text: &'static str| [("doe", "notitie"), ("tekst", text)];
        let mut first = note("Van de collega.").to_vec();
        first.push(("versie", &version));
        let answer = desk.post_as(&case, &cookie(&colleague), &first).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let mut second = note("Mijn <eigen> verslag.").to_vec();
        second.push(("versie", &version));
        let stale = desk.post(&case, &second).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        assert!(stale.body.contains("Fictieve Collega"), "who was first");
        assert!(stale.body.contains("<li>Notitie</li>"), "what was changed");
        assert!(stale.body.contains("2026"), "and when");
        assert!(
            stale.body.contains("Mijn &#60;eigen&#62; verslag."),
            "{}",
            stale.body
        );
        let now = field(&stale, "versie");
        let mut again = note("Mijn <eigen> verslag.").to_vec();
        again.push(("versie", &now));
        assert_eq!(desk.post(&case, &again).await.status, StatusCode::SEE_OTHER);
        let both = desk.get(&case).await;
        assert!(
            both.body.contains("Van de collega.") && both.body.contains("Mijn &#60;eigen&#62;")
        );
        assert!(
            both.body.contains("value=\"terug\""),
            "the own last change can be undone"
        );
        desk.done(&case, "terug", &[]).await;
        let undone = desk.get(&case).await;
        assert!(
            undone.body.contains("Van de collega.")
                && !undone.body.contains("Mijn &#60;eigen&#62;")
        );
        Ok::<(), TestError>(())
    });
}

#[test]
fn today_and_lists_show_what_the_use_cases_say() {
    run(async {
        let desk = desk().await?;
        for name in ["Eerste Fictief", "Tweede Fictief", "Derde Fictief"] {
            desk.registered(name).await;
        }
        desk.world.clock.pass(68 * 86_400);
        let later = desk
            .world
            .colleague(
                desk.town.municipality,
                Role::Klantmanager,
                "later@example.org",
            )
            .await?;
        let all = desk
            .town
            .application
            .list_cases(
                &later.context,
                &application::CaseFilter {
                    whose: application::Whose::Everyone,
                    ..application::CaseFilter::default()
                },
            )
            .await?;
        for row in &all.rows {
            let at = desk
                .town
                .application
                .read_case(&later.context, row.case)
                .await?
                .at;
            desk.town
                .application
                .transfer_case(&later.context, at, later.account, None)
                .await?;
        }
        let desk = Desk {
            cookie: cookie(&later),
            ..desk
        };
        let expected = desk.town.application.today_list(&later.context).await?;
        let expected: Vec<String> = expected
            .rows
            .iter()
            .map(|row| row.case.to_string())
            .collect();
        assert_eq!(expected.len(), 3);
        let today = desk.get("/vandaag").await;
        let shown: Vec<String> = today
            .body
            .split("<th scope=\"row\"><a class=\"nl-link wb-tall\" href=\"/mensen/")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .map(str::to_owned)
            .collect();
        assert_eq!(shown, expected);
        assert!(today.body.contains("(PIP)"), "with the reason");

        let found = desk.post("/mensen", &[("wie", "Tweede")]).await;
        assert!(found.body.contains("Tweede Fictief") && !found.body.contains("Derde Fictief"));
        let kept = desk
            .post(
                "/mensen/bewaren",
                &[("wie", "Tweede"), ("naam", "Mijn lijst")],
            )
            .await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
        assert!(
            !kept.header("location").contains("Tweede"),
            "no name in an address"
        );
        let again = desk.get(kept.header("location")).await;
        assert!(again.body.contains("Tweede Fictief") && !again.body.contains("Derde Fictief"));
        let file = desk.post("/mensen/uitvoer", &[]).await;
        assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
        assert_eq!(file.body.lines().count(), 4);
        let workbook = desk.post("/mensen/uitvoer", &[("vorm", "xlsx")]).await;
        assert!(workbook.header("content-type").contains("spreadsheetml"));
        let task = [
            ("zaak", expected[0].as_str()),
            ("zaak", expected[1].as_str()),
            ("taak", "Bel over school"),
        ];
        let has_task = async || {
            let page = desk.get(&format!("/mensen/{}", expected[0])).await;
            page.body.contains("Bel over school")
        };
        let preview = desk.post("/mensen/taak", &task).await;
        assert!(
            preview.body.contains("Deze mensen krijgen de taak"),
            "{}",
            preview.body
        );
        assert!(!has_task().await, "looking writes nothing");
        let sure = [&task[..], &[("zeker", "1")]].concat();
        let given = desk.post("/mensen/taak", &sure).await;
        assert!(
            given.body.contains("Aantal dossiers: \u{2068}2\u{2069}"),
            "{}",
            given.body
        );
        assert!(has_task().await);
        let first = field(&given, "gegeven");
        let back = desk
            .post("/mensen/taak-terug", &[("gegeven", &first)])
            .await;
        assert!(back.body.contains("Teruggedraaid"), "{}", back.body);
        Ok::<(), TestError>(())
    });
}

#[test]
fn a_list_is_looked_at_before_it_is_brought_in() {
    run(async {
        let desk = desk().await?;
        desk.registered("Samira Fictief").await;
        let csv = "voornaam;nummer;fase\nSamira Fictief;;intake\nNieuwe Naam;D-1;intake\nFoute Fase;;maan\n";
        let send = async |parts: &[(&str, &str)]| {
            let mut body = String::new();
            for (name, value) in parts {
                let file = if *name == "bestand" {
                    "; filename=\"lijst.csv\""
                } else {
                    ""
                };
                body.push_str(&format!("--grens\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n"));
            }
            body.push_str("--grens--\r\n");
            let request = Request::post("/mensen/invoer")
                .header("accept-language", "nl")
                .header("cookie", &desk.cookie)
                .header("content-type", "multipart/form-data; boundary=grens")
                .body(Body::from(body))
                .expect("a valid request");
            ask_of(desk.service.clone(), request).await
        };
        assert_eq!(
            send(&[("bestand", "")]).await.status,
            StatusCode::BAD_REQUEST
        );
        let preview = send(&[("bestand", csv)]).await;
        assert_eq!(preview.status, StatusCode::OK);
        assert!(
            preview.body.contains("Regels die goed zijn") && preview.body.contains("Al bekend")
        );
        assert!(preview.body.contains("Dit past niet in deze kolom."));
        let list = desk.get("/mensen").await;
        assert!(!list.body.contains("Nieuwe Naam"), "looking writes nothing");
        let done = send(&[("inhoud", csv), ("doe", "invoeren")]).await;
        assert!(done.body.contains("Toegevoegd"), "{}", done.body);
        let list = desk.get("/mensen").await;
        assert!(list.body.contains("Nieuwe Naam"));
        assert_eq!(
            list.body.matches("<bdi>Samira Fictief</bdi>").count(),
            1,
            "the known one is left out"
        );
        Ok::<(), TestError>(())
    });
}

#[test]
fn the_privacy_officer_sees_the_log_and_erases_after_confirming() {
    run(async {
        let desk = desk().await?;
        let case = desk.registered("Fictieve Nieuwkomer").await;
        let id = case.trim_start_matches("/mensen/").parse()?;
        let person = desk
            .town
            .application
            .read_case(&desk.town.klantmanager.context, id)
            .await?
            .person
            .to_string();
        let officer = desk
            .world
            .colleague(
                desk.town.municipality,
                Role::PrivacyOfficer,
                "p@example.org",
            )
            .await?;
        let officer = cookie(&officer);
        let wrong = desk
            .post_as(
                "/privacy-beheer",
                &officer,
                &[("persoon", "01900000-0000-7000-8000-000000000000")],
            )
            .await;
        assert_eq!(wrong.status, StatusCode::NOT_FOUND);
        let log = desk
            .post_as("/privacy-beheer", &officer, &[("persoon", &person)])
            .await;
        assert!(
            log.body.contains("case_read") && log.body.contains("Klantmanager"),
            "{}",
            log.body
        );
        let unsure = desk
            .post_as("/privacy-beheer/wissen", &officer, &[("persoon", &person)])
            .await;
        assert_eq!(unsure.status, StatusCode::BAD_REQUEST);
        assert_eq!(desk.get(&case).await.status, StatusCode::OK);
        let gone = desk
            .post_as(
                "/privacy-beheer/wissen",
                &officer,
                &[("persoon", &person), ("zeker", "ja")],
            )
            .await;
        assert_eq!(gone.status, StatusCode::OK);
        assert_eq!(desk.get(&case).await.status, StatusCode::NOT_FOUND);
        Ok::<(), TestError>(())
    });
}
