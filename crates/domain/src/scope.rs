//! What a program of an organisation may do over the JSON interface: a closed list of scopes.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::organisation::OrganisationKind;

/// One thing that a program may be allowed to do, for its own organisation only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Scope {
    /// List and read the employer's own vacancies.
    VacanciesRead,
    /// Write, replace, open and close the employer's own vacancies.
    VacanciesWrite,
    /// See how many candidates an own vacancy has, rounded.
    CandidateCountsRead,
    /// See how many cases the organisation has, rounded by phase.
    CaseloadRead,
    /// See the figures of the monitor as they are published.
    FiguresRead,
}

/// Some scopes.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<Scope>", into = "Vec<Scope>")]
pub struct Scopes(u8);

/// A word that names no scope.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no scope of the JSON interface; known are {known}")]
pub struct NotAScope {
    known: String,
}

impl Scope {
    /// All scopes.
    pub const ALL: [Scope; 5] = [
        Scope::VacanciesRead,
        Scope::VacanciesWrite,
        Scope::CandidateCountsRead,
        Scope::CaseloadRead,
        Scope::FiguresRead,
    ];

    /// The word that stands for it in storage, commands and the OpenAPI document.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Scope::VacanciesRead => "vacancies:read",
            Scope::VacanciesWrite => "vacancies:write",
            Scope::CandidateCountsRead => "candidate-counts:read",
            Scope::CaseloadRead => "caseload:read",
            Scope::FiguresRead => "figures:read",
        }
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

impl Scopes {
    /// No scope at all.
    pub const NONE: Scopes = Scopes(0);

    /// Whether this scope is among them.
    #[must_use]
    pub fn contains(self, scope: Scope) -> bool {
        self.0 & scope.bit() != 0
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The scopes in their order.
    pub fn iter(self) -> impl Iterator<Item = Scope> {
        Scope::ALL
            .into_iter()
            .filter(move |scope| self.contains(*scope))
    }

    /// Whether all of them are among others.
    #[must_use]
    pub fn are_within(self, others: Scopes) -> bool {
        self.0 & !others.0 == 0
    }
}

impl OrganisationKind {
    /// The scopes that a program of an organisation of this kind can be given.
    #[must_use]
    pub fn scopes(self) -> Scopes {
        let scopes: &[Scope] = match self {
            OrganisationKind::Employer => &[
                Scope::VacanciesRead,
                Scope::VacanciesWrite,
                Scope::CandidateCountsRead,
                Scope::FiguresRead,
            ],
            OrganisationKind::Municipality | OrganisationKind::Partner => {
                &[Scope::CaseloadRead, Scope::FiguresRead]
            }
            OrganisationKind::Region | OrganisationKind::Ministry | OrganisationKind::Operator => {
                &[Scope::FiguresRead]
            }
        };
        scopes.iter().copied().collect()
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Scopes {
        Scopes(scopes.into_iter().fold(0, |bits, scope| bits | scope.bit()))
    }
}

impl From<Vec<Scope>> for Scopes {
    fn from(scopes: Vec<Scope>) -> Scopes {
        scopes.into_iter().collect()
    }
}

impl From<Scopes> for Vec<Scope> {
    fn from(scopes: Scopes) -> Vec<Scope> {
        scopes.iter().collect()
    }
}

impl FromStr for Scopes {
    type Err = NotAScope;

    /// Words with spaces between them, as OAuth writes scopes (RFC 6749, section 3.3).
    fn from_str(words: &str) -> Result<Scopes, NotAScope> {
        words.split_whitespace().map(str::parse::<Scope>).collect()
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.iter().map(Scope::code).collect();
        f.pad(&words.join(" "))
    }
}

impl fmt::Debug for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Scopes({self})")
    }
}

impl FromStr for Scope {
    type Err = NotAScope;

    fn from_str(word: &str) -> Result<Scope, NotAScope> {
        Scope::ALL
            .into_iter()
            .find(|scope| scope.code() == word)
            .ok_or_else(|| NotAScope {
                known: Scope::ALL.map(Scope::code).join(", "),
            })
    }
}

impl TryFrom<String> for Scope {
    type Error = NotAScope;

    fn try_from(word: String) -> Result<Scope, NotAScope> {
        word.parse()
    }
}

impl From<Scope> for String {
    fn from(scope: Scope) -> String {
        scope.code().to_owned()
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lead_back() {
        for scope in Scope::ALL {
            assert_eq!(scope.code().parse(), Ok(scope));
            assert_eq!(serde_json::json!(scope), scope.code());
        }
        let some: Scopes = [Scope::FiguresRead, Scope::VacanciesRead]
            .into_iter()
            .collect();
        assert_eq!(some.to_string(), "vacancies:read figures:read");
        assert_eq!(some.to_string().parse(), Ok(some));
        assert!("vacancies:read everything".parse::<Scopes>().is_err());
        assert!(Scopes::NONE.is_empty() && Scopes::NONE.are_within(some));
    }

    #[test]
    fn who_hires_counts_no_cases_and_who_guides_writes_no_vacancies() {
        let employer = OrganisationKind::Employer.scopes();
        let municipality = OrganisationKind::Municipality.scopes();
        assert!(!employer.contains(Scope::CaseloadRead));
        assert!(!municipality.contains(Scope::VacanciesWrite));
        assert!(!municipality.are_within(employer));
    }
}
