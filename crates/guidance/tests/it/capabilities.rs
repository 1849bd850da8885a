//! What the source documents ask, shown on the embedded set.

use domain::language::Language;
use guidance::agreement::AgreementDetails;
use guidance::answer::Speaker;
use guidance::barrier::{BarrierCode, Diagnosis, SaidBy, Severity};
use guidance::cost::{Employment, ForWhom};
use guidance::diploma::{DiplomaCase, ValuationKind, ValuationState};
use guidance::facts::{Fact, Facts};
use guidance::funding::{Claim, Cost, Ledger, LedgerFault};
use guidance::language_gap::{LanguageDemand, Modality, language_gaps};
use guidance::rule::{Outcome, Topic};
use guidance::scan::{Colour, Scan};
use guidance::texts::TextStatus;

use crate::{day, facts, set};

#[test]
fn a_nurse_sees_the_big_route_and_is_not_directly_employable() {
    let set = set();
    let case = DiplomaCase {
        profession: Some("2221".to_owned()),
        ..DiplomaCase::default()
    };
    let facts = facts(&[
        ("residence", "status_holder"),
        ("diploma_documents", "none"),
    ]);
    let route = set
        .diplomas
        .route(&facts, &case, day("2026-11-22"), &set.calendar);
    assert_eq!(route.profession, Some("nurse"));
    assert_eq!(
        (route.regulated, route.may_start_now),
        (Some(true), Some(false))
    );
    assert_eq!(
        route.steps_open,
        ["apply-cibg", "akv-test", "bi-test", "big-register"]
    );
    assert_eq!(route.kind, Some(ValuationKind::LevelIndication));
    assert_eq!(route.fee_cents, Some(0));
    assert!(!route.meanwhile.is_empty());
}

#[test]
fn a_recognised_or_free_profession_is_open_at_once() {
    let set = set();
    let now = day("2026-11-22");
    let case = |profession: &str| DiplomaCase {
        profession: Some(profession.to_owned()),
        ..DiplomaCase::default()
    };
    let recognised = facts(&[("recognised", "yes")]);
    let open = set
        .diplomas
        .route(&recognised, &case("physician"), now, &set.calendar);
    assert_eq!(open.may_start_now, Some(true));
    assert!(open.steps_open.is_empty());
    let free = set
        .diplomas
        .route(&Facts::none(), &case("electrician"), now, &set.calendar);
    assert_eq!(free.may_start_now, Some(true));
}

#[test]
fn a_valuation_is_expected_thirty_working_days_after_the_file_is_complete() {
    let set = set();
    let case = DiplomaCase {
        valuation: ValuationState::Complete,
        complete_on: Some(day("2026-11-23")),
        ..DiplomaCase::default()
    };
    let route = set
        .diplomas
        .route(&Facts::none(), &case, day("2026-12-01"), &set.calendar);
    assert_eq!(route.expected_on, Some(day("2027-01-06")));
    assert!(
        ValuationState::NotDiscussed
            .step(ValuationState::Received)
            .is_err()
    );
    assert!(
        ValuationState::Submitted
            .step(ValuationState::Complete)
            .is_ok()
    );
}

#[test]
fn somebody_in_gouda_goes_to_the_desk_of_midden_holland() {
    let set = set();
    let facts = facts(&[
        ("residence", "status_holder"),
        ("housing", "home"),
        ("benefit", "none"),
    ]);
    let route = |date| set.route(&facts, "GM0513", day(date)).expect("a route");
    assert_eq!(route("2024-05-01").region.code, "AM20");
    assert_eq!(
        route("2025-12-31").desk.outcome,
        Outcome::RegionalMobilityTeam
    );
    assert_eq!(route("2026-01-01").desk.outcome, Outcome::Werkcentrum);
    assert_eq!(
        route("2026-01-01").responsible.outcome,
        Outcome::Municipality
    );
    assert!(set.route(&facts, "GM9999", day("2026-01-01")).is_err());
}

#[test]
fn a_trial_placement_is_refused_with_the_rule_that_says_so() {
    let set = set();
    let refused = |pairs: &[(&str, &str)]| {
        let decision = set
            .rules
            .decide(Topic::Placement, &facts(pairs), day("2026-11-22"));
        assert_eq!(decision.outcome, Outcome::Refused);
        decision.rule.map(|rule| rule.id.clone())
    };
    let long = [
        ("placement_kind", "proefplaatsing"),
        ("duration_months", "7"),
        ("intent_declared", "yes"),
    ];
    assert_eq!(refused(&long).as_deref(), Some("trial-too-long"));
    let silent = [
        ("placement_kind", "proefplaatsing"),
        ("duration_months", "2"),
    ];
    assert_eq!(refused(&silent).as_deref(), Some("trial-no-intent"));
}

