//! Files of newcomers over HTTP: a story or a Europass CV brought in, looked at and used; the plan
//! taken along on paper.

use std::sync::{Arc, Mutex, PoisonError};

use application::obligations::{PdfTemplate, Typesetter, TypesettingError};
use application::{CaseAt, OpenCase};
use axum::http::{Request, StatusCode};
use domain::case::{Code, IntakeTopic, NewStatement, PlanBecause, StatementSource};
use domain::language::Language;
use domain::profile::{AnswerState, ProfileQuestion};
use serde_json::Value;
use testkit::database::run;
use time::Date;
use web::{Settings, Site};

use crate::newcomer::{Phone, offered, place};
use crate::site::Answer;
use crate::story::{CATALOGUE, acting, profile_of};
use crate::world::TestError;

/// A CV as Europass writes it, with everything that must not come along.
const CV: &str = r#"<?xml version="1.0"?>
<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass" locale="nl"><LearnerInfo>
<Identification><PersonName><FirstName>Kanarie</FirstName></PersonName>
<ContactInfo><Address><Contact><Country><Label>Kanarieland</Label></Country></Contact></Address></ContactInfo>
<Demographics><Birthdate year="1958"/></Demographics></Identification>
<WorkExperienceList><WorkExperience><Period><From year="2009" month="--09"/><To year="2014"/></Period>
<Position><Label>Scheepslasser</Label></Position><Activities>Platen lassen</Activities>
<Employer><Name>Kanariewerf</Name></Employer></WorkExperience></WorkExperienceList>
<EducationList><Education><Title>Technische school</Title></Education></EducationList>
<Skills><Linguistic><ForeignLanguageList>
<ForeignLanguage><Description><Code>nl</Code></Description><ProficiencyLevel><Listening>C1</Listening></ProficiencyLevel></ForeignLanguage>
<ForeignLanguage><Description><Code>fr</Code></Description><ProficiencyLevel><Reading>B1</Reading></ProficiencyLevel></ForeignLanguage>
</ForeignLanguageList></Linguistic><JobRelated><Description>Zweven in het luchtruim</Description></JobRelated></Skills>
</LearnerInfo></SkillsPassport>"#;

async fn upload(phone: &Phone, parts: &[(&str, &str)]) -> Answer {
    let mut body = String::new();
    for (name, content) in parts {
        body += &format!(
            "--grens\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{content}\r\n"
        );
    }
    body += "--grens--\r\n";
    let request = Request::post("/mijn/meebrengen")
        .header("content-type", "multipart/form-data; boundary=grens");
    phone.ask(request, body).await
}

/// The file that the preview sends again, with its version.
fn looked_at(page: &str) -> Result<(String, String), TestError> {
    let start = page.split("name=\"inhoud\"").nth(1).ok_or("no file")?;
    let content = start
        .split('>')
        .nth(1)
        .and_then(|rest| rest.split("</textarea").next());
    let content = content.ok_or("no file")?;
    let plain = content.replace("&#34;", "\"").replace("&#39;", "'");
    let version = offered(page, "versie").pop().ok_or("no version")?;
    Ok((
        plain
            .replace("&#60;", "<")
            .replace("&#62;", ">")
            .replace("&#38;", "&"),
        version,
    ))
}

#[test]
fn a_europass_cv_is_looked_at_and_adds_to_what_was_told() {
    run(async {
        let place = place().await?;
        let app = &place.town.application;
        let mut told = profile_of("kok")?;
        for question in [ProfileQuestion::Experience, ProfileQuestion::Education] {
            told.answers.remove(&question);
        }
        let person = place.town.newcomer("Fictie", &told).await?;
        for language in ["en", "ar", "uk", "ti", "tr", "fa", "nl"] {
            let mut phone = place.phone(person, language).await?;
            phone.open("/mijn/meebrengen").await;
            let page = upload(&phone, &[("bestand", CV)]).await;
            assert_eq!(page.status, StatusCode::OK, "{language}: {}", page.body);
            assert!(
                !page.body.contains('⟦') && page.body.contains("Scheepslasser"),
                "{language}"
            );
            for hidden in ["Kanarie", "1958"] {
                assert!(!page.body.contains(hidden), "{hidden} in {language}");
            }
        }
        assert_eq!(
            app.read_profile(&acting(person), person).await?.profile,
            told
        );
        let phone = place.phone(person, "nl").await?;
        let page = upload(&phone, &[("bestand", CV)]).await.body;
        for words in [
            "Dit komt bij wat u al vertelde",
            "Er staat niet welk niveau het was",
            "Zweven in het luchtruim",
        ] {
            assert!(page.contains(words), "{words} is missing");
        }
        let (content, version) = looked_at(&page)?;
        let yes = [
            ("inhoud", content.as_str()),
            ("versie", &version),
            ("gebruiken", "1"),
        ];
        let used = upload(&phone, &yes).await;
        assert_eq!(used.status, StatusCode::SEE_OTHER, "{}", used.body);
        let now = app.read_profile(&acting(person), person).await?.profile;
        let work: Vec<&str> = now.work.iter().map(|work| work.words.as_str()).collect();
        assert_eq!(work, ["Scheepslasser"]);
        assert_eq!(
            now.state(ProfileQuestion::Experience),
            AnswerState::Answered
        );
        assert_eq!(now.state(ProfileQuestion::Education), AnswerState::NotYet);
        // What was told before stays: Dutch, skills, hours; French is new.
        assert_eq!(now.languages[0], told.languages[0]);
        assert_eq!(now.languages[1].language.code(), "fr");
        assert_eq!(
            (now.skills, now.availability),
            (told.skills, told.availability)
        );
        // Somebody who answers late is told that it changed meanwhile, and nothing is lost.
        let late = upload(&phone, &yes).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        Ok::<(), TestError>(())
    });
}

