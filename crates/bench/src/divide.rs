//! Division of places: a cold solve, the last arrivals one by one, and the proof of both.
//!
//! Measured on an edge file, a NumPy archive as `numpy.savez` writes it (stored, not compressed)
//! with four arrays of little-endian 64-bit integers: `src` (candidate of each edge), `dst`
//! (place of each edge), `score` (0..=1000) and `cap` (capacity of each place).
//! The sparse instance of `docs/performance.md` has 100,000 candidates with 20 choices each among
//! 25,000 places with 80,728 seats.
//! The clock is the CPU time of this process alone, because the machine may be shared.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, bail, ensure};
use clap::Args;
use matching::division::{
    CandidateNumber, Choice, Edge, LiveDivision, PlaceNumber, Problem, Total, Worth, stable,
};
use serde::Serialize;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct DivideArguments {
    /// Edge file: a NumPy archive with `src`, `dst`, `score` and `cap`.
    #[arg(long, value_name = "FILE")]
    edges: PathBuf,
    /// How many of the last candidates arrive one by one.
    #[arg(long, default_value_t = 5_000)]
    arrivals: u32,
    /// Give candidate i the priority i modulo this number.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..1 << 20))]
    priorities: u32,
}

/// One line of figures.
///
/// All means are CPU time, in steps of the scheduler's tick over the whole loop; the wall time of
/// single arrivals also holds what other processes took from this one.
#[derive(Debug, Serialize)]
struct Figures {
    bench: &'static str,
    candidates: usize,
    places: usize,
    edges: usize,
    priorities: u32,
    build_s: f64,
    cold_cpu_s: f64,
    certificate_cpu_s: f64,
    verify_cpu_s: f64,
    total_priority: i64,
    total: i64,
    placed: usize,
    certificate_verified: bool,
    arrivals: u32,
    incremental_mean_us: f64,
    incremental_wall_median_us: f64,
    incremental_max_us: f64,
    removal_mean_us: f64,
    incremental_total_equal: bool,
    stable_cpu_s: f64,
    stable_total: i64,
    stable_blocking_pair: bool,
}

/// Runs the measurement and prints its line.
pub(crate) fn run(arguments: &DivideArguments) -> anyhow::Result<()> {
    let input = Input::read(&arguments.edges, arguments.priorities)
        .with_context(|| format!("cannot use {}", arguments.edges.display()))?;
    let (build_s, problem) = timed(|| input.problem(input.candidates))?;
    let problem = problem?;
    let (cold_cpu_s, live) = timed(|| LiveDivision::solve(&problem))?;
    let (certificate_cpu_s, certificate) = timed(|| live.certificate())?;
    let division = live.division();
    let (verify_cpu_s, proof) = timed(|| certificate.verify(&problem, &division))?;
    let proof = proof.context("the certificate of the cold solve does not hold")?;
    drop(live);
    let changes = changes(&input, &problem, arguments.arrivals)?;
    let (stable_cpu_s, stable) = timed(|| stable::divide(&problem))?;
    let (stable_total, _) = matching::division::certificate::worth_of(&problem, &stable)?;
    let (total_priority, total) = proof.total.parts();
    let figures = Figures {
        bench: "divide",
        candidates: problem.candidates(),
        places: problem.places(),
        edges: problem.edges(),
        priorities: arguments.priorities,
        build_s,
        cold_cpu_s,
        certificate_cpu_s,
        verify_cpu_s,
        total_priority,
        total,
        placed: proof.placed,
        certificate_verified: proof.total == proof.bound,
        arrivals: changes.arrivals,
        incremental_mean_us: changes.mean_us,
        incremental_wall_median_us: changes.wall_median_us,
        incremental_max_us: changes.wall_max_us,
        removal_mean_us: changes.removal_mean_us,
        incremental_total_equal: changes.total == proof.total,
        stable_cpu_s,
        stable_total: stable_total.parts().1,
        stable_blocking_pair: stable::blocking_pair(&problem, &stable).is_some(),
    };
    println!("{}", serde_json::to_string(&figures)?);
    Ok(())
}

