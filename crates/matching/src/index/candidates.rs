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

use super::gates::{Gates, Side};
use super::kernel::{Gate, Kernel, MOST_DOCUMENTS, MarkedList, Scoreboard, padded};
use super::places::{Group, Places};
use super::terms::{Key, Term, Terms};
use super::words::{Demand, LicenceBits, Offer};
use super::{Aspect, DENSE_FROM, Document, LEVELS, Placed, bounds, cut};

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

/// Candidates of one group.
pub(crate) struct CandidateSegment {
    documents: Box<[Document]>,
    offers: Box<[Offer]>,
    pub(crate) gates: Gates,
    bounds: [u32; LEVELS],
    /// Where the postings of each term start.
    starts: Box<[u32]>,
    postings: Box<[u16]>,
    /// What the use of each skill gives: first the starts by skill, then candidate and points.
    uses: Uses,
    /// Which bitmap each of the first terms has.
    marked: Box<[u16]>,
    marks: Box<[u64]>,
}

/// What a vacancy gives a candidate for using a skill, by skill.
#[derive(Default)]
struct Uses {
    /// The skills that any candidate has, in order, with the end of their rows.
    ends: Box<[(SkillId, u32)]>,
    /// Candidate and rank points.
    rows: Box<[(u16, u16)]>,
}

impl Uses {
    fn build(mut uses: Vec<(SkillId, u16, u16)>) -> Uses {
        uses.sort_unstable();
        let mut ends = Vec::new();
        for run in uses.chunk_by(|one, next| one.0 == next.0) {
            let before = ends.last().map_or(0, |(_, end)| *end);
            ends.push((run[0].0, before + run.len() as u32));
        }
        Uses {
            ends: ends.into(),
            rows: uses
                .iter()
                .map(|(_, local, points)| (*local, *points))
                .collect(),
        }
    }

    fn of(&self, skill: SkillId) -> &[(u16, u16)] {
        match self.ends.binary_search_by_key(&skill, |(skill, _)| *skill) {
            Err(_) => &[],
            Ok(at) => {
                let from = at.checked_sub(1).map_or(0, |before| self.ends[before].1);
                &self.rows[from as usize..self.ends[at].1 as usize]
            }
        }
    }
}

const NOT_MARKED: u16 = u16::MAX;

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
        let uses = self.uses(documents);
        let words = padded(documents.len()) / 64;
        let mut starts = vec![0u32; self.terms.len() + 1];
        let (mut postings, mut marked, mut marks) = (Vec::new(), Vec::new(), Vec::new());
        for run in rows.chunk_by(|one, next| one.0 == next.0) {
            let term = run[0].0 as usize;
            let lists = marks.len() / words;
            if run.len() * DENSE_FROM > documents.len() && lists < usize::from(NOT_MARKED) {
                marked.resize(term + 1, NOT_MARKED);
                marked[term] = lists as u16;
                marks.resize(marks.len() + words, 0u64);
                for (_, local) in run {
                    marks[lists * words + usize::from(*local) / 64] |= 1 << (local % 64);
                }
            } else {
                starts[term + 1] = run.len() as u32;
                postings.extend(run.iter().map(|(_, local)| *local));
            }
        }
        for term in 1..starts.len() {
            starts[term] += starts[term - 1];
        }
        let offer = |placed: &Placed| self.offer(&self.candidates[placed.document as usize]);
        let offers: Box<[Offer]> = documents.iter().map(offer).collect();
        let packed: Vec<_> = offers.iter().map(|offer| offer.0).collect();
        CandidateSegment {
            documents: documents.iter().map(|placed| placed.document).collect(),
            gates: Gates::build(Side::Offers, &packed),
            offers,
            bounds: bounds(documents.iter().map(|placed| placed.level)),
            starts: starts.into(),
            postings: postings.into(),
            uses,
            marked: marked.into(),
            marks: marks.into(),
        }
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

/// A vacancy as a query.
pub(crate) struct VacancyQuery {
    pub(crate) demand: Demand,
    /// What each term gives, where no candidate can have two terms for the same demand.
    plain: Vec<(u16, Term)>,
    /// For each other step its terms, best first; only the best that a candidate has counts.
    layered: Vec<Vec<(u16, Term)>>,
    /// The skills that are asked themselves.
    used: Vec<SkillId>,
}

/// What a worker needs beside the index.
pub(crate) struct CandidateScratch<'a> {
    pub(crate) kernel: Kernel,
    pub(crate) board: Box<Scoreboard>,
    pub(crate) gates: Vec<Gate<'a>>,
    /// Documents that pass the gates.
    pub(crate) open: Vec<u64>,
    /// Documents that were found.
    pub(crate) found: Vec<u16>,
    covered: Vec<u64>,
    /// Bitmaps of layers, one after the other, with what each gives.
    layers: Vec<u64>,
    values: Vec<u16>,
    singles: Vec<(u16, u16)>,
}

