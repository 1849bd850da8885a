//! The figures behind the dashboard: computed once when the site starts and when the file changes,
//! never for every request.
//!
//! - `board`: the figures of one state of the data, raw and as they may be shown;
//! - `selection`: for whom and at which month, as a link holds it;
//! - `key`: the secret that decides how counts are rounded;
//! - `places`: names of municipalities and regions.
//!
//! Must not know pages or their wording.

pub(crate) mod board;
pub mod key;
pub(crate) mod places;
pub(crate) mod selection;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::SystemTime;

use application::StatisticsRecords;
use exchange::sheet::{Limits, SheetError, comma_reader};
use monitoring::compute::ComputeError;
use monitoring::fault::DataFault;
use monitoring::indicator::Registry;
use monitoring::person::StatisticsVault;
use monitoring::programme::Programme;
use monitoring::synthetic::{self, Course, Plan, Rows};
use monitoring::vault_file;
use serde::Deserialize;
use statistics::random::Seed;

pub(crate) use board::Board;
pub use board::shown;
use key::RoundingKey;

/// Seed of the invented records, so that everybody can make the same ones.
pub const SEED: u64 = 8;

/// What an installation sets for its figures, under `[monitor]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MonitorSettings {
    /// CSV or XLSX file with the pseudonymous records.
    pub data: Option<PathBuf>,
    /// TOML file with actions, networks, trainings and interviews, in place of those that come
    /// with the program.
    pub programme: Option<PathBuf>,
    /// Whether invented records are shown, marked as such, when there is no file.
    pub demo: bool,
}

/// Where the records come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Records {
    /// There are none.
    Nothing,
    /// Invented for demonstration.
    Invented,
    /// From a file.
    File(PathBuf),
    /// From the statistics vault of the installation.
    Vault {
        /// Persons who are left out because the day of their permit is not known.
        without_permit: u64,
    },
}

