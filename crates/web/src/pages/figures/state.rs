//! What the address of a page of figures says: for whom, at which month, split by what.

use std::fmt::Write;

use monitoring::codes::Dimension;

use crate::monitor::Board;
use crate::monitor::selection::Selection;
use crate::page::Page;

/// The state of a page; everything of it stands in the address.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    /// For whom.
    pub(super) selection: Selection,
    /// Code of the measure.
    pub(super) measure: Option<String>,
    /// Split by.
    pub(super) by: Option<Dimension>,
    /// Months of follow-up at which groups are compared.
    pub(super) months: Option<u16>,
    /// Whether a choice was passed over because it is not there.
    pub(super) has_unknown: bool,
}

/// A choice in a list.
pub(super) struct Choice {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) is_chosen: bool,
}

impl State {
    /// Reads the address; choices that the data do not offer are passed over and reported.
    pub(super) fn read(page: &Page, board: &Board) -> State {
        let mut state = State::default();
        state.selection.area = page.value("gebied");
        state.selection.cohort = page.value("cohort");
        if let Some(text) = page.value("maand") {
            match text.parse() {
                // The last month is the usual one and need not be said.
                Ok(month) if board.last_month() == Some(month) => {}
                Ok(month) => state.selection.on = Some(month),
                Err(_) => state.has_unknown = true,
            }
        }
        if !state.selection.is_everybody() && state.selection.view(board).is_none() {
            state.selection = Selection::default();
            state.has_unknown = true;
        }
        state.measure = page.value("meting");
        if let Some(text) = page.value("per") {
            state.by = Dimension::parse(&text).ok();
            state.has_unknown |= state.by.is_none();
        }
        if let Some(text) = page.value("na") {
            state.months = text.parse().ok();
            state.has_unknown |= state.months.is_none();
        }
        state
    }

    /// The state as the query of an address, without its question mark.
    pub(super) fn query(&self) -> String {
        let mut parameters = self.selection.parameters();
        if let Some(measure) = &self.measure {
            parameters.push(("meting", measure.clone()));
        }
        if let Some(by) = self.by {
            parameters.push(("per", by.code().to_owned()));
        }
        if let Some(months) = self.months {
            parameters.push(("na", months.to_string()));
        }
        written(&parameters)
    }

    /// The query that keeps only for whom the figures are.
    pub(super) fn selection_query(&self) -> String {
        written(&self.selection.parameters())
    }

    /// The query with another measure, for whom they are kept.
    pub(super) fn query_for(&self, measure: &str) -> String {
        let state = State {
            selection: self.selection.clone(),
            measure: Some(measure.to_owned()),
            ..State::default()
        };
        state.query()
    }
}

/// Parameters as a query; values are codes, so only a plus sign needs care.
fn written(parameters: &[(&str, String)]) -> String {
    let mut query = String::new();
    for (name, value) in parameters {
        let separator = if query.is_empty() { "" } else { "&" };
        // A string can always be written to.
        let _ = write!(query, "{separator}{name}={}", value.replace('+', "%2B"));
    }
    query
}

/// A path with a query, if there is one.
pub(super) fn address(path: &str, query: &str) -> String {
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{query}")
    }
}

/// The lists of the form that all pages with figures on persons have.
pub(super) struct Choices {
    pub(super) months: Vec<Choice>,
    pub(super) regions: Vec<Choice>,
    pub(super) municipalities: Vec<Choice>,
    pub(super) cohorts: Vec<Choice>,
}

impl Choices {
    /// The choices the data offer.
    pub(super) fn of(page: &Page, board: &Board, selection: &Selection) -> Choices {
        let choice = |code: &str, name: String, chosen: Option<&str>| Choice {
            is_chosen: chosen == Some(code),
            code: code.to_owned(),
            name,
        };
        let area = selection.area.as_deref();
        let named = |codes: &[String]| {
            let mut all: Vec<Choice> = codes
                .iter()
                .map(|code| choice(code, board.places().name(code).to_owned(), area))
                .collect();
            let formats = page.site.formats(page.language);
            all.sort_by(|a, b| formats.compare(&a.name, &b.name));
            all
        };
        let on = selection.on.or(board.last_month());
        let on = on.map(|month| month.to_string());
        Choices {
            months: board
                .months()
                .iter()
                .map(|month| choice(&month.to_string(), month.to_string(), on.as_deref()))
                .collect(),
            regions: named(board.regions()),
            municipalities: named(board.municipalities()),
            cohorts: board
                .cohorts()
                .iter()
                .map(|year| choice(year, year.clone(), selection.cohort.as_deref()))
                .collect(),
        }
    }
}
