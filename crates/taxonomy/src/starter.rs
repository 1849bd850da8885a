//! The starter catalogue of this repository, built into the program.
//!
//! Its files are tab-separated, in `data/catalogue/`, and described in the README there.
//! They are our own wording; every concept with the same meaning as one of ESCO has its URI.

mod parse;

use crate::catalogue::Catalogue;
use crate::source::CatalogueSource;

pub use parse::StarterError;

/// The files of the starter catalogue with their names, for messages.
const STRUCTURE: StructureFiles = StructureFiles {
    sectors: include_str!("../../../data/catalogue/sectors.tsv"),
    isco_groups: include_str!("../../../data/catalogue/isco_groups.tsv"),
    occupations: include_str!("../../../data/catalogue/occupations.tsv"),
    skill_groups: include_str!("../../../data/catalogue/skill_groups.tsv"),
    skills: include_str!("../../../data/catalogue/skills.tsv"),
    occupation_skills: include_str!("../../../data/catalogue/occupation_skills.tsv"),
};

/// One file of labels per language: code, content.
const LABELS: [(&str, &str); 7] = [
    ("nl", include_str!("../../../data/catalogue/labels/nl.tsv")),
    ("en", include_str!("../../../data/catalogue/labels/en.tsv")),
    ("ar", include_str!("../../../data/catalogue/labels/ar.tsv")),
    ("uk", include_str!("../../../data/catalogue/labels/uk.tsv")),
    ("ti", include_str!("../../../data/catalogue/labels/ti.tsv")),
    ("tr", include_str!("../../../data/catalogue/labels/tr.tsv")),
    ("fa", include_str!("../../../data/catalogue/labels/fa.tsv")),
];

/// Contents of the files that give concepts and relations.
#[derive(Clone, Copy, Debug)]
struct StructureFiles {
    sectors: &'static str,
    isco_groups: &'static str,
    occupations: &'static str,
    skill_groups: &'static str,
    skills: &'static str,
    occupation_skills: &'static str,
}

/// The starter catalogue as a source, to be joined to another or compiled.
///
/// # Errors
/// Fails when a file in `data/catalogue/` is not as described there; the tests of this crate make
/// sure that no such file is ever built in.
pub fn source() -> Result<CatalogueSource, StarterError> {
    parse::parse(&STRUCTURE, &LABELS)
}

/// The starter catalogue, compiled.
///
/// # Errors
/// As [`source`].
pub fn catalogue() -> Result<Catalogue, StarterError> {
    source()?.compile().map_err(StarterError::Compile)
}
