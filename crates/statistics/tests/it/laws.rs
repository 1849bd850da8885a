//! Laws that hold for every input.

use proptest::prelude::*;
use statistics::Confidence;
use statistics::decomposition::{Category, Reference, kitagawa, oaxaca_blinder};
use statistics::disclosure::cell_key::{CellKey, RecordKey};
use statistics::exact::fisher;
use statistics::funnel::limits;
use statistics::multiplicity::{benjamini_hochberg, holm};
use statistics::proportion::{Share, difference};
use statistics::regression::Design;
use statistics::special;
use statistics::survival::Observations;
use statistics::survival::competing::{CompetingObservations, cumulative_incidence};
use statistics::survival::kaplan_meier::{CurveInterval, curve};
use statistics::survival::log_rank::log_rank;
use statistics::survival::nelson_aalen::cumulative_hazard;
use statistics::survival::restricted_mean::restricted_mean;

const LEVEL: Confidence = Confidence::NINETY_FIVE;

fn observations() -> impl Strategy<Value = Vec<(u8, bool)>> {
    prop::collection::vec((0_u8..30, any::<bool>()), 1..60)
}

fn build(data: &[(u8, bool)]) -> Observations {
    let times = data.iter().map(|(time, _)| f64::from(*time)).collect();
    Observations::right_censored(times, data.iter().map(|(_, event)| *event).collect()).unwrap()
}

