//! Stable divisions against all divisions of tiny questions.

use std::cmp::Reverse;

use matching::division::{CandidateNumber, Division, PlaceNumber, stable};
use proptest::prelude::*;

use super::oracle::{Question, questions};

/// Whether two would both rather have each other, straight from the definition.
fn is_blocked(question: &Question, division: &[Option<usize>]) -> bool {
    let like = |i: usize, j: usize| question.edges.get(&(i, j)).map(|w| (*w, Reverse(j)));
    let ranks = |i: usize, j: usize| question.edges.get(&(i, j)).map(|w| (*w, Reverse(i)));
    question.edges.keys().any(|&(i, j)| {
        let wants = division[i].is_none_or(|own| like(i, j) > like(i, own));
        let held: Vec<usize> = (0..division.len())
            .filter(|k| division[*k] == Some(j))
            .collect();
        let room = held.len() < question.capacities[j] as usize;
        wants && (room || held.iter().any(|&k| ranks(i, j) > ranks(k, j)))
    })
}

fn as_division(division: &[Option<usize>]) -> Division {
    let place = |place: &Option<usize>| place.map(|at| PlaceNumber::new(at as u32));
    Division::new(division.iter().map(place).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn every_candidate_gets_the_best_of_all_stable_divisions(question in questions(5, 3, 5, 1)) {
        let problem = question.problem();
        let found = stable::divide(&problem);
        let like = |i: usize, place: Option<usize>| {
            place.and_then(|j| Some((*question.edges.get(&(i, j))?, Reverse(j))))
        };
        let mut best: Option<Vec<Option<usize>>> = None;
        for division in question.all_divisions() {
            let blocked = is_blocked(&question, &division);
            prop_assert_eq!(
                stable::blocking_pair(&problem, &as_division(&division)).is_some(), blocked
            );
            if !blocked {
                best = Some(match best {
                    None => division,
                    Some(best) => (0..question.candidates)
                        .map(|i| if like(i, division[i]) > like(i, best[i]) { division[i] } else { best[i] })
                        .collect(),
                });
            }
        }
        prop_assert_eq!(Some(found), best.map(|best| as_division(&best)));
    }

    #[test]
    fn nobody_blocks(question in questions(40, 10, 30, 1)) {
        let problem = question.problem();
        let division = stable::divide(&problem);
        prop_assert!(matching::division::certificate::worth_of(&problem, &division).is_ok());
        prop_assert_eq!(stable::blocking_pair(&problem, &division), None);
    }

    #[test]
    fn next_in_line_gets_the_seat_that_comes_free(question in questions(6, 3, 9, 1)) {
        let problem = question.problem();
        let next = stable::next_in_line(&problem, &stable::divide(&problem));
        for (place, next) in next.into_iter().enumerate() {
            let mut wider = question.clone();
            wider.capacities[place] += 1;
            let division = stable::divide(&wider.problem());
            let came = (0..question.candidates as u32).map(CandidateNumber::new).any(|candidate| {
                Some(candidate) == next
                    && division.place_of(candidate) == Some(PlaceNumber::new(place as u32))
            });
            prop_assert_eq!(came, next.is_some());
        }
    }
}
