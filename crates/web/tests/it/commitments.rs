//! Motions and commitments over HTTP: upload, review, late on a date, done with proof, files out.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::organisation::{OrganisationKind, Role};
use testkit::database::{TestDatabase, run};
use web::{Settings, Site};

use crate::site::{Answer, ask_of};
use crate::world::{self, TestError};

const OVERVIEW: &str = include_str!("../../../exchange/tests/fixtures/overview.txt");

/// A service with a policy officer who is logged in.
struct Office {
    service: Router,
    cookie: String,
    // The file goes when this does.
    _database: TestDatabase,
}

async fn office() -> Result<Office, TestError> {
    let database = TestDatabase::sqlite()?;
    let world = world::prepare(&database).await?;
    let ministry = world
        .organisation(OrganisationKind::Ministry, "Ministerie van Proef")
        .await?;
    let officer = world
        .colleague(ministry, Role::PolicyOfficer, "p.fictief@example.org")
        .await?;
    let site = Site::new(taxonomy::starter::catalogue()?, Settings::default())?;
    let site = site.with_application(world.application.clone());
    Ok(Office {
        service: web::router(Arc::new(site)),
        cookie: format!("__Host-sessie={}", officer.token.reveal()),
        _database: database,
    })
}

impl Office {
    async fn get(&self, path: &str) -> Answer {
        self.get_as(path, &self.cookie, "nl").await
    }

    async fn get_as(&self, path: &str, cookie: &str, language: &str) -> Answer {
        let request = Request::get(path)
            .header("accept-language", language)
            .header("cookie", cookie);
        let request = request.body(Body::empty()).expect("a valid request");
        ask_of(self.service.clone(), request).await
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let form: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", escaped(value)))
            .collect();
        let request = Request::post(path)
            .header("accept-language", "nl")
            .header("cookie", &self.cookie)
            .header("content-type", "application/x-www-form-urlencoded");
        let request = request.body(Body::from(form.join("&")));
        ask_of(self.service.clone(), request.expect("a valid request")).await
    }

    async fn upload(
        &self,
        path: &str,
        name: &str,
        bytes: &[u8],
        fields: &[(&str, &str)],
    ) -> Answer {
        let mut body = Vec::new();
        for (field, value) in fields {
            let head =
                format!("--grens\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(value.as_bytes());
            body.extend_from_slice(b"\r\n");
        }
        let head = format!(
            "--grens\r\ncontent-disposition: form-data; name=\"bestand\"; filename=\"{name}\"\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--grens--\r\n");
        let request = Request::post(path)
            .header("accept-language", "nl")
            .header("cookie", &self.cookie)
            .header("content-type", "multipart/form-data; boundary=grens");
        let request = request.body(Body::from(body)).expect("a valid request");
        ask_of(self.service.clone(), request).await
    }

    /// Uploads the overview and gives the address of its page.
    async fn with_overview(&self) -> String {
        let answer = self
            .upload(
                "/toezeggingen/toevoegen",
                "overzicht.txt",
                OVERVIEW.as_bytes(),
                &[("wijze", "overview"), ("datum", "2022-12-01")],
            )
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.header("location").to_owned()
    }
}

fn escaped(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

/// The values of the form on a page, as a browser sends them back.
fn form_of(body: &str) -> Vec<(String, String)> {
    let form = body
        .split("<form id=\"formulier\"")
        .nth(1)
        .and_then(|rest| rest.split("</form>").next())
        .expect("the page has a form");
    let attribute = |tag: &str, name: &str| {
        let rest = tag.split(&format!(" {name}=\"")).nth(1)?;
        Some(rest.split('"').next().unwrap_or_default().to_owned())
    };
    let plain = |text: &str| {
        text.replace("&#34;", "\"")
            .replace("&#39;", "'")
            .replace("&#60;", "<")
            .replace("&#62;", ">")
            .replace("&#38;", "&")
    };
    let mut out = Vec::new();
    for tag in form.split('<') {
        let Some(name) = attribute(tag, "name") else {
            continue;
        };
        if tag.starts_with("input") {
            let unchecked = tag.contains("type=\"checkbox\"") && !tag.contains(" checked");
            if !unchecked {
                out.push((name, plain(&attribute(tag, "value").unwrap_or_default())));
            }
        } else if tag.starts_with("textarea") {
            out.push((name, plain(tag.split_once('>').map_or("", |rest| rest.1))));
        } else if tag.starts_with("select") {
            let inside = form.split(tag).nth(1).unwrap_or_default();
            let inside = inside.split("</select>").next().unwrap_or_default();
            let chosen = inside
                .split("<option")
                .find(|option| option.contains(" selected"));
            let value = chosen.and_then(|option| attribute(option, "value"));
            out.push((name, value.unwrap_or_default()));
        }
    }
    out
}

fn with<'a>(
    form: &'a [(String, String)],
    changes: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    form.iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name))
        .chain(changes.iter().copied())
        .collect()
}

