//! How well the skills of a candidate cover a demanded skill.
//!
//! Exact and more specific skills cover a demand in full.
//! A more general, sibling or declared-related skill gives the partial credit of the
//! configuration, always less; closeness of words or vectors gives nothing.

use serde::Serialize;

use crate::configuration::Configuration;
use crate::features::{HeldSkill, HeldSkills, SkillId, Step};

/// How the candidate's skill stands to the demanded skill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// It is the same skill.
    Exact,
    /// It is more specific than what is demanded.
    Narrower,
    /// It is more general than what is demanded.
    Broader,
    /// Both stand under the same narrow group.
    Sibling,
    /// The catalogue declares it useful for what is demanded.
    Related,
}

impl Reason {
    /// All reasons, strongest first.
    pub const ALL: [Reason; 5] = [
        Reason::Exact,
        Reason::Narrower,
        Reason::Broader,
        Reason::Sibling,
        Reason::Related,
    ];
}

/// A demanded skill that a held skill also covers, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Neighbour {
    /// The other skill of the pair.
    pub skill: SkillId,
    /// How the held skill stands to the demanded one.
    pub reason: Reason,
}

/// A relation of the catalogue: who holds `held` partly or fully covers `demanded`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Covering {
    /// The skill that a candidate has.
    pub held: SkillId,
    /// The skill that is demanded.
    pub demanded: SkillId,
    /// How they stand to each other.
    pub reason: Reason,
}

/// Which skills cover which other skills, readable from both sides.
#[derive(Clone, Debug, Default)]
pub struct Neighbourhood {
    by_held: Rows,
    by_demanded: Rows,
}

impl Neighbourhood {
    /// A table of these relations; of several between the same two skills the first in the order
    /// of [`Reason`] stays, and a relation of a skill with itself is dropped.
    #[must_use]
    pub fn new(mut coverings: Vec<Covering>) -> Neighbourhood {
        coverings.retain(|covering| covering.held != covering.demanded);
        coverings.sort_unstable();
        coverings.dedup_by_key(|covering| (covering.held, covering.demanded));
        let row = |from: SkillId, skill, reason| (from, Neighbour { skill, reason });
        Neighbourhood {
            by_held: Rows::new(coverings.iter().map(|c| row(c.held, c.demanded, c.reason))),
            by_demanded: Rows::new(coverings.iter().map(|c| row(c.demanded, c.held, c.reason))),
        }
    }

    /// The other skills that somebody with this skill covers.
    #[must_use]
    pub fn covered_by(&self, held: SkillId) -> &[Neighbour] {
        self.by_held.get(held)
    }

    /// The other skills that cover this demanded skill.
    #[must_use]
    pub fn covering(&self, demanded: SkillId) -> &[Neighbour] {
        self.by_demanded.get(demanded)
    }

    /// Number of skills up to the last one that covers another.
    pub(crate) fn held(&self) -> usize {
        self.by_held.starts.len().saturating_sub(1)
    }

    /// Number of relations.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_held.rows.len()
    }

    /// Whether there is no relation at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_held.rows.is_empty()
    }
}

#[derive(Clone, Debug, Default)]
struct Rows {
    starts: Vec<u32>,
    rows: Vec<Neighbour>,
}

impl Rows {
    fn new(pairs: impl Iterator<Item = (SkillId, Neighbour)>) -> Rows {
        let mut pairs: Vec<_> = pairs.collect();
        pairs.sort_unstable();
        let skills = pairs.last().map_or(0, |(skill, _)| skill.index() + 1);
        let mut starts = vec![0u32; skills + 1];
        for (skill, _) in &pairs {
            starts[skill.index() + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Rows {
            starts,
            rows: pairs.into_iter().map(|(_, neighbour)| neighbour).collect(),
        }
    }

    fn get(&self, skill: SkillId) -> &[Neighbour] {
        match self.starts.get(skill.index()..skill.index() + 2) {
            Some(&[from, to]) => &self.rows[from as usize..to as usize],
            _ => &[],
        }
    }
}

/// All skills that somebody with this skill covers, the skill itself first.
pub(crate) fn given_by(
    held: SkillId,
    neighbourhood: &Neighbourhood,
) -> impl Iterator<Item = Neighbour> {
    let own = Neighbour {
        skill: held,
        reason: Reason::Exact,
    };
    std::iter::once(own).chain(neighbourhood.covered_by(held).iter().copied())
}

/// The best that a candidate's skills give for one demanded skill, up to one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credit {
    /// The demanded skill.
    pub skill: SkillId,
    /// The highest step for which this credit holds.
    pub up_to: Step,
    /// Sixteenths, 1..=16.
    pub credit: u8,
    /// Why.
    pub reason: Reason,
    /// The candidate's skill that gives it.
    pub by: SkillId,
}

/// A credit as one number that sorts by skill, best first within a skill.
///
/// Equal credits prefer the higher step, the stronger reason, then the lower number, so that the
/// explanation does not depend on any order of input.
/// Candidates have hundreds of credits, and one number compares much faster than five fields.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct PackedCredit(u128);

impl PackedCredit {
    fn pack(credit: &Credit) -> PackedCredit {
        let lower = u64::from(u8::MAX - credit.credit) << 40
            | ((Step::COUNT - 1 - credit.up_to.position()) as u64) << 36
            | (credit.reason as u64) << 32
            | u64::from(credit.by.0);
        PackedCredit(u128::from(credit.skill.0) << 64 | u128::from(lower))
    }

