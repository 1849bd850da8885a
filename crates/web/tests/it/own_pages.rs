//! The newcomer's own things over HTTP: plan, CV, diplomas, two languages side by side, reasons of
//! employers, what is missing and how long it takes, searching work, and taking data along.

use std::sync::Arc;

use application::OpenCase;
use application::matches::{EmployerAnswer, PersonAnswer};
use application::obligations::{PdfTemplate, Typesetter, TypesettingError};
use axum::http::{Request, StatusCode};
use domain::case::{Code, NewTask, Note, TaskOwner};
use domain::language::Language;
use domain::level::LanguageLevel;
use domain::profile::{Documents, Education, EducationLevel, LanguageSkill};
use domain::rejection::RejectionReason;
use serde_json::Value;
use testkit::database::run;
use time::Date;
use web::{Settings, Site};

use crate::newcomer::{Phone, Place, numbers, offered, place};
use crate::story::{CATALOGUE, acting, essential, profile_of, told, vacancy_for};
use crate::world::TestError;

/// The languages of the interface but Dutch.
const OTHERS: [&str; 6] = ["en", "ar", "uk", "ti", "tr", "fa"];

/// Hands the data of a document back, so that a test can read what would be set.
struct Plain;

impl Typesetter for Plain {
    fn pdf(
        &self,
        template: PdfTemplate,
        data: &Value,
        language: Language,
        _: Date,
    ) -> Result<Vec<u8>, TypesettingError> {
        assert_eq!((template, language), (PdfTemplate::Cv, Language::NL));
        Ok(data.to_string().into_bytes())
    }
}

/// A place where PDF is made.
async fn with_pdf() -> Result<Place, TestError> {
    let mut place = place().await?;
    place.town.application = place
        .town
        .application
        .clone()
        .with_typesetter(Arc::new(Plain));
    let site = Site::new(Arc::clone(&CATALOGUE), Settings::default())?;
    let site = site.with_application(place.town.application.clone());
    place.serve(Arc::new(site));
    Ok(place)
}

async fn get(phone: &Phone, path: &str) -> crate::site::Answer {
    phone.ask(Request::get(path), String::new()).await
}

