//! The catalogue as a visitor reads it: names in her language with the Dutch word beside it, needs
//! in groups, likeness in words.

use domain::language::Language;
use taxonomy::comparing::{self, NeededSkill};
use taxonomy::concept::{ConceptKind, Regulation, Relation, SkillKind, Verification};
use taxonomy::{Catalogue, ConceptId};

use crate::directory;
use crate::site::Site;

/// Nearness (in thousandths) from which two occupations are called very much alike.
///
/// Chosen by looking at pairs in the starter catalogue: welder and sheet-metal worker (425) and
/// nurse and certified carer (371) are above, cook and kitchen help (315) between, cook and baker
/// (61) below. Shown on the page that explains comparing.
pub(crate) const HIGH: u16 = 350;

/// Nearness from which two occupations are called a little alike.
pub(crate) const SOME: u16 = 150;

/// The cook: a word that every language has and every newcomer knows.
const EXAMPLE_OCCUPATION: &str =
    "http://data.europa.eu/esco/occupation/90f75f67-495d-49fa-ab57-2f320e251d7e";

/// Cooking meals.
const EXAMPLE_SKILL: &str = "urn:werkbrug:skill:cook-meals";

/// How alike two sets of skills are, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Likeness {
    High,
    Some,
    Low,
}

impl Likeness {
    /// The word for a nearness.
    pub(crate) fn of(nearness: u16) -> Likeness {
        match nearness {
            HIGH.. => Likeness::High,
            SOME.. => Likeness::Some,
            _ => Likeness::Low,
        }
    }

    /// The word for having so many of the points of an occupation: two in three, one in three.
    pub(crate) fn of_share(have: usize, all: usize) -> Likeness {
        if 3 * have >= 2 * all {
            Likeness::High
        } else if 3 * have >= all {
            Likeness::Some
        } else {
            Likeness::Low
        }
    }

    /// Key of the words for two occupations.
    pub(crate) fn likeness_key(self) -> &'static str {
        match self {
            Likeness::High => "likeness-high",
            Likeness::Some => "likeness-some",
            Likeness::Low => "likeness-low",
        }
    }

    /// Key of the words for a person's choices and an occupation.
    pub(crate) fn fit_key(self) -> &'static str {
        match self {
            Likeness::High => "fit-high",
            Likeness::Some => "fit-some",
            Likeness::Low => "fit-low",
        }
    }

    /// Class of the badge.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Likeness::High => "wb-fit--high",
            Likeness::Some => "wb-fit--some",
            Likeness::Low => "wb-fit--low",
        }
    }

    /// Icon of the badge.
    pub(crate) fn icon(self) -> &'static str {
        match self {
            Likeness::High => "check",
            Likeness::Some => "todo",
            Likeness::Low => "info",
        }
    }
}

/// A concept by its short name and its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    /// Short name for addresses.
    pub(crate) id: String,
    /// Name in the language of the page, or in the language that has one.
    pub(crate) name: String,
    /// Language of the name.
    pub(crate) language: Language,
    /// The Dutch name, where the name is not Dutch: the word to use in the Netherlands.
    pub(crate) dutch: Option<String>,
}

/// A skill that an occupation needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Need {
    pub(crate) skill: Named,
    pub(crate) relation: Relation,
}

impl Need {
    /// Whether only some workplaces ask it.
    pub(crate) fn is_optional(&self) -> bool {
        self.relation == Relation::Optional
    }
}

/// Needs of one sort.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NeedGroup {
    /// Key of the heading.
    pub(crate) title: &'static str,
    pub(crate) needs: Vec<Need>,
}

/// An occupation with everything a page shows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Occupation {
    pub(crate) named: Named,
    pub(crate) uri: String,
    pub(crate) others: Vec<String>,
    pub(crate) level: Option<u8>,
    pub(crate) isco: Option<String>,
    pub(crate) sectors: Vec<Named>,
    pub(crate) regulation: Regulation,
    pub(crate) authority: String,
    pub(crate) verification: Verification,
    pub(crate) groups: Vec<NeedGroup>,
    pub(crate) near: Vec<Neighbour>,
}

impl Occupation {
    /// Key of the answer to "may everyone do this work".
    pub(crate) fn law_key(&self) -> &'static str {
        match self.regulation {
            Regulation::Unknown => "law-unknown",
            Regulation::No => "law-no",
            Regulation::Profession => "law-profession",
            Regulation::Activity => "law-activity",
        }
    }

    /// Whether people must check the facts about the law themselves.
    pub(crate) fn must_be_checked(&self) -> bool {
        self.verification == Verification::Unverified
    }
}

/// An occupation near to another or to a person's choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Neighbour {
    pub(crate) named: Named,
    pub(crate) nearness: u16,
    pub(crate) shared: Vec<Need>,
    pub(crate) missing: Vec<Need>,
}

