//! Proof that a division is optimal, and what the proof says about each place.
//!
//! The check reads the problem, the division and the certificate, and shares no code with the
//! solver: whoever doubts a division can repeat it with a pencil.
//! If everybody sits at an own choice and no place is over its capacity, if
//! `surplus + price >= worth` for every choice, and if the worths given away sum to
//! `Σ surpluses + Σ capacity × price`, then no other division can be worth more.

use super::problem::{CandidateNumber, Division, PlaceNumber, Problem};
use super::worth::{Total, Worth};

/// A price for each place and a surplus for each candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    prices: Vec<Worth>,
    surpluses: Vec<Worth>,
}

/// What a checked certificate proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    /// What the division is worth.
    pub total: Total,
    /// The bound that no division can exceed; equal to the total.
    pub bound: Total,
    /// How many candidates have a place.
    pub placed: usize,
}

/// Why a certificate proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refutation {
    /// The lists do not have the lengths of the problem.
    #[error("division or certificate is of another problem")]
    OtherProblem,
    /// A candidate sits at a place that is none of her choices.
    #[error("candidate {0} has place {1}, which is not among the choices")]
    NoChoice(CandidateNumber, PlaceNumber),
    /// More candidates than the place can take.
    #[error("place {0} is over its capacity")]
    OverCapacity(PlaceNumber),
    /// A price below zero.
    #[error("place {0} has a negative price")]
    NegativePrice(PlaceNumber),
    /// A surplus below zero.
    #[error("candidate {0} has a negative surplus")]
    NegativeSurplus(CandidateNumber),
    /// Price and surplus together are less than the worth.
    #[error("price and surplus of candidate {0} and place {1} are below the worth")]
    BelowWorth(CandidateNumber, PlaceNumber),
    /// The bound is higher than the total.
    #[error("the division is worth less than the bound: {0:?} < {1:?}")]
    Gap(Total, Total),
}

/// Whoever would come to a place if one more could.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Next {
    /// The candidate.
    pub candidate: CandidateNumber,
    /// `surplus + price - worth`, never negative: at least so much is lost by giving her a seat
    /// that another one must leave; nothing is lost when the place gets one seat more and has a
    /// lowest price.
    pub loss: Worth,
}

impl Certificate {
    /// A certificate by numbers of places and of candidates; nothing is checked.
    #[must_use]
    pub fn new(prices: Vec<Worth>, surpluses: Vec<Worth>) -> Certificate {
        Certificate { prices, surpluses }
    }

    /// The price of each place.
    #[must_use]
    pub fn prices(&self) -> &[Worth] {
        &self.prices
    }

    /// What each candidate brings beyond the price of her place.
    #[must_use]
    pub fn surpluses(&self) -> &[Worth] {
        &self.surpluses
    }

    /// Checks that the certificate proves the division optimal.
    ///
    /// # Errors
    /// Fails with the first condition that does not hold.
    pub fn verify(&self, problem: &Problem, division: &Division) -> Result<Proof, Refutation> {
        if self.prices.len() != problem.places() || self.surpluses.len() != problem.candidates() {
            return Err(Refutation::OtherProblem);
        }
        let (total, placed) = worth_of(problem, division)?;
        let mut bound = Total::default();
        for place in problem.all_places() {
            let price = self.prices[place.index()];
            if price < Worth::ZERO {
                return Err(Refutation::NegativePrice(place));
            }
            bound.add_times(price, problem.capacities()[place.index()]);
        }
        for candidate in problem.all_candidates() {
            let surplus = self.surpluses[candidate.index()];
            if surplus < Worth::ZERO {
                return Err(Refutation::NegativeSurplus(candidate));
            }
            bound.add_times(surplus, 1);
            for choice in problem.choices(candidate) {
                if surplus + self.prices[choice.place.index()] < choice.worth {
                    return Err(Refutation::BelowWorth(candidate, choice.place));
                }
            }
        }
        if total == bound {
            Ok(Proof {
                total,
                bound,
                placed,
            })
        } else {
            Err(Refutation::Gap(total, bound))
        }
    }