/// Why there are no figures.
#[derive(Debug, thiserror::Error)]
pub enum MonitorError {
    /// The file cannot be opened.
    #[error("cannot open {}", .path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is a workbook that cannot be read.
    #[error("cannot read {}", .path.display())]
    Table {
        /// The file.
        path: PathBuf,
        /// Why.
        source: SheetError,
    },
    /// The file, or data that come with the program, are faulty.
    #[error(transparent)]
    Data(#[from] DataFault),
    /// The records contradict a definition.
    #[error(transparent)]
    Compute(#[from] ComputeError),
    /// The invented records cannot be written.
    #[error("cannot invent records")]
    Invent(#[source] std::io::Error),
    /// The file holds nobody.
    #[error("{}: there is no record in it", .0.display())]
    Empty(PathBuf),
}

/// What became of looking whether the file has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refreshed {
    /// It has not.
    Unchanged,
    /// The figures are those of the new file.
    Changed,
}

/// When a file was written and how long it is.
type Stamp = Option<(SystemTime, u64)>;

/// The figures in force, and how to get newer ones.
#[derive(Debug)]
pub struct Monitor {
    settings: MonitorSettings,
    key: RoundingKey,
    state: RwLock<State>,
    /// Held while figures are computed, so that older ones never come after newer ones.
    renewing: Mutex<()>,
}

#[derive(Debug)]
struct State {
    board: Arc<Board>,
    stamps: [Stamp; 2],
    /// Whether a newer file was refused.
    has_refused: bool,
}

impl Monitor {
    /// Reads the records and computes the figures for everybody; `key` rounds the counts of real
    /// records.
    ///
    /// # Errors
    /// [`MonitorError`].
    pub fn open(settings: MonitorSettings, key: RoundingKey) -> Result<Monitor, MonitorError> {
        let stamps = stamps(&settings);
        let board = Arc::new(load(&settings, &key)?);
        let state = State {
            board,
            stamps,
            has_refused: false,
        };
        Ok(Monitor {
            settings,
            key,
            state: RwLock::new(state),
            renewing: Mutex::new(()),
        })
    }

    /// The figures in force; a reader keeps them while newer ones come.
    pub(crate) fn board(&self) -> Arc<Board> {
        Arc::clone(&self.read().board)
    }

    /// Whether a newer file was refused and the figures are those of the one before.
    pub(crate) fn has_refused(&self) -> bool {
        self.read().has_refused
    }

    /// Whether the figures are those of the installation's own records: no file is set, and
    /// nothing invented is wanted.
    #[must_use]
    pub fn wants_own_records(&self) -> bool {
        self.settings.data.is_none() && !self.settings.demo
    }

    /// Takes the records of the installation's statistics vault; no persons are as no records.
    ///
    /// # Errors
    /// [`MonitorError`]; the figures stay as they were.
    pub fn take(&self, records: &StatisticsRecords) -> Result<Refreshed, MonitorError> {
        let _renewing = self.renewing.lock().unwrap_or_else(PoisonError::into_inner);
        if *self.read().board.vault() == records.vault {
            return Ok(Refreshed::Unchanged);
        }
        let source = if records.vault.persons().is_empty() {
            Records::Nothing
        } else {
            Records::Vault {
                without_permit: records.without_permit,
            }
        };
        let board = board_of(&self.settings, &self.key, source, records.vault.clone())?;
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        state.board = Arc::new(board);
        Ok(Refreshed::Changed)
    }

    /// Computes anew when a file has changed; a faulty file is refused and the figures stay.
    ///
    /// # Errors
    /// [`MonitorError`], once for every change.
    pub fn refresh(&self) -> Result<Refreshed, MonitorError> {
        let _renewing = self.renewing.lock().unwrap_or_else(PoisonError::into_inner);
        let stamps = stamps(&self.settings);
        if self.read().stamps == stamps {
            return Ok(Refreshed::Unchanged);
        }
        let loaded = self.load_again();
        let mut state = self.state.write().unwrap_or_else(|poisoned| {
            // What a reader left behind is whole: the state is only ever replaced.
            poisoned.into_inner()
        });
        state.stamps = stamps;
        match loaded {
            Ok(board) => {
                state.board = Arc::new(board);
                state.has_refused = false;
                Ok(Refreshed::Changed)
            }
            Err(error) => {
                state.has_refused = true;
                Err(error)
            }
        }
    }

    /// The figures with changed files; records that were given stay.
    fn load_again(&self) -> Result<Board, MonitorError> {
        let board = self.board();
        match board.records() {
            Records::Vault { .. } => board_of(
                &self.settings,
                &self.key,
                board.records().clone(),
                board.vault().clone(),
            ),
            _ => load(&self.settings, &self.key),
        }
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }
}

fn stamps(settings: &MonitorSettings) -> [Stamp; 2] {
    [&settings.data, &settings.programme].map(|path| {
        let data = std::fs::metadata(path.as_ref()?).ok()?;
        Some((data.modified().ok()?, data.len()))
    })
}

fn load(settings: &MonitorSettings, key: &RoundingKey) -> Result<Board, MonitorError> {
    let (records, vault) = match &settings.data {
        Some(path) => (Records::File(path.clone()), read(path)?),
        None if settings.demo => (Records::Invented, invented()?),
        None => (Records::Nothing, StatisticsVault::default()),
    };
    board_of(settings, key, records, vault)
}

fn board_of(
    settings: &MonitorSettings,
    key: &RoundingKey,
    records: Records,
    vault: StatisticsVault,
) -> Result<Board, MonitorError> {
    let programme = match &settings.programme {
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|source| MonitorError::Open {
                path: path.clone(),
                source,
            })?;
            Programme::read(&path.display().to_string(), &text)?
        }
        None if records == Records::Invented => Programme::demo()?,
        None => Programme::embedded()?,
    };
    // Invented people have nothing to hide, so everybody may repeat how they are rounded.
    let is_invented = records == Records::Invented || vault.is_invented();
    let key = if is_invented {
        RoundingKey::of_invented()
    } else {
        key.clone()
    };
    Board::new(Registry::embedded()?, records, vault, programme, key)
}

fn read(path: &Path) -> Result<StatisticsVault, MonitorError> {
    let file = File::open(path).map_err(|source| MonitorError::Open {
        path: path.to_owned(),
        source,
    })?;
    let refused = |source| MonitorError::Table {
        path: path.to_owned(),
        source,
    };
    let table = comma_reader(file, &Limits::default()).map_err(refused)?;
    let vault = vault_file::read(&path.display().to_string(), table.text)?;
    if vault.persons().is_empty() {
        return Err(MonitorError::Empty(path.to_owned()));
    }
    Ok(vault)
}

/// The invented records, by way of the file everybody can make.
fn invented() -> Result<StatisticsVault, MonitorError> {
    let persons = synthetic::synthesise(&Course::embedded()?, &Plan::default(), Seed(SEED));
    let mut file = Vec::new();
    synthetic::write(&persons, Rows::Spells, &mut file).map_err(MonitorError::Invent)?;
    Ok(vault_file::read("invented records", file.as_slice())?)
}