/// Figures of single changes.
struct Changes {
    arrivals: u32,
    mean_us: f64,
    wall_median_us: f64,
    wall_max_us: f64,
    total: Total,
    removal_mean_us: f64,
}

/// Divides among all but the last candidates, lets these arrive one by one, proves the result
/// against the whole problem, and lets them leave again.
fn changes(input: &Input, problem: &Problem, arrivals: u32) -> anyhow::Result<Changes> {
    let arrivals = arrivals.clamp(1, input.candidates);
    let before = input.candidates - arrivals;
    let mut live = LiveDivision::solve(&input.problem(before)?);
    let mut walls = Vec::with_capacity(arrivals as usize);
    let (cpu_s, added) = timed(|| {
        (before..input.candidates).try_for_each(|candidate| {
            let start = Instant::now();
            live.add_candidate(problem.choices(CandidateNumber::new(candidate)))?;
            walls.push(start.elapsed().as_secs_f64() * 1e6);
            anyhow::Ok(())
        })
    })?;
    added?;
    // At least one arrival, see the clamp above.
    walls.sort_unstable_by(f64::total_cmp);
    let proof = live
        .certificate()
        .verify(problem, &live.division())
        .context("the certificate after the arrivals does not hold")?;
    let (removal_cpu_s, removed) = timed(|| {
        (before..input.candidates)
            .try_for_each(|candidate| live.remove_candidate(CandidateNumber::new(candidate)))
    })?;
    removed?;
    live.certificate()
        .verify(&live.problem()?, &live.division())
        .context("the certificate after the departures does not hold")?;
    Ok(Changes {
        arrivals,
        mean_us: cpu_s * 1e6 / f64::from(arrivals),
        wall_median_us: walls[walls.len() / 2],
        wall_max_us: walls[walls.len() - 1],
        total: proof.total,
        removal_mean_us: removal_cpu_s * 1e6 / f64::from(arrivals),
    })
}

/// Runs the work and says how many CPU seconds this thread spent on it.
fn timed<T>(work: impl FnOnce() -> T) -> anyhow::Result<(f64, T)> {
    let before = cpu_seconds()?;
    let result = work();
    let after = cpu_seconds()?;
    Ok((((after - before) * 1e4).round() / 1e4, result))
}

/// CPU seconds of the main thread, to the nanosecond; the solver starts no others.
fn cpu_seconds() -> anyhow::Result<f64> {
    let text = std::fs::read_to_string("/proc/self/schedstat")
        .context("cannot read /proc/self/schedstat")?;
    let nanoseconds: f64 = text
        .split_whitespace()
        .next()
        .context("/proc/self/schedstat is empty")?
        .parse()?;
    Ok(nanoseconds / 1e9)
}

/// The arrays of the edge file.
struct Input {
    candidates: u32,
    capacities: Vec<u32>,
    edges: Vec<Edge>,
}

impl Input {
    fn read(path: &Path, priorities: u32) -> anyhow::Result<Input> {
        let arrays = arrays(&std::fs::read(path)?)?;
        let array = |name: &str| {
            let array = arrays.get(name);
            array.with_context(|| format!("no array {name:?} of 64-bit integers"))
        };
        let (from, to, scores) = (array("src")?, array("dst")?, array("score")?);
        ensure!(
            from.len() == to.len() && from.len() == scores.len(),
            "src, dst and score are not of one length"
        );
        let capacities: Vec<u32> = array("cap")?
            .iter()
            .map(|&capacity| Ok(u32::try_from(capacity)?))
            .collect::<anyhow::Result<_>>()?;
        let edges: Vec<Edge> = (0..from.len())
            .map(|at| {
                let candidate = u32::try_from(from[at])?;
                let place = PlaceNumber::new(u32::try_from(to[at])?);
                let worth = Worth::new(candidate % priorities, u16::try_from(scores[at])?)?;
                Ok(Edge {
                    candidate: CandidateNumber::new(candidate),
                    choice: Choice { place, worth },
                })
            })
            .collect::<anyhow::Result<_>>()?;
        let last = from.iter().max().context("no edges")?;
        Ok(Input {
            candidates: u32::try_from(last + 1)?,
            capacities,
            edges,
        })
    }

