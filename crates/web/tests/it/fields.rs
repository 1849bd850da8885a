//! What of a person each role sees, field by field (ASVS 8.2.3): every field holds a value that is
//! found nowhere else, every page, file and JSON document that can be read is read by everybody,
//! and which values were in the answers is a file under test, `field-matrix.txt`. A field that
//! appears where that file does not name it fails. Nobody's data is in an address (14.2.1).

mod swapped_ids;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use application::matches::PersonAnswer;
use application::obligations::{PdfTemplate, Typesetter, TypesettingError};
use application::{ConsentTerms, Context, Device, NewApiToken, OpenCase, RegisterPerson};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::case::{
    Bar, CaseNumber, Channel, IntakeTopic, Interpreted, LearningRoute, NewContact, NewStatement,
    NewTask, Note, PlanBecause, PlanContent, PlanPart, PlanTopic, StatementSource, TaskOwner,
};
use domain::id::PersonId;
use domain::language::Language;
use domain::organisation::{OrganisationKind, Role};
use domain::person::{Email, Identity, NamePart, Phone};
use domain::profile::{Education, EducationLevel};
use testkit::database::{TestDatabase, run};
use web::{Settings, Site};

use crate::site::{Answer, ask_of};
use crate::story::{CATALOGUE, Town, acting, profile_of, told, town, vacancy_for};
use crate::world::{self, TestError, World, named, network};

const GOLDEN: &str = include_str!("field-matrix.txt");

/// Every part that a CV can have.
const EVERYTHING_IN_CV: &str = "gekozen=1&deel=name&deel=contact&deel=work&deel=years&deel=skills&deel=school\
                                &deel=licences&deel=work-languages&deel=other-languages&deel=availability";

/// A field of a person, and the forms in which its value may appear in a page.
struct Canary {
    field: &'static str,
    values: Vec<String>,
}

