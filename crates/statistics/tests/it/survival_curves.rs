//! Kaplan–Meier, Nelson–Aalen, restricted means, log-rank.

use statistics::Confidence;
use statistics::survival::Observations;
use statistics::survival::kaplan_meier::{Curve, CurveInterval, curve};
use statistics::survival::log_rank::log_rank;
use statistics::survival::nelson_aalen::cumulative_hazard;
use statistics::survival::restricted_mean::{difference, restricted_mean};
use statistics::survival::weibull;

use crate::data;
use crate::near;

const LEVEL: Confidence = Confidence::NINETY_FIVE;

/// Freireich et al. 1963: weeks of remission with 6-mercaptopurine; a plus marks censoring.
const TREATED: &str = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+";
const PLACEBO: &str = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23";

pub(crate) fn remissions() -> (Observations, Vec<usize>) {
    let parse = |text: &str| -> Vec<(f64, bool)> {
        let unit = |word: &str| {
            (
                word.trim_end_matches('+').parse().unwrap(),
                !word.ends_with('+'),
            )
        };
        text.split(' ').map(unit).collect()
    };
    let (treated, placebo) = (parse(TREATED), parse(PLACEBO));
    let group = [vec![0; treated.len()], vec![1; placebo.len()]].concat();
    let all = [treated, placebo].concat();
    let times = all.iter().map(|(time, _)| *time).collect();
    let events = all.iter().map(|(_, event)| *event).collect();
    (Observations::right_censored(times, events).unwrap(), group)
}

pub(crate) fn lung() -> Observations {
    let table = data::lung();
    Observations::right_censored(table.numbers("time"), table.equals("status", "2")).unwrap()
}

fn of_group(observations: &Observations, group: &[usize], number: usize) -> Curve {
    curve(&observations.filtered(|unit| group[unit] == number).unwrap())
}

#[test]
fn remission_times() {
    let (observations, group) = remissions();
    let treated = of_group(&observations, &group, 0);
    for (time, survival) in [
        (6.0, 0.8571429),
        (7.0, 0.8067227),
        (10.0, 0.7529412),
        (13.0, 0.6901961),
        (16.0, 0.6274510),
        (22.0, 0.5378151),
        (23.0, 0.4481793),
    ] {
        near(treated.survival_at(time).unwrap(), survival, 5e-8);
    }
    near(
        treated.step_at(6.0).unwrap().standard_error().unwrap(),
        0.07636035,
        5e-9,
    );
    near(
        treated.step_at(23.0).unwrap().standard_error().unwrap(),
        0.13459146,
        5e-9,
    );
    let placebo = of_group(&observations, &group, 1);
    near(placebo.survival_at(8.0).unwrap(), 0.38095238, 5e-9);
    near(
        log_rank(&observations, &group, None, 0.0)
            .unwrap()
            .test
            .statistic,
        16.79294099,
        1e-8,
    );
}

#[test]
fn lung_cancer_curve() {
    let observations = lung();
    assert_eq!((observations.len(), observations.events()), (228, 165));
    let curve = curve(&observations);
    let log = curve.median(CurveInterval::Log, LEVEL).unwrap();
    assert_eq!(
        (log.time, log.lower, log.upper),
        (310.0, Some(285.0), Some(363.0))
    );
    let log_log = curve.median(CurveInterval::LogMinusLog, LEVEL).unwrap();
    assert_eq!((log_log.lower, log_log.upper), (Some(284.0), Some(361.0)));
    let year = curve.step_at(365.0).unwrap();
    near(year.survival, 0.4092416245, 1e-10);
    near(year.standard_error().unwrap(), 0.035823638, 1e-9);
    let interval = year.interval(CurveInterval::LogMinusLog, LEVEL).unwrap();
    near(interval.lower, 0.3387142691, 1e-10);
    near(interval.upper, 0.4783807676, 1e-10);
    let hazard = cumulative_hazard(&observations);
    let year = hazard.iter().rfind(|step| step.time <= 365.0).unwrap();
    near(year.hazard, 0.8883245744, 1e-10);
    near(year.standard_error, 0.08696538766, 1e-10);
}

#[test]
fn lung_cancer_by_sex() {
    let observations = lung();
    let table = data::lung();
    let group: Vec<usize> = table
        .numbers("sex")
        .iter()
        .map(|sex| *sex as usize - 1)
        .collect();
    let (men, women) = (
        of_group(&observations, &group, 0),
        of_group(&observations, &group, 1),
    );
    assert_eq!(men.median(CurveInterval::Log, LEVEL).unwrap().time, 270.0);
    assert_eq!(women.median(CurveInterval::Log, LEVEL).unwrap().time, 426.0);
    let test = |rho| {
        log_rank(&observations, &group, None, rho)
            .unwrap()
            .test
            .statistic
    };
    near(test(0.0), 10.32674195, 1e-9);
    near(test(1.0), 12.7141514, 1e-8);
    for (curve, mean, error) in [
        (&men, 241.49508519, 10.35822649),
        (&women, 297.46540953, 10.79132398),
    ] {
        let found = restricted_mean(curve, 365.0, LEVEL).unwrap();
        near(found.value, mean, 1e-9);
        near(found.standard_error, error, 1e-9);
    }
    let gap = difference(&women, &men, 365.0, LEVEL).unwrap();
    near(gap.value, 297.46540953 - 241.49508519, 1e-9);
}

