//! Pages for people, one module per feature; the template stands beside its handler.

pub(crate) mod commitments;
pub(crate) mod compare;
pub(crate) mod devices;
pub(crate) mod figures;
pub(crate) mod guiding;
pub(crate) mod home;
pub(crate) mod invitation;
pub(crate) mod jobs;
pub(crate) mod login;
pub(crate) mod newcomer;
pub(crate) mod occupations;
pub(crate) mod offline;
pub(crate) mod operations;
pub(crate) mod own_login;
pub(crate) mod privacy_rights;
pub(crate) mod programs;
pub(crate) mod roles;
pub(crate) mod sign_in;
pub(crate) mod skills;
pub(crate) mod statements;
pub(crate) mod team;
pub(crate) mod vacancies;
