//! The employer's journey over HTTP: writing a vacancy, candidates without a name, consent,
//! answers; and open vacancies for everybody.

mod help;

use std::sync::Arc;

use application::RegisterPerson;
use application::matches::{MOST_OPENINGS, PersonAnswer};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::id::{OpeningId, PersonId, VacancyId};
use domain::language::Language;
use domain::level::LanguageLevel;
use domain::person::{Email, NamePart, Phone};
use domain::vacancy::VacancyState;
use store::detail_opening::{self, DetailOpening};
use testkit::database::{TestDatabase, run};
use testkit::random::Seeded;
use web::{Settings, Site};

use crate::site::{Answer, ask_of};
use crate::story::{CATALOGUE, Town, acting, profile_of, told, town, vacancy_for};
use crate::world::{self, TestError, World, named};

struct Employment {
    world: World,
    town: Town,
    service: Router,
    cookie: String,
    // The file goes when this does.
    _database: TestDatabase,
}

async fn employment() -> Result<Employment, TestError> {
    let database = TestDatabase::sqlite()?;
    let world = world::prepare(&database).await?;
    let town = town(&world).await?;
    let site = Site::new(CATALOGUE.clone(), Settings::default())?;
    let site = site.with_application(town.application.clone());
    Ok(Employment {
        cookie: format!("__Host-sessie={}", town.employer.token.reveal()),
        service: web::router(Arc::new(site)),
        town,
        world,
        _database: database,
    })
}

impl Employment {
    async fn get(&self, path: &str) -> Answer {
        self.get_in(path, "nl").await
    }

    async fn get_in(&self, path: &str, language: &str) -> Answer {
        let request = Request::get(path)
            .header("accept-language", language)
            .header("cookie", &self.cookie);
        let request = request.body(Body::empty()).expect("a valid request");
        ask_of(self.service.clone(), request).await
    }

    async fn public(&self, path: &str, language: &str) -> Answer {
        let request = Request::get(path).header("accept-language", language);
        let request = request.body(Body::empty()).expect("a valid request");
        ask_of(self.service.clone(), request).await
    }

    async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let escaped =
            |text: &str| -> String { text.bytes().map(|b| format!("%{b:02X}")).collect() };
        let pairs: Vec<String> = form
            .iter()
            .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)))
            .collect();
        let request = Request::post(path)
            .header("accept-language", "nl")
            .header("cookie", &self.cookie)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(pairs.join("&")));
        ask_of(self.service.clone(), request.expect("a valid request")).await
    }

    async fn upload(&self, parts: &[(&str, &str)]) -> Answer {
        let mut body = String::new();
        for (name, content) in parts {
            body += &format!(
                "--grens\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{content}\r\n"
            );
        }
        body += "--grens--\r\n";
        let request = Request::post("/vacatures/importeren")
            .header("accept-language", "nl")
            .header("cookie", &self.cookie)
            .header("content-type", "multipart/form-data; boundary=grens")
            .body(Body::from(body));
        ask_of(self.service.clone(), request.expect("a valid request")).await
    }

    /// Somebody with everything that an employer must not see.
    async fn canary(&self) -> Result<PersonId, TestError> {
        let mut identity = named("Kanarievogel")?;
        identity.name.family = Some(NamePart::new("Gelevink")?);
        identity.name.original_script = Some(NamePart::new("كناري")?);
        identity.name.as_on_permit = Some(NamePart::new("Pasvogel")?);
        identity.birth = Some("1958-03".parse()?);
        identity.email = Some(Email::new("kanarie@example.org")?);
        identity.phone = Some(Phone::new("06 12 34 56 78")?);
        let klantmanager = &self.town.klantmanager.context;
        let app = &self.town.application;
        let person = app
            .register_person(klantmanager, &RegisterPerson { identity })
            .await?;
        let mut profile = profile_of("lasser")?;
        profile.work.push(told("Kanariewerkplaats in Kanariestad")?);
        profile.about.residence = Some("status_holder".parse()?);
        app.save_profile(&acting(person), person, 0, &profile)
            .await?;
        Ok(person)
    }

    async fn pool(&self, n: usize) -> Result<(), TestError> {
        for at in 0..n {
            let profile = profile_of("lasser")?;
            self.town
                .newcomer(&format!("Fictief {at}"), &profile)
                .await?;
        }
        self.town.application.refresh_work().await?;
        Ok(())
    }
}

