//! A fault in a data file, with file and line.

use std::fmt;

/// What is wrong in a file, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct DataFault {
    /// Name of the file.
    pub file: String,
    /// Line, the first being 1; 0 when the fault is about the file as a whole.
    pub line: u64,
    /// What is wrong.
    pub reason: String,
}

impl fmt::Display for DataFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let DataFault { file, line, reason } = self;
        match line {
            0 => write!(f, "{file}: {reason}"),
            _ => write!(f, "{file}:{line}: {reason}"),
        }
    }
}

impl DataFault {
    /// A fault on a line.
    #[must_use]
    pub fn new(file: &str, line: u64, reason: impl fmt::Display) -> DataFault {
        DataFault {
            file: file.to_owned(),
            line,
            reason: reason.to_string(),
        }
    }

    /// A fault of a TOML text, at the line the parser names.
    pub(crate) fn of_toml(file: &str, text: &str, error: &toml::de::Error) -> DataFault {
        let line = error.span().map_or(0, |span| line_at(text, span.start));
        DataFault::new(file, line, error.message())
    }
}

/// The line of a byte position, from 1.
pub(crate) fn line_at(text: &str, position: usize) -> u64 {
    let before = text.as_bytes().get(..position).unwrap_or(text.as_bytes());
    1 + before.iter().filter(|byte| **byte == b'\n').count() as u64
}
