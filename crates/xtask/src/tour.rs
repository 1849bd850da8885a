//! `cargo xtask tour`: the commands end to end, over files of a fictional town.
//!
//! It prints what they found; the pages are shown by `cargo xtask demo`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use serde_json::{Value, json};

use crate::process;

/// People shown in full; the files hold all.
const SHOWN: usize = 3;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct TourArguments {
    /// Seed of everything that is drawn.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Folder for the files of the demo.
    #[arg(long, value_name = "DIR", default_value = "target/tour")]
    out: PathBuf,
}

/// The program that was built, and the folder of the demo.
struct Tour<'a> {
    root: &'a Path,
    program: String,
    folder: String,
}

/// Runs the command.
pub(crate) fn run(root: &Path, arguments: &TourArguments) -> anyhow::Result<()> {
    println!("[1/6] building");
    process::run(
        root,
        "cargo",
        &["build", "--workspace", "--locked", "--quiet"],
    )?;
    let program = process::target_directory(root)?
        .join("debug/werkbrug")
        .display()
        .to_string();
    let demo = Tour {
        root,
        program,
        folder: arguments.out.display().to_string(),
    };
    println!("[2/6] a fictional town");
    demo.show(&["catalogue", "info"])?;
    let seed = arguments.seed.to_string();
    demo.show(&["demo-data", "--seed", &seed, "--out", &demo.folder])?;
    println!("[3/6] matching people and vacancies");
    demo.matches()?;
    println!("[4/6] which barrier, removed, opens most work");
    demo.levers()?;
    println!("[5/6] dividing the places so that the total is the highest");
    demo.divide()?;
    println!("[6/6] what the law allows, and which occupations are near");
    demo.show(&[
        "guidance",
        "may-work",
        "--status",
        "displaced_ukraine",
        "--date",
        "2026-11-22",
        "--kind",
        "employment",
        "--language",
        "uk",
    ])?;
    demo.show(&[
        "catalogue",
        "near",
        "--skills",
        &demo.file("skills.txt"),
        "--top",
        "2",
    ])?;
    println!(
        "Everything is in {}; people and firms in it do not exist.",
        demo.folder
    );
    println!("Try: {} --help", demo.program);
    Ok(())
}

impl Tour<'_> {
    fn file(&self, name: &str) -> String {
        format!("{}/{name}", self.folder)
    }

    /// Runs a command and lets it print.
    fn show(&self, arguments: &[&str]) -> anyhow::Result<()> {
        process::run(self.root, &self.program, arguments)
    }

    /// Runs a command on both sides, keeps its lines in a file and reads them.
    fn lines(&self, command: &str, out: &str, more: &[&str]) -> anyhow::Result<Vec<Value>> {
        let (candidates, vacancies) = (
            self.file("candidates.ndjson"),
            self.file("vacancies.ndjson"),
        );
        let out = self.file(out);
        let mut arguments = vec![
            command,
            "--candidates",
            &candidates,
            "--vacancies",
            &vacancies,
            "--out",
            &out,
        ];
        arguments.extend(more);
        self.show(&arguments)?;
        read_lines(&self.root.join(&out))
    }

    fn matches(&self) -> anyhow::Result<()> {
        let pairs = self.lines("match", "matches.ndjson", &["--top", "5", "--explain"])?;
        println!(
            "  {} pairs with their explanation in {}",
            pairs.len(),
            self.file("matches.ndjson")
        );
        for pair in pairs.iter().filter(|pair| pair["rank"] == 1).take(SHOWN) {
            let leaves = leaves(pair);
            let held = leaves.iter().filter(|leaf| leaf["points"] != 0).count();
            println!(
                "  {} → {}: {} of 1000; {held} of {} demands covered",
                text(pair, "candidate"),
                text(pair, "vacancy"),
                pair["score"],
                leaves.len()
            );
        }
        Ok(())
    }

    fn levers(&self) -> anyhow::Result<()> {
        let people = self.lines("levers", "levers.ndjson", &[])?;
        for person in people.iter().take(SHOWN) {
            let best = person["levers"].as_array().and_then(|levers| {
                levers
                    .iter()
                    .max_by_key(|lever| lever["opens"].as_u64().unwrap_or(0))
            });
            let found = best.map_or("no single one".to_owned(), |lever| {
                let to = lever["to"]
                    .as_str()
                    .map_or(String::new(), |to| format!(" to {to}"));
                format!("{}{to} opens {} more", text(lever, "lever"), lever["opens"])
            });
            println!(
                "  {}: {} open now; {found}",
                text(person, "candidate"),
                person["open_now"]
            );
        }
        Ok(())
    }

    /// Makes the choices of a division out of the matches, and divides.
    fn divide(&self) -> anyhow::Result<()> {
        let mut options: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for pair in read_lines(&self.root.join(self.file("matches.ndjson")))? {
            let option = json!({"place": pair["vacancy"], "score": pair["score"]});
            options
                .entry(text(&pair, "candidate").to_owned())
                .or_default()
                .push(option);
        }
        let candidates: String = options
            .into_iter()
            .map(|(id, options)| format!("{}\n", json!({"id": id, "options": options})))
            .collect();
        let places: String = read_lines(&self.root.join(self.file("vacancies.ndjson")))?
            .into_iter()
            .map(|v| format!("{}\n", json!({"id": v["id"], "capacity": v["places"]})))
            .collect();
        fs::write(self.root.join(self.file("choices.ndjson")), candidates)?;
        fs::write(self.root.join(self.file("places.ndjson")), places)?;
        let (choices, places, out) = (
            self.file("choices.ndjson"),
            self.file("places.ndjson"),
            self.file("division.ndjson"),
        );
        self.show(&[
            "divide",
            "--candidates",
            &choices,
            "--places",
            &places,
            "--out",
            &out,
        ])?;
        let division = read_lines(&self.root.join(&out))?;
        if let Some(proof) = division.last() {
            println!("  {proof}");
        }
        Ok(())
    }
}

fn read_lines(path: &Path) -> anyhow::Result<Vec<Value>> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    text.lines()
        .map(|line| {
            serde_json::from_str(line).with_context(|| format!("{}: no JSON", path.display()))
        })
        .collect()
}

fn text<'a>(record: &'a Value, field: &str) -> &'a str {
    record[field].as_str().unwrap_or("")
}

/// The leaves of an explanation.
fn leaves(pair: &Value) -> Vec<&Value> {
    pair["explanation"]["branches"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|branch| branch["leaves"].as_array())
        .flatten()
        .collect()
}