/// The value of the last hidden field with a name.
fn hidden(body: &str, name: &str) -> String {
    let field = format!("name=\"{name}\" value=\"");
    let rest = body.rsplit(&field).next().unwrap_or_default();
    assert!(body.contains(&field), "no field {name}");
    rest.split('"').next().unwrap_or_default().to_owned()
}

const CANARIES: [&str; 9] = [
    "Kanarie",
    "Gelevink",
    "كناري",
    "Pasvogel",
    "1958",
    "kanarie@",
    "612345678",
    "12 34 56",
    "status_holder",
];

fn assert_no_canary(answer: &Answer, what: &str) {
    for canary in CANARIES {
        assert!(!answer.body.contains(canary), "{what}: {canary}");
    }
}

#[test]
fn a_vacancy_is_written_in_six_steps_and_every_step_is_kept() {
    run(async {
        let here = employment().await?;
        here.pool(6).await?;
        let list = here.get("/vacatures").await;
        assert!(list.body.contains("U hebt nog geen vacatures"));
        let empty = here.post("/vacatures/nieuw", &[]).await;
        assert_eq!(empty.status, StatusCode::BAD_REQUEST);
        assert!(empty.body.contains("Geef een titel, of plak een tekst."));

        let text = "Lasser\n- metaal lassen\n- tekeningen lezen\nJe spreekt accentloos Nederlands.";
        let created = here.post("/vacatures/nieuw", &[("tekst", text)]).await;
        assert_eq!(created.status, StatusCode::SEE_OTHER, "{}", created.body);
        let work = created.header("location").to_owned();
        let base = work.trim_end_matches("/werk").to_owned();
        let page = here.get(&work).await;
        assert!(page.body.contains(">lasser<") && page.body.contains("tekeningen lezen"));
        let occupation = page.body.split("name=\"beroep\" value=\"").nth(1);
        let occupation = occupation
            .and_then(|rest| rest.split('"').next())
            .unwrap_or_default();
        let version = hidden(&page.body, "versie");
        let form = [
            ("beroep", occupation),
            ("taken", "metaal lassen"),
            ("versie", &version),
        ];
        let saved = here.post(&work, &form).await;
        assert_eq!(saved.header("location"), format!("{base}/vaardigheden"));
        // The same form again was made from an older version.
        assert_eq!(here.post(&work, &form).await.status, StatusCode::CONFLICT);

        let skills = here.get(&format!("{base}/vaardigheden")).await;
        let names: Vec<&str> = skills
            .body
            .split("name=\"v\" value=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        assert!(names.len() >= 3, "{names:?}");
        let version = hidden(&skills.body, "versie");
        let none = here
            .post(&format!("{base}/vaardigheden"), &[("versie", &version)])
            .await;
        assert!(none.body.contains("Kies minstens één vaardigheid."));
        let searched = [
            ("versie", version.as_str()),
            ("zoek", "koken"),
            ("zoeken", "1"),
            ("v", names[0]),
        ];
        let searched = here.post(&format!("{base}/vaardigheden"), &searched).await;
        assert!(searched.body.matches("name=\"v\"").count() > 1);
        let (first, second) = (format!("k-{}", names[0]), format!("k-{}", names[1]));
        let form = [
            ("versie", version.as_str()),
            ("v", names[0]),
            (&first, "start"),
            ("v", names[1]),
            (&second, "leren"),
        ];
        let saved = here.post(&format!("{base}/vaardigheden"), &form).await;
        assert_eq!(saved.header("location"), format!("{base}/talen"));

        let path = format!("{base}/talen");
        let version = hidden(&here.get(&path).await.body, "versie");
        let rows = [
            ("versie", version.as_str()),
            ("taalrij", "nl"),
            ("nl-spreken-start", "B1"),
            ("nl-spreken-jaar", "A1"),
        ];
        let falls = here.post(&path, &rows).await;
        assert!(falls.body.contains("lager dan bij de start"));
        let rows = [
            ("versie", version.as_str()),
            ("taalrij", "nl"),
            ("nl-spreken-start", "B1"),
        ];
        assert_eq!(here.post(&path, &rows).await.status, StatusCode::SEE_OTHER);

        let path = format!("{base}/plek");
        let place = here.get(&path).await;
        assert!(place.body.len() < 60_000, "{}", place.body.len());
        let version = hidden(&place.body, "versie");
        let wrong = [
            ("versie", version.as_str()),
            ("uren", "veel"),
            ("plekken", "0"),
            ("plaats", "GM9999"),
        ];
        let wrong = here.post(&path, &wrong).await;
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
        for field in ["#uren", "#plekken", "#plaats"] {
            assert!(wrong.body.contains(&format!("href=\"{field}\"")), "{field}");
        }
        let right = [
            ("versie", version.as_str()),
            ("uren", "24"),
            ("plekken", "2"),
            ("plaats", "GM0034"),
            ("soort", "regular"),
            ("dagdeel", "mon-morning"),
            ("rijbewijs", "B"),
        ];
        assert_eq!(
            here.post(&path, &right).await.header("location"),
            format!("{base}/controle")
        );

        let path = format!("{base}/controle");
        let check = here.get(&path).await;
        assert!(check.body.contains("accentloos") && check.body.contains("Sluit mensen uit"));
        assert!(check.body.contains("Almere") && check.body.contains("minder dan 5"));
        let version = hidden(&check.body, "versie");
        let form = [
            ("versie", version.as_str()),
            ("steun", "buddy"),
            ("publiceren", "1"),
        ];
        let opened = here.post(&path, &form).await;
        assert_eq!(opened.header("location"), base);
        let id: VacancyId = base.trim_start_matches("/vacatures/").parse()?;
        let view = here
            .town
            .application
            .read_vacancy(&here.town.employer.context, id)
            .await?;
        assert_eq!(view.state, VacancyState::Open);
        assert_eq!(
            (view.vacancy.skills.len(), view.vacancy.support.len()),
            (2, 1)
        );

        let page = here.get(&base).await;
        let version = hidden(&page.body, "versie");
        let form = [("versie", version.as_str()), ("stand", "closed")];
        assert_eq!(
            here.post(&format!("{base}/stand"), &form).await.status,
            StatusCode::SEE_OTHER
        );
        let closed = here.get(&base).await;
        assert!(closed.body.contains("Gesloten") && closed.body.contains("Opnieuw openen"));

        // Everybody speaks A2; asking B1 costs all six, and the page says so.
        let mut dear = vacancy_for("lasser")?;
        dear.languages[0].at_start = LanguageLevel::B1;
        dear.languages[0].after_a_year = LanguageLevel::B1;
        let employer = &here.town.employer.context;
        let dear = here
            .town
            .application
            .create_vacancy(employer, &dear)
            .await?;
        let check = here.get(&format!("/vacatures/{dear}/controle")).await;
        let text = check.body.replace(['\u{2068}', '\u{2069}'], "");
        assert!(text.contains("Nederlands hooguit: A2"), "{text}");
        assert!(text.contains("<td class=\"n\">6</td>"));
        Ok::<(), TestError>(())
    });
}

#[test]
fn nobody_is_known_before_their_yes_and_not_after_their_no() {
    run(async {
        let here = employment().await?;
        let app = here.town.application.clone();
        let id = here.town.open(&vacancy_for("lasser")?).await?;
        let path = format!("/vacatures/{id}");
        let person = here.canary().await?;
        here.pool(3).await?;
        let few = here.get(&path).await;
        assert!(few.body.contains("Minder dan 5 mensen passen"));
        assert!(!few.body.contains("name=\"kandidaat\""));
        here.pool(1).await?;
        for language in Language::interface() {
            for step in [
                "",
                "/tekst",
                "/werk",
                "/vaardigheden",
                "/talen",
                "/plek",
                "/controle",
            ] {
                let answer = here.get_in(&format!("{path}{step}"), language.code()).await;
                assert_eq!(answer.status, StatusCode::OK, "{step} in {language}");
                assert!(
                    !answer.body.contains('⟦'),
                    "{step} in {language}: a message is missing"
                );
                assert_no_canary(&answer, step);
            }
        }
        let page = here.get(&format!("{path}?alle=1")).await;
        assert_eq!(page.body.matches("name=\"kandidaat\"").count(), 5);
        assert!(page.body.contains("Past goed"));
        // All of them are asked, so that the one who says yes is among them.
        let aliases: Vec<String> = page
            .body
            .split("name=\"kandidaat\" value=\"")
            .skip(1)
            .filter_map(|rest| Some(rest.split('"').next()?.to_owned()))
            .collect();
        for alias in &aliases {
            let asked = here
                .post(&format!("{path}/contact"), &[("kandidaat", alias)])
                .await;
            assert_eq!(asked.status, StatusCode::SEE_OTHER);
            let again = here
                .post(&format!("{path}/contact"), &[("kandidaat", alias)])
                .await;
            assert_eq!(again.status, StatusCode::CONFLICT);
        }
        let mine = app.matches_of_person(&acting(person), person).await?;
        let of_mine = format!("/kandidaten/{}", mine[0].id);
        assert_eq!(here.get(&of_mine).await.status, StatusCode::NOT_FOUND);
        let asked = here.get(&path).await;
        assert!(asked.body.contains("Contact gevraagd") && !asked.body.contains("/kandidaten/"));
        assert_no_canary(&asked, "asked");

        let yes = PersonAnswer::Agree {
            text_version: "2026-1".into(),
        };
        app.decide_match(&acting(person), mine[0].id, 1, &yes)
            .await?;
        let known = here.get(&of_mine).await;
        assert_eq!(known.status, StatusCode::OK);
        for shown in ["Kanarievogel", "kanarie@example.org", "+31612345678"] {
            assert!(known.body.contains(shown), "{shown}");
        }
        for hidden in ["1958", "كناري", "Pasvogel", "Kanariestad", "status_holder"] {
            assert!(!known.body.contains(hidden), "{hidden}");
        }
        assert_eq!(known.header("cache-control"), "no-store");
        let version = hidden(&known.body, "versie");
        let form = [
            ("versie", version.as_str()),
            ("antwoord", "afwijzen"),
            ("reden", "zomaar"),
        ];
        let no_reason = here.post(&of_mine, &form).await;
        assert_eq!(no_reason.status, StatusCode::BAD_REQUEST);
        assert!(no_reason.body.contains("Kies een reden als u afwijst."));
        let form = [("versie", version.as_str()), ("antwoord", "uitnodigen")];
        assert_eq!(
            here.post(&of_mine, &form).await.status,
            StatusCode::SEE_OTHER
        );
        assert_eq!(
            here.post(&of_mine, &form).await.status,
            StatusCode::BAD_REQUEST
        );
        assert!(here.get(&path).await.body.contains("Uitgenodigd"));

        app.withdraw_consent(&acting(person), person, here.town.workshop)
            .await?;
        let after = here.get(&of_mine).await;
        assert_eq!(after.status, StatusCode::NOT_FOUND);
        assert_no_canary(&after, "after the no");
        let version = (version.parse::<i64>()? + 1).to_string();
        let form = [("versie", version.as_str()), ("antwoord", "aannemen")];
        assert_eq!(
            here.post(&of_mine, &form).await.status,
            StatusCode::NOT_FOUND
        );
        let list = here.get(&path).await;
        assert!(list.body.contains("Teruggetrokken") && !list.body.contains("/kandidaten/"));
        assert_no_canary(&list, "after the no");
        Ok::<(), TestError>(())
    });
}

#[test]
fn too_many_openings_say_when_to_come_back() {
    run(async {
        let here = employment().await?;
        let app = here.town.application.clone();
        let id = here.town.open(&vacancy_for("lasser")?).await?;
        let person = here.canary().await?;
        here.pool(0).await?;
        let klantmanager = &here.town.klantmanager.context;
        let found = app.propose_match(klantmanager, person, id).await?;
        let yes = PersonAnswer::Agree {
            text_version: "2026-1".into(),
        };
        app.decide_match(&acting(person), found, 1, &yes).await?;
        app.share_match(klantmanager, found, 2).await?;
        let now = app.now();
        let opened_by = here.town.employer.account;
        for n in 0..MOST_OPENINGS {
            let opening = DetailOpening {
                id: OpeningId::new(now, &mut Seeded(1000 + n as u64)),
                vacancy: id,
                person: here
                    .world
                    .person(klantmanager, &format!("Ander {n}"))
                    .await?,
                opened_by,
                opened_at: now,
            };
            let transaction = app.store().begin().await?;
            detail_opening::insert(&transaction, opening).await?;
            transaction.commit().await?;
        }
        let answer = here.get(&format!("/kandidaten/{found}")).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(answer.body.contains("U kunt weer openen op"));
        assert_eq!(answer.header("retry-after"), "86400");
        assert_no_canary(&answer, "too many");
        Ok::<(), TestError>(())
    });
}

#[test]
fn a_file_is_looked_at_first_and_added_after() {
    run(async {
        let here = employment().await?;
        let file = "titel;gemeente;uren\nLasser;Almere;32\n;Almere;\nKok;Nergenshuizen;\n";
        let preview = here.upload(&[("bestand", file)]).await;
        assert_eq!(preview.status, StatusCode::OK, "{}", preview.body);
        assert!(preview.body.contains("Lasser"));
        let text = preview.body.replace(['\u{2068}', '\u{2069}'], "");
        assert!(text.contains("Niet gelezen: 2"));
        assert!(text.contains("regel 3, titel: dit is leeg"));
        assert!(text.contains("regel 4, gemeente: dit woord kennen wij niet"));
        let employer = &here.town.employer.context;
        let app = &here.town.application;
        assert_eq!(app.list_vacancies(employer, None, None).await?.len(), 0);
        let added = here.upload(&[("inhoud", file), ("toevoegen", "1")]).await;
        assert_eq!(added.header("location"), "/vacatures?toegevoegd=1");
        let all = app.list_vacancies(employer, None, None).await?;
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].state, VacancyState::Draft);
        assert!(all[0].vacancy.place.is_some());

        for (content, words) in [
            ("{\"@type\":\"Thing\"}", "Wij vinden geen vacature"),
            ("[[[", "beschadigd"),
            ("a,b\n1,2", "geen kolom met de naam titel"),
        ] {
            let refused = here.upload(&[("bestand", content)]).await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{content}");
            assert!(refused.body.contains(words), "{content}");
        }
        let big = "a".repeat(3 * 1024 * 1024);
        let refused = here.upload(&[("bestand", &big)]).await;
        assert!(refused.body.contains("te groot"));
        Ok::<(), TestError>(())
    });
}

