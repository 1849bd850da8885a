//! A fast first guess of prices and seats: an auction with falling minimum raises.
//!
//! Candidates bid for the place that leaves them most; a full place keeps its highest bids and its
//! price is the lowest of them (Bertsekas and Castañon, 1989, *The auction algorithm for the
//! transportation problem*).
//! Rounds with large raises find the rough prices in few bids; then prices go down a little and a
//! round with smaller raises follows.
//! The guess needs not be right: [`super::live`] keeps what is exactly consistent and repairs the
//! rest by shortest paths, so nothing here can make a division wrong, only slow.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::network::{NOWHERE, Network};

/// Extra binary digits, so that the smallest raise is an eighth of a point.
const EXTRA_BITS: u32 = 3;

/// Each phase raises by at least this factor less than the one before.
const STEP: u32 = 3;

/// A phase stops after so many bids per candidate on average; the repair does the rest.
const MOST_BIDS: usize = 64;

/// Prices in whole points and the place that each candidate won.
#[derive(Debug)]
pub(super) struct Guess {
    pub(super) price: Vec<i64>,
    pub(super) place_of: Vec<u32>,
}

/// The auction hall.
struct Auction<'a> {
    network: &'a Network,
    extra_bits: u32,
    price: Vec<i64>,
    place_of: Vec<u32>,
    /// Winning bids by place, the lowest on top; ties by candidate.
    bids: Vec<BinaryHeap<Reverse<(i64, u32)>>>,
}

/// Guesses prices and seats for a network in which nobody has a place.
pub(super) fn guess(network: &Network) -> Guess {
    let most = (0..network.choices.nodes())
        .flat_map(|candidate| network.choices.links(candidate))
        .map(|link| link.worth)
        .max()
        .unwrap_or(0);
    // Worths stay below 2^60, so three more bits would not fit when there are priorities.
    let extra_bits = if most < 1 << 50 { EXTRA_BITS } else { 0 };
    let most = most << extra_bits;
    let mut auction = Auction {
        network,
        extra_bits,
        // A place that takes nobody is dearer than it is worth to anybody.
        price: network
            .capacity
            .iter()
            .map(|&capacity| if capacity == 0 { most } else { 0 })
            .collect(),
        place_of: vec![NOWHERE; network.choices.nodes()],
        bids: vec![BinaryHeap::new(); network.capacity.len()],
    };
    let mut raise = 1i64;
    while raise << STEP <= most / 4 {
        raise <<= STEP;
    }
    loop {
        auction.run(raise);
        if raise == 1 {
            break;
        }
        // Twice the raise is about how far prices overshoot; lower leaves fewer empty seats.
        auction.start_again(2 * raise);
        raise >>= STEP;
    }
    Guess {
        price: auction
            .price
            .iter()
            .map(|price| price >> auction.extra_bits)
            .collect(),
        place_of: auction.place_of,
    }
}

impl Auction<'_> {
    /// Everybody bids until each has a place or wants none at these prices.
    fn run(&mut self, raise: i64) {
        let mut bidders: Vec<u32> = (0..self.place_of.len() as u32).collect();
        let mut outbid = Vec::new();
        let mut bids = 0;
        while !bidders.is_empty() && bids <= MOST_BIDS * self.place_of.len() {
            bids += bidders.len();
            for &candidate in &bidders {
                outbid.extend(self.bid(candidate, raise));
            }
            std::mem::swap(&mut bidders, &mut outbid);
            outbid.clear();
            // The order of candidates is also the order of memory.
            bidders.sort_unstable();
        }
    }

    /// One bid; returns the candidate who lost a seat by it.
    #[inline]
    fn bid(&mut self, candidate: u32, raise: i64) -> Option<u32> {
        let (mut best, mut second, mut wanted) = (0, 0, None);
        for link in self.network.choices.links(candidate as usize) {
            let left = (link.worth << self.extra_bits) - self.price[link.to as usize];
            if left > best {
                (second, best) = (best, left);
                wanted = Some(link.to);
            } else if left > second {
                second = left;
            }
        }
        let place = wanted?;
        let at = place as usize;
        let bids = &mut self.bids[at];
        bids.push(Reverse((self.price[at] + best - second + raise, candidate)));
        self.place_of[candidate as usize] = place;
        let capacity = self.network.capacity[at] as usize;
        let loser = if bids.len() > capacity {
            bids.pop().map(|Reverse((_, loser))| loser)
        } else {
            None
        };
        if bids.len() == capacity
            && let Some(&Reverse((lowest, _))) = bids.peek()
        {
            self.price[at] = lowest.max(self.price[at]);
        }
        if let Some(loser) = loser {
            self.place_of[loser as usize] = NOWHERE;
        }
        loser
    }

    /// Empties all seats and lowers the prices.
    fn start_again(&mut self, lower: i64) {
        self.place_of.fill(NOWHERE);
        for (place, bids) in self.bids.iter_mut().enumerate() {
            bids.clear();
            if self.network.capacity[place] > 0 {
                self.price[place] = (self.price[place] - lower).max(0);
            }
        }
    }
}
