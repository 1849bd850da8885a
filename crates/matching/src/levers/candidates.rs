//! All levers of candidates in one pass over the index, constraints off.

use rayon::prelude::*;

use crate::constraint::level_from;
use crate::credit::Credits;
use crate::features::CandidateFeatures;
use crate::index::{
    Aspect, Field, Group, Kernel, Offer, PACKED_LANGUAGES, Passable, Queries, Query, Scratch,
    Shortfall, VacancyIndex, VacancySegment, is_rare, language_guards, shortfall,
};
use domain::placement::Recognition;

use super::tally::{Key, Opening, Tally};
use super::{CandidateLevers, LeverQuestion, barriers, demands, gain};

/// Most candidates that are worked on together, so that a region is loaded once for all of them.
const BATCH: usize = 2048;

/// All levers of each candidate.
///
/// Uses the threads of the current rayon pool; the answer does not depend on their number.
#[must_use]
pub fn candidate_levers(
    index: &VacancyIndex,
    candidates: &[CandidateFeatures],
    question: &LeverQuestion,
    kernel: Kernel,
) -> Vec<CandidateLevers> {
    candidates
        .par_chunks(
            candidates
                .len()
                .div_ceil(rayon::current_num_threads())
                .clamp(1, BATCH),
        )
        .flat_map_iter(|batch| levers_of_batch(index, batch, question, kernel))
        .collect()
}

/// One candidate and what has been counted for it.
struct Seeker<'a> {
    candidate: &'a CandidateFeatures,
    credits: Credits,
    /// The highest level of any qualification, recognised or not.
    learned: u8,
    tally: Tally,
}

fn levers_of_batch(
    index: &VacancyIndex,
    batch: &[CandidateFeatures],
    question: &LeverQuestion,
    kernel: Kernel,
) -> Vec<CandidateLevers> {
    let yardstick = index.yardstick();
    let mut seekers: Vec<Seeker<'_>> = batch
        .iter()
        .map(|candidate| Seeker {
            candidate,
            credits: Credits::of(
                &candidate.skills,
                yardstick.neighbourhood(),
                yardstick.configuration(),
            ),
            learned: candidate.qualifications.known().map_or(0, |held| {
                level_from(held, Recognition::NotRecognised).number()
            }),
            tally: Tally::default(),
        })
        .collect();
    let queries = Queries::pack(index, batch, Aspect::Score);
    let mut scratch = Scratch::new(kernel);
    for group in 0..index.places().groups() as Group {
        let mut reached = vec![false; batch.len()];
        for visitor in queries.visitors(group) {
            reached[*visitor as usize] = true;
        }
        for segment in index.group(group) {
            for (at, seeker) in seekers.iter_mut().enumerate() {
                let pass = Pass {
                    index,
                    segment,
                    query: queries.get(at as u32),
                    group,
                    reach: if reached[at] { Reach::Near } else { Reach::Far },
                    threshold: question.threshold,
                };
                pass.run(seeker, &mut scratch);
            }
        }
    }
    seekers
        .into_iter()
        .map(|seeker| seeker.tally.finish(index, question))
        .collect()
}

/// Whether the region of a segment can be reached.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Near,
    Far,
}

/// One candidate in one segment.
struct Pass<'a> {
    index: &'a VacancyIndex,
    segment: &'a VacancySegment,
    query: Query<'a>,
    group: Group,
    reach: Reach,
    threshold: u16,
}

impl<'a> Pass<'a> {
    fn run(&self, seeker: &mut Seeker<'_>, scratch: &mut Scratch<'a>) {
        let documents = self.segment.len();
        self.segment.sum(self.query, documents, scratch);
        scratch.kernel.pass(documents, &[], &mut scratch.open);
        scratch.find(self.threshold);
        for &local in &scratch.found {
            self.judge(local, scratch.board.get(local), seeker);
        }
        if self.reach == Reach::Near {
            self.missing_skills(seeker, scratch);
        }
    }

    /// Counts a vacancy that scores high enough.
    fn judge(&self, local: u16, score: u16, seeker: &mut Seeker<'_>) {
        let document = self.segment.document(local);
        let opening = Opening { score, document };
        let demand = self.segment.demand(local);
        if is_rare(self.query.offer, demand) {
            let vacancy = self.index.vacancies()[document as usize].features();
            let barriers = barriers(seeker.candidate, vacancy);
            seeker.tally.barriers(self.index, &barriers, opening);
            return;
        }
        let short = shortfall(self.query.offer, demand);
        let far = u32::from(self.reach == Reach::Far);
        match far + count(&short) {
            0 => seeker.tally.open_now(),
            1 => self.single(&short, demand.0.levels, opening, seeker),
            2 => {
                let mut keys = Vec::with_capacity(2);
                self.wholes(&short, demand.0.levels, &mut |key| keys.push(key));
                if let [one, other] = keys[..] {
                    seeker.tally.pair(one, other, opening);
                }
            }
            _ => {}
        }
    }