/// Somebody who reads everything, or a program.
struct Reader {
    name: &'static str,
    /// Header by which they are known, and its value.
    known_by: (&'static str, String),
}

impl Reader {
    fn with_session(name: &'static str, token: &str) -> Reader {
        Reader {
            name,
            known_by: ("cookie", format!("__Host-sessie={token}")),
        }
    }
}

/// Something to ask for.
struct Asked {
    /// Method (unless `GET`) and route, for the table.
    route: String,
    path: String,
    /// What is sent, with its media type; none to `GET`.
    sent: Option<(&'static str, String)>,
}

/// Hands the data of a document back, so that what would be set can be read.
struct Plain;

impl Typesetter for Plain {
    fn pdf(
        &self,
        _: PdfTemplate,
        data: &serde_json::Value,
        _: Language,
        _: time::Date,
    ) -> Result<Vec<u8>, TypesettingError> {
        Ok(data.to_string().into_bytes())
    }
}

/// A full installation around one person.
struct Full {
    world: World,
    town: Town,
    service: Router,
    person: PersonId,
    /// What stands in addresses: case, person, vacancy, match.
    ids: Vec<String>,
    /// Number of the plan in the case.
    plan: u32,
    match_id: domain::id::MatchId,
    canaries: Vec<Canary>,
    _database: TestDatabase,
}

fn identity() -> Result<Identity, TestError> {
    let mut identity = named("Kanarieroepnaam")?;
    identity.name.family = Some(NamePart::new("Kanariefamilie")?);
    identity.name.known_as = Some(NamePart::new("Kanariebekend")?);
    identity.name.original_script = Some(NamePart::new("كناريا")?);
    identity.name.as_on_permit = Some(NamePart::new("KANARIEPASJE")?);
    identity.birth = Some("1958-03".parse()?);
    identity.email = Some(Email::new("kanariepost@example.org")?);
    identity.phone = Some(Phone::new("06 12 34 56 78")?);
    Ok(identity)
}

fn canaries(person: PersonId, pseudonym: &str) -> Vec<Canary> {
    let person = person.to_string();
    [
        ("identity.given_or_only", vec!["Kanarieroepnaam"]),
        ("identity.family", vec!["Kanariefamilie"]),
        ("identity.known_as", vec!["Kanariebekend"]),
        ("identity.original_script", vec!["كناريا"]),
        ("identity.as_on_permit", vec!["KANARIEPASJE"]),
        // Not the year alone, which an id may hold by chance.
        (
            "identity.birth",
            vec!["1958-03", " 1958", ">1958", "\"1958"],
        ),
        ("identity.email", vec!["kanariepost@"]),
        ("identity.phone", vec!["612345678", "12 34 56 78"]),
        ("identity.id", vec![person.as_str()]),
        ("statistics.pseudonym", vec![pseudonym]),
        ("profile.residence", vec!["displaced_ukraine\" checked"]),
        ("profile.work.words", vec!["Kanariewerk"]),
        ("profile.school.words", vec!["Kanarieschool"]),
        ("profile.wishes.words", vec!["Kanariewens"]),
        ("case.number", vec!["KZ-4711"]),
        ("case.note", vec!["Kanarienotitie"]),
        ("case.contact", vec!["Kanariegesprek"]),
        ("case.statement", vec!["Kanarieverhaal"]),
        ("case.task", vec!["Kanarieactie"]),
        ("case.plan", vec!["Kanarieplan"]),
    ]
    .into_iter()
    .map(|(field, values)| Canary {
        field,
        values: values.into_iter().map(ToOwned::to_owned).collect(),
    })
    .collect()
}

async fn full() -> Result<Full, TestError> {
    let database = TestDatabase::sqlite()?;
    let world = world::prepare(&database).await?;
    let mut town = town(&world).await?;
    town.application = town.application.with_typesetter(Arc::new(Plain));
    let app = town.application.clone();
    let guide = town.klantmanager.context;
    let vacancy = town.open(&vacancy_for("lasser")?).await?;
    let new = RegisterPerson {
        identity: identity()?,
    };
    let person = app.register_person(&guide, &new).await?;
    let mut profile = profile_of("lasser")?;
    profile.about.residence = Some("displaced_ukraine".parse()?);
    profile.work.push(told("Kanariewerk")?);
    profile.wishes.words.push("Kanariewens".parse()?);
    profile.school.push(Education {
        words: Some("Kanarieschool".parse()?),
        level: EducationLevel::UpperSecondary,
        field: None,
        is_finished: true,
        until: None,
        documents: None,
        recognition: None,
    });
    app.save_profile(&acting(person), person, 0, &profile)
        .await?;
    let (case, plan) = open_case(&town, person).await?;
    // Enough others for employers to see a pool.
    for n in 0..5 {
        town.newcomer(&format!("Fictief {n}"), &profile_of("lasser")?)
            .await?;
    }
    app.refresh_work().await?;
    let proposed = app.propose_match(&guide, person, vacancy).await?;
    let stored = store::person::find(app.store(), person)
        .await?
        .ok_or("nobody")?;
    let pseudonym = stored.pseudonym.ok_or("no pseudonym")?.to_string();
    let site = Site::new(CATALOGUE.clone(), Settings::default())?;
    Ok(Full {
        service: web::router(Arc::new(site.with_application(app))),
        ids: vec![
            case,
            person.to_string(),
            vacancy.to_string(),
            proposed.to_string(),
        ],
        canaries: canaries(person, &pseudonym),
        plan,
        match_id: proposed,
        person,
        town,
        world,
        _database: database,
    })
}

/// Opens the case; gives its id and the number of its plan.
async fn open_case(town: &Town, person: PersonId) -> Result<(String, u32), TestError> {
    let (app, guide) = (&town.application, &town.klantmanager.context);
    let today = app.today();
    let new = OpenCase {
        bar: Bar {
            number: Some(CaseNumber::new("KZ-4711")?),
            ..Bar::default()
        },
        last_contact: Some(NewContact {
            on: today,
            channel: Channel::InPerson,
            language: None,
            interpreter: Interpreted::No,
            note: Some(Note::new("Kanariegesprek")?),
        }),
        ..OpenCase::default()
    };
    let at = app.open_case(guide, person, &new).await?;
    let at = app
        .add_note(guide, at, Note::new("Kanarienotitie")?)
        .await?
        .at;
    let statement = NewStatement {
        topic: IntakeTopic::REQUIRED[0],
        text: Some(Note::new("Kanarieverhaal")?),
        fact: None,
        source: StatementSource::Person,
        on: today,
        replaces: None,
    };
    let at = app.add_statements(guide, at, vec![statement]).await?.at;
    let task = NewTask {
        what: Note::new("Kanarieactie")?,
        due: Some(today),
        who: TaskOwner::Person,
    };
    let at = app.add_task(guide, at, task).await?.at;
    let drafted = app.draft_plan(guide, at, PlanBecause::First).await?;
    let number = drafted.number.ok_or("no plan")?;
    let part = PlanPart {
        topic: PlanTopic::Work,
        text: Note::new("Kanarieplan")?,
        from_statements: Vec::new(),
        instruments: Vec::new(),
    };
    let plan = PlanContent {
        route: Some(LearningRoute::B1),
        parts: vec![part],
    };
    let at = app.change_plan(guide, drafted.at, number, plan).await?.at;
    let at = app.discuss_plan(guide, at, number, today).await?.at;
    app.fix_plan(guide, at, number, today).await?;
    Ok((at.case.to_string(), number))
}

impl Full {
    /// A member of staff who is logged in.
    async fn staff(
        &self,
        name: &'static str,
        organisation: (OrganisationKind, &str),
        role: Role,
    ) -> Result<Reader, TestError> {
        let all = self
            .town
            .application
            .list_organisations(&Context::machine())
            .await?;
        let known = all.into_iter().find(|one| one.name == organisation.1);
        let id = match known {
            Some(known) => known.id,
            None => {
                self.world
                    .organisation(organisation.0, organisation.1)
                    .await?
            }
        };
        let login = format!("{}@example.org", name.replace(' ', "."));
        let colleague = self.world.colleague(id, role, &login).await?;
        Ok(Reader::with_session(name, colleague.token.reveal()))
    }

