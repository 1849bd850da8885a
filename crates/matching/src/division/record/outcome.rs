//! The answer as records: one per candidate, one per place, and the certificate.

use serde::Serialize;

use super::Case;
use crate::division::certificate::{Certificate, Refutation, worth_of};
use crate::division::live::LiveDivision;
use crate::division::problem::{CandidateNumber, Division, PlaceNumber};
use crate::division::stable;
use crate::division::worth::{Total, Worth};

/// Which idea of a good division.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// The highest total.
    Optimal,
    /// No candidate and place who would both rather have each other.
    Stable,
}

/// A worth, price, surplus, loss or total in its two parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Amount {
    /// In units of priority.
    pub priority: i64,
    /// In points of score; can be negative beside units of priority, where these cost score.
    pub score: i64,
}

impl From<Worth> for Amount {
    fn from(worth: Worth) -> Amount {
        let (priority, score) = worth.parts();
        Amount { priority, score }
    }
}

impl From<Total> for Amount {
    fn from(total: Total) -> Amount {
        let (priority, score) = total.parts();
        Amount { priority, score }
    }
}

/// Who is next in line for a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct NextRecord<'a> {
    /// Id of the candidate.
    pub candidate: &'a str,
    /// What is lost at least when she is put there without a seat more; none in a stable division.
    pub loss: Option<Amount>,
}

/// One record of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ResultRecord<'a> {
    /// What a candidate gets.
    Candidate {
        /// Id of the candidate.
        id: &'a str,
        /// Id of her place.
        place: Option<&'a str>,
        /// Her score there, 0..=1000.
        score: Option<i64>,
        /// Price of her place; none in a stable division.
        price: Option<Amount>,
        /// What she brings beyond the price; none in a stable division.
        surplus: Option<Amount>,
    },
    /// How a place is used.
    Place {
        /// Id of the place.
        id: &'a str,
        /// How many it can take.
        capacity: u32,
        /// How many it gets.
        used: u32,
        /// What one more seat would add to the total; none in a stable division.
        price: Option<Amount>,
        /// Who would come next.
        next: Option<NextRecord<'a>>,
    },
    /// What was proven.
    Certificate {
        /// Which idea of a good division.
        method: Method,
        /// How many candidates have a place.
        placed: usize,
        /// What the division is worth.
        total: Amount,
        /// The bound from prices and surpluses; none in a stable division.
        dual_total: Option<Amount>,
        /// Whether the check of the input, the division and the duals held.
        verified: bool,
    },
}

/// A division that failed its own check.
///
/// This is a fault of the program, never of the input.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutcomeError {
    /// The certificate does not prove the division.
    #[error("the division could not be verified")]
    NotProven(#[from] Refutation),
    /// The stable division is not stable.
    #[error("candidate {0} and place {1} would rather have each other")]
    Blocked(CandidateNumber, PlaceNumber),
}

/// A checked division of a case.
#[derive(Clone, Debug)]
pub struct Outcome<'a> {
    case: &'a Case,
    division: Division,
    certificate: Option<Certificate>,
    placed: usize,
    total: Total,
    bound: Option<Total>,
}

impl Case {
    /// Divides and checks.
    ///
    /// # Errors
    /// Fails when the result does not pass its check, which would be a fault of the program.
    pub fn divide(&self, method: Method) -> Result<Outcome<'_>, OutcomeError> {
        match method {
            Method::Optimal => self.optimal(),
            Method::Stable => self.stable(),
        }
    }

    fn optimal(&self) -> Result<Outcome<'_>, OutcomeError> {
        let live = LiveDivision::solve(&self.problem);
        let division = live.division();
        let certificate = live.certificate();
        let proof = certificate.verify(&self.problem, &division)?;
        Ok(Outcome {
            case: self,
            division,
            certificate: Some(certificate),
            placed: proof.placed,
            total: proof.total,
            bound: Some(proof.bound),
        })
    }

    fn stable(&self) -> Result<Outcome<'_>, OutcomeError> {
        let division = stable::divide(&self.problem);
        let (total, placed) = worth_of(&self.problem, &division)?;
        if let Some((candidate, place)) = stable::blocking_pair(&self.problem, &division) {
            return Err(OutcomeError::Blocked(candidate, place));
        }
        Ok(Outcome {
            case: self,
            division,
            certificate: None,
            placed,
            total,
            bound: None,
        })
    }
}

impl Outcome<'_> {
    /// All records: candidates by id, places by id, the certificate.
    pub fn records(&self) -> impl Iterator<Item = ResultRecord<'_>> {
        let candidates = self.case.problem.all_candidates();
        let places = self.case.problem.all_places();
        let used = self.case.used(&self.division);
        candidates
            .map(|candidate| self.candidate(candidate))
            .chain(
                places
                    .zip(used)
                    .zip(self.next_in_line())
                    .map(|((place, used), next)| self.place(place, used, next)),
            )
            .chain(std::iter::once(self.last()))
    }

    fn candidate(&self, candidate: CandidateNumber) -> ResultRecord<'_> {
        let place = self.division.place_of(candidate);
        let worth = place.and_then(|place| self.case.problem.worth(candidate, place));
        ResultRecord::Candidate {
            id: &self.case.candidate_ids[candidate.index()],
            place: place.map(|place| self.case.place_ids[place.index()].as_str()),
            score: worth.map(|worth| worth.parts().1),
            price: place.and_then(|place| self.price(place)),
            surplus: self
                .certificate
                .as_ref()
                .map(|certificate| certificate.surpluses()[candidate.index()].into()),
        }
    }

    fn place<'a>(
        &'a self,
        place: PlaceNumber,
        used: u32,
        next: Option<NextRecord<'a>>,
    ) -> ResultRecord<'a> {
        ResultRecord::Place {
            id: &self.case.place_ids[place.index()],
            capacity: self.case.problem.capacities()[place.index()],
            used,
            price: self.price(place),
            next,
        }
    }

    fn price(&self, place: PlaceNumber) -> Option<Amount> {
        let certificate = self.certificate.as_ref()?;
        Some(certificate.prices()[place.index()].into())
    }

    fn next_in_line(&self) -> Vec<Option<NextRecord<'_>>> {
        let record = |candidate: CandidateNumber, loss: Option<Worth>| NextRecord {
            candidate: &self.case.candidate_ids[candidate.index()],
            loss: loss.map(Amount::from),
        };
        let problem = &self.case.problem;
        match &self.certificate {
            Some(certificate) => {
                let next = certificate.next_in_line(problem, &self.division);
                let next = next.into_iter();
                next.map(|next| next.map(|n| record(n.candidate, Some(n.loss))))
                    .collect()
            }
            None => {
                let next = stable::next_in_line(problem, &self.division).into_iter();
                next.map(|next| next.map(|candidate| record(candidate, None)))
                    .collect()
            }
        }
    }

    fn last(&self) -> ResultRecord<'_> {
        ResultRecord::Certificate {
            method: match self.certificate {
                Some(_) => Method::Optimal,
                None => Method::Stable,
            },
            placed: self.placed,
            total: self.total.into(),
            dual_total: self.bound.map(Amount::from),
            // An outcome exists only after its check has held.
            verified: true,
        }
    }
}
