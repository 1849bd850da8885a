//! Both directions of ranking equal sorting all pairs by the pair function.

use matching::index::{CandidateIndex, Grouping, Kernel, VacancyIndex};
use matching::pair::assess;
use matching::topk::{Ranked, best_candidates, best_vacancies};
use proptest::prelude::*;

use crate::cases::{Case, Nearness};

fn best(mut open: Vec<Ranked>, most: usize) -> Vec<Ranked> {
    open.retain(|ranked| ranked.rank_points > 0);
    open.sort_by_key(|ranked| (std::cmp::Reverse(ranked.rank_points), ranked.document));
    open.truncate(most);
    open
}

/// The best vacancies of each candidate by the pair function.
fn naive_vacancies(case: &Case, most: usize) -> Vec<Vec<Ranked>> {
    let best_of = |candidate| {
        let pairs = case.vacancies.iter().enumerate();
        let open = pairs.filter_map(|(at, vacancy)| {
            let found = assess(candidate, vacancy, &case.yardstick);
            found.is_open().then_some(Ranked {
                document: at as u32,
                rank_points: found.rank_points,
            })
        });
        best(open.collect(), most)
    };
    case.candidates.iter().map(best_of).collect()
}

fn nearness() -> impl Strategy<Value = Nearness> {
    prop_oneof![Just(Nearness::Alone), Just(Nearness::Near)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn best_vacancies_equal_sorting_all_pairs(
        seed: u64,
        nearness in nearness(),
        most in 1usize..12,
        segment in 1usize..40,
    ) {
        let case = Case::roll(seed, nearness);
        let index =
            VacancyIndex::build_with(case.vacancies.clone(), case.yardstick.clone(), segment);
        let naive = naive_vacancies(&case, most);
        for kernel in Kernel::available() {
            let fast = best_vacancies(&index, &case.candidates, most, kernel);
            prop_assert_eq!(&fast, &naive, "{:?}", kernel);
        }
    }

    /// Where many are open, most are ruled out by bounds, and all are summed only at first.
    #[test]
    fn bounds_rule_out_nobody_who_is_among_the_best(
        seed: u64,
        most in 1usize..12,
        segment in 20usize..120,
    ) {
        let case = Case::crowd(seed);
        let index =
            VacancyIndex::build_with(case.vacancies.clone(), case.yardstick.clone(), segment);
        let naive = naive_vacancies(&case, most);
        for kernel in Kernel::available() {
            let fast = best_vacancies(&index, &case.candidates, most, kernel);
            prop_assert_eq!(&fast, &naive, "{:?}", kernel);
        }
    }

    #[test]
    fn best_candidates_equal_sorting_all_pairs(
        seed: u64,
        nearness in nearness(),
        most in 1usize..12,
        segment in 1usize..40,
        grouping in prop_oneof![Just(Grouping::ByReach), Just(Grouping::Together)],
    ) {
        let case = Case::roll(seed, nearness);
        let (candidates, yardstick) = (case.candidates.clone(), case.yardstick.clone());
        let index = CandidateIndex::build_with(candidates, yardstick, grouping, segment);
        let naive: Vec<Vec<Ranked>> = case
            .vacancies
            .iter()
            .map(|vacancy| {
                let pairs = case.candidates.iter().enumerate();
                let open = pairs.filter_map(|(at, candidate)| {
                    let found = assess(candidate, vacancy, &case.yardstick);
                    found.is_open().then_some(Ranked {
                        document: at as u32,
                        rank_points: found.rank_points,
                    })
                });
                best(open.collect(), most)
            })
            .collect();
        for kernel in Kernel::available() {
            let fast = best_candidates(&index, &case.vacancies, most, kernel);
            prop_assert_eq!(&fast, &naive, "{:?}", kernel);
        }
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let case = Case::roll(7, Nearness::Near);
    let index = VacancyIndex::build(case.vacancies.clone(), case.yardstick.clone());
    let with = |threads| {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap()
            .install(|| best_vacancies(&index, &case.candidates, 5, Kernel::widest()))
    };
    assert_eq!(with(1), with(4));
}
