//! The levers of one pass equal what trying every change gives.
#![expect(
    clippy::unwrap_used,
    reason = "a case that cannot be made is a failed test"
)]

use std::collections::BTreeMap;

use domain::level::LanguageLevel;
use domain::placement::{Modality, Recognition};
use matching::constraint::{Remedy, admits};
use matching::credit::Credits;
use matching::features::{Answer, CandidateFeatures, LanguageCommand, Languages, VacancyFeatures};
use matching::index::{CandidateIndex, Document, Grouping, Kernel, VacancyIndex};
use matching::levers::{
    Barrier, CandidateLevers, Lever, LeverCount, LeverQuestion, Relaxed, barriers,
    candidate_levers, group_levers, vacancy_costs,
};
use matching::pair::{points, score};
use matching::vacancy::Vacancy;
use proptest::prelude::*;

use crate::cases::{Case, Nearness};

const QUESTION: LeverQuestion = LeverQuestion {
    threshold: 300,
    examples: 3,
    pairs: 10_000,
};

fn credits(case: &Case, candidate: &CandidateFeatures) -> Credits {
    let yardstick = &case.yardstick;
    Credits::of(
        &candidate.skills,
        yardstick.neighbourhood(),
        yardstick.configuration(),
    )
}

/// The levers that could take these barriers away.
fn openers(barriers: &[Barrier]) -> Vec<Lever> {
    let [only] = barriers else { return Vec::new() };
    match *only {
        Barrier::Language { language, to, only } => {
            let whole = Lever::Language { language, to };
            let part = only.map(|modality| Lever::Modality {
                language,
                modality,
                to,
            });
            std::iter::once(whole).chain(part).collect()
        }
        Barrier::Qualification { to, remedy } => {
            let recognition = (remedy == Remedy::Recognition).then_some(Lever::Recognition);
            recognition
                .into_iter()
                .chain([Lever::Qualification { to }])
                .collect()
        }
        Barrier::Licence(licence) => vec![Lever::Licence { licence }],
        Barrier::Hours(to) => vec![Lever::Hours { to }],
        Barrier::DayParts(missing) => {
            let one = (missing.len() == 1).then(|| missing.iter().next().unwrap());
            let one = one.map(|part| Lever::DayPart { part });
            one.into_iter().chain([Lever::DayParts]).collect()
        }
        Barrier::Travel(region) => vec![Lever::Travel, Lever::TravelTo { region }],
        Barrier::Permission(to) => vec![Lever::Permission { to }],
        Barrier::Start => vec![Lever::Start],
        Barrier::Learning => vec![Lever::Learning],
    }
}

/// Whether a lever includes another of the same kind at a lower step.
fn includes(wide: &Lever, narrow: &Lever) -> bool {
    match (wide, narrow) {
        (
            Lever::Language { language: a, to },
            Lever::Language {
                language: b,
                to: low,
            },
        ) => a == b && to >= low,
        (
            Lever::Modality {
                language: a,
                modality: m,
                to,
            },
            Lever::Modality {
                language: b,
                modality: n,
                to: low,
            },
        ) => a == b && m == n && to >= low,
        (Lever::Qualification { to }, Lever::Qualification { to: low }) => to >= low,
        (Lever::Hours { to }, Lever::Hours { to: low }) => to >= low,
        (Lever::Permission { to }, Lever::Permission { to: low }) => to >= low,
        (wide, narrow) => wide == narrow,
    }
}

fn naive(case: &Case, candidate: &CandidateFeatures) -> CandidateLevers {
    let credits = credits(case, candidate);
    let mut exact: Vec<(Lever, u16, Document)> = Vec::new();
    let mut open_now = 0;
    for (document, vacancy) in case.vacancies.iter().enumerate() {
        let (document, score) = (document as Document, score(&credits, vacancy));
        let between = barriers(candidate, vacancy.features());
        if score >= QUESTION.threshold {
            open_now += u32::from(between.is_empty());
            exact.extend(openers(&between).into_iter().map(|l| (l, score, document)));
        } else if between.is_empty() {
            for (at, demand) in vacancy.features().skills.iter().enumerate() {
                let steps = vacancy
                    .steps()
                    .iter()
                    .filter(|s| usize::from(s.demand) == at);
                let more: u16 = steps.map(|s| s.weight - points(&credits, s)).sum();
                if score + more >= QUESTION.threshold {
                    let skill = demand.skill;
                    exact.push((Lever::Skill { skill }, score, document));
                }
            }
        }
    }
    let mut kinds: Vec<Lever> = exact.iter().map(|(lever, ..)| *lever).collect();
    kinds.sort();
    kinds.dedup();
    let levers = kinds.into_iter().map(|lever| {
        let mut opens: Vec<_> = exact.iter().filter(|e| includes(&lever, &e.0)).collect();
        opens.sort_by_key(|(_, score, document)| (std::cmp::Reverse(*score), *document));
        LeverCount {
            lever,
            opens: opens.len() as u32,
            examples: opens.iter().take(3).map(|e| e.2).collect(),
        }
    });
    CandidateLevers {
        open_now,
        levers: levers.collect(),
        pairs: Vec::new(),
    }
}

