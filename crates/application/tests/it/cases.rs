//! The klantmanager's journey with one case: intake, barriers, plan, placement, hand-over.

use std::sync::{Arc, Mutex, PoisonError};

use application::obligations::{PdfTemplate, Typesetter, TypesettingError};
use application::{
    ApplicationError, CaseAt, CaseView, Context, DecideAdvice, InvalidInput, OpenCase, PlanPaper,
};
use domain::case::{
    Bar, BarrierSource, CaseFault, CaseNumber, CheckInOutcome, Choice, CloseReason, Code,
    EndReason, IntakeTopic, LearningRoute, NewPlacement, NewStatement, NewTask, Note, Phase,
    PlanBecause, PlanState, PlanTopic, StatementSource, TaskOwner,
};
use domain::day::Day;
use domain::language::Language;
use domain::organisation::{OrganisationKind, Role};
use domain::placement::PlaceKind;
use guidance::clock::State;
use language::Messages;
use serde_json::Value;

use crate::{Colleague, TestError, World, prepare};

const DAY: i64 = 86_400;

/// A klantmanager of a municipality with an open case.
struct Desk {
    k: Colleague,
    at: CaseAt,
    today: Day,
}

async fn desk(world: &World) -> Result<Desk, TestError> {
    let here = world
        .organisation(OrganisationKind::Municipality, "Testdam")
        .await?;
    let k = world
        .colleague(here, Role::Klantmanager, "k@example.org")
        .await?;
    let person = world.person(&k.context, "Fictie").await?;
    let today = world.application.today();
    let mut new = OpenCase::default();
    new.events.insert(Code::new("brp_registration")?, today);
    let at = world
        .application
        .open_case(&k.context, person, &new)
        .await?;
    Ok(Desk { k, at, today })
}

fn clock(view: &CaseView, id: &str) -> Result<(State, Option<Day>), TestError> {
    let clocks = view.guidance.clocks()?;
    let found = clocks.iter().find(|clock| clock.clock == id);
    let found = found.ok_or("no such clock")?;
    Ok((found.state, found.deadline))
}

fn statement(topic: IntakeTopic, text: &str) -> Result<NewStatement, TestError> {
    Ok(NewStatement {
        topic,
        text: Some(Note::new(text)?),
        fact: None,
        source: StatementSource::Person,
        on: "2026-03-02".parse()?,
        replaces: None,
    })
}

fn with_fact(
    mut statement: NewStatement,
    name: &str,
    value: &str,
) -> Result<NewStatement, TestError> {
    statement.fact = Some((Code::new(name)?, Code::new(value)?));
    Ok(statement)
}

fn trial(from: &str, until: &str, intent: bool) -> Result<NewPlacement, TestError> {
    let mut conditions = vec![
        (Code::new("worked_there_before")?, Code::new("no")?),
        (Code::new("displaces_staff")?, Code::new("no")?),
        (Code::new("intent_months")?, Code::new("6")?),
    ];
    if intent {
        conditions.push((Code::new("intent_declared")?, Code::new("yes")?));
    }
    Ok(NewPlacement {
        kind: PlaceKind::TrialPlacement,
        employer: Note::new("Fictiebakker")?,
        from: from.parse()?,
        until: Some(until.parse()?),
        hours_per_week: 24,
        work_group: None,
        conditions,
        aftercare: None,
    })
}

/// Fills in an intake and fixes the first plan on a day.
async fn fix_first_plan(world: &World, desk: &Desk, on: Day) -> Result<CaseAt, TestError> {
    let (app, context) = (&world.application, &desk.k.context);
    let at = app.read_case(context, desk.at.case).await?.at;
    let route = with_fact(
        statement(IntakeTopic::Learnability, "The test says B1.")?,
        "learning_route",
        "b1",
    )?;
    let at = app.add_statements(context, at, vec![route]).await?.at;
    let drafted = app.draft_plan(context, at, PlanBecause::First).await?;
    let number = drafted.number.ok_or("no plan")?;
    let at = app.discuss_plan(context, drafted.at, number, on).await?.at;
    Ok(app.fix_plan(context, at, number, on).await?.at)
}

