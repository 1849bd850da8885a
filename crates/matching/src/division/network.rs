//! The state of a division under way: who sits where, and integer prices and surpluses.
//!
//! What holds between two operations, and what makes the division optimal (linear programming
//! duality; the totals of both sides are then equal):
//! 1. `surplus[i] + price[j] >= worth` for every link of candidate `i` and place `j`, with
//!    equality where `i` sits at `j`; prices and surpluses are never negative;
//! 2. a candidate without a place has surplus 0;
//! 3. a place with room has price 0.
//!
//! During an operation 2 or 3 may be broken for the nodes that it is about to repair, never 1.
//! Indices stay inside the lists because every number comes from the lists themselves; the doors
//! where numbers come in from outside check them.

use super::adjacency::{Adjacency, Link};
use super::problem::Problem;

/// The place of a candidate who has none.
pub(super) const NOWHERE: u32 = u32::MAX;

/// Links in both directions, duals and members.
#[derive(Clone, Debug)]
pub(super) struct Network {
    /// Places by candidate, in the order of places.
    pub(super) choices: Adjacency,
    /// Candidates by place, in the order of candidates.
    pub(super) takers: Adjacency,
    pub(super) capacity: Vec<u32>,
    pub(super) price: Vec<i64>,
    pub(super) surplus: Vec<i64>,
    pub(super) place_of: Vec<u32>,
    /// Where the candidate stands among the members of her place.
    seat_of: Vec<u32>,
    pub(super) members: Vec<Vec<u32>>,
}

impl Network {
    /// Everybody without a place and all prices 0; surpluses are not yet set.
    pub(super) fn of(problem: &Problem) -> Network {
        let candidates = problem.candidates();
        let places = problem.places();
        let mut sizes = vec![0u32; places];
        let mut choices = Adjacency::with_rooms(
            problem
                .all_candidates()
                .map(|candidate| problem.choices(candidate).len() as u32),
        );
        for candidate in problem.all_candidates() {
            for choice in problem.choices(candidate) {
                let link = Link {
                    to: choice.place.number(),
                    worth: choice.worth.combined(),
                };
                choices.push(candidate.index(), link);
                sizes[choice.place.index()] += 1;
            }
        }
        let mut takers = Adjacency::with_rooms(sizes.into_iter());
        for candidate in problem.all_candidates() {
            for choice in problem.choices(candidate) {
                let link = Link {
                    to: candidate.number(),
                    worth: choice.worth.combined(),
                };
                takers.push(choice.place.index(), link);
            }
        }
        Network {
            choices,
            takers,
            capacity: problem.capacities().to_vec(),
            price: vec![0; places],
            surplus: vec![0; candidates],
            place_of: vec![NOWHERE; candidates],
            seat_of: vec![0; candidates],
            members: vec![Vec::new(); places],
        }
    }

    /// Whether the place can take one more.
    pub(super) fn has_room(&self, place: u32) -> bool {
        self.members[place as usize].len() < self.capacity[place as usize] as usize
    }

    /// Whether the place has room although it has a price.
    pub(super) fn wants_more(&self, place: u32) -> bool {
        self.price[place as usize] > 0 && self.has_room(place)
    }

    /// Whether the candidate has no place although she brings a surplus.
    pub(super) fn waits(&self, candidate: u32) -> bool {
        self.surplus[candidate as usize] > 0 && self.place_of[candidate as usize] == NOWHERE
    }

    /// The most that any choice leaves the candidate at the present prices; at least 0.
    pub(super) fn best_surplus(&self, candidate: usize) -> i64 {
        let left = |link: &Link| link.worth - self.price[link.to as usize];
        let best = self.choices.links(candidate).iter().map(left).max();
        best.unwrap_or(0).max(0)
    }

    /// Follows the lists of candidates when one has come.
    pub(super) fn add_unseated(&mut self) {
        self.place_of.push(NOWHERE);
        self.seat_of.push(0);
    }

    /// Gives a candidate without a place this one.
    pub(super) fn seat(&mut self, candidate: u32, place: u32) {
        let members = &mut self.members[place as usize];
        self.seat_of[candidate as usize] = members.len() as u32;
        members.push(candidate);
        self.place_of[candidate as usize] = place;
    }

    /// Takes the candidate's place away, if she has one, and returns it.
    pub(super) fn unseat(&mut self, candidate: u32) -> Option<u32> {
        let place = self.place_of[candidate as usize];
        if place == NOWHERE {
            return None;
        }
        let members = &mut self.members[place as usize];
        let seat = self.seat_of[candidate as usize];
        members.swap_remove(seat as usize);
        if let Some(&moved) = members.get(seat as usize) {
            self.seat_of[moved as usize] = seat;
        }
        self.place_of[candidate as usize] = NOWHERE;
        Some(place)
    }
}
