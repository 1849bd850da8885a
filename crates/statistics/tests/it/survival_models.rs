//! Cox models and competing events.

use statistics::Confidence;
use statistics::regression::Design;
use statistics::survival::competing::{CompetingObservations, cumulative_incidence, gray_test};
use statistics::survival::concordance::concordance;
use statistics::survival::cox::{Model, Ties};
use statistics::survival::{Observations, SurvivalError};

use crate::data;
use crate::near;
use crate::survival_curves::{delayed_lung, lung, remissions};

fn age_and_sex() -> Design {
    let table = data::lung();
    Design::from_columns(&[table.numbers("age"), table.numbers("sex")]).unwrap()
}

fn model<'a>(observations: &'a Observations, covariates: &'a Design) -> Model<'a> {
    Model {
        observations,
        covariates,
        stratum: None,
        ties: Ties::Efron,
    }
}

#[test]
fn remission_hazards() {
    let (observations, group) = remissions();
    let placebo = group.iter().map(|g| *g as f64).collect();
    let covariates = Design::from_columns(&[placebo]).unwrap();
    let fit = model(&observations, &covariates).fit().unwrap();
    near(fit.coefficients[0], 1.5721251, 5e-8);
    near(fit.standard_errors()[0], 0.41239672, 5e-8);
    let ratio = fit.hazard_ratio(0, Confidence::NINETY_FIVE).unwrap();
    near(ratio.value, 1.5721251_f64.exp(), 1e-6);
}

#[test]
fn lung_cancer_hazards() {
    let (observations, covariates) = (lung(), age_and_sex());
    let efron = model(&observations, &covariates);
    let fit = efron.fit().unwrap();
    near(fit.coefficients[0], 0.017045332, 1e-8);
    near(fit.coefficients[1], -0.513218517, 1e-8);
    near(fit.standard_errors()[0], 0.009223273, 1e-8);
    near(fit.standard_errors()[1], 0.167457962, 1e-8);
    near(fit.null_log_likelihood, -749.909801390, 1e-10);
    near(fit.log_likelihood, -742.848245784, 1e-10);

    let breslow = Model {
        ties: Ties::Breslow,
        ..efron
    }
    .fit()
    .unwrap();
    near(breslow.coefficients[0], 0.0170128892, 1e-8);
    near(breslow.coefficients[1], -0.5125647915, 1e-8);

    let scores = covariates.times(&fit.coefficients);
    near(
        concordance(&observations, &scores, None).unwrap(),
        0.6028530028980,
        1e-12,
    );

    let test = efron.proportionality(&fit).unwrap();
    near(test.covariates[0].statistic, 0.209202826364, 1e-6);
    near(test.covariates[1].statistic, 2.607671703537, 1e-6);
    near(test.global.statistic, 2.770785375938, 1e-6);
}

#[test]
fn robust_errors_with_and_without_clusters() {
    let (observations, covariates) = (lung(), age_and_sex());
    let fitted = model(&observations, &covariates);
    let fit = fitted.fit().unwrap();
    let robust = fitted.robust_covariance(&fit, None).unwrap();
    near(robust[0][0].sqrt(), 0.0095046381236, 1e-8);
    near(robust[1][1].sqrt(), 0.1601741678342, 1e-8);

    let table = data::lung();
    let known = |row: usize| !table.text("inst")[row].is_empty();
    let observations = observations.filtered(known).unwrap();
    let covariates = covariates.filtered(known).unwrap();
    let institution: Vec<usize> = (0..228)
        .filter(|row| known(*row))
        .map(|row| table.text("inst")[row].parse().unwrap())
        .collect();
    let fitted = model(&observations, &covariates);
    let fit = fitted.fit().unwrap();
    let robust = fitted.robust_covariance(&fit, Some(&institution)).unwrap();
    near(robust[0][0].sqrt(), 0.0073273931, 1e-8);
    near(robust[1][1].sqrt(), 0.1282306017, 1e-8);
}

#[test]
fn released_convicts() {
    let table = data::rossi();
    let names = ["fin", "age", "race", "wexp", "mar", "paro", "prio"];
    let columns: Vec<Vec<f64>> = names.iter().map(|name| table.numbers(name)).collect();
    let covariates = Design::from_columns(&columns).unwrap();
    let observations =
        Observations::right_censored(table.numbers("week"), table.equals("arrest", "1")).unwrap();
    let fitted = model(&observations, &covariates);
    let fit = fitted.fit().unwrap();
    let expected = [
        -0.37942217,
        -0.05743774,
        0.31389979,
        -0.14979570,
        -0.43370388,
        -0.08487108,
        0.09149708,
    ];
    for (found, expected) in fit.coefficients.iter().zip(expected) {
        near(*found, expected, 1e-8);
    }
    near(fit.standard_errors()[0], 0.19137948, 1e-8);
    near(fit.log_likelihood, -658.7476594, 1e-9);
    let scores = covariates.times(&fit.coefficients);
    near(
        concordance(&observations, &scores, None).unwrap(),
        0.6403292,
        5e-8,
    );
    let test = fitted.proportionality(&fit).unwrap();
    near(test.covariates[1].statistic, 5.97398165341843, 1e-6);
    near(test.global.statistic, 17.69441525445497, 1e-6);
}

