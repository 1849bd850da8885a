//! Small random cases: few skills, regions and licences, so that everything meets everything.
#![expect(
    clippy::unwrap_used,
    reason = "a case that cannot be made is a failed test"
)]

use std::sync::Arc;

use domain::availability::{DayParts, StartDay, WeeklyHours};
use domain::isco::IscoCode;
use domain::language::Language;
use domain::level::{LanguageLevel, Nlqf};
use domain::placement::{Modality, PlaceKind, Recognition, WorkPermission};
use matching::configuration::Configuration;
use matching::credit::{Covering, Neighbourhood, Reason};
use matching::features::*;
use matching::vacancy::Vacancy;
use matching::yardstick::Yardstick;

/// A small generator of numbers (splitmix64): the same seed gives the same case everywhere.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.roll() % end
    }

    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize]
    }

    fn some<T>(&mut self, percent: u64, make: impl FnOnce(&mut Dice) -> T) -> Option<T> {
        self.chance(percent).then(|| make(self))
    }

    fn answer<T>(&mut self, make: impl FnOnce(&mut Dice) -> T) -> Answer<T> {
        self.some(80, make).into()
    }

    fn many<T>(&mut self, most: u64, mut make: impl FnMut(&mut Dice) -> T) -> Vec<T> {
        (0..self.below(most + 1)).map(|_| make(self)).collect()
    }
}

const SKILLS: u64 = 14;
const LANGUAGES: [Language; 3] = [Language::NL, Language::EN, Language::AR];
const PERMISSIONS: [WorkPermission; 4] = [
    WorkPermission::NotAllowed,
    WorkPermission::PermitNeeded,
    WorkPermission::NotificationNeeded,
    WorkPermission::Free,
];

/// A case: both sides and what they are measured with.
pub(crate) struct Case {
    pub(crate) candidates: Arc<[CandidateFeatures]>,
    pub(crate) vacancies: Arc<[Vacancy]>,
    pub(crate) yardstick: Arc<Yardstick>,
}

/// How near skills are in a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nearness {
    /// Every skill is alone.
    Alone,
    /// Skills cover each other in part.
    Near,
}

impl Case {
    pub(crate) fn roll(seed: u64, nearness: Nearness) -> Case {
        let mut dice = Dice(seed);
        let yardstick = Arc::new(yardstick(&mut dice, nearness));
        let (candidates, vacancies) = (10 + dice.below(40), 10 + dice.below(60));
        Case {
            candidates: (0..candidates).map(|_| candidate(&mut dice)).collect(),
            vacancies: (0..vacancies)
                .map(|_| vacancy(&mut dice, &yardstick))
                .collect(),
            yardstick,
        }
    }

    /// A case with hundreds of vacancies that demand skills and nothing else.
    pub(crate) fn crowd(seed: u64) -> Case {
        let mut dice = Dice(seed);
        let yardstick = Arc::new(yardstick(&mut dice, Nearness::Near));
        let mut open = || {
            let skills = vacancy(&mut dice, &yardstick).features().skills.clone();
            Vacancy::weigh(VacancyFeatures::with_skills(skills), &yardstick).unwrap()
        };
        Case {
            vacancies: (0..300).map(|_| open()).collect(),
            candidates: (0..8).map(|_| candidate(&mut dice)).collect(),
            yardstick,
        }
    }
}

fn yardstick(dice: &mut Dice, nearness: Nearness) -> Yardstick {
    let reasons = [
        Reason::Narrower,
        Reason::Broader,
        Reason::Sibling,
        Reason::Related,
    ];
    let coverings = dice.many(40, |dice| Covering {
        held: SkillId(dice.below(SKILLS) as u32),
        demanded: SkillId(dice.below(SKILLS) as u32),
        reason: dice.pick(&reasons),
    });
    let neighbourhood = match nearness {
        Nearness::Alone => Neighbourhood::default(),
        Nearness::Near => Neighbourhood::new(coverings),
    };
    let group = |dice: &mut Dice| -> Option<IscoCode> {
        dice.some(80, |dice| {
            let digits = 1 + dice.below(4) as usize;
            let code = format!("{}", 1111 + dice.below(3) + 10 * dice.below(3));
            code[..digits].parse().unwrap()
        })
    };
    Yardstick::plain(Configuration::current())
        .with_neighbourhood(neighbourhood)
        .with_telling((0..SKILLS).map(|_| 1 + dice.below(300) as u32).collect())
        .with_groups((0..6).map(|_| group(dice)).collect())
}

fn level(dice: &mut Dice) -> LanguageLevel {
    LanguageLevel::ALL[dice.below(10) as usize]
}

fn skill_level(dice: &mut Dice) -> Option<SkillLevel> {
    dice.some(50, |dice| dice.pick(&SkillLevel::ALL))
}

fn licence(dice: &mut Dice) -> domain::code::Licence {
    // More licences than there are bits for, but a few are frequent.
    let number = if dice.chance(70) {
        dice.below(4)
    } else {
        dice.below(90)
    };
    format!("L{number}").parse().unwrap()
}

fn field(dice: &mut Dice) -> Option<domain::code::EducationField> {
    dice.some(40, |dice| dice.pick(&["09", "0913", "07", "0732"]))
        .map(|code| code.parse().unwrap())
}

