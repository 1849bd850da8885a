//! Constraints packed into three machine words, so that a pair is judged in a few instructions.
//!
//! The first word holds ordered fields, each with a guard bit above it: subtracting the demand
//! from the offer clears the guard of every field in which the offer is too low.
//! The second holds licences as bits, the third the parts of the week and the first day.
//! An unknown answer is packed as the best one, so it never excludes.
//! What does not fit (other languages, fields of education, municipalities, rare licences) is
//! marked as rare and judged by [`crate::constraint::admits`].

use domain::availability::{DayParts, StartDay, WeeklyHours};
use domain::code::Licence;
use domain::language::Language;
use domain::level::LanguageLevel;
use domain::placement::{Modality, QualificationLevel, Recognition, WorkPermission};

use crate::constraint::level_from;
use crate::features::{
    Answer, CandidateFeatures, QualificationBasis, QualificationDemand, Readiness, VacancyFeatures,
};

/// The languages that have fields of their own in the first word.
pub(crate) const PACKED_LANGUAGES: [Language; 2] = [Language::NL, Language::EN];

/// An ordered field of the first word: where it starts and how many bits its values take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    shift: u32,
    width: u32,
}

impl Field {
    pub(crate) const HOURS: Field = Field::new(40, 8);
    pub(crate) const BY_LAW: Field = Field::new(49, 4);
    pub(crate) const ASKED: Field = Field::new(54, 4);
    pub(crate) const PERMISSION: Field = Field::new(59, 2);
    pub(crate) const LEARNING: Field = Field::new(62, 1);

    const fn new(shift: u32, width: u32) -> Field {
        Field { shift, width }
    }

    /// The field of one of the [`PACKED_LANGUAGES`] in one modality.
    pub(crate) const fn language(language: usize, modality: usize) -> Field {
        Field::new((language * 4 + modality) as u32 * 5, 4)
    }

    /// All fields of the first word.
    pub(crate) fn all() -> impl Iterator<Item = Field> {
        (0..8).map(|at| Field::language(at / 4, at % 4)).chain([
            Field::HOURS,
            Field::BY_LAW,
            Field::ASKED,
            Field::PERMISSION,
            Field::LEARNING,
        ])
    }

    pub(crate) const fn guard(self) -> u64 {
        1 << (self.shift + self.width)
    }

    pub(crate) fn put(self, word: &mut u64, value: u8) {
        debug_assert!(u32::from(value) < 1 << self.width);
        *word |= u64::from(value) << self.shift;
    }

    pub(crate) fn get(self, word: u64) -> u8 {
        (word >> self.shift & ((1 << self.width) - 1)) as u8
    }
}

/// The guard bits of all fields of the first word.
pub(crate) const GUARDS: u64 = {
    let mut guards = Field::HOURS.guard()
        | Field::BY_LAW.guard()
        | Field::ASKED.guard()
        | Field::PERMISSION.guard()
        | Field::LEARNING.guard();
    let mut at = 0;
    while at < 8 {
        guards |= Field::language(at / 4, at % 4).guard();
        at += 1;
    }
    guards
};

/// Guard bits of one packed language in all modalities.
pub(crate) const fn language_guards(language: usize) -> u64 {
    Field::language(language, 0).guard()
        | Field::language(language, 1).guard()
        | Field::language(language, 2).guard()
        | Field::language(language, 3).guard()
}

const PARTS: u64 = DayParts::ALL_BITS;
const START_SHIFT: u32 = 28;
const START_WIDTH: u32 = 15;
const START_BEST: u16 = (1 << START_WIDTH) - 1;
/// Guard bit of the first day in the third word.
pub(crate) const START_GUARD: u64 = 1 << (START_SHIFT + START_WIDTH);
const START_MASK: u64 = (START_BEST as u64) << START_SHIFT;
const RARE: u64 = 1 << 63;

/// The licences that have a bit in the second word.
#[derive(Clone, Debug, Default)]
pub(crate) struct LicenceBits(Vec<Licence>);

impl LicenceBits {
    /// Gives bits to the 64 most frequent of these licences; ties by code.
    pub(crate) fn most_frequent(all: impl Iterator<Item = Licence>) -> LicenceBits {
        let mut all: Vec<Licence> = all.collect();
        all.sort_unstable();
        let mut counted: Vec<(usize, Licence)> = all
            .chunk_by(|one, next| one == next)
            .filter_map(|run| run.first().map(|licence| (run.len(), *licence)))
            .collect();
        counted.sort_unstable_by_key(|(count, licence)| (std::cmp::Reverse(*count), *licence));
        counted.truncate(64);
        let mut chosen: Vec<Licence> = counted.into_iter().map(|(_, licence)| licence).collect();
        chosen.sort_unstable();
        LicenceBits(chosen)
    }