impl Neighbour {
    /// How well the occupation fits who has the shared skills, in words.
    pub(crate) fn fit(&self) -> Likeness {
        Likeness::of_share(self.shared.len(), self.n_all())
    }

    /// How many skills the occupation needs.
    pub(crate) fn n_all(&self) -> usize {
        self.shared.len() + self.missing.len()
    }
}

/// Two occupations side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Compared {
    pub(crate) from: Named,
    pub(crate) to: Named,
    pub(crate) nearness: u16,
    pub(crate) shared: Vec<Need>,
    pub(crate) missing: Vec<Need>,
    pub(crate) unused: Vec<Need>,
}

impl Compared {
    /// Likeness in words.
    pub(crate) fn likeness(&self) -> Likeness {
        Likeness::of(self.nearness)
    }

    /// How many skills the second occupation needs.
    pub(crate) fn n_all(&self) -> usize {
        self.shared.len() + self.missing.len()
    }
}

/// Reads the catalogue in a language.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    site: &'a Site,
    language: Language,
}

impl<'a> Reader<'a> {
    /// A reader of a site's catalogue.
    pub(crate) fn new(site: &'a Site, language: Language) -> Reader<'a> {
        Reader { site, language }
    }

    fn catalogue(&self) -> &'a Catalogue {
        &self.site.catalogue
    }

    /// A concept by name.
    pub(crate) fn named(&self, concept: ConceptId) -> Named {
        let catalogue = self.catalogue();
        let uri = catalogue.uri(concept);
        let label = catalogue.name(concept, self.language);
        let language = label.map_or(self.language, |label| label.language);
        let dutch = catalogue.labels(concept, Language::NL).next();
        Named {
            id: directory::short(uri).to_owned(),
            name: label.map_or(uri, |label| label.text).to_owned(),
            language,
            dutch: dutch
                .filter(|_| language != Language::NL)
                .map(|label| label.text.to_owned()),
        }
    }

    /// An occupation to name as an example: the cook, or else the first there is.
    pub(crate) fn example_occupation(&self) -> String {
        self.example(EXAMPLE_OCCUPATION, ConceptKind::Occupation)
    }

    /// A skill to name as an example.
    pub(crate) fn example_skill(&self) -> String {
        self.example(EXAMPLE_SKILL, ConceptKind::Skill)
    }

    fn example(&self, uri: &str, kind: ConceptKind) -> String {
        let catalogue = self.catalogue();
        let first = || catalogue.of_kind(kind).next();
        let example = catalogue.find(uri).or_else(first);
        example.map_or_else(String::new, |concept| self.named(concept).name)
    }

    /// Icon of the sector of an occupation.
    pub(crate) fn icon(&self, occupation: ConceptId) -> String {
        let catalogue = self.catalogue();
        let sector = catalogue.sectors(occupation).next();
        sector.map_or_else(
            || "occupations".to_owned(),
            |sector| format!("sector-{}", directory::short(catalogue.uri(sector))),
        )
    }

    /// All sectors, in the order of the language.
    pub(crate) fn sectors(&self) -> Vec<Named> {
        self.sorted(self.catalogue().of_kind(ConceptKind::Sector))
    }

    /// Occupations of a sector, in the order of the language.
    pub(crate) fn in_sector(&self, sector: ConceptId) -> Vec<Named> {
        let catalogue = self.catalogue();
        let all = catalogue.of_kind(ConceptKind::Occupation);
        self.sorted(all.filter(|&o| catalogue.sectors(o).any(|other| other == sector)))
    }

    /// Skills of the group of unpaid work, in the order of the language; none when the catalogue
    /// has no such group.
    pub(crate) fn unpaid(&self) -> Vec<Named> {
        let catalogue = self.catalogue();
        let group = catalogue.find("urn:werkbrug:skill-group:home-and-community");
        self.sorted(
            group
                .into_iter()
                .flat_map(|group| catalogue.narrower(group)),
        )
    }

    /// An occupation with everything a page shows of it, and its `n_near` nearest others.
    pub(crate) fn occupation(&self, occupation: ConceptId, n_near: usize) -> Occupation {
        let catalogue = self.catalogue();
        let named = self.named(occupation);
        let labels = catalogue.labels(occupation, named.language).skip(1);
        let visible = labels.filter(|l| l.role == taxonomy::concept::LabelRole::Alternative);
        Occupation {
            uri: catalogue.uri(occupation).to_owned(),
            others: visible.map(|label| label.text.to_owned()).collect(),
            level: catalogue.nlqf(occupation).map(domain::level::Nlqf::number),
            isco: catalogue.isco(occupation).map(|code| code.to_string()),
            sectors: catalogue
                .sectors(occupation)
                .map(|s| self.named(s))
                .collect(),
            regulation: catalogue.regulation(occupation),
            authority: catalogue.authority(occupation).to_owned(),
            verification: catalogue.verification(occupation),
            groups: self.groups(occupation),
            near: self.near_occupation(occupation, n_near),
            named,
        }
    }

