//! Decompositions of a gap.

use statistics::Confidence;
use statistics::decomposition::{
    Category, Reference, Resampling, kitagawa, oaxaca_blinder, oaxaca_blinder_with_errors, yun,
};
use statistics::random::Seed;
use statistics::regression::Design;

use crate::data;
use crate::near;

#[test]
fn kitagawa_of_a_published_table() {
    let first = [(0.5, 0.3), (0.3, 0.5), (0.2, 0.65)];
    let second = [(0.2, 0.55), (0.4, 0.7), (0.4, 0.8)];
    let categories: Vec<Category> = first
        .into_iter()
        .zip(second)
        .map(
            |((weight_first, rate_first), (weight_second, rate_second))| Category {
                weight_first,
                rate_first,
                weight_second,
                rate_second,
            },
        )
        .collect();
    let found = kitagawa(&categories).unwrap();
    near(found.gap, 0.28, 1e-14);
    near(found.composition, 0.0775, 1e-14);
    near(found.rate, 0.2025, 1e-14);
}

fn lalonde() -> (Design, Vec<bool>, Vec<f64>) {
    let table = data::lalonde();
    let columns: Vec<Vec<f64>> = ["age", "educ", "married", "nodegree", "re74", "re75"]
        .iter()
        .map(|name| table.numbers(name))
        .collect();
    let untreated = table.equals("treat", "0");
    (
        Design::from_columns(&columns).unwrap(),
        untreated,
        table.numbers("re78"),
    )
}

#[test]
fn oaxaca_blinder_of_lalonde() {
    // Values of statsmodels 0.15.0, OaxacaBlinder, which orders the groups so that the gap is
    // positive: here the untreated come first.
    let (covariates, untreated, outcome) = lalonde();
    let split = |reference| oaxaca_blinder(&covariates, &untreated, &outcome, reference).unwrap();
    for (reference, unexplained, explained) in [
        (
            Reference::PooledWithGroup,
            -789.5716345348492,
            1424.5978465729454,
        ),
        (
            Reference::SizeWeighted,
            -678.602625211991,
            1313.6288372500876,
        ),
        (Reference::Mean, -505.17182930044646, 1140.198041338543),
    ] {
        let found = split(reference);
        near(found.gap, 635.0262120374209, 1e-10);
        near(found.unexplained, unexplained, 1e-6);
        near(found.explained, explained, 1e-6);
    }
    let found = split(Reference::First);
    near(found.endowments, 703.7779237578528, 1e-6);
    near(found.coefficients, -941.5919468811371, 1e-6);
    near(found.interaction, 872.8402351613805, 1e-6);
    for reference in [
        Reference::PooledWithGroup,
        Reference::First,
        Reference::Second,
    ] {
        let found = split(reference);
        near(found.explained + found.unexplained, found.gap, 1e-10);
        near(
            found.endowments + found.coefficients + found.interaction,
            found.gap,
            1e-10,
        );
    }
}

#[test]
fn oaxaca_blinder_of_credit_card_spending() {
    let Some(table) = data::from_environment("ccard.csv") else {
        // The owner of this data set retains all rights, so it is not part of the project.
        println!("skipped: WERKBRUG_TEST_DATA does not name a folder with ccard.csv");
        return;
    };
    let columns: Vec<Vec<f64>> = ["AGE", "INCOME", "INCOMESQ"]
        .iter()
        .map(|name| table.numbers(name))
        .collect();
    let covariates = Design::from_columns(&columns).unwrap();
    let owners: Vec<bool> = table.numbers("OWNRENT").iter().map(|v| *v == 1.0).collect();
    let outcome = table.numbers("AVGEXP");
    let found = oaxaca_blinder(&covariates, &owners, &outcome, Reference::PooledWithGroup).unwrap();
    near(found.unexplained, 27.9409084, 1e-6);
    near(found.explained, 130.8095361, 1e-6);
    near(found.gap, 158.7504444, 1e-6);
    near(found.endowments, 321.7482446, 1e-6);
    near(found.coefficients, 75.4537098, 1e-6);
    near(found.interaction, -238.4515099, 1e-6);
}

#[test]
fn errors_of_a_split_come_from_resampling() {
    let (covariates, untreated, outcome) = lalonde();
    let plan = Resampling {
        resamples: 60,
        seed: Seed(11),
        confidence: Confidence::NINETY_FIVE,
    };
    let run = || {
        oaxaca_blinder_with_errors(
            &covariates,
            &untreated,
            &outcome,
            Reference::PooledWithGroup,
            plan,
        )
        .unwrap()
    };
    let (explained, unexplained) = run();
    near(explained.value, 1424.5978465729454, 1e-6);
    assert!(unexplained.interval.contains(unexplained.value));
    assert!(explained.standard_error > 100.0 && explained.standard_error < 2000.0);
    assert_eq!(run(), (explained, unexplained));
}

#[test]
fn a_gap_of_two_shares_adds_up() {
    let (covariates, untreated, outcome) = lalonde();
    let worked: Vec<bool> = outcome.iter().map(|earnings| *earnings > 0.0).collect();
    let found = yun(&covariates, &untreated, &worked).unwrap();
    let rate = |group: bool| {
        let members: Vec<bool> = worked
            .iter()
            .zip(&untreated)
            .filter(|(_, u)| **u == group)
            .map(|(w, _)| *w)
            .collect();
        members.iter().filter(|w| **w).count() as f64 / members.len() as f64
    };
    near(found.gap, rate(true) - rate(false), 1e-9);
    near(found.explained + found.unexplained, found.gap, 1e-12);
    near(found.explained_by.iter().sum(), found.explained, 1e-12);
}