/// How many vacancies need exactly these two barriers gone, by the widest lever of each.
fn naive_pairs(case: &Case, candidate: &CandidateFeatures) -> BTreeMap<[Lever; 2], u32> {
    let credits = credits(case, candidate);
    let whole = |barrier: &Barrier| {
        let all = openers(std::slice::from_ref(barrier));
        let whole = all.into_iter().find(|lever| {
            !matches!(
                lever,
                Lever::Modality { .. } | Lever::DayPart { .. } | Lever::Recognition
            )
        });
        whole.unwrap()
    };
    let mut exact: Vec<[Lever; 2]> = Vec::new();
    for vacancy in case.vacancies.iter() {
        if score(&credits, vacancy) >= QUESTION.threshold
            && let [one, other] = barriers(candidate, vacancy.features())[..]
        {
            let mut levers = [whole(&one), whole(&other)];
            levers.sort();
            exact.push(levers);
        }
    }
    let both = |wide: &[Lever; 2], narrow: &[Lever; 2]| {
        includes(&wide[0], &narrow[0]) && includes(&wide[1], &narrow[1])
    };
    exact
        .iter()
        .map(|pair| {
            let opens = exact.iter().filter(|narrow| both(pair, narrow)).count();
            (*pair, opens as u32)
        })
        .collect()
}

fn open_at(case: &Case, candidate: &CandidateFeatures) -> u32 {
    let credits = credits(case, candidate);
    let open = |vacancy: &&Vacancy| {
        score(&credits, vacancy) >= QUESTION.threshold && admits(candidate, vacancy.features())
    };
    case.vacancies.iter().filter(open).count() as u32
}

/// The candidate after a change that a lever stands for, for the levers that are a plain change.
fn changed(candidate: &CandidateFeatures, lever: &Lever) -> Option<CandidateFeatures> {
    let mut changed = candidate.clone();
    match lever {
        Lever::Language { language, to } => {
            let Answer::Known(languages) = &candidate.languages else {
                return None;
            };
            let raise = |modality: Modality| match languages.level(*language, modality) {
                Answer::Known(level) => Answer::Known(level.max(*to)),
                Answer::Unknown => Answer::Unknown,
            };
            let raised = LanguageCommand {
                language: *language,
                levels: Modality::ALL.map(raise),
            };
            let others = languages.iter().copied();
            changed.languages = Answer::Known(Languages::new(
                std::iter::once(raised).chain(others).collect(),
            ));
        }
        Lever::Licence { licence } => match &mut changed.licences {
            Answer::Known(held) => held.push(*licence),
            Answer::Unknown => return None,
        },
        Lever::Hours { to } => changed.hours = Answer::Known(*to),
        Lever::Permission { to } => changed.permission = Answer::Known(*to),
        Lever::Recognition => match &mut changed.qualifications {
            Answer::Known(held) => held
                .iter_mut()
                .for_each(|one| one.recognition = Recognition::Recognised),
            Answer::Unknown => return None,
        },
        _ => return None,
    }
    Some(changed)
}