    /// The problem of the first so many candidates.
    fn problem(&self, candidates: u32) -> anyhow::Result<Problem> {
        let capacities = self.capacities.clone();
        if candidates == self.candidates {
            return Ok(Problem::new(candidates as usize, capacities, &self.edges)?);
        }
        let first: Vec<Edge> = self
            .edges
            .iter()
            .filter(|edge| edge.candidate.index() < candidates as usize)
            .copied()
            .collect();
        Ok(Problem::new(candidates as usize, capacities, &first)?)
    }
}

/// The one-dimensional `<i8` arrays of a stored NumPy archive, by name.
///
/// Reads the central directory of the ZIP file (PKWARE APPNOTE 4.3.12) and the NPY headers (NumPy
/// format specification, versions 1 and 2).
fn arrays(archive: &[u8]) -> anyhow::Result<BTreeMap<String, Vec<i64>>> {
    let end = archive
        .windows(4)
        .rposition(|window| window == b"PK\x05\x06")
        .context("no NumPy archive")?;
    let entries = u16_at(archive, end + 10)?;
    let mut at = u32_at(archive, end + 16)? as usize;
    let mut arrays = BTreeMap::new();
    for _ in 0..entries {
        let method = u16_at(archive, at + 10)?;
        let size = u32_at(archive, at + 20)? as usize;
        let name_length = usize::from(u16_at(archive, at + 28)?);
        let extra = usize::from(u16_at(archive, at + 30)?) + usize::from(u16_at(archive, at + 32)?);
        let local = u32_at(archive, at + 42)? as usize;
        let name = archive
            .get(at + 46..at + 46 + name_length)
            .context("truncated directory")?;
        ensure!(
            method == 0,
            "the archive is compressed; write it with numpy.savez"
        );
        let skip = 30
            + usize::from(u16_at(archive, local + 26)?)
            + usize::from(u16_at(archive, local + 28)?);
        let content = archive
            .get(local + skip..local + skip + size)
            .context("truncated array")?;
        let name = String::from_utf8_lossy(name);
        let name = name.trim_end_matches(".npy");
        arrays.insert(
            name.to_owned(),
            npy(content).with_context(|| name.to_owned())?,
        );
        at += 46 + name_length + extra;
    }
    Ok(arrays)
}

fn npy(bytes: &[u8]) -> anyhow::Result<Vec<i64>> {
    ensure!(bytes.starts_with(b"\x93NUMPY"), "no NPY header");
    let (header, length) = match bytes.get(6) {
        Some(1) => (10, usize::from(u16_at(bytes, 8)?)),
        Some(2) => (12, u32_at(bytes, 8)? as usize),
        _ => bail!("unknown NPY version"),
    };
    let text = bytes
        .get(header..header + length)
        .context("truncated header")?;
    let text = String::from_utf8_lossy(text);
    ensure!(text.contains("'<i8'"), "not of 64-bit integers: {text}");
    let numbers = bytes[header + length..].chunks_exact(8);
    // Each chunk has exactly eight bytes.
    Ok(numbers
        .filter_map(|chunk| Some(i64::from_le_bytes(chunk.try_into().ok()?)))
        .collect())
}

fn u16_at(bytes: &[u8], at: usize) -> anyhow::Result<u16> {
    let found = bytes.get(at..at + 2).context("truncated archive")?;
    Ok(u16::from_le_bytes(found.try_into()?))
}

fn u32_at(bytes: &[u8], at: usize) -> anyhow::Result<u32> {
    let found = bytes.get(at..at + 4).context("truncated archive")?;
    Ok(u32::from_le_bytes(found.try_into()?))
}
