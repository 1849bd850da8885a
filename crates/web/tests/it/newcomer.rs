//! The newcomer's way over HTTP: from a code on paper to explained work, in their own language and
//! without JavaScript; consents, "not for me", and the rules on work.

use std::sync::Arc;

use application::ApplicationError;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::id::{PersonId, VacancyId};
use domain::language::Language;
use domain::match_state::MatchState;
use domain::vacancy::Vacancy;
use testkit::database::{TestDatabase, run};
use web::{Settings, Site};

use crate::site::{Answer, ask_of};
use crate::story::{CATALOGUE, Town, acting, occupation, profile_of, town, vacancy_for};
use crate::world::{self, TestError};

/// Most screens from the code to the first explained work.
const MOST_SCREENS: usize = 25;

/// Largest page in bytes.
const LARGEST: usize = 60 * 1024;

/// A town with pages.
pub(crate) struct Place {
    pub(crate) town: Town,
    service: Router,
    _database: TestDatabase,
}

pub(crate) async fn place() -> Result<Place, TestError> {
    let database = TestDatabase::sqlite()?;
    let world = world::prepare(&database).await?;
    let town = town(&world).await?;
    let site = Site::new(Arc::clone(&CATALOGUE), Settings::default())?;
    let site = site.with_application(town.application.clone());
    Ok(Place {
        service: web::router(Arc::new(site)),
        town,
        _database: database,
    })
}

impl Place {
    /// Serves another site.
    pub(crate) fn serve(&mut self, site: Arc<Site>) {
        self.service = web::router(site);
    }

    /// An open vacancy that the matches know.
    pub(crate) async fn open(&self, vacancy: &Vacancy) -> Result<VacancyId, TestError> {
        let id = self.town.open(vacancy).await?;
        self.town.application.refresh_work().await?;
        Ok(id)
    }

    /// The phone of a person who came in with a code.
    pub(crate) async fn phone(
        &self,
        person: PersonId,
        language: &'static str,
    ) -> Result<Phone, TestError> {
        let klantmanager = &self.town.klantmanager.context;
        let issued = self
            .town
            .application
            .issue_login_code(klantmanager, person)
            .await?;
        let mut phone = Phone {
            service: self.service.clone(),
            cookie: String::new(),
            language,
            screens: 0,
            page: String::new(),
            path: String::new(),
        };
        phone.open("/inloggen/code").await;
        let code = issued.code.reveal().to_owned();
        phone.fill(&[("code", &code)]).await;
        assert_eq!(phone.path, "/mijn");
        Ok(phone)
    }

    pub(crate) async fn newcomer(&self, name: &str) -> Result<PersonId, TestError> {
        let new = application::RegisterPerson {
            identity: world::named(name)?,
        };
        let klantmanager = &self.town.klantmanager.context;
        Ok(self
            .town
            .application
            .register_person(klantmanager, &new)
            .await?)
    }
}

/// A browser without scripts: it shows a page, fills its form, sends it and follows.
pub(crate) struct Phone {
    service: Router,
    pub(crate) cookie: String,
    language: &'static str,
    /// Pages that were shown.
    screens: usize,
    pub(crate) page: String,
    pub(crate) path: String,
}

impl Phone {
    pub(crate) async fn open(&mut self, path: &str) {
        let answer = self.ask(Request::get(path), String::new()).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(
            answer.body.len() <= LARGEST,
            "{path}: {}",
            answer.body.len()
        );
        let lang = format!("<html lang=\"{}\"", self.language);
        assert!(answer.body.contains(&lang), "{path}");
        assert!(!answer.body.contains('⟦'), "{path} misses a text");
        self.screens += 1;
        self.page = answer.body;
        path.split('?')
            .next()
            .unwrap_or_default()
            .clone_into(&mut self.path);
    }

