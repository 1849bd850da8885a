//! The full semantics from files of records: partial credit, levels, parts of the week, unknowns.
//!
//! A packed workload gives skills, regions and the plain constraints; a seeded generator adds what
//! the workload does not have: skill levels, four modalities that differ, parts of the week,
//! pending recognitions, wishes, and answers that are unknown.
//! Both sides are written as NDJSON and read back, so that the whole path is measured.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, ensure};
use clap::Args;
use matching::configuration::Configuration;
use matching::features::CandidateFeatures;
use matching::index::{Kernel, VacancyIndex};
use matching::knowledge::yardstick;
use matching::pair::assess;
use matching::record::{CandidateRecord, VacancyRecord};
use matching::topk::{Ranked, best_vacancies};
use matching::vacancy::Vacancy;
use serde::Serialize;
use serde_json::{Value, json};
use taxonomy::concept::ConceptKind;
use taxonomy::{Catalogue, ConceptId};

use crate::clock::Clock;
use crate::dice::Dice;
use crate::workload::{Word, Workload};

/// Length of the lists that are asked for.
const MOST: usize = 10;

/// How the bench is run.
#[derive(Debug, Args)]
pub(crate) struct SemanticsArguments {
    /// Directory of the workload.
    #[arg(long)]
    workload: PathBuf,
    /// Compiled catalogue with at least as many skills as the workload.
    #[arg(long)]
    catalogue: PathBuf,
    /// Number of threads.
    #[arg(long, default_value_t = 1)]
    threads: usize,
    /// How many answers are checked against the pair function over all vacancies.
    #[arg(long, default_value_t = 20)]
    check: usize,
    /// Folder for candidates.ndjson and vacancies.ndjson, to run the program on.
    #[arg(long)]
    write: Option<PathBuf>,
}

/// What was found.
#[derive(Serialize)]
struct Report {
    bench: &'static str,
    workload: String,
    candidates: usize,
    vacancies: usize,
    record_bytes: usize,
    read_cpu_s: f64,
    build_cpu_s: f64,
    index_bytes: usize,
    credits_per_candidate: f64,
    wall_s: f64,
    cpu_s: f64,
    queries_per_cpu_s: f64,
    checked: usize,
    mismatches: usize,
}

/// Runs the bench and prints its line.
pub(crate) fn run(arguments: &SemanticsArguments) -> anyhow::Result<()> {
    let workload = Workload::read(&arguments.workload)?;
    let catalogue = taxonomy::compiled::open(&arguments.catalogue)
        .with_context(|| format!("cannot open {}", arguments.catalogue.display()))?;
    let writer = Writer::new(&workload, &catalogue)?;
    let (candidates, vacancies) = writer.write();
    if let Some(folder) = &arguments.write {
        fs::write(folder.join("candidates.ndjson"), &candidates)?;
        fs::write(folder.join("vacancies.ndjson"), &vacancies)?;
    }
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(arguments.threads)
        .build()
        .context("cannot start the threads")?;
    let report = pool.install(|| measure(arguments, &catalogue, &candidates, &vacancies))?;
    println!("{}", serde_json::to_string(&report)?);
    Ok(())
}