fn region(dice: &mut Dice) -> domain::code::Region {
    format!("R{}", dice.below(4)).parse().unwrap()
}

fn municipality(dice: &mut Dice) -> domain::code::Municipality {
    format!("M{}", dice.below(3)).parse().unwrap()
}

fn day(dice: &mut Dice) -> StartDay {
    format!("2026-0{}-15", 1 + dice.below(9)).parse().unwrap()
}

fn day_parts(dice: &mut Dice, sparse: u64) -> DayParts {
    let bits = (0..sparse).fold(u64::MAX, |bits, _| bits & dice.roll());
    DayParts::from_bits(bits as u32)
}

pub(crate) fn candidate(dice: &mut Dice) -> CandidateFeatures {
    let skills = dice.many(8, |dice| HeldSkill {
        skill: SkillId(dice.below(SKILLS) as u32),
        level: skill_level(dice),
        evidence: Evidence::Stated,
    });
    let languages = |dice: &mut Dice| {
        Languages::new(dice.many(3, |dice| LanguageCommand {
            language: dice.pick(&LANGUAGES),
            levels: [(); 4].map(|()| dice.answer(level)),
        }))
    };
    let qualification = |dice: &mut Dice| Qualification {
        level: Nlqf::new(1 + dice.below(8) as u8).unwrap(),
        recognition: dice.pick(&[
            Recognition::NotRecognised,
            Recognition::Pending,
            Recognition::Recognised,
        ]),
        field: field(dice),
    };
    let reach = |dice: &mut Dice| {
        let reach = Reach::regions(dice.many(3, region));
        match dice.some(30, |dice| dice.many(2, municipality)) {
            Some(within) => reach.within(within),
            None => reach,
        }
    };
    CandidateFeatures {
        skills: HeldSkills::new(skills).unwrap(),
        languages: dice.answer(languages),
        qualifications: dice.answer(|dice| dice.many(2, qualification)),
        licences: dice.answer(|dice| dice.many(4, licence)),
        hours: dice.answer(|dice| WeeklyHours::new(dice.below(41) as i64).unwrap()),
        day_parts: dice.answer(|dice| DayParts::ALL.without(day_parts(dice, 3))),
        reach: dice.answer(reach),
        permission: dice.answer(|dice| dice.pick(&PERMISSIONS)),
        start: dice.answer(day),
        readiness: dice.answer(|dice| dice.pick(&[Readiness::Ready, Readiness::NotReady])),
        wishes: Wishes {
            occupations: dice.many(2, |dice| OccupationId(dice.below(6) as u32)),
            sectors: dice.many(1, |dice| dice.pick(&["A", "Q"]).parse().unwrap()),
            kinds: dice.many(2, |dice| dice.pick(&PlaceKind::ALL)),
        },
    }
}

pub(crate) fn vacancy(dice: &mut Dice, yardstick: &Yardstick) -> Vacancy {
    let mut skills: Vec<SkillDemand> = (0..SKILLS as u32)
        .filter(|_| dice.chance(35))
        .map(SkillId)
        .collect::<Vec<_>>()
        .into_iter()
        .map(|skill| SkillDemand {
            skill,
            level: skill_level(dice),
            importance: dice.pick(&Importance::ALL),
            moment: dice.pick(&[Moment::AtStart, Moment::AtStart, Moment::LearnedHere]),
        })
        .collect();
    if skills.is_empty() {
        skills.push(SkillDemand {
            skill: SkillId(0),
            level: None,
            importance: Importance::Essential,
            moment: Moment::AtStart,
        });
    }
    let language = |dice: &mut Dice| LanguageDemand {
        language: dice.pick(&LANGUAGES),
        modality: dice.pick(&Modality::ALL),
        at_start: dice.pick(&LanguageLevel::ALL[..6]),
        after_a_year: level(dice),
    };
    let mut features = VacancyFeatures::with_skills(skills);
    features.languages = dice.many(3, language);
    features.languages.sort_by_key(|l| (l.language, l.modality));
    features
        .languages
        .dedup_by_key(|l| (l.language, l.modality));
    features.qualification = dice.some(40, |dice| QualificationDemand {
        level: Nlqf::new(1 + dice.below(5) as u8).unwrap(),
        basis: dice.pick(&[
            QualificationBasis::ByLaw,
            QualificationBasis::Asked,
            QualificationBasis::ExperienceSuffices,
        ]),
        field: field(dice),
    });
    features.licences = dice
        .some(30, |dice| dice.many(2, licence))
        .unwrap_or_default();
    features.licences.sort_unstable();
    features.licences.dedup();
    features.hours = dice.some(60, |dice| WeeklyHours::new(dice.below(33) as i64).unwrap());
    features.day_parts = dice.some(40, |dice| day_parts(dice, 4)).unwrap_or_default();
    features.place = dice.some(85, |dice| Workplace {
        region: region(dice),
        municipality: dice.some(50, municipality),
    });
    features.permission = dice.pick(&PERMISSIONS[..3]);
    features.start_by = dice.some(30, day);
    features.kind = dice.pick(&PlaceKind::ALL);
    features.occupation = dice.some(70, |dice| OccupationId(dice.below(6) as u32));
    features.sector = dice.some(50, |dice| dice.pick(&["A", "Q"]).parse().unwrap());
    Vacancy::weigh(features, yardstick).unwrap()
}