    /// A program with everything that a token of such an organisation can be given.
    async fn program(
        &self,
        name: &'static str,
        (kind, organisation): (OrganisationKind, &str),
    ) -> Result<Reader, TestError> {
        let app = &self.town.application;
        let all = app.list_organisations(&Context::machine()).await?;
        let organisation = all.into_iter().find(|one| one.name == organisation);
        let new = NewApiToken {
            organisation: organisation.ok_or("no organisation")?.id,
            name: "Proefprogramma",
            scopes: kind.scopes(),
            days: 30,
        };
        let (_, token) = app.make_api_token(&Context::machine(), new).await?;
        Ok(Reader {
            name,
            known_by: ("authorization", format!("Bearer {}", token.reveal())),
        })
    }

    async fn newcomer(&self, name: &'static str, person: PersonId) -> Result<Reader, TestError> {
        let app = &self.town.application;
        let guide = &self.town.klantmanager.context;
        let paper = app.issue_login_code(guide, person).await?;
        let begun = app
            .redeem_login_code(network(9), paper.code.reveal(), Device::Own)
            .await?;
        Ok(Reader::with_session(name, begun.token.reveal()))
    }

    /// Everybody who reads, but for the employer, who reads three times.
    async fn readers(&self) -> Result<Vec<Reader>, TestError> {
        use OrganisationKind::{Employer, Ministry, Municipality, Operator, Partner, Region};

        let own = (Municipality, "Testdam");
        let other = self.town.newcomer("Ander", &profile_of("lasser")?).await?;
        Ok(vec![
            Reader::with_session("nobody", ""),
            Reader::with_session(
                "klantmanager of the person",
                self.town.klantmanager.token.reveal(),
            ),
            self.newcomer("newcomer themselves", self.person).await?,
            self.newcomer("newcomer other", other).await?,
            self.staff("klantmanager own", own, Role::Klantmanager)
                .await?,
            self.staff("coordinator own", own, Role::Coordinator)
                .await?,
            self.staff("policy officer own", own, Role::PolicyOfficer)
                .await?,
            self.staff("administrator own", own, Role::Administrator)
                .await?,
            self.staff("privacy officer own", own, Role::PrivacyOfficer)
                .await?,
            self.staff(
                "klantmanager other",
                (Municipality, "Elders"),
                Role::Klantmanager,
            )
            .await?,
            self.staff(
                "klantmanager partner",
                (Partner, "Stichting"),
                Role::Klantmanager,
            )
            .await?,
            self.staff(
                "employer other",
                (Employer, "Fictiebakker"),
                Role::EmployerContact,
            )
            .await?,
            self.staff(
                "administrator employer",
                (Employer, "Fictielas"),
                Role::Administrator,
            )
            .await?,
            self.staff(
                "policy officer region",
                (Region, "Regio"),
                Role::PolicyOfficer,
            )
            .await?,
            self.staff(
                "policy officer ministry",
                (Ministry, "Ministerie"),
                Role::PolicyOfficer,
            )
            .await?,
            self.staff(
                "administrator operator",
                (Operator, "Beheer"),
                Role::Administrator,
            )
            .await?,
            self.staff(
                "privacy officer operator",
                (Operator, "Beheer"),
                Role::PrivacyOfficer,
            )
            .await?,
            self.program("program municipality", own).await?,
            self.program("program employer", (Employer, "Fictielas"))
                .await?,
            self.program("program partner", (Partner, "Stichting"))
                .await?,
            self.program("program ministry", (Ministry, "Ministerie"))
                .await?,
        ])
    }