#[test]
fn an_overview_is_read_reviewed_and_corrected() {
    run(async {
        let office = office().await?;
        let address = office.with_overview().await;
        let source = office.get(&address).await;
        assert_eq!(source.status, StatusCode::OK);
        assert_eq!(
            source.body.matches("/nakijken\"").count(),
            6,
            "{}",
            source.body
        );
        assert!(source.body.contains(" id=\"nr-1\">"));
        assert!(source.body.contains("6 stuks"));
        assert_eq!(office.with_overview().await, address, "the same file again");
        assert_eq!(office.with_overview().await, address, "and again");

        let page = office.get("/toezeggingen/2/nakijken").await.body;
        assert!(page.contains("<mark"), "the source is marked");
        assert!(page.contains("Regel: \u{2068}kind.motion"), "{page}");
        assert!(page.contains("Zekerheid"));
        let form = form_of(&page);
        let sent = with(
            &form,
            &[("leden", "Lindenboom (VVD)"), ("besluit", "accepteren")],
        );
        // Another language keeps what was typed and saves nothing.
        let other = office.post("/toezeggingen/2/nakijken?taal=en", &sent).await;
        assert_eq!(other.status, StatusCode::OK);
        assert!(other.body.contains("Lindenboom (VVD)") && other.body.contains("Accept"));
        let wrong = with(
            &form,
            &[("kamerstuk", "geen stuk"), ("besluit", "accepteren")],
        );
        let refused = office.post("/toezeggingen/2/nakijken", &wrong).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert!(refused.body.contains("href=\"#kamerstuk\""));

        let accepted = office.post("/toezeggingen/2/nakijken", &sent).await;
        assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.body);
        assert_eq!(accepted.header("location"), "/toezeggingen/1/nakijken");
        let stale = office.post("/toezeggingen/2/nakijken", &sent).await;
        assert_eq!(stale.status, StatusCode::BAD_REQUEST);
        assert!(stale.body.contains("Iemand anders"));
        let detail = office.get("/toezeggingen/2").await.body;
        assert!(detail.contains("Lindenboom (VVD)") && detail.contains("nagekeken"));
        assert!(detail.contains("<del>Lindeboom (VVD)</del>"));

        let form = form_of(&office.get("/toezeggingen/1/nakijken").await.body);
        let no_reason = with(&form, &[("besluit", "afwijzen")]);
        let answer = office.post("/toezeggingen/1/nakijken", &no_reason).await;
        assert!(answer.body.contains("Vul een reden in."));
        let dismissed = with(
            &form,
            &[("besluit", "afwijzen"), ("reden", "staat er dubbel")],
        );
        let answer = office.post("/toezeggingen/1/nakijken", &dismissed).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        Ok::<(), TestError>(())
    });
}

#[test]
fn the_board_knows_what_is_late_on_any_date() {
    run(async {
        let office = office().await?;
        office.with_overview().await;
        let late = |date: &str| format!("/toezeggingen?op={date}&welke=laat");
        let before = office.get(&late("2022-12-01")).await.body;
        let after = office.get(&late("2023-09-01")).await.body;
        assert!(before.contains("Er is niets gevonden."));
        assert!(after.contains("vakscholen") && after.contains("dagen te laat"));
        let found = office
            .get("/toezeggingen?welke=alle&soort=motion&zoek=lindeboom")
            .await
            .body;
        assert!(found.contains("avondonderwijs") && !found.contains("reiskosten"));
        let wrong = office.get("/toezeggingen?op=morgen").await.body;
        assert!(wrong.contains("Vul een datum in"));
        for language in ["en", "ar", "uk", "ti", "tr", "fa"] {
            for path in [
                "/toezeggingen",
                "/toezeggingen/1",
                "/toezeggingen/1/nakijken",
                "/toezeggingen/toevoegen",
            ] {
                let page = office.get_as(path, &office.cookie, language).await;
                assert_eq!(page.status, StatusCode::OK, "{path} in {language}");
                assert!(!page.body.contains('⟦'), "{path} in {language}");
            }
        }
        Ok::<(), TestError>(())
    });
}

