//! Exact constrained matching on a workload: top ten, levers, and the other direction.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use clap::{Args, ValueEnum};
use domain::availability::WeeklyHours;
use domain::language::Language;
use domain::placement::QualificationLevel;
use matching::configuration::{Configuration, RankPoints};
use matching::features::{CandidateFeatures, SkillId};
use matching::index::{CandidateIndex, Grouping, Kernel, VacancyIndex};
use matching::levers::{CandidateLevers, Lever, LeverQuestion, candidate_levers};
use matching::topk::{Ranked, best_candidates, best_vacancies};
use matching::vacancy::Vacancy;
use matching::yardstick::Yardstick;
use serde::Serialize;

use crate::clock::Clock;
use crate::workload::{Word, Workload, language_level, licences, region};

/// Length of the lists that are asked for.
const MOST: usize = 10;

/// How a bench is run.
#[derive(Debug, Args)]
pub(crate) struct MatchArguments {
    /// Directory of the workload.
    #[arg(long)]
    workload: PathBuf,
    /// What is asked.
    #[arg(long, value_enum, default_value_t = Mode::Top)]
    mode: Mode,
    /// Number of threads.
    #[arg(long, default_value_t = 1)]
    threads: usize,
    /// How many answers are checked against brute force.
    #[arg(long, default_value_t = 500)]
    check: usize,
    /// Least score that counts as an opening, for the levers.
    #[arg(long, default_value_t = 400)]
    threshold: u16,
    /// Inner loops: the widest of this processor, or the portable form.
    #[arg(long, value_enum, default_value_t = Width::Widest)]
    width: Width,
}

/// What is asked of the engine.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Mode {
    /// The best ten vacancies for each candidate.
    Top,
    /// All levers of each candidate.
    Levers,
    /// The best ten candidates for each vacancy.
    Reverse,
}

/// Which form of the inner loops runs.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Width {
    /// The widest that the processor has.
    Widest,
    /// The portable form.
    Portable,
}

/// What a bench found.
#[derive(Serialize)]
struct Report {
    bench: &'static str,
    mode: String,
    workload: String,
    kernel: String,
    threads: usize,
    queries: usize,
    wall_s: f64,
    cpu_s: f64,
    queries_per_cpu_s: f64,
    index_bytes: usize,
    build_s: f64,
    checked: usize,
    mismatches: usize,
}

/// Runs one bench and prints its line.
pub(crate) fn run(arguments: &MatchArguments) -> anyhow::Result<()> {
    let workload = Workload::read(&arguments.workload)?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(arguments.threads)
        .build()
        .context("cannot start the threads")?;
    let (found, lap) = pool.install(|| match arguments.mode {
        Mode::Top => top(&workload, arguments),
        Mode::Levers => levers(&workload, arguments),
        Mode::Reverse => reverse(&workload, arguments),
    })?;
    let report = Report {
        bench: "match",
        mode: format!("{:?}", arguments.mode).to_lowercase(),
        workload: arguments.workload.display().to_string(),
        kernel: format!("{:?}", kernel(arguments)),
        threads: arguments.threads,
        queries: lap.queries,
        wall_s: lap.wall_s,
        cpu_s: lap.cpu_s,
        queries_per_cpu_s: lap.queries as f64 / lap.cpu_s,
        index_bytes: found.index_bytes,
        build_s: found.build_s,
        checked: found.checked,
        mismatches: found.mismatches,
    };
    println!("{}", serde_json::to_string(&report)?);
    Ok(())
}

/// What one bench found beside its times.
struct Found {
    index_bytes: usize,
    build_s: f64,
    checked: usize,
    mismatches: usize,
}

/// What the answers took.
struct Lap {
    queries: usize,
    wall_s: f64,
    cpu_s: f64,
}

fn timed<T>(answer: impl FnOnce() -> Vec<T>) -> (Vec<T>, Lap) {
    let clock = Clock::start();
    let answers = answer();
    let lap = Lap {
        queries: answers.len(),
        wall_s: clock.wall(),
        cpu_s: clock.cpu(),
    };
    (answers, lap)
}

