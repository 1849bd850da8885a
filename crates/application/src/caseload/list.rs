//! Lists of cases: what waits today, and all with filters.

use std::collections::BTreeMap;

use domain::day::Day;
use domain::id::{OrganisationId, PersonId};
use domain::person::PersonName;
use guidance::GuidanceSet;
use guidance::clock::State;
use store::case_overview::{CaseOverview, Due, DueKind, Wanted};

use super::{CaseFilter, CaseList, CaseRow, NextAction, Whose};
use crate::audit::Event;
use crate::policy::Action;
use crate::{Application, ApplicationError, Context};

/// Most cases that a list holds; a caseload has 50 to 100.
const MOST_LISTED: u64 = 500;

impl Application {
    /// What waits on the actor today: cases with a term of the law that warns, a task or check-in
    /// that is due, or a last talk long ago; their own and those they cover for.
    ///
    /// The order is the same for the same cases and day: earliest term of the law first, cases
    /// without one after; among equals the one whose last talk is longest ago, never talked to
    /// first; then by id.
    ///
    /// # Errors
    /// Fails when the actor may not list cases.
    pub async fn today_list(&self, context: &Context) -> Result<CaseList, ApplicationError> {
        let organisation = self.own_organisation(context, Action::ListCases)?;
        let today = self.today();
        let wanted = Wanted {
            klantmanager: context.actor.account(),
            on: Some(today),
            waiting_on: Some(today),
            ..Wanted::default()
        };
        let found = self.overviews(organisation, &wanted).await?;
        self.listed(context, organisation, found).await
    }

    /// Cases by filter, in the order of [`Application::today_list`].
    ///
    /// # Errors
    /// Fails when the actor may not list cases or the text is too long.
    pub async fn list_cases(
        &self,
        context: &Context,
        filter: &CaseFilter,
    ) -> Result<CaseList, ApplicationError> {
        let organisation = self.own_organisation(context, Action::ListCases)?;
        let found = self.filtered(context, organisation, filter).await?;
        self.listed(context, organisation, found).await
    }

    /// Overviews by filter; one more than a list holds when there are more.
    pub(super) async fn filtered(
        &self,
        context: &Context,
        organisation: OrganisationId,
        filter: &CaseFilter,
    ) -> Result<Vec<CaseOverview>, ApplicationError> {
        let today = self.today();
        let mut wanted = Wanted {
            klantmanager: match filter.whose {
                Whose::Mine => context.actor.account(),
                Whose::Everyone => None,
                Whose::Of(account) => Some(account),
            },
            on: Some(today),
            phases: filter.phases.clone(),
            languages: filter.languages.clone(),
            ..Wanted::default()
        };
        let text = filter.text.trim();
        let mut found = if text.is_empty() {
            self.overviews(organisation, &wanted).await?
        } else {
            let named = self.named(organisation, text).await?;
            wanted.persons = Some(named.iter().map(|view| view.person).collect());
            let mut found = self.overviews(organisation, &wanted).await?;
            wanted.persons = None;
            wanted.number = Some(text.to_owned());
            let by_number = self.overviews(organisation, &wanted).await?;
            let new = |row: &CaseOverview| found.iter().all(|known| known.case != row.case);
            let more: Vec<CaseOverview> = by_number.into_iter().filter(new).collect();
            found.extend(more);
            found
        };
        if !filter.clocks.is_empty() {
            found.retain(|row| {
                let mut clocks = row.dues.iter().filter(|due| due.kind == DueKind::Clock);
                clocks.any(|due| filter.clocks.contains(&state(due, today)))
            });
        }
        Ok(found)
    }

