//! The statistics vault: what cases say for the monitor, by pseudonym and month.
//!
//! Every change of a case writes the person's spells anew in the same transaction, so that a
//! correction corrects the figures too. Reading gives the same type as a file of records
//! (`monitoring::vault_file`), through the same checks; nobody but the machine may read it, and
//! that it was read is in the audit log. What leaves as a figure is protected by whoever shows it.
//!
//! - [`spells`]: what the cases of a person say;
//! - [`codes`]: its words in the closed lists of the monitor;
//! - [`rounding`]: the secret by which counts are rounded;
//! - [`table`]: from rows of the vault to the monitor's records.

mod codes;
mod rounding;
mod spells;
mod table;

use domain::day::Day;
use domain::id::{PersonId, PseudonymId, SpellId};
use monitoring::month::Month;
use monitoring::person::StatisticsVault;
use store::Transaction;
use vault::keys::PersonKey;

use crate::audit::Event;
use crate::cases;
use crate::policy::{Action, Relation};
use crate::{Application, ApplicationError, Context};

/// The records of the statistics vault.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatisticsRecords {
    /// The records, up to the last whole month.
    pub vault: StatisticsVault,
    /// Persons who are left out because nobody wrote down when they got their permit: without it
    /// there is no time since the permit, and every denominator would be wrong.
    pub without_permit: u64,
}

impl Application {
    /// The records for the monitor, up to the last whole month before today, so that figures do
    /// not change from one day to the next and the difference names nobody.
    ///
    /// # Errors
    /// [`ApplicationError::Forbidden`] for everybody but the machine; fails when a spell in the
    /// vault contradicts another.
    pub async fn statistics_records(
        &self,
        context: &Context,
    ) -> Result<StatisticsRecords, ApplicationError> {
        self.authorise(context, Action::ReadStatistics, Relation::Installation)?;
        let spells = store::statistics::all(&self.store).await?;
        let n_spells = u32::try_from(spells.len()).unwrap_or(u32::MAX);
        self.audit_alone(context, Event::StatisticsRead { n_spells })
            .await?;
        let until = self.this_month()?.plus(-1);
        table::records(&spells, until)
    }

    /// Writes what all cases of a person say into the statistics vault in place of what was there.
    pub(crate) async fn put_spells(
        &self,
        transaction: &Transaction,
        person: PersonId,
        key: &PersonKey,
    ) -> Result<(), ApplicationError> {
        let found = store::person::find(transaction, person).await?;
        // Whoever was erased has no pseudonym any more, and gets no new spells.
        let Some(pseudonym) = found.and_then(|person| person.pseudonym) else {
            return Ok(());
        };
        let today = self.this_month()?;
        let mut cases = Vec::new();
        for file in store::case_file::of_person(transaction, person).await? {
            let Some(payload) = file.payload(key)? else {
                continue;
            };
            let month = |at| month_of(Day::in_the_netherlands(at));
            cases.push(spells::CaseMonths {
                content: cases::read(&payload)?,
                opened: month(file.opened_at).unwrap_or(today),
                closed: file.closed_at.and_then(month),
            });
        }
        cases.reverse();
        let rows = spells::of(&cases, today)
            .into_iter()
            .map(|spell| self.spell_row(pseudonym, spell))
            .collect::<Result<Vec<_>, _>>()?;
        store::statistics::replace(transaction, pseudonym, &rows).await?;
        Ok(())
    }

    fn this_month(&self) -> Result<Month, ApplicationError> {
        month_of(self.today()).ok_or(ApplicationError::Fault("the clock is outside the calendar"))
    }

    fn spell_row(
        &self,
        pseudonym: PseudonymId,
        spell: spells::CaseSpell,
    ) -> Result<store::statistics::Spell, ApplicationError> {
        let last_day = |month: Month| month.plus(1).first_day().previous_day();
        Ok(store::statistics::Spell {
            id: SpellId::new(self.now(), &mut self.random()),
            pseudonym,
            kind: spell.state.code().to_owned(),
            began_on: Day::from(spell.first.first_day()).to_string(),
            ended_on: spell
                .last
                .and_then(last_day)
                .map(|day| Day::from(day).to_string()),
            payload: serde_json::to_string(&spell.columns)
                .map_err(|_| ApplicationError::Fault("a spell cannot be written"))?,
        })
    }
}

/// The month of a day; `None` for a slip of the pen in another century, which is as unknown.
fn month_of(day: Day) -> Option<Month> {
    day.to_string().get(..7)?.parse().ok()
}
