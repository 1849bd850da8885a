//! `commitments import-chamber`: saved pages of open data → register.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use super::register_place::RegisterArguments;
use crate::installation;
use crate::output::standard_output;

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(
    after_help = "Reads every .json file of the folder, in order of name: pages of Zaak and Toezegging as
the open data of the Chamber gives them. Taking the same pages in again changes nothing.
Who publishes the outcome names the Chamber as the source.

Example:
  werkbrug commitments import-chamber paginas/ --register register.json"
)]
pub(crate) struct ChamberArguments {
    /// The folder with saved pages.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    #[command(flatten)]
    register: RegisterArguments,
}

/// Runs the command.
pub(crate) fn run(arguments: &ChamberArguments) -> anyhow::Result<()> {
    let folder = &arguments.folder;
    let mut pages = std::fs::read_dir(folder)
        .with_context(|| format!("cannot read {}", folder.display()))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()?;
    pages.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    pages.sort();
    anyhow::ensure!(
        !pages.is_empty(),
        "{} holds no .json files",
        folder.display()
    );
    let texts = pages
        .into_iter()
        .map(|page| {
            let text = std::fs::read_to_string(&page)
                .with_context(|| format!("cannot read {}", page.display()))?;
            Ok((page, text))
        })
        .collect::<anyhow::Result<Vec<(PathBuf, String)>>>()?;
    let counts = installation::run(async {
        let place = arguments.register.open().await?;
        place.import_chamber(&texts).await
    })?;
    let mut out = standard_output();
    writeln!(
        out,
        "{} bestanden: {} nieuw, {} gewijzigd, {} al bekend, {} overgeslagen",
        texts.len(),
        counts.new,
        counts.updated,
        counts.same,
        counts.left
    )?;
    Ok(out.flush()?)
}