    /// Skills of an occupation, essential and most telling first.
    pub(crate) fn skills_of(&self, occupation: ConceptId) -> Vec<ConceptId> {
        let catalogue = self.catalogue();
        let mut skills: Vec<_> = catalogue.skills_of(occupation).collect();
        skills.sort_by_key(|&(skill, relation)| {
            (relation, std::cmp::Reverse(catalogue.telling(skill)), skill)
        });
        skills.into_iter().map(|(skill, _)| skill).collect()
    }

    /// Compares two occupations.
    pub(crate) fn compare(&self, from: ConceptId, to: ConceptId) -> Compared {
        let comparison = comparing::compare(self.catalogue(), from, to);
        let shared = comparison.shared.iter().map(|shared| Need {
            skill: self.named(shared.skill),
            relation: shared.second,
        });
        Compared {
            from: self.named(from),
            to: self.named(to),
            nearness: comparison.nearness,
            shared: shared.collect(),
            missing: self.needs(&comparison.only_second),
            unused: self.needs(&comparison.only_first),
        }
    }

    /// The `top` occupations nearest to a set of skills.
    pub(crate) fn near_skills(&self, skills: &[ConceptId], top: usize) -> Vec<Neighbour> {
        let near = comparing::nearest_occupations(self.catalogue(), skills, top);
        near.iter().map(|near| self.neighbour(near)).collect()
    }

    fn near_occupation(&self, occupation: ConceptId, top: usize) -> Vec<Neighbour> {
        let catalogue = self.catalogue();
        let skills: Vec<ConceptId> = catalogue.skills_of(occupation).map(|(s, _)| s).collect();
        // One more, because the nearest is the occupation itself.
        comparing::nearest_occupations(catalogue, &skills, top + 1)
            .iter()
            .filter(|near| near.occupation != occupation)
            .take(top)
            .map(|near| self.neighbour(near))
            .collect()
    }

    fn neighbour(&self, near: &comparing::Near) -> Neighbour {
        Neighbour {
            named: self.named(near.occupation),
            nearness: near.nearness,
            shared: self.needs(&near.shared),
            missing: self.needs(&near.missing),
        }
    }

    fn needs(&self, needed: &[NeededSkill]) -> Vec<Need> {
        let needs = needed.iter().map(|needed| Need {
            skill: self.named(needed.skill),
            relation: needed.relation,
        });
        needs.collect()
    }

    fn groups(&self, occupation: ConceptId) -> Vec<NeedGroup> {
        let catalogue = self.catalogue();
        let kinds = [
            (SkillKind::Task, "group-tasks"),
            (SkillKind::Skill, "group-skills"),
            (SkillKind::Knowledge, "group-knowledge"),
            (SkillKind::Behaviour, "group-behaviour"),
            (SkillKind::Language, "group-languages"),
        ];
        let relation_of = |wanted: ConceptId| {
            let mut all = catalogue.skills_of(occupation);
            all.find(|(skill, _)| *skill == wanted)
                .map_or(Relation::Optional, |(_, relation)| relation)
        };
        let skills = self.skills_of(occupation);
        let groups = kinds.into_iter().map(|(kind, title)| NeedGroup {
            title,
            needs: skills
                .iter()
                .filter(|&&skill| catalogue.skill_kind(skill) == kind)
                .map(|&skill| Need {
                    skill: self.named(skill),
                    relation: relation_of(skill),
                })
                .collect(),
        });
        groups.filter(|group| !group.needs.is_empty()).collect()
    }

    fn sorted(&self, concepts: impl Iterator<Item = ConceptId>) -> Vec<Named> {
        let mut named: Vec<Named> = concepts.map(|concept| self.named(concept)).collect();
        let formats = self.site.formats(self.language);
        named.sort_by(|a, b| formats.compare(&a.name, &b.name));
        named
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_has_three_words() {
        assert_eq!(Likeness::of(1000), Likeness::High);
        assert_eq!(Likeness::of(HIGH), Likeness::High);
        assert_eq!(Likeness::of(HIGH - 1), Likeness::Some);
        assert_eq!(Likeness::of(SOME - 1), Likeness::Low);
        assert_eq!(Likeness::of_share(8, 12), Likeness::High);
        assert_eq!(Likeness::of_share(7, 12), Likeness::Some);
        assert_eq!(Likeness::of_share(3, 12), Likeness::Low);
    }
}
