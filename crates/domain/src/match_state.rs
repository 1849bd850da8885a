//! The way of a match of a newcomer with a vacancy, from the first word to the outcome.
//!
//! It begins with a klantmanager who proposes or an employer who asks; only the person's yes
//! leads further; every other step is taken by whom it belongs to.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Where a match stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchState {
    /// The klantmanager proposed the vacancy to the person.
    Proposed,
    /// The employer asked the person for contact.
    Asked,
    /// The person said yes.
    Agreed,
    /// The person said no.
    Declined,
    /// The employer may know who it is.
    Shared,
    /// The employer invited the person.
    Invited,
    /// The person has the place.
    Hired,
    /// The employer said no, with a reason.
    Rejected,
    /// Person or klantmanager took it back.
    Withdrawn,
}

/// Who takes a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// The newcomer.
    Person,
    /// The klantmanager.
    Klantmanager,
    /// The employer.
    Employer,
}

/// A word that names no state and no party.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a state or party of a match")]
pub struct NotAMatchState;

impl MatchState {
    /// All states, in the order of the way.
    pub const ALL: [MatchState; 9] = [
        MatchState::Proposed,
        MatchState::Asked,
        MatchState::Agreed,
        MatchState::Declined,
        MatchState::Shared,
        MatchState::Invited,
        MatchState::Hired,
        MatchState::Rejected,
        MatchState::Withdrawn,
    ];

    /// The word that stands for it in storage.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            MatchState::Proposed => "proposed",
            MatchState::Asked => "asked",
            MatchState::Agreed => "agreed",
            MatchState::Declined => "declined",
            MatchState::Shared => "shared",
            MatchState::Invited => "invited",
            MatchState::Hired => "hired",
            MatchState::Rejected => "rejected",
            MatchState::Withdrawn => "withdrawn",
        }
    }

    /// Whether nothing follows, except that a new match may begin.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(
            self,
            MatchState::Declined | MatchState::Hired | MatchState::Rejected | MatchState::Withdrawn
        )
    }

    /// Whether the employer knows, or knew, who the person is: their answer then belongs to them.
    #[must_use]
    pub fn is_known_to_employer(self) -> bool {
        matches!(
            self,
            MatchState::Shared | MatchState::Invited | MatchState::Hired | MatchState::Rejected
        )
    }

    /// Whether a party may take the match from this state to another.
    #[must_use]
    pub fn may_become(self, next: MatchState, by: Party) -> bool {
        use MatchState::{
            Agreed, Asked, Declined, Hired, Invited, Proposed, Rejected, Shared, Withdrawn,
        };
        match (by, self, next) {
            (Party::Person, Proposed | Asked, Agreed | Declined)
            | (Party::Person | Party::Klantmanager, Agreed, Shared)
            | (Party::Employer, Shared, Invited | Rejected)
            | (Party::Employer, Invited, Hired | Rejected)
            // The klantmanager often hears of the contract first.
            | (Party::Klantmanager, Invited, Hired) => true,
            (Party::Person | Party::Klantmanager, from, Withdrawn) => !from.is_over(),
            // What was refused or taken back may be tried again later; a person's no stands until
            // the klantmanager has talked about it.
            (Party::Klantmanager, Declined | Rejected | Withdrawn, Proposed)
            | (Party::Employer, Withdrawn, Asked) => true,
            _ => false,
        }
    }
}

impl Party {
    /// All parties.
    pub const ALL: [Party; 3] = [Party::Person, Party::Klantmanager, Party::Employer];

    /// The word that stands for it in storage.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Party::Person => "person",
            Party::Klantmanager => "klantmanager",
            Party::Employer => "employer",
        }
    }
}

impl FromStr for Party {
    type Err = NotAMatchState;

    fn from_str(word: &str) -> Result<Party, NotAMatchState> {
        Party::ALL
            .into_iter()
            .find(|party| party.code() == word)
            .ok_or(NotAMatchState)
    }
}

impl FromStr for MatchState {
    type Err = NotAMatchState;

    fn from_str(word: &str) -> Result<MatchState, NotAMatchState> {
        MatchState::ALL
            .into_iter()
            .find(|state| state.code() == word)
            .ok_or(NotAMatchState)
    }
}

impl fmt::Display for MatchState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lead_back() {
        for state in MatchState::ALL {
            assert_eq!(state.code().parse(), Ok(state));
        }
        for party in Party::ALL {
            assert_eq!(party.code().parse(), Ok(party));
        }
        assert_eq!("lost".parse::<MatchState>(), Err(NotAMatchState));
    }

    #[test]
    fn nobody_is_known_without_their_own_yes() {
        // Every way into a state in which the employer knows the person leads through `Agreed`,
        // and into `Agreed` only the person leads.
        for from in MatchState::ALL {
            for next in MatchState::ALL {
                for by in Party::ALL {
                    if !from.may_become(next, by) {
                        continue;
                    }
                    if next == MatchState::Agreed {
                        assert_eq!(by, Party::Person);
                    }
                    if next.is_known_to_employer() && !from.is_known_to_employer() {
                        assert_eq!(from, MatchState::Agreed);
                    }
                    assert_ne!(from, next);
                    assert!(from != MatchState::Hired, "an outcome stands");
                }
            }
        }
    }
}
