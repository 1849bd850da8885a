//! The index of candidates, which answers who fits a vacancy.
//!
//! Candidates stand in the group of every region they can reach, so a vacancy visits one group.
//! Postings hold the skills that candidates have themselves; which of them cover a demand, and
//! for how much, is looked up on the side of the vacancy.

use std::sync::Arc;

use crate::features::{CandidateFeatures, HeldSkill, Reach, SkillId, Step};
use crate::score::leaf;
use crate::skill_use::use_shares;
use crate::vacancy::Vacancy;
use crate::wish::{offered, wished};
use crate::yardstick::Yardstick;

use super::candidate_segment::{CandidateSegment, Uses, VacancyQuery};
use super::kernel::MOST_DOCUMENTS;
use super::places::{Group, Places};
use super::terms::{Key, Term, Terms};
use super::words::{Demand, LicenceBits, Offer};
use super::{Aspect, Document, LEVELS, Placed, cut};

/// Candidates laid out for fast answers.
pub struct CandidateIndex {
    candidates: Arc<[CandidateFeatures]>,
    yardstick: Arc<Yardstick>,
    grouping: Grouping,
    places: Places,
    licences: LicenceBits,
    terms: Terms,
    segments: Vec<CandidateSegment>,
    /// Where the segments of each group start.
    groups: Vec<u32>,
}

/// How candidates are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// Under every region they can reach: for the best candidates of a vacancy.
    ByReach,
    /// All together, each once: for what a demand costs, wherever candidates are.
    Together,
}

impl CandidateIndex {
    /// Lays out the candidates.
    #[must_use]
    pub fn build(
        candidates: Arc<[CandidateFeatures]>,
        yardstick: Arc<Yardstick>,
        grouping: Grouping,
    ) -> CandidateIndex {
        CandidateIndex::build_with(candidates, yardstick, grouping, MOST_DOCUMENTS)
    }

    /// As [`CandidateIndex::build`] with smaller segments, at most `most` candidates each.
    ///
    /// The answers do not depend on `most`; it is taken as 1..=65536.
    #[must_use]
    pub fn build_with(
        candidates: Arc<[CandidateFeatures]>,
        yardstick: Arc<Yardstick>,
        grouping: Grouping,
        most: usize,
    ) -> CandidateIndex {
        let reached = candidates.iter().filter_map(|c| c.reach.known());
        let places = match grouping {
            Grouping::Together => Places::default(),
            Grouping::ByReach => Places::of(reached.flat_map(Reach::region_list).copied()),
        };
        let licences = candidates.iter().filter_map(|c| c.licences.known());
        let mut index = CandidateIndex {
            licences: LicenceBits::most_frequent(licences.flatten().copied()),
            terms: Terms::number(candidates.iter().flat_map(|c| keys(c, &yardstick))),
            places,
            grouping,
            candidates,
            yardstick,
            segments: Vec::new(),
            groups: vec![0],
        };
        for group in index.members() {
            for documents in cut(group, most.clamp(1, MOST_DOCUMENTS)) {
                index.segments.push(index.segment(&documents));
            }
            index.groups.push(index.segments.len() as u32);
        }
        index
    }

    /// The candidates of each group; who is reached by no region stands in the last one.
    fn members(&self) -> Vec<Vec<Placed>> {
        let elsewhere = self.places.elsewhere();
        let mut members = vec![Vec::new(); self.places.groups()];
        for (document, candidate) in self.candidates.iter().enumerate() {
            let offer = self.offer(candidate);
            let placed = Placed {
                cell: offer.0.qualification_class(),
                // The most Dutch comes first, as a vacancy asks at least some level.
                level: (LEVELS - 1) as u8 - offer.0.dutch(),
                document: document as Document,
            };
            let mut groups = match self.grouping {
                Grouping::Together => vec![elsewhere],
                Grouping::ByReach => self.places.reached(candidate).unwrap_or_default(),
            };
            if groups.len() > 1 {
                groups.retain(|group| *group != elsewhere);
            }
            if groups.is_empty() {
                groups.push(elsewhere);
            }
            for group in groups {
                members[group as usize].push(placed);
            }
        }
        members
    }

    fn offer(&self, candidate: &CandidateFeatures) -> Offer {
        Offer::pack(candidate, &self.licences)
    }

    fn segment(&self, documents: &[Placed]) -> CandidateSegment {
        let mut rows: Vec<(Term, u16)> = Vec::new();
        for (local, placed) in documents.iter().enumerate() {
            let candidate = &self.candidates[placed.document as usize];
            let terms = keys(candidate, &self.yardstick).filter_map(|key| self.terms.find(key));
            rows.extend(terms.map(|term| (term, local as u16)));
        }
        rows.sort_unstable();
        let offer = |placed: &Placed| self.offer(&self.candidates[placed.document as usize]);
        let offers = documents.iter().map(offer).collect();
        CandidateSegment::build(
            documents,
            offers,
            self.uses(documents),
            &rows,
            self.terms.len(),
        )
    }