/// A yardstick with nothing beside the score: the ranking is the score, ties by number.
fn yardstick() -> anyhow::Result<Arc<Yardstick>> {
    let none = RankPoints {
        skill_use: 0,
        kind: 0,
        sector: 0,
        nearness: [0; 5],
    };
    let configuration = Configuration::current().with_rank_points(0, none)?;
    Ok(Arc::new(Yardstick::plain(configuration)))
}

fn kernel(arguments: &MatchArguments) -> Kernel {
    match arguments.width {
        Width::Widest => Kernel::widest(),
        Width::Portable => Kernel::Portable,
    }
}

fn vacancies(workload: &Workload) -> anyhow::Result<Arc<[Vacancy]>> {
    (0..workload.vacancies())
        .map(|at| workload.vacancy(at))
        .collect()
}

fn candidates(workload: &Workload) -> anyhow::Result<Vec<CandidateFeatures>> {
    (0..workload.candidates())
        .map(|at| workload.candidate(at))
        .collect()
}

fn top(workload: &Workload, arguments: &MatchArguments) -> anyhow::Result<(Found, Lap)> {
    let vacancies = vacancies(workload)?;
    let candidates = candidates(workload)?;
    let clock = Clock::start();
    let index = VacancyIndex::build(vacancies, yardstick()?);
    let build_s = clock.cpu();
    let kernel = kernel(arguments);
    let (answers, lap) = timed(|| best_vacancies(&index, &candidates, MOST, kernel));
    let checked = arguments.check.min(answers.len());
    let mismatches = (0..checked)
        .filter(|at| answers[*at] != naive_top(workload, *at))
        .count();
    let found = Found {
        index_bytes: index.bytes(),
        build_s,
        checked,
        mismatches,
    };
    Ok((found, lap))
}

fn reverse(workload: &Workload, arguments: &MatchArguments) -> anyhow::Result<(Found, Lap)> {
    let vacancies = vacancies(workload)?;
    let candidates = candidates(workload)?.into();
    let clock = Clock::start();
    let index = CandidateIndex::build(candidates, yardstick()?, Grouping::ByReach);
    let build_s = clock.cpu();
    let kernel = kernel(arguments);
    let (answers, lap) = timed(|| best_candidates(&index, &vacancies, MOST, kernel));
    let checked = arguments.check.min(answers.len());
    let mismatches = (0..checked)
        .filter(|at| answers[*at] != naive_reverse(workload, *at))
        .count();
    let found = Found {
        index_bytes: index.bytes(),
        build_s,
        checked,
        mismatches,
    };
    Ok((found, lap))
}

fn levers(workload: &Workload, arguments: &MatchArguments) -> anyhow::Result<(Found, Lap)> {
    let vacancies = vacancies(workload)?;
    let candidates = candidates(workload)?;
    let clock = Clock::start();
    let index = VacancyIndex::build(vacancies, yardstick()?);
    let build_s = clock.cpu();
    let kernel = kernel(arguments);
    let question = LeverQuestion {
        threshold: arguments.threshold,
        examples: 3,
        pairs: 5,
    };
    let (answers, lap) = timed(|| candidate_levers(&index, &candidates, &question, kernel));
    let checked = arguments.check.min(answers.len());
    let mismatches = (0..checked)
        .map(|at| naive_levers(workload, at, arguments.threshold))
        .zip(&answers)
        .map(|(naive, answer)| anyhow::Ok(naive? != counts(answer)))
        .collect::<anyhow::Result<Vec<bool>>>()?
        .into_iter()
        .filter(|differs| *differs)
        .count();
    let found = Found {
        index_bytes: index.bytes(),
        build_s,
        checked,
        mismatches,
    };
    Ok((found, lap))
}

/// Vacancies open now, and for each lever how many it opens.
type Counts = (u32, BTreeMap<Lever, u32>);

fn counts(levers: &CandidateLevers) -> Counts {
    let counts = levers.levers.iter();
    (
        levers.open_now,
        counts.map(|count| (count.lever, count.opens)).collect(),
    )
}

