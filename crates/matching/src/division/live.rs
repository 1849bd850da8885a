//! A division that stays optimal while candidates and places come and go.
//!
//! A cold solve takes the guess of `auction`, keeps every seat that is exactly consistent
//! with the guessed prices and repairs the rest.
//! Each later change breaks the conditions in `network` at a few nodes and repairs just
//! these, so one more candidate costs microseconds where a new solve costs a good part of a second.

use super::auction;
use super::certificate::Certificate;
use super::network::{NOWHERE, Network};
use super::problem::{CandidateNumber, Choice, Division, Edge, PlaceNumber, Problem, ProblemError};
use super::search::Search;
use super::worth::{MOST_CANDIDATES, Worth};
use super::{adjacency::Link, prices};

/// An optimal division with its duals, open to changes.
///
/// Numbers are never given out again: a removed candidate stays as one without choices, a removed
/// place as one without capacity.
/// The total is the same as that of a cold solve; among several optimal divisions the one kept
/// depends on the order of changes, and on nothing else.
#[derive(Clone, Debug)]
pub struct LiveDivision {
    network: Network,
    search: Search,
}

impl LiveDivision {
    /// Solves a problem from the beginning.
    #[must_use]
    pub fn solve(problem: &Problem) -> LiveDivision {
        let network = Network::of(problem);
        let search = Search::of(&network);
        let mut live = LiveDivision { network, search };
        let guess = auction::guess(&live.network);
        live.network.price = guess.price;
        for (candidate, place) in guess.place_of.into_iter().enumerate() {
            let surplus = live.network.best_surplus(candidate);
            live.network.surplus[candidate] = surplus;
            if place != NOWHERE && live.is_tight(candidate, place, surplus) {
                live.network.seat(candidate as u32, place);
            }
        }
        live.settle_all();
        live.fill_all();
        live
    }

    /// Whether the place leaves the candidate exactly her surplus.
    fn is_tight(&self, candidate: usize, place: u32, surplus: i64) -> bool {
        let links = self.network.choices.links(candidate);
        links
            .binary_search_by_key(&place, |link| link.to)
            .is_ok_and(|at| links[at].worth - self.network.price[place as usize] == surplus)
    }

    fn settle_all(&mut self) {
        for candidate in 0..self.network.surplus.len() as u32 {
            if self.network.waits(candidate) {
                self.search.settle(&mut self.network, candidate);
            }
        }
    }

    fn fill_all(&mut self) {
        for place in 0..self.network.capacity.len() as u32 {
            self.fill(place);
        }
    }

    fn fill(&mut self, place: u32) {
        while self.network.wants_more(place) {
            self.search.fill(&mut self.network, place);
        }
    }

    /// Adds a candidate and divides again.
    ///
    /// # Errors
    /// Fails on an unknown place, a place given twice, and more than [`MOST_CANDIDATES`].
    pub fn add_candidate(&mut self, choices: &[Choice]) -> Result<CandidateNumber, ProblemError> {
        let number = CandidateNumber::new(self.network.surplus.len() as u32);
        if number.index() >= MOST_CANDIDATES {
            return Err(ProblemError::TooMany(number.index() + 1));
        }
        let mut sorted = choices.to_vec();
        sorted.sort_unstable_by_key(|choice| choice.place);
        for (at, choice) in sorted.iter().enumerate() {
            if choice.place.index() >= self.network.capacity.len() {
                return Err(ProblemError::NoSuchPlace(choice.place));
            }
            if at > 0 && sorted[at - 1].place == choice.place {
                return Err(ProblemError::DuplicateChoice(number, choice.place));
            }
        }
        self.network.choices.add_node();
        for choice in sorted {
            let worth = choice.worth.combined();
            let to = choice.place.number();
            self.network
                .choices
                .push(number.index(), Link { to, worth });
            let to = number.number();
            self.network
                .takers
                .push(choice.place.index(), Link { to, worth });
        }
        let surplus = self.network.best_surplus(number.index());
        self.network.surplus.push(surplus);
        self.network.add_unseated();
        self.search.fit(&self.network);
        self.search.settle(&mut self.network, number.number());
        Ok(number)
    }

    /// Removes a candidate and divides again; her place goes to whoever gains most by it.
    ///
    /// # Errors
    /// Fails on an unknown candidate.
    pub fn remove_candidate(&mut self, candidate: CandidateNumber) -> Result<(), ProblemError> {
        self.check_candidate(candidate)?;
        let number = candidate.number();
        let left = self.network.unseat(number);
        for link in self.network.choices.take(candidate.index()) {
            self.network.takers.remove(link.to as usize, number);
        }
        self.network.surplus[candidate.index()] = 0;
        if let Some(place) = left {
            self.fill(place);
        }
        Ok(())
    }

