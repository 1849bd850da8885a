//! What a story suggests: occupations for own words, skills for work.

use std::collections::BTreeMap;

use domain::profile::{Experience, Profile, ProfileQuestion, WorkKind};
use domain::text::ConceptUri;
use taxonomy::ConceptId;

use super::Asking;
use super::fields::{Choice, Field};
use crate::failure::Failure;
use crate::page::Page;
use crate::reading::Reader;
use crate::search::{Wanted, search};

/// Occupations suggested for one piece of work.
const FOR_WORDS: usize = 3;

/// Concepts suggested for own words of a question.
const FOUND: usize = 8;

/// Skills suggested from one occupation.
const OF_OCCUPATION: usize = 10;

/// Skills suggested at once.
const MOST: usize = 40;

/// Least score of a link of the search over all languages, as for the use case.
const LEAST: u16 = 550;

/// What was suggested from a profile.
#[derive(Default)]
pub(super) struct Suggested {
    /// Occupations for each piece of work, in its order.
    pub(super) occupations: Vec<Vec<ConceptId>>,
    /// Skills from all of it, those of own words first.
    pub(super) skills: Vec<ConceptId>,
}

/// Suggests what a question needs.
pub(super) async fn of_profile(
    page: &Page,
    question: ProfileQuestion,
    profile: &Profile,
) -> Result<Suggested, Failure> {
    let mut suggested = Suggested::default();
    match question {
        ProfileQuestion::Experience => {
            for work in &profile.work {
                let mut found = concepts(page, work.words.as_str(), Wanted::Occupations).await?;
                found.truncate(FOR_WORDS);
                suggested.occupations.push(found);
            }
        }
        ProfileQuestion::Skills => suggested.skills = skills(page, profile).await?,
        _ => {}
    }
    Ok(suggested)
}

/// Concepts that somebody's own words may name.
pub(super) async fn of_words(
    page: &Page,
    question: ProfileQuestion,
    words: &str,
) -> Result<Vec<ConceptId>, Failure> {
    let wanted = match question {
        ProfileQuestion::Skills => Wanted::Skills,
        _ => Wanted::Occupations,
    };
    let mut found = concepts(page, words, wanted).await?;
    found.truncate(FOUND);
    Ok(found)
}

/// The list of concepts that own words named, to keep or drop.
pub(super) fn found(asking: &Asking<'_>, question: ProfileQuestion, found: &[ConceptId]) -> Field {
    let options = found.iter().enumerate().map(|(n, concept)| {
        // Only the surest is ticked; the rest is for choosing.
        Choice::named(asking.reader.named(*concept), n == 0)
    });
    let name = match question {
        ProfileQuestion::Skills => "woord",
        _ => "beroep",
    };
    Field::many(name, asking.page.t("newcomer-found"), options.collect())
}

/// Concepts that a text names in the language of the page, then in any other.
async fn concepts(page: &Page, text: &str, wanted: Wanted) -> Result<Vec<ConceptId>, Failure> {
    let app = page.site.application()?;
    let named = match wanted {
        Wanted::Occupations => app.suggest_occupations(text, page.language).await?,
        Wanted::Skills => app.suggest_skills(text, page.language).await?,
    };
    let catalogue = &page.site.catalogue;
    let mut found: Vec<ConceptId> = named
        .iter()
        .filter_map(|one| catalogue.find(one.concept.as_str()))
        .collect();
    // People write in the language that they think in, whatever the page is in.
    for hit in search(catalogue, text, wanted, page.language, FOUND) {
        if hit.score >= LEAST && !found.contains(&hit.concept) {
            found.push(hit.concept);
        }
    }
    Ok(found)
}

/// Skills that the work of a profile suggests and that the person neither kept nor dropped.
async fn skills(page: &Page, profile: &Profile) -> Result<Vec<ConceptId>, Failure> {
    let reader = Reader::new(&page.site, page.language);
    let catalogue = &page.site.catalogue;
    let mut all = Vec::new();
    for work in &profile.work {
        match occupation(catalogue, work.occupation.as_ref()) {
            Some(occupation) => {
                all.extend(reader.skills_of(occupation).into_iter().take(OF_OCCUPATION));
            }
            None => all.extend(concepts(page, work.words.as_str(), Wanted::Skills).await?),
        }
        for task in &work.tasks {
            all.extend(concepts(page, task.as_str(), Wanted::Skills).await?);
        }
    }
    if profile.work.is_empty() || profile.work.iter().any(is_at_home) {
        let unpaid = reader.unpaid();
        all.extend(
            unpaid
                .iter()
                .filter_map(|named| page.site.directory.skill(&named.id)),
        );
    }
    let mut decided = BTreeMap::new();
    for held in &profile.skills {
        decided.insert(catalogue.find(held.skill.as_str()), ());
    }
    let mut fresh = Vec::new();
    for skill in all {
        if !decided.contains_key(&Some(skill)) && !fresh.contains(&skill) {
            fresh.push(skill);
        }
    }
    fresh.truncate(MOST);
    Ok(fresh)
}

fn is_at_home(work: &Experience) -> bool {
    matches!(
        work.kind,
        WorkKind::Care | WorkKind::Unpaid | WorkKind::Volunteer
    )
}

/// The concept of a URI.
pub(super) fn occupation(
    catalogue: &taxonomy::Catalogue,
    uri: Option<&ConceptUri>,
) -> Option<ConceptId> {
    catalogue.find(uri?.as_str())
}
