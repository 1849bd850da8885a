//! Audits of ranked lists.

use statistics::ranking::{FairPrefix, RankedList, exposure_test};

use crate::near;

fn list(marks: &str) -> RankedList {
    RankedList::in_order(marks.bytes().map(|byte| byte == b'1').collect()).unwrap()
}

fn minimum(runs: &[(usize, usize)]) -> Vec<usize> {
    runs.iter()
        .flat_map(|(value, times)| std::iter::repeat_n(*value, *times))
        .collect()
}

#[test]
fn fail_probability_through_the_last_rank() {
    let rule = FairPrefix::new(20, 0.25, 0.1).unwrap();
    assert_eq!(rule.minimum(), minimum(&[(0, 8), (1, 6), (2, 5), (3, 1)]));
    near(rule.fail_probability(), 0.146887188699111, 1e-12);
    // The published 0.115175069 is the probability over ranks 1 to 19 only.
    let published = FairPrefix::new(19, 0.25, 0.1).unwrap();
    assert_eq!(published.minimum(), &rule.minimum()[..19]);
    near(published.fail_probability(), 0.115175069, 1e-9);

    let adjusted = FairPrefix::new(20, 0.25, 0.078125).unwrap();
    assert_eq!(adjusted.minimum(), minimum(&[(0, 8), (1, 7), (2, 5)]));
    near(adjusted.fail_probability(), 0.105152474, 1e-9);

    let half = FairPrefix::new(10, 0.5, 0.1).unwrap();
    assert_eq!(half.minimum(), [0, 0, 0, 1, 1, 1, 2, 2, 3, 3]);
    near(half.fail_probability(), 0.12890625, 1e-14);

    near(
        FairPrefix::new(40, 0.3, 0.05).unwrap().fail_probability(),
        0.1212397573,
        1e-10,
    );
}

#[test]
fn exposure_of_a_short_list() {
    let list = list("0010010110");
    let exposure = list.exposure().unwrap();
    near(exposure.marked, 0.3681755149, 1e-10);
    near(exposure.others, 0.5118095464, 1e-10);
    near(exposure.ratio, 0.7193603899, 1e-10);
    let test = exposure_test(std::slice::from_ref(&list)).unwrap();
    near(test.observed, 1.4727020596, 1e-10);
    near(test.expected, 1.8174237352, 1e-10);
    near(test.variance, 0.1148018379, 1e-10);
    near(test.z, -1.0174057125, 1e-10);
    assert!(test.is_exact);
    near(test.lower_p, 0.1857142857, 1e-10);
    near(list.divergence(0.4).unwrap(), 0.2001092860, 1e-10);
}

#[test]
fn lists_are_combined_exactly() {
    // Two lists: the exact distribution is the product of both, here checked by counting.
    let lists = [list("011"), list("0101")];
    let test = exposure_test(&lists).unwrap();
    assert!(test.is_exact);
    let v = |j: usize| 1.0 / ((1 + j) as f64).log2();
    let (mut low, mut all) = (0, 0);
    for a in [[1, 2], [1, 3], [2, 3]] {
        for b in [[1, 2], [1, 3], [1, 4], [2, 3], [2, 4], [3, 4]] {
            let sum = v(a[0]) + v(a[1]) + v(b[0]) + v(b[1]);
            all += 1;
            low += usize::from(sum <= v(2) + v(3) + v(2) + v(4) + 1e-12);
        }
    }
    near(test.lower_p, low as f64 / all as f64, 1e-15);
}
