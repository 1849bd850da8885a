//! What cases write into the statistics vault, and who may read it.

use application::{ApplicationError, Context, OpenCase};
use domain::case::{
    CheckInOutcome, CloseReason, Code, EndReason, IntakeTopic, NewPlacement, NewStatement, Note,
    StatementSource,
};
use domain::day::Day;
use domain::organisation::{OrganisationKind, Role};
use domain::placement::PlaceKind;
use monitoring::codes::{Dimension, Instrument, Residence, State};
use monitoring::month::Month;
use monitoring::person::StatisticsVault;

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

fn known(today: Day) -> Result<OpenCase, TestError> {
    let mut new = OpenCase {
        file_start: Some(today.plus_days(-150)),
        ..OpenCase::default()
    };
    new.bar.municipality = Some(Code::new("GM0363")?);
    for (event, days) in [("permit_granted", -400), ("brp_registration", -150)] {
        new.events.insert(Code::new(event)?, today.plus_days(days));
    }
    let facts = [
        ("residence", "status_holder"),
        ("benefit", "participation_act"),
    ];
    for (name, value) in facts {
        new.statements.push(NewStatement {
            topic: IntakeTopic::Residence,
            text: None,
            fact: Some((Code::new(name)?, Code::new(value)?)),
            source: StatementSource::Document,
            on: today.plus_days(-150),
            replaces: None,
        });
    }
    Ok(new)
}

fn placement(kind: PlaceKind, from: Day, until: Option<Day>) -> Result<NewPlacement, TestError> {
    let conditions = [
        ("pays_wage", "yes"),
        ("worked_there_before", "no"),
        ("displaces_staff", "no"),
        ("intent_months", "6"),
        ("intent_declared", "yes"),
    ];
    let conditions = conditions
        .into_iter()
        .map(|(name, value)| Ok((Code::new(name)?, Code::new(value)?)))
        .collect::<Result<_, TestError>>()?;
    Ok(NewPlacement {
        work_group: None,
        kind,
        employer: Note::new("Fictiebakker")?,
        from,
        until,
        hours_per_week: 24,
        conditions,
        aftercare: None,
    })
}

async fn vault(world: &World) -> Result<StatisticsVault, TestError> {
    let records = world
        .application
        .statistics_records(&Context::machine())
        .await?;
    Ok(records.vault)
}

fn month(day: Day) -> Result<Month, TestError> {
    Ok(day.to_string()[..7].parse()?)
}