    /// The licence with this bit.
    pub(crate) fn licence(&self, bit: usize) -> Option<Licence> {
        self.0.get(bit).copied()
    }

    /// The number of the bit of a licence, if it has one.
    pub(crate) fn bit_number(&self, licence: &Licence) -> Option<u32> {
        self.0.binary_search(licence).ok().map(|at| at as u32)
    }

    fn bit(&self, licence: &Licence) -> Option<u64> {
        self.bit_number(licence).map(|at| 1 << at)
    }
}

/// The three words of a candidate or a vacancy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) levels: u64,
    pub(crate) licences: u64,
    calendar: u64,
}

impl Words {
    /// Parts of the week as bits.
    pub(crate) fn day_parts(&self) -> u32 {
        (self.calendar & PARTS) as u32
    }

    /// The bits of both.
    pub(crate) fn union(self, other: &Words) -> Words {
        Words {
            levels: self.levels | other.levels,
            licences: self.licences | other.licences,
            calendar: self.calendar | other.calendar,
        }
    }

    /// The highest level of Dutch over the modalities.
    pub(crate) fn dutch(&self) -> u8 {
        (0..4)
            .map(|modality| Field::language(0, modality).get(self.levels))
            .max()
            .unwrap_or(0)
    }

    /// Coarse class of the qualification, 0..4: many candidates are below a class.
    pub(crate) fn qualification_class(&self) -> u8 {
        match Field::BY_LAW
            .get(self.levels)
            .max(Field::ASKED.get(self.levels))
        {
            0 => 0,
            1..=3 => 1,
            4 => 2,
            _ => 3,
        }
    }
}

/// What a candidate offers, packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Offer(pub(crate) Words);

/// What a vacancy demands, packed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Demand(pub(crate) Words);

impl Offer {
    /// Packs the features of a candidate.
    pub(crate) fn pack(candidate: &CandidateFeatures, licences: &LicenceBits) -> Offer {
        let mut words = Words {
            levels: pack_languages(candidate),
            ..Words::default()
        };
        pack_levels(candidate, &mut words.levels);
        words.licences = match &candidate.licences {
            Answer::Unknown => u64::MAX,
            Answer::Known(held) => held
                .iter()
                .filter_map(|licence| licences.bit(licence))
                .fold(0, |all, bit| all | bit),
        };
        words.calendar = match &candidate.day_parts {
            Answer::Unknown => PARTS,
            Answer::Known(parts) => u64::from(parts.bits()),
        };
        let start = match &candidate.start {
            Answer::Unknown => u64::from(START_BEST),
            Answer::Known(day) => u64::from(earliness(*day)),
        };
        words.calendar |= start << START_SHIFT;
        // Who reaches no region stands beside those whose reach is unknown.
        if let Answer::Known(reach) = &candidate.reach
            && (reach.municipality_list().is_some() || reach.region_list().is_empty())
        {
            words.calendar |= RARE;
        }
        Offer(words)
    }
}

impl Demand {
    /// Packs the features of a vacancy.
    pub(crate) fn pack(vacancy: &VacancyFeatures, licences: &LicenceBits) -> Demand {
        let mut words = Words::default();
        let mut rare = false;
        for language in &vacancy.languages {
            let packed = PACKED_LANGUAGES
                .iter()
                .position(|known| *known == language.language);
            match packed {
                Some(at) => {
                    let field = Field::language(at, language.modality.position());
                    // A modality demanded twice is packed at the highest level.
                    let rank = language.at_start.rank();
                    let more = rank.saturating_sub(field.get(words.levels));
                    words.levels += u64::from(more) << field.shift;
                }
                None => rare |= language.at_start > LanguageLevel::None,
            }
        }
        if let Some(hours) = vacancy.hours {
            Field::HOURS.put(&mut words.levels, hours.number());
        }
        if let Some(qualification) = &vacancy.qualification {
            rare |= pack_qualification(qualification, &mut words.levels);
        }
        Field::PERMISSION.put(&mut words.levels, vacancy.permission as u8);
        Field::LEARNING.put(&mut words.levels, u8::from(vacancy.asks_learning()));
        for licence in &vacancy.licences {
            match licences.bit(licence) {
                Some(bit) => words.licences |= bit,
                None => rare = true,
            }
        }
        words.calendar = u64::from(vacancy.day_parts.bits());
        if let Some(day) = vacancy.start_by {
            words.calendar |= u64::from(earliness(day)) << START_SHIFT;
        }
        if rare {
            words.calendar |= RARE;
        }
        Demand(words)
    }
}