    /// Sends fields to a path and shows what comes of it.
    pub(crate) async fn send(&mut self, path: &str, fields: &[(String, String)]) -> StatusCode {
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)))
            .collect();
        let request =
            Request::post(path).header("content-type", "application/x-www-form-urlencoded");
        let answer = self.ask(request, body.join("&")).await;
        if let Some(cookie) = answer.headers.get("set-cookie") {
            let cookie = cookie.to_str().unwrap_or_default();
            if cookie.starts_with("__Host-sessie=") {
                self.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
            }
        }
        let status = answer.status;
        if status == StatusCode::SEE_OTHER {
            let next = answer.header("location").to_owned();
            self.open(&next).await;
        } else {
            self.page = answer.body;
        }
        status
    }

    /// Fills the form that is shown and sends it; a field that is not given stays as it is.
    async fn fill(&mut self, given: &[(&str, &str)]) {
        let mut fields = form(&self.page);
        fields.retain(|(name, _)| given.iter().all(|(other, _)| other != name));
        let given = given.iter();
        fields.extend(given.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let path = self.path.clone();
        let status = self.send(&path, &fields).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{path}: {}", self.page);
    }

    pub(crate) async fn ask(&self, request: axum::http::request::Builder, body: String) -> Answer {
        let request = request
            .header("accept-language", self.language)
            .header("cookie", &self.cookie)
            .body(Body::from(body));
        ask_of(self.service.clone(), request.expect("a valid request")).await
    }
}

fn escaped(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

/// The value of an attribute of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[start..].split('"').next()
}

/// The tags of a name in a page.
fn tags<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!("<{name} ");
    let parts = page.split(start.as_str()).skip(1);
    parts
        .map(|part| part.split('>').next().unwrap_or_default())
        // So that the first attribute begins with a space, too.
        .map(|tag| &page[tag.as_ptr() as usize - page.as_ptr() as usize - 1..][..tag.len() + 1])
        .collect()
}

/// The form of a page as it stands.
fn form(page: &str) -> Vec<(String, String)> {
    let page = page.split("id=\"formulier\"").nth(1).unwrap_or_default();
    let page = page.split("</form>").next().unwrap_or_default();
    let mut fields = Vec::new();
    for tag in tags(page, "input") {
        let is_choice = matches!(attribute(tag, "type"), Some("radio" | "checkbox"));
        if is_choice && !tag.ends_with(" checked") {
            continue;
        }
        if let Some(name) = attribute(tag, "name") {
            let value = attribute(tag, "value").unwrap_or_default();
            fields.push((name.to_owned(), value.to_owned()));
        }
    }
    for select in page.split("<select ").skip(1) {
        let select = format!(" {}", select.split("</select>").next().unwrap_or_default());
        let chosen = tags(&select, "option").into_iter();
        let chosen = chosen.filter(|tag| tag.ends_with(" selected"));
        let value = chosen.filter_map(|tag| attribute(tag, "value")).next();
        let name = attribute(&select, "name").unwrap_or_default();
        fields.push((name.to_owned(), value.unwrap_or_default().to_owned()));
    }
    fields
}

/// The values of a field that a page offers.
pub(crate) fn offered(page: &str, field: &str) -> Vec<String> {
    let inputs = tags(page, "input").into_iter();
    inputs
        .filter(|tag| attribute(tag, "name") == Some(field))
        .filter_map(|tag| attribute(tag, "value").map(str::to_owned))
        .collect()
}

/// Numbers in an attribute of a page.
pub(crate) fn numbers(page: &str, name: &str) -> Vec<u32> {
    let start = format!("{name}=\"");
    let parts = page.split(start.as_str()).skip(1);
    parts
        .filter_map(|part| part.split('"').next()?.parse().ok())
        .collect()
}