#[test]
fn done_needs_a_paper_and_a_passage() {
    run(async {
        let office = office().await?;
        office.with_overview().await;
        let form = form_of(&office.get("/toezeggingen/1").await.body);
        let step = with(
            &form,
            &[
                ("stap", "assign"),
                ("datum", "2023-01-05"),
                ("document", "Kamerbrief"),
                ("passage", "woorden"),
                ("directie", "Taal"),
            ],
        );
        let refused = office.post("/toezeggingen/1", &step).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert!(refused.body.contains("Kijk het eerst na."));
        let accept = form_of(&office.get("/toezeggingen/1/nakijken").await.body);
        let accepted = with(&accept, &[("besluit", "accepteren")]);
        let accepted = office.post("/toezeggingen/1/nakijken", &accepted).await;
        assert_eq!(accepted.status, StatusCode::SEE_OTHER);
        let form = form_of(&office.get("/toezeggingen/1").await.body);
        let base = with(
            &form,
            &[
                ("stap", "settle"),
                ("datum", "2023-02-01"),
                ("document", "Kamerbrief"),
            ],
        );
        let answer = office.post("/toezeggingen/1", &base).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert!(
            answer
                .body
                .contains("Vul een Kamerstuk met nummer en de passage in.")
        );
        let form: Vec<(String, String)> = base
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect();
        let proven = with(
            &form,
            &[
                ("kamerstuk", "41 207, nr. 30"),
                ("passage", "Het plan is er."),
            ],
        );
        let answer = office.post("/toezeggingen/1", &proven).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let detail = office.get("/toezeggingen/1").await.body;
        assert!(detail.contains("Het plan is er.") && detail.contains("Fictieve Collega"));
        // What is not accepted is not public; what is, without who did it.
        let public = office.get_as("/beloften", "", "nl").await;
        assert_eq!(public.status, StatusCode::OK);
        assert!(public.body.contains("vakscholen") && public.body.contains("Het plan is er."));
        assert!(!public.body.contains("Fictieve Collega") && !public.body.contains("reiskosten"));
        for (doe, field, value) in [
            ("fase", "fase", "fase 1"),
            ("koppelen", "koppeling", "action/work-conference"),
            ("koppelen", "koppeling", "indicator/paid-work"),
            ("koppelen", "koppeling", "indicator/first-work"),
            ("ontkoppelen", "koppeling", "indicator/first-work"),
        ] {
            let version = form_of(&office.get("/toezeggingen/1").await.body);
            let version = version
                .iter()
                .find(|one| one.0 == "versie")
                .map(|one| one.1.clone());
            let version = version.unwrap_or_default();
            let sent = [("versie", version.as_str()), ("doe", doe), (field, value)];
            let answer = office.post("/toezeggingen/1", &sent).await;
            assert_eq!(
                answer.status,
                StatusCode::SEE_OTHER,
                "{doe}: {}",
                answer.body
            );
        }
        let detail = office.get("/toezeggingen/1").await.body;
        assert!(detail.contains("fase 1") && detail.contains("Doen Wat Werkt!"));
        Ok::<(), TestError>(())
    });
}

#[test]
fn files_go_out_and_hostile_ones_do_not_come_in() {
    run(async {
        let office = office().await?;
        office.with_overview().await;
        for (form, start) in [
            ("docx", &b"PK\x03\x04"[..]),
            ("odt", b"PK\x03\x04"),
            ("md", b"# Overzicht"),
            ("csv", b""),
            ("json", b"{"),
            ("ics", b"BEGIN:VCALENDAR"),
        ] {
            let file = office
                .get(&format!("/toezeggingen/uitvoer?welke=alle&vorm={form}"))
                .await;
            assert_eq!(file.status, StatusCode::OK, "{form}");
            assert!(
                file.body.as_bytes().starts_with(start) || form == "csv" || start[0] == b'P',
                "{form}"
            );
            assert!(
                file.header("content-disposition")
                    .contains(&format!(".{form}"))
            );
            assert_eq!(file.header("cache-control"), "no-store");
        }
        let note = office.get("/toezeggingen/1/nota?vorm=md").await;
        assert!(note.body.contains("TER BESLISSING"));
        assert_eq!(
            office.get("/toezeggingen/uitvoer?vorm=exe").await.status,
            StatusCode::BAD_REQUEST
        );
        assert_eq!(
            office.get("/toezeggingen/99").await.status,
            StatusCode::NOT_FOUND
        );
        assert_eq!(
            office.get("/toezeggingen/bron/1").await.status,
            StatusCode::NOT_FOUND
        );
        let path = "/toezeggingen/toevoegen";
        let refused = office
            .upload(path, "a.docx", b"PK\x03\x04 no archive", &[])
            .await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert!(refused.body.contains("Dit bestand kunnen wij niet lezen."));
        let nothing = office.upload(path, "", b"", &[]).await;
        assert!(nothing.body.contains("Kies een bestand of plak een tekst."));
        let script = "<script>alert(1)</script>In de motie van het lid Lindeboom (VVD) wordt verzocht om <b>rust</b>. Dit loopt.";
        let pasted = office.upload(path, "", b"", &[("tekst", script)]).await;
        assert_eq!(pasted.status, StatusCode::SEE_OTHER);
        let page = office.get(pasted.header("location")).await.body;
        assert!(!page.contains("<script>alert"));
        assert!(page.contains("&#60;b&#62;rust"));
        Ok::<(), TestError>(())
    });
}