/// The fields in which an offer falls short of a demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shortfall {
    /// Guard bits of the fields of the first word.
    pub(crate) levels: u64,
    /// Missing licences.
    pub(crate) licences: u64,
    /// Missing parts of the week.
    pub(crate) day_parts: u32,
    /// [`START_GUARD`] if the first day is too late.
    pub(crate) start: u64,
}

/// Whether the packed fields of an offer meet those of a demand.
#[inline]
pub(crate) fn meets(offer: &Offer, demand: &Demand) -> bool {
    let short = shortfall(offer, demand);
    short.levels | short.licences | u64::from(short.day_parts) | short.start == 0
}

/// In which packed fields an offer falls short of a demand.
#[inline]
pub(crate) fn shortfall(Offer(offer): &Offer, Demand(demand): &Demand) -> Shortfall {
    let levels = (offer.levels | GUARDS).wrapping_sub(demand.levels) & GUARDS;
    let start = ((offer.calendar & START_MASK) | START_GUARD)
        .wrapping_sub(demand.calendar & START_MASK)
        & START_GUARD;
    Shortfall {
        levels: levels ^ GUARDS,
        licences: demand.licences & !offer.licences,
        day_parts: (demand.calendar & !offer.calendar & PARTS) as u32,
        start: start ^ START_GUARD,
    }
}

/// Whether a pair has constraints that the words do not hold.
#[inline]
pub(crate) fn is_rare(offer: &Offer, demand: &Demand) -> bool {
    (offer.0.calendar | demand.0.calendar) & RARE != 0
}

/// The earlier the day, the higher the number, so that earlier is better in a comparison.
fn earliness(day: StartDay) -> u16 {
    START_BEST - day.number()
}

fn pack_languages(candidate: &CandidateFeatures) -> u64 {
    let mut levels = 0;
    for (at, language) in PACKED_LANGUAGES.into_iter().enumerate() {
        for modality in Modality::ALL {
            let level = match &candidate.languages {
                Answer::Known(languages) => languages.level(language, modality),
                Answer::Unknown => Answer::Unknown,
            };
            let level = level.known().copied().unwrap_or(LanguageLevel::C2);
            Field::language(at, modality.position()).put(&mut levels, level.rank());
        }
    }
    levels
}

fn pack_levels(candidate: &CandidateFeatures, levels: &mut u64) {
    let mut put = |field: Field, known: Option<u8>, best: u8| {
        field.put(levels, known.unwrap_or(best));
    };
    let hours = candidate.hours.known().map(|hours| hours.number());
    put(Field::HOURS, hours, MOST_HOURS);
    let held = candidate.qualifications.known();
    let from = |least| held.map(|held| level_from(held, least).number());
    let highest = QualificationLevel::HIGHEST.number();
    put(Field::BY_LAW, from(Recognition::Recognised), highest);
    // A pending recognition may be granted, so to an employer who merely asks it is unknown.
    put(Field::ASKED, from(Recognition::Pending), highest);
    let permission = candidate.permission.known().map(|p| *p as u8);
    put(Field::PERMISSION, permission, WorkPermission::Free as u8);
    let ready = candidate.readiness.known();
    let ready = ready.map(|ready| u8::from(*ready == Readiness::Ready));
    put(Field::LEARNING, ready, 1);
}

const MOST_HOURS: u8 = WeeklyHours::MOST.number();

/// Packs the level; whether the field of education must be judged apart is the answer.
fn pack_qualification(demand: &QualificationDemand, levels: &mut u64) -> bool {
    let field = match demand.basis {
        QualificationBasis::ByLaw => Field::BY_LAW,
        QualificationBasis::Asked => Field::ASKED,
        QualificationBasis::ExperienceSuffices => return false,
    };
    field.put(levels, demand.level.number());
    demand.field.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_guards_do_not_overlap() {
        let mut fields = vec![
            Field::HOURS,
            Field::BY_LAW,
            Field::ASKED,
            Field::PERMISSION,
            Field::LEARNING,
        ];
        fields.extend((0..8).map(|at| Field::language(at / 4, at % 4)));
        let mut used = 0u64;
        for field in fields {
            let bits = ((1u64 << field.width) - 1) << field.shift | field.guard();
            assert_eq!(used & bits, 0, "{field:?}");
            used |= bits;
        }
        assert_eq!(used, u64::MAX);
        assert_eq!(PARTS & (START_MASK | START_GUARD | RARE), 0);
    }

    #[test]
    fn the_latest_day_fits() {
        assert_eq!(StartDay::LAST.number(), START_BEST);
    }
}