/// Tells a whole story, question by question.
async fn tell(phone: &mut Phone, residence: &str, words: &str) -> Result<(), TestError> {
    phone.open("/mijn/verhaal/over-mij/taal").await;
    let language = phone.language;
    phone.fill(&[("taalkeuze", language)]).await;
    phone.fill(&[("verblijf", residence)]).await;
    phone.fill(&[("eigen", words)]).await;
    assert_eq!(phone.path, "/mijn/verhaal/werk/ervaring");
    assert!(
        !offered(&phone.page, "beroep-0")[0].is_empty(),
        "{words} names an occupation"
    );
    phone
        .fill(&[
            ("soort-0", "informal"),
            ("van-0", "٢٠٠٩"),
            ("tot-0", "2015"),
        ])
        .await;
    assert_eq!(phone.path, "/mijn/verhaal/werk/vaardigheden");
    let skills = offered(&phone.page, "v");
    let ticked: Vec<(&str, &str)> = skills.iter().map(|id| ("v", id.as_str())).collect();
    phone.fill(&ticked).await;
    assert_eq!(offered(&phone.page, "houd").len(), skills.len());
    let level = format!("niveau-{}", skills[0]);
    phone.fill(&[(&level, "expert")]).await;
    phone
        .fill(&[
            ("niveau", "vocational-skilled"),
            ("klaar", "ja"),
            ("papieren", "geen"),
        ])
        .await;
    phone.fill(&[]).await;
    phone
        .fill(&[("spreek-nl", "A2"), ("luister-nl", "A2")])
        .await;
    let wish = offered(&phone.page, "beroep")[0].clone();
    phone.fill(&[("beroep", &wish)]).await;
    phone.fill(&[("uren", "32")]).await;
    phone.fill(&[("altijd", "1")]).await;
    phone.fill(&[("regio-0", "AM11")]).await;
    phone.fill(&[("begin", "0")]).await;
    phone.fill(&[("leren", "ja")]).await;
    phone.fill(&[("lijst", "ja")]).await;
    assert_eq!(phone.path, "/mijn/verhaal");
    assert!(
        phone.page.contains("2009"),
        "a year in other digits is the same year"
    );
    Ok(())
}

async fn from_code_to_explained_work(
    language: Language,
    residence: &str,
    work: &str,
) -> Result<(), TestError> {
    let place = place().await?;
    let wanted = place.open(&vacancy_for(work)?).await?;
    place.open(&vacancy_for("bakker")?).await?;
    let person = place.newcomer("Fictieve Nieuwkomer").await?;
    let words = CATALOGUE
        .name(occupation(work)?, language)
        .filter(|label| label.language == language)
        .ok_or("the catalogue does not speak the language")?;
    let mut phone = place.phone(person, language.code()).await?;
    tell(&mut phone, residence, words.text).await?;
    phone.open("/mijn/werk").await;
    let path = format!("/mijn/werk/{wanted}");
    assert!(phone.page.contains(&path), "{}", phone.page);
    phone.open(&path).await;
    assert!(phone.screens <= MOST_SCREENS, "{} screens", phone.screens);

    let score = numbers(&phone.page, "data-score");
    let points = numbers(&phone.page, "data-points");
    assert_eq!(score, [points.iter().sum::<u32>()]);
    let context = acting(person);
    let app = &place.town.application;
    let work = app.how_work_fits(&context, person, wanted).await?;
    assert_eq!(score, [u32::from(work.explanation.score)]);
    assert!(score[0] >= 400, "{score:?}");
    // The story is whole, and the first page says so.
    let profile = app.read_profile(&context, person).await?.profile;
    assert_eq!(profile.resume_at(), None);
    for path in [
        "/mijn",
        "/mijn/mag-ik-werken",
        "/mijn/wie-zag",
        "/mijn/toestemming",
        "/mijn/plan",
        "/mijn/diploma",
        "/mijn/cv",
        "/mijn/meenemen",
    ] {
        phone.open(path).await;
    }
    Ok(())
}

#[test]
fn a_ukrainian_comes_from_code_to_explained_work() {
    run(from_code_to_explained_work(
        Language::UK,
        "displaced_ukraine",
        "lasser",
    ));
}

#[test]
fn an_eritrean_comes_from_code_to_explained_work() {
    run(from_code_to_explained_work(
        Language::TI,
        "status_holder",
        "kok",
    ));
}