fn measure(
    arguments: &SemanticsArguments,
    catalogue: &Catalogue,
    candidate_lines: &str,
    vacancy_lines: &str,
) -> anyhow::Result<Report> {
    let yardstick = Arc::new(yardstick(catalogue, Configuration::current()));
    let clock = Clock::start();
    let vacancies: Arc<[Vacancy]> = vacancy_lines
        .lines()
        .map(|line| {
            let record: VacancyRecord = serde_json::from_str(line)?;
            Ok(record.weigh(catalogue, &yardstick)?)
        })
        .collect::<anyhow::Result<_>>()?;
    let candidates: Vec<CandidateFeatures> = candidate_lines
        .lines()
        .map(|line| {
            let record: CandidateRecord = serde_json::from_str(line)?;
            Ok(record.features(catalogue)?)
        })
        .collect::<anyhow::Result<_>>()?;
    let read_cpu_s = clock.cpu();
    let clock = Clock::start();
    let index = VacancyIndex::build(vacancies, yardstick.clone());
    let build_cpu_s = clock.cpu();
    let clock = Clock::start();
    let answers = best_vacancies(&index, &candidates, MOST, Kernel::widest());
    let (wall_s, cpu_s) = (clock.wall(), clock.cpu());
    let checked = arguments.check.min(answers.len());
    let naive = |candidate: &CandidateFeatures| naive(&index, candidate);
    let mismatches = candidates
        .iter()
        .zip(&answers)
        .take(checked)
        .filter(|(candidate, answer)| naive(candidate) != **answer)
        .count();
    let credits = candidates.iter().map(|candidate| {
        let (near, chosen) = (yardstick.neighbourhood(), yardstick.configuration());
        matching::credit::Credits::of(&candidate.skills, near, chosen)
            .iter()
            .len()
    });
    Ok(Report {
        bench: "semantics",
        workload: arguments.workload.display().to_string(),
        candidates: candidates.len(),
        vacancies: index.vacancies().len(),
        record_bytes: candidate_lines.len() + vacancy_lines.len(),
        read_cpu_s,
        build_cpu_s,
        index_bytes: index.bytes(),
        credits_per_candidate: credits.sum::<usize>() as f64 / candidates.len() as f64,
        wall_s,
        cpu_s,
        queries_per_cpu_s: answers.len() as f64 / cpu_s,
        checked,
        mismatches,
    })
}

/// The best ten by the pair function.
fn naive(index: &VacancyIndex, candidate: &CandidateFeatures) -> Vec<Ranked> {
    let pairs = index.vacancies().iter().zip(0u32..);
    let mut open: Vec<Ranked> = pairs
        .filter_map(|(vacancy, document)| {
            let found = assess(candidate, vacancy, index.yardstick());
            let rank_points = found.rank_points;
            (found.is_open() && rank_points > 0).then_some(Ranked {
                document,
                rank_points,
            })
        })
        .collect();
    open.sort_by_key(|ranked| (std::cmp::Reverse(ranked.rank_points), ranked.document));
    open.truncate(MOST);
    open
}

/// Makes records of a workload.
struct Writer<'a> {
    workload: &'a Workload,
    skills: Vec<&'a str>,
    occupations: Vec<&'a str>,
}

const LEVELS: [&str; 7] = ["none", "A1", "A2", "B1", "B2", "C1", "C2"];
const MODALITIES: [&str; 4] = ["listening", "speaking", "reading", "writing"];