fn cost(reference: &str, action: &str, date: &str, cents: u64) -> Cost {
    let day = day(date);
    Cost {
        reference: reference.to_owned(),
        action: action.to_owned(),
        day,
        cents,
    }
}

fn claim(cost: &str, fund: &str, cents: u64) -> Claim {
    Claim {
        cost: cost.to_owned(),
        fund: fund.to_owned(),
        cents,
        evidence: "invoice 12".to_owned(),
    }
}

#[test]
fn a_cost_is_claimed_on_one_fund_only() {
    let set = set();
    let applicant = facts(&[
        ("applicant", "municipality"),
        ("treated_as", "asylum_status_holder"),
    ]);
    let mut ledger = Ledger::default();
    ledger
        .record(cost("c1", "dual_track", "2026-05-01", 100_000))
        .expect("recorded");
    ledger
        .record(cost("c2", "matching", "2022-05-01", 5_000))
        .expect("recorded");
    let mut ask = |claim| ledger.claim(&set.register, &applicant, claim);
    assert_eq!(ask(claim("c1", "amif", 60_000)), Ok(()));
    let twice = ask(claim("c1", "esf-plus", 40_000));
    assert!(
        matches!(twice, Err(LedgerFault::ClaimedElsewhere { .. })),
        "{twice:?}"
    );
    let much = ask(claim("c1", "amif", 40_001));
    assert!(matches!(much, Err(LedgerFault::TooMuch { .. })), "{much:?}");
    assert_eq!(ask(claim("c1", "amif", 40_000)), Ok(()));
    let other = ask(claim("c2", "amif", 1));
    assert!(
        matches!(other, Err(LedgerFault::NotPaid { .. })),
        "{other:?}"
    );
    assert_eq!(ask(claim("c2", "closer-than-you-think", 4_000)), Ok(()));
    let total: u64 = ledger.totals().values().sum();
    assert_eq!(total, ledger.claims().iter().map(|c| c.cents).sum::<u64>());
    assert_eq!((total, ledger.unclaimed()), (104_000, 1_000));
}

#[test]
fn a_fund_that_ended_or_another_applicant_is_refused() {
    let set = set();
    let employer = facts(&[("applicant", "employer")]);
    let mut ledger = Ledger::default();
    ledger
        .record(cost("c1", "language", "2025-01-01", 100))
        .expect("recorded");
    ledger
        .record(cost("c2", "language", "2024-12-31", 100))
        .expect("recorded");
    let mut ask = |claim| ledger.claim(&set.register, &employer, claim);
    let ended = ask(claim("c1", "tel-mee-met-taal", 100));
    assert!(matches!(&ended, Err(LedgerFault::DoesNotApply { code, .. }) if code == "abolished"));
    assert_eq!(ask(claim("c2", "tel-mee-met-taal", 100)), Ok(()));
    let wrong = ask(claim("c1", "esf-plus", 100));
    assert!(
        matches!(&wrong, Err(LedgerFault::DoesNotApply { code, .. }) if code == "other-applicant")
    );
}

fn employment() -> Employment {
    Employment {
        hourly_wage_cents: 1450,
        hours_per_week: 36,
        sick_weeks: 4,
        employment_start: day("2024-01-01"),
        age: Some(30),
        belongs_to: Vec::new(),
        wage_value_percent: None,
        minimum_wage_cents: None,
    }
}

/// Worked out by hand: 48 worked weeks of 522.00, four sick weeks at the minimum wage (70 % lies
/// below it), 8 % holiday allowance, and in 2024 LIV over 1,872 hours.
#[test]
fn the_year_cost_equals_the_table_worked_out_by_hand() {
    let set = set();
    let plain = employment();
    let year = |who: &Employment, date| set.costs.year(who, day(date)).expect("a cost");
    let before = year(&plain, "2024-06-30");
    let lines: Vec<(&str, i64)> = before.lines.iter().map(|l| (l.id, l.cents)).collect();
    let expected = [
        ("wage", 2_505_600),
        ("sick-pay", 191_088),
        ("holiday-allowance", 215_735),
        ("liv", -91_728),
    ];
    assert_eq!(lines, expected);
    assert_eq!(
        (before.total_cents, before.sickness_cents),
        (2_820_695, 191_088)
    );
    let after = year(&plain, "2025-01-01");
    assert_eq!(after.total_cents, 2_924_709);
    let liv = after
        .without
        .iter()
        .find(|w| w.id == "liv")
        .expect("no LIV");
    assert_eq!(
        (liv.reason, liv.last_day),
        ("abolished", Some(day("2024-12-31")))
    );
    let register = Employment {
        belongs_to: vec![ForWhom::DisabilityRegister],
        wage_value_percent: Some(60),
        ..employment()
    };
    let supported = year(&register, "2025-01-01");
    assert_eq!(
        (supported.total_cents, supported.sickness_cents),
        (1_232_949, 0)
    );
}

