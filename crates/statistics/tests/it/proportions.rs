//! Proportions, exact and paired tests, power, multiplicity.

use statistics::Confidence;
use statistics::exact::{fisher, mantel_haenszel};
use statistics::multiplicity::{benjamini_hochberg, holm};
use statistics::paired::{Pairs, largest_significant_discordance, pairs_needed, power_of_pairs};
use statistics::power::{NullVariance, Target, units_per_group};
use statistics::proportion::{
    RatioVerdict, Share, difference, equal_shares, odds_ratio, ratio, ratio_verdict,
    representativeness,
};

use crate::near;

const LEVEL: Confidence = Confidence::NINETY_FIVE;

fn share(events: u64, total: u64) -> Share {
    Share::new(events, total).unwrap()
}

#[test]
fn intervals_of_one_share() {
    let wilson = share(18, 40).wilson(LEVEL);
    near(wilson.lower, 0.3070530781, 1e-10);
    near(wilson.upper, 0.6017090820, 1e-10);
    let exact = share(18, 40).clopper_pearson(LEVEL);
    near(exact.lower, 0.2925883500, 1e-10);
    near(exact.upper, 0.6150932055, 1e-10);
    let none = share(0, 10).wilson(LEVEL);
    assert_eq!(none.lower, 0.0);
    near(none.upper, 0.2775327999, 1e-10);
    // Mirror image.
    let all = share(10, 10).wilson(LEVEL);
    assert_eq!(all.upper, 1.0);
    near(all.lower, 1.0 - 0.2775327999, 1e-10);
}

#[test]
fn differences_of_shares() {
    let found = difference(&share(56, 70), &share(48, 80), LEVEL);
    near(found.interval.lower, 0.0524314725, 1e-10);
    near(found.interval.upper, 0.3338726540, 1e-10);
    let found = difference(&share(45, 200), &share(60, 200), LEVEL);
    near(found.interval.lower, -0.1598779862, 1e-10);
    near(found.interval.upper, 0.0112978986, 1e-10);
    near(
        equal_shares(&share(45, 200), &share(60, 200))
            .unwrap()
            .statistic,
        2.905569,
        1e-6,
    );
}

#[test]
fn a_bare_four_fifths_alarm_misleads() {
    let found = ratio(&share(24, 80), &share(48, 120), LEVEL).unwrap();
    near(found.value, 0.75, 1e-15);
    near(found.interval.lower, 0.5027018413, 1e-10);
    near(found.interval.upper, 1.1189535303, 1e-10);
    near(
        fisher([[24, 56], [48, 72]]).unwrap().two_sided,
        0.1766454744,
        1e-10,
    );
    assert_eq!(ratio_verdict(&found, 0.8), RatioVerdict::Undecided);
}

#[test]
fn unemployment_gap_as_difference_ratio_and_odds_ratio() {
    // 7.0 % against 2.9 %: 4.1 points, ratio 2.41, odds ratio 2.52.
    let (with, without) = (share(70, 1000), share(29, 1000));
    near(difference(&with, &without, LEVEL).value, 0.041, 1e-12);
    near(ratio(&with, &without, LEVEL).unwrap().value, 2.41, 0.005);
    near(
        odds_ratio(&with, &without, LEVEL).unwrap().value,
        2.52,
        0.005,
    );
}

#[test]
fn a_survey_of_most_of_a_finite_population() {
    // 94 % of 260 out of 352; the count is not whole, so the formula is checked at both sides.
    let estimate = |events| share(events, 260).of_finite_population(352, LEVEL).unwrap();
    let (low, high) = (estimate(244), estimate(245));
    let p: f64 = 0.94;
    let expected = (p * (1.0 - p) / 260.0 * (352.0 - 260.0) / 351.0).sqrt();
    near(expected, 0.0075404, 5e-8);
    assert!(high.standard_error < expected && expected < low.standard_error);
    near(0.94 - LEVEL.z() * expected, 0.925, 0.0005);
    near(0.94 + LEVEL.z() * expected, 0.955, 0.0005);
    let without = share(244, 260);
    assert!(low.interval.width() < difference(&without, &share(1, 1), LEVEL).standard_error * 4.0);
}

#[test]
fn representativeness_uses_that_the_part_is_contained() {
    // 30 of 100 participants and 500 of 2000 eligible are in the group: ratio 1.2.
    let found = representativeness(&share(30, 100), &share(500, 2000), LEVEL).unwrap();
    near(found.value, 1.2, 1e-14);
    // Delta method by numerical differentiation of ln(p1/(f p1 + (1-f) p0)).
    let (p1, p0, f): (f64, f64, f64) = (0.3, 470.0 / 1900.0, 0.05);
    let log = |p1: f64, p0: f64| (p1 / (f * p1 + (1.0 - f) * p0)).ln();
    let h = 1e-6;
    let d1 = (log(p1 + h, p0) - log(p1 - h, p0)) / (2.0 * h);
    let d0 = (log(p1, p0 + h) - log(p1, p0 - h)) / (2.0 * h);
    let variance = d1 * d1 * p1 * (1.0 - p1) / 100.0 + d0 * d0 * p0 * (1.0 - p0) / 1900.0;
    near(found.standard_error, variance.sqrt(), 1e-8);
}