    /// Everything that can be read, with every id in every place.
    fn readable(&self) -> Vec<Asked> {
        let mut all = Vec::new();
        let mut ask = |route: &str, path: String| {
            all.push(Asked {
                route: route.to_owned(),
                path,
                sent: None,
            });
        };
        for route in web::declared_routes() {
            if route.method != "GET" || route.path.starts_with("/static/") {
                continue;
            }
            let path = route
                .path
                .replace("{indicator}", "paid-work")
                .replace("{nummer}", "1")
                .replace("{number}", &self.plan.to_string());
            if path.contains("{deel}") {
                for (part, question) in QUESTIONS {
                    let filled = path.replace("{deel}", part).replace("{vraag}", question);
                    ask(route.path, filled);
                }
            } else if path.contains("{id}") {
                for id in &self.ids {
                    ask(route.path, path.replace("{id}", id));
                }
            } else {
                ask(route.path, path);
            }
        }
        ask(
            "/vacatures/{id}",
            format!("/vacatures/{}?alle=1", self.ids[2]),
        );
        // The topic about which something was told.
        ask(
            "/mensen/{id}/intake",
            format!("/mensen/{}/intake?deel=work_experience", self.ids[0]),
        );
        ask("/mijn/cv/pdf", format!("/mijn/cv/pdf?{}", EVERYTHING_IN_CV));
        all.extend(self.answers_to_forms());
        all
    }