    /// What the use of each skill gives the candidates of a segment.
    fn uses(&self, documents: &[Placed]) -> Uses {
        let mut uses = Vec::new();
        for (local, placed) in documents.iter().enumerate() {
            let skills = &self.candidates[placed.document as usize].skills;
            let shares = skills.iter().zip(use_shares(skills, &self.yardstick));
            let given = shares.filter(|(_, points)| *points > 0);
            uses.extend(given.map(|(held, points)| (held.skill, local as u16, points)));
        }
        Uses::build(uses)
    }

    /// The candidates that the index was built from.
    #[must_use]
    pub fn candidates(&self) -> &[CandidateFeatures] {
        &self.candidates
    }

    /// The yardstick that the index was built with.
    #[must_use]
    pub fn yardstick(&self) -> &Yardstick {
        &self.yardstick
    }

    /// How the candidates are grouped.
    #[must_use]
    pub fn grouping(&self) -> Grouping {
        self.grouping
    }

    /// Bytes of memory that the layout takes, the features themselves not counted.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let segments: usize = self.segments.iter().map(CandidateSegment::bytes).sum();
        segments + self.terms.bytes() + self.places.bytes() + size_of_val(&*self.groups)
    }

    /// The segments that hold every candidate who may reach a vacancy.
    ///
    /// A vacancy that can be done from anywhere visits all, and meets a candidate once for each
    /// region in reach.
    pub(crate) fn segments(&self, vacancy: &Vacancy) -> impl Iterator<Item = &CandidateSegment> {
        let group = |group: Group| {
            let at = group as usize;
            self.groups[at] as usize..self.groups[at + 1] as usize
        };
        let elsewhere = group(self.places.elsewhere());
        let own = match (self.grouping, &vacancy.features().place) {
            (Grouping::Together, _) => 0..0,
            (Grouping::ByReach, None) => 0..elsewhere.start,
            (Grouping::ByReach, Some(place)) => {
                self.places.group(&place.region).map_or(0..0, group)
            }
        };
        own.chain(elsewhere).map(|at| &self.segments[at])
    }

    /// Prepares a vacancy as a query.
    pub(crate) fn query(&self, vacancy: &Vacancy, aspect: Aspect) -> VacancyQuery {
        let mut query = VacancyQuery {
            demand: Demand::pack(vacancy.features(), &self.licences),
            plain: Vec::new(),
            layered: Vec::new(),
            used: Vec::new(),
        };
        for step in vacancy.steps() {
            let mut covers = self.covers(step.skill, step.step, step.weight);
            // Best first, so that a candidate's best skill is the one that counts.
            covers.sort_by_key(|(value, _)| std::cmp::Reverse(*value));
            let neighbours = self.yardstick.neighbourhood().covering(step.skill);
            if neighbours.is_empty() {
                query.plain.extend(covers);
            } else {
                query.layered.push(covers);
            }
        }
        if aspect == Aspect::RankPoints {
            let asked = vacancy.steps().iter();
            let asked = asked.filter(|step| step.step == Step::FIRST && step.weight > 0);
            query.used = asked.map(|step| step.skill).collect();
            for (found, points) in offered(vacancy.features(), &self.yardstick) {
                let term = self.terms.find(Key::Trait(found));
                query.plain.extend(term.map(|term| (points, term)));
            }
        }
        query
    }

    /// The terms that cover a step of a demanded skill, with what each gives of the weight.
    fn covers(&self, skill: SkillId, step: Step, weight: u16) -> Vec<(u16, Term)> {
        let configuration = self.yardstick.configuration();
        let neighbours = self.yardstick.neighbourhood().covering(skill).iter();
        let own = (skill, crate::credit::Reason::Exact);
        std::iter::once(own)
            .chain(neighbours.map(|neighbour| (neighbour.skill, neighbour.reason)))
            .flat_map(|(held, reason)| {
                let value = leaf(weight, u16::from(configuration.credit(reason)));
                step.and_above()
                    .filter_map(move |highest| self.terms.find(Key::Skill(held, highest)))
                    .map(move |term| (value, term))
            })
            .filter(|(value, _)| *value > 0)
            .collect()
    }
}

/// The terms of a candidate: each skill at the highest step it includes, and each wished trait.
fn keys(candidate: &CandidateFeatures, yardstick: &Yardstick) -> impl Iterator<Item = Key> {
    let configuration = yardstick.configuration();
    let skill = |held: &HeldSkill| Key::Skill(held.skill, configuration.highest_step(held.level));
    let skills: Vec<Key> = candidate.skills.iter().map(skill).collect();
    skills
        .into_iter()
        .chain(wished(candidate, yardstick).into_iter().map(Key::Trait))
}
