//! Why an employer says no: a closed list, so that the reason reaches the person in words of their
//! language and shows what can be done.
//!
//! None of them is about who somebody is.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::code::ReasonCode;

/// Why an employer says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RejectionReason {
    /// A language is not enough yet.
    LanguageLevel,
    /// A skill is missing.
    Skills,
    /// More experience is needed.
    Experience,
    /// A diploma or certificate is missing.
    Qualification,
    /// The hours do not fit.
    Hours,
    /// The way is too far.
    Travel,
    /// The first day does not fit.
    Start,
    /// Somebody has the place.
    Filled,
    /// No answer came.
    NoAnswer,
}

/// A word that is no reason of this list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a reason of an employer")]
pub struct NotARejection;

impl RejectionReason {
    /// All reasons, in the order of the form.
    pub const ALL: [RejectionReason; 9] = [
        RejectionReason::LanguageLevel,
        RejectionReason::Skills,
        RejectionReason::Experience,
        RejectionReason::Qualification,
        RejectionReason::Hours,
        RejectionReason::Travel,
        RejectionReason::Start,
        RejectionReason::Filled,
        RejectionReason::NoAnswer,
    ];

    /// Code in the database, in forms and in keys of texts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            RejectionReason::LanguageLevel => "language-level",
            RejectionReason::Skills => "skills",
            RejectionReason::Experience => "experience",
            RejectionReason::Qualification => "qualification",
            RejectionReason::Hours => "hours",
            RejectionReason::Travel => "travel",
            RejectionReason::Start => "start",
            RejectionReason::Filled => "filled",
            RejectionReason::NoAnswer => "no-answer",
        }
    }
}

impl FromStr for RejectionReason {
    type Err = NotARejection;

    fn from_str(code: &str) -> Result<RejectionReason, NotARejection> {
        let mut all = RejectionReason::ALL.into_iter();
        all.find(|reason| reason.code() == code)
            .ok_or(NotARejection)
    }
}

impl TryFrom<ReasonCode> for RejectionReason {
    type Error = NotARejection;

    fn try_from(code: ReasonCode) -> Result<RejectionReason, NotARejection> {
        code.code().parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_leads_back_and_can_be_stored() {
        for reason in RejectionReason::ALL {
            let stored: Result<ReasonCode, _> = reason.code().parse();
            assert_eq!(stored.map(RejectionReason::try_from), Ok(Ok(reason)));
            let written = serde_json::to_value(reason).ok();
            assert_eq!(written, Some(reason.code().into()));
        }
        assert!("accent".parse::<RejectionReason>().is_err());
    }
}