    /// Pages and files that are the answer to a form and change nothing but the log.
    fn answers_to_forms(&self) -> Vec<Asked> {
        let form = "application/x-www-form-urlencoded";
        let sent = |path: &str, media_type, body: &str| Asked {
            route: format!("POST {path}"),
            path: path.to_owned(),
            sent: Some((media_type, body.to_owned())),
        };
        // Somebody with the same address as the person, to see who is said to be known.
        let file = "--grens\r\nContent-Disposition: form-data; name=\"bestand\"; \
                    filename=\"lijst.csv\"\r\n\r\ngiven_name,email\nAnder,kanariepost@example.org\n\
                    \r\n--grens--\r\n";
        vec![
            sent("/mensen/uitvoer", form, "vorm=csv&wiens=everyone"),
            sent("/mensen", form, "wie=Kanarie&wiens=everyone"),
            sent(
                "/mensen/invoer",
                "multipart/form-data; boundary=grens",
                file,
            ),
            sent("/privacy-beheer", form, &format!("persoon={}", self.person)),
        ]
    }

    /// Addresses are kept by browsers and logs: what tells who somebody is may not be in one.
    fn check_addresses(&self, answer: &Answer, page: &str) {
        let linked = ["href=\"", "action=\"", "src=\""]
            .into_iter()
            .flat_map(|attribute| answer.body.split(attribute).skip(1))
            .filter_map(|rest| rest.split('"').next())
            .filter(|address| !address.starts_with("mailto:") && !address.starts_with("tel:"));
        for address in linked.chain([answer.header("location")]) {
            for canary in &self.canaries {
                let tells = canary.field.starts_with("identity.") && canary.field != "identity.id";
                let mut values = canary.values.iter();
                assert!(
                    !tells || !values.any(|value| address.contains(value.trim_end_matches('@'))),
                    "{} in {address} on {page}",
                    canary.field
                );
            }
        }
    }

    async fn ask(&self, reader: &Reader, asked: &Asked) -> Answer {
        let mut request = Request::builder()
            .uri(&asked.path)
            .header("accept-language", "nl")
            .header(reader.known_by.0, &reader.known_by.1);
        let mut body = Body::empty();
        if let Some((media_type, sent)) = &asked.sent {
            request = request.method("POST").header("content-type", *media_type);
            body = Body::from(sent.clone());
        }
        let request = request.body(body).expect("a valid request");
        ask_of(self.service.clone(), request).await
    }

