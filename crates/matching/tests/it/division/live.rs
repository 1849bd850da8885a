//! Any sequence of changes ends where a cold solve of the same question ends.

use matching::division::{
    CandidateNumber, Choice, LiveDivision, PlaceNumber, Problem, ProblemError, Worth,
};
use proptest::prelude::*;
use proptest::sample::Index;

use super::oracle::{Question, questions};

#[derive(Clone, Debug)]
enum Change {
    AddCandidate(Vec<(Index, (u32, u16))>),
    RemoveCandidate(Index),
    AddPlace(u32, Vec<(Index, (u32, u16))>),
    RemovePlace(Index),
    SetCapacity(Index, u32),
}

fn changes(scores: u16, priorities: u32) -> impl Strategy<Value = Change> {
    let links = move |most: usize| {
        proptest::collection::vec((any::<Index>(), (0..=priorities, 0..=scores)), 0..most)
    };
    prop_oneof![
        3 => links(6).prop_map(Change::AddCandidate),
        2 => any::<Index>().prop_map(Change::RemoveCandidate),
        1 => (0u32..4, links(8)).prop_map(|(capacity, links)| Change::AddPlace(capacity, links)),
        1 => any::<Index>().prop_map(Change::RemovePlace),
        2 => (any::<Index>(), 0u32..5).prop_map(|(place, capacity)| Change::SetCapacity(place, capacity)),
    ]
}

fn worth((priority, score): (u32, u16)) -> Worth {
    Worth::new(priority, score).unwrap()
}

/// Distinct numbers below `count`, each with the last worth given for it.
fn distinct(links: &[(Index, (u32, u16))], count: usize) -> Vec<(usize, (u32, u16))> {
    let mut distinct = std::collections::BTreeMap::new();
    if count > 0 {
        distinct.extend(links.iter().map(|(at, worth)| (at.index(count), *worth)));
    }
    // Not in order, so that sorting is not left to the caller.
    distinct.into_iter().rev().collect()
}

/// Makes the change in the live division and, independently, in the question.
fn make(change: &Change, live: &mut LiveDivision, question: &mut Question) {
    let (n, m) = (question.candidates, question.capacities.len());
    match change {
        Change::AddCandidate(links) => {
            let links = distinct(links, m);
            let choices: Vec<Choice> = links
                .iter()
                .map(|&(place, pair)| Choice {
                    place: PlaceNumber::new(place as u32),
                    worth: worth(pair),
                })
                .collect();
            assert_eq!(
                live.add_candidate(&choices),
                Ok(CandidateNumber::new(n as u32))
            );
            question.candidates += 1;
            question
                .edges
                .extend(links.into_iter().map(|(place, pair)| ((n, place), pair)));
        }
        Change::AddPlace(capacity, links) => {
            let links = distinct(links, n);
            let takers: Vec<_> = links
                .iter()
                .map(|&(candidate, pair)| (CandidateNumber::new(candidate as u32), worth(pair)))
                .collect();
            assert_eq!(
                live.add_place(*capacity, &takers),
                Ok(PlaceNumber::new(m as u32))
            );
            question.capacities.push(*capacity);
            question.edges.extend(
                links
                    .into_iter()
                    .map(|(candidate, pair)| ((candidate, m), pair)),
            );
        }
        Change::RemoveCandidate(at) if n > 0 => {
            let at = at.index(n);
            live.remove_candidate(CandidateNumber::new(at as u32))
                .unwrap();
            question.edges.retain(|edge, _| edge.0 != at);
        }
        Change::RemovePlace(at) if m > 0 => {
            let at = at.index(m);
            live.remove_place(PlaceNumber::new(at as u32)).unwrap();
            question.capacities[at] = 0;
            question.edges.retain(|edge, _| edge.1 != at);
        }
        Change::SetCapacity(at, capacity) if m > 0 => {
            let at = at.index(m);
            live.set_capacity(PlaceNumber::new(at as u32), *capacity)
                .unwrap();
            question.capacities[at] = *capacity;
        }
        _ => {}
    }
}

fn follow(mut question: Question, changes: &[Change]) {
    let mut live = LiveDivision::solve(&question.problem());
    for change in changes {
        make(change, &mut live, &mut question);
        let problem = question.problem();
        assert_eq!(live.problem().as_ref(), Ok(&problem));
        let certificate = live.certificate();
        let proof = certificate.verify(&problem, &live.division()).unwrap();
        assert_eq!(proof.total.parts(), question.best_value());
        let cold = LiveDivision::solve(&problem);
        let cold_proof = cold
            .certificate()
            .verify(&problem, &cold.division())
            .unwrap();
        assert_eq!(
            cold_proof,
            matching::division::Proof {
                placed: cold_proof.placed,
                ..proof
            }
        );
        // The lowest prices belong to the problem, not to the way there.
        assert_eq!(certificate, cold.certificate());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn changes_end_where_a_cold_solve_ends(
        question in questions(10, 5, 1000, 0),
        changes in proptest::collection::vec(changes(1000, 0), 0..25),
    ) {
        follow(question, &changes);
    }

    #[test]
    fn changes_with_ties_and_priorities_end_where_a_cold_solve_ends(
        question in questions(8, 4, 4, 2),
        changes in proptest::collection::vec(changes(4, 2), 0..25),
    ) {
        follow(question, &changes);
    }
}

#[test]
fn unknown_numbers_are_refused_and_change_nothing() {
    let mut live = LiveDivision::solve(&Problem::new(1, vec![1], &[]).unwrap());
    let before = live.problem();
    let (candidate, place) = (CandidateNumber::new(1), PlaceNumber::new(1));
    let choice = |place| Choice {
        place,
        worth: Worth::ZERO,
    };
    let twice = [choice(PlaceNumber::new(0)); 2];
    assert_eq!(
        live.add_candidate(&[choice(place)]),
        Err(ProblemError::NoSuchPlace(place))
    );
    assert_eq!(
        live.add_candidate(&twice),
        Err(ProblemError::DuplicateChoice(
            candidate,
            PlaceNumber::new(0)
        ))
    );
    assert_eq!(
        live.remove_candidate(candidate),
        Err(ProblemError::NoSuchCandidate(candidate))
    );
    assert_eq!(
        live.add_place(1, &[(candidate, Worth::ZERO)]),
        Err(ProblemError::NoSuchCandidate(candidate))
    );
    assert_eq!(
        live.remove_place(place),
        Err(ProblemError::NoSuchPlace(place))
    );
    assert_eq!(
        live.set_capacity(place, 3),
        Err(ProblemError::NoSuchPlace(place))
    );
    assert_eq!(live.problem(), before);
}