#[test]
fn an_older_worker_brings_the_allowance_of_the_date_on_which_the_work_began() {
    let set = set();
    let older = |start: &str, date: &str| {
        let who = Employment {
            age: Some(57),
            belongs_to: vec![ForWhom::FromBenefit],
            employment_start: day(start),
            minimum_wage_cents: Some(1400),
            ..employment()
        };
        let cost = set.costs.year(&who, day(date)).expect("a cost");
        let line = cost.lines.iter().find(|l| l.id == "lkv-older");
        line.map(|line| line.cents)
    };
    assert_eq!(older("2023-06-01", "2025-03-01"), Some(-570_960));
    assert_eq!(older("2024-06-01", "2024-09-01"), Some(-570_960));
    assert_eq!(older("2024-06-01", "2025-03-01"), Some(-252_720));
    assert_eq!(older("2024-06-01", "2026-03-01"), None);
    assert_eq!(older("2023-06-01", "2026-03-01"), Some(-570_960));
    assert_eq!(
        older("2023-06-01", "2026-06-01"),
        None,
        "three years have passed"
    );
}

#[test]
fn an_amount_that_is_not_known_is_not_guessed() {
    let set = set();
    let plain = employment();
    assert!(set.costs.year(&plain, day("2026-11-22")).is_err());
    let low = Employment {
        hourly_wage_cents: 1300,
        ..employment()
    };
    assert!(set.costs.year(&low, day("2024-06-01")).is_err());
}

#[test]
fn every_red_item_of_a_scan_gets_a_measure_and_an_instrument() {
    let set = set();
    for number in 1..=10 {
        let code: BarrierCode = format!("W{number}").parse().expect("a code");
        let scan = Scan {
            item: [(code.clone(), Colour::Red)].into(),
            facts: Default::default(),
        };
        let facts = Facts::none();
        let plan = set
            .measures
            .plan(&set.register, &scan, &facts, day("2026-11-22"));
        let plan = plan.expect("a plan");
        assert!(plan.measures.iter().any(|m| m.barrier == code), "{code}");
        assert!(!plan.advice.steps.is_empty(), "{code}");
        assert_eq!(plan.unknown.len(), 9);
    }
    let wrong = Scan {
        item: [("N1".parse().expect("a code"), Colour::Red)].into(),
        facts: Default::default(),
    };
    assert!(
        set.measures
            .plan(&set.register, &wrong, &Facts::none(), day("2026-11-22"))
            .is_err()
    );
}

#[test]
fn language_gaps_are_told_per_task_and_skill() {
    let demand = |modality, level: &str| LanguageDemand {
        task: "answer the phone".to_owned(),
        modality,
        level: level.parse().expect("a level"),
    };
    let demands = [
        demand(Modality::Listening, "B1"),
        demand(Modality::Writing, "A2"),
        demand(Modality::Reading, "A1"),
    ];
    let known = facts(&[("listening", "A2"), ("writing", "B1")]);
    let steps: Vec<_> = language_gaps(&known, &demands)
        .iter()
        .map(|g| g.steps)
        .collect();
    assert_eq!(steps, [Some(1), Some(0), None]);
}

#[test]
fn who_speaks_of_a_barrier_goes_before_what_follows_from_facts() {
    let set = set();
    let facts = facts(&[
        ("network", "none"),
        ("licence_b", "no"),
        ("public_transport", "no"),
    ]);
    let said = |severity, said_by, resolved: Option<&str>| Diagnosis {
        code: "N3b".parse().expect("a code"),
        severity: Severity::try_from(severity).expect("a severity"),
        said_by,
        since: Some(day("2026-01-01")),
        resolved: resolved.map(day),
    };
    let find = |said: &[Diagnosis], date| {
        let found = set.taxonomy.diagnose(&facts, said, day(date));
        let found = found.into_iter().find(|d| d.code.to_string() == "N3b");
        found.map(|d| (u8::from(d.severity), d.said_by))
    };
    assert_eq!(find(&[], "2026-11-22"), Some((3, SaidBy::Derived)));
    let both = [
        said(1, SaidBy::Klantmanager, None),
        said(2, SaidBy::Person, None),
    ];
    assert_eq!(find(&both, "2026-11-22"), Some((1, SaidBy::Klantmanager)));
    let solved = [said(2, SaidBy::Person, Some("2026-06-01"))];
    assert_eq!(find(&solved, "2026-05-31"), Some((2, SaidBy::Person)));
    assert_eq!(find(&solved, "2026-06-01"), None);
    assert_eq!(find(&solved, "2025-12-31"), Some((3, SaidBy::Derived)));
}

