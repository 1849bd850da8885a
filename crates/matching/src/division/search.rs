//! Shortest repairing paths: the one step by which every division here becomes and stays exact.
//!
//! [`Search::settle`] finds a place for a waiting candidate, [`Search::fill`] finds a candidate for
//! a place that has room and a price.
//! Both run Dijkstra's method over `surplus + price - worth`, which is never negative, move
//! candidates along the cheapest chain and shift the duals by the distances, so that the
//! conditions in `network` hold again (successive shortest paths; Ahuja, Magnanti and
//! Orlin, *Network Flows*, 1993, chapter 9).
//! Work is bounded by what the chain reaches, not by the size of the problem.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::network::{NOWHERE, Network};

/// Distance of what is not reached.
const FAR: i64 = i64::MAX;

/// Working memory of the two searches, kept between calls and clean after each.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    place_distance: Vec<i64>,
    candidate_distance: Vec<i64>,
    /// The last candidate before a place (settle), or the one who leaves it and whereto (fill).
    via: Vec<(u32, u32)>,
    places: Vec<u32>,
    candidates: Vec<u32>,
    /// Places further away, nearest first, ties by number.
    queue: BinaryHeap<Reverse<(i64, u32)>>,
    /// Places at the distance now being handled; spares the queue on plateaus.
    level: Vec<u32>,
}

/// Where the cheapest chain for a candidate ends.
#[derive(Clone, Copy)]
enum Settled {
    /// This place has room.
    Room(u32),
    /// This candidate, perhaps the first one herself, stays without a place.
    Drops(u32),
}

/// Where the cheapest chain for a place begins.
#[derive(Clone, Copy)]
enum Filled {
    /// The place stays as it is and loses its price.
    Nobody,
    /// This candidate without a place comes to that place.
    Candidate(u32, u32),
    /// This place gives one up and loses its price.
    Place(u32),
}

impl Search {
    pub(super) fn of(network: &Network) -> Search {
        let mut search = Search::default();
        search.fit(network);
        search
    }

    /// Follows the network when it has grown.
    pub(super) fn fit(&mut self, network: &Network) {
        self.place_distance.resize(network.capacity.len(), FAR);
        self.via.resize(network.capacity.len(), (NOWHERE, NOWHERE));
        self.candidate_distance.resize(network.surplus.len(), FAR);
    }

    /// Gives a candidate without a place the chain that is worth most.
    ///
    /// Afterwards either nobody new is without a place, or one candidate with surplus 0.
    pub(super) fn settle(&mut self, network: &mut Network, first: u32) {
        let mut end = Settled::Drops(first);
        let mut best = network.surplus[first as usize];
        if best > 0 {
            self.candidate_distance[first as usize] = 0;
            self.candidates.push(first);
            self.leave_candidate(network, first, 0, &mut best, &mut end);
        }
        while let Some((place, distance)) = self.nearest(best) {
            let newly = self.candidates.len();
            for &member in &network.members[place as usize] {
                if self.candidate_distance[member as usize] == FAR {
                    self.candidate_distance[member as usize] = distance;
                    self.candidates.push(member);
                    let dropped = distance + network.surplus[member as usize];
                    if dropped < best {
                        best = dropped;
                        end = Settled::Drops(member);
                    }
                }
            }
            for at in newly..self.candidates.len() {
                let member = self.candidates[at];
                self.leave_candidate(network, member, distance, &mut best, &mut end);
            }
        }
        self.raise_prices(network, best);
        self.move_up(network, first, end);
        self.clean();
    }

    /// Offers every choice of a reached candidate.
    #[inline]
    fn leave_candidate(
        &mut self,
        network: &Network,
        candidate: u32,
        distance: i64,
        best: &mut i64,
        end: &mut Settled,
    ) {
        let base = distance + network.surplus[candidate as usize];
        for link in network.choices.links(candidate as usize) {
            let place = link.to as usize;
            let reached = base + network.price[place] - link.worth;
            if reached < *best && reached < self.place_distance[place] {
                self.reach(link.to, reached, distance, (candidate, NOWHERE));
                if network.has_room(link.to) {
                    *best = reached;
                    *end = Settled::Room(link.to);
                }
            }
        }
    }

