//! What a reader of the dashboard has chosen; the whole state fits in a link.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use crate::codes::Dimension;
use crate::month::Month;
use crate::person::{Person, StatisticsVault};

/// Groups to which the figures are limited; nothing chosen in a dimension means everybody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    chosen: BTreeMap<Dimension, BTreeSet<String>>,
}

/// A link that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FilterError {
    /// No dimension of this name.
    #[error("{0:?} is no characteristic to filter by")]
    Dimension(String),
    /// A part without `=`.
    #[error("{0:?} is no choice such as sex=woman")]
    Part(String),
    /// A value with characters that codes do not have.
    #[error("{0:?} is no code")]
    Code(String),
}

impl Filter {
    /// Adds a group.
    ///
    /// # Errors
    /// [`FilterError::Code`]; [`FilterError::Dimension`] for the level of Dutch, which changes
    /// with the month and so does not describe a person.
    pub fn choose(&mut self, by: Dimension, code: &str) -> Result<(), FilterError> {
        if by == Dimension::Dutch {
            return Err(FilterError::Dimension(by.code().to_owned()));
        }
        let legible = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'+');
        if code.is_empty() || !code.bytes().all(legible) {
            return Err(FilterError::Code(code.to_owned()));
        }
        self.chosen.entry(by).or_default().insert(code.to_owned());
        Ok(())
    }

    /// Whether nothing is chosen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty()
    }

    /// What is chosen.
    pub fn chosen(&self) -> impl Iterator<Item = (Dimension, &str)> {
        self.chosen
            .iter()
            .flat_map(|(by, codes)| codes.iter().map(|code| (*by, code.as_str())))
    }

    /// Whether a person is among the chosen.
    #[must_use]
    pub fn admits(&self, vault: &StatisticsVault, person: &Person) -> bool {
        self.chosen.iter().all(|(by, codes)| {
            vault
                .group(person, None, *by)
                .is_some_and(|group| codes.contains(&vault.group_code(*by, group)))
        })
    }
}

impl fmt::Display for Filter {
    /// As the query of a link, always in the same order: `cohort=2022&sex=woman`. A plus sign is
    /// written `%2B`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (by, code)) in self.chosen().enumerate() {
            let separator = if index == 0 { "" } else { "&" };
            write!(f, "{separator}{}={}", by.code(), code.replace('+', "%2B"))?;
        }
        Ok(())
    }
}

impl FromStr for Filter {
    type Err = FilterError;

    fn from_str(query: &str) -> Result<Filter, FilterError> {
        let mut filter = Filter::default();
        for part in query.split('&').filter(|part| !part.is_empty()) {
            let (name, code) = part
                .split_once('=')
                .ok_or_else(|| FilterError::Part(part.to_owned()))?;
            let by = Dimension::parse(name).map_err(|_| FilterError::Dimension(name.to_owned()))?;
            filter.choose(by, &code.replace("%2B", "+").replace("%2b", "+"))?;
        }
        Ok(filter)
    }
}

/// A view of the dashboard: which figures, for whom, at which month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Reference month.
    pub on: Month,
    /// Chosen groups.
    pub filter: Filter,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_holds_the_choice() {
        let filter: Filter = "sex=woman&cohort=2022&age=55%2B&cohort=2021"
            .parse()
            .unwrap();
        assert_eq!(
            filter.to_string(),
            "cohort=2021&cohort=2022&age=55%2B&sex=woman"
                .replace("age=55%2B&sex=woman", "sex=woman&age=55%2B")
        );
        assert_eq!(filter.to_string().parse::<Filter>().unwrap(), filter);
        for bad in ["sex", "hair=red", "sex=<script>", "dutch=b1", "sex="] {
            assert!(bad.parse::<Filter>().is_err(), "{bad}");
        }
    }
}