    fn unpack(self) -> Credit {
        let lower = self.0 as u64;
        Credit {
            skill: SkillId((self.0 >> 64) as u32),
            up_to: Step::at(Step::COUNT - 1 - (lower >> 36 & 15) as usize),
            credit: u8::MAX - (lower >> 40) as u8,
            reason: Reason::ALL[(lower >> 32 & 15) as usize],
            by: SkillId(lower as u32),
        }
    }
}

/// The best credit of one candidate for every skill that he or she covers at all.
///
/// For one skill there can be several rows: a high credit up to a low step and a lower credit up
/// to a higher step.
#[derive(Clone, Debug, Default)]
pub struct Credits(Vec<Credit>);

impl Credits {
    /// Computes the credits of a candidate with these skills.
    #[must_use]
    pub fn of(
        skills: &HeldSkills,
        neighbourhood: &Neighbourhood,
        configuration: &Configuration,
    ) -> Credits {
        let mut rows = Vec::with_capacity(skills.iter().len() * 20);
        for held in skills.iter() {
            Self::add(held, neighbourhood, configuration, &mut rows);
        }
        rows.sort_unstable();
        let mut credits = Vec::<Credit>::with_capacity(rows.len());
        for row in rows {
            let row = row.unpack();
            // A later row of the same skill is only of use if it reaches a higher step.
            let covered = credits
                .last()
                .is_some_and(|kept| kept.skill == row.skill && kept.up_to >= row.up_to);
            if !covered {
                credits.push(row);
            }
        }
        Credits(credits)
    }

    fn add(
        held: &HeldSkill,
        neighbourhood: &Neighbourhood,
        configuration: &Configuration,
        rows: &mut Vec<PackedCredit>,
    ) {
        let up_to = configuration.highest_step(held.level);
        for neighbour in given_by(held.skill, neighbourhood) {
            let credit = configuration.credit(neighbour.reason);
            if credit > 0 {
                rows.push(PackedCredit::pack(&Credit {
                    skill: neighbour.skill,
                    up_to,
                    credit,
                    reason: neighbour.reason,
                    by: held.skill,
                }));
            }
        }
    }

    /// The best credit for this step of this skill.
    #[must_use]
    pub fn best(&self, skill: SkillId, step: Step) -> Option<&Credit> {
        let from = self.0.partition_point(|row| row.skill < skill);
        self.0[from..]
            .iter()
            .take_while(|row| row.skill == skill)
            .find(|row| row.up_to >= step)
    }

    /// All rows, by skill, best first.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Credit> {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::{Evidence, SkillLevel};

    fn held(skill: u32, level: Option<SkillLevel>) -> HeldSkill {
        HeldSkill {
            skill: SkillId(skill),
            level,
            evidence: Evidence::Stated,
        }
    }

    fn covering(held: u32, demanded: u32, reason: Reason) -> Covering {
        Covering {
            held: SkillId(held),
            demanded: SkillId(demanded),
            reason,
        }
    }

    #[test]
    fn exact_beats_near_and_higher_steps_fall_back_to_near() {
        let neighbourhood = Neighbourhood::new(vec![
            covering(2, 1, Reason::Sibling),
            covering(2, 3, Reason::Narrower),
            covering(2, 2, Reason::Related),
        ]);
        let skills = HeldSkills::new(vec![
            held(1, Some(SkillLevel::Basic)),
            held(2, Some(SkillLevel::Expert)),
        ]);
        let configuration = Configuration::current();
        let credits = Credits::of(&skills.unwrap(), &neighbourhood, &configuration);
        let steps: Vec<_> = Step::highest_of(SkillLevel::Expert).up_to().collect();
        let found = |skill, step| {
            credits
                .best(SkillId(skill), step)
                .map(|c| (c.credit, c.by.0))
        };
        assert_eq!(found(1, steps[0]), Some((16, 1)));
        assert_eq!(
            found(1, steps[2]),
            Some((configuration.credit(Reason::Sibling), 2))
        );
        assert_eq!(found(3, steps[2]), Some((16, 2)));
        assert_eq!(found(4, steps[0]), None);
    }

    #[test]
    fn both_sides_of_the_table_tell_the_same() {
        let neighbourhood = Neighbourhood::new(vec![
            covering(1, 2, Reason::Broader),
            covering(1, 2, Reason::Related),
            covering(3, 2, Reason::Sibling),
        ]);
        assert_eq!(neighbourhood.len(), 2);
        let who: Vec<_> = neighbourhood
            .covering(SkillId(2))
            .iter()
            .map(|n| (n.skill.0, n.reason))
            .collect();
        assert_eq!(who, [(1, Reason::Broader), (3, Reason::Sibling)]);
        assert!(neighbourhood.covering(SkillId(9)).is_empty());
    }
}
