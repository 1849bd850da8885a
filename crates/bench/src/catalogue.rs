//! Importing and opening: English ESCO with every other language that lies beside it.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use domain::language::Language;
use serde_json::json;
use taxonomy::compiled;
use taxonomy::esco::{self, ImportRequest, LabelFile};

use crate::clock::{Clock, memory_mb};

/// Arguments of the measurement.
#[derive(Debug, Args)]
pub(crate) struct CatalogueArguments {
    /// Folder with `esco-v1.1.1`, `esco-nl`, `esco-ar` and `labels`.
    #[arg(long, value_name = "DIR", default_value = "../shared/data")]
    data: PathBuf,
    /// Where the compiled file goes.
    #[arg(long, value_name = "FILE", default_value = "target/bench.wbc")]
    out: PathBuf,
    /// Only open the file that an earlier run left, so that memory is that of an open catalogue.
    #[arg(long)]
    open_only: bool,
}

/// Runs the measurement.
pub(crate) fn run(arguments: &CatalogueArguments) -> anyhow::Result<()> {
    if !arguments.open_only {
        import(arguments)?;
    }
    let clock = Clock::start();
    let catalogue = compiled::open(&arguments.out)?;
    let open_ms = clock.wall() * 1000.0;
    println!(
        "{}",
        json!({
            "bench": "catalogue open",
            "concepts": catalogue.len(),
            "file_mb": std::fs::metadata(&arguments.out)?.len() as f64 / 1e6,
            "open_ms": open_ms,
            // After an import in the same process this is that of the import too.
            "resident_mb": memory_mb("VmRSS")?,
            "peak_mb": memory_mb("VmHWM")?,
        })
    );
    Ok(())
}

fn import(arguments: &CatalogueArguments) -> anyhow::Result<()> {
    let clock = Clock::start();
    let request = ImportRequest {
        folders: ["esco-v1.1.1", "esco-nl", "esco-ar"]
            .map(|name| arguments.data.join(name))
            .to_vec(),
        labels: vec![LabelFile {
            language: Language::NL,
            path: arguments.data.join("labels/skills_nl_partial.tsv"),
        }],
    };
    let (source, report) = esco::import(&request, |_| ())?;
    let read_s = clock.wall();
    let catalogue = source.compile()?;
    let mut file = std::io::BufWriter::new(
        std::fs::File::create(&arguments.out)
            .with_context(|| format!("cannot create {}", arguments.out.display()))?,
    );
    compiled::write(&catalogue, &mut file)?;
    file.into_inner()?.sync_all()?;
    println!(
        "{}",
        json!({
            "bench": "catalogue import",
            "files": report.files.len(),
            "concepts": catalogue.len(),
            "labels": catalogue.languages().map(|l| catalogue.n_labels(l)).sum::<usize>(),
            "read_s": read_s,
            "wall_s": clock.wall(),
            "cpu_s": clock.cpu(),
        })
    );
    Ok(())
}
