//! `werkbrug guidance words`: the words of a trade.

use std::io::{self, Write};

use clap::Args;
use guidance::language_plan::TradeWord;

use super::input::Common;
use crate::output;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct WordsArguments {
    /// Sector: care, construction, technology, hospitality, logistics, cleaning, childcare, office.
    #[arg(long)]
    sector: String,
    #[command(flatten)]
    common: Common,
}

/// Runs the command.
pub(crate) fn run(arguments: &WordsArguments) -> anyhow::Result<()> {
    let set = arguments.common.set()?;
    let words = set
        .language
        .words(&arguments.sector, arguments.common.language)?;
    let mut out = output::standard_output();
    if arguments.common.json {
        serde_json::to_writer_pretty(&mut out, &words)?;
        writeln!(out)?;
    } else {
        print(&mut out, &words)?;
    }
    out.flush()?;
    Ok(())
}

/// Prints words, Dutch first.
pub(crate) fn print(out: &mut impl Write, words: &[TradeWord<'_>]) -> io::Result<()> {
    for word in words {
        if word.word == word.dutch {
            writeln!(out, "- {}", word.dutch)?;
        } else {
            writeln!(out, "- {}: {}", word.dutch, word.word)?;
        }
    }
    Ok(())
}