    /// Adds a place and divides again.
    ///
    /// # Errors
    /// Fails on an unknown candidate, a candidate given twice, and too many places.
    pub fn add_place(
        &mut self,
        capacity: u32,
        takers: &[(CandidateNumber, Worth)],
    ) -> Result<PlaceNumber, ProblemError> {
        let count = self.network.capacity.len();
        if count + 1 >= u32::MAX as usize {
            return Err(ProblemError::TooMany(count + 1));
        }
        let place = PlaceNumber::new(count as u32);
        let mut sorted = takers.to_vec();
        sorted.sort_unstable_by_key(|taker| taker.0);
        for (at, &(candidate, _)) in sorted.iter().enumerate() {
            self.check_candidate(candidate)?;
            if at > 0 && sorted[at - 1].0 == candidate {
                return Err(ProblemError::DuplicateChoice(candidate, place));
            }
        }
        self.network.takers.add_node();
        let mut price = 0;
        for (candidate, worth) in sorted {
            let worth = worth.combined();
            let to = place.number();
            self.network
                .choices
                .push(candidate.index(), Link { to, worth });
            let to = candidate.number();
            self.network.takers.push(place.index(), Link { to, worth });
            // At this price nobody would yet want to move.
            price = price.max(worth - self.network.surplus[candidate.index()]);
        }
        self.network.capacity.push(capacity);
        self.network.price.push(price);
        self.network.members.push(Vec::new());
        self.search.fit(&self.network);
        self.fill(place.number());
        Ok(place)
    }

    /// Removes a place and divides again.
    ///
    /// # Errors
    /// Fails on an unknown place.
    pub fn remove_place(&mut self, place: PlaceNumber) -> Result<(), ProblemError> {
        self.check_place(place)?;
        let mut homeless = std::mem::take(&mut self.network.members[place.index()]);
        for &candidate in &homeless {
            self.network.place_of[candidate as usize] = NOWHERE;
        }
        for link in self.network.takers.take(place.index()) {
            self.network
                .choices
                .remove(link.to as usize, place.number());
        }
        self.network.capacity[place.index()] = 0;
        self.network.price[place.index()] = 0;
        homeless.sort_unstable();
        for candidate in homeless {
            self.search.settle(&mut self.network, candidate);
        }
        Ok(())
    }

    /// Changes how many a place can take and divides again.
    ///
    /// # Errors
    /// Fails on an unknown place.
    pub fn set_capacity(&mut self, place: PlaceNumber, capacity: u32) -> Result<(), ProblemError> {
        self.check_place(place)?;
        self.network.capacity[place.index()] = capacity;
        let members = &self.network.members[place.index()];
        let mut homeless: Vec<u32> = members.get(capacity as usize..).unwrap_or(&[]).to_vec();
        homeless.sort_unstable();
        for &candidate in &homeless {
            self.network.unseat(candidate);
        }
        // Who has to go was arbitrary; each of them may still win a seat back from another.
        for candidate in homeless {
            self.search.settle(&mut self.network, candidate);
        }
        self.fill(place.number());
        Ok(())
    }

    fn check_candidate(&self, candidate: CandidateNumber) -> Result<(), ProblemError> {
        if candidate.index() < self.network.surplus.len() {
            Ok(())
        } else {
            Err(ProblemError::NoSuchCandidate(candidate))
        }
    }

    fn check_place(&self, place: PlaceNumber) -> Result<(), ProblemError> {
        if place.index() < self.network.capacity.len() {
            Ok(())
        } else {
            Err(ProblemError::NoSuchPlace(place))
        }
    }

    /// Who has which place now.
    #[must_use]
    pub fn division(&self) -> Division {
        let place = |&place: &u32| (place != NOWHERE).then(|| PlaceNumber::new(place));
        Division::new(self.network.place_of.iter().map(place).collect())
    }

    /// Proof that the division is optimal, with the lowest possible prices.
    ///
    /// The lowest prices depend on the problem alone, not on how the division was found: the price
    /// of a place is exactly what one more seat there would add to the total.
    /// Takes time in proportion to the whole problem.
    #[must_use]
    pub fn certificate(&self) -> Certificate {
        prices::lowest(&self.network)
    }

    /// The problem as it stands now.
    ///
    /// # Errors
    /// Never fails on a division that was built by this module; the check is that of
    /// [`Problem::new`].
    pub fn problem(&self) -> Result<Problem, ProblemError> {
        let mut edges = Vec::new();
        for candidate in 0..self.network.surplus.len() {
            edges.extend(
                self.network
                    .choices
                    .links(candidate)
                    .iter()
                    .map(|link| Edge {
                        candidate: CandidateNumber::new(candidate as u32),
                        choice: Choice {
                            place: PlaceNumber::new(link.to),
                            worth: Worth::from_combined(link.worth),
                        },
                    }),
            );
        }
        let capacities = self.network.capacity.clone();
        Problem::new(self.network.surplus.len(), capacities, &edges)
    }
}