async fn waiting(world: &World, context: &Context) -> Result<Vec<(String, State)>, TestError> {
    let list = world.application.today_list(context).await?;
    let rows = list
        .rows
        .iter()
        .flat_map(|row| row.next.iter().chain(&row.also));
    Ok(rows.map(|next| (next.code.clone(), next.state)).collect())
}

/// Keeps what it was asked to set.
#[derive(Default)]
struct Paper(Mutex<Option<Value>>);

impl Typesetter for Paper {
    fn pdf(
        &self,
        _template: PdfTemplate,
        data: &Value,
        _language: Language,
        _made_on: time::Date,
    ) -> Result<Vec<u8>, TypesettingError> {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *last = Some(data.clone());
        Ok(b"%PDF".to_vec())
    }
}

impl Paper {
    fn last(&self) -> Result<Value, TestError> {
        let last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(last.clone().ok_or("nothing was set")?)
    }
}

testkit::on_both_databases! {
    async fn a_plan_is_in_time_on_day_70_and_late_on_day_71(world: World) {
        let desk = desk(&world).await?;
        let (app, context) = (&world.application, &desk.k.context);
        let deadline = desk.today.plus_days(70);
        let bare = app.read_case(context, desk.at.case).await?;
        assert_eq!(clock(&bare, "pip")?, (State::Running, Some(deadline)));
        assert!(waiting(&world, context).await?.is_empty());
        world.clock.pass(70 * DAY);
        let last_day = app.read_case(context, desk.at.case).await?;
        assert_eq!(clock(&last_day, "pip")?, (State::Due, Some(deadline)));
        assert!(waiting(&world, context).await?.contains(&("pip".to_owned(), State::Due)));
        world.clock.pass(DAY);
        let late = app.read_case(context, desk.at.case).await?;
        assert_eq!(clock(&late, "pip")?, (State::Late, Some(deadline)));
        let today = app.today_list(context).await?;
        let row = today.rows.first().ok_or("nothing waits")?;
        let pip = row.next.iter().chain(&row.also).find(|next| next.code == "pip").ok_or("no pip")?;
        assert_eq!((pip.state, pip.due_on), (State::Late, Some(deadline)));
        assert!(pip.article.as_deref().is_some_and(|article| article.contains("art. 15")));
        fix_first_plan(&world, &desk, app.today()).await?;
        let done = app.read_case(context, desk.at.case).await?;
        assert_eq!(clock(&done, "pip")?.0, State::DoneLate);
        let row = app.today_list(context).await?;
        assert!(row.rows.iter().flat_map(|row| &row.next).all(|next| next.code != "pip"));
    }

    async fn the_term_begins_the_day_after_the_first_plan_and_a_revision_keeps_it(world: World) {
        let desk = desk(&world).await?;
        let (app, context) = (&world.application, &desk.k.context);
        let at = fix_first_plan(&world, &desk, desk.today).await?;
        let first = app.read_case(context, at.case).await?;
        let term = clock(&first, "term")?.1;
        assert_eq!(term, Some(desk.today.plus_days(1).last_of_term(36)));
        world.clock.pass(100 * DAY);
        let at = app.set_event(context, at, Code::new("route_changed")?, Some(app.today())).await?.at;
        let changed = app.read_case(context, at.case).await?;
        assert_eq!(clock(&changed, "pip-after-route-change")?.0, State::Due);
        assert!(waiting(&world, context).await?.contains(&("pip-after-route-change".to_owned(), State::Due)));
        let drafted = app.draft_plan(context, at, PlanBecause::RouteChange).await?;
        let number = drafted.number.ok_or("no plan")?;
        let mut plan = app.read_case(context, at.case).await?.content.open_plan().ok_or("no plan")?.content.clone();
        plan.route = Some(LearningRoute::Z);
        let at = app.change_plan(context, drafted.at, number, plan).await?.at;
        let too_soon = app.fix_plan(context, at, number, app.today()).await;
        assert!(matches!(too_soon, Err(ApplicationError::Invalid(InvalidInput::Case(CaseFault::PlanState)))));
        let at = app.discuss_plan(context, at, number, app.today()).await?.at;
        app.fix_plan(context, at, number, app.today()).await?;
        let revised = app.read_case(context, at.case).await?;
        assert_eq!(clock(&revised, "term")?.1, term);
        assert_eq!(clock(&revised, "pip-after-route-change")?.0, State::Done);
        let states: Vec<_> = revised.content.plans().iter().map(|plan| (plan.version, plan.state)).collect();
        assert_eq!(states, [(1, PlanState::Revised), (2, PlanState::Fixed)]);
        assert_eq!(clock(&revised, "map")?.0, State::Running, "the Z-route has the module");
    }

    async fn a_complete_intake_fills_the_plan_and_nothing_is_asked_twice(world: World) {
        let desk = desk(&world).await?;
        let (app, context) = (&world.application, &desk.k.context);
        let some = vec![
            statement(IntakeTopic::WorkExperience, "Baker for nine years.")?,
            with_fact(statement(IntakeTopic::Network, "Knows nobody here.")?, "network", "none")?,
        ];
        let at = app.add_statements(context, desk.at, some).await?.at;
        let refused = app.finish_intake(context, at, desk.today).await;
        assert!(matches!(refused, Err(ApplicationError::Invalid(InvalidInput::IntakeIncomplete))));
        let unknown = with_fact(statement(IntakeTopic::Network, "x")?, "religion", "none")?;
        let refused = app.add_statements(context, at, vec![unknown]).await;
        assert!(matches!(refused, Err(ApplicationError::Invalid(InvalidInput::UnknownToGuidance))));
        let missing = app.read_case(context, at.case).await?.content.missing_topics();
        assert_eq!(missing.len(), IntakeTopic::REQUIRED.len() - 2);
        let rest = missing.into_iter().map(|topic| statement(topic, "Told.")).collect::<Result<Vec<_>, _>>()?;
        let at = app.add_statements(context, at, rest).await?.at;
        // The same fact again replaces what was said before.
        let again = with_fact(statement(IntakeTopic::Network, "A few colleagues.")?, "network", "small")?;
        let at = app.add_statements(context, at, vec![again]).await?.at;
        let at = app.finish_intake(context, at, desk.today).await?.at;
        app.draft_plan(context, at, PlanBecause::First).await?;
        let view = app.read_case(context, at.case).await?;
        assert_eq!(clock(&view, "intake")?.0, State::Done);
        assert_eq!(view.content.facts().get("network"), Some(&"small"));
        let plan = view.content.open_plan().ok_or("no plan")?;
        let part = |topic| plan.content.parts.iter().find(|part| part.topic == topic);
        let situation = part(PlanTopic::Situation).ok_or("no part")?;
        assert!(situation.text.as_str().contains("Baker for nine years."));
        assert_eq!(situation.from_statements.first(), Some(&view.content.statements()[0].number));
        let labour = part(PlanTopic::LabourMarket).ok_or("no part")?;
        assert_eq!(labour.text.as_str(), "A few colleagues.");
    }

    async fn a_trial_placement_keeps_to_its_rules(world: World) {
        let desk = desk(&world).await?;
        let (app, context) = (&world.application, &desk.k.context);
        for (until, intent, rule) in [
            ("2026-09-09", true, "trial-too-long"),
            ("2026-04-08", false, "trial-no-intent"),
        ] {
            let refused = app.start_placement(context, desk.at, trial("2026-03-09", until, intent)?).await;
            let Err(ApplicationError::Refused(refusal)) = refused else {
                return Err(format!("{refused:?}").into());
            };
            assert_eq!(refusal.rule.as_deref(), Some(rule));
            assert!(refusal.article.is_some_and(|article| article.contains("Participatiewet")));
        }
        let mut open_end = trial("2026-03-09", "2026-03-09", true)?;
        open_end.until = None;
        let refused = app.start_placement(context, desk.at, open_end).await;
        let Err(ApplicationError::Refused(refusal)) = refused else {
            return Err(format!("{refused:?}").into());
        };
        assert_eq!((refusal.rule, refusal.missing), (None, vec!["duration_months"]));
        let placed = app.start_placement(context, desk.at, trial("2026-03-09", "2026-09-08", true)?).await?;
        let view = app.read_case(context, desk.at.case).await?;
        let placement = view.content.placements().first().ok_or("no placement")?;
        assert_eq!(placement.rule.as_ref().map(Code::as_str), Some("trial-allowed"));
        let before = app.end_placement(context, placed.at, placement.number, ("2026-03-01".parse()?, EndReason::Other)).await;
        assert!(matches!(before, Err(ApplicationError::Invalid(InvalidInput::Case(CaseFault::EndsBeforeItBegins)))));
    }

    async fn check_ins_are_due_after_1_3_6_12_and_24_months(world: World) {
        let desk = desk(&world).await?;
        let (app, context) = (&world.application, &desk.k.context);
        let job = NewPlacement {
            kind: PlaceKind::Regular,
            employer: Note::new("Fictiebakker")?,
            from: desk.today,
            until: None,
            hours_per_week: 32,
            work_group: None,
            conditions: vec![(Code::new("pays_wage")?, Code::new("yes")?)],
            aftercare: Some(Note::new("Jobcoach every fortnight")?),
        };
        let placed = app.start_placement(context, desk.at, job).await?;
        let number = placed.number.ok_or("no placement")?;
        let view = app.read_case(context, desk.at.case).await?;
        let dues = |view: &CaseView| -> Vec<(u32, String)> {
            view.content.placements().iter().flat_map(|p| &p.check_ins)
                .filter(|c| c.done.is_none()).map(|c| (c.months, c.due.to_string())).collect()
        };
        let expected = [(1, "2026-04-02"), (3, "2026-06-02"), (6, "2026-09-02"), (12, "2027-03-02"), (24, "2028-03-02")];
        assert_eq!(dues(&view), expected.map(|(months, day)| (months, day.to_owned())));
        world.clock.pass(31 * DAY);
        assert!(waiting(&world, context).await?.contains(&(format!("{number}:1"), State::Due)));
        let none = app.record_check_in(context, placed.at, (number, 2), (app.today(), CheckInOutcome::Well, None)).await;
        assert!(matches!(none, Err(ApplicationError::Invalid(InvalidInput::Case(CaseFault::NoSuch(2))))));
        let at = app.record_check_in(context, placed.at, (number, 1), (app.today(), CheckInOutcome::Well, None)).await?.at;
        let still = waiting(&world, context).await?;
        assert!(still.iter().all(|(code, _)| *code != format!("{number}:1")), "{still:?}");
        let at = app.end_placement(context, at, number, ("2026-04-02".parse()?, EndReason::PersonStopped)).await?.at;
        let ended = app.read_case(context, at.case).await?;
        assert!(dues(&ended).is_empty(), "nothing is asked about work that ended");
    }

    async fn the_own_last_change_can_be_undone_for_a_while(world: World) {
        let desk = desk(&world).await?;
        let (app, context) = (&world.application, &desk.k.context);
        let over = |outcome: Result<_, ApplicationError>| {
            matches!(outcome, Err(ApplicationError::Invalid(InvalidInput::UndoOver)))
        };
        assert!(over(app.undo_case(context, desk.at).await), "opening is no change");
        let before = app.read_case(context, desk.at.case).await?;
        let changed = app.add_note(context, desk.at, Note::new("wrong case")?).await?;
        assert!(app.read_case(context, desk.at.case).await?.undo_until.is_some());
        let colleague = world.colleague(before.organisation, Role::Klantmanager, "c@example.org").await?;
        assert!(over(app.undo_case(&colleague.context, changed.at).await));
        assert!(matches!(app.undo_case(context, desk.at).await, Err(ApplicationError::Stale(_))));
        let undone = app.undo_case(context, changed.at).await?;
        let after = app.read_case(context, desk.at.case).await?;
        assert_eq!(after.content, before.content);
        assert_eq!((after.at, after.undo_until), (undone.at, None));
        assert!(over(app.undo_case(context, undone.at).await), "undoing is not undone");
        let late = app.close_case(context, undone.at, CloseReason::Work, None).await?;
        let reopened = app.undo_case(context, late.at).await?;
        assert_eq!(app.read_case(context, desk.at.case).await?.closed_at, None);
        let late = app.add_note(context, reopened.at, Note::new("kept")?).await?;
        world.clock.pass(601);
        assert!(over(app.undo_case(context, late.at).await));
        app.verify_audit(&Context::machine(), &[]).await?;
    }

    async fn who_comes_second_is_told_who_was_first(world: World) {
        let desk = desk(&world).await?;
        let (app, context) = (&world.application, &desk.k.context);
        let organisation = app.read_case(context, desk.at.case).await?.organisation;
        let colleague = world.colleague(organisation, Role::Klantmanager, "c@example.org").await?;
        let task = || -> Result<NewTask, TestError> { Ok(NewTask { what: Note::new("Call")?, due: None, who: TaskOwner::Klantmanager }) };
        app.add_task(&colleague.context, desk.at, task()?).await?;
        for outcome in [
            app.add_task(context, desk.at, task()?).await,
            app.draft_plan(context, desk.at, PlanBecause::First).await,
            app.transfer_case(context, desk.at, colleague.account, None).await,
        ] {
            match outcome {
                Err(ApplicationError::Stale(stale)) => {
                    assert_eq!((stale.version, stale.changed_by), (2, Some(colleague.account)));
                }
                other => return Err(format!("{other:?}").into()),
            }
        }
        let now = app.read_case(context, desk.at.case).await?;
        assert_eq!((now.content.tasks().len(), now.content.plans().len()), (1, 0));
    }

    async fn barriers_follow_from_facts_and_advice_is_decided_with_a_reason(world: World) {
        let desk = desk(&world).await?;
        let (app, context) = (&world.application, &desk.k.context);
        let facts = vec![
            with_fact(statement(IntakeTopic::Mobility, "No bus.")?, "public_transport", "no")?,
            with_fact(statement(IntakeTopic::Mobility, "No licence.")?, "licence_b", "no")?,
        ];
        let at = app.add_statements(context, desk.at, facts).await?.at;
        let at = app.diagnose_case(context, at).await?.at;
        let view = app.read_case(context, at.case).await?;
        let open: Vec<_> = view.content.barriers().iter().filter(|b| b.resolved.is_none()).map(|b| b.source).collect();
        assert!(!open.is_empty() && open.iter().all(|source| *source == BarrierSource::Derived));
        let advised = view.guidance.advice(&[]).steps.first().map(|step| step.instrument.to_owned()).ok_or("no advice")?;
        let decide = |choice| -> Result<DecideAdvice, TestError> {
            Ok(DecideAdvice { instrument: Code::new(&advised)?, choice, note: None })
        };
        let vague = decide(Choice::Rejected { reason: Code::new("because")? })?;
        assert!(matches!(app.decide_advice(context, at, vague).await, Err(ApplicationError::Invalid(InvalidInput::UnknownToGuidance))));
        let at = app.decide_advice(context, at, decide(Choice::Rejected { reason: Code::new("no_place")? })?).await?.at;
        let at = app.decide_advice(context, at, decide(Choice::Accepted)?).await?.at;
        let view = app.read_case(context, at.case).await?;
        assert_eq!(view.content.advice().len(), 2);
        assert!(view.content.advice().iter().all(|decision| !decision.barriers.is_empty()));
        assert_eq!(view.content.hand_over().instruments, [Code::new(&advised)?]);
        // When the fact is gone, so is what followed from it.
        let bus = with_fact(statement(IntakeTopic::Mobility, "There is a bus.")?, "public_transport", "yes")?;
        let licence = with_fact(statement(IntakeTopic::Mobility, "Has a licence.")?, "licence_b", "yes")?;
        let at = app.add_statements(context, at, vec![bus, licence]).await?.at;
        let at = app.diagnose_case(context, at).await?.at;
        let view = app.read_case(context, at.case).await?;
        assert!(view.content.barriers().iter().all(|barrier| barrier.resolved == Some(app.today())));
    }

    async fn the_module_cannot_be_closed_with_39_hours_and_the_education_route_is_exempt(world: World) {
        let desk = desk(&world).await?;
        let (app, context) = (&world.application, &desk.k.context);
        let at = fix_first_plan(&world, &desk, desk.today).await?;
        let themes = application::THEMES.iter().map(|theme| Code::new(theme)).collect::<Result<_, _>>()?;
        let at = app.set_themes(context, at, themes).await?.at;
        let (hours, talk) = (Code::new("map_practice")?, Code::new("map_interview")?);
        let at = app.set_minutes(context, at, hours.clone(), 39 * 60).await?.at;
        let early = app.set_event(context, at, talk.clone(), Some(desk.today)).await;
        assert!(matches!(early, Err(ApplicationError::Invalid(InvalidInput::ModuleIncomplete))));
        let at = app.set_minutes(context, at, hours, 40 * 60).await?.at;
        let at = app.set_event(context, at, talk, Some(desk.today)).await?.at;
        assert_eq!(clock(&app.read_case(context, at.case).await?, "map")?.0, State::Done);

        let drafted = app.draft_plan(context, at, PlanBecause::RouteChange).await?;
        let number = drafted.number.ok_or("no plan")?;
        let mut plan = app.read_case(context, at.case).await?.content.open_plan().ok_or("no plan")?.content.clone();
        plan.route = Some(LearningRoute::Education);
        let at = app.change_plan(context, drafted.at, number, plan).await?.at;
        let at = app.discuss_plan(context, at, number, desk.today).await?.at;
        app.fix_plan(context, at, number, desk.today).await?;
        assert_eq!(clock(&app.read_case(context, at.case).await?, "map")?.0, State::Exempt);
    }

    async fn a_plan_on_paper_has_both_languages_and_says_where_it_stands(world: World) {
        let paper = Arc::new(Paper::default());
        let world = World { application: world.application.clone().with_typesetter(paper.clone()), ..world };
        let desk = desk(&world).await?;
        let (app, context) = (&world.application, &desk.k.context);
        let messages = Messages::load()?;
        let at = fix_first_plan(&world, &desk, desk.today).await?;
        let number = app.read_case(context, at.case).await?.content.plans()[0].number;
        let both = PlanPaper { plan: number, beside: Some(Language::AR) };
        app.plan_document(context, at.case, both, &messages).await?;
        let data = paper.last()?;
        assert_eq!(data["own"]["direction"], "rtl");
        assert!(data["title"].as_str().is_some_and(|title| title.contains("PIP")));
        let rows = data["rows"].as_array().ok_or("no rows")?;
        let text: String = rows.iter().filter_map(|row| row["text"].as_str()).collect();
        assert!(text.contains("The test says B1."), "what was told stands in it: {text}");
        for row in rows.iter().filter(|row| row["kind"] != "written") {
            let (dutch, own) = (&row["text"], &row["own"]);
            assert!(dutch != own && own.as_str().is_some_and(|own| !own.is_empty() && !own.contains('⟦')), "{row}");
        }
        // The term begins the day after the date of the decision.
        let term = app.read_case(context, at.case).await?;
        let clocks = term.guidance.clocks()?;
        let term = clocks.iter().find(|clock| clock.clock == "term").ok_or("no term")?;
        assert_eq!(term.first_day, Some(desk.today.plus_days(1)));
        let formats = language::Formats::new(Language::NL)?;
        let words = |day: Day| formats.date(day.year(), day.date().month().into(), day.date().day());
        let first = words(desk.today.plus_days(1)).ok_or("no date")?;
        assert!(text.contains(&first), "{first} in {text}");

        let drafted = app.draft_plan(context, at, PlanBecause::Other).await?;
        let draft = PlanPaper { plan: drafted.number.ok_or("no plan")?, beside: None };
        app.plan_document(context, at.case, draft, &messages).await?;
        let data = paper.last()?;
        assert!(data["own"].is_null());
        assert!(data["notice"].as_str().is_some_and(|notice| notice.contains("concept")), "{data}");
        let unknown = PlanPaper { plan: 99, beside: None };
        assert!(matches!(app.plan_document(context, at.case, unknown, &messages).await, Err(ApplicationError::NotFound)));
    }

    async fn a_case_is_handed_over_with_what_the_next_must_know(world: World) {
        let desk = desk(&world).await?;
        let (app, context) = (&world.application, &desk.k.context);
        let organisation = app.read_case(context, desk.at.case).await?.organisation;
        let other_place = world.organisation(OrganisationKind::Municipality, "Elders").await?;
        let stranger = world.colleague(other_place, Role::Klantmanager, "s@example.org").await?;
        let officer = world.colleague(organisation, Role::PrivacyOfficer, "p@example.org").await?;
        let next = world.colleague(organisation, Role::Klantmanager, "n@example.org").await?;
        for nobody in [stranger.account, officer.account] {
            let refused = app.transfer_case(context, desk.at, nobody, None).await;
            assert!(matches!(refused, Err(ApplicationError::Invalid(InvalidInput::NotAKlantmanager))));
        }
        let due = desk.today.plus_days(1);
        let task = NewTask { what: Note::new("Call the school")?, due: Some(due), who: TaskOwner::Klantmanager };
        let task = app.add_task(context, desk.at, task).await?;
        world.clock.pass(DAY);
        assert_eq!(waiting(&world, context).await?.len(), 1);
        let at = app.cover_case(context, task.at, Some((next.account, desk.today, due))).await?.at;
        assert_eq!(waiting(&world, &next.context).await?.len(), 1, "who covers sees it");
        let at = app.transfer_case(context, at, next.account, Some(Note::new("Speaks softly")?)).await?.at;
        assert!(waiting(&world, context).await?.is_empty());
        assert_eq!(waiting(&world, &next.context).await?.len(), 1);
        let view = app.read_case(&next.context, at.case).await?;
        assert_eq!((view.klantmanager, view.content.cover()), (Some(next.account), None));
        let transfer = view.content.transfers().first().ok_or("no transfer")?;
        assert_eq!((transfer.from, &transfer.pack.tasks), (Some(desk.k.account), &vec![task.number.ok_or("no task")?]));
    }

    async fn drafts_are_kept_per_person_and_form_and_bar_changes_show(world: World) {
        let desk = desk(&world).await?;
        let (app, context) = (&world.application, &desk.k.context);
        let organisation = app.read_case(context, desk.at.case).await?.organisation;
        let colleague = world.colleague(organisation, Role::Klantmanager, "c@example.org").await?;
        let form = Code::new("note")?;
        app.keep_draft(context, desk.at.case, &form, "hal").await?;
        app.keep_draft(context, desk.at.case, &form, "half a sente").await?;
        let kept = app.read_draft(context, desk.at.case, &form).await?;
        assert_eq!(kept.map(|draft| draft.content).as_deref(), Some("half a sente"));
        assert_eq!(app.read_draft(&colleague.context, desk.at.case, &form).await?, None);
        app.drop_draft(context, desk.at.case, &form).await?;
        assert_eq!(app.read_draft(context, desk.at.case, &form).await?, None);
        let bar = Bar { number: Some(CaseNumber::new("2026-0001")?), phase: Phase::Matching, ..Bar::default() };
        let at = app.change_bar(context, desk.at, bar).await?.at;
        let at = app.close_case(context, at, CloseReason::WorkAtLevel, None).await?.at;
        let closed = app.add_note(context, at, Note::new("late")?).await;
        assert!(matches!(closed, Err(ApplicationError::Invalid(InvalidInput::CaseClosed))));
        let at = app.reopen_case(context, at).await?.at;
        app.add_note(context, at, Note::new("again")?).await?;
    }
}