    /// Notes a shorter way to a place.
    #[inline]
    fn reach(&mut self, place: u32, reached: i64, from: i64, via: (u32, u32)) {
        let distance = &mut self.place_distance[place as usize];
        if *distance == FAR {
            self.places.push(place);
        }
        *distance = reached;
        self.via[place as usize] = via;
        if reached == from {
            self.level.push(place);
        } else {
            self.queue.push(Reverse((reached, place)));
        }
    }

    /// The nearest place not yet handled, if it is nearer than `best`.
    fn nearest(&mut self, best: i64) -> Option<(u32, i64)> {
        while let Some(place) = self.level.pop() {
            let distance = self.place_distance[place as usize];
            if distance < best {
                return Some((place, distance));
            }
        }
        while let Some(Reverse((distance, place))) = self.queue.pop() {
            if distance >= best {
                return None;
            }
            // Entries that a shorter way has overtaken are passed over.
            if self.place_distance[place as usize] == distance {
                return Some((place, distance));
            }
        }
        None
    }

    fn raise_prices(&self, network: &mut Network, best: i64) {
        for &candidate in &self.candidates {
            let nearer = best - self.candidate_distance[candidate as usize];
            network.surplus[candidate as usize] -= nearer.max(0);
        }
        for &place in &self.places {
            let nearer = best - self.place_distance[place as usize];
            network.price[place as usize] += nearer.max(0);
        }
    }

    /// Moves the candidates on the chain, from its end to the first candidate.
    fn move_up(&self, network: &mut Network, first: u32, end: Settled) {
        let mut free = match end {
            Settled::Room(place) => Some(place),
            Settled::Drops(candidate) => network.unseat(candidate),
        };
        while let Some(place) = free {
            let (candidate, _) = self.via[place as usize];
            free = network.unseat(candidate);
            network.seat(candidate, place);
            if candidate == first {
                break;
            }
        }
    }

    /// Finds the best candidate, through a chain of moves, for a place that [wants
    /// more](Network::wants_more), or lowers its price to 0.
    pub(super) fn fill(&mut self, network: &mut Network, wanting: u32) {
        let mut best = network.price[wanting as usize];
        let mut end = Filled::Nobody;
        self.place_distance[wanting as usize] = 0;
        self.places.push(wanting);
        self.level.push(wanting);
        while let Some((place, distance)) = self.nearest(best) {
            let base = distance + network.price[place as usize];
            for link in network.takers.links(place as usize) {
                let reached = base + network.surplus[link.to as usize] - link.worth;
                if reached >= best {
                    continue;
                }
                let from = network.place_of[link.to as usize];
                if from == NOWHERE {
                    best = reached;
                    end = Filled::Candidate(link.to, place);
                } else if reached < self.place_distance[from as usize] {
                    self.reach(from, reached, distance, (link.to, place));
                    let given_up = reached + network.price[from as usize];
                    if given_up < best {
                        best = given_up;
                        end = Filled::Place(from);
                    }
                }
            }
        }
        self.lower_prices(network, best);
        self.move_down(network, wanting, end);
        self.clean();
    }

    fn lower_prices(&self, network: &mut Network, best: i64) {
        for &place in &self.places {
            let nearer = best - self.place_distance[place as usize];
            if nearer > 0 {
                network.price[place as usize] -= nearer;
                for &member in &network.members[place as usize] {
                    network.surplus[member as usize] += nearer;
                }
            }
        }
    }

    /// Moves the candidates on the chain, from its beginning to the place that wanted more.
    fn move_down(&self, network: &mut Network, wanting: u32, end: Filled) {
        let mut step = match end {
            Filled::Nobody => return,
            Filled::Candidate(candidate, place) => (candidate, place),
            Filled::Place(place) => self.via[place as usize],
        };
        loop {
            let (candidate, place) = step;
            step = self.via[place as usize];
            network.unseat(candidate);
            if place == wanting {
                network.seat(candidate, place);
                return;
            }
            // The place is over its capacity until the next one leaves, in the next turn.
            network.seat(candidate, place);
        }
    }

    fn clean(&mut self) {
        for place in self.places.drain(..) {
            self.place_distance[place as usize] = FAR;
        }
        for candidate in self.candidates.drain(..) {
            self.candidate_distance[candidate as usize] = FAR;
        }
        self.queue.clear();
        self.level.clear();
    }
}
