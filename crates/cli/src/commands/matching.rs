//! `werkbrug match`: the best vacancies for candidates, or the best candidates for vacancies.

pub(crate) mod sides;

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use matching::credit::Credits;
use matching::features::CandidateFeatures;
use matching::index::{CandidateIndex, Grouping, Kernel, VacancyIndex};
use matching::pair::{assess, score};
use matching::record::{ExplanationRecord, RankedRecord};
use matching::topk::{Ranked, best_candidates, best_vacancies};
use matching::vacancy::Vacancy;

use crate::ndjson;
use crate::progress::Progress;
use sides::{Sides, SidesArguments};

/// Queries between two steps of the progress bar.
const STRETCH: usize = 16_384;

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(
    after_help = "Candidates, one JSON object per line; what is left out is unknown:
  {\"id\": \"k-01\", \"skills\": [{\"skill\": \"URI\"}], \"hours\": 32,
   \"languages\": [{\"language\": \"nl\", \"speaking\": \"A2\"}], \"reach\": {\"regions\": [\"AM11\"]}}
Vacancies, one JSON object per line:
  {\"id\": \"v-7\", \"skills\": [{\"skill\": \"URI\", \"importance\": \"essential\"}],
   \"place\": {\"region\": \"AM11\"}, \"hours\": 24}
Output: one line per pair, best first, ties by id. docs/formats.md lists every field.
The order of lines and the number of threads change nothing.

Example:
  werkbrug match --candidates candidates.ndjson --vacancies vacancies.ndjson --top 5 --explain"
)]
pub(crate) struct MatchArguments {
    #[command(flatten)]
    sides: SidesArguments,
    /// Length of the lists.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=1000))]
    top: u16,
    /// For whom lists are made.
    #[arg(long, value_enum, default_value_t = Direction::Candidates)]
    direction: Direction,
    /// Add to each pair why: leaves that add up to the score, constraints, wishes.
    #[arg(long)]
    explain: bool,
    /// Where to write the result; - is standard output.
    #[arg(long, value_name = "FILE", default_value = "-")]
    out: PathBuf,
}

/// For whom lists are made.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Direction {
    /// The best vacancies for each candidate.
    Candidates,
    /// The best candidates for each vacancy.
    Vacancies,
}

/// Runs the command.
pub(crate) fn run(arguments: &MatchArguments) -> anyhow::Result<()> {
    ndjson::refuse_folder(&arguments.out)?;
    let sides = Sides::read(&arguments.sides)?;
    ndjson::write_out(&arguments.out, |out| match arguments.direction {
        Direction::Candidates => for_candidates(&sides, arguments, out),
        Direction::Vacancies => for_vacancies(&sides, arguments, out),
    })
}

fn for_candidates(
    sides: &Sides,
    arguments: &MatchArguments,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let index = VacancyIndex::build(sides.vacancies.clone(), sides.yardstick.clone());
    let progress = Progress::bar("matching", sides.candidates.len() as u64);
    let stretches = sides.candidates.chunks(STRETCH);
    for (ids, stretch) in sides.candidate_ids.chunks(STRETCH).zip(stretches) {
        let most = usize::from(arguments.top);
        let lists = best_vacancies(&index, stretch, most, Kernel::widest());
        for ((id, candidate), list) in ids.iter().zip(stretch).zip(lists) {
            for (rank, ranked) in list.into_iter().enumerate() {
                let document = ranked.document as usize;
                let pair = Pair {
                    candidate: (id, candidate),
                    vacancy: (&sides.vacancy_ids[document], &sides.vacancies[document]),
                };
                pair.write(rank + 1, ranked, sides, arguments, out)?;
            }
        }
        progress.step(stretch.len() as u64);
    }
    progress.finish();
    Ok(())
}

fn for_vacancies(
    sides: &Sides,
    arguments: &MatchArguments,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let (candidates, yardstick) = (sides.candidates.clone(), sides.yardstick.clone());
    let index = CandidateIndex::build(candidates, yardstick, Grouping::ByReach);
    let progress = Progress::bar("matching", sides.vacancies.len() as u64);
    let stretches = sides.vacancies.chunks(STRETCH);
    for (ids, stretch) in sides.vacancy_ids.chunks(STRETCH).zip(stretches) {
        let most = usize::from(arguments.top);
        let lists = best_candidates(&index, stretch, most, Kernel::widest());
        for ((id, vacancy), list) in ids.iter().zip(stretch).zip(lists) {
            for (rank, ranked) in list.into_iter().enumerate() {
                let document = ranked.document as usize;
                let pair = Pair {
                    candidate: (&sides.candidate_ids[document], &sides.candidates[document]),
                    vacancy: (id, vacancy),
                };
                pair.write(rank + 1, ranked, sides, arguments, out)?;
            }
        }
        progress.step(stretch.len() as u64);
    }
    progress.finish();
    Ok(())
}

/// A pair of a ranking, each side with its id.
struct Pair<'a> {
    candidate: (&'a str, &'a CandidateFeatures),
    vacancy: (&'a str, &'a Vacancy),
}

impl Pair<'_> {
    fn write(
        &self,
        rank: usize,
        ranked: Ranked,
        sides: &Sides,
        arguments: &MatchArguments,
        mut out: &mut dyn Write,
    ) -> anyhow::Result<()> {
        let ((candidate_id, candidate), (vacancy_id, vacancy)) = (self.candidate, self.vacancy);
        let yardstick = &sides.yardstick;
        let configuration = yardstick.configuration();
        let (score, explanation) = if arguments.explain {
            let assessment = assess(candidate, vacancy, yardstick);
            let score = assessment.score;
            let explanation = ExplanationRecord::new(assessment, &sides.catalogue);
            (score, Some(explanation))
        } else {
            let neighbourhood = yardstick.neighbourhood();
            let credits = Credits::of(&candidate.skills, neighbourhood, configuration);
            (score(&credits, vacancy), None)
        };
        let record = RankedRecord {
            candidate: candidate_id,
            vacancy: vacancy_id,
            rank,
            score,
            rank_points: ranked.rank_points,
            configuration: configuration.version(),
            explanation,
        };
        ndjson::write(&record, &mut out)
    }
}