fn pairs(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    let fields = fields.iter();
    fields
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

#[test]
fn a_cv_holds_what_the_person_chose_and_never_more() {
    run(async {
        let place = with_pdf().await?;
        let mut profile = profile_of("lasser")?;
        profile.work.push(told("لحام السفن")?);
        profile.languages.push(LanguageSkill {
            language: Language::AR,
            listening: Some(LanguageLevel::C2),
            speaking: Some(LanguageLevel::C2),
            reading: None,
            writing: None,
        });
        let person = place.town.newcomer("Fictieve Lasser", &profile).await?;
        let phone = place.phone(person, "ar").await?;
        // As it is offered: nothing that tells age or origin.
        let usual = get(&phone, "/mijn/cv/pdf").await;
        assert_eq!(usual.header("content-type"), "application/pdf");
        assert_eq!(
            usual.header("content-disposition"),
            "attachment; filename=\"cv.pdf\""
        );
        assert_eq!(usual.header("cache-control"), "no-store");
        assert!(usual.body.contains("Fictieve Lasser") && usual.body.contains("لحام السفن"));
        for hidden in ["2009", "Arabisch", "status_holder", "asiel"] {
            assert!(
                !usual.body.contains(hidden),
                "{hidden} is in {}",
                usual.body
            );
        }
        // The person adds years and languages, and leaves the name out; Arabic stands beside.
        let path = "/mijn/cv/pdf?gekozen=1&deel=work&deel=years&deel=skills&deel=other-languages\
                    &ernaast=ar";
        let chosen: Value = get(&phone, path).await.json();
        assert_eq!(chosen["title"], "Curriculum vitae");
        assert_eq!(chosen["second"]["direction"], "rtl");
        assert_eq!(chosen["sections"][0]["title"][0], "Werkervaring");
        assert_eq!(chosen["sections"][0]["title"][1], "الخبرة العملية");
        let text = chosen.to_string();
        assert!(text.contains("2009") && text.contains("Arabisch"));
        assert!(!text.contains("Fictieve"));
        // Nobody else has one.
        let nobody = Request::get("/mijn/cv/pdf");
        let mut stranger = place.phone(place.newcomer("Ander").await?, "nl").await?;
        assert!(!get(&stranger, "/mijn/cv/pdf").await.body.contains("Lasser"));
        stranger.cookie = String::new();
        let refused = stranger.ask(nobody, String::new()).await;
        assert_ne!(refused.status, StatusCode::OK);
        Ok::<(), TestError>(())
    });
}

#[test]
fn the_plan_shows_whose_step_it_is_and_a_tick_can_be_taken_back() {
    run(async {
        let place = place().await?;
        let app = &place.town.application;
        let klantmanager = &place.town.klantmanager.context;
        let person = place.town.newcomer("Fictie", &profile_of("kok")?).await?;
        let mut phone = place.phone(person, "nl").await?;
        phone.open("/mijn/plan").await;
        assert!(phone.page.contains("U hebt nog geen plan"));
        let mut new = OpenCase::default();
        new.events
            .insert(Code::new("brp_registration")?, app.today());
        let at = app.open_case(klantmanager, person, &new).await?;
        let task = |what: &str, who| -> Result<NewTask, TestError> {
            Ok(NewTask {
                what: Note::new(what)?,
                due: Some(app.today().plus_days(3)),
                who,
            })
        };
        let own = task("Bel de rijschool", TaskOwner::Person)?;
        let own = app.add_task(klantmanager, at, own).await?;
        let theirs = task("Vraag een fiets aan", TaskOwner::Klantmanager)?;
        let saved = app.add_task(klantmanager, own.at, theirs).await?;
        phone.open("/mijn/plan").await;
        let place_of = |page: &str, text: &str| page.find(text).unwrap_or_default();
        let page = phone.page.clone();
        assert!(
            place_of(&page, "Bel de rijschool") < place_of(&page, "Dit doet mijn klantmanager")
        );
        assert!(
            place_of(&page, "Dit doet mijn klantmanager") < place_of(&page, "Vraag een fiets aan")
        );
        let number = own.number.ok_or("no number")?.to_string();
        assert_eq!(
            offered(&page, "stap"),
            [number.as_str()],
            "only own tasks are ticked"
        );
        let plan = offered(&page, "plan")[0].clone();
        let tick = |klaar: &'static str, stap: &str| {
            pairs(&[("plan", &plan), ("stap", stap), ("klaar", klaar)])
        };
        phone.send("/mijn/plan", &tick("ja", &number)).await;
        assert!(phone.page.contains("Dit is klaar"));
        let view = app.read_case(klantmanager, saved.at.case).await?;
        let done = view.content.tasks()[0].done.ok_or("the task is not done")?;
        assert_eq!(done.by, None, "the person ticked it");
        phone.send("/mijn/plan", &tick("nee", &number)).await;
        assert!(!phone.page.contains("Dit is klaar"));
        // Tasks of the klantmanager, of others and of nobody are not the person's to tick.
        let other = saved.number.ok_or("no number")?.to_string();
        for stap in [other.as_str(), "999"] {
            let status = phone.send("/mijn/plan", &tick("ja", stap)).await;
            assert_eq!(status, StatusCode::NOT_FOUND);
        }
        let mut stranger = place.phone(place.newcomer("Ander").await?, "nl").await?;
        let status = stranger.send("/mijn/plan", &tick("ja", &number)).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        // The terms of the law have their own names in every language.
        for language in OTHERS {
            let mut phone = place.phone(person, language).await?;
            phone.open("/mijn/plan").await;
            assert!(phone.page.contains("PIP") || phone.page.contains("lang=\"nl\""));
        }
        Ok::<(), TestError>(())
    });
}

#[test]
fn a_doctor_reads_the_route_and_who_has_no_papers_another() {
    run(async {
        let place = place().await?;
        let mut profile = profile_of("arts")?;
        profile.wishes.occupations = vec![crate::story::occupation_uri("arts")?];
        profile.school = vec![Education {
            words: Some("الطب".parse()?),
            level: EducationLevel::Master,
            field: None,
            is_finished: true,
            until: None,
            documents: Some(Documents::None),
            recognition: None,
        }];
        let person = place.town.newcomer("Fictie", &profile).await?;
        let mut phone = place.phone(person, "nl").await?;
        phone.open("/mijn/diploma").await;
        for words in [
            "Indicatie Onderwijsniveau",
            "Gratis",
            "De wet beschermt dit beroep",
            "BIG-register",
            "U mag nog niet in dit beroep werken",
            "Controleer bij de bron",
            "Nagekeken op",
        ] {
            assert!(phone.page.contains(words), "{words} is missing");
        }
        for language in OTHERS {
            let mut phone = place.phone(person, language).await?;
            phone.open("/mijn/diploma").await;
            assert!(phone.page.contains("BIG-register"), "{language}");
        }
        Ok::<(), TestError>(())
    });
}

