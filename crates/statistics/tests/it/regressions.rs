//! Linear and logistic regression, propensity weights.

use statistics::Confidence;
use statistics::regression::linear::{self, Errors};
use statistics::regression::weighting::{self, Target};
use statistics::regression::{Design, logistic};

use crate::data;
use crate::near;

const EQUAL: [f64; 3] = [1214.109693802433, 649.0603896503251, 113.39820434983243];
const ROBUST: [f64; 3] = [1192.2365960287448, 667.0442950081919, 116.07513937152767];
const CLUSTERED: [f64; 3] = [1643.5486256506406, 721.2518545525734, 155.43936546033285];

#[test]
fn logistic_model_of_spector_and_mazzeo() {
    let table = data::spector();
    let columns: Vec<Vec<f64>> = ["gpa", "tuce", "psi"]
        .iter()
        .map(|name| table.numbers(name))
        .collect();
    let design = Design::from_columns(&columns).unwrap().with_intercept();
    let fit = logistic::fit(&design, &table.equals("grade", "1")).unwrap();
    for (found, expected) in
        fit.coefficients
            .iter()
            .zip([-13.02134686, 2.82611259, 0.09515766, 2.37868766])
    {
        near(*found, expected, 1e-8);
    }
    near(fit.log_likelihood, -12.8896342, 1e-7);
    // Standard errors as in Greene, Econometric Analysis, table 21.1.
    for (found, expected) in fit
        .standard_errors()
        .iter()
        .zip([4.931, 1.263, 0.142, 1.065])
    {
        near(*found, expected, 6e-4);
    }
}

#[test]
fn longley_keeps_its_digits() {
    // Certified values of the NIST Statistical Reference Datasets.
    let table = data::longley();
    let columns: Vec<Vec<f64>> = ["gnpdefl", "gnp", "unemp", "armed", "pop", "year"]
        .iter()
        .map(|name| table.numbers(name))
        .collect();
    let design = Design::from_columns(&columns).unwrap().with_intercept();
    let fit = linear::fit(&design, &table.numbers("totemp"), None).unwrap();
    let certified = [
        (-3482258.63459582, 890420.383607373),
        (15.0618722713733, 84.9149257747669),
        (-0.0358191792925910, 0.0334910077722432),
        (-2.02022980381683, 0.488399681651699),
        (-1.03322686717359, 0.214274163161675),
        (-0.0511041056535807, 0.226073200069370),
        (1829.15146461355, 455.478499142212),
    ];
    for (index, (value, error)) in certified.into_iter().enumerate() {
        let found = fit.estimate(index, Confidence::NINETY_FIVE).unwrap();
        near(found.value / value, 1.0, 1e-8);
        near(found.standard_error / error, 1.0, 1e-8);
    }
    near(fit.residual_deviation, 304.854073561965, 1e-9);
    near(fit.r_squared.unwrap(), 0.995479004577296, 1e-12);
}

#[test]
fn robust_and_clustered_errors() {
    // Values of statsmodels 0.15.0, OLS of re78 on treat and educ, HC1 and clusters of 25 rows.
    let table = data::lalonde();
    let design = Design::from_columns(&[table.numbers("treat"), table.numbers("educ")])
        .unwrap()
        .with_intercept();
    let fit = linear::fit(&design, &table.numbers("re78"), None).unwrap();
    let clusters: Vec<usize> = (0..614).map(|row| row / 25).collect();
    for (errors, expected) in [
        (Errors::EqualVariance, EQUAL),
        (Errors::Robust, ROBUST),
        (Errors::Clustered(&clusters), CLUSTERED),
    ] {
        let covariance = fit.covariance(&design, None, errors).unwrap();
        for (index, expected) in expected.into_iter().enumerate() {
            near(covariance[index][index].sqrt(), expected, 1e-8);
        }
    }
}

#[test]
fn weighting_the_training_programme() {
    let table = data::lalonde();
    let numbers = |name: &str| table.numbers(name);
    let indicator = |value: &str| -> Vec<f64> {
        table
            .equals("race", value)
            .into_iter()
            .map(|is| f64::from(u8::from(is)))
            .collect()
    };
    let columns = [
        numbers("age"),
        numbers("educ"),
        numbers("married"),
        numbers("nodegree"),
        numbers("re74"),
        numbers("re75"),
        indicator("hispan"),
        indicator("white"),
    ];
    let design = Design::from_columns(&columns).unwrap();
    let treated = table.equals("treat", "1");
    let found = weighting::compare(&design, &treated, &numbers("re78"), Target::Treated).unwrap();
    near(found.raw_difference, -635.026212, 1e-9);
    near(found.weighted_difference, 1214.071221, 1e-6);
    near(found.effective_untreated, 99.8154, 1e-6);
    near(found.effective_treated, 185.0, 1e-12);
    let after = [
        0.1188496, -0.0284159, 0.0473847, 0.0404086, -0.0021428, 0.0110318,
    ];
    for (balance, expected) in found.balance.iter().zip(after) {
        near(balance.after.unwrap(), expected, 1e-6);
    }
    assert!(!found.balance[0].is_acceptable());
    assert!(found.balance[1].is_acceptable());
    assert!(found.overlap.is_some());
    let everybody =
        weighting::compare(&design, &treated, &numbers("re78"), Target::Everybody).unwrap();
    assert!(everybody.effective_treated < 185.0);
}
