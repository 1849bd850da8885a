//! Counting what opens: one entry for each vacancy and lever, sorted once, read once.

use domain::availability::{DayPart, WeeklyHours};
use domain::code::Licence;
use domain::language::Language;
use domain::level::LanguageLevel;
use domain::placement::{Modality, QualificationLevel, WorkPermission};

use crate::constraint::Remedy;
use crate::features::SkillId;
use crate::index::{Document, Group, VacancyIndex};

use super::{Barrier, CandidateLevers, Lever, LeverCount, LeverQuestion, PairCount};

/// A lever in one number: its kind, what it is about, and its step.
///
/// Levers of one kind and subject stand together, ordered by step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key(u64);

#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Kind {
    Language,
    Modality,
    Recognition,
    Qualification,
    Licence,
    Hours,
    DayParts,
    DayPart,
    Travel,
    TravelTo,
    Permission,
    Start,
    Learning,
    Skill,
}

const KINDS: [Kind; 14] = [
    Kind::Language,
    Kind::Modality,
    Kind::Recognition,
    Kind::Qualification,
    Kind::Licence,
    Kind::Hours,
    Kind::DayParts,
    Kind::DayPart,
    Kind::Travel,
    Kind::TravelTo,
    Kind::Permission,
    Kind::Start,
    Kind::Learning,
    Kind::Skill,
];

impl Key {
    const fn new(kind: Kind, subject: u32, step: u8) -> Key {
        Key((kind as u64) << 40 | (subject as u64) << 8 | step as u64)
    }

    pub(super) fn language(language: usize, to: u8) -> Key {
        Key::new(Kind::Language, language as u32, to)
    }

    pub(super) fn modality(language: usize, modality: usize, to: u8) -> Key {
        Key::new(Kind::Modality, (language * 4 + modality) as u32, to)
    }

    pub(super) const RECOGNITION: Key = Key::new(Kind::Recognition, 0, 0);

    pub(super) fn qualification(to: u8) -> Key {
        Key::new(Kind::Qualification, 0, to)
    }

    pub(super) fn licence(bit: u32) -> Key {
        Key::new(Kind::Licence, bit, 0)
    }

    pub(super) fn hours(to: u8) -> Key {
        Key::new(Kind::Hours, 0, to)
    }

    pub(super) const DAY_PARTS: Key = Key::new(Kind::DayParts, 0, 0);

    pub(super) fn day_part(position: u32) -> Key {
        Key::new(Kind::DayPart, position, 0)
    }

    pub(super) const TRAVEL: Key = Key::new(Kind::Travel, 0, 0);

    pub(super) fn travel_to(group: Group) -> Key {
        Key::new(Kind::TravelTo, group, 0)
    }

    pub(super) fn permission(to: u8) -> Key {
        Key::new(Kind::Permission, 0, to)
    }

    pub(super) const START: Key = Key::new(Kind::Start, 0, 0);
    pub(super) const LEARNING: Key = Key::new(Kind::Learning, 0, 0);

    pub(super) fn skill(skill: SkillId) -> Key {
        Key::new(Kind::Skill, skill.0, 0)
    }

    /// Kind and subject without the step.
    fn stem(self) -> u64 {
        self.0 >> 8
    }

    fn step(self) -> u8 {
        self.0 as u8
    }
}

/// Two levers, the lower first, and the rank of the vacancy that opens with both.
type PairEntry = (Key, Key, u64);

/// What opens for one candidate.
#[derive(Default)]
pub(super) struct Tally {
    open_now: u32,
    /// Key, inverted score and document in one number, so that sorting puts the best first.
    singles: Vec<u128>,
    pairs: Vec<PairEntry>,
    /// Licences that have no bit in the index; their numbers follow those of the bits.
    rare: Vec<Licence>,
}

/// A vacancy that would open, with its score.
#[derive(Clone, Copy)]
pub(super) struct Opening {
    pub(super) score: u16,
    pub(super) document: Document,
}

impl Opening {
    fn rank(self) -> u64 {
        u64::from(!self.score) << 32 | u64::from(self.document)
    }
}

