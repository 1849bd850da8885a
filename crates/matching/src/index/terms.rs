//! What postings are kept of: steps of skills, and traits that can be wished.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::features::{SkillId, Step};
use crate::wish::Trait;

/// Dense number of a term inside one index; more frequent terms have lower numbers.
pub(crate) type Term = u32;

const NONE: Term = Term::MAX;

/// Something a document can have postings for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Key {
    /// A step of a skill.
    Skill(SkillId, Step),
    /// A trait.
    Trait(Trait),
}

/// The numbers of the terms that occur in the documents of an index.
#[derive(Debug, Default)]
pub(crate) struct Terms {
    /// Terms of skills by step and number; most lookups end here without hashing.
    skills: [Vec<Term>; Step::COUNT],
    traits: HashMap<Trait, Term>,
    count: usize,
}

impl Terms {
    /// Numbers the keys that occur, most frequent first, ties in the order of the keys.
    pub(crate) fn number(occurrences: impl Iterator<Item = Key>) -> Terms {
        let mut terms = Terms::default();
        for key in occurrences {
            *terms.slot(key, 0) += 1;
        }
        let mut order: Vec<(Reverse<u32>, Key)> = Vec::new();
        for step in Step::all() {
            let counts = terms.skills[step.position()].iter().enumerate();
            let skills = counts.filter(|(_, count)| **count > 0);
            order.extend(
                skills.map(|(skill, count)| {
                    (Reverse(*count), Key::Skill(SkillId(skill as u32), step))
                }),
            );
        }
        let traits = terms.traits.iter();
        order.extend(traits.map(|(found, count)| (Reverse(*count), Key::Trait(*found))));
        order.sort_unstable();
        for skills in &mut terms.skills {
            skills.fill(NONE);
        }
        terms.count = order.len();
        for (term, (_, key)) in order.into_iter().enumerate() {
            *terms.slot(key, NONE) = term as Term;
        }
        terms
    }

    fn slot(&mut self, key: Key, empty: u32) -> &mut u32 {
        match key {
            Key::Trait(found) => self.traits.entry(found).or_insert(empty),
            Key::Skill(skill, step) => {
                let skills = &mut self.skills[step.position()];
                if skills.len() <= skill.index() {
                    skills.resize(skill.index() + 1, empty);
                }
                &mut skills[skill.index()]
            }
        }
    }

    /// Number of terms.
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// Number of skills up to the last one that occurs.
    pub(crate) fn skills(&self) -> usize {
        self.skills.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// The number of a term, if any document has it.
    #[inline]
    pub(crate) fn find(&self, key: Key) -> Option<Term> {
        let term = match key {
            Key::Skill(skill, step) => self.skills[step.position()].get(skill.index()).copied(),
            Key::Trait(found) => self.traits.get(&found).copied(),
        };
        term.filter(|term| *term != NONE)
    }

    /// Bytes of memory held.
    pub(crate) fn bytes(&self) -> usize {
        let skills: usize = self.skills.iter().map(Vec::len).sum();
        skills * size_of::<Term>() + self.traits.capacity() * size_of::<(Trait, Term)>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequent_terms_come_first() {
        let key = |skill| Key::Skill(SkillId(skill), Step::FIRST);
        let terms = Terms::number([7, 3, 7, 5, 3, 7].into_iter().map(key));
        let found: Vec<_> = [7, 3, 5, 4, 99].map(|s| terms.find(key(s))).into();
        assert_eq!(found, [Some(0), Some(1), Some(2), None, None]);
        assert_eq!(terms.len(), 3);
    }
}