    /// Fields that a reader saw, with the routes on which they stood.
    async fn seen_by(&self, reader: &Reader) -> BTreeMap<&'static str, BTreeSet<String>> {
        let mut seen: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
        for asked in self.readable() {
            let answer = self.ask(reader, &asked).await;
            let sent = asked.sent.as_ref().map_or("", |(_, body)| body.as_str());
            assert_ne!(
                answer.status,
                StatusCode::INTERNAL_SERVER_ERROR,
                "{} as {}",
                asked.path,
                reader.name
            );
            self.check_addresses(&answer, &asked.path);
            // The address that was asked for is no news to whoever asked, nor what was sent.
            let body = answer.body.replace(&asked.path, "");
            for canary in &self.canaries {
                let values = canary.values.iter().map(String::as_str);
                let mut values = values.filter(|value| !sent.contains(value));
                if values.any(|value| body.contains(value)) {
                    let routes = seen.entry(canary.field).or_default();
                    routes.insert(asked.route.clone());
                }
            }
        }
        seen
    }
}

/// Parts and questions of the story, as they stand in addresses.
const QUESTIONS: [(&str, &str); 14] = [
    ("over-mij", "taal"),
    ("over-mij", "verblijf"),
    ("werk", "ervaring"),
    ("werk", "vaardigheden"),
    ("school", "opleiding"),
    ("school", "rijbewijs"),
    ("talen", "talen"),
    ("wensen", "wens"),
    ("wensen", "uren"),
    ("wensen", "dagen"),
    ("wensen", "waar"),
    ("wensen", "begin"),
    ("wensen", "leren"),
    ("wensen", "werkgevers"),
];

/// What an employer may see once the person agreed, and nothing else.
const AFTER_CONSENT: [&str; 5] = [
    "identity.given_or_only",
    "identity.family",
    "identity.known_as",
    "identity.email",
    "identity.phone",
];

#[test]
fn every_field_is_seen_by_those_who_may_and_by_nobody_else() {
    run(async {
        let full = full().await?;
        let app = full.town.application.clone();
        let employer = |name| Reader::with_session(name, full.town.employer.token.reveal());
        let mut matrix = Vec::new();
        let before = employer("employer before consent");
        matrix.push((before.name, full.seen_by(&before).await));
        let (me, person) = (acting(full.person), full.person);
        let yes = PersonAnswer::Agree {
            text_version: "2026-1".into(),
        };
        app.decide_match(&me, full.match_id, 1, &yes).await?;
        let agreed = employer("employer before sharing");
        matrix.push((agreed.name, full.seen_by(&agreed).await));
        app.share_match(&full.town.klantmanager.context, full.match_id, 2)
            .await?;
        let readers = full.readers().await?;
        let partner = app.list_organisations(&Context::machine()).await?;
        let partner = partner
            .iter()
            .find(|one| one.name == "Stichting")
            .ok_or("no partner")?;
        app.give_consent(&me, person, partner.id, &ConsentTerms::contact("2026-1"))
            .await?;
        let shared = employer("employer after consent");
        matrix.push((shared.name, full.seen_by(&shared).await));
        for reader in &readers {
            matrix.push((reader.name, full.seen_by(reader).await));
        }
        app.withdraw_consent(&me, person, full.town.workshop)
            .await?;
        let after = employer("employer after withdrawal");
        matrix.push((after.name, full.seen_by(&after).await));

        for (name, seen) in &matrix {
            let fields: Vec<&str> = seen.keys().copied().collect();
            match *name {
                "newcomer themselves" => assert!(fields.len() >= 3, "{fields:?}"),
                "klantmanager of the person" | "klantmanager own" => {
                    assert!(fields.len() > 8, "{fields:?}");
                }
                "employer after consent" => {
                    let too_much = fields.iter().find(|field| !AFTER_CONSENT.contains(field));
                    assert_eq!(too_much, None);
                    assert_eq!(fields.len(), AFTER_CONSENT.len(), "{fields:?}");
                }
                // The person agreed to share with this organisation too; the id is in the address
                // of what is shared.
                "klantmanager partner" => {
                    let may =
                        |field: &&str| AFTER_CONSENT.contains(field) || *field == "identity.id";
                    let too_much = fields.iter().find(|field| !may(field));
                    assert_eq!(too_much, None);
                }
                _ => assert!(fields.is_empty(), "{name} sees {seen:?}"),
            }
        }
        compare(&table(&full.canaries, &matrix));
        Ok::<(), TestError>(())
    });
}

fn table(
    canaries: &[Canary],
    matrix: &[(&'static str, BTreeMap<&'static str, BTreeSet<String>>)],
) -> String {
    let mut table = String::from(
        "# Which fields of a person are in what a role can read: pages, files, JSON; written by the\n\
         # test `fields`. Who is not named under a field sees it nowhere.\n# Readers:",
    );
    for (name, _) in matrix {
        let _ = write!(table, " {name};");
    }
    table.push('\n');
    for canary in canaries {
        let _ = writeln!(table, "\n{}", canary.field);
        for (name, seen) in matrix {
            if let Some(routes) = seen.get(canary.field) {
                let routes: Vec<&str> = routes.iter().map(String::as_str).collect();
                let _ = writeln!(table, "  {name}: {}", routes.join(" "));
            }
        }
    }
    table
}

fn compare(table: &str) {
    if std::env::var_os("WERKBRUG_UPDATE_GOLDEN").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/field-matrix.txt");
        std::fs::write(path, table).unwrap_or_else(|error| panic!("{error}"));
        return;
    }
    assert!(
        table == GOLDEN,
        "what people see changed; if that is meant, run this test with WERKBRUG_UPDATE_GOLDEN=1\n{table}"
    );
}