proptest! {
    #[test]
    fn without_censoring_the_curve_is_one_minus_the_distribution(times in prop::collection::vec(0_u8..40, 1..80)) {
        let data: Vec<(u8, bool)> = times.iter().map(|time| (*time, true)).collect();
        let curve = curve(&build(&data));
        for at in 0..40 {
            let beyond = times.iter().filter(|time| **time > at).count() as f64;
            let found = curve.survival_at(f64::from(at)).unwrap();
            prop_assert!((found - beyond / times.len() as f64).abs() < 1e-12);
        }
    }

    #[test]
    fn the_order_of_units_does_not_matter(data in observations(), turn in 0_usize..60) {
        let mut turned = data.clone();
        turned.rotate_left(turn % data.len());
        turned.reverse();
        prop_assert_eq!(curve(&build(&data)), curve(&build(&turned)));
        prop_assert_eq!(cumulative_hazard(&build(&data)), cumulative_hazard(&build(&turned)));
    }

    #[test]
    fn curves_fall_within_their_bands(data in observations()) {
        let curve = curve(&build(&data));
        let mut last = 1.0;
        for step in curve.steps() {
            prop_assert!(step.survival <= last && step.survival >= 0.0);
            last = step.survival;
            for kind in [CurveInterval::LogMinusLog, CurveInterval::Log, CurveInterval::Plain] {
                if let Some(band) = step.interval(kind, LEVEL) {
                    prop_assert!(band.lower.is_finite() && band.upper.is_finite());
                    prop_assert!(band.lower - 1e-12 <= step.survival && step.survival <= band.upper + 1e-12);
                }
            }
        }
    }

    #[test]
    fn delayed_entry_before_everything_changes_nothing(data in observations()) {
        let data: Vec<(u8, bool)> = data.iter().map(|(time, event)| (time + 1, *event)).collect();
        let plain = build(&data);
        let delayed = Observations::with_entry(vec![0.0; data.len()], plain.exit().to_vec(), plain.event().to_vec()).unwrap();
        prop_assert_eq!(curve(&plain), curve(&delayed));
    }

    #[test]
    fn a_restricted_mean_lies_between_zero_and_its_horizon(data in observations(), horizon in 1_u8..30) {
        let curve = curve(&build(&data));
        match restricted_mean(&curve, f64::from(horizon), LEVEL) {
            Ok(mean) => {
                prop_assert!(mean.value >= 0.0 && mean.value <= f64::from(horizon) + 1e-9);
                prop_assert!(mean.standard_error.is_finite());
            }
            Err(_) => prop_assert!(f64::from(horizon) > curve.last_time()),
        }
    }

    #[test]
    fn incidences_and_survival_add_to_one(data in prop::collection::vec((0_u8..30, 0_usize..4), 1..60)) {
        let exit = data.iter().map(|(time, _)| f64::from(*time)).collect();
        let cause = data.iter().map(|(_, cause)| *cause).collect();
        let found = CompetingObservations::new(exit, cause).unwrap();
        for step in cumulative_incidence(&found).steps() {
            prop_assert!((step.share.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            prop_assert!((0..step.share.len()).all(|state| step.standard_error(state).is_finite()));
        }
    }

    #[test]
    fn renaming_groups_does_not_change_a_log_rank_test(data in prop::collection::vec((0_u8..20, any::<bool>(), 0_usize..3), 4..50)) {
        let plain: Vec<(u8, bool)> = data.iter().map(|(time, event, _)| (*time, *event)).collect();
        let group: Vec<usize> = data.iter().map(|(_, _, group)| *group).collect();
        let renamed: Vec<usize> = group.iter().map(|group| 2 - group).collect();
        let observations = build(&plain);
        match (log_rank(&observations, &group, None, 0.0), log_rank(&observations, &renamed, None, 0.0)) {
            (Ok(a), Ok(b)) => {
                prop_assert!((a.test.statistic - b.test.statistic).abs() < 1e-8 * (1.0 + a.test.statistic));
                let observed: f64 = a.groups.iter().map(|group| group.observed).sum();
                let expected: f64 = a.groups.iter().map(|group| group.expected).sum();
                prop_assert!((observed - expected).abs() < 1e-9);
            }
            (Err(_), Err(_)) => {}
            (a, b) => prop_assert!(false, "{a:?} {b:?}"),
        }
    }

    #[test]
    fn kitagawa_adds_to_the_gap(table in prop::collection::vec((0.01_f64..10.0, 0.0_f64..1.0, 0.01_f64..10.0, 0.0_f64..1.0), 1..8)) {
        let categories: Vec<Category> = table.into_iter().map(|(weight_first, rate_first, weight_second, rate_second)| Category { weight_first, rate_first, weight_second, rate_second }).collect();
        let found = kitagawa(&categories).unwrap();
        prop_assert!((found.composition + found.rate - found.gap).abs() < 1e-12);
    }

    #[test]
    fn oaxaca_blinder_adds_to_the_gap(rows in prop::collection::vec((-5.0_f64..5.0, -5.0_f64..5.0, -10.0_f64..10.0), 10..40)) {
        let columns = [rows.iter().map(|row| row.0).collect(), rows.iter().map(|row| row.1).collect()];
        let design = Design::from_columns(&columns).unwrap();
        let first: Vec<bool> = (0..rows.len()).map(|row| row % 2 == 0).collect();
        let outcome: Vec<f64> = rows.iter().map(|row| row.2).collect();
        for reference in [Reference::PooledWithGroup, Reference::SizeWeighted, Reference::Mean, Reference::First, Reference::Second] {
            // A singular draw is refused, which is a result too.
            let Ok(found) = oaxaca_blinder(&design, &first, &outcome, reference) else { continue };
            prop_assert!((found.explained + found.unexplained - found.gap).abs() < 1e-8);
            prop_assert!((found.endowments + found.coefficients + found.interaction - found.gap).abs() < 1e-8);
        }
    }

    #[test]
    fn swapping_groups_flips_a_difference(a in 0_u64..50, b in 0_u64..50, n in 50_u64..90, m in 50_u64..90) {
        let (first, second) = (Share::new(a, n).unwrap(), Share::new(b, m).unwrap());
        let (one, other) = (difference(&first, &second, LEVEL), difference(&second, &first, LEVEL));
        prop_assert_eq!(one.value, -other.value);
        prop_assert!((one.interval.lower + other.interval.upper).abs() < 1e-14);
        prop_assert!(one.interval.contains(one.value));
    }

    #[test]
    fn exact_intervals_hold_their_tails(x in 0_u64..60, extra in 0_u64..60) {
        let n = x + extra + 1;
        let interval = Share::new(x, n).unwrap().clopper_pearson(LEVEL);
        if x > 0 {
            prop_assert!((special::binomial_upper_tail(x, n, interval.lower) - 0.025).abs() < 1e-10);
        }
        prop_assert!((special::binomial_cdf(x, n, interval.upper) - 0.025).abs() < 1e-10);
    }

    #[test]
    fn fisher_ignores_which_margin_comes_first(a in 0_u64..12, b in 0_u64..12, c in 0_u64..12, d in 1_u64..12) {
        let one = fisher([[a, b], [c, d]]).unwrap();
        let turned = fisher([[a, c], [b, d]]).unwrap();
        prop_assert!((one.two_sided - turned.two_sided).abs() < 1e-10);
        prop_assert!((one.greater - turned.greater).abs() < 1e-10);
        prop_assert!(one.two_sided <= 1.0 && one.two_sided > 0.0);
    }

    #[test]
    fn holm_is_never_below_benjamini_hochberg(p in prop::collection::vec(0.0_f64..1.0, 0..30)) {
        let (strict, mild) = (holm(&p).unwrap(), benjamini_hochberg(&p).unwrap());
        for ((strict, mild), raw) in strict.iter().zip(&mild).zip(&p) {
            prop_assert!(strict + 1e-12 >= *mild && mild + 1e-12 >= *raw);
        }
    }

    #[test]
    fn funnels_narrow_with_size(p in 0.05_f64..0.95, n in 5_u64..300) {
        let (small, large) = (limits(p, n, LEVEL).unwrap(), limits(p, 16 * n, LEVEL).unwrap());
        prop_assert!(large.width() < small.width());
        prop_assert!(small.contains(p) && large.contains(p));
    }

    #[test]
    fn cell_keys_do_not_depend_on_how_records_are_grouped(keys in prop::collection::vec(any::<u64>(), 0..40), cut in 0_usize..40) {
        let records: Vec<RecordKey> = keys.iter().map(|bits| RecordKey::from_secret_bits(*bits)).collect();
        let cut = cut.min(records.len());
        let whole: CellKey = records.iter().copied().collect();
        let parts = records[cut..].iter().copied().collect::<CellKey>().union(records[..cut].iter().rev().copied().collect());
        prop_assert_eq!(whole, parts);
        prop_assert!(whole.rounded(5).abs_diff(keys.len() as u64) < 5);
    }
}