/// All single levers by a plain loop over the arrays of the workload.
fn naive_levers(workload: &Workload, candidate: usize, threshold: u16) -> anyhow::Result<Counts> {
    let word = workload.candidate_word(candidate);
    let skills = workload.candidate_skills(candidate);
    let mut open_now = 0;
    let mut exact = BTreeMap::<Lever, u32>::new();
    for at in 0..workload.vacancies() {
        let demand = workload.vacancy_word(at);
        let score = naive_score(workload, skills, at);
        if score < threshold {
            if word.admits(&demand) {
                let (demanded, weights) = workload.vacancy_skills(at);
                for (skill, weight) in demanded.iter().zip(weights) {
                    if skills.binary_search(skill).is_err() && score + weight >= threshold {
                        let skill = SkillId(*skill);
                        *exact.entry(Lever::Skill { skill }).or_default() += 1;
                    }
                }
            }
            continue;
        }
        match naive_barriers(&word, &demand)?[..] {
            [] => open_now += 1,
            [only] => {
                *exact.entry(only).or_default() += 1;
                if let Lever::TravelTo { .. } = only {
                    *exact.entry(Lever::Travel).or_default() += 1;
                }
            }
            _ => {}
        }
    }
    let up_to = |lever: &Lever| {
        let lower = exact.iter().filter(|(other, _)| includes(lever, other));
        lower.map(|(_, count)| count).sum()
    };
    let counts = exact.keys().map(|lever| (*lever, up_to(lever))).collect();
    Ok((open_now, counts))
}

fn naive_barriers(has: &Word, needs: &Word) -> anyhow::Result<Vec<Lever>> {
    let mut barriers = Vec::new();
    if has.regions >> needs.regions & 1 == 0 {
        let region = region(needs.regions)?;
        barriers.push(Lever::TravelTo { region });
    }
    for (language, has, needs) in [
        (Language::NL, has.dutch, needs.dutch),
        (Language::EN, has.english, needs.english),
    ] {
        if has < needs {
            let to = language_level(needs);
            barriers.push(Lever::Language { language, to });
        }
    }
    if has.level < needs.level {
        let to = QualificationLevel::from_number(needs.level).context("level of the workload")?;
        barriers.push(Lever::Qualification { to });
    }
    if has.hours < needs.hours {
        let to = WeeklyHours::new(i64::from(needs.hours) * 4)?;
        barriers.push(Lever::Hours { to });
    }
    for licence in licences(needs.licences & !has.licences)? {
        barriers.push(Lever::Licence { licence });
    }
    Ok(barriers)
}

/// Whether a lever includes another of its kind at the same or a lower step.
fn includes(wide: &Lever, narrow: &Lever) -> bool {
    match (wide, narrow) {
        (
            Lever::Language { language: a, to },
            Lever::Language {
                language: b,
                to: low,
            },
        ) => a == b && low <= to,
        (Lever::Qualification { to }, Lever::Qualification { to: low }) => low <= to,
        (Lever::Hours { to }, Lever::Hours { to: low }) => low <= to,
        (wide, narrow) => wide == narrow,
    }
}

/// The best ten candidates by a plain loop.
fn naive_reverse(workload: &Workload, vacancy: usize) -> Vec<Ranked> {
    let word = workload.vacancy_word(vacancy);
    let open = (0..workload.candidates())
        .filter(|at| workload.candidate_word(*at).admits(&word))
        .map(|at| Ranked {
            document: at as u32,
            rank_points: naive_score(workload, workload.candidate_skills(at), vacancy),
        });
    best_ten(open.collect())
}

/// The best ten by a plain loop over the arrays of the workload.
fn naive_top(workload: &Workload, candidate: usize) -> Vec<Ranked> {
    let word = workload.candidate_word(candidate);
    let skills = workload.candidate_skills(candidate);
    let open = (0..workload.vacancies())
        .filter(|at| word.admits(&workload.vacancy_word(*at)))
        .map(|at| Ranked {
            document: at as u32,
            rank_points: naive_score(workload, skills, at),
        });
    best_ten(open.collect())
}

fn best_ten(mut open: Vec<Ranked>) -> Vec<Ranked> {
    open.retain(|ranked| ranked.rank_points > 0);
    open.sort_by_key(|ranked| (std::cmp::Reverse(ranked.rank_points), ranked.document));
    open.truncate(MOST);
    open
}

fn naive_score(workload: &Workload, skills: &[u32], vacancy: usize) -> u16 {
    let (demanded, weights) = workload.vacancy_skills(vacancy);
    demanded
        .iter()
        .zip(weights)
        .filter(|(skill, _)| skills.binary_search(skill).is_ok())
        .map(|(_, weight)| *weight)
        .sum()
}
