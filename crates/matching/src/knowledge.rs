//! From the catalogue to a yardstick: which skills are near, how telling each is, which
//! occupations belong together.
//!
//! Skills and occupations keep the numbers they have in the catalogue.

use taxonomy::concept::ConceptKind;
use taxonomy::{Catalogue, ConceptId};

use crate::configuration::Configuration;
use crate::credit::{Covering, Neighbourhood, Reason};
use crate::features::{OccupationId, SkillId};
use crate::yardstick::Yardstick;

/// Largest group whose members count as siblings: in a larger one, standing together says little.
const MOST_SIBLINGS: usize = 60;

/// How far up a skill still counts as a more specific form of what is demanded.
const MOST_GENERATIONS: usize = 4;

/// The yardstick that a catalogue gives under a configuration.
#[must_use]
pub fn yardstick(catalogue: &Catalogue, configuration: Configuration) -> Yardstick {
    let concepts = || (0..catalogue.len() as u32).map(ConceptId::new);
    Yardstick::plain(configuration)
        .with_neighbourhood(neighbourhood(catalogue))
        .with_telling(
            concepts()
                .map(|c| u32::from(catalogue.telling(c)))
                .collect(),
        )
        .with_groups(concepts().map(|c| catalogue.isco(c)).collect())
}

/// The skill with the number of a concept, if the concept is a skill.
#[must_use]
pub fn skill(catalogue: &Catalogue, concept: ConceptId) -> Option<SkillId> {
    (catalogue.kind(concept) == ConceptKind::Skill).then(|| SkillId(concept.number()))
}

/// The occupation with the number of a concept, if the concept is an occupation.
#[must_use]
pub fn occupation(catalogue: &Catalogue, concept: ConceptId) -> Option<OccupationId> {
    (catalogue.kind(concept) == ConceptKind::Occupation).then(|| OccupationId(concept.number()))
}

/// Which skills cover which others.
fn neighbourhood(catalogue: &Catalogue) -> Neighbourhood {
    let mut coverings = Vec::new();
    for concept in catalogue.of_kind(ConceptKind::Skill) {
        add_line(catalogue, concept, &mut coverings);
        let related = catalogue.related(concept);
        coverings.extend(related.map(|(other, _)| covering(concept, other, Reason::Related)));
    }
    let groups = catalogue.of_kind(ConceptKind::SkillGroup);
    for parent in groups.chain(catalogue.of_kind(ConceptKind::Skill)) {
        add_siblings(catalogue, parent, &mut coverings);
    }
    Neighbourhood::new(coverings)
}

fn covering(held: ConceptId, demanded: ConceptId, reason: Reason) -> Covering {
    Covering {
        held: SkillId(held.number()),
        demanded: SkillId(demanded.number()),
        reason,
    }
}

/// The more general skills above a skill; the one directly above is covered both ways.
fn add_line(catalogue: &Catalogue, skill: ConceptId, coverings: &mut Vec<Covering>) {
    let mut above = vec![skill];
    for generation in 0..MOST_GENERATIONS {
        let next: Vec<ConceptId> = above
            .iter()
            .flat_map(|concept| catalogue.broader(*concept))
            .filter(|concept| catalogue.kind(*concept) == ConceptKind::Skill)
            .collect();
        for general in &next {
            coverings.push(covering(skill, *general, Reason::Narrower));
            if generation == 0 {
                coverings.push(covering(*general, skill, Reason::Broader));
            }
        }
        above = next;
    }
}

/// The skills directly below one concept cover each other, if they are not too many.
fn add_siblings(catalogue: &Catalogue, parent: ConceptId, coverings: &mut Vec<Covering>) {
    let members: Vec<ConceptId> = catalogue
        .narrower(parent)
        .filter(|concept| catalogue.kind(*concept) == ConceptKind::Skill)
        .collect();
    if members.len() > MOST_SIBLINGS {
        return;
    }
    for held in &members {
        coverings.extend(
            members
                .iter()
                .map(|demanded| covering(*held, *demanded, Reason::Sibling)),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_starter_catalogue_gives_a_yardstick() -> Result<(), Box<dyn std::error::Error>> {
        let catalogue = taxonomy::starter::catalogue()?;
        let yardstick = yardstick(&catalogue, Configuration::current());
        let skills = catalogue.of_kind(ConceptKind::Skill);
        let near = skills
            .clone()
            .filter(|c| {
                !yardstick
                    .neighbourhood()
                    .covered_by(SkillId(c.number()))
                    .is_empty()
            })
            .count();
        assert!(near * 2 > skills.len(), "most skills have a neighbour");
        for concept in catalogue.of_kind(ConceptKind::Occupation) {
            assert_eq!(
                yardstick.group(OccupationId(concept.number())),
                catalogue.isco(concept)
            );
        }
        Ok(())
    }
}
