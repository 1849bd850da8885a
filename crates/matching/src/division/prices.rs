//! The lowest prices that prove a division optimal.
//!
//! Optimal prices are seldom unique.
//! The lowest ones are: each is exactly what one more seat at that place would add to the total
//! (Shapley and Shubik, 1971, *The assignment game I: the core*; the side of the candidates then
//! gets the most).
//! They follow from any optimal division in one run of Dijkstra's method over the whole problem.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::certificate::Certificate;
use super::network::{NOWHERE, Network};
use super::worth::Worth;

/// Distances by which prices can fall.
struct Fall<'a> {
    network: &'a Network,
    place: Vec<i64>,
    queue: BinaryHeap<Reverse<(i64, u32)>>,
}

/// Lowers the prices of an optimal division as far as they go.
pub(super) fn lowest(network: &Network) -> Certificate {
    let mut fall = Fall {
        network,
        // No price can fall below 0.
        place: network.price.clone(),
        queue: BinaryHeap::new(),
    };
    for (place, &distance) in fall.place.iter().enumerate() {
        fall.queue.push(Reverse((distance, place as u32)));
    }
    for (candidate, &place) in network.place_of.iter().enumerate() {
        if place == NOWHERE {
            fall.leave_candidate(candidate as u32, 0);
        }
    }
    while let Some(Reverse((distance, place))) = fall.queue.pop() {
        if fall.place[place as usize] == distance {
            for &member in &network.members[place as usize] {
                fall.leave_candidate(member, distance);
            }
        }
    }
    let falls = fall.place;
    let surpluses = network.surplus.iter().zip(&network.place_of);
    Certificate::new(
        network
            .price
            .iter()
            .zip(&falls)
            .map(|(price, fall)| Worth::from_combined(price - fall))
            .collect(),
        surpluses
            .map(|(surplus, &place)| {
                let fall = falls.get(place as usize).copied().unwrap_or(0);
                Worth::from_combined(surplus + fall)
            })
            .collect(),
    )
}

impl Fall<'_> {
    /// A price can fall no further than until this candidate would want the place.
    fn leave_candidate(&mut self, candidate: u32, distance: i64) {
        let base = distance + self.network.surplus[candidate as usize];
        for link in self.network.choices.links(candidate as usize) {
            let place = link.to as usize;
            let reached = base + self.network.price[place] - link.worth;
            if reached < self.place[place] {
                self.place[place] = reached;
                self.queue.push(Reverse((reached, link.to)));
            }
        }
    }
}
