//! `werkbrug guidance may-work`.

use std::io::Write;

use clap::Args;
use guidance::Day;
use guidance::answer::Speaker;
use guidance::facts::Fact;
use guidance::rule::Topic;

use super::input::{self, Common};
use super::show;
use crate::output;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct MayWorkArguments {
    /// Residence situation: status_holder, status_holder_permanent, family_asylum,
    /// family_regular, asylum_seeker, displaced_ukraine, third_country_ukraine,
    /// transition_document, dutch, other (Dutch words are understood too).
    #[arg(long)]
    status: String,
    /// Date asked for.
    #[arg(long)]
    date: Day,
    /// Kind of work: employment, own_business, internship, volunteer.
    #[arg(long)]
    kind: String,
    /// Day the asylum procedure began.
    #[arg(long, value_name = "DATE")]
    procedure_start: Option<Day>,
    /// First day of the work, to date the duties.
    #[arg(long, value_name = "DATE")]
    start: Option<Day>,
    /// Where the person lives: reception_centre, interim, municipal_shelter, home.
    #[arg(long)]
    housing: Option<String>,
    /// Any other fact, as name=value; may be given more than once.
    #[arg(long = "fact", value_name = "NAME=VALUE")]
    facts: Vec<String>,
    #[command(flatten)]
    common: Common,
}

/// Runs the command.
pub(crate) fn run(arguments: &MayWorkArguments) -> anyhow::Result<()> {
    let mut facts = input::facts(&arguments.facts)?
        .with(Fact::Residence, &arguments.status)?
        .with(Fact::Kind, &arguments.kind)?;
    for (fact, day) in [
        (Fact::ProcedureStart, arguments.procedure_start),
        (Fact::StartDate, arguments.start),
    ] {
        if let Some(day) = day {
            facts = facts.with(fact, &day.to_string())?;
        }
    }
    if let Some(housing) = &arguments.housing {
        facts = facts.with(Fact::Housing, housing)?;
    }
    let set = arguments.common.set()?;
    let speaker = Speaker {
        set: &set,
        language: arguments.common.language,
    };
    let decision = set.rules.decide(Topic::MayWork, &facts, arguments.date);
    let answer = speaker.answer(Topic::MayWork, &decision, &facts);
    let mut out = output::standard_output();
    if arguments.common.json {
        serde_json::to_writer_pretty(&mut out, &answer)?;
        writeln!(out)?;
    } else {
        show::answer(&mut out, speaker, &answer)?;
    }
    out.flush()?;
    Ok(())
}
