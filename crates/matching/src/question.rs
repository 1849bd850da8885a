//! Which question is worth asking: the unknown answers on which open vacancies depend.
//!
//! An unknown answer closes nothing, so a list can hold vacancies that turn out not to fit.
//! A question settles a vacancy if its answer is the only thing that is not known.

use std::collections::BTreeMap;

use domain::language::Language;
use serde::Serialize;

use crate::constraint::{Outcome, Subject, visit};
use crate::features::{CandidateFeatures, VacancyFeatures};
use crate::index::{Kernel, VacancyIndex};
use crate::topk::open_vacancies;

/// Something that can be asked in one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case", tag = "question")]
pub enum Question {
    /// How well the candidate commands a language.
    Language {
        /// Which one.
        language: Language,
    },
    /// What the candidate learned, and whether it is recognised.
    Qualifications,
    /// Which licences and certificates the candidate has.
    Licences,
    /// How many hours a week.
    Hours,
    /// Which parts of the week.
    DayParts,
    /// Where the candidate can get.
    Reach,
    /// What must be arranged before the candidate may work.
    Permission,
    /// From when.
    Start,
    /// Whether the candidate wants to learn on the job.
    Readiness,
}

/// What an answer would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Resolves {
    /// Vacancies for which it is the only unknown.
    pub settles: u32,
    /// Vacancies for which it is one of the unknowns, those it settles included.
    pub touches: u32,
}

/// A question with what its answer would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// The question.
    #[serde(flatten)]
    pub question: Question,
    /// What its answer would do.
    #[serde(flatten)]
    pub resolves: Resolves,
}

/// The questions that are open for one pair, each once, in order.
#[must_use]
pub fn open_questions(candidate: &CandidateFeatures, vacancy: &VacancyFeatures) -> Vec<Question> {
    let mut questions = Vec::new();
    visit(candidate, vacancy, &mut |finding| {
        if finding.outcome == Outcome::Unknown {
            questions.push(question(finding.subject));
        }
    });
    questions.sort_unstable();
    questions.dedup();
    questions
}

/// The questions to each candidate about open vacancies of at least `threshold` points of score,
/// the one that settles most first, then the one that touches most.
#[must_use]
pub fn questions(
    index: &VacancyIndex,
    candidates: &[CandidateFeatures],
    threshold: u16,
    kernel: Kernel,
) -> Vec<Vec<Asked>> {
    let open = open_vacancies(index, candidates, threshold, kernel);
    let ask = |(candidate, open): (&CandidateFeatures, &Vec<_>)| {
        let mut counts = BTreeMap::<Question, Resolves>::new();
        for ranked in open {
            let ranked: &crate::topk::Ranked = ranked;
            let vacancy = &index.vacancies()[ranked.document as usize];
            let questions = open_questions(candidate, vacancy.features());
            for question in &questions {
                let count = counts.entry(*question).or_default();
                count.touches += 1;
                count.settles += u32::from(questions.len() == 1);
            }
        }
        most_first(counts)
    };
    candidates.iter().zip(&open).map(ask).collect()
}

/// The same for a caseload: the sums over its candidates.
#[must_use]
pub fn caseload_questions(of_candidates: &[Vec<Asked>]) -> Vec<Asked> {
    let mut counts = BTreeMap::<Question, Resolves>::new();
    for asked in of_candidates.iter().flatten() {
        let count = counts.entry(asked.question).or_default();
        count.settles += asked.resolves.settles;
        count.touches += asked.resolves.touches;
    }
    most_first(counts)
}

fn most_first(counts: BTreeMap<Question, Resolves>) -> Vec<Asked> {
    let asked = |(question, resolves)| Asked { question, resolves };
    let mut questions: Vec<Asked> = counts.into_iter().map(asked).collect();
    // The sort is stable, so equal questions keep their fixed order.
    questions.sort_by_key(|asked| {
        let resolves = asked.resolves;
        std::cmp::Reverse((resolves.settles, resolves.touches))
    });
    questions
}

fn question(subject: Subject) -> Question {
    match subject {
        Subject::Language(language, _) => Question::Language { language },
        Subject::Qualification => Question::Qualifications,
        Subject::Licence(_) => Question::Licences,
        Subject::Hours => Question::Hours,
        Subject::DayParts => Question::DayParts,
        Subject::Place => Question::Reach,
        Subject::Permission => Question::Permission,
        Subject::Start => Question::Start,
        Subject::Learning => Question::Readiness,
    }
}
