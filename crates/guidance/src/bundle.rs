//! The files of a guidance set: embedded in the program or read from a folder.
//!
//! It knows files, lines and TOML; it must not know what the files say.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

/// A fault in a data file, with the line where the faulty part begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataFault {
    /// Path of the file within the set.
    pub file: String,
    /// Line, the first being 1; 0 when the fault is about the file as a whole.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

impl fmt::Display for DataFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let DataFault { file, line, reason } = self;
        if *line == 0 {
            write!(f, "{file}: {reason}")
        } else {
            write!(f, "{file}:{line}: {reason}")
        }
    }
}

/// A folder that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {path}")]
pub struct Unreadable {
    /// The file or folder.
    pub path: PathBuf,
    /// Why.
    #[source]
    pub source: std::io::Error,
}

/// Paths and contents of the files of a set.
#[derive(Clone, Debug, Default)]
pub struct Bundle {
    files: BTreeMap<String, String>,
}

/// Deepest folder below the given one that is read.
const DEPTH: usize = 4;

impl Bundle {
    /// A bundle of these paths and contents.
    pub fn new(files: impl IntoIterator<Item = (String, String)>) -> Bundle {
        Bundle {
            files: files.into_iter().collect(),
        }
    }

    /// Reads every `.toml` and `.csv` file below a folder.
    ///
    /// # Errors
    /// Fails when a folder or file cannot be read or is not UTF-8.
    pub fn from_folder(folder: &Path) -> Result<Bundle, Unreadable> {
        let mut bundle = Bundle::default();
        bundle.read_below(folder, "", DEPTH)?;
        Ok(bundle)
    }

    fn read_below(&mut self, folder: &Path, prefix: &str, depth: usize) -> Result<(), Unreadable> {
        let failed = |path: &Path| {
            let path = path.to_path_buf();
            move |source| Unreadable { path, source }
        };
        for entry in std::fs::read_dir(folder).map_err(failed(folder))? {
            let entry = entry.map_err(failed(folder))?;
            let path = entry.path();
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if path.is_dir() {
                if depth > 0 {
                    self.read_below(&path, &format!("{name}/"), depth - 1)?;
                }
            } else if name.ends_with(".toml") || name.ends_with(".csv") {
                let text = std::fs::read_to_string(&path).map_err(failed(&path))?;
                self.files.insert(name, text);
            }
        }
        Ok(())
    }

    /// The same bundle with one file put in or replaced.
    #[must_use]
    pub fn with(mut self, path: &str, text: &str) -> Bundle {
        self.files.insert(path.to_owned(), text.to_owned());
        self
    }

    /// Content of a file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Files whose path begins with `prefix`, in order of path.
    pub fn below(&self, prefix: &str) -> impl Iterator<Item = (&str, &str)> {
        let prefix = prefix.to_owned();
        self.files
            .iter()
            .filter(move |(path, _)| path.starts_with(&prefix))
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Paths of all files.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }
}

/// A file being read: its place for messages.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// Path of the file within the set.
    pub file: &'a str,
    /// Its text.
    pub text: &'a str,
}

impl Reading<'_> {
    /// The TOML content as a type.
    ///
    /// # Errors
    /// Names the line and the reason.
    pub fn toml<T: DeserializeOwned>(self) -> Result<T, DataFault> {
        toml::from_str(self.text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            self.fault(start, error.message())
        })
    }

    /// A fault at a byte position of the text.
    pub fn fault(self, start: usize, reason: impl fmt::Display) -> DataFault {
        let before = self.text.as_bytes().iter().take(start);
        DataFault {
            file: self.file.to_owned(),
            line: before.filter(|byte| **byte == b'\n').count() + 1,
            reason: reason.to_string(),
        }
    }
}

/// A fault about a file as a whole.
pub fn fault(file: &str, reason: impl fmt::Display) -> DataFault {
    DataFault {
        file: file.to_owned(),
        line: 0,
        reason: reason.to_string(),
    }
}
