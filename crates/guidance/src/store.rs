//! The set in force, which an administrator can replace while the program runs.

use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use crate::bundle::{Bundle, Unreadable};
use crate::embedded;
use crate::set::{GuidanceSet, Refused};

/// A set that could not be put in force.
#[derive(Debug, thiserror::Error)]
pub enum ReplaceFault {
    /// A folder or file cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The data is wrong.
    #[error(transparent)]
    Refused(#[from] Refused),
}

/// Holds the set in force.
#[derive(Debug)]
pub struct RuleStore {
    current: RwLock<Arc<GuidanceSet>>,
}

impl RuleStore {
    /// A store with the set that is part of the program.
    ///
    /// # Errors
    /// Fails when that set is wrong, which a test of this crate rules out.
    pub fn embedded() -> Result<RuleStore, Refused> {
        Ok(RuleStore::holding(GuidanceSet::load(&embedded::bundle())?))
    }

    /// A store with the set of a folder.
    ///
    /// # Errors
    /// Fails when the folder cannot be read or the set is wrong.
    pub fn from_folder(folder: &Path) -> Result<RuleStore, ReplaceFault> {
        let set = GuidanceSet::load(&Bundle::from_folder(folder)?)?;
        Ok(RuleStore::holding(set))
    }

    /// A store with this set.
    #[must_use]
    pub fn holding(set: GuidanceSet) -> RuleStore {
        RuleStore {
            current: RwLock::new(Arc::new(set)),
        }
    }

    /// The set in force; whoever holds it keeps it whole while another is put in force.
    #[must_use]
    pub fn current(&self) -> Arc<GuidanceSet> {
        // A set is replaced by one assignment, so a panic elsewhere leaves it whole.
        let guard = self.current.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&guard)
    }

    /// Puts the set of a folder in force in place of the present one.
    ///
    /// # Errors
    /// Fails when the folder cannot be read or the set is wrong; the present set then stays.
    pub fn replace(&self, folder: &Path) -> Result<(), ReplaceFault> {
        let set = GuidanceSet::load(&Bundle::from_folder(folder)?)?;
        let mut guard = self.current.write().unwrap_or_else(PoisonError::into_inner);
        *guard = Arc::new(set);
        Ok(())
    }
}
