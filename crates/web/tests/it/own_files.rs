//! Files of newcomers over HTTP: a story or a Europass CV brought in, looked at and used.

use axum::http::{Request, StatusCode};
use domain::profile::{AnswerState, ProfileQuestion};
use testkit::database::run;

use crate::newcomer::{Phone, offered, place};
use crate::site::Answer;
use crate::story::{acting, profile_of};
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
