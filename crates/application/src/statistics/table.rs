//! Rows of the statistics vault → the records of the monitor, by way of the one reader that
//! checks them.

use std::collections::{BTreeMap, BTreeSet};

use monitoring::month::Month;
use monitoring::person::Column;
use monitoring::vault_file;
use store::statistics::Spell;

use super::StatisticsRecords;
use super::spells::PERMIT;
use crate::ApplicationError;

/// What faults call the vault.
const NAME: &str = "statistics vault";

/// The records up to a month.
pub(super) fn records(
    spells: &[Spell],
    until: Month,
) -> Result<StatisticsRecords, ApplicationError> {
    let broken = |_| ApplicationError::Fault("the table of spells cannot be written");
    let columns: Vec<&str> = vault_file::REQUIRED
        .into_iter()
        .chain(Column::ALL.map(|(_, name)| name))
        .collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&columns).map_err(broken)?;
    let mut left_out = BTreeSet::new();
    for spell in spells {
        let fields: BTreeMap<String, String> = serde_json::from_str(&spell.payload)
            .map_err(|_| ApplicationError::Fault("a spell cannot be read"))?;
        let first = month(&spell.began_on)?;
        if first > until {
            continue;
        }
        if !fields.contains_key(PERMIT) {
            left_out.insert(spell.pseudonym);
            continue;
        }
        let last = spell.ended_on.as_deref().map(month).transpose()?;
        let last = last.map_or(until, |last| last.min(until));
        let pseudonym = spell.pseudonym.to_string();
        let (first, last) = (first.to_string(), last.to_string());
        let cell = |name: &&str| match *name {
            "pseudonym" => pseudonym.as_str(),
            "first_month" => &first,
            "last_month" => &last,
            "state" => &spell.kind,
            name => fields.get(name).map_or("", String::as_str),
        };
        writer
            .write_record(columns.iter().map(cell))
            .map_err(broken)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|_| ApplicationError::Fault("the table of spells cannot be written"))?;
    let vault = vault_file::read(NAME, bytes.as_slice())
        .map_err(|_| ApplicationError::Fault("the statistics vault contradicts itself"))?;
    Ok(StatisticsRecords {
        vault,
        without_permit: left_out.len() as u64,
    })
}

fn month(day: &str) -> Result<Month, ApplicationError> {
    day.get(..7)
        .and_then(|month| month.parse().ok())
        .ok_or(ApplicationError::Fault("a spell has no month"))
}