#[test]
fn two_languages_stand_side_by_side_until_one_is_taken_away() {
    run(async {
        let place = place().await?;
        let person = place.newcomer("Fictie").await?;
        let mut phone = place.phone(person, "ar").await?;
        let path = "/mijn/verhaal/over-mij/verblijf";
        phone.open(path).await;
        assert!(!phone.page.contains("wb-beside"));
        let with = get(&phone, &format!("{path}?naast=nl")).await;
        assert!(with.header("set-cookie").contains("__Host-taal=ar.nl"));
        let dutch = "<span class=\"wb-beside\" lang=\"nl\" dir=\"ltr\">";
        for words in ["Welk verblijf hebt u?", "Ik ben Nederlander"] {
            assert!(with.body.contains(&format!("{dutch}{words}")), "{words}");
        }
        assert!(with.body.contains("<html lang=\"ar\" dir=\"rtl\""));
        // The cookie keeps it; the page offers to take it away.
        let session = phone.cookie.clone();
        phone.cookie = format!("{session}; __Host-taal=ar.nl");
        for path in [
            "/mijn",
            "/mijn/verhaal/werk/vaardigheden",
            "/mijn/plan",
            "/mijn/werk",
        ] {
            phone.open(path).await;
            assert!(phone.page.contains(dutch), "{path}");
            assert!(phone.page.contains("naast=uit"), "{path}");
        }
        let without = get(&phone, &format!("{path}?naast=uit")).await;
        assert!(without.header("set-cookie").contains("__Host-taal=ar;"));
        assert!(!without.body.contains("wb-beside"));
        Ok::<(), TestError>(())
    });
}

#[test]
fn the_reason_of_an_employer_reaches_the_person_in_their_language() {
    run(async {
        let place = place().await?;
        let app = &place.town.application;
        let klantmanager = &place.town.klantmanager.context;
        let employer = &place.town.employer.context;
        let vacancy = place.open(&vacancy_for("lasser")?).await?;
        let person = place
            .town
            .newcomer("Fictie", &profile_of("lasser")?)
            .await?;
        let id = app.propose_match(klantmanager, person, vacancy).await?;
        let agree = PersonAnswer::Agree {
            text_version: "newcomer-consent-1".to_owned(),
        };
        app.decide_match(&acting(person), id, 1, &agree).await?;
        app.share_match(klantmanager, id, 2).await?;
        let reject = EmployerAnswer::Reject(RejectionReason::LanguageLevel.code().parse()?);
        app.answer_match(employer, id, 3, reject).await?;
        let path = format!("/mijn/werk/{vacancy}");
        let mut phone = place.phone(person, "nl").await?;
        phone.open(&path).await;
        assert!(phone.page.contains("De werkgever zegt:"));
        assert!(phone.page.contains("De taal is nog niet genoeg"));
        for language in OTHERS {
            let mut phone = place.phone(person, language).await?;
            phone.open(&path).await;
            assert!(
                !phone.page.contains("De taal is nog niet genoeg"),
                "{language}"
            );
        }
        Ok::<(), TestError>(())
    });
}

#[test]
fn what_is_missing_has_a_time_a_source_and_the_points_add_up() {
    run(async {
        let place = place().await?;
        let mut asks = vacancy_for("lasser")?;
        asks.languages[0].at_start = LanguageLevel::B1;
        asks.languages[0].after_a_year = LanguageLevel::B2;
        let vacancy = place.open(&asks).await?;
        let mut profile = profile_of("lasser")?;
        let first = essential("lasser")?[0].clone();
        profile.skills.retain(|held| held.skill != first);
        let person = place.town.newcomer("Fictie", &profile).await?;
        for language in ["nl", "en", "ar", "uk", "ti", "tr", "fa"] {
            let mut phone = place.phone(person, language).await?;
            phone.open(&format!("/mijn/werk/{vacancy}")).await;
            let score = numbers(&phone.page, "data-score");
            let points = numbers(&phone.page, "data-points");
            assert_eq!(score, [points.iter().sum::<u32>()], "{language}");
            assert!(phone.page.contains("wb-gap"), "{language}");
        }
        let mut phone = place.phone(person, "nl").await?;
        phone.open(&format!("/mijn/werk/{vacancy}")).await;
        // A2 to B1 is 20 to 44 weeks: in months, rounded up.
        let page = phone.page.replace(['\u{2068}', '\u{2069}'], "");
        assert!(page.contains("5 tot 11 maanden"), "{page}");
        assert!(page.contains("Dit is een schatting"));
        assert!(page.contains("Controleer bij de bron"));
        Ok::<(), TestError>(())
    });
}