#[test]
fn open_vacancies_are_there_for_everybody_as_pages_and_as_data() {
    run(async {
        let here = employment().await?;
        let vacancy = vacancy_for("lasser")?;
        let id = here.town.open(&vacancy).await?;
        let draft = here
            .town
            .application
            .create_vacancy(&here.town.employer.context, &vacancy)
            .await?;
        here.town.application.refresh_work().await?;
        let occupation = vacancy.occupation.as_ref().map_or("", |uri| uri.as_str());
        let occupation = occupation.rsplit(['/', ':']).next().unwrap_or_default();
        for language in Language::interface() {
            for path in [
                "/werk".to_owned(),
                format!("/werk/{id}"),
                format!("/beroepen/{occupation}"),
            ] {
                let answer = here.public(&path, language.code()).await;
                assert_eq!(answer.status, StatusCode::OK, "{path} in {language}");
                assert!(answer.body.contains("Fictielas"), "{path} in {language}");
                assert!(!answer.body.contains('⟦'), "{path} in {language}");
                // No script of its own in the page, not even data.
                assert_eq!(
                    answer.body.matches("<script").count(),
                    answer.body.matches("<script type=\"module\"").count()
                );
            }
        }
        assert_eq!(
            here.public(&format!("/werk/{draft}"), "nl").await.status,
            StatusCode::NOT_FOUND
        );
        let data = here
            .public(&format!("/werk/{id}/jobposting.json"), "nl")
            .await;
        assert_eq!(data.header("content-type"), "application/ld+json");
        let posting = data.json();
        assert_eq!(posting["@type"], "JobPosting");
        assert_eq!(posting["hiringOrganization"]["name"], "Fictielas");
        assert_eq!(
            posting["jobLocation"]["address"]["addressLocality"],
            "Almere"
        );
        // What goes out can come in again.
        let preview = here
            .town
            .application
            .preview_vacancies(&here.town.employer.context, data.body.as_bytes())?;
        let (_, back) = &preview.vacancies[0];
        assert_eq!(
            (&back.title, back.place, back.hours),
            (&vacancy.title, vacancy.place, vacancy.hours)
        );
        assert_eq!(back.occupation, vacancy.occupation);
        assert_eq!(back.skills.len(), vacancy.skills.len());
        Ok::<(), TestError>(())
    });
}

#[test]
fn a_work_floor_that_is_red_gets_a_plan_with_a_measure_for_every_red_item() {
    run(async {
        let employment = employment().await?;
        let empty = employment.get("/werkvloer").await;
        assert_eq!(empty.status, StatusCode::OK);
        assert!(!empty.body.contains("Uw plan"));
        for number in 1..=10 {
            let answer = employment.get(&format!("/werkvloer?W{number}=red")).await;
            assert_eq!(answer.status, StatusCode::OK);
            assert!(answer.body.contains("Uw plan"), "{}", answer.body);
            let measures = answer.body.matches("class=\"wb-measure\"").count();
            assert!(measures >= 1, "W{number} has no measure");
        }
        let green = employment.get("/werkvloer?W1=green").await;
        assert!(green.body.contains("Er staat niets in de weg."));
        Ok::<(), TestError>(())
    });
}
