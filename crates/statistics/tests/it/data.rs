//! Reading the public test data.

use std::collections::BTreeMap;

/// A data set: columns of text by name.
pub(crate) struct Table {
    columns: BTreeMap<String, Vec<String>>,
}

impl Table {
    pub(crate) fn parse(text: &str) -> Self {
        let mut lines = text.lines();
        let names: Vec<&str> = lines.next().expect("a header").split(',').collect();
        let mut columns: BTreeMap<String, Vec<String>> = names
            .iter()
            .map(|name| (name.trim_matches('"').to_owned(), Vec::new()))
            .collect();
        for line in lines {
            for (name, value) in names.iter().zip(line.split(',')) {
                columns
                    .get_mut(name.trim_matches('"'))
                    .expect("a known column")
                    .push(value.trim_matches('"').to_owned());
            }
        }
        Self { columns }
    }

    pub(crate) fn text(&self, column: &str) -> &[String] {
        &self.columns[column]
    }

    pub(crate) fn numbers(&self, column: &str) -> Vec<f64> {
        self.text(column)
            .iter()
            .map(|value| value.parse().expect("a number"))
            .collect()
    }

    pub(crate) fn equals(&self, column: &str, value: &str) -> Vec<bool> {
        self.text(column)
            .iter()
            .map(|found| found == value)
            .collect()
    }
}

macro_rules! data_set {
    ($name:ident, $file:literal) => {
        pub(crate) fn $name() -> Table {
            Table::parse(include_str!(concat!("../data/", $file)))
        }
    };
}

data_set!(lung, "lung.csv");
data_set!(mgus2, "mgus2.csv");
data_set!(rossi, "rossi.csv");
data_set!(waltons, "waltons.csv");
data_set!(lalonde, "lalonde.csv");
data_set!(longley, "longley.csv");
data_set!(spector, "spector.csv");

/// A data set that is not part of the project, from the folder named in `WERKBRUG_TEST_DATA`.
///
/// Absence never fails, not even in CI: the owner's rights keep this data out of every checkout.
pub(crate) fn from_environment(file: &str) -> Option<Table> {
    let folder = std::env::var_os("WERKBRUG_TEST_DATA")?;
    let text = std::fs::read_to_string(std::path::Path::new(&folder).join(file)).ok()?;
    Some(Table::parse(&text))
}
