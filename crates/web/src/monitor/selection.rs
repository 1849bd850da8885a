//! For whom, at which month and split by what: the state of a page, all of it in its address.

use monitoring::codes::Dimension;
use monitoring::filter::{Filter, View};
use monitoring::month::Month;

use super::Board;

/// What a reader has chosen of whom the figures are about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub(crate) struct Selection {
    /// Reference month, if not the last.
    pub(crate) on: Option<Month>,
    /// Code of a municipality or a region.
    pub(crate) area: Option<String>,
    /// Year of the permit.
    pub(crate) cohort: Option<String>,
}

impl Selection {
    /// Whether nothing is chosen.
    pub(crate) fn is_everybody(&self) -> bool {
        *self == Selection::default()
    }

    /// The view it stands for; `None` when there is nothing to choose from or a choice is not
    /// among those the data offer.
    pub(crate) fn view(&self, board: &Board) -> Option<View> {
        let on = match self.on {
            Some(month) => board.months().contains(&month).then_some(month)?,
            None => board.last_month()?,
        };
        let mut filter = Filter::default();
        if let Some(area) = &self.area {
            let municipalities = board.municipalities_of(area);
            if municipalities.is_empty() {
                return None;
            }
            for municipality in municipalities {
                filter.choose(Dimension::Municipality, municipality).ok()?;
            }
        }
        if let Some(cohort) = &self.cohort {
            if !board.cohorts().contains(cohort) {
                return None;
            }
            filter.choose(Dimension::Cohort, cohort).ok()?;
        }
        Some(View { on, filter })
    }

    /// The selection as parameters of an address.
    pub(crate) fn parameters(&self) -> Vec<(&'static str, String)> {
        [
            ("maand", self.on.map(|month| month.to_string())),
            ("gebied", self.area.clone()),
            ("cohort", self.cohort.clone()),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }
}
