//! The question: candidates, places with capacity, and what each option is worth.
//!
//! A problem is plain input that never changes; whoever checks an answer reads nothing else.

use std::fmt;

use super::worth::{MOST_CANDIDATES, Worth};

/// The number of a candidate, counted from 0 in the order of ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CandidateNumber(u32);

/// The number of a place, counted from 0 in the order of ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceNumber(u32);

impl CandidateNumber {
    /// The candidate with this number.
    #[must_use]
    pub fn new(number: u32) -> CandidateNumber {
        CandidateNumber(number)
    }

    /// The number as an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }

    pub(super) fn number(self) -> u32 {
        self.0
    }
}

impl PlaceNumber {
    /// The place with this number.
    #[must_use]
    pub fn new(number: u32) -> PlaceNumber {
        PlaceNumber(number)
    }

    /// The number as an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }

    pub(super) fn number(self) -> u32 {
        self.0
    }
}

impl fmt::Display for CandidateNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for PlaceNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A place that a candidate could be given, and what that is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The place.
    pub place: PlaceNumber,
    /// What it is worth to give the candidate this place.
    pub worth: Worth,
}

/// A candidate together with one of her choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The candidate.
    pub candidate: CandidateNumber,
    /// One of her choices.
    pub choice: Choice,
}

/// An input that is no problem.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProblemError {
    /// The number of a candidate is not below the count of candidates.
    #[error("no candidate {0}")]
    NoSuchCandidate(CandidateNumber),
    /// The number of a place is not below the count of places.
    #[error("no place {0}")]
    NoSuchPlace(PlaceNumber),
    /// A candidate has two choices with the same place.
    #[error("candidate {0} has place {1} twice")]
    DuplicateChoice(CandidateNumber, PlaceNumber),
    /// More than the numbers can hold.
    #[error("too many candidates, places or choices: {0}")]
    TooMany(usize),
}

/// Candidates, places with capacity, and choices; a candidate may stay without a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where the choices of each candidate begin, and the end of the last.
    starts: Vec<u32>,
    choices: Vec<Choice>,
    capacities: Vec<u32>,
}

impl Problem {
    /// A problem of `candidates` candidates and one place per capacity.
    ///
    /// The order of the edges is of no influence.
    ///
    /// # Errors
    /// Fails on a number that does not exist, a choice given twice, and more candidates than
    /// [`MOST_CANDIDATES`] or more than 2^32 - 2 places or choices.
    pub fn new(
        candidates: usize,
        capacities: Vec<u32>,
        edges: &[Edge],
    ) -> Result<Problem, ProblemError> {
        if candidates > MOST_CANDIDATES {
            return Err(ProblemError::TooMany(candidates));
        }
        for size in [capacities.len(), edges.len()] {
            if size >= u32::MAX as usize {
                return Err(ProblemError::TooMany(size));
            }
        }
        let mut starts = vec![0u32; candidates + 1];
        for edge in edges {
            if edge.candidate.index() >= candidates {
                return Err(ProblemError::NoSuchCandidate(edge.candidate));
            }
            if edge.choice.place.index() >= capacities.len() {
                return Err(ProblemError::NoSuchPlace(edge.choice.place));
            }
            starts[edge.candidate.index() + 1] += 1;
        }
        for at in 0..candidates {
            starts[at + 1] += starts[at];
        }
        let nothing = Choice {
            place: PlaceNumber(0),
            worth: Worth::ZERO,
        };
        let mut choices = vec![nothing; edges.len()];
        let mut free = starts.clone();
        for edge in edges {
            let slot = &mut free[edge.candidate.index()];
            choices[*slot as usize] = edge.choice;
            *slot += 1;
        }
        let mut problem = Problem {
            starts,
            choices,
            capacities,
        };
        problem.sort_choices()?;
        Ok(problem)
    }

    /// Puts the choices of each candidate in the order of places and refuses doubles.
    fn sort_choices(&mut self) -> Result<(), ProblemError> {
        for candidate in 0..self.candidates() {
            let own = &mut self.choices
                [self.starts[candidate] as usize..self.starts[candidate + 1] as usize];
            if !own.is_sorted_by_key(|choice| choice.place) {
                own.sort_unstable_by_key(|choice| choice.place);
            }
            if let Some(pair) = own.windows(2).find(|pair| pair[0].place == pair[1].place) {
                return Err(ProblemError::DuplicateChoice(
                    CandidateNumber(candidate as u32),
                    pair[0].place,
                ));
            }
        }
        Ok(())
    }

