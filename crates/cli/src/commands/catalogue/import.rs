//! `werkbrug catalogue import`.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use taxonomy::esco::{self, ImportReport, ImportRequest, LabelFile};
use taxonomy::{Catalogue, compiled, starter};

use crate::output;
use crate::progress::Progress;

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  werkbrug catalogue import --esco ESCO-v1.2 --labels uk=titles_uk.tsv --out esco.wbc

The folder is searched three folders deep, so that downloads in several languages can stand side
by side. Every file that is missing is named; what is wrong in a file is named with its line.")]
pub(crate) struct ImportArguments {
    /// Folder with an ESCO download in CSV form (1.1 or 1.2); may be given several times.
    #[arg(long, value_name = "DIR", required = true)]
    esco: Vec<PathBuf>,
    /// Extra labels: a file with `uri<TAB>label` per line, or an ESCO concept file (.csv).
    #[arg(long, value_name = "LANG=FILE", value_parser = label_file)]
    labels: Vec<LabelFile>,
    /// Add the starter catalogue: its labels in languages that a concept lacks, and its own
    /// concepts.
    #[arg(long)]
    join_starter: bool,
    /// Where to write the compiled catalogue.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
}

fn label_file(text: &str) -> Result<LabelFile, String> {
    let (language, path) = text
        .split_once('=')
        .ok_or_else(|| "expected LANG=FILE, for example uk=titles.tsv".to_owned())?;
    let language = language.parse().map_err(|error| format!("{error}"))?;
    if path.is_empty() {
        return Err("the file name is empty".to_owned());
    }
    Ok(LabelFile {
        language,
        path: PathBuf::from(path),
    })
}

/// Runs the command.
pub(crate) fn run(arguments: &ImportArguments) -> anyhow::Result<()> {
    if arguments.out.is_dir() {
        bail!("{} is a folder", arguments.out.display());
    }
    let progress = Progress::spinner("reading");
    let request = ImportRequest {
        folders: arguments.esco.clone(),
        labels: arguments.labels.clone(),
    };
    let (mut source, report) = esco::import(&request, |path| {
        progress.say(&format!("reading {}", path.display()));
    })?;
    if arguments.join_starter {
        source.join(&starter::source().context("the starter catalogue is broken")?);
    }
    progress.say("compiling");
    let catalogue = source
        .compile()
        .map_err(|error| esco::locate(error, &report))?;
    progress.say("writing");
    output::write_beside_then_rename(&arguments.out, |writer| {
        Ok(compiled::write(&catalogue, writer)?)
    })?;
    progress.finish();
    warn_of(&report);
    print(&catalogue, &report, arguments)
}

fn warn_of(report: &ImportReport) {
    for name in &report.missing {
        output::warn(&format!(
            "missing {name}: the catalogue lacks what it would hold"
        ));
    }
    for finding in &report.findings {
        output::warn(&format!(
            "{}:{}: {} ({}×, first one here)",
            finding.file.display(),
            finding.line,
            finding.what,
            finding.times
        ));
    }
}

fn print(
    catalogue: &Catalogue,
    report: &ImportReport,
    arguments: &ImportArguments,
) -> anyhow::Result<()> {
    let mut out = output::standard_output();
    if arguments.json {
        serde_json::to_writer_pretty(&mut out, report)?;
        writeln!(out)?;
    } else {
        let languages: Vec<String> = catalogue
            .languages()
            .map(|l| format!("{l} {}", catalogue.n_labels(l)))
            .collect();
        writeln!(
            out,
            "{}: {} concepts from {} files; labels: {}",
            arguments.out.display(),
            catalogue.len(),
            report.files.len(),
            languages.join(", ")
        )?;
        for notice in catalogue.notices() {
            writeln!(out, "{notice}")?;
        }
    }
    Ok(out.flush()?)
}
