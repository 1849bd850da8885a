//! What an obligation is tied to: the action that carries it out, the indicator that shows whether
//! it helps.
//!
//! This module must not know which actions and indicators there are.

use std::fmt;
use std::str::FromStr;

use super::{Obligation, ObligationId, Register, RegisterError};

/// An action or an indicator, by its code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tie {
    /// An action of the programme.
    Action(String),
    /// An indicator of the monitor.
    Indicator(String),
}

/// Words that name no action and no indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a tie is written action/CODE or indicator/CODE")]
pub struct UnknownTie;

impl fmt::Display for Tie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Tie::Action(code) => write!(f, "action/{code}"),
            Tie::Indicator(code) => write!(f, "indicator/{code}"),
        }
    }
}

impl FromStr for Tie {
    type Err = UnknownTie;

    fn from_str(text: &str) -> Result<Tie, UnknownTie> {
        match text.split_once('/') {
            Some(("action", code)) if !code.is_empty() => Ok(Tie::Action(code.to_owned())),
            Some(("indicator", code)) if !code.is_empty() => Ok(Tie::Indicator(code.to_owned())),
            _ => Err(UnknownTie),
        }
    }
}

impl Obligation {
    /// Everything it is tied to, indicators first.
    pub fn ties(&self) -> impl Iterator<Item = Tie> + '_ {
        let indicators = self.indicators.iter().cloned().map(Tie::Indicator);
        indicators.chain(self.actions.iter().cloned().map(Tie::Action))
    }

    /// Whether it is tied to this action or indicator.
    #[must_use]
    pub fn is_tied_to(&self, tie: &Tie) -> bool {
        match tie {
            Tie::Action(code) => self.actions.contains(code),
            Tie::Indicator(code) => self.indicators.contains(code),
        }
    }
}

impl Register {
    /// Ties an obligation to an action or indicator; twice is the same as once.
    ///
    /// # Errors
    /// Fails when there is no such obligation.
    pub fn tie(&mut self, id: ObligationId, tie: &Tie) -> Result<(), RegisterError> {
        let known = self.find(id)?;
        if !known.is_tied_to(tie) {
            match tie {
                Tie::Action(code) => known.actions.push(code.clone()),
                Tie::Indicator(code) => known.indicators.push(code.clone()),
            }
        }
        Ok(())
    }

    /// Takes such a tie away.
    ///
    /// # Errors
    /// Fails when there is no such obligation.
    pub fn untie(&mut self, id: ObligationId, tie: &Tie) -> Result<(), RegisterError> {
        let known = self.find(id)?;
        match tie {
            Tie::Action(code) => known.actions.retain(|known| known != code),
            Tie::Indicator(code) => known.indicators.retain(|known| known != code),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tie_is_read_as_it_is_written() {
        for tie in [
            Tie::Action("work-conference".to_owned()),
            Tie::Indicator("paid-work".to_owned()),
        ] {
            assert_eq!(tie.to_string().parse(), Ok(tie));
        }
        for wrong in ["", "paid-work", "indicator/", "person/1"] {
            assert_eq!(wrong.parse::<Tie>(), Err(UnknownTie));
        }
    }
}