#[test]
fn open_work_is_searched_by_sector_region_and_hours() {
    run(async {
        let place = place().await?;
        let welder = place.open(&vacancy_for("lasser")?).await?;
        let mut elsewhere = vacancy_for("kok")?;
        elsewhere.place = elsewhere.place.map(|place| domain::vacancy::Place {
            region: "AM01".parse().unwrap_or(place.region),
            municipality: None,
        });
        let cook = place.open(&elsewhere).await?;
        let phone = place.phone(place.newcomer("Fictie").await?, "nl").await?;
        let found = async |query: &str| {
            let answer = get(&phone, &format!("/werk?{query}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{query}");
            let is_in = |id: domain::id::VacancyId| answer.body.contains(&format!("/werk/{id}\""));
            (is_in(welder), is_in(cook))
        };
        assert_eq!(found("").await, (true, true));
        assert_eq!(found("regio=AM11").await, (true, false));
        assert_eq!(found("regio=AM01").await, (false, true));
        assert_eq!(found("uren=16").await, (false, false));
        assert_eq!(found("uren=24").await, (true, true));
        assert_eq!(found("sector=hospitality").await, (false, true));
        // Words that nobody knows leave everything in.
        assert_eq!(
            found("sector=x&regio=%3Cb%3E&uren=zeven").await,
            (true, true)
        );
        let person = place
            .town
            .newcomer("Lasser", &profile_of("lasser")?)
            .await?;
        let mut own = place.phone(person, "nl").await?;
        own.open("/mijn/werk?past=goed&regio=AM11").await;
        assert!(own.page.contains(&format!("id=\"w-{welder}\"")));
        own.open("/mijn/werk?past=nog-niet&regio=AM11").await;
        assert!(!own.page.contains(&format!("id=\"w-{welder}\"")));
        assert!(own.page.contains("Toon weer al het werk"));
        Ok::<(), TestError>(())
    });
}

#[test]
fn a_story_taken_along_is_the_same_story_elsewhere() {
    run(async {
        let place = place().await?;
        let app = &place.town.application;
        let klantmanager = &place.town.klantmanager.context;
        let mut profile = profile_of("lasser")?;
        profile.work.push(told("ብየዳ")?);
        let person = place.town.newcomer("Fictieve Lasser", &profile).await?;
        let phone = place.phone(person, "ti").await?;
        let file = get(&phone, "/mijn/meenemen/bestand").await;
        assert_eq!(file.header("content-type"), "application/json");
        assert!(!file.body.contains("Fictieve"), "a name is not the story");
        let other = place.newcomer("Elders").await?;
        // The klantmanager brings it in; being seen by employers stays the person's own choice.
        let preview = app
            .preview_profile(klantmanager, other, file.body.as_bytes())
            .await?;
        assert_eq!((preview.faults.len(), preview.replaces), (0, false));
        assert_eq!(preview.profile.pool, domain::profile::PoolChoice::NotAsked);
        app.save_profile(klantmanager, other, preview.version, &preview.profile)
            .await?;
        // The person's own file gives exactly the same story.
        let own = app
            .preview_profile(&acting(other), other, file.body.as_bytes())
            .await?;
        assert_eq!(own.profile, profile);
        assert!(own.replaces && own.unknown.is_empty());
        let wrong = app.preview_profile(klantmanager, other, b"{}").await;
        assert!(wrong.is_err());
        Ok::<(), TestError>(())
    });
}

#[test]
fn an_occupation_says_how_much_work_there_is_and_where() {
    run(async {
        let place = place().await?;
        place.open(&vacancy_for("lasser")?).await?;
        let phone = place.phone(place.newcomer("Fictie").await?, "nl").await?;
        let id = crate::site::occupation("lasser").await;
        let page = get(&phone, &format!("/beroepen/{id}")).await.body;
        assert!(page.contains("Heel veel werk") && page.contains("Controleer bij de bron"));
        assert!(page.contains("Wij weten nog niet hoe dit per regio is"));
        assert!(page.contains("Open vacatures op deze site"));
        Ok::<(), TestError>(())
    });
}
