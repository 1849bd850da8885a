//! Static releases: protected tables, the reason for every hidden cell, and a ledger.
//!
//! [`build`] makes a release from the records, [`check`] proves from the published files alone
//! that no hidden cell can be worked out.
//!
//! # What is published
//! For every share, a table per breakdown: groups as rows, those in the numerator and the rest as
//! columns, with totals. Months of follow-up are tried in the order of [`MONTHS_FIRST`]; a table
//! whose counts would differ from those of an accepted one by a few people, because one counts
//! nearly the same people as the other, is withheld with the reason.

pub mod build;
pub mod check;
pub mod files;

use serde::{Deserialize, Serialize};
use statistics::disclosure::policy::{Policy, Reason};
use time::Date;

use crate::codes::{Dimension, EvidenceLevel};
use crate::indicator::day;
use crate::month::Month;
use crate::programme::Fictional;

/// Months of follow-up in the order in which they are published; others follow ascending.
pub const MONTHS_FIRST: [u16; 5] = [12, 36, 60, 24, 6];

/// Version of the files of a release.
pub const FORMAT: u32 = 1;

/// Why a cell is hidden, in files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HiddenBecause {
    /// Too few people.
    SmallCount,
    /// (Nearly) all of a group are alike.
    GroupDisclosure,
    /// It would give away another hidden cell.
    ProtectsAnother,
    /// The totals of the whole table are withheld.
    TotalsWithheld,
    /// The only reason a reader gets: which of the others it is would bound the count.
    Withheld,
}

impl HiddenBecause {
    /// One plain Dutch sentence for the privacy officer and the reader.
    #[must_use]
    pub fn in_dutch(self) -> &'static str {
        match self {
            HiddenBecause::SmallCount => "Het gaat om te weinig mensen.",
            HiddenBecause::GroupDisclosure => {
                "Bijna iedereen in deze groep is gelijk; het getal zou iets over ieder van hen zeggen."
            }
            HiddenBecause::ProtectsAnother => {
                "Met dit getal zou een ander verborgen getal te berekenen zijn."
            }
            HiddenBecause::Withheld => "Dit getal wordt volgens het beleid niet getoond.",
            HiddenBecause::TotalsWithheld => {
                "De totalen van deze tabel zijn weggelaten, omdat een verborgen getal eruit zou volgen."
            }
        }
    }
}

impl From<Reason> for HiddenBecause {
    fn from(reason: Reason) -> HiddenBecause {
        match reason {
            Reason::GroupDisclosure => HiddenBecause::GroupDisclosure,
            Reason::ProtectsAnother => HiddenBecause::ProtectsAnother,
            _ => HiddenBecause::SmallCount,
        }
    }
}

/// What a table counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Subject {
    /// Indicator.
    pub indicator: String,
    /// Version of its definition.
    pub version: u32,
    /// Measure.
    pub measure: String,
    /// Months of follow-up.
    pub months: Option<u16>,
}

/// Columns of every table: in the numerator, the rest of the denominator, both.
pub const COLUMNS: [&str; 3] = ["numerator", "rest", "denominator"];

/// A hidden cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HiddenCell {
    /// Row; the number of groups for the totals.
    pub row: usize,
    /// Column of [`COLUMNS`].
    pub column: usize,
    /// Why.
    pub because: HiddenBecause,
}

/// A published table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PublishedTable {
    /// What it counts.
    #[serde(flatten)]
    pub subject: Subject,
    /// Breakdown; `None` for everybody in one row.
    pub by: Option<Dimension>,
    /// Codes of the groups, one per row.
    pub groups: Vec<String>,
    /// Cells, a row per group and one of totals; `None` is hidden.
    pub cells: Vec<[Option<u64>; 3]>,
    /// Whole percentages per row, where the policy allows one.
    pub percent: Vec<Option<u8>>,
    /// Ends of the 95 % Wilson interval in whole percent, rounded outwards, beside every
    /// percentage.
    pub interval: Vec<Option<[u8; 2]>>,
    /// Hidden cells with their reason.
    pub hidden: Vec<HiddenCell>,
    /// What the figures prove.
    pub evidence: EvidenceLevel,
    /// How it was shown that hidden cells stay hidden.
    pub proof: String,
}

/// A table that is not published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithheldTable {
    /// What it would count.
    #[serde(flatten)]
    pub subject: Subject,
    /// Breakdown.
    pub by: Option<Dimension>,
    /// Why; without numbers.
    pub because: String,
}

/// The rules of the release, as published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PublishedPolicy {
    /// Its name.
    pub name: String,
    /// Smallest count shown above 0.
    pub minimum_count: u64,
    /// Share of a group from which what its members have in common is withheld.
    pub group_limit: f64,
}

impl PublishedPolicy {
    /// The policy under a name.
    #[must_use]
    pub fn of(name: &str, policy: &Policy) -> PublishedPolicy {
        PublishedPolicy {
            name: name.to_owned(),
            minimum_count: policy.minimum_count(),
            group_limit: policy.group_limit(),
        }
    }
}

/// A whole release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Release {
    /// Version of the format.
    pub format: u32,
    /// Name, unique in a ledger.
    pub name: String,
    /// Reference month.
    pub on: Month,
    /// Day of the release.
    #[serde(with = "day")]
    pub released_on: Date,
    /// Whether the records behind it are invented.
    pub fictional: Fictional,
    /// Rules.
    pub policy: PublishedPolicy,
    /// Tables.
    pub tables: Vec<PublishedTable>,
    /// Tables left out.
    pub withheld: Vec<WithheldTable>,
}

/// What a reader gets to know about a table that is left out.
const NOT_PUBLISHED: &str = "it cannot be published under the policy";

impl Release {
    /// The release as it may leave the house.
    ///
    /// The reasons are for the privacy officer: a reader who knew that a count is hidden because
    /// it is small would know that it lies below the minimum, and so more than the proof allows.
    #[must_use]
    pub fn public(&self) -> Release {
        let mut public = self.clone();
        for cell in public.tables.iter_mut().flat_map(|table| &mut table.hidden) {
            if cell.because != HiddenBecause::TotalsWithheld {
                cell.because = HiddenBecause::Withheld;
            }
        }
        for table in &mut public.withheld {
            NOT_PUBLISHED.clone_into(&mut table.because);
        }
        public
    }
}

/// Published tables, as readers have them, in order of release.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ReleaseLedger {
    /// Releases, the first first.
    pub releases: Vec<Release>,
}
