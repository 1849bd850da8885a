//! Laws that hold for every pair, and the questions that follow from unknown answers.

use std::collections::BTreeMap;

use matching::constraint::{Outcome, admits};
use matching::credit::{Credits, Reason};
use matching::features::{Answer, Evidence, HeldSkill, HeldSkills, SkillLevel};
use matching::index::{Kernel, VacancyIndex};
use matching::pair::{assess, score};
use matching::question::{Question, open_questions, questions};
use matching::vacancy::Vacancy;
use matching::wish::WishLeaf;
use proptest::prelude::*;

use crate::cases::{Case, Nearness};

proptest! {
    #[test]
    fn leaves_add_up_to_the_score_and_weights_to_a_thousand(seed: u64) {
        let case = Case::roll(seed, Nearness::Near);
        for candidate in case.candidates.iter() {
            for vacancy in case.vacancies.iter() {
                let found = assess(candidate, vacancy, &case.yardstick);
                let leaves: u16 = found.leaves().map(|leaf| leaf.points).sum();
                let weights: u16 = found.leaves().map(|leaf| leaf.weight).sum();
                let wishes: u16 = found.wishes.iter().map(WishLeaf::points).sum();
                prop_assert_eq!(leaves, found.score);
                prop_assert_eq!(weights, 1000);
                let used: u16 = found.used.iter().map(|leaf| leaf.points).sum();
                prop_assert_eq!(found.rank_points, found.score + used + wishes);
                prop_assert_eq!(found.is_open(), admits(candidate, vacancy.features()));
            }
        }
    }

    #[test]
    fn one_more_skill_never_lowers_a_score(seed: u64, skill in 0u32..14) {
        let case = Case::roll(seed, Nearness::Near);
        let credits = |skills: &HeldSkills| {
            let yardstick = &case.yardstick;
            Credits::of(skills, yardstick.neighbourhood(), yardstick.configuration())
        };
        for candidate in case.candidates.iter() {
            let more = candidate.skills.iter().copied().chain([HeldSkill {
                skill: matching::features::SkillId(skill),
                level: Some(SkillLevel::Expert),
                evidence: Evidence::Assessed,
            }]);
            let more = HeldSkills::new(more.collect()).unwrap();
            let (before, after) = (credits(&candidate.skills), credits(&more));
            for vacancy in case.vacancies.iter() {
                prop_assert!(score(&before, vacancy) <= score(&after, vacancy));
            }
        }
    }

    #[test]
    fn near_skills_give_less_than_exact_ones(seed: u64) {
        let case = Case::roll(seed, Nearness::Near);
        let configuration = case.yardstick.configuration();
        for candidate in case.candidates.iter() {
            let neighbourhood = case.yardstick.neighbourhood();
            for row in Credits::of(&candidate.skills, neighbourhood, configuration).iter() {
                let full = matches!(row.reason, Reason::Exact | Reason::Narrower);
                prop_assert_eq!(row.credit == 16, full);
            }
        }
    }

    #[test]
    fn an_unknown_answer_closes_nothing_and_is_a_question(seed: u64) {
        let case = Case::roll(seed, Nearness::Alone);
        for candidate in case.candidates.iter() {
            let mut asked = candidate.clone();
            asked.hours = Answer::Unknown;
            for vacancy in case.vacancies.iter().map(Vacancy::features) {
                prop_assert!(!admits(candidate, vacancy) || admits(&asked, vacancy));
                let open = open_questions(&asked, vacancy).contains(&Question::Hours);
                prop_assert_eq!(open, vacancy.hours.is_some());
            }
        }
    }

    #[test]
    fn questions_count_the_unknowns_of_open_vacancies(seed: u64, segment in 1usize..40) {
        let case = Case::roll(seed, Nearness::Near);
        let index =
            VacancyIndex::build_with(case.vacancies.clone(), case.yardstick.clone(), segment);
        let fast = questions(&index, &case.candidates, 300, Kernel::widest());
        for (candidate, fast) in case.candidates.iter().zip(fast) {
            let mut naive = BTreeMap::<Question, (u32, u32)>::new();
            for vacancy in case.vacancies.iter() {
                let found = assess(candidate, vacancy, &case.yardstick);
                if !found.is_open() || found.score < 300 {
                    continue;
                }
                let unknown = open_questions(candidate, vacancy.features());
                let findings = found.open_questions().count();
                prop_assert!(findings >= unknown.len());
                prop_assert!(found.constraints.iter().all(|f| f.outcome != Outcome::Unknown)
                    == unknown.is_empty());
                for question in &unknown {
                    let count = naive.entry(*question).or_default();
                    count.0 += u32::from(unknown.len() == 1);
                    count.1 += 1;
                }
            }
            prop_assert!(fast.is_sorted_by_key(|asked| std::cmp::Reverse(asked.resolves.settles)));
            let fast: BTreeMap<Question, (u32, u32)> = fast
                .iter()
                .map(|a| (a.question, (a.resolves.settles, a.resolves.touches)))
                .collect();
            prop_assert_eq!(fast, naive);
        }
    }
}