/// The value that a form sends along to say which version it changes.
async fn version_of(office: &Office, path: &str) -> String {
    let form = form_of(&office.get(path).await.body);
    let version = form.into_iter().find(|one| one.0 == "versie");
    version.map(|one| one.1).unwrap_or_default()
}

#[test]
fn an_obligation_is_tied_to_figures_that_exist() {
    run(async {
        let office = office().await?;
        office.with_overview().await;
        let send = async |doe: &str, tie: &str| {
            let version = version_of(&office, "/toezeggingen/1").await;
            let sent = [
                ("versie", version.as_str()),
                ("doe", doe),
                ("koppeling", tie),
            ];
            office.post("/toezeggingen/1", &sent).await
        };
        for unknown in ["indicator/zomaar", "action/zomaar", "zomaar", ""] {
            let refused = send("koppelen", unknown).await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{unknown}");
            assert!(
                refused
                    .body
                    .contains("Kies een indicator of actie uit de lijst.")
            );
            assert!(refused.body.contains("href=\"#koppeling\""));
        }
        assert_eq!(
            send("koppelen", "indicator/paid-work").await.status,
            StatusCode::SEE_OTHER
        );
        assert_eq!(
            send("koppelen", "action/work-conference").await.status,
            StatusCode::SEE_OTHER
        );
        let detail = office.get("/toezeggingen/1").await.body;
        assert!(detail.contains("href=\"/cijfers/paid-work\"") && detail.contains("Betaald werk"));

        let tied = |tie: &str| format!("/toezeggingen?op=2022-12-01&welke=alle&koppeling={tie}");
        let board = office.get(&tied("indicator/paid-work")).await.body;
        assert!(board.contains("vakscholen") && !board.contains("avondonderwijs"));
        assert!(board.contains("value=\"action/work-conference\""));
        let file = office
            .get("/toezeggingen/uitvoer?op=2022-12-01&welke=alle&koppeling=indicator%2Fpaid-work&vorm=md")
            .await;
        assert!(file.body.contains("vakscholen") && !file.body.contains("avondonderwijs"));

        let accept = form_of(&office.get("/toezeggingen/1/nakijken").await.body);
        let accepted = with(&accept, &[("besluit", "accepteren")]);
        office.post("/toezeggingen/1/nakijken", &accepted).await;
        let public = office.get_as("/beloften", "", "nl").await.body;
        assert!(public.contains("href=\"/cijfers/paid-work\""));
        assert!(
            !public.contains("Doen Wat Werkt!"),
            "actions are the internal side"
        );

        assert_eq!(
            send("ontkoppelen", "indicator/paid-work").await.status,
            StatusCode::SEE_OTHER
        );
        let public = office.get_as("/beloften", "", "nl").await.body;
        assert!(!public.contains("href=\"/cijfers/paid-work\""));
        Ok::<(), TestError>(())
    });
}

const CHAMBER: &str = r#"{"value":[{"Id":"1f1d0a9e-0000-4000-8000-000000000001","Soort":"Motie",
"Nummer":"2022Z00001","Titel":"Motie van het lid Fictief over taallessen op de werkvloer",
"Onderwerp":"Motie van het lid Fictief over taallessen op de werkvloer","Status":"Vrijgegeven",
"Verwijderd":false}]}"#;

