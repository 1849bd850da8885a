//! The guidance set that is part of the program.

use crate::bundle::Bundle;

macro_rules! files {
    ($($path:literal,)*) => {
        &[$((
            $path,
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/guidance/", $path)),
        ),)*]
    };
}

/// Path and content of every file below `data/guidance/`.
const FILES: &[(&str, &str)] = files![
    "agreements.toml",
    "barriers.toml",
    "clocks/clocks.scenarios.toml",
    "clocks/clocks.toml",
    "costs.toml",
    "diplomas.toml",
    "durations.toml",
    "evidence.toml",
    "holidays.toml",
    "instruments/employers.toml",
    "instruments/funds.toml",
    "instruments/municipalities.toml",
    "instruments/newcomers.toml",
    "labour_market.toml",
    "language_plan.toml",
    "measures.toml",
    "municipalities.csv",
    "regions.csv",
    "rules/income.scenarios.toml",
    "rules/income.toml",
    "rules/may_work.scenarios.toml",
    "rules/may_work_asylum_seeker.toml",
    "rules/may_work_displaced.toml",
    "rules/may_work_permit_holders.toml",
    "rules/placement.scenarios.toml",
    "rules/placement.toml",
    "rules/regional_desk.scenarios.toml",
    "rules/regional_desk.toml",
    "rules/responsible_party.scenarios.toml",
    "rules/responsible_party.toml",
    "rules/sanction.scenarios.toml",
    "rules/sanction.toml",
    "texts/ar.toml",
    "texts/en.toml",
    "texts/fa.toml",
    "texts/nl.toml",
    "texts/ti.toml",
    "texts/tr.toml",
    "texts/uk.toml",
    "trade_words.csv",
];

/// The files of the set.
#[must_use]
pub fn bundle() -> Bundle {
    let files = FILES.iter();
    Bundle::new(files.map(|(path, text)| ((*path).to_owned(), (*text).to_owned())))
}
