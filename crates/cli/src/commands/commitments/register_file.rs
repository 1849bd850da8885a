//! The register as one JSON file, written beside and renamed.

use std::io::Write;
use std::path::Path;

use ::commitments::register::Register;
use anyhow::Context;

use crate::output::write_beside_then_rename;

/// Reads the register; a file that is not there is an empty register.
pub(crate) fn open(path: &Path) -> anyhow::Result<Register> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Register::default());
        }
        Err(error) => {
            return Err(error).with_context(|| format!("cannot read {}", path.display()));
        }
    };
    serde_json::from_str(&text).with_context(|| format!("{} holds no register", path.display()))
}

/// Writes the register.
pub(crate) fn save(path: &Path, register: &Register) -> anyhow::Result<()> {
    write_beside_then_rename(path, |writer| {
        serde_json::to_writer_pretty(&mut *writer, register)?;
        Ok(writer.write_all(b"\n")?)
    })
}