/// A vacancy after a relaxation, for those that are a plain change.
fn relaxed(vacancy: &Vacancy, relaxed: &Relaxed) -> Option<VacancyFeatures> {
    let mut features = vacancy.features().clone();
    match relaxed {
        Relaxed::Language { language, to } => features
            .languages
            .iter_mut()
            .filter(|demand| demand.language == *language)
            .for_each(|demand| demand.at_start = demand.at_start.min(*to)),
        Relaxed::Qualification => features.qualification = None,
        Relaxed::Licence { licence } => features.licences.retain(|held| held != licence),
        Relaxed::Hours => features.hours = None,
        Relaxed::DayParts => features.day_parts = Default::default(),
        Relaxed::Place => features.place = None,
        Relaxed::Permission => {
            features.permission = domain::placement::WorkPermission::NotAllowed;
        }
        Relaxed::Start => features.start_by = None,
        Relaxed::Learning | Relaxed::Skill { .. } => return None,
    }
    Some(features)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn relaxing_a_demand_gains_exactly_what_it_cost(seed: u64, segment in 1usize..40) {
        let case = Case::roll(seed, Nearness::Near);
        let index = CandidateIndex::build_with(
            case.candidates.clone(),
            case.yardstick.clone(),
            Grouping::Together,
            segment,
        );
        let threshold = QUESTION.threshold;
        let fast = vacancy_costs(&index, &case.vacancies, threshold, Kernel::widest());
        for (vacancy, costs) in case.vacancies.iter().zip(fast) {
            let scores: Vec<u16> = case
                .candidates
                .iter()
                .map(|candidate| score(&credits(&case, candidate), vacancy))
                .collect();
            let fit = |features: &VacancyFeatures| {
                let good = case.candidates.iter().zip(&scores);
                good.filter(|(c, s)| **s >= threshold && admits(c, features)).count() as u32
            };
            prop_assert_eq!(costs.fit_now, fit(vacancy.features()));
            for cost in &costs.costs {
                if let Some(features) = relaxed(vacancy, &cost.relaxed)
                    // Learning is asked for the sake of the language, so it goes with it.
                    && features.asks_learning() == vacancy.features().asks_learning()
                {
                    prop_assert_eq!(fit(&features), costs.fit_now + cost.candidates);
                }
                if let Relaxed::Skill { skill } = cost.relaxed {
                    let gained = case.candidates.iter().zip(&scores).filter(|(c, s)| {
                        let credits = credits(&case, c);
                        let steps = vacancy.steps().iter().filter(|step| step.skill == skill);
                        let more: u16 = steps.map(|s| s.weight - points(&credits, s)).sum();
                        admits(c, vacancy.features())
                            && **s < threshold
                            && **s + more >= threshold
                    });
                    prop_assert_eq!(gained.count() as u32, cost.candidates);
                }
            }
        }
    }

    #[test]
    fn a_group_is_the_sum_of_its_members(seed: u64) {
        let case = Case::roll(seed, Nearness::Near);
        let index = VacancyIndex::build(case.vacancies.clone(), case.yardstick.clone());
        let members = candidate_levers(&index, &case.candidates, &QUESTION, Kernel::widest());
        let group = group_levers(members.iter());
        for count in &group.levers {
            // The best a member has of this lever, at this step or a lower one.
            let best = |member: &&CandidateLevers| {
                let lower = member.levers.iter().filter(|l| includes(&count.lever, &l.lever));
                lower.map(|l| l.opens).max().unwrap_or(0)
            };
            let opens: Vec<u32> = members.iter().map(|m| best(&m)).collect();
            prop_assert_eq!(count.opens, opens.iter().copied().map(u64::from).sum::<u64>());
            prop_assert_eq!(count.candidates, opens.iter().filter(|o| **o > 0).count() as u32);
        }
    }

    #[test]
    fn one_pass_equals_trying_everything(
        seed: u64,
        near in prop_oneof![Just(Nearness::Alone), Just(Nearness::Near)],
        segment in 1usize..40,
    ) {
        let case = Case::roll(seed, near);
        let index =
            VacancyIndex::build_with(case.vacancies.clone(), case.yardstick.clone(), segment);
        for kernel in Kernel::available() {
            let fast = candidate_levers(&index, &case.candidates, &QUESTION, kernel);
            for (candidate, fast) in case.candidates.iter().zip(fast) {
                let pairs: BTreeMap<[Lever; 2], u32> = fast
                    .pairs
                    .iter()
                    .map(|pair| {
                        let mut levers = pair.levers;
                        levers.sort();
                        (levers, pair.opens)
                    })
                    .collect();
                prop_assert_eq!(&pairs, &naive_pairs(&case, candidate));
                let singles = CandidateLevers { pairs: Vec::new(), ..fast };
                prop_assert_eq!(&singles, &naive(&case, candidate));
            }
        }
    }

    #[test]
    fn making_the_change_opens_exactly_what_the_lever_counted(seed: u64) {
        let case = Case::roll(seed, Nearness::Near);
        let index = VacancyIndex::build(case.vacancies.clone(), case.yardstick.clone());
        let fast = candidate_levers(&index, &case.candidates, &QUESTION, Kernel::widest());
        for (candidate, levers) in case.candidates.iter().zip(fast) {
            prop_assert_eq!(open_at(&case, candidate), levers.open_now);
            for count in &levers.levers {
                if let Some(changed) = changed(candidate, &count.lever) {
                    let now = open_at(&case, &changed);
                    prop_assert_eq!(now, levers.open_now + count.opens, "{:?}", count.lever);
                }
            }
        }
    }

    #[test]
    fn a_higher_level_never_closes_a_vacancy(seed: u64) {
        let case = Case::roll(seed, Nearness::Near);
        for candidate in case.candidates.iter() {
            let language = domain::language::Language::NL;
            let lever = Lever::Language { language, to: LanguageLevel::C1 };
            if let Some(raised) = changed(candidate, &lever) {
                for vacancy in case.vacancies.iter().map(Vacancy::features) {
                    prop_assert!(!admits(candidate, vacancy) || admits(&raised, vacancy));
                }
            }
        }
    }
}