#[test]
fn a_story_replaces_and_what_cannot_be_read_is_answered() {
    run(async {
        let place = place().await?;
        let app = &place.town.application;
        let person = place
            .town
            .newcomer("Fictie", &profile_of("lasser")?)
            .await?;
        let other = place.town.newcomer("Elders", &profile_of("kok")?).await?;
        let file = app.export_profile(&acting(person), person).await?;
        let phone = place.phone(other, "nl").await?;
        let page = upload(&phone, &[("bestand", &file)]).await.body;
        assert!(page.contains("Dit komt in de plaats van wat u eerder vertelde"));
        let (content, version) = looked_at(&page)?;
        let yes = [
            ("inhoud", content.as_str()),
            ("versie", &version),
            ("gebruiken", "1"),
        ];
        assert_eq!(upload(&phone, &yes).await.status, StatusCode::SEE_OTHER);
        let now = app.read_profile(&acting(other), other).await?.profile;
        assert_eq!(now, profile_of("lasser")?);
        for (parts, says) in [
            (vec![], "Kies eerst een bestand"),
            (vec![("bestand", "")], "Kies eerst een bestand"),
            (
                vec![("bestand", "geen bestand")],
                "Wij kunnen dit bestand niet lezen",
            ),
            (
                vec![("bestand", "<html>")],
                "Wij kunnen dit bestand niet lezen",
            ),
            (
                vec![("bestand", "{\"profile\": 1}")],
                "Wij kunnen dit bestand niet lezen",
            ),
        ] {
            let answer = upload(&phone, &parts).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{parts:?}");
            assert!(answer.body.contains(says), "{parts:?}");
        }
        Ok::<(), TestError>(())
    });
}

/// Keeps the data of the document that was set last.
struct Kept(Arc<Mutex<Value>>);

impl Typesetter for Kept {
    fn pdf(
        &self,
        template: PdfTemplate,
        data: &Value,
        _: Language,
        _: Date,
    ) -> Result<Vec<u8>, TypesettingError> {
        assert_eq!(template, PdfTemplate::SideBySide);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = data.clone();
        Ok(b"%PDF-1.7".to_vec())
    }
}

#[test]
fn the_agreed_plan_is_the_persons_on_paper_in_two_languages() {
    run(async {
        let mut place = place().await?;
        let set = Arc::new(Mutex::new(Value::Null));
        let typesetter = Arc::new(Kept(Arc::clone(&set)));
        place.town.application = place.town.application.clone().with_typesetter(typesetter);
        let site = Site::new(Arc::clone(&CATALOGUE), Settings::default())?;
        place.serve(Arc::new(
            site.with_application(place.town.application.clone()),
        ));
        let app = &place.town.application;
        let klantmanager = &place.town.klantmanager.context;
        let person = place
            .town
            .newcomer("Fictieve Kok", &profile_of("kok")?)
            .await?;
        let mut phone = place.phone(person, "ar").await?;
        let mut new = OpenCase::default();
        new.events
            .insert(Code::new("brp_registration")?, app.today());
        let at: CaseAt = app.open_case(klantmanager, person, &new).await?;
        phone.open("/mijn/plan").await;
        assert!(
            !phone.page.contains("/mijn/plan/pdf"),
            "nothing is agreed yet"
        );
        let route = NewStatement {
            topic: IntakeTopic::Learnability,
            text: None,
            fact: Some((Code::new("learning_route")?, Code::new("b1")?)),
            source: StatementSource::Person,
            on: app.today(),
            replaces: None,
        };
        let at = app.add_statements(klantmanager, at, vec![route]).await?.at;
        let drafted = app.draft_plan(klantmanager, at, PlanBecause::First).await?;
        let number = drafted.number.ok_or("no number")?;
        let early = phone
            .ask(Request::get("/mijn/plan/pdf"), String::new())
            .await;
        assert_eq!(early.status, StatusCode::NOT_FOUND, "a draft is not shown");
        let on = app.today();
        let at = app
            .discuss_plan(klantmanager, drafted.at, number, on)
            .await?
            .at;
        app.fix_plan(klantmanager, at, number, on).await?;
        phone.open("/mijn/plan").await;
        assert!(phone.page.contains("/mijn/plan/pdf\"") && phone.page.contains("?alleen=1"));
        for (path, own) in [
            ("/mijn/plan/pdf", Some("ar")),
            ("/mijn/plan/pdf?alleen=1", None),
        ] {
            let file = phone.ask(Request::get(path), String::new()).await;
            assert_eq!(file.header("content-type"), "application/pdf");
            assert_eq!(file.header("cache-control"), "no-store");
            let data = set.lock().unwrap_or_else(PoisonError::into_inner).clone();
            assert_eq!(data["own"]["language"].as_str(), own);
            assert!(
                data["subtitle"]
                    .as_str()
                    .is_some_and(|text| text.contains("Fictieve Kok"))
            );
        }
        let stranger = place.phone(place.newcomer("Ander").await?, "nl").await?;
        let refused = stranger
            .ask(Request::get("/mijn/plan/pdf"), String::new())
            .await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);
        Ok::<(), TestError>(())
    });
}
