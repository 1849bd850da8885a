//! Records with ids: what stands on the lines of a division's input and output.
//!
//! An [`Intake`] takes places, then candidates, in any order within each, and turns ids into
//! numbers in the order of ids, so that the order of lines never changes a result.
//! This module must not know files, line numbers or the text form of a line; the published schemas
//! `divide-*.schema.json` describe the JSON form.

mod outcome;

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::problem::{CandidateNumber, Choice, Division, Edge, PlaceNumber, Problem, ProblemError};
use super::worth::{MOST_CANDIDATES, Worth, WorthError};

pub use outcome::{Amount, Method, NextRecord, Outcome, OutcomeError, ResultRecord};

/// The longest id, in characters.
pub const LONGEST_ID: usize = 200;

/// The most options of one candidate.
pub const MOST_OPTIONS: usize = 10_000;

/// A place and how many candidates it can take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceRecord {
    /// Id, 1..=[`LONGEST_ID`] characters.
    pub id: String,
    /// How many candidates, 0..=4,294,967,295.
    pub capacity: u64,
}

/// A candidate and the places that would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CandidateRecord {
    /// Id, 1..=[`LONGEST_ID`] characters; an alias, never a name.
    pub id: String,
    /// The places that would do, at most [`MOST_OPTIONS`].
    pub options: Vec<OptionRecord>,
    /// Priority before all scores, 0..=1,048,575; 0 when absent.
    #[serde(default)]
    pub priority: u64,
}

/// One of the places that would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionRecord {
    /// Id of the place.
    pub place: String,
    /// Score of the candidate at this place, 0..=1000.
    pub score: u64,
}

/// A record that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// The id is empty or too long.
    #[error("id has {0} characters, expected 1..={LONGEST_ID}")]
    Id(usize),
    /// Another record has the same id.
    #[error("duplicate id {0:?}")]
    DuplicateId(String),
    /// The capacity does not fit.
    #[error("capacity {0} is outside 0..={max}", max = u32::MAX)]
    Capacity(u64),
    /// Priority or score out of range.
    #[error(transparent)]
    Worth(#[from] WorthError),
    /// An option names a place that is not among the places.
    #[error("unknown place {0:?}")]
    UnknownPlace(String),
    /// Two options name the same place.
    #[error("place {0:?} is given twice")]
    DuplicateOption(String),
    /// More options than one candidate may have.
    #[error("{0} options, expected at most {MOST_OPTIONS}")]
    TooManyOptions(usize),
    /// More candidates than a division may have.
    #[error("more than {MOST_CANDIDATES} candidates")]
    TooManyCandidates,
}

/// The places, still open to more.
#[derive(Clone, Debug, Default)]
pub struct Places {
    capacities: BTreeMap<String, u32>,
}

impl Places {
    /// Takes one place.
    ///
    /// # Errors
    /// Fails on a bad or repeated id and on a capacity out of range; the place is then not taken.
    pub fn add(&mut self, place: PlaceRecord) -> Result<(), RecordError> {
        check_id(&place.id)?;
        let capacity =
            u32::try_from(place.capacity).map_err(|_| RecordError::Capacity(place.capacity))?;
        if self.capacities.contains_key(&place.id) {
            return Err(RecordError::DuplicateId(place.id));
        }
        self.capacities.insert(place.id, capacity);
        Ok(())
    }

    /// Goes on to the candidates.
    #[must_use]
    pub fn close(self) -> Intake {
        let (ids, capacities): (Vec<String>, Vec<u32>) = self.capacities.into_iter().unzip();
        let numbers = ids
            .iter()
            .cloned()
            .zip((0..).map(PlaceNumber::new))
            .collect();
        Intake {
            place_ids: ids,
            capacities,
            numbers,
            candidates: BTreeMap::new(),
        }
    }
}

/// All places and the candidates so far.
#[derive(Clone, Debug)]
pub struct Intake {
    place_ids: Vec<String>,
    capacities: Vec<u32>,
    numbers: HashMap<String, PlaceNumber>,
    candidates: BTreeMap<String, Vec<Choice>>,
}

impl Intake {
    /// Takes one candidate.
    ///
    /// # Errors
    /// Fails on a bad or repeated id, an unknown or repeated place, and a score or priority out of
    /// range; the candidate is then not taken.
    pub fn add(&mut self, candidate: CandidateRecord) -> Result<(), RecordError> {
        check_id(&candidate.id)?;
        if self.candidates.contains_key(&candidate.id) {
            return Err(RecordError::DuplicateId(candidate.id));
        }
        if candidate.options.len() > MOST_OPTIONS {
            return Err(RecordError::TooManyOptions(candidate.options.len()));
        }
        if self.candidates.len() >= MOST_CANDIDATES {
            return Err(RecordError::TooManyCandidates);
        }
        let priority = u32::try_from(candidate.priority)
            .map_err(|_| WorthError::Priority(candidate.priority))?;
        // Also without any option, so that a record is right or wrong by itself.
        Worth::new(priority, 0)?;
        let mut choices = Vec::with_capacity(candidate.options.len());
        for option in candidate.options {
            let score = u16::try_from(option.score).map_err(|_| WorthError::Score(option.score))?;
            let worth = Worth::new(priority, score)?;
            match self.numbers.get(&option.place) {
                Some(&place) => choices.push(Choice { place, worth }),
                None => return Err(RecordError::UnknownPlace(shortened(&option.place))),
            }
        }
        choices.sort_unstable_by_key(|choice| choice.place);
        if let Some(pair) = choices
            .windows(2)
            .find(|pair| pair[0].place == pair[1].place)
        {
            // The number came from the list of ids.
            let id = &self.place_ids[pair[0].place.index()];
            return Err(RecordError::DuplicateOption(id.clone()));
        }
        self.candidates.insert(candidate.id, choices);
        Ok(())
    }

