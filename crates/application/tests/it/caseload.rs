//! Many cases: today's order, filters, saved searches, tasks for many, import and export.

use std::collections::{BTreeMap, BTreeSet};

use application::{
    ApplicationError, CaseAt, CaseFilter, Duplicate, DuplicateBy, ImportDecision, ImportReason,
    InvalidInput, ListForm, OpenCase, Whose,
};
use domain::case::{
    Bar, CaseNumber, Channel, Code, Interpreted, NewContact, NewTask, Note, Phase, TaskOwner,
};
use domain::id::CaseId;
use domain::language::Language;
use domain::organisation::{OrganisationKind, Role};
use exchange::sheet::{self, Cell, Limits, Sheet};
use guidance::clock::State;

use crate::{Colleague, TestError, World, prepare};

const DAY: i64 = 86_400;

async fn klantmanager(world: &World) -> Result<Colleague, TestError> {
    let here = world
        .organisation(OrganisationKind::Municipality, "Testdam")
        .await?;
    world
        .colleague(here, Role::Klantmanager, "k@example.org")
        .await
}

/// A case of which the file began so many days ago and the last talk was so many days ago.
async fn case(
    world: &World,
    k: &Colleague,
    name: &str,
    (registered, talked): (i64, Option<i64>),
) -> Result<CaseAt, TestError> {
    let app = &world.application;
    let today = app.today();
    let mut new = OpenCase::default();
    new.events
        .insert(Code::new("brp_registration")?, today.plus_days(-registered));
    new.last_contact = talked.map(|days| NewContact {
        on: today.plus_days(-days),
        channel: Channel::Telephone,
        language: None,
        interpreter: Interpreted::No,
        note: None,
    });
    let person = world.person(&k.context, name).await?;
    Ok(app.open_case(&k.context, person, &new).await?)
}

