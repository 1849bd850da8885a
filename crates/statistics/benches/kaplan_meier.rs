//! Kaplan–Meier on one million records: CPU seconds of the curve, and of the curve with the
//! interval of every step.
//!
//! Seeded workload: exponential times rounded to hundredths of a day (many ties), independent
//! censoring of about 40 %; a second workload has a different time for every record.
//! Budget: 0.3 CPU-seconds for the curve.
//!
//! Run: `cargo bench -p statistics --bench kaplan_meier`.
//! To compare with R survival and lifelines on the same records in one run:
//! `cargo bench -p statistics --bench kaplan_meier -- --write records.csv`, then
//! `Rscript crates/statistics/benches/kaplan_meier.R records.csv` and
//! `python3 crates/statistics/benches/kaplan_meier.py records.csv`.

use std::fmt::Write as _;
use std::hint::black_box;

use statistics::Confidence;
use statistics::random::{Generator, Seed};
use statistics::survival::Observations;
use statistics::survival::kaplan_meier::{CurveInterval, curve};

const RECORDS: usize = 1_000_000;
const RUNS: usize = 7;

fn records(round: impl Fn(f64) -> f64) -> (Vec<f64>, Vec<bool>) {
    let mut generator = Generator::new(Seed(1_000_000));
    let mut exponential = |mean: f64| -mean * (1.0 - generator.uniform()).ln();
    (0..RECORDS)
        .map(|_| {
            let (event, censoring) = (exponential(400.0), exponential(600.0));
            (round(event.min(censoring)), event <= censoring)
        })
        .unzip()
}

/// Seconds this process has spent on a processor.
fn processor_seconds() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    let nanoseconds: f64 = text.split(' ').next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}

#[expect(
    clippy::print_stdout,
    reason = "a benchmark reports on standard output"
)]
fn measure(name: &str, mut work: impl FnMut() -> f64) {
    let mut best = f64::INFINITY;
    let mut check = 0.0;
    for _ in 0..RUNS {
        let wall = std::time::Instant::now();
        let before = processor_seconds();
        check = black_box(work());
        let spent = match (before, processor_seconds()) {
            (Some(before), Some(after)) => after - before,
            _ => wall.elapsed().as_secs_f64(),
        };
        best = best.min(spent);
    }
    println!("{name:<44} {best:.3} CPU-seconds (best of {RUNS}), S(365) = {check:.12}");
}

fn survival_at_365(observations: &Observations) -> f64 {
    curve(observations).survival_at(365.0).unwrap_or(0.0)
}

fn main() {
    let hundredths = |time: f64| (time * 100.0).round() / 100.0;
    let arguments: Vec<String> = std::env::args().collect();
    let write = arguments
        .iter()
        .position(|a| a == "--write")
        .and_then(|i| arguments.get(i + 1));
    for (name, (times, events)) in [
        ("ties", records(hundredths)),
        ("all times different", records(|time| time)),
    ] {
        if let (Some(path), "ties") = (write, name) {
            let mut text = String::from("time,event\n");
            for (time, event) in times.iter().zip(&events) {
                // Writing to a string cannot fail.
                let _ = writeln!(text, "{time},{}", u8::from(*event));
            }
            if let Err(error) = std::fs::write(path, text) {
                eprintln!("cannot write {path}: {error}");
            }
        }
        let observations = match Observations::right_censored(times, events) {
            Ok(observations) => observations,
            Err(error) => return eprintln!("{error}"),
        };
        measure(&format!("curve, {name}"), || survival_at_365(&observations));
        measure(&format!("curve and all intervals, {name}"), || {
            let curve = curve(&observations);
            let width = |step: &statistics::survival::kaplan_meier::Step| {
                let kind = CurveInterval::LogMinusLog;
                step.interval(kind, Confidence::NINETY_FIVE)
                    .map_or(0.0, |band| band.width())
            };
            black_box(curve.steps().iter().map(width).sum::<f64>());
            curve.survival_at(365.0).unwrap_or(0.0)
        });
    }
}
