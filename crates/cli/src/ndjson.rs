//! Files of one JSON object a line, in and out.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

use anyhow::{Context, anyhow, bail};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::lines::{Line, Lines};
use crate::output;

/// Longest line in bytes: a candidate with the most options and the longest ids fits.
const LONGEST_LINE: usize = 16 * 1024 * 1024;

/// So many skipped lines are named; the others are counted.
const MOST_NAMED: u64 = 20;

/// What to do with a line that cannot be used.
#[derive(Clone, Copy, Debug)]
pub(crate) enum OnFault {
    /// End with the first.
    Stop,
    /// Name the first, count them all and go on.
    Skip,
}

impl OnFault {
    /// What the option `--keep-going` says.
    pub(crate) fn from_option(keep_going: bool) -> OnFault {
        match keep_going {
            true => OnFault::Skip,
            false => OnFault::Stop,
        }
    }
}

/// Whether a path stands for standard input or output.
pub(crate) fn is_stream(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Hands every record of a file on; names file and line of what cannot be used.
pub(crate) fn each_record<T: DeserializeOwned>(
    path: &Path,
    on_fault: OnFault,
    take: impl FnMut(T) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    if is_stream(path) {
        return each_line("standard input", io::stdin().lock(), on_fault, take);
    }
    let name = path.display().to_string();
    let file = File::open(path).with_context(|| format!("cannot open {name}"))?;
    each_line(
        &name,
        BufReader::with_capacity(1 << 18, file),
        on_fault,
        take,
    )
}

pub(crate) fn each_line<T: DeserializeOwned>(
    name: &str,
    from: impl BufRead,
    on_fault: OnFault,
    mut take: impl FnMut(T) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut lines = Lines::new(from, LONGEST_LINE);
    let mut skipped = 0u64;
    while let Some((number, line)) = lines
        .next_line()
        .with_context(|| format!("cannot read {name}"))?
    {
        let fault = match line {
            Line::NotUtf8 => anyhow!("not UTF-8"),
            Line::TooLong => anyhow!("longer than {LONGEST_LINE} bytes"),
            Line::Text(text) if text.trim().is_empty() => continue,
            Line::Text(text) => match parse(&text).and_then(&mut take) {
                Ok(()) => continue,
                Err(fault) => fault,
            },
        };
        match on_fault {
            OnFault::Stop => return Err(fault.context(format!("{name}:{number}"))),
            OnFault::Skip if skipped < MOST_NAMED => {
                output::warn(&format!("{name}:{number}: skipped: {fault:#}"));
            }
            OnFault::Skip => {}
        }
        skipped += 1;
    }
    if skipped > 0 {
        output::warn(&format!("{name}: {skipped} lines skipped"));
    }
    Ok(())
}

fn parse<T: DeserializeOwned>(text: &str) -> anyhow::Result<T> {
    // The parser counts lines within the one line it gets; only the column helps.
    serde_json::from_str(text)
        .map_err(|error| anyhow!(error.to_string().replace(" at line 1 column", " at column")))
}

/// Writes one record and its line end.
pub(crate) fn write(record: &impl Serialize, out: &mut impl Write) -> anyhow::Result<()> {
    serde_json::to_writer(&mut *out, record).map_err(io::Error::from)?;
    Ok(out.write_all(b"\n")?)
}

/// Says no before the work begins, not after.
pub(crate) fn refuse_folder(path: &Path) -> anyhow::Result<()> {
    if path.is_dir() {
        bail!("{} is a folder", path.display());
    }
    Ok(())
}

/// Writes to standard output or to a file that is renamed when all is well.
pub(crate) fn write_out(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    if is_stream(path) {
        let mut out = output::standard_output();
        write(&mut out)?;
        return Ok(out.flush()?);
    }
    output::write_beside_then_rename(path, |writer| write(writer))
}