impl<'a> Writer<'a> {
    fn new(workload: &'a Workload, catalogue: &'a Catalogue) -> anyhow::Result<Writer<'a>> {
        let uris = |kind| {
            let concepts = catalogue.of_kind(kind);
            concepts
                .map(|concept: ConceptId| catalogue.uri(concept))
                .collect::<Vec<_>>()
        };
        let skills = uris(ConceptKind::Skill);
        ensure!(
            skills.len() >= workload.skills(),
            "the catalogue has {} skills, the workload {}",
            skills.len(),
            workload.skills()
        );
        Ok(Writer {
            workload,
            skills,
            occupations: uris(ConceptKind::Occupation),
        })
    }

    /// Lines of candidates and of vacancies.
    fn write(&self) -> (String, String) {
        let mut dice = Dice(11);
        let lines = |count: usize, mut line: Box<dyn FnMut(usize) -> Value + '_>| {
            (0..count).fold(String::new(), |mut text, at| {
                text.push_str(&line(at).to_string());
                text.push('\n');
                text
            })
        };
        let candidates = lines(
            self.workload.candidates(),
            Box::new(|at| self.candidate(at, &mut dice)),
        );
        let mut dice = Dice(12);
        let vacancies = lines(
            self.workload.vacancies(),
            Box::new(|at| self.vacancy(at, &mut dice)),
        );
        (candidates, vacancies)
    }

    fn candidate(&self, at: usize, dice: &mut Dice) -> Value {
        let word = self.workload.candidate_word(at);
        let skills = self.workload.candidate_skills(at).iter().map(|skill| {
            let uri = self.skills[*skill as usize];
            match dice.below(4) {
                0 => json!({"skill": uri, "level": "basic", "evidence": "experience"}),
                1 => json!({"skill": uri, "level": "expert", "evidence": "certificate"}),
                _ => json!({"skill": uri}),
            }
        });
        let skills: Vec<Value> = skills.collect();
        let regions = (0..40).filter(|region| word.regions >> region & 1 == 1);
        let regions: Vec<String> = regions.map(|region| format!("R{region:02}")).collect();
        let mut record = json!({
            "id": format!("k-{at:06}"),
            "group": regions.first(),
            "skills": skills,
            "languages": [language("nl", word.dutch, dice), language("en", word.english, dice)],
            "licences": licences(&word),
            "hours": u32::from(word.hours) * 4,
            "day_parts": parts(dice, 85),
            "reach": {"regions": regions},
            "permission": "free",
            "readiness": "ready",
            "wishes": {"kinds": ["regular"], "occupations": [dice.pick(&self.occupations)]},
        });
        if word.level > 0 {
            let recognition = if dice.below(10) == 0 {
                "pending"
            } else {
                "recognised"
            };
            record["qualifications"] = json!([{"level": word.level, "recognition": recognition}]);
        } else {
            record["qualifications"] = json!([]);
        }
        // One answer in twelve was never given.
        for field in [
            "licences",
            "hours",
            "day_parts",
            "readiness",
            "qualifications",
        ] {
            if dice.below(12) == 0 {
                record[field] = Value::Null;
            }
        }
        record
    }

    fn vacancy(&self, at: usize, dice: &mut Dice) -> Value {
        let word = self.workload.vacancy_word(at);
        let (skills, weights) = self.workload.vacancy_skills(at);
        let skills = skills.iter().zip(weights).map(|(skill, weight)| {
            let importance = match weight {
                70.. => "essential",
                35.. => "important",
                _ => "optional",
            };
            let mut row = json!({"skill": self.skills[*skill as usize], "importance": importance});
            if dice.below(5) == 0 {
                row["level"] = json!("independent");
            }
            row
        });
        let skills: Vec<Value> = skills.collect();
        let mut languages = Vec::new();
        for (code, level) in [("nl", word.dutch), ("en", word.english)] {
            for modality in MODALITIES {
                let least = u64::from(level).saturating_sub(dice.below(2)) as usize;
                if least > 0 {
                    languages.push(json!({
                        "language": code, "modality": modality, "at_start": LEVELS[least],
                    }));
                }
            }
        }
        let mut record = json!({
            "id": format!("v-{at:06}"),
            "skills": skills,
            "languages": languages,
            "licences": licences(&word),
            "hours": u32::from(word.hours) * 4,
            "day_parts": if dice.below(3) == 0 { parts(dice, 12) } else { Vec::new() },
            "place": {"region": format!("R{:02}", word.regions)},
            "permission": "notification-needed",
            "kind": if dice.below(8) == 0 { "work-and-learn" } else { "regular" },
            "occupation": dice.pick(&self.occupations),
        });
        if word.level > 0 {
            let basis = ["by-law", "asked", "asked", "experience-suffices"];
            let basis = *dice.pick(&basis);
            record["qualification"] = json!({"level": word.level, "basis": basis});
        }
        record
    }
}

fn licences(word: &Word) -> Vec<String> {
    let held = (0..8).filter(|bit| word.licences >> bit & 1 == 1);
    held.map(|bit| format!("L{bit}")).collect()
}

/// Parts of the working week, each with this chance in percent.
fn parts(dice: &mut Dice, percent: u64) -> Vec<String> {
    let mut parts = Vec::new();
    for day in ["mon", "tue", "wed", "thu", "fri", "sat"] {
        for part in ["morning", "afternoon", "evening"] {
            if dice.below(100) < percent {
                parts.push(format!("{day}-{part}"));
            }
        }
    }
    parts
}

/// A language whose modalities lie at most one level apart; one in fifteen is unknown.
fn language(code: &str, level: u8, dice: &mut Dice) -> Value {
    let mut row = json!({"language": code});
    for modality in MODALITIES {
        if dice.below(15) > 0 {
            let lower = u64::from(level).saturating_sub(dice.below(2));
            row[modality] = json!(LEVELS[lower as usize]);
        }
    }
    row
}