#[test]
fn exact_and_stratified_tests() {
    near(
        fisher([[3, 1], [1, 3]]).unwrap().two_sided,
        0.4857142857,
        1e-10,
    );
    // Admissions to Berkeley by sex in six departments (Bickel, Hammel and O'Connell 1975): the
    // crude odds ratio of 1.84 turns round within departments.
    let departments = [
        [[512, 313], [89, 19]],
        [[353, 207], [17, 8]],
        [[120, 205], [202, 391]],
        [[138, 279], [131, 244]],
        [[53, 138], [94, 299]],
        [[22, 351], [24, 317]],
    ];
    let found = mantel_haenszel(&departments, LEVEL).unwrap();
    near(found.odds_ratio.unwrap().value, 0.9046968283, 1e-10);
    near(found.corrected.statistic, 1.4269462, 1e-7);
    let sum = |row: usize, column: usize| departments.iter().map(|d| d[row][column]).sum::<u64>();
    let crude = odds_ratio(
        &share(sum(0, 0), sum(0, 0) + sum(0, 1)),
        &share(sum(1, 0), sum(1, 0) + sum(1, 1)),
        LEVEL,
    );
    assert!(crude.unwrap().value > 1.8);
}

#[test]
fn paired_tests() {
    let found = Pairs {
        both: 794,
        only_first: 86,
        only_second: 150,
        neither: 570,
    };
    near(found.mcnemar().unwrap().statistic, 17.355932, 1e-6);
    near(found.mcnemar_exact().unwrap() / 3.715936e-5, 1.0, 1e-6);
    let found = Pairs {
        both: 96,
        only_first: 34,
        only_second: 20,
        neither: 138,
    };
    let gap = found.difference(LEVEL).unwrap();
    near(gap.value, 0.0486111, 5e-8);
    near(gap.interval.lower, -0.0010823, 5e-8);
    near(gap.interval.upper, 0.0983045, 5e-8);
    near(found.mcnemar().unwrap().statistic, 3.6296296, 5e-8);
    near(found.mcnemar_exact().unwrap(), 0.0759047, 5e-8);
    near(found.net_rate().unwrap(), 0.0933333, 5e-8);
    near(found.success_ratio(LEVEL).unwrap().value, 1.1206897, 5e-8);
}

#[test]
fn how_many_pairs() {
    for (discordant, pairs, power) in [
        (0.10, 312.0, 0.77),
        (0.15, 469.0, 0.59),
        (0.20, 626.0, 0.47),
        (0.25, 783.0, 0.40),
    ] {
        let needed = pairs_needed(0.05, discordant, 0.05, 0.8).unwrap();
        assert_eq!(needed.ceil(), pairs, "{needed}");
        near(
            power_of_pairs(288, 0.05, discordant, 0.05).unwrap(),
            power,
            0.005,
        );
    }
    // 5 points in 288 pairs are significant only with at most 18.7 % discordant pairs.
    near(
        largest_significant_discordance(288, 0.05, LEVEL),
        0.187,
        0.0005,
    );
    // As independent halves the same difference is nowhere near certain: about -3.1 to +13.1.
    let halves = difference(&share(130, 288), &share(116, 288), LEVEL);
    assert!(halves.interval.lower < -0.03 && halves.interval.upper > 0.125);
}

#[test]
fn how_many_units() {
    let needed = |a, b, v| units_per_group(a, b, Target::CUSTOMARY, v).unwrap();
    near(needed(0.35, 0.40, NullVariance::Pooled), 1470.485, 1e-6);
    near(needed(0.45, 0.40, NullVariance::Pooled), 1533.277, 1e-6);
    near(needed(0.07, 0.029, NullVariance::Unpooled), 435.0, 0.002);
}

#[test]
fn adjusted_p_values() {
    let p = [
        0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216,
    ];
    let bh = [
        0.01,
        0.04,
        0.084,
        0.084,
        0.084,
        0.1,
        0.740 / 7.0,
        0.216,
        0.216,
        0.216,
    ];
    for (found, expected) in benjamini_hochberg(&p).unwrap().into_iter().zip(bh) {
        near(found, expected, 1e-12);
    }
    near(bh[6], 0.105714, 5e-7);
    let adjusted = holm(&p).unwrap();
    for (index, expected) in [(0, 0.01), (1, 0.072), (2, 0.312), (9, 0.615)] {
        near(adjusted[index], expected, 1e-12);
    }
}