    /// Counts the levers of the only barrier.
    fn single(&self, short: &Shortfall, demand: u64, opening: Opening, seeker: &mut Seeker<'_>) {
        let tally = &mut seeker.tally;
        self.wholes(short, demand, &mut |key| tally.single(key, opening));
        if self.reach == Reach::Far {
            tally.single(Key::travel_to(self.group), opening);
        }
        if short.day_parts.count_ones() == 1 {
            tally.single(Key::day_part(short.day_parts.trailing_zeros()), opening);
        }
        if short.levels & QUALIFICATION != 0 && seeker.learned >= qualification(demand) {
            tally.single(Key::RECOGNITION, opening);
        }
        for (at, language) in PACKED_LANGUAGES.iter().enumerate() {
            let lacking = short.levels & language_guards(at);
            if lacking.count_ones() == 1 {
                let fields = (0..4).map(|modality| (modality, Field::language(at, modality)));
                for (modality, field) in fields.filter(|(_, f)| lacking & f.guard() != 0) {
                    let key = Key::modality(language.position(), modality, field.get(demand));
                    tally.single(key, opening);
                }
            }
        }
    }

    /// Calls `see` with the lever that takes each barrier away as a whole.
    fn wholes(&self, short: &Shortfall, demand: u64, see: &mut impl FnMut(Key)) {
        for (at, language) in PACKED_LANGUAGES.iter().enumerate() {
            let lacking = short.levels & language_guards(at);
            if lacking != 0 {
                let needs = (0..4)
                    .map(|modality| Field::language(at, modality))
                    .filter(|field| lacking & field.guard() != 0)
                    .map(|field| field.get(demand));
                see(Key::language(language.position(), needs.max().unwrap_or(0)));
            }
        }
        if short.levels & QUALIFICATION != 0 {
            see(Key::qualification(qualification(demand)));
        }
        let mut licences = short.licences;
        while licences != 0 {
            see(Key::licence(licences.trailing_zeros()));
            licences &= licences - 1;
        }
        if short.levels & Field::HOURS.guard() != 0 {
            see(Key::hours(Field::HOURS.get(demand)));
        }
        if short.levels & Field::PERMISSION.guard() != 0 {
            see(Key::permission(Field::PERMISSION.get(demand)));
        }
        for (lacking, key) in [
            (u64::from(short.day_parts), Key::DAY_PARTS),
            (short.start, Key::START),
            (short.levels & Field::LEARNING.guard(), Key::LEARNING),
            (u64::from(self.reach == Reach::Far), Key::TRAVEL),
        ] {
            if lacking != 0 {
                see(key);
            }
        }
    }

    /// Counts the skills that alone keep an open vacancy below the threshold.
    fn missing_skills(&self, seeker: &mut Seeker<'_>, scratch: &mut Scratch<'a>) {
        let offer: &Offer = self.query.offer;
        let bound = self.segment.bound(self.query);
        let passable = self.segment.gates.collect(&offer.0, &mut scratch.gates);
        if bound == 0 || passable == Passable::Nothing {
            return;
        }
        scratch
            .kernel
            .pass(bound, &scratch.gates, &mut scratch.open);
        scratch.find(self.threshold.saturating_sub(self.segment.heaviest()));
        for &local in &scratch.found {
            let score = scratch.board.get(local);
            if score >= self.threshold || score + self.segment.heaviest_of(local) < self.threshold {
                continue;
            }
            let document = self.segment.document(local);
            let vacancy = &self.index.vacancies()[document as usize];
            if !self.is_open(local, seeker.candidate) {
                continue;
            }
            let wanting = self.threshold - score;
            for steps in demands(vacancy) {
                let weight: u16 = steps.iter().map(|step| step.weight).sum();
                if weight >= wanting && gain(&seeker.credits, steps) >= wanting {
                    let key = Key::skill(steps[0].skill);
                    seeker.tally.single(key, Opening { score, document });
                }
            }
        }
    }

    fn is_open(&self, local: u16, candidate: &CandidateFeatures) -> bool {
        let demand = self.segment.demand(local);
        count(&shortfall(self.query.offer, demand)) == 0
            && (!is_rare(self.query.offer, demand) || {
                let document = self.segment.document(local) as usize;
                crate::constraint::admits(candidate, self.index.vacancies()[document].features())
            })
    }
}

const QUALIFICATION: u64 = Field::BY_LAW.guard() | Field::ASKED.guard();

fn qualification(demand: u64) -> u8 {
    Field::BY_LAW.get(demand).max(Field::ASKED.get(demand))
}

/// Number of barriers in a shortfall: each packed language is one, and so is each licence.
#[inline]
fn count(short: &Shortfall) -> u32 {
    const SINGLE: u64 =
        Field::HOURS.guard() | QUALIFICATION | Field::PERMISSION.guard() | Field::LEARNING.guard();
    (short.levels & SINGLE).count_ones()
        + short.licences.count_ones()
        + u32::from(short.levels & language_guards(0) != 0)
        + u32::from(short.levels & language_guards(1) != 0)
        + u32::from(short.day_parts != 0)
        + u32::from(short.start != 0)
}
