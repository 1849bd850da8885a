//! What each skill gives for the terms of an index, laid out once for all candidates.
//!
//! A candidate with near skills has credits by the hundred.
//! Which terms a skill covers depends on the index alone, so it is looked up when the index is
//! built; a query then only keeps the best of what its skills give for each term.
//! Reasons and names of skills are not kept: [`crate::pair`] explains, this ranks.

use crate::credit::given_by;
use crate::features::{HeldSkill, SkillId, Step};
use crate::score::FULL_CREDIT;
use crate::yardstick::Yardstick;

use super::families::{Families, Highest, Reached};
use super::query::{CreditedTerm, Gain};
use super::terms::{Key, Term, Terms};

/// For every skill the terms that it covers, with the credit.
#[derive(Default)]
pub(crate) struct Coverage {
    /// Where the terms of each step of each skill start, steps of one skill side by side.
    starts: Box<[u32]>,
    rows: Box<[CoveredTerm]>,
}

/// A term above five bits of credit, at least 1.
#[derive(Clone, Copy)]
struct CoveredTerm(u32);

const CREDIT_BITS: u32 = 5;

impl CoveredTerm {
    fn new(term: Term, credit: u8) -> CoveredTerm {
        CoveredTerm(term << CREDIT_BITS | u32::from(credit))
    }

    fn term(self) -> usize {
        (self.0 >> CREDIT_BITS) as usize
    }

    fn gain(self) -> Gain {
        Gain::of((self.0 & ((1 << CREDIT_BITS) - 1)) as u16)
    }
}

impl Coverage {
    /// Looks up what every skill covers.
    pub(crate) fn of(terms: &Terms, yardstick: &Yardstick) -> Coverage {
        let (neighbourhood, configuration) = (yardstick.neighbourhood(), yardstick.configuration());
        let skills = terms.skills().max(neighbourhood.held());
        let (mut starts, mut rows) = (Vec::with_capacity(skills * Step::COUNT + 1), Vec::new());
        for skill in (0..skills as u32).map(SkillId) {
            for step in Step::all() {
                starts.push(rows.len() as u32);
                rows.extend(given_by(skill, neighbourhood).filter_map(|given| {
                    let term = terms.find(Key::Skill(given.skill, step))?;
                    let credit = configuration.credit(given.reason);
                    (credit > 0).then(|| CoveredTerm::new(term, credit))
                }));
            }
        }
        starts.push(rows.len() as u32);
        Coverage {
            starts: starts.into(),
            rows: rows.into(),
        }
    }

    /// The terms that somebody covers who has a skill up to this step.
    #[inline]
    fn up_to(&self, held: &HeldSkill, step: Step) -> &[CoveredTerm] {
        let first = held.skill.index() * Step::COUNT;
        let stretch = self.starts.get(first..first + step.position() + 2);
        match stretch.and_then(|stretch| stretch.first().zip(stretch.last())) {
            Some((from, to)) => &self.rows[*from as usize..*to as usize],
            None => &[],
        }
    }

    /// Bytes of memory held.
    pub(crate) fn bytes(&self) -> usize {
        size_of_val(&*self.starts) + size_of_val(&*self.rows)
    }
}

/// The terms of one candidate while they are collected: each once, given out in order.
///
/// Marks in two levels say which terms there are, so that nothing has to be sorted and only what
/// was touched is visited.
pub(crate) struct Collection {
    gains: Vec<Gain>,
    /// Bit *n* of word *w* is term 64 *w* + *n*.
    marks: Vec<u64>,
    /// Bit *n* of word *w* says whether word 64 *w* + *n* of the marks has any bit.
    marked_words: Vec<u64>,
    weak: Vec<CreditedTerm>,
    highest: Highest,
}

impl Collection {
    /// An empty collection for the terms of an index with so many.
    pub(crate) fn new(terms: usize) -> Collection {
        let words = terms.div_ceil(64);
        Collection {
            gains: vec![Gain::default(); terms],
            marks: vec![0; words],
            marked_words: vec![0; words.div_ceil(64)],
            weak: Vec::new(),
            highest: Highest::new(),
        }
    }

    /// Adds what a held skill covers; of two credits for a term the higher counts.
    #[inline]
    pub(crate) fn add(&mut self, coverage: &Coverage, held: &HeldSkill, yardstick: &Yardstick) {
        let step = yardstick.configuration().highest_step(held.level);
        for covered in coverage.up_to(held, step) {
            self.raise(covered.term(), covered.gain());
        }
    }

    /// Adds a term with full credit.
    pub(crate) fn add_full(&mut self, term: Term) {
        self.raise(term as usize, Gain::of(FULL_CREDIT));
    }

    /// Enters what the use of a term gives on top, after everything was added.
    pub(crate) fn set_bonus(&mut self, term: Term, bonus: u16) {
        let gain = &mut self.gains[term as usize];
        *gain = gain.with_bonus(bonus);
    }

    #[inline]
    fn raise(&mut self, term: usize, gain: Gain) {
        self.gains[term] = self.gains[term].max(gain);
        self.marks[term / 64] |= 1 << (term % 64);
        self.marked_words[term / 4096] |= 1 << (term / 64 % 64);
    }

    /// Moves the terms to the end of a list, the strong ones and then the weak ones, each in order
    /// of their numbers, and the families of the weak ones to another.
    ///
    /// Returns where the weak ones start.
    pub(crate) fn drain_into(
        &mut self,
        families: &Families,
        terms: &mut Vec<CreditedTerm>,
        reached: &mut Vec<Reached>,
    ) -> usize {
        self.weak.clear();
        for (block, marked) in self.marked_words.iter_mut().enumerate() {
            while *marked != 0 {
                let word = block * 64 + marked.trailing_zeros() as usize;
                *marked &= *marked - 1;
                let mut marks = std::mem::take(&mut self.marks[word]);
                while marks != 0 {
                    let term = word * 64 + marks.trailing_zeros() as usize;
                    marks &= marks - 1;
                    let gain = std::mem::take(&mut self.gains[term]);
                    let term = term as Term;
                    if families.note(term, gain, &mut self.highest) {
                        self.weak.push(CreditedTerm { term, gain });
                    } else {
                        terms.push(CreditedTerm { term, gain });
                    }
                }
            }
        }
        self.highest.drain_into(reached);
        let strong = terms.len();
        terms.extend_from_slice(&self.weak);
        strong
    }
}
