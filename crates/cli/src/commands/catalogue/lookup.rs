//! Which catalogue a command works on, and how a URI or text on the command line names a concept.

use std::fmt;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use domain::language::Language;
use serde::Serialize;
use taxonomy::{Catalogue, ConceptId, Family, compiled, starter};

/// The catalogue to work on.
#[derive(Debug, Args)]
pub(crate) struct CatalogueFile {
    /// Compiled catalogue to use instead of the starter catalogue.
    #[arg(long, value_name = "FILE", env = "WERKBRUG_CATALOGUE")]
    catalogue: Option<PathBuf>,
}

impl CatalogueFile {
    /// Opens the catalogue.
    pub(crate) fn open(&self) -> anyhow::Result<Catalogue> {
        match &self.catalogue {
            Some(path) => {
                compiled::open(path).with_context(|| format!("catalogue {}", path.display()))
            }
            None => starter::catalogue().context("the starter catalogue is broken"),
        }
    }

    /// Name of the catalogue for people.
    pub(crate) fn name(&self) -> String {
        self.catalogue.as_ref().map_or_else(
            || "starter catalogue".to_owned(),
            |path| path.display().to_string(),
        )
    }
}

/// A concept as it appears in machine output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct NamedConcept {
    uri: String,
    label: String,
}

impl fmt::Display for NamedConcept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(if self.label.is_empty() {
            &self.uri
        } else {
            &self.label
        })
    }
}

/// A concept by URI and name in a language.
pub(crate) fn named(catalogue: &Catalogue, concept: ConceptId, language: Language) -> NamedConcept {
    NamedConcept {
        uri: catalogue.uri(concept).to_owned(),
        label: catalogue
            .name(concept, language)
            .map_or("", |label| label.text)
            .to_owned(),
    }
}

/// The concept that a URI or a text names.
///
/// A text is linked in the given language, then in every other; the best score decides.
pub(crate) fn find(
    catalogue: &Catalogue,
    text: &str,
    language: Language,
    families: &[Family],
) -> anyhow::Result<ConceptId> {
    if let Some(concept) = catalogue.find(text) {
        return Ok(concept);
    }
    if text.starts_with("http://") || text.starts_with("https://") || text.starts_with("urn:") {
        bail!("no concept {text} in the catalogue");
    }
    let others = catalogue.languages().filter(|other| *other != language);
    let mut best: Option<(u16, ConceptId)> = None;
    for language in std::iter::once(language).chain(others) {
        for &family in families {
            let link = catalogue.link(text, family, language, 1).into_iter().next();
            if let Some(link) = link
                && best.is_none_or(|(score, _)| link.score > score)
            {
                best = Some((link.score, link.concept));
            }
        }
        if best.is_some_and(|(score, _)| score >= GOOD_ENOUGH) {
            break;
        }
    }
    best.map(|(_, concept)| concept)
        .with_context(|| format!("nothing found for {text:?}"))
}

/// Score from which a text is taken to be in the language it was tried in.
const GOOD_ENOUGH: u16 = 700;