#[test]
fn an_answer_is_saved_resumed_and_lost_by_nothing() {
    run(async {
        let place = place().await?;
        let person = place.newcomer("Fictieve Nieuwkomer").await?;
        let context = acting(person);
        let app = &place.town.application;
        let mut phone = place.phone(person, "nl").await?;
        let path = "/mijn/verhaal/over-mij/verblijf";
        let sent = [("verblijf".to_owned(), "dutch".to_owned())];
        // Another language: shown again with what was chosen, and nothing is saved.
        let status = phone.send(&format!("{path}?taal=ar"), &sent).await;
        assert_eq!(status, StatusCode::OK);
        assert!(phone.page.contains("<html lang=\"ar\" dir=\"rtl\""));
        assert!(form(&phone.page).contains(&sent[0]));
        assert_eq!(app.read_profile(&context, person).await?.version, 0);
        // No answer is a problem at its field; "I do not know" is an answer.
        assert_eq!(phone.send(path, &[]).await, StatusCode::BAD_REQUEST);
        assert!(phone.page.contains("href=\"#verblijf-0\""));
        let unknown = [("onbekend".to_owned(), "1".to_owned())];
        assert_eq!(phone.send(path, &unknown).await, StatusCode::SEE_OTHER);
        // The first page goes on where the story stopped.
        phone.open("/mijn").await;
        assert!(phone.page.contains("href=\"/mijn/verhaal/over-mij/taal\""));
        // Changing from the page with all answers leads back to it.
        phone.open("/mijn/verhaal").await;
        assert!(phone.page.contains("Ik weet het niet"));
        let status = phone.send(&format!("{path}?terug=1"), &sent).await;
        assert_eq!(
            (status, phone.path.as_str()),
            (StatusCode::SEE_OTHER, "/mijn/verhaal")
        );
        assert!(phone.page.contains("Ik ben Nederlander"));
        // What somebody else changed in between is not written over.
        let stale = [sent[0].clone(), ("versie".to_owned(), "0".to_owned())];
        assert_eq!(phone.send(path, &stale).await, StatusCode::CONFLICT);
        // A word that names nothing is a problem; what was typed stays.
        phone.open("/mijn/verhaal/werk/vaardigheden").await;
        let words = [("eigen".to_owned(), "qqqqq".to_owned())];
        let path = phone.path.clone();
        assert_eq!(phone.send(&path, &words).await, StatusCode::BAD_REQUEST);
        assert!(phone.page.contains("value=\"qqqqq\""));
        let words = [("eigen".to_owned(), "TIG-lassen".to_owned())];
        assert_eq!(phone.send(&path, &words).await, StatusCode::OK);
        assert!(!offered(&phone.page, "woord").is_empty());
        Ok::<(), TestError>(())
    });
}

#[test]
fn not_for_me_hides_until_it_is_shown_again() {
    run(async {
        let place = place().await?;
        let vacancy = place.open(&vacancy_for("lasser")?).await?;
        let person = place
            .town
            .newcomer("Fictie", &profile_of("lasser")?)
            .await?;
        let mut phone = place.phone(person, "nl").await?;
        let path = format!("/mijn/werk/{vacancy}");
        let article = format!("id=\"w-{vacancy}\"");
        phone.open("/mijn/werk").await;
        assert!(phone.page.contains(&article) && phone.page.contains("Past goed"));
        let reason = [("reden".to_owned(), "too-far".to_owned())];
        phone.send(&format!("{path}/niet"), &reason).await;
        assert!(!phone.page.contains(&article));
        assert!(phone.page.contains("Te ver weg"), "the reason is shown");
        let profile = place
            .town
            .application
            .read_profile(&acting(person), person)
            .await?
            .profile;
        assert_eq!(profile.dismissed[0].reason.code(), "too-far");
        phone.send(&format!("{path}/toch"), &[]).await;
        phone.open("/mijn/werk").await;
        assert!(phone.page.contains(&article));
        Ok::<(), TestError>(())
    });
}

