//! The cold solve is optimal, proves it, and depends on the question alone.

use matching::division::{
    CandidateNumber, Choice, Division, Edge, LiveDivision, PlaceNumber, Problem, ProblemError,
    Worth,
};
use proptest::prelude::*;

use super::oracle::{Question, questions};

/// Solves, verifies and returns the division with its value.
fn solved(question: &Question) -> (LiveDivision, Division, (i64, i64)) {
    let problem = question.problem();
    let live = LiveDivision::solve(&problem);
    let division = live.division();
    let proof = live.certificate().verify(&problem, &division).unwrap();
    assert_eq!(live.problem().as_ref(), Ok(&problem));
    (live, division, proof.total.parts())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn tiny_questions_as_by_trying_everything(question in questions(6, 3, 6, 2)) {
        let all = question.all_divisions();
        let best = all.iter().map(|division| question.value(division)).max();
        prop_assert_eq!(Some(solved(&question).2), best);
    }

    #[test]
    fn scores_as_by_longest_paths(question in questions(14, 6, 1000, 0)) {
        prop_assert_eq!(solved(&question).2, question.best_value());
    }

    #[test]
    fn few_scores_and_many_ties_as_by_longest_paths(question in questions(16, 6, 2, 0)) {
        prop_assert_eq!(solved(&question).2, question.best_value());
    }

    #[test]
    fn priorities_as_by_longest_paths(question in questions(12, 5, 1000, 3)) {
        prop_assert_eq!(solved(&question).2, question.best_value());
    }

    #[test]
    fn the_highest_priorities_as_by_longest_paths(question in questions(8, 4, 1000, (1 << 20) - 1)) {
        prop_assert_eq!(solved(&question).2, question.best_value());
    }

    #[test]
    fn a_price_is_what_one_more_seat_adds(question in questions(9, 4, 9, 1)) {
        let (live, _, (priority, score)) = solved(&question);
        let certificate = live.certificate();
        for place in 0..question.capacities.len() {
            let mut wider = question.clone();
            wider.capacities[place] += 1;
            let more = wider.best_value();
            let price = certificate.prices()[place].parts();
            prop_assert_eq!(price, (more.0 - priority, more.1 - score));
        }
    }

    #[test]
    fn next_in_line_has_no_loss_where_a_seat_has_a_price(question in questions(9, 4, 9, 1)) {
        let (live, division, _) = solved(&question);
        let certificate = live.certificate();
        let next = certificate.next_in_line(&question.problem(), &division);
        for (price, next) in certificate.prices().iter().zip(next) {
            if *price > Worth::ZERO {
                prop_assert_eq!(next.map(|next| next.loss), Some(Worth::ZERO));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn middle_questions_as_by_longest_paths(question in questions(60, 15, 1000, 1)) {
        prop_assert_eq!(solved(&question).2, question.best_value());
    }

    #[test]
    fn renumbering_changes_neither_total_nor_prices(question in questions(40, 12, 20, 1)) {
        let (live, _, value) = solved(&question);
        let (n, m) = (question.candidates, question.capacities.len());
        let mut turned = question.clone();
        turned.capacities.reverse();
        turned.edges = question.edges.iter().map(|(&(i, j), &w)| ((n - 1 - i, m - 1 - j), w)).collect();
        let (turned_live, _, turned_value) = solved(&turned);
        prop_assert_eq!(value, turned_value);
        let mut prices = turned_live.certificate().prices().to_vec();
        prices.reverse();
        prop_assert_eq!(live.certificate().prices().to_vec(), prices);
        let mut surpluses = turned_live.certificate().surpluses().to_vec();
        surpluses.reverse();
        prop_assert_eq!(live.certificate().surpluses().to_vec(), surpluses);
    }

    #[test]
    fn the_order_of_edges_changes_nothing(question in questions(40, 12, 20, 1), seed in any::<u64>()) {
        let problem = question.problem();
        let mut edges: Vec<Edge> = problem
            .all_candidates()
            .flat_map(|candidate| {
                problem.choices(candidate).iter().map(move |&choice| Edge { candidate, choice })
            })
            .collect();
        edges.sort_by_key(|edge| {
            let key = (edge.candidate.index() as u64) << 32 | edge.choice.place.index() as u64;
            (key ^ seed).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        });
        let shuffled = Problem::new(question.candidates, question.capacities.clone(), &edges).unwrap();
        prop_assert_eq!(LiveDivision::solve(&problem).division(), LiveDivision::solve(&shuffled).division());
    }
}

#[test]
fn a_choice_given_twice_is_refused() {
    let edge = Edge {
        candidate: CandidateNumber::new(0),
        choice: Choice {
            place: PlaceNumber::new(0),
            worth: Worth::new(0, 10).unwrap(),
        },
    };
    assert_eq!(
        Problem::new(1, vec![1], &[edge, edge]),
        Err(ProblemError::DuplicateChoice(
            edge.candidate,
            edge.choice.place
        ))
    );
}

#[test]
fn nothing_to_divide_is_divided() {
    let problem = Problem::new(0, Vec::new(), &[]).unwrap();
    let live = LiveDivision::solve(&problem);
    assert!(live.division().places().is_empty());
    let proof = live
        .certificate()
        .verify(&problem, &live.division())
        .unwrap();
    assert_eq!((proof.total.parts(), proof.placed), ((0, 0), 0));
}