const FIRST_RARE: u32 = 64;

impl Tally {
    pub(super) fn open_now(&mut self) {
        self.open_now += 1;
    }

    pub(super) fn single(&mut self, key: Key, opening: Opening) {
        self.singles
            .push(u128::from(key.0) << 48 | u128::from(opening.rank()));
    }

    pub(super) fn pair(&mut self, one: Key, other: Key, opening: Opening) {
        self.pairs
            .push((one.min(other), one.max(other), opening.rank()));
    }

    /// Counts what a list of barriers, as the definition gives it, would open.
    pub(super) fn barriers(
        &mut self,
        index: &VacancyIndex,
        barriers: &[Barrier],
        opening: Opening,
    ) {
        match barriers {
            [] => self.open_now(),
            [only] => {
                let whole = self.whole(index, only);
                self.single(whole, opening);
                if let Some(part) = part(index, only) {
                    self.single(part, opening);
                }
            }
            [one, other] => {
                let (one, other) = (self.whole(index, one), self.whole(index, other));
                self.pair(one, other, opening);
            }
            _ => {}
        }
    }

    /// The lever that takes a barrier away as a whole.
    fn whole(&mut self, index: &VacancyIndex, barrier: &Barrier) -> Key {
        match *barrier {
            Barrier::Language { language, to, .. } => Key::language(language.position(), to.rank()),
            Barrier::Qualification { to, .. } => Key::qualification(to.number()),
            Barrier::Licence(licence) => Key::licence(self.licence(index, licence)),
            Barrier::Hours(to) => Key::hours(to.number()),
            Barrier::DayParts(_) => Key::DAY_PARTS,
            Barrier::Travel(_) => Key::TRAVEL,
            Barrier::Permission(to) => Key::permission(to as u8),
            Barrier::Start => Key::START,
            Barrier::Learning => Key::LEARNING,
        }
    }

    fn licence(&mut self, index: &VacancyIndex, licence: Licence) -> u32 {
        if let Some(bit) = index.licences().bit_number(&licence) {
            return bit;
        }
        let known = self.rare.iter().position(|rare| *rare == licence);
        let at = known.unwrap_or_else(|| {
            self.rare.push(licence);
            self.rare.len() - 1
        });
        FIRST_RARE + at as u32
    }

    /// The levers with their counts.
    pub(super) fn finish(
        mut self,
        index: &VacancyIndex,
        question: &LeverQuestion,
    ) -> CandidateLevers {
        self.singles.sort_unstable();
        let mut levers = Vec::new();
        let stem = |entry: &u128| key_of(*entry).stem();
        for run in self.singles.chunk_by(|one, next| stem(one) == stem(next)) {
            self.steps(index, run, question, &mut levers);
        }
        levers.sort_by_key(|count| count.lever);
        CandidateLevers {
            open_now: self.open_now,
            pairs: self.best_pairs(index, question),
            levers,
        }
    }

    /// The levers of one kind and subject: each step includes the lower ones.
    fn steps(
        &self,
        index: &VacancyIndex,
        run: &[u128],
        question: &LeverQuestion,
        levers: &mut Vec<LeverCount>,
    ) {
        let (mut opens, mut best) = (0, Vec::<u64>::new());
        for step in run.chunk_by(|one, next| key_of(*one) == key_of(*next)) {
            opens += step.len() as u32;
            let ranks = step.iter().take(question.examples);
            best.extend(ranks.map(|entry| *entry as u64 & RANK));
            best.sort_unstable();
            best.truncate(question.examples);
            levers.extend(step.first().and_then(|entry| {
                Some(LeverCount {
                    lever: self.lever(index, key_of(*entry))?,
                    opens,
                    examples: best.iter().map(|rank| *rank as Document).collect(),
                })
            }));
        }
    }

