//! Which barriers keep many people from work: the live inventory of an organisation and of all.

use matching::features::CandidateFeatures;
use matching::levers::{GroupLevers, LeverQuestion, candidate_levers, group_levers};

use super::explain::FITS_PARTLY_FROM;
use super::newcomer::LeverKind;
use super::state::Snapshot;
use super::{Work, kernel};
use crate::audit::Event;
use crate::policy::Action;
use crate::{Application, ApplicationError, Context};

/// Fewer people than this are not told about, so that nobody can be singled out.
pub const LEAST_PEOPLE: u32 = 5;

/// Counts over people of other organisations are rounded down to a multiple of this.
const ROUNDED_TO: u64 = 5;

/// Most rows.
const MOST_ROWS: usize = 40;

/// Whose barriers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// People whom the actor's organisation guides.
    OwnOrganisation,
    /// Everybody whom employers may see, in numbers rounded down.
    Everybody,
}

/// The barriers of many people; only those count who let employers find them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inventory {
    /// People who count.
    pub people: u64,
    /// Those for whom no open vacancy fits at least partly now; none when they are few.
    pub without_work: Option<u64>,
    /// What takes a barrier away, most people first; rows about few people are left out.
    pub rows: Vec<InventoryRow>,
}

/// What would open work for many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InventoryRow {
    /// What takes the barrier away.
    pub lever: LeverKind,
    /// People for whom it alone opens at least one vacancy.
    pub people: u64,
    /// Vacancies that it opens, summed over those people.
    pub opens: u64,
}

impl Application {
    /// The barriers whose removal opens most work; none when fewer than [`LEAST_PEOPLE`] people
    /// count.
    ///
    /// # Errors
    /// Fails when the actor may not count cases.
    pub async fn barrier_inventory(
        &self,
        context: &Context,
        reach: Reach,
    ) -> Result<Option<Inventory>, ApplicationError> {
        let organisation = self.own_organisation(context, Action::CountCases)?;
        let found = self
            .compute(move |work, snapshot| {
                let features = snapshot.together.candidates().iter();
                let members: Vec<CandidateFeatures> = features
                    .zip(&*snapshot.guided_by)
                    .filter(|(_, by)| reach == Reach::Everybody || **by == organisation)
                    .map(|(features, _)| features.clone())
                    .collect();
                inventory(work, snapshot, &members, reach)
            })
            .await?;
        self.audit_alone(context, Event::CasesCounted { organisation })
            .await?;
        Ok(found)
    }
}

fn inventory(
    work: &Work,
    snapshot: &Snapshot,
    members: &[CandidateFeatures],
    reach: Reach,
) -> Option<Inventory> {
    let question = LeverQuestion {
        threshold: FITS_PARTLY_FROM,
        examples: 0,
        pairs: 0,
    };
    let found = candidate_levers(&snapshot.index, members, &question, kernel());
    let group = group_levers(found.iter());
    (group.candidates >= LEAST_PEOPLE).then(|| told(&group, reach, |lever| work.named(lever)))
}

/// What may be told of sums.
fn told<L>(group: &GroupLevers, reach: Reach, named: L) -> Inventory
where
    L: Fn(matching::levers::Lever) -> Option<LeverKind>,
{
    let number = |count: u64| match reach {
        Reach::OwnOrganisation => count,
        Reach::Everybody => count / ROUNDED_TO * ROUNDED_TO,
    };
    let enough = |people: u32| people >= LEAST_PEOPLE;
    let without = Some(group.without_opening).filter(|people| enough(*people));
    let rows = group.levers.iter().filter(|count| enough(count.candidates));
    let mut rows: Vec<InventoryRow> = rows
        .filter_map(|count| {
            Some(InventoryRow {
                lever: named(count.lever)?,
                people: number(count.candidates.into()),
                opens: number(count.opens),
            })
        })
        .collect();
    // The sort is stable, so equal rows keep their fixed order.
    rows.sort_by_key(|row| std::cmp::Reverse((row.people, row.opens)));
    rows.truncate(MOST_ROWS);
    Inventory {
        people: number(group.candidates.into()),
        without_work: without.map(|people| number(people.into())),
        rows,
    }
}

#[cfg(test)]
mod tests {
    use matching::levers::{GroupCount, Lever};

    use super::*;

    #[test]
    fn few_are_left_out_and_others_are_rounded_for_everybody() {
        let count = |lever, candidates, opens| GroupCount {
            lever,
            candidates,
            opens,
        };
        let group = GroupLevers {
            candidates: 23,
            open_now: 90,
            without_opening: 4,
            levers: vec![
                count(Lever::Recognition, 4, 400),
                count(Lever::Travel, 7, 31),
                count(Lever::Start, 12, 14),
            ],
        };
        let of = |reach| told(&group, reach, |lever| Some(LeverKind::Other(lever)));
        let rows = |inventory: &Inventory| -> Vec<(u64, u64)> {
            inventory
                .rows
                .iter()
                .map(|row| (row.people, row.opens))
                .collect()
        };
        let own = of(Reach::OwnOrganisation);
        assert_eq!((own.people, own.without_work), (23, None));
        assert_eq!(rows(&own), [(12, 14), (7, 31)]);
        let all = of(Reach::Everybody);
        assert_eq!((all.people, all.without_work), (20, None));
        assert_eq!(rows(&all), [(10, 10), (5, 30)]);
    }
}