testkit::on_both_databases! {
    async fn today_has_one_order_for_fifty_cases(world: World) {
        let k = klantmanager(&world).await?;
        let app = &world.application;
        let mut opened = Vec::new();
        for at in 0..50_i64 {
            // Several of each: equal terms are told apart by the last talk, then by id.
            let talked = (at % 7 != 0).then_some(at % 7 + 38);
            opened.push(((at * 13) % 80, talked, case(&world, &k, "Fictie", ((at * 13) % 80, talked)).await?.case));
        }
        let first = app.today_list(&k.context).await?;
        let order: Vec<CaseId> = first.rows.iter().map(|row| row.case).collect();
        let mut expected: Vec<_> = opened
            .iter()
            // The learnability test warns 42 days before day 70; a talk is due after 42 days.
            .filter(|(registered, talked, _)| *registered >= 28 || talked.is_some_and(|days| days >= 42))
            .map(|(registered, talked, case)| {
                let term = if *registered >= 28 { 70 - registered } else { i64::MAX };
                (term, talked.map(|days| -days), *case)
            })
            .collect();
        expected.sort_unstable();
        assert!(expected.len() > 30);
        assert_eq!(order, expected.iter().map(|(_, _, case)| *case).collect::<Vec<_>>());
        assert_eq!(app.today_list(&k.context).await?, first);
        for row in &first.rows {
            let next = row.next.as_ref().ok_or("a row without reason")?;
            assert!(next.due_on.is_some() && next.state != State::Running);
        }
        assert!(!first.truncated);
    }

    async fn lists_narrow_and_searches_are_kept(world: World) {
        let k = klantmanager(&world).await?;
        let app = &world.application;
        let arabic = case(&world, &k, "محمد الزعبي", (0, Some(1))).await?;
        let late = case(&world, &k, "Tesfay", (71, Some(1))).await?;
        let bar = Bar {
            number: Some(CaseNumber::new("2026-0007")?),
            phase: Phase::Matching,
            contact_language: Some(Language::AR),
            ..Bar::default()
        };
        app.change_bar(&k.context, arabic, bar).await?;
        let colleague = {
            let organisation = app.read_case(&k.context, late.case).await?.organisation;
            world.colleague(organisation, Role::Klantmanager, "c@example.org").await?
        };
        let there = world.organisation(OrganisationKind::Municipality, "Elders").await?;
        let stranger = world.colleague(there, Role::Klantmanager, "s@example.org").await?;
        let filters = [
            (CaseFilter { phases: vec![Phase::Matching], ..CaseFilter::default() }, arabic.case),
            (CaseFilter { languages: vec![Language::AR], ..CaseFilter::default() }, arabic.case),
            (CaseFilter { text: "Mohamed al-Zoubi".to_owned(), ..CaseFilter::default() }, arabic.case),
            (CaseFilter { text: "2026-0007".to_owned(), ..CaseFilter::default() }, arabic.case),
            (CaseFilter { clocks: vec![State::Late], ..CaseFilter::default() }, late.case),
        ];
        for (filter, expected) in &filters {
            let found = app.list_cases(&k.context, filter).await?;
            let cases: Vec<CaseId> = found.rows.iter().map(|row| row.case).collect();
            assert_eq!(cases, [*expected], "{filter:?}");
            assert!(app.list_cases(&colleague.context, filter).await?.rows.is_empty(), "not theirs");
            let everyone = CaseFilter { whose: Whose::Everyone, ..filter.clone() };
            assert_eq!(app.list_cases(&colleague.context, &everyone).await?.rows.len(), 1);
            assert!(app.list_cases(&stranger.context, &everyone).await?.rows.is_empty(), "another organisation");
            let of_k = CaseFilter { whose: Whose::Of(k.account), ..filter.clone() };
            assert!(app.list_cases(&stranger.context, &of_k).await?.rows.is_empty());
        }
        let id = app.save_search(&k.context, "Arabisch", &filters[1].0).await?;
        assert!(matches!(app.save_search(&k.context, " Arabisch ", &filters[0].0).await, Err(ApplicationError::AlreadyThere)));
        app.change_search(&k.context, id, 1, ("Te laat", &filters[4].0)).await?;
        assert!(matches!(app.change_search(&k.context, id, 1, ("X", &filters[0].0)).await, Err(ApplicationError::Stale(_))));
        assert!(matches!(app.change_search(&colleague.context, id, 2, ("X", &filters[0].0)).await, Err(ApplicationError::NotFound)));
        assert!(matches!(app.drop_search(&colleague.context, id).await, Err(ApplicationError::NotFound)));
        let kept = app.saved_searches(&k.context).await?;
        assert_eq!(kept.iter().map(|s| (s.name.as_str(), &s.filter)).collect::<Vec<_>>(), [("Te laat", &filters[4].0)]);
        assert!(app.saved_searches(&colleague.context).await?.is_empty());
        app.drop_search(&k.context, id).await?;
        assert!(app.saved_searches(&k.context).await?.is_empty());
    }

    async fn a_task_for_many_goes_to_all_or_none(world: World) {
        let k = klantmanager(&world).await?;
        let app = &world.application;
        let first = case(&world, &k, "Een", (0, Some(0))).await?;
        let second = case(&world, &k, "Twee", (0, Some(0))).await?;
        let closed = case(&world, &k, "Drie", (0, Some(0))).await?;
        app.close_case(&k.context, closed, domain::case::CloseReason::Moved, None).await?;
        let there = world.organisation(OrganisationKind::Municipality, "Elders").await?;
        let stranger = world.colleague(there, Role::Klantmanager, "s@example.org").await?;
        let foreign = case(&world, &stranger, "Vier", (0, Some(0))).await?;
        let task = NewTask { what: Note::new("Invite to the job fair")?, due: Some(app.today().plus_days(3)), who: TaskOwner::Klantmanager };
        let with_foreign = [first.case, foreign.case];
        assert!(matches!(app.add_task_to_many(&k.context, &with_foreign, &task).await, Err(ApplicationError::NotFound)));
        assert!(app.read_case(&k.context, first.case).await?.content.tasks().is_empty());
        assert!(matches!(app.add_task_to_many(&k.context, &[], &task).await, Err(ApplicationError::Invalid(InvalidInput::Amount))));
        let outcome = app.add_task_to_many(&k.context, &[second.case, first.case, first.case, closed.case], &task).await?;
        assert_eq!(outcome.added.iter().map(|(at, _)| at.case).collect::<BTreeSet<_>>(), [first.case, second.case].into());
        assert_eq!(outcome.closed, [closed.case]);
        assert!(app.today_list(&k.context).await?.rows.is_empty());
        world.clock.pass(4 * DAY);
        let late = app.today_list(&k.context).await?;
        assert_eq!(late.rows.len(), 2);
        assert!(late.rows.iter().all(|row| row.next.as_ref().is_some_and(|next| next.state == State::Late)));
    }

    async fn a_file_is_looked_at_first_and_brought_in_after(world: World) {
        let k = klantmanager(&world).await?;
        let app = &world.application;
        let known = world.person(&k.context, "محمد الزعبي").await?;
        let file = "\u{FEFF}voornaam;achternaam;e-mail;nummer;contacttaal;tolk;brp_inschrijving;leerroute\r\n\
            Tesfay;Verzonnen;t@example.org;2026-1;ti;ja;01-02-2026;b1\r\n\
            Mohamed;al-Zoubi;;2026-2;ar;nee;2026-02-01;\r\n\
            ;Naamloos;;2026-3;;;;\r\n\
            Olena;Verzonnen;geen adres;111222333;zz;misschien;2030-01-01;c1\r\n\
            Olena;te weinig\r\n\
            Serhii;Verzonnen;T@example.org;2026-4;uk;;;\r\n\
            ;;;;;;;\r\n";
        let preview = app.preview_import(&k.context, file.as_bytes()).await?;
        let rows: Vec<_> = preview.rows.iter().map(|row| (row.line, row.duplicates.clone())).collect();
        assert_eq!(rows, [
            (2, vec![]),
            (3, vec![Duplicate::Known(known, DuplicateBy::Name)]),
            (7, vec![Duplicate::Line(2, DuplicateBy::Email)]),
        ]);
        let faults: BTreeSet<_> = preview.faults.iter().map(|f| (f.line, f.column.as_deref(), f.reason)).collect();
        let value = |column| (5, Some(column), ImportReason::Value);
        assert_eq!(faults, [
            (4, Some("given_name"), ImportReason::NoName),
            value("email"), value("number"), value("contact_language"), value("interpreter"), value("learning_route"),
            (5, Some("brp_registration"), ImportReason::InTheFuture),
            (6, None, ImportReason::Cells),
        ].into());
        assert!(app.list_cases(&k.context, &CaseFilter::default()).await?.rows.is_empty(), "looking writes nothing");

        let decisions = BTreeMap::from([(7, ImportDecision::Add)]);
        let outcome = app.apply_import(&k.context, file.as_bytes(), &decisions).await?;
        assert_eq!(outcome.added.iter().map(|(line, _, _)| *line).collect::<Vec<_>>(), [2, 7]);
        assert_eq!((outcome.skipped.as_slice(), outcome.faults.len()), ([3].as_slice(), preview.faults.len()));
        let view = app.read_case(&k.context, outcome.added[0].2).await?;
        assert_eq!(view.content.bar().contact_language, Some(Language::TI));
        assert_eq!(view.content.facts().get("learning_route"), Some(&"b1"));
        assert_eq!(view.content.events().get(&Code::new("brp_registration")?), Some(&"2026-02-01".parse()?));
        let again = app.preview_import(&k.context, file.as_bytes()).await?;
        assert!(again.rows.iter().all(|row| !row.duplicates.is_empty()), "a second time everything is known");

        let all = CaseFilter::default();
        let exported = String::from_utf8(app.export_cases(&k.context, &all, ListForm::Csv).await?)?;
        assert!(exported.starts_with("number,given_name,family_name"));
        assert!(exported.contains("2026-1,Tesfay,Verzonnen"));
        assert_eq!(exported.lines().count(), 3);
        let workbook = app.export_cases(&k.context, &all, ListForm::Xlsx).await?;
        let sheets = sheet::read_xlsx(&workbook, &Limits::default())?;
        let rows: Vec<_> = exported.lines().map(|line| line.split(',').count()).collect();
        assert_eq!((sheets.len(), sheets[0].rows.len(), rows), (1, 3, vec![10, 10, 10]));
        assert!(sheets[0].rows.iter().flatten().any(|cell| *cell == Cell::text("Tesfay")));
        for (bad, reason) in [
            (b"\xff\xfe".as_slice(), ImportReason::NotText),
            (b"", ImportReason::NoNameColumn),
            (b"given_name,given_name\nA,B\n", ImportReason::ColumnTwice),
            (b"given_name,religion\nA,B\n", ImportReason::UnknownColumn),
            (b"PK\x03\x04 no workbook", ImportReason::Workbook),
            (b"[{\"format\": 1}]", ImportReason::ClientProfile),
        ] {
            let preview = app.preview_import(&k.context, bad).await?;
            assert!(preview.rows.is_empty());
            assert_eq!(preview.faults.iter().map(|f| f.reason).collect::<Vec<_>>(), [reason]);
        }
        app.verify_audit(&application::Context::machine(), &[]).await?;
    }

    async fn a_workbook_is_brought_in_like_text_and_says_row_and_column(world: World) {
        let k = klantmanager(&world).await?;
        let app = &world.application;
        let text = |cells: &[&str]| cells.iter().map(|cell| Cell::text(*cell)).collect::<Vec<_>>();
        let registered = Cell::Day(time::macros::date!(2026 - 02 - 01));
        let rows = vec![
            text(&["Voornaam", "Achternaam", "Nummer", "Contacttaal", "BRP-inschrijving"]),
            [text(&["Tesfay", "Verzonnen", "2026-1", "ti"]), vec![registered]].concat(),
            vec![],
            text(&["Olena", "Verzonnen", "2026-2", "zz"]),
            text(&["", "Naamloos"]),
        ];
        let list = Sheet { name: "Lijst".into(), rows };
        let day = time::macros::date!(2026 - 11 - 22);
        let file = sheet::write_xlsx(std::slice::from_ref(&list), day)?;
        let preview = app.preview_import(&k.context, &file).await?;
        assert_eq!(preview.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2]);
        let faults: Vec<_> = preview.faults.iter().map(|f| (f.line, f.column.as_deref(), f.reason)).collect();
        assert_eq!(faults, [
            (4, Some("contact_language"), ImportReason::Value),
            (5, Some("given_name"), ImportReason::NoName),
        ]);
        let again = app.preview_import(&k.context, preview.text.as_bytes()).await?;
        assert_eq!(again, preview, "the text that is sent again says the same");
        let outcome = app.apply_import(&k.context, &file, &BTreeMap::new()).await?;
        let view = app.read_case(&k.context, outcome.added[0].2).await?;
        assert_eq!(view.content.events().get(&Code::new("brp_registration")?), Some(&"2026-02-01".parse()?));
        let two = [list, Sheet { name: "Ander".into(), rows: vec![text(&["x"])] }];
        let two = app.preview_import(&k.context, &sheet::write_xlsx(&two, day)?).await?;
        assert_eq!(two.faults.iter().map(|f| f.reason).collect::<Vec<_>>(), [ImportReason::ManySheets]);
    }

    async fn a_client_profile_becomes_a_case_in_reception_with_open_actions(world: World) {
        let k = klantmanager(&world).await?;
        let app = &world.application;
        let file = r#"[{
            "format": "werkbrug-client-profile/1",
            "person": { "given_name": "Samira", "family_name": "Verzonnen", "original_script": "سميرة", "birth": "1990" },
            "number": "TVS-1", "contact_language": "ar", "interpreter": "yes",
            "facts": { "treated_as": "asylum_status_holder", "learning_route": "b1" },
            "told": [
                { "topic": "work_experience", "text": "Five years in a bakery.", "on": "2026-02-01" },
                { "topic": "ambitions", "text": "Her own shop." }
            ],
            "events": { "brp_registration": "2026-03-01" },
            "map_themes": ["occupations", "chances"],
            "actions": [{ "what": "Plan the first talk", "due": "2027-01-10" }, { "what": "Ask for the diploma" }],
            "note": "Lives with her sister."
        }, {
            "format": "werkbrug-client-profile/1",
            "person": { "given_name": " " },
            "facts": { "religion": "any" },
            "events": { "pip_first_signed": "2026-01-01" }
        }]"#;
        let preview = app.preview_import(&k.context, file.as_bytes()).await?;
        assert_eq!(preview.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [1]);
        let faults: BTreeSet<_> = preview.faults.iter().map(|f| (f.line, f.column.as_deref(), f.reason)).collect();
        assert_eq!(faults, [(2, Some("person.given_name"), ImportReason::NoName)].into());
        let outcome = app.apply_import(&k.context, file.as_bytes(), &BTreeMap::new()).await?;
        let view = app.read_case(&k.context, outcome.added[0].2).await?;
        let content = &view.content;
        assert_eq!(content.bar().phase, Phase::Reception);
        assert_eq!(content.tasks().iter().filter(|task| task.done.is_none()).count(), 2);
        assert_eq!((content.themes().len(), content.facts().get("learning_route")), (2, Some(&"b1")));
        let told: Vec<_> = content.present_statements().filter_map(|s| s.text.as_ref()).map(Note::as_str).collect();
        assert_eq!(told, ["Five years in a bakery.", "Her own shop."], "nothing is typed again");
        assert!(content.timeline().iter().any(|entry| entry.note.is_some()));
        let again = app.preview_import(&k.context, file.as_bytes()).await?;
        assert!(!again.rows[0].duplicates.is_empty(), "a second time they are known");
    }

    async fn a_task_for_many_can_be_taken_back_where_nobody_went_on(world: World) {
        let k = klantmanager(&world).await?;
        let app = &world.application;
        let first = case(&world, &k, "Een", (0, Some(0))).await?;
        let second = case(&world, &k, "Twee", (0, Some(0))).await?;
        let task = NewTask { what: Note::new("Invite to the job fair")?, due: None, who: TaskOwner::Klantmanager };
        let outcome = app.add_task_to_many(&k.context, &[first.case, second.case], &task).await?;
        let given: Vec<CaseAt> = outcome.added.iter().map(|(at, _)| *at).collect();
        let went_on = given.iter().find(|at| at.case == second.case).ok_or("no case")?;
        app.add_note(&k.context, *went_on, Note::new("Went on.")?).await?;
        assert_eq!(app.take_back_from_many(&k.context, &given).await?, 1);
        let tasks = async |case| app.read_case(&k.context, case).await.map(|view| view.content.tasks().len());
        assert_eq!((tasks(first.case).await?, tasks(second.case).await?), (0, 1));
    }

    async fn only_klantmanagers_list_cases_and_erased_people_are_gone_from_lists(world: World) {
        let k = klantmanager(&world).await?;
        let app = &world.application;
        let open = case(&world, &k, "Fictie", (71, None)).await?;
        let view = app.read_case(&k.context, open.case).await?;
        let officer = world.colleague(view.organisation, Role::PrivacyOfficer, "p@example.org").await?;
        let newcomer = world.newcomer(&k.context, view.person).await?;
        assert!(matches!(app.today_list(&officer.context).await, Err(ApplicationError::Forbidden)));
        assert!(matches!(app.export_cases(&officer.context, &CaseFilter::default(), ListForm::Csv).await, Err(ApplicationError::Forbidden)));
        assert!(matches!(app.today_list(&newcomer).await, Err(ApplicationError::NotFound)));
        assert!(matches!(app.preview_import(&newcomer, b"given_name\nA\n").await, Err(ApplicationError::NotFound)));
        assert_eq!(app.today_list(&k.context).await?.rows.len(), 1);
        app.add_note(&k.context, open, Note::new("x")?).await?;
        app.keep_draft(&k.context, open.case, &Code::new("note")?, "y").await?;
        app.erase_person(&officer.context, view.person).await?;
        assert!(app.today_list(&k.context).await?.rows.is_empty());
        assert!(store::case_file::previous(app.store(), open.case).await?.is_none());
    }
}
