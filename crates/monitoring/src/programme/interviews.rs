//! Coded interviews: codes of two coders, and consent for every quotation.
//!
//! A quotation is shown only with consent for publication, and only if at least ten people of the
//! same group were interviewed, so that nobody is recognised by being the only one asked.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use statistics::agreement::{KappaWeights, kappa};
use statistics::{Confidence, Estimate};
use time::Date;

use crate::indicator::day;

/// Smallest number interviewed in a group from which quotations and code counts are shown.
pub const SMALLEST_GROUP: usize = 10;

/// What the person who spoke agreed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// May be published.
    Publication,
    /// For the researchers only.
    Research,
    /// Withdrawn: the words must be gone.
    Withdrawn,
}

/// A quotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// The words; empty after consent was withdrawn.
    pub text: String,
    /// The code they stand for.
    pub code: String,
    /// Consent.
    pub consent: Consent,
    /// Day of the consent or its withdrawal.
    #[serde(with = "day")]
    pub consent_on: Date,
}

/// An interview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interview {
    /// Pseudonym.
    pub id: String,
    /// Day.
    #[serde(with = "day")]
    pub on: Date,
    /// Group of people, such as `newcomer`, `klantmanager`, `employer`.
    pub group: String,
    /// Codes of the first coder.
    pub first_coder: BTreeSet<String>,
    /// Codes of the second coder; `None` if only one coded.
    #[serde(default)]
    pub second_coder: Option<BTreeSet<String>>,
    /// Quotations.
    #[serde(default)]
    pub quote: Vec<Quote>,
}

pub(super) fn check(interviews: &[Interview]) -> Result<(), (String, String)> {
    let mut seen = BTreeSet::new();
    for interview in interviews {
        let fault = |reason: String| Err((interview.id.clone(), reason));
        if !seen.insert(&interview.id) {
            return fault("the interview stands twice".to_owned());
        }
        for quote in &interview.quote {
            if quote.consent == Consent::Withdrawn && !quote.text.is_empty() {
                return fault("consent was withdrawn, but the words are still there".to_owned());
            }
            if quote.consent_on < interview.on {
                return fault("consent given before the interview".to_owned());
            }
            if !interview.first_coder.contains(&quote.code) {
                return fault(format!(
                    "no coder gave the code {:?} of a quotation",
                    quote.code
                ));
            }
        }
    }
    Ok(())
}

/// How often a code was given in a group, `None` where the group is too small to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CodeCount {
    /// Group.
    pub group: String,
    /// Interviewed in the group, `None` if too few.
    pub interviewed: Option<usize>,
    /// By code, the number who named it.
    pub codes: BTreeMap<String, usize>,
}

/// Counts by group and code. Groups below [`SMALLEST_GROUP`] show no numbers at all.
#[must_use]
pub fn code_counts(interviews: &[Interview]) -> Vec<CodeCount> {
    let mut groups: BTreeMap<&str, Vec<&Interview>> = BTreeMap::new();
    for interview in interviews {
        groups.entry(&interview.group).or_default().push(interview);
    }
    groups
        .into_iter()
        .map(|(group, members)| {
            let enough = members.len() >= SMALLEST_GROUP;
            let mut codes = BTreeMap::new();
            if enough {
                for code in members.iter().flat_map(|interview| &interview.first_coder) {
                    *codes.entry(code.clone()).or_default() += 1;
                }
            }
            CodeCount {
                group: group.to_owned(),
                interviewed: enough.then_some(members.len()),
                codes,
            }
        })
        .collect()
}

/// Quotations that may be shown: group, code, words.
#[must_use]
pub fn publishable_quotes(interviews: &[Interview]) -> Vec<(&str, &str, &str)> {
    let size = |group: &str| {
        interviews
            .iter()
            .filter(|other| other.group == group)
            .count()
    };
    interviews
        .iter()
        .filter(|interview| size(&interview.group) >= SMALLEST_GROUP)
        .flat_map(|interview| {
            let public = |quote: &&Quote| quote.consent == Consent::Publication;
            interview.quote.iter().filter(public).map(|quote| {
                (
                    interview.group.as_str(),
                    quote.code.as_str(),
                    quote.text.as_str(),
                )
            })
        })
        .collect()
}

/// Cohen's κ of the two coders over every pair of interview and code, with its interval.
///
/// # Errors
/// The reason, as part of a sentence.
pub fn coder_agreement(
    interviews: &[Interview],
    confidence: Confidence,
) -> Result<(Estimate, u64), String> {
    let twice: Vec<(&Interview, &BTreeSet<String>)> = interviews
        .iter()
        .filter_map(|interview| Some((interview, interview.second_coder.as_ref()?)))
        .collect();
    if twice.is_empty() {
        return Err("no interview was coded by two people".to_owned());
    }
    let codes: BTreeSet<&String> = twice
        .iter()
        .flat_map(|(interview, second)| interview.first_coder.iter().chain(second.iter()))
        .collect();
    let mut table = vec![vec![0_u64; 2]; 2];
    for (interview, second) in &twice {
        for code in &codes {
            let first = usize::from(interview.first_coder.contains(*code));
            table[first][usize::from(second.contains(*code))] += 1;
        }
    }
    kappa(&table, KappaWeights::Nominal, confidence)
        .map(|kappa| (kappa, twice.len() as u64))
        .map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn interview(id: usize, consent: Consent) -> Interview {
        Interview {
            id: format!("i{id}"),
            on: date!(2023 - 03 - 01),
            group: "newcomer".into(),
            first_coder: ["network".to_owned()].into(),
            second_coder: None,
            quote: vec![Quote {
                text: format!("words {id}"),
                code: "network".into(),
                consent,
                consent_on: date!(2023 - 03 - 01),
            }],
        }
    }

    #[test]
    fn quotations_need_consent_and_company() {
        let mut few: Vec<Interview> = (0..9).map(|i| interview(i, Consent::Publication)).collect();
        assert!(publishable_quotes(&few).is_empty());
        assert_eq!(code_counts(&few)[0].interviewed, None);
        few.push(interview(9, Consent::Research));
        assert_eq!(publishable_quotes(&few).len(), 9);
        assert_eq!(code_counts(&few)[0].codes["network"], 10);
        assert!(check(&few).is_ok());
        few.push(interview(9, Consent::Research));
        assert!(check(&few).unwrap_err().1.contains("twice"));
        let mut withdrawn = interview(11, Consent::Withdrawn);
        assert!(
            check(std::slice::from_ref(&withdrawn))
                .unwrap_err()
                .1
                .contains("words")
        );
        withdrawn.quote[0].text.clear();
        assert!(check(&[withdrawn]).is_ok());
    }
}