#[test]
fn delayed_entry_and_strata() {
    // R survival 3.5-3 on the same data.
    let (delayed, covariates) = (delayed_lung(), age_and_sex());
    let fitted = model(&delayed, &covariates);
    let fit = fitted.fit().unwrap();
    near(fit.coefficients[0], 0.01483861337262, 1e-8);
    near(fit.coefficients[1], -0.48745920617579, 1e-8);
    near(fit.standard_errors()[0], 0.008992188125043, 1e-8);
    near(fit.log_likelihood, -707.0388263480, 1e-10);
    let scores = covariates.times(&fit.coefficients);
    near(
        concordance(&delayed, &scores, None).unwrap(),
        0.57733022636485,
        1e-12,
    );
    let robust = fitted.robust_covariance(&fit, None).unwrap();
    near(robust[0][0].sqrt(), 0.008448896692854, 1e-8);
    near(robust[1][1].sqrt(), 0.147291548016794, 1e-8);

    let plain = lung();
    let age = Design::from_columns(&[data::lung().numbers("age")]).unwrap();
    let sex: Vec<usize> = data::lung()
        .numbers("sex")
        .iter()
        .map(|sex| *sex as usize)
        .collect();
    let fit = Model {
        stratum: Some(&sex),
        ..model(&plain, &age)
    }
    .fit()
    .unwrap();
    near(fit.coefficients[0], 0.01621465186438, 1e-8);
    near(fit.standard_errors()[0], 0.009186854601263, 1e-8);
}

#[test]
fn impossible_models_are_refused() {
    let observations =
        Observations::right_censored(vec![1.0, 2.0, 3.0, 4.0], vec![true, true, true, true])
            .unwrap();
    let refuse = |columns: &[Vec<f64>]| {
        let covariates = Design::from_columns(columns).unwrap();
        model(&observations, &covariates).fit().unwrap_err()
    };
    assert_eq!(refuse(&[vec![1.0; 4]]), SurvivalError::Singular);
    let values = vec![2.0, 1.0, 4.0, 3.0];
    let twice = values.iter().map(|v| 2.0 * v).collect();
    assert_eq!(refuse(&[values, twice]), SurvivalError::Singular);
    // The covariate orders the events completely.
    assert_eq!(
        refuse(&[vec![4.0, 3.0, 2.0, 1.0]]),
        SurvivalError::MonotoneLikelihood
    );
    let censored = Observations::right_censored(vec![1.0, 2.0], vec![false, false]).unwrap();
    let covariates = Design::from_columns(&[vec![1.0, 2.0]]).unwrap();
    assert_eq!(
        model(&censored, &covariates).fit().unwrap_err(),
        SurvivalError::AllCensored
    );
}

#[test]
fn plasma_cell_malignancy_or_death() {
    let table = data::mgus2();
    let (ptime, futime) = (table.numbers("ptime"), table.numbers("futime"));
    let (progressed, died) = (table.equals("pstat", "1"), table.equals("death", "1"));
    let exit: Vec<f64> = (0..1384)
        .map(|row| {
            if progressed[row] {
                ptime[row]
            } else {
                futime[row]
            }
        })
        .collect();
    let cause: Vec<usize> = (0..1384)
        .map(|row| {
            if progressed[row] {
                1
            } else {
                2 * usize::from(died[row])
            }
        })
        .collect();
    let data = CompetingObservations::new(exit, cause).unwrap();
    let incidence = cumulative_incidence(&data);
    for (time, malignancy, death) in [
        (60.0, 0.0341037130, 0.3203670103),
        (120.0, 0.0637221680, 0.5318177041),
        (240.0, 0.0998137159, 0.7240279761),
    ] {
        let at = |cause| incidence.at(cause, time, Confidence::NINETY_FIVE).unwrap();
        near(at(1).value, malignancy, 1e-10);
        near(at(2).value, death, 1e-10);
    }
    // cmprsk estimates the variance by another formula; the two agree closely.
    let at = incidence.at(1, 120.0, Confidence::NINETY_FIVE).unwrap();
    near(at.standard_error / 4.623250461213e-05_f64.sqrt(), 1.0, 5e-3);

    let group: Vec<usize> = table
        .equals("sex", "M")
        .into_iter()
        .map(usize::from)
        .collect();
    near(
        gray_test(&data, &group, 1).unwrap().statistic,
        1.1945078,
        5e-8,
    );
    near(
        gray_test(&data, &group, 2).unwrap().statistic,
        11.6512590,
        5e-8,
    );
}