#[test]
fn open_data_of_the_chamber_is_taken_once_and_refused_when_it_is_none() {
    run(async {
        let office = office().await?;
        let path = "/toezeggingen/toevoegen";
        for _ in 0..2 {
            let answer = office
                .upload(
                    path,
                    "zaak.json",
                    CHAMBER.as_bytes(),
                    &[("wijze", "chamber")],
                )
                .await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
            assert_eq!(answer.header("location"), "/toezeggingen?welke=voorstellen");
            let board = office.get("/toezeggingen?welke=voorstellen").await.body;
            assert_eq!(board.matches("taallessen op de werkvloer").count(), 1);
        }
        let detail = office.get("/toezeggingen/1").await.body;
        assert!(detail.contains("Tweede Kamer 2022Z00001"));
        let refused = office
            .upload(path, "zaak.json", b"geen json", &[("wijze", "chamber")])
            .await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert!(refused.body.contains("Dit bestand kunnen wij niet lezen."));
        Ok::<(), TestError>(())
    });
}

/// A month of a policy officer: the document in, doubts corrected, what is late on a day, and the
/// overview for the Chamber out, which says the corrected words and comes in again.
#[test]
fn a_document_goes_in_and_the_overview_of_next_month_out() {
    run(async {
        let office = office().await?;
        let published = testkit::test_data("sources/002.txt").map(std::fs::read_to_string);
        let text = published
            .transpose()?
            .unwrap_or_else(|| OVERVIEW.to_owned());
        let answer = office
            .upload(
                "/toezeggingen/toevoegen",
                "overzicht.txt",
                text.as_bytes(),
                &[("wijze", "overview"), ("datum", "2022-12-01")],
            )
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let source = office.get(answer.header("location")).await.body;
        let n_read = source.matches("/nakijken\"").count();
        assert!(n_read == 9 || text == OVERVIEW, "{n_read}");

        // Every proposal is looked at; the first gets another name.
        for number in 1..=n_read {
            let path = format!("/toezeggingen/{number}/nakijken");
            let form = form_of(&office.get(&path).await.body);
            let mut changes = vec![("besluit", "accepteren")];
            if number == 1 {
                changes.push(("leden", "Jasper van Dijk (SP); Peters (CDA)"));
            }
            let accepted = office.post(&path, &with(&form, &changes)).await;
            assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.body);
        }
        let unseen = office.get("/toezeggingen?welke=voorstellen").await.body;
        assert!(unseen.contains("Er is niets gevonden."));

        let late = async |day: &str| {
            let board = office
                .get(&format!("/toezeggingen?op={day}&welke=laat"))
                .await
                .body;
            board.matches("te laat</span>").count()
        };
        assert_eq!(late("2022-12-01").await, 0);
        let in_spring = late("2023-04-15").await;
        assert!(late("2023-12-31").await > in_spring);

        let file = office
            .get("/toezeggingen/uitvoer?op=2023-01-01&welke=alle&vorm=docx")
            .await;
        assert_eq!(file.status, StatusCode::OK);
        for (form, layout) in [
            ("md", ""),
            ("md", "&opmaak=table"),
            ("docx", "&opmaak=table"),
        ] {
            let address =
                format!("/toezeggingen/uitvoer?op=2023-01-01&welke=alle&vorm={form}{layout}");
            let file = office.get(&address).await;
            assert_eq!(file.status, StatusCode::OK, "{address}");
            if form == "md" {
                assert!(
                    file.body.contains("Jasper van Dijk (SP) en Peters (CDA)"),
                    "{}",
                    file.body
                );
            }
            assert_eq!(
                file.body.contains("| Omschrijving |"),
                form == "md" && !layout.is_empty()
            );
        }
        let wrong = office
            .get("/toezeggingen/uitvoer?vorm=md&opmaak=lied")
            .await;
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
        let overview = office
            .get("/toezeggingen/uitvoer?op=2023-01-01&welke=alle&vorm=md")
            .await
            .body;
        let again = office
            .upload(
                "/toezeggingen/toevoegen",
                "overzicht-januari.md",
                overview.as_bytes(),
                &[("wijze", "overview"), ("datum", "2022-12-01")],
            )
            .await;
        assert_eq!(again.status, StatusCode::SEE_OTHER);
        let unseen = office.get("/toezeggingen?welke=voorstellen").await.body;
        assert!(
            unseen.contains("Er is niets gevonden."),
            "nothing is taken twice"
        );
        Ok::<(), TestError>(())
    });
}