testkit::on_both_databases! {
    async fn a_case_becomes_spells_that_follow_every_change(world: World) {
        let k = klantmanager(&world).await?;
        let (app, context) = (&world.application, &k.context);
        let today = app.today();
        let person = world.person(context, "Fictie").await?;
        let mut at = app.open_case(context, person, &known(today)?).await?;
        let records = vault(&world).await?;
        let [one] = records.persons() else { return Err("one person".into()) };
        assert_eq!(one.residence, Some(Residence::StatusHolder));
        assert_eq!(one.permit, month(today.plus_days(-400))?);
        assert_eq!(records.municipalities(), ["GM0363"]);
        let spells = records.spells_of(one);
        assert!(spells.iter().all(|spell| spell.state == State::Without));
        assert_eq!(spells.last().map(|spell| spell.last), Some(month(today)?.plus(-1)));
        let pseudonym = records.pseudonym(0).map(str::to_owned);
        assert!(pseudonym.as_deref().is_some_and(|name| name != person.to_string()));
        let begun = today.plus_days(-90);
        let trial = placement(PlaceKind::TrialPlacement, begun, Some(today.plus_days(-70)))?;
        at = app.start_placement(context, at, trial).await?.at;
        let job = placement(PlaceKind::Regular, today.plus_days(-60), None)?;
        let placed = app.start_placement(context, at, job).await?;
        let now = vault(&world).await?;
        let [again] = now.persons() else { return Err("still one person".into()) };
        assert_eq!(now.pseudonym(0).map(str::to_owned), pseudonym, "the same person");
        let in_month = |when: Day| -> Result<_, TestError> {
            let when = month(when)?;
            let spells = now.spells_of(again);
            Ok(monitoring::person::spell_at(spells, when).cloned().ok_or("no spell")?)
        };
        assert!(in_month(begun)?.takes_part(Instrument::TrialPlacement));
        let working = in_month(today.plus_days(-45))?;
        assert_eq!((working.state, working.hours), (State::Work, Some(24)));
        assert_eq!(in_month(today.plus_days(-140))?.state, State::Without);
        // A correction corrects the figures: the job ended, and later the case is closed.
        let number = placed.number.ok_or("no place")?;
        let end = (today, EndReason::PersonStopped);
        let saved = app.end_placement(context, placed.at, number, end).await?;
        app.close_case(context, saved.at, CloseReason::Moved, None).await?;
        world.clock.pass(100 * DAY);
        let later = vault(&world).await?;
        let [moved] = later.persons() else { return Err("still there".into()) };
        let last = later.spells_of(moved).last().ok_or("no spell")?;
        assert_eq!((last.last, last.state), (month(today)?, State::Work), "followed until closed");
    }

    async fn a_second_case_goes_on_where_the_first_ended(world: World) {
        let k = klantmanager(&world).await?;
        let (app, context) = (&world.application, &k.context);
        let first_day = app.today();
        let person = world.person(context, "Fictie").await?;
        let at = app.open_case(context, person, &known(first_day)?).await?;
        let job = placement(PlaceKind::Regular, first_day.plus_days(-60), None)?;
        let placed = app.start_placement(context, at, job).await?;
        app.close_case(context, placed.at, CloseReason::WorkAtLevel, None).await?;
        world.clock.pass(200 * DAY);
        let mut again = OpenCase { file_start: Some(app.today()), ..OpenCase::default() };
        again.bar.municipality = Some(Code::new("GM0363")?);
        let second = app.open_case(context, person, &again).await?;
        world.clock.pass(70 * DAY);
        let both = |records: StatisticsVault| -> Result<_, TestError> {
            let [one] = records.persons() else { return Err("one person".into()) };
            let spells = records.spells_of(one);
            let worked = spells.iter().filter(|spell| spell.state == State::Work);
            let worked: Vec<_> = worked.map(|spell| (spell.first, spell.last)).collect();
            let last = spells.last().ok_or("no spell")?;
            Ok((worked, last.first, last.state, one.permit))
        };
        let (worked, since, state, permit) = both(vault(&world).await?)?;
        assert_eq!(worked, [(month(first_day.plus_days(-60))?, month(first_day)?)]);
        assert_eq!((since, state), (month(first_day.plus_days(200))?, State::Without));
        assert_eq!(permit, month(first_day.plus_days(-400))?, "the first case knew it");
        app.add_note(context, second, Note::new("achteraf")?).await?;
        assert_eq!(both(vault(&world).await?)?, (worked, since, state, permit));
    }

    async fn a_start_to_come_counts_from_its_month_and_an_end_that_was_found_ends_it(world: World) {
        let k = klantmanager(&world).await?;
        let (app, context) = (&world.application, &k.context);
        let person = world.person(context, "Fictie").await?;
        let at = app.open_case(context, person, &known(app.today())?).await?;
        let begin = app.today().plus_days(40);
        let job = placement(PlaceKind::Regular, begin, None)?;
        let placed = app.start_placement(context, at, job).await?;
        world.clock.pass(140 * DAY);
        let works = |records: &StatisticsVault, when: Day| -> Result<bool, TestError> {
            let [one] = records.persons() else { return Err("one person".into()) };
            let spell = monitoring::person::spell_at(records.spells_of(one), month(when)?);
            Ok(spell.ok_or("no spell")?.state == State::Work)
        };
        let records = vault(&world).await?;
        assert!(!works(&records, begin.plus_days(-35))?);
        assert!(works(&records, begin.plus_days(35))?, "without anybody touching the case");
        let number = placed.number.ok_or("no place")?;
        let look = (begin.plus_days(95), CheckInOutcome::NoWork, None);
        app.record_check_in(context, placed.at, (number, 3), look).await?;
        world.clock.pass(100 * DAY);
        let records = vault(&world).await?;
        assert!(works(&records, begin.plus_days(60))?);
        assert!(!works(&records, begin.plus_days(130))?);
    }

    async fn without_a_permit_day_nobody_is_counted_and_it_is_said(world: World) {
        let k = klantmanager(&world).await?;
        let (app, context) = (&world.application, &k.context);
        let person = world.person(context, "Fictie").await?;
        let mut new = known(app.today())?;
        new.events.remove(&Code::new("permit_granted")?);
        app.open_case(context, person, &new).await?;
        let records = app.statistics_records(&Context::machine()).await?;
        assert_eq!((records.vault.persons().len(), records.without_permit), (0, 1));
    }

    async fn figures_of_the_vault_hide_small_groups(world: World) {
        let k = klantmanager(&world).await?;
        let (app, context) = (&world.application, &k.context);
        let today = app.today();
        for number in 0..60 {
            let person = world.person(context, "Fictie").await?;
            let at = app.open_case(context, person, &known(today)?).await?;
            if number < 20 {
                let job = placement(PlaceKind::Regular, today.plus_days(-60), None)?;
                app.start_placement(context, at, job).await?;
            }
        }
        let records = vault(&world).await?;
        assert_eq!(records.group_sizes(Dimension::Municipality).values().sum::<u64>(), 60);
        let registry = monitoring::indicator::Registry::embedded()?;
        let filter = monitoring::filter::Filter::default();
        let keys = |_: &str| statistics::disclosure::cell_key::RecordKey::from_secret_bits(1 << 60);
        let query = monitoring::compute::Query {
            on: month(today)?.plus(-1),
            filter: &filter,
            confidence: statistics::Confidence::NINETY_FIVE,
            record_key: Some(&keys),
        };
        let figures = monitoring::compute::compute(&records, &registry, &query)?;
        let now = figures.iter().find(|figure| {
            figure.key.indicator == "paid-work" && figure.key.measure == "now" && figure.key.group.is_none()
        });
        let now = now.and_then(|figure| figure.value()).ok_or("no figure")?;
        assert_eq!((now.numerator, now.n), (Some(20), Some(60)));
        let policy = statistics::disclosure::policy::Policy::PUBLICATION;
        for figure in &figures {
            let shown = monitoring::interactive::protect(figure, &policy, query.confidence);
            if let monitoring::interactive::ShownOutcome::Value(value) = &shown.outcome {
                assert!(value.n.is_none_or(|n| n >= 50), "{}", figure.key);
                assert!(value.numerator.is_none_or(|n| n == 0 || n >= 10), "{}", figure.key);
            }
        }
    }

    async fn only_the_machine_reads_the_records_and_that_is_logged(world: World) {
        let here = world.organisation(OrganisationKind::Operator, "Beheer").await?;
        for role in [Role::PrivacyOfficer, Role::Administrator] {
            let name = format!("{role}@example.org");
            let officer = world.colleague(here, role, &name).await?;
            let refused = world.application.statistics_records(&officer.context).await;
            assert!(matches!(refused, Err(ApplicationError::Forbidden)), "{role}");
        }
        world.application.statistics_records(&Context::machine()).await?;
        let log = store::audit::after(world.application.store(), 0, 1000).await?;
        let read = log.iter().filter(|entry| entry.event.content.contains("statistics_read"));
        assert_eq!(read.count(), 1);
    }
}
