//! A stable division: nobody and no place would both rather have each other.
//!
//! Candidates rank places and places rank candidates by worth, ties by the lower number.
//! Candidates propose (Gale and Shapley, 1962), so that of all stable divisions each candidate gets
//! the best place that any of them gives her.
//! Every choice is acceptable to both sides, also one that is worth nothing.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::problem::{CandidateNumber, Choice, Division, PlaceNumber, Problem};
use super::worth::Worth;

/// How a place ranks a candidate; the greatest is liked least.
type Dislike = (Reverse<Worth>, CandidateNumber);

/// The stable division that is best for the candidates; linear in the choices, but for sorting.
#[must_use]
pub fn divide(problem: &Problem) -> Division {
    let mut ranked: Vec<Vec<Choice>> = problem
        .all_candidates()
        .map(|candidate| {
            let mut choices = problem.choices(candidate).to_vec();
            // Best last, so that the next proposal is popped.
            choices.sort_unstable_by_key(|choice| (choice.worth, Reverse(choice.place)));
            choices
        })
        .collect();
    let mut held: Vec<BinaryHeap<Dislike>> = vec![BinaryHeap::new(); problem.places()];
    let mut place_of = vec![None; problem.candidates()];
    let mut free: Vec<CandidateNumber> = problem.all_candidates().collect();
    while let Some(candidate) = free.pop() {
        while let Some(choice) = ranked[candidate.index()].pop() {
            let at = choice.place.index();
            held[at].push((Reverse(choice.worth), candidate));
            place_of[candidate.index()] = Some(choice.place);
            if held[at].len() <= problem.capacities()[at] as usize {
                break;
            }
            if let Some((_, refused)) = held[at].pop() {
                place_of[refused.index()] = None;
                if refused != candidate {
                    free.push(refused);
                    break;
                }
            }
        }
    }
    Division::new(place_of)
}

/// A candidate and a place who would both rather have each other, if there are such.
///
/// Reads the problem and the division alone; the division must be one of the problem
/// ([`super::certificate::worth_of`] tells).
#[must_use]
pub fn blocking_pair(
    problem: &Problem,
    division: &Division,
) -> Option<(CandidateNumber, PlaceNumber)> {
    let worst = worst_held(problem, division);
    problem.all_candidates().find_map(|candidate| {
        let found = wanted(problem, division, candidate)
            .find(|choice| worst[choice.place.index()].accepts((Reverse(choice.worth), candidate)));
        found.map(|choice| (candidate, choice.place))
    })
}

/// Who is next in line for each place: of those who want it more than what they have, the one
/// the place ranks first.
#[must_use]
pub fn next_in_line(problem: &Problem, division: &Division) -> Vec<Option<CandidateNumber>> {
    let mut next: Vec<Option<Dislike>> = vec![None; problem.places()];
    for candidate in problem.all_candidates() {
        for choice in wanted(problem, division, candidate) {
            let seen = &mut next[choice.place.index()];
            let dislike = (Reverse(choice.worth), candidate);
            if seen.is_none_or(|first| dislike < first) {
                *seen = Some(dislike);
            }
        }
    }
    next.into_iter().map(|found| Some(found?.1)).collect()
}

/// The choices that a candidate ranks before what she has.
fn wanted<'a>(
    problem: &'a Problem,
    division: &Division,
    candidate: CandidateNumber,
) -> impl Iterator<Item = &'a Choice> + use<'a> {
    let like = |choice: &Choice| (choice.worth, Reverse(choice.place));
    let own = division
        .place_of(candidate)
        .and_then(|place| Some((problem.worth(candidate, place)?, Reverse(place))));
    problem
        .choices(candidate)
        .iter()
        .filter(move |choice| own.is_none_or(|own| like(choice) > own))
}

/// What a place would let go first.
#[derive(Clone, Copy)]
enum Held {
    /// There is room.
    Room,
    /// No seat is left and this one is liked least.
    Full(Dislike),
    /// The place takes nobody.
    Closed,
}

impl Held {
    fn accepts(self, dislike: Dislike) -> bool {
        match self {
            Held::Room => true,
            Held::Full(worst) => dislike < worst,
            Held::Closed => false,
        }
    }
}

fn worst_held(problem: &Problem, division: &Division) -> Vec<Held> {
    let mut worst: Vec<Option<Dislike>> = vec![None; problem.places()];
    let mut used = vec![0u32; problem.places()];
    for candidate in problem.all_candidates() {
        if let Some(place) = division.place_of(candidate)
            && let Some(worth) = problem.worth(candidate, place)
        {
            used[place.index()] += 1;
            let seen = &mut worst[place.index()];
            *seen = (*seen).max(Some((Reverse(worth), candidate)));
        }
    }
    let seats = used.into_iter().zip(problem.capacities());
    seats
        .zip(worst)
        .map(|((used, &capacity), worst)| match worst {
            _ if used < capacity => Held::Room,
            Some(worst) => Held::Full(worst),
            None => Held::Closed,
        })
        .collect()
}
