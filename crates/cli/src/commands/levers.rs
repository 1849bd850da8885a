//! `werkbrug levers`: what would change if a barrier were gone.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use matching::index::{CandidateIndex, Grouping, Kernel, VacancyIndex};
use matching::levers::{
    CandidateLevers, LeverQuestion, candidate_levers, group_levers, vacancy_costs,
};
use matching::record::{CostsRecord, GroupRecord, LeversRecord};

use super::matching::sides::{Sides, SidesArguments};
use crate::ndjson;
use crate::progress::Progress;

/// Queries between two steps of the progress bar.
const STRETCH: usize = 4_096;

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(
    after_help = "Input as for werkbrug match. Output, one JSON object per line:
by candidate: how many vacancies each lever opens, with examples, and the best pairs of levers;
by vacancy: how many candidates each demand costs;
by group: the sums over the candidates with the same `group`.
A step includes the lower ones: Dutch to B1 counts what opens at A2 as well.

Example:
  werkbrug levers --candidates candidates.ndjson --vacancies vacancies.ndjson --by group"
)]
pub(crate) struct LeversArguments {
    #[command(flatten)]
    sides: SidesArguments,
    /// Least score of a vacancy that counts.
    #[arg(long, default_value_t = 400, value_parser = clap::value_parser!(u16).range(1..=1000))]
    threshold: u16,
    /// For whom levers are counted.
    #[arg(long, value_enum, default_value_t = By::Candidate)]
    by: By,
    /// Most examples for each lever.
    #[arg(long, default_value_t = 3)]
    examples: usize,
    /// Most pairs of levers for each candidate.
    #[arg(long, default_value_t = 5)]
    pairs: usize,
    /// Where to write the result; - is standard output.
    #[arg(long, value_name = "FILE", default_value = "-")]
    out: PathBuf,
}

/// For whom levers are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// For each candidate.
    Candidate,
    /// For each vacancy: what its demands cost.
    Vacancy,
    /// For each group of candidates.
    Group,
}

/// Runs the command.
pub(crate) fn run(arguments: &LeversArguments) -> anyhow::Result<()> {
    ndjson::refuse_folder(&arguments.out)?;
    let sides = Sides::read(&arguments.sides)?;
    ndjson::write_out(&arguments.out, |out| match arguments.by {
        By::Candidate => by_candidate(&sides, arguments, out),
        By::Vacancy => by_vacancy(&sides, arguments, out),
        By::Group => by_group(&sides, arguments, out),
    })
}

/// Hands the levers of every candidate on, with its position.
fn each_candidate(
    sides: &Sides,
    arguments: &LeversArguments,
    mut see: impl FnMut(usize, CandidateLevers) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let index = VacancyIndex::build(sides.vacancies.clone(), sides.yardstick.clone());
    let question = LeverQuestion {
        threshold: arguments.threshold,
        examples: arguments.examples,
        pairs: arguments.pairs,
    };
    let progress = Progress::bar("levers", sides.candidates.len() as u64);
    for (turn, stretch) in sides.candidates.chunks(STRETCH).enumerate() {
        let levers = candidate_levers(&index, stretch, &question, Kernel::widest());
        for (at, levers) in levers.into_iter().enumerate() {
            see(turn * STRETCH + at, levers)?;
        }
        progress.step(stretch.len() as u64);
    }
    progress.finish();
    Ok(())
}

fn by_candidate(
    sides: &Sides,
    arguments: &LeversArguments,
    mut out: &mut dyn Write,
) -> anyhow::Result<()> {
    each_candidate(sides, arguments, |at, levers| {
        let record = LeversRecord::new(
            &sides.candidate_ids[at],
            arguments.threshold,
            &levers,
            &sides.vacancy_ids,
            &sides.catalogue,
        );
        ndjson::write(&record, &mut out)
    })
}

fn by_group(
    sides: &Sides,
    arguments: &LeversArguments,
    mut out: &mut dyn Write,
) -> anyhow::Result<()> {
    let mut groups = BTreeMap::<&str, Vec<CandidateLevers>>::new();
    each_candidate(sides, arguments, |at, levers| {
        groups.entry(&sides.groups[at]).or_default().push(levers);
        Ok(())
    })?;
    for (group, members) in groups {
        let levers = group_levers(members.iter());
        let record = GroupRecord::new(group, arguments.threshold, &levers, &sides.catalogue);
        ndjson::write(&record, &mut out)?;
    }
    Ok(())
}

fn by_vacancy(
    sides: &Sides,
    arguments: &LeversArguments,
    mut out: &mut dyn Write,
) -> anyhow::Result<()> {
    let (candidates, yardstick) = (sides.candidates.clone(), sides.yardstick.clone());
    let index = CandidateIndex::build(candidates, yardstick, Grouping::Together);
    let progress = Progress::bar("costs", sides.vacancies.len() as u64);
    let stretches = sides.vacancies.chunks(STRETCH);
    for (ids, stretch) in sides.vacancy_ids.chunks(STRETCH).zip(stretches) {
        let costs = vacancy_costs(&index, stretch, arguments.threshold, Kernel::widest());
        for (id, costs) in ids.iter().zip(costs) {
            let record = CostsRecord::new(id, arguments.threshold, &costs, &sides.catalogue);
            ndjson::write(&record, &mut out)?;
        }
        progress.step(stretch.len() as u64);
    }
    progress.finish();
    Ok(())
}