    /// Who is next in line for each place: the smallest loss among those who sit elsewhere or
    /// nowhere, ties by number; `None` where nobody else has the place among her choices.
    ///
    /// # Panics
    /// Panics when the certificate is of another problem; [`Certificate::verify`] tells.
    #[must_use]
    pub fn next_in_line(&self, problem: &Problem, division: &Division) -> Vec<Option<Next>> {
        let mut next: Vec<Option<Next>> = vec![None; problem.places()];
        for candidate in problem.all_candidates() {
            let own = division.place_of(candidate);
            let surplus = self.surpluses[candidate.index()];
            for choice in problem.choices(candidate) {
                let at = choice.place.index();
                let loss = surplus + self.prices[at] - choice.worth;
                if own != Some(choice.place) && next[at].is_none_or(|n| loss < n.loss) {
                    next[at] = Some(Next { candidate, loss });
                }
            }
        }
        next
    }
}

/// What a division is worth and how many it places, after checking that it is one.
///
/// # Errors
/// Fails when a place is no choice of its candidate or is over its capacity.
pub fn worth_of(problem: &Problem, division: &Division) -> Result<(Total, usize), Refutation> {
    if division.places().len() != problem.candidates() {
        return Err(Refutation::OtherProblem);
    }
    let mut total = Total::default();
    let mut placed = 0;
    let mut free = problem.capacities().to_vec();
    for candidate in problem.all_candidates() {
        let Some(place) = division.place_of(candidate) else {
            continue;
        };
        let worth = problem
            .worth(candidate, place)
            .ok_or(Refutation::NoChoice(candidate, place))?;
        let seats = &mut free[place.index()];
        *seats = seats
            .checked_sub(1)
            .ok_or(Refutation::OverCapacity(place))?;
        total.add_times(worth, 1);
        placed += 1;
    }
    Ok((total, placed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::division::problem::{Choice, Edge};

    fn points(score: i64) -> Worth {
        Worth::from_combined(score)
    }

    /// Two candidates want one seat: 700 and 400.
    fn problem() -> Problem {
        let edge = |candidate, score| Edge {
            candidate: CandidateNumber::new(candidate),
            choice: Choice {
                place: PlaceNumber::new(0),
                worth: points(score),
            },
        };
        Problem::new(2, vec![1], &[edge(0, 700), edge(1, 400)]).unwrap()
    }

    fn check(
        places: [Option<u32>; 2],
        price: i64,
        surpluses: [i64; 2],
    ) -> Result<Proof, Refutation> {
        let division = Division::new(places.map(|p| p.map(PlaceNumber::new)).to_vec());
        Certificate::new(vec![points(price)], surpluses.map(points).to_vec())
            .verify(&problem(), &division)
    }

    #[test]
    fn a_proof_holds_and_each_flaw_is_found() {
        let (first, second) = (CandidateNumber::new(0), CandidateNumber::new(1));
        let place = PlaceNumber::new(0);
        let proof = check([Some(0), None], 400, [300, 0]).unwrap();
        assert_eq!((proof.total.parts(), proof.placed), ((0, 700), 1));
        let flaw = |places, price, surpluses| check(places, price, surpluses).unwrap_err();
        assert_eq!(
            flaw([Some(0), Some(0)], 400, [300, 0]),
            Refutation::OverCapacity(place)
        );
        assert_eq!(
            flaw([Some(1), None], 400, [300, 0]),
            Refutation::NoChoice(first, PlaceNumber::new(1))
        );
        assert_eq!(
            flaw([Some(0), None], 399, [301, 0]),
            Refutation::BelowWorth(second, place)
        );
        assert_eq!(
            flaw([Some(0), None], -1, [701, 401]),
            Refutation::NegativePrice(place)
        );
        assert_eq!(
            flaw([Some(0), None], 701, [-1, 0]),
            Refutation::NegativeSurplus(first)
        );
        assert!(matches!(
            flaw([None, Some(0)], 400, [300, 0]),
            Refutation::Gap(..)
        ));
        assert!(matches!(
            flaw([Some(0), None], 400, [301, 0]),
            Refutation::Gap(..)
        ));
    }

    #[test]
    fn the_one_left_out_is_next_and_ties_go_to_the_lower_number() {
        let place = Some(PlaceNumber::new(0));
        let certificate = Certificate::new(vec![points(450)], vec![points(250), points(0)]);
        let next = |places: [Option<PlaceNumber>; 2], certificate: &Certificate| {
            certificate.next_in_line(&problem(), &Division::new(places.to_vec()))[0]
        };
        let expected = |candidate, loss| {
            Some(Next {
                candidate: CandidateNumber::new(candidate),
                loss: points(loss),
            })
        };
        assert_eq!(next([place, None], &certificate), expected(1, 50));
        let level = Certificate::new(vec![points(700)], vec![points(50), points(-250)]);
        assert_eq!(next([None, None], &level), expected(0, 50));
        assert_eq!(next([place, place], &level), None);
    }
}