#[test]
fn a_language_plan_fits_the_gap_and_the_modality_of_each_task() {
    let set = set();
    let demand = |task: &str, modality, level: &str| LanguageDemand {
        task: task.to_owned(),
        modality,
        level: level.parse().expect("a level"),
    };
    let demands = [
        demand("take orders", Modality::Listening, "B1"),
        demand("write a report", Modality::Writing, "B2"),
        demand("read the menu", Modality::Reading, "A1"),
        demand("explain", Modality::Speaking, "A2"),
    ];
    let known = facts(&[("listening", "A2"), ("writing", "A2"), ("reading", "A2")]);
    let plan = set.language.plan(&known, &demands, day("2026-11-22"));
    assert_eq!(
        plan.unknown.iter().copied().collect::<Vec<_>>(),
        ["explain"]
    );
    let tasks = |id: &str| -> Vec<&str> {
        let mut steps = plan.steps.iter();
        let found = steps.find(|planned| planned.step.id == id);
        found.map_or(Vec::new(), |planned| {
            planned.tasks.iter().copied().collect()
        })
    };
    assert_eq!(tasks("choose-words"), ["take orders", "write a report"]);
    assert_eq!(tasks("daily-buddy"), ["take orders"]);
    assert_eq!(tasks("plain-texts"), ["write a report"]);
    assert_eq!(tasks("course-at-work"), ["take orders"], "one level to go");
    assert_eq!(tasks("dual-first"), ["write a report"], "two levels to go");
    let weeks: Vec<i32> = plan
        .steps
        .iter()
        .map(|planned| planned.step.by_week)
        .collect();
    assert!(weeks.is_sorted());
    let met = set.language.plan(&known, &demands[2..3], day("2026-11-22"));
    assert!(met.steps.is_empty() && met.unknown.is_empty());
}

#[test]
fn every_main_sector_has_a_draft_word_list_in_every_language() {
    let set = set();
    assert!(set.language.sectors().count() >= 8);
    for sector in set.language.sectors() {
        for language in Language::interface() {
            let words = set.language.words(sector, language).expect("a list");
            assert!(words.len() >= 10, "{sector}");
            for word in words {
                assert!(!word.word.is_empty() && word.status == TextStatus::Draft);
            }
        }
    }
    assert!(set.language.words("farming", Language::NL).is_err());
}

/// Facts of a placement of this kind that the rules allow.
fn allowed(kind: &str) -> Facts {
    facts(&[
        ("placement_kind", kind),
        ("duration_months", "2"),
        ("intent_declared", "yes"),
        ("intent_months", "6"),
        ("worked_there_before", "no"),
        ("displaces_staff", "no"),
        ("pays_wage", "yes"),
        ("learning_goal", "yes"),
        ("non_profit", "yes"),
        ("enrolled", "yes"),
        ("housing", "home"),
        ("start_date", "2026-12-01"),
    ])
}

#[test]
fn an_agreement_is_written_for_what_the_rules_allow_and_nothing_else() {
    let set = set();
    let details = AgreementDetails {
        work: Some("koken\n# en [snijden]".to_owned()),
        hours_per_week: Some(24),
        ..AgreementDetails::default()
    };
    let write = |facts: &Facts, language| {
        let speaker = Speaker { set, language };
        let date = day("2026-11-22");
        set.agreements.write(speaker, facts, &details, date)
    };
    for kind in [
        "trial",
        "work_experience",
        "volunteer",
        "internship",
        "apprenticeship",
        "start_job",
    ] {
        let text = write(&allowed(kind), Language::NL).expect(kind);
        assert!(text.starts_with("# Afspraken op papier: "), "{text}");
        assert!(text.contains("Het werk is: koken en snijden."), "{text}");
        assert!(
            text.contains("24 uur per week") && text.contains("2026-12-01"),
            "{text}"
        );
        assert!(!text.contains('{'), "{text}");
    }
    let trial = write(&allowed("trial"), Language::UK).expect("both languages");
    assert!(trial.contains("U houdt uw uitkering") && trial.contains("Ви зберігаєте"));
    let mut long = allowed("trial");
    long = long.with(Fact::DurationMonths, "7").expect("a number");
    let refused = write(&long, Language::NL).expect_err("too long");
    let message = refused.to_string();
    assert!(
        message.contains("trial-too-long") && message.contains("Participatiewet art. 7 en 8a"),
        "{message}"
    );
    let silent = facts(&[("placement_kind", "trial"), ("duration_months", "2")]);
    let message = write(&silent, Language::NL)
        .expect_err("no intent")
        .to_string();
    assert!(message.contains("trial-no-intent"), "{message}");
    let open = facts(&[("placement_kind", "work_experience")]);
    let message = write(&open, Language::NL)
        .expect_err("not known")
        .to_string();
    assert!(
        message.contains("still to be known") || message.contains("refused"),
        "{message}"
    );
}