    /// The problem with its ids.
    ///
    /// # Errors
    /// Fails when there are more places or options than a problem can hold.
    pub fn finish(self) -> Result<Case, ProblemError> {
        let mut candidate_ids = Vec::with_capacity(self.candidates.len());
        let mut edges = Vec::new();
        for (number, (id, choices)) in (0..).zip(self.candidates) {
            candidate_ids.push(id);
            edges.extend(choices.into_iter().map(|choice| Edge {
                candidate: CandidateNumber::new(number),
                choice,
            }));
        }
        let problem = Problem::new(candidate_ids.len(), self.capacities, &edges)?;
        Ok(Case {
            problem,
            candidate_ids,
            place_ids: self.place_ids,
        })
    }
}

/// A problem with the ids of its candidates and places.
#[derive(Clone, Debug)]
pub struct Case {
    problem: Problem,
    candidate_ids: Vec<String>,
    place_ids: Vec<String>,
}

impl Case {
    /// The problem; numbers are in the order of ids.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    fn used(&self, division: &Division) -> Vec<u32> {
        let mut used = vec![0; self.problem.places()];
        for place in division.places().iter().flatten() {
            used[place.index()] += 1;
        }
        used
    }
}

fn check_id(id: &str) -> Result<(), RecordError> {
    let length = id.chars().count();
    if (1..=LONGEST_ID).contains(&length) {
        Ok(())
    } else {
        Err(RecordError::Id(length))
    }
}

/// An id as an error shows it.
fn shortened(id: &str) -> String {
    id.chars().take(LONGEST_ID).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn intake() -> Intake {
        let mut places = Places::default();
        for id in ["b", "a"] {
            let id = id.to_owned();
            places.add(PlaceRecord { id, capacity: 1 }).unwrap();
        }
        places.close()
    }

    fn candidate(id: &str, options: &[(&str, u64)]) -> CandidateRecord {
        let option = |&(place, score): &(&str, u64)| OptionRecord {
            place: place.to_owned(),
            score,
        };
        CandidateRecord {
            id: id.to_owned(),
            options: options.iter().map(option).collect(),
            priority: 0,
        }
    }

    #[test]
    fn numbers_follow_ids_and_not_lines() {
        let (mut one, mut other) = (intake(), intake());
        let (x, y) = (
            candidate("x", &[("b", 5), ("a", 7)]),
            candidate("y", &[("a", 3)]),
        );
        one.add(x.clone()).unwrap();
        one.add(y.clone()).unwrap();
        other.add(y).unwrap();
        other.add(x).unwrap();
        let case = one.finish().unwrap();
        assert_eq!(case.problem(), other.finish().unwrap().problem());
        assert_eq!(case.place_ids, ["a", "b"]);
    }

    #[test]
    fn bad_candidates_are_refused_and_not_taken() {
        let mut intake = intake();
        intake.add(candidate("x", &[])).unwrap();
        let many: Vec<(&str, u64)> = vec![("a", 1); MOST_OPTIONS + 1];
        let long = "x".repeat(LONGEST_ID + 1);
        let mut urgent = candidate("u", &[("a", 1)]);
        urgent.priority = 1 << 40;
        let cases = [
            (candidate("x", &[]), RecordError::DuplicateId("x".into())),
            (candidate("", &[]), RecordError::Id(0)),
            (candidate(&long, &[]), RecordError::Id(LONGEST_ID + 1)),
            (
                candidate("y", &[("c", 1)]),
                RecordError::UnknownPlace("c".into()),
            ),
            (
                candidate("y", &[("a", 1001)]),
                WorthError::Score(1001).into(),
            ),
            (
                candidate("y", &[("a", 1 << 20)]),
                WorthError::Score(1 << 20).into(),
            ),
            (
                candidate("y", &[("a", 1), ("b", 1), ("a", 2)]),
                RecordError::DuplicateOption("a".into()),
            ),
            (
                candidate("y", &many),
                RecordError::TooManyOptions(MOST_OPTIONS + 1),
            ),
            (urgent, WorthError::Priority(1 << 40).into()),
        ];
        for (record, error) in cases {
            assert_eq!(intake.add(record), Err(error));
        }
        assert_eq!(intake.finish().unwrap().problem().candidates(), 1);
    }

    #[test]
    fn bad_places_are_refused() {
        let mut places = Places::default();
        let place = |id: &str, capacity| PlaceRecord {
            id: id.to_owned(),
            capacity,
        };
        places.add(place("a", 0)).unwrap();
        assert_eq!(
            places.add(place("a", 1)),
            Err(RecordError::DuplicateId("a".into()))
        );
        assert_eq!(places.add(place("", 1)), Err(RecordError::Id(0)));
        assert_eq!(
            places.add(place("b", 1 << 32)),
            Err(RecordError::Capacity(1 << 32))
        );
    }
}
