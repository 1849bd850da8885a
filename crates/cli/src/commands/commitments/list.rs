//! `commitments list`: the deadline board.

use std::io::Write;

use ::commitments::calendar::iso;
use ::commitments::deadline::Conventions;
use ::commitments::register::{Review, Row, Urgency, board};
use ::commitments::wording;
use clap::Args;
use serde::Serialize;
use time::Date;

use super::register_place::RegisterArguments;
use super::{day, today};
use crate::installation;
use crate::output::standard_output;

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(
    after_help = "Late is what is open after the last day of its term, also when a document says it is
done while the register holds no paper and passage that prove it. A \"voorstel\" was read by the
program and still has to be reviewed. An earlier date shows what was known on that date.

Example:
  werkbrug commitments list --late --on 2023-04-01"
)]
pub(crate) struct ListArguments {
    /// Only what is late.
    #[arg(long)]
    late: bool,
    /// The date to look on; today when left out.
    #[arg(long, value_parser = day)]
    on: Option<Date>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    register: RegisterArguments,
}

#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    row: &'a Row,
    kind: &'static str,
    state: &'static str,
    ask: String,
    claimed_without_proof: bool,
    /// Read by the program; nobody looked yet.
    proposal: bool,
}

/// Runs the command.
pub(crate) fn run(arguments: &ListArguments) -> anyhow::Result<()> {
    let on = arguments.on.map_or_else(today, Ok)?;
    let register = installation::run(async { arguments.register.open().await?.register().await })?;
    let mut rows = board(&register, on, &Conventions::default());
    if arguments.late {
        rows.retain(|row| matches!(row.urgency, Urgency::Late { .. }));
    }
    let lines: Vec<Line<'_>> = rows
        .iter()
        .filter_map(|row| {
            let obligation = register.get(row.id)?.as_of(on)?;
            Some(Line {
                row,
                kind: wording::kind(obligation.content().kind),
                state: wording::state(obligation.state()),
                ask: obligation.content().ask.words.clone(),
                proposal: *obligation.review() == Review::Proposed,
                claimed_without_proof: obligation.is_claimed_without_proof(),
            })
        })
        .collect();
    let mut out = standard_output();
    if arguments.json {
        serde_json::to_writer_pretty(&mut out, &lines)?;
        writeln!(out)?;
        return Ok(out.flush()?);
    }
    let which = if arguments.late { " te laat" } else { " open" };
    writeln!(out, "Op {}: {}{which}", iso(on), lines.len())?;
    for line in &lines {
        let claimed = if line.claimed_without_proof {
            "; gemeld als afgedaan, bewijs ontbreekt"
        } else {
            ""
        };
        let proposal = if line.proposal { "voorstel, " } else { "" };
        let deferred = match line.row.deferrals {
            0 => String::new(),
            n => format!("; {n} keer uitgesteld"),
        };
        writeln!(
            out,
            "{:>4}. {} [{proposal}{}, {}{claimed}{deferred}] {}",
            line.row.id,
            wording::urgency(line.row.urgency),
            line.kind,
            line.state,
            line.ask
        )?;
    }
    Ok(out.flush()?)
}
