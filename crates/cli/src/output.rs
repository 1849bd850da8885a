//! How commands speak: buffered standard output, one-line errors, files that are never half-written.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

/// Buffered standard output; flush it at the end of a command.
pub(crate) fn standard_output() -> BufWriter<io::StdoutLock<'static>> {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// Prints an error and its causes as one line on standard error.
pub(crate) fn report_error(error: &anyhow::Error) {
    let chain: Vec<String> = error
        .chain()
        .map(|cause| cause.to_string().replace(['\n', '\r'], " "))
        .collect();
    // Nothing is left to tell the user when standard error itself is gone.
    let _ = writeln!(io::stderr(), "error: {}", chain.join(": "));
}

/// Prints a warning as one line on standard error.
pub(crate) fn warn(message: &str) {
    let _ = writeln!(io::stderr(), "warning: {message}");
}

/// Says on standard error what a command did beside its output.
pub(crate) fn note(message: &str) {
    let _ = writeln!(io::stderr(), "{message}");
}

/// Whether an error only says that the reader of our output went away (`werkbrug … | head`).
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}

/// Writes a file beside its final place and renames it when `write` succeeded.
///
/// After a failure neither the final file nor the temporary one is left half-written.
pub(crate) fn write_beside_then_rename(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let beside = beside(path);
    let outcome = (|| {
        let file =
            File::create(&beside).with_context(|| format!("cannot create {}", beside.display()))?;
        let mut writer = BufWriter::with_capacity(1 << 18, file);
        write(&mut writer)?;
        let file = writer
            .into_inner()
            .map_err(io::IntoInnerError::into_error)
            .with_context(|| format!("cannot write {}", beside.display()))?;
        file.sync_all()
            .with_context(|| format!("cannot write {}", beside.display()))?;
        fs::rename(&beside, path).with_context(|| format!("cannot write {}", path.display()))
    })();
    if outcome.is_err() {
        // The temporary file may not exist; the first error is the one to report.
        let _ = fs::remove_file(&beside);
    }
    outcome
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_the_old_file_and_nothing_else() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("out.txt");
        write_beside_then_rename(&path, |w| Ok(w.write_all(b"first")?))?;
        let failed = write_beside_then_rename(&path, |w| {
            w.write_all(b"half")?;
            anyhow::bail!("stopped")
        });
        assert!(failed.is_err());
        assert_eq!(fs::read_to_string(&path)?, "first");
        assert_eq!(fs::read_dir(folder.path())?.count(), 1);
        Ok(())
    }

    #[test]
    fn a_closed_pipe_is_recognised_through_context() {
        let error = anyhow::Error::from(io::Error::from(io::ErrorKind::BrokenPipe))
            .context("cannot write standard output");
        assert!(is_closed_pipe(&error));
    }
}