    /// How many candidates there are.
    #[must_use]
    pub fn candidates(&self) -> usize {
        self.starts.len() - 1
    }

    /// How many places there are, each with its own capacity.
    #[must_use]
    pub fn places(&self) -> usize {
        self.capacities.len()
    }

    /// How many choices all candidates have together.
    #[must_use]
    pub fn edges(&self) -> usize {
        self.choices.len()
    }

    /// How many candidates the place can take, by number of the place.
    #[must_use]
    pub fn capacities(&self) -> &[u32] {
        &self.capacities
    }

    /// All candidates in order.
    pub fn all_candidates(&self) -> impl Iterator<Item = CandidateNumber> + use<> {
        (0..self.candidates() as u32).map(CandidateNumber)
    }

    /// All places in order.
    pub fn all_places(&self) -> impl Iterator<Item = PlaceNumber> + use<> {
        (0..self.places() as u32).map(PlaceNumber)
    }

    /// The choices of a candidate in the order of places.
    ///
    /// # Panics
    /// Panics when the problem has no such candidate.
    #[must_use]
    pub fn choices(&self, candidate: CandidateNumber) -> &[Choice] {
        let at = candidate.index();
        &self.choices[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// What it is worth to give the candidate this place; `None` when it is none of her choices.
    ///
    /// # Panics
    /// Panics when the problem has no such candidate.
    #[must_use]
    pub fn worth(&self, candidate: CandidateNumber, place: PlaceNumber) -> Option<Worth> {
        let choices = self.choices(candidate);
        let at = choices
            .binary_search_by_key(&place, |choice| choice.place)
            .ok()?;
        Some(choices[at].worth)
    }
}

/// Who gets which place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Division {
    place_of: Vec<Option<PlaceNumber>>,
}

impl Division {
    /// A division by number of the candidate; nothing is checked.
    #[must_use]
    pub fn new(place_of: Vec<Option<PlaceNumber>>) -> Division {
        Division { place_of }
    }

    /// The place of every candidate, by number of the candidate.
    #[must_use]
    pub fn places(&self) -> &[Option<PlaceNumber>] {
        &self.place_of
    }

    /// The place of one candidate; `None` when she stays without one or is unknown.
    #[must_use]
    pub fn place_of(&self, candidate: CandidateNumber) -> Option<PlaceNumber> {
        self.place_of.get(candidate.index()).copied().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(candidate: u32, place: u32, score: u16) -> Edge {
        Edge {
            candidate: CandidateNumber(candidate),
            choice: Choice {
                place: PlaceNumber(place),
                worth: Worth::new(0, score).unwrap(),
            },
        }
    }

    #[test]
    fn choices_are_found_in_any_order_of_edges() {
        let edges = [edge(1, 1, 5), edge(0, 1, 7), edge(1, 0, 3)];
        let problem = Problem::new(3, vec![1, 0], &edges).unwrap();
        let mut reversed = edges;
        reversed.reverse();
        assert_eq!(
            Ok(&problem),
            Problem::new(3, vec![1, 0], &reversed).as_ref()
        );
        let worth = |c, p| problem.worth(CandidateNumber(c), PlaceNumber(p));
        assert_eq!(worth(1, 1), Worth::new(0, 5).ok());
        assert_eq!(worth(0, 0), None);
        assert!(problem.choices(CandidateNumber(2)).is_empty());
    }

    #[test]
    fn bad_edges_are_refused() {
        let refused = |edges: &[Edge]| Problem::new(2, vec![1, 1], edges).unwrap_err();
        assert_eq!(
            refused(&[edge(0, 1, 1), edge(0, 0, 2), edge(0, 1, 3)]),
            ProblemError::DuplicateChoice(CandidateNumber(0), PlaceNumber(1))
        );
        assert_eq!(
            refused(&[edge(2, 0, 1)]),
            ProblemError::NoSuchCandidate(CandidateNumber(2))
        );
        assert_eq!(
            refused(&[edge(0, 2, 1)]),
            ProblemError::NoSuchPlace(PlaceNumber(2))
        );
    }
}