impl CandidateScratch<'_> {
    pub(crate) fn new(kernel: Kernel) -> Self {
        CandidateScratch {
            kernel,
            board: Scoreboard::new(),
            gates: Vec::new(),
            open: Vec::new(),
            found: Vec::new(),
            covered: Vec::new(),
            layers: Vec::new(),
            values: Vec::new(),
            singles: Vec::new(),
        }
    }
}

impl CandidateSegment {
    /// Number of candidates.
    pub(crate) fn len(&self) -> usize {
        self.documents.len()
    }

    /// Number of candidates at the front who may have enough Dutch.
    #[inline]
    pub(crate) fn bound(&self, query: &VacancyQuery) -> usize {
        self.bounds[LEVELS - 1 - usize::from(query.demand.0.dutch())] as usize
    }

    pub(crate) fn document(&self, local: u16) -> Document {
        self.documents[usize::from(local)]
    }

    pub(crate) fn offer(&self, local: u16) -> &Offer {
        &self.offers[usize::from(local)]
    }

    /// Sums what the first `bound` candidates give for a vacancy.
    pub(crate) fn sum(
        &self,
        query: &VacancyQuery,
        bound: usize,
        scratch: &mut CandidateScratch<'_>,
    ) {
        let words = padded(bound) / 64;
        scratch.layers.clear();
        scratch.values.clear();
        scratch.singles.clear();
        for covers in &query.layered {
            self.layer(covers, bound, words, scratch);
        }
        let layers = scratch.layers.chunks(words).zip(&scratch.values);
        let mut marked: Vec<MarkedList<'_>> = layers
            .map(|(marks, value)| MarkedList {
                marks,
                value: *value,
            })
            .collect();
        for (value, term) in &query.plain {
            if let Some(marks) = self.marks(*term) {
                let value = *value;
                marked.push(MarkedList { marks, value });
            }
        }
        scratch
            .kernel
            .start_marked(&mut scratch.board, bound, &marked);
        for (value, term) in &query.plain {
            for local in self.postings(*term, bound) {
                scratch.board.add(*local, *value);
            }
        }
        for skill in &query.used {
            let inside = |use_: &&(u16, u16)| usize::from(use_.0) < bound;
            for (local, points) in self.uses.of(*skill).iter().take_while(inside) {
                scratch.board.add(*local, *points);
            }
        }
        for (local, value) in &scratch.singles {
            scratch.board.add(*local, *value);
        }
    }

    /// Lays the terms of one demand over each other, best first: each candidate is covered once.
    fn layer(
        &self,
        covers: &[(u16, Term)],
        bound: usize,
        words: usize,
        scratch: &mut CandidateScratch<'_>,
    ) {
        let CandidateScratch {
            covered,
            layers,
            values,
            singles,
            ..
        } = scratch;
        covered.clear();
        covered.resize(words, 0);
        for (value, term) in covers {
            if let Some(marks) = self.marks(*term) {
                values.push(*value);
                layers.extend(marks.iter().zip(&mut *covered).map(|(marks, covered)| {
                    let fresh = marks & !*covered;
                    *covered |= marks;
                    fresh
                }));
            }
            for local in self.postings(*term, bound) {
                let word = &mut covered[usize::from(*local) / 64];
                let bit = 1 << (local % 64);
                if *word & bit == 0 {
                    *word |= bit;
                    singles.push((*local, *value));
                }
            }
        }
    }

    #[inline]
    fn marks(&self, term: Term) -> Option<&[u64]> {
        let list = self.marked.get(term as usize).copied()?;
        let words = padded(self.documents.len()) / 64;
        (list != NOT_MARKED).then(|| &self.marks[usize::from(list) * words..][..words])
    }

    #[inline]
    fn postings(&self, term: Term, bound: usize) -> impl Iterator<Item = &u16> {
        let (from, to) = (self.starts[term as usize], self.starts[term as usize + 1]);
        self.postings[from as usize..to as usize]
            .iter()
            .take_while(move |local| usize::from(**local) < bound)
    }

    fn bytes(&self) -> usize {
        size_of_val(self)
            + size_of_val(&*self.documents)
            + size_of_val(&*self.offers)
            + self.gates.bytes()
            + size_of_val(&*self.starts)
            + size_of_val(&*self.postings)
            + size_of_val(&*self.uses.ends)
            + size_of_val(&*self.uses.rows)
            + size_of_val(&*self.marked)
            + size_of_val(&*self.marks)
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
