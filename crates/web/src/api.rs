//! The JSON interface `/api/v1`, after the Dutch API Design Rules.
//!
//! Plural nouns, no trailing slash, no personal data in addresses, the full version in
//! `API-Version`, 400 for invalid input, problem documents (RFC 9457) for every error.
//! The catalogue is open to everybody; what belongs to an organisation asks for a token of one of
//! its programs, with the scope that the route declares.

pub(crate) mod caseload;
pub(crate) mod comparison;
pub(crate) mod document;
pub(crate) mod figures;
pub(crate) mod occupations;
pub(crate) mod problem;
pub(crate) mod reply;
pub(crate) mod vacancies;