#[test]
fn a_yes_is_a_consent_and_withdrawn_it_stops_the_next_reading() {
    run(async {
        let place = place().await?;
        let app = &place.town.application;
        let (klantmanager, employer) = (
            &place.town.klantmanager.context,
            &place.town.employer.context,
        );
        let vacancy = place.open(&vacancy_for("lasser")?).await?;
        let person = place
            .town
            .newcomer("Fictie", &profile_of("lasser")?)
            .await?;
        let proposed = app.propose_match(klantmanager, person, vacancy).await?;
        let mut phone = place.phone(person, "nl").await?;
        let path = format!("/mijn/werk/{vacancy}");
        assert!(phone.page.contains(&path) && phone.page.contains("Voorstel voor werk"));
        phone.open(&path).await;
        assert!(phone.page.contains("uw naam en telefoonnummer"));
        let answer = [
            ("voorstel", proposed.to_string()),
            ("versie", "1".to_owned()),
            ("antwoord", "ja".to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value));
        let status = phone.send(&format!("{path}/antwoord"), &answer).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let found = app.matches_of_person(&acting(person), person).await?;
        assert_eq!(found[0].state, MatchState::Agreed);
        app.share_match(klantmanager, proposed, found[0].version)
            .await?;
        assert!(app.open_details(employer, proposed).await.is_ok());

        phone.open("/mijn/wie-zag").await;
        assert!(phone.page.contains("Fictielas"));
        phone.open("/mijn/toestemming").await;
        let receiver = [("voor".to_owned(), offered(&phone.page, "voor")[0].clone())];
        phone.send("/mijn/toestemming/stoppen", &receiver).await;
        assert!(offered(&phone.page, "voor").is_empty());
        let after = app.open_details(employer, proposed).await;
        assert!(matches!(
            after,
            Err(ApplicationError::NotFound | ApplicationError::Forbidden)
        ));
        Ok::<(), TestError>(())
    });
}

#[test]
fn everybody_can_ask_whether_somebody_may_work() {
    run(async {
        let place = place().await?;
        let get = async |path: &str| {
            let request = Request::get(path).header("accept-language", "nl");
            let request = request.body(Body::empty()).expect("a valid request");
            ask_of(place.service.clone(), request).await
        };
        let empty = get("/mag-ik-werken").await;
        assert_eq!(empty.status, StatusCode::OK);
        assert!(!empty.body.contains("Nagekeken op"));
        let answer = get("/mag-ik-werken?verblijf=displaced_ukraine&soort=employment").await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.body.contains("Nagekeken op") && answer.body.contains("Bron"));
        let unknown = get("/mag-ik-werken?verblijf=x&soort=employment").await;
        assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
        // Every situation and kind has an answer in words.
        for situation in application::may_work::residences() {
            for kind in application::may_work::kinds_of_work() {
                let path = format!("/mag-ik-werken?verblijf={situation}&soort={kind}");
                let answer = get(&path).await;
                assert_eq!(answer.status, StatusCode::OK, "{path}");
                assert!(!answer.body.contains('⟦'), "{path}");
            }
        }
        Ok::<(), TestError>(())
    });
}

#[test]
fn a_year_of_another_calendar_becomes_one_of_ours() {
    run(async {
        let place = place().await?;
        let path = "/mijn/verhaal/werk/ervaring";
        for (language, kalender, typed, ours) in [
            ("fa", "", "1394", "2015"),
            ("fa", "", "۱۳۹۴", "2015"),
            ("ar", "", "1436", "2015"),
            ("ti", "ethiopisch", "2007", "2015"),
            ("ti", "", "2007", "2007"),
            ("nl", "", "2007-05", "2007-05"),
        ] {
            let mut told = profile_of("lasser")?;
            let mut work = crate::story::told("Lassen")?;
            work.from = Some("2001".parse()?);
            told.work.push(work);
            let person = place.town.newcomer("Fictie", &told).await?;
            let mut phone = place.phone(person, language).await?;
            phone.open(path).await;
            assert_eq!(phone.page.contains("name=\"kalender\""), language == "ti");
            phone
                .fill(&[("tot-0", typed), ("kalender", kalender)])
                .await;
            let app = &place.town.application;
            let now = app.read_profile(&acting(person), person).await?.profile;
            let years = [now.work[0].from, now.work[0].until];
            let years = years.map(|year| year.map(|year| year.to_string()));
            // What stood there was ours already.
            assert_eq!(
                years,
                [Some("2001".into()), Some(ours.into())],
                "{language}"
            );
        }
        let mut phone = place.phone(place.newcomer("Fictie").await?, "nl").await?;
        phone.open("/mijn/verhaal").await;
        assert!(!phone.page.contains("name=\"kalender\""));
        Ok::<(), TestError>(())
    });
}