    /// The pairs that open most; each includes the lower steps of both its levers.
    fn best_pairs(&mut self, index: &VacancyIndex, question: &LeverQuestion) -> Vec<PairCount> {
        let stems = |entry: &PairEntry| (entry.0.stem(), entry.1.stem());
        self.pairs
            .sort_unstable_by_key(|entry| (stems(entry), *entry));
        let mut counted: Vec<(u32, Key, Key, &[PairEntry])> = Vec::new();
        for run in self.pairs.chunk_by(|one, next| stems(one) == stems(next)) {
            for exact in run.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
                let (one, other, _) = exact[0];
                let opens = run.iter().filter(|e| within(e, one, other)).count() as u32;
                counted.push((opens, one, other, run));
            }
        }
        counted.sort_unstable_by_key(|(opens, one, other, _)| {
            (std::cmp::Reverse(*opens), *one, *other)
        });
        counted.truncate(question.pairs);
        let count = |&(opens, one, other, run): &(u32, Key, Key, &[PairEntry])| {
            let inside = run.iter().filter(|entry| within(entry, one, other));
            let mut ranks: Vec<u64> = inside.map(|entry| entry.2).collect();
            ranks.sort_unstable();
            ranks.truncate(question.examples);
            Some(PairCount {
                levers: [self.lever(index, one)?, self.lever(index, other)?],
                opens,
                examples: ranks.into_iter().map(|rank| rank as Document).collect(),
            })
        };
        counted.iter().filter_map(count).collect()
    }

    fn lever(&self, index: &VacancyIndex, key: Key) -> Option<Lever> {
        let subject = (key.0 >> 8) as u32;
        let step = key.step();
        Some(match *KINDS.get((key.0 >> 40) as usize)? {
            Kind::Language => Lever::Language {
                language: Language::all().nth(subject as usize)?,
                to: *LanguageLevel::ALL.get(usize::from(step))?,
            },
            Kind::Modality => Lever::Modality {
                language: Language::all().nth(subject as usize / 4)?,
                modality: Modality::ALL[subject as usize % 4],
                to: *LanguageLevel::ALL.get(usize::from(step))?,
            },
            Kind::Recognition => Lever::Recognition,
            Kind::Qualification => Lever::Qualification {
                to: QualificationLevel::from_number(step)?,
            },
            Kind::Licence => Lever::Licence {
                licence: match subject.checked_sub(FIRST_RARE) {
                    None => index.licences().licence(subject as usize)?,
                    Some(rare) => *self.rare.get(rare as usize)?,
                },
            },
            Kind::Hours => Lever::Hours {
                to: WeeklyHours::new(i64::from(step)).ok()?,
            },
            Kind::DayParts => Lever::DayParts,
            Kind::DayPart => Lever::DayPart {
                part: DayPart::all().nth(subject as usize)?,
            },
            Kind::Travel => Lever::Travel,
            Kind::TravelTo => Lever::TravelTo {
                region: index.places().region(subject)?,
            },
            Kind::Permission => Lever::Permission {
                to: *WorkPermission::ALL.get(usize::from(step))?,
            },
            Kind::Start => Lever::Start,
            Kind::Learning => Lever::Learning,
            Kind::Skill => Lever::Skill {
                skill: SkillId(subject),
            },
        })
    }
}

const RANK: u64 = (1 << 48) - 1;

fn key_of(entry: u128) -> Key {
    Key((entry >> 48) as u64)
}

fn within(entry: &PairEntry, one: Key, other: Key) -> bool {
    entry.0.step() <= one.step() && entry.1.step() <= other.step()
}

/// The smaller lever that would do for a barrier, if there is one.
fn part(index: &VacancyIndex, barrier: &Barrier) -> Option<Key> {
    match *barrier {
        Barrier::Language { language, to, only } => {
            only.map(|modality| Key::modality(language.position(), modality.position(), to.rank()))
        }
        Barrier::Qualification { remedy, .. } => {
            (remedy == Remedy::Recognition).then_some(Key::RECOGNITION)
        }
        Barrier::DayParts(missing) if missing.len() == 1 => missing
            .iter()
            .next()
            .map(|part| Key::day_part(part.position().into())),
        Barrier::Travel(region) => index.places().group(&region).map(Key::travel_to),
        _ => None,
    }
}