#[test]
fn lung_cancer_stratified_by_institution() {
    let table = data::lung();
    // One patient has no institution and is left out, as R does.
    let known: Vec<usize> = (0..228)
        .filter(|row| !table.text("inst")[*row].is_empty())
        .collect();
    assert_eq!(known.len(), 227);
    let pick = |values: Vec<f64>| -> Vec<f64> { known.iter().map(|row| values[*row]).collect() };
    let events = pick(table.numbers("status"))
        .iter()
        .map(|status| *status == 2.0)
        .collect();
    let observations = Observations::right_censored(pick(table.numbers("time")), events).unwrap();
    let group: Vec<usize> = pick(table.numbers("sex"))
        .iter()
        .map(|s| *s as usize - 1)
        .collect();
    let stratum: Vec<usize> = known
        .iter()
        .map(|row| table.text("inst")[*row].parse().unwrap())
        .collect();
    let found = log_rank(&observations, &group, Some(&stratum), 0.0).unwrap();
    near(found.test.statistic, 8.524467363, 1e-9);
}

#[test]
fn restricted_mean_where_a_reference_is_wrong() {
    // lifelines reports the variance of the lifetime, not of the estimate (its issue 1682); the
    // values here are R survfit's.
    let found = restricted_mean(&curve(&lung()), 365.0, LEVEL).unwrap();
    near(found.value, 263.2218664820, 1e-12);
    near(found.standard_error, 7.7988590863, 1e-11);
}

#[test]
fn released_convicts() {
    let table = data::rossi();
    let observations =
        Observations::right_censored(table.numbers("week"), table.equals("arrest", "1")).unwrap();
    near(
        curve(&observations).survival_at(52.0).unwrap(),
        0.7361111,
        5e-8,
    );
    let group: Vec<usize> = table
        .numbers("fin")
        .iter()
        .map(|fin| *fin as usize)
        .collect();
    let found = log_rank(&observations, &group, None, 0.0).unwrap();
    near(found.test.statistic, 3.837569577, 1e-9);
}

#[test]
fn left_truncation() {
    let observations = Observations::with_entry(
        vec![0.0, 2.0, 0.0, 5.0, 3.0, 0.0, 4.0],
        vec![6.0, 9.0, 4.0, 12.0, 8.0, 10.0, 11.0],
        vec![true, true, false, true, false, true, false],
    )
    .unwrap();
    let found = curve(&observations);
    for (time, survival) in [
        (6.0, 5.0 / 6.0),
        (9.0, 0.625),
        (10.0, 5.0 / 12.0),
        (12.0, 0.0),
    ] {
        near(found.survival_at(time).unwrap(), survival, 1e-14);
    }
}

#[test]
fn delayed_entry_of_the_lung_patients() {
    // R survival 3.5-3, survfit(Surv(entry, time, status) ~ 1) with the entries built below.
    let found = curve(&delayed_lung());
    for (time, survival, error, at_risk) in [
        (100.0, 0.6699351827073, 0.05455604036151, 146),
        (365.0, 0.2971840002101, 0.03588564083913, 65),
    ] {
        let step = found.step_at(time).unwrap();
        near(step.survival, survival, 1e-12);
        near(step.standard_error().unwrap(), error, 1e-12);
        // R counts at the requested time, which is the next step here.
        let next = found.steps().iter().find(|step| step.time >= time).unwrap();
        assert_eq!(next.at_risk, at_risk);
    }
}

/// Lung patients that enter at `⌊time·((7·row) mod 10)/20⌋`, rows from 1.
pub(crate) fn delayed_lung() -> Observations {
    let plain = lung();
    let entry = plain
        .exit()
        .iter()
        .enumerate()
        .map(|(row, time)| (time * ((row + 1) * 7 % 10) as f64 / 20.0).floor())
        .collect();
    Observations::with_entry(entry, plain.exit().to_vec(), plain.event().to_vec()).unwrap()
}

#[test]
fn fruit_flies() {
    let table = data::waltons();
    let observations =
        Observations::right_censored(table.numbers("T"), table.equals("E", "1")).unwrap();
    let found = curve(&observations)
        .median(CurveInterval::LogMinusLog, LEVEL)
        .unwrap();
    assert_eq!(found.time, 56.0);
    let group: Vec<usize> = table
        .equals("group", "control")
        .into_iter()
        .map(usize::from)
        .collect();
    let test = log_rank(&observations, &group, None, 0.0).unwrap().test;
    near(test.statistic, 122.2491256, 1e-8);
    let fit = weibull::fit(&observations).unwrap();
    // lifelines 0.30.3 stops early and gives 55.7330931 and 3.4505054, at a lower likelihood; these
    // are the roots of the score with 30 digits, and R survreg's values with a tight tolerance.
    near(fit.scale, 55.7330784648372, 1e-12);
    near(fit.shape, 3.45051034751227, 1e-12);
    near(fit.log_likelihood, -672.062_187_271_283, 1e-12);
    near(fit.scale / 55.7330931, 1.0, 2e-6);
    near(fit.shape / 3.4505054, 1.0, 2e-6);
}