    /// Puts overviews in order and gives them names; the reading is written down first.
    pub(super) async fn listed(
        &self,
        context: &Context,
        organisation: OrganisationId,
        mut found: Vec<CaseOverview>,
    ) -> Result<CaseList, ApplicationError> {
        let today = self.today();
        found.sort_by_cached_key(|row| order(row, today));
        let truncated = found.len() as u64 > MOST_LISTED;
        found.truncate(MOST_LISTED as usize);
        let event = Event::CasesListed {
            organisation,
            n_found: found.len() as u32,
        };
        self.audit_alone(context, event).await?;
        let set = self.guidance()?;
        let mut names = self.names(&found).await?;
        let rows = found
            .into_iter()
            .filter_map(|overview| {
                let name = names.remove(&overview.person)?;
                Some(row(overview, name, &set, today))
            })
            .collect();
        Ok(CaseList { rows, truncated })
    }

    async fn overviews(
        &self,
        organisation: OrganisationId,
        wanted: &Wanted,
    ) -> Result<Vec<CaseOverview>, ApplicationError> {
        // One more than is shown says whether there are more.
        let n = MOST_LISTED + 1;
        Ok(store::case_overview::list(&self.store, organisation, wanted, n).await?)
    }

    async fn names(
        &self,
        found: &[CaseOverview],
    ) -> Result<BTreeMap<PersonId, PersonName>, ApplicationError> {
        let ids: Vec<PersonId> = found.iter().map(|overview| overview.person).collect();
        let mut names = BTreeMap::new();
        for person in store::person::find_many(&self.store, &ids).await? {
            if let Some(identity) = person.identity(&self.master)? {
                names.insert(person.id, identity.name);
            }
        }
        Ok(names)
    }
}

/// State of something due on a day.
fn state(due: &Due, today: Day) -> State {
    if due.due_on.is_some_and(|last| last < today) {
        State::Late
    } else if due.act_on <= today {
        State::Due
    } else if due.early_on <= today {
        State::Early
    } else {
        State::Running
    }
}

type Order = (Day, Option<Day>, domain::id::CaseId);

/// The order of lists; see [`Application::today_list`].
fn order(row: &CaseOverview, today: Day) -> Order {
    let term = row
        .dues
        .iter()
        .filter(|due| due.kind == DueKind::Clock && state(due, today).is_signal())
        .map(|due| due.due_on.unwrap_or(due.act_on))
        .min();
    let last = Day::new(9999, 12, 31).unwrap_or(today);
    // No talk at all comes before every day.
    (term.unwrap_or(last), row.last_contact_on, row.case)
}

fn row(overview: CaseOverview, name: PersonName, set: &GuidanceSet, today: Day) -> CaseRow {
    let mut waiting: Vec<&Due> = overview
        .dues
        .iter()
        .filter(|due| state(due, today) != State::Running)
        .collect();
    // Terms of the law first, each kind by its last day, as the overview has them.
    waiting.sort_by_key(|due| due.kind != DueKind::Clock);
    let (next, also) = match waiting.split_first() {
        Some((first, rest)) => (Some(*first), rest),
        None => (overview.dues.first(), [].as_slice()),
    };
    let action = |due: &Due| action(due, set, today);
    CaseRow {
        case: overview.case,
        version: overview.version,
        person: overview.person,
        name,
        number: overview.number.clone(),
        phase: overview.phase,
        contact_language: overview.contact_language,
        interpreter: overview.interpreter,
        klantmanager: overview.klantmanager,
        last_contact_on: overview.last_contact_on,
        next: next.map(action),
        also: also.iter().map(|due| action(due)).collect(),
    }
}

fn action(due: &Due, set: &GuidanceSet, today: Day) -> NextAction {
    let clock = set
        .clocks
        .iter()
        .find(|clock| due.kind == DueKind::Clock && clock.id == due.code);
    NextAction {
        kind: due.kind,
        code: due.code.clone(),
        state: state(due, today),
        due_on: due.due_on,
        article: clock.map(|clock| clock.provenance.article.clone()),
        source: clock.map(|clock| clock.provenance.source.clone()),
        needs_check: clock.is_some_and(|clock| !clock.provenance.verified),
    }
}
