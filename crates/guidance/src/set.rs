//! A whole guidance set: read from files, checked, and refused as a whole when anything is wrong.

use std::fmt;

use crate::agreement::Agreements;
use crate::barrier::Taxonomy;
use crate::bundle::{Bundle, DataFault, Reading, fault};
use crate::calendar::{Calendar, HolidayFile};
use crate::check;
use crate::clock::Clocks;
use crate::cost::CostTables;
use crate::diploma::Diplomas;
use crate::duration::Durations;
use crate::instrument::Register;
use crate::labour_market::LabourMarket;
use crate::language_plan::LanguagePlans;
use crate::provenance::Provenance;
use crate::region::Regions;
use crate::rule::Rules;
use crate::scan::Measures;
use crate::scenario::Scenarios;
use crate::texts::Texts;

/// Everything that guidance knows.
#[derive(Clone, Debug, Default)]
pub struct GuidanceSet {
    /// Rules by topic.
    pub rules: Rules,
    /// Statutory clocks.
    pub clocks: Clocks,
    /// Working days.
    pub calendar: Calendar,
    /// Barriers.
    pub taxonomy: Taxonomy,
    /// Instruments, funds and evidence.
    pub register: Register,
    /// Municipalities and regions.
    pub regions: Regions,
    /// Diploma routes.
    pub diplomas: Diplomas,
    /// How long it takes to get what is missing.
    pub durations: Durations,
    /// How hard it is to find people.
    pub labour_market: LabourMarket,
    /// Amounts for employers.
    pub costs: CostTables,
    /// Measures on the work floor.
    pub measures: Measures,
    /// Clauses of written agreements.
    pub agreements: Agreements,
    /// Plans for Dutch at work, and words of trades.
    pub language: LanguagePlans,
    /// Where the working days come from.
    pub calendar_source: Option<Provenance>,
    /// Texts for people.
    pub texts: Texts,
    /// Scenario tests that came with the rules and clocks.
    pub scenarios: Scenarios,
}

/// A set that is refused, with every fault that was found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Refused {
    /// What is wrong, in order of file.
    pub faults: Vec<DataFault>,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the guidance data has {} fault(s)", self.faults.len())?;
        for fault in &self.faults {
            write!(f, "\n{fault}")?;
        }
        Ok(())
    }
}

impl GuidanceSet {
    /// Reads a set, runs its scenario tests and checks that it is complete.
    ///
    /// # Errors
    /// Refuses the set when any file is wrong, any scenario fails or anything is missing.
    pub fn load(bundle: &Bundle) -> Result<GuidanceSet, Refused> {
        let mut faults = Vec::new();
        let set = GuidanceSet::read(bundle, &mut faults);
        // Checks across files would only repeat what a file that cannot be read already says.
        if faults.is_empty() {
            faults = check::faults(&set);
        }
        if faults.is_empty() {
            return Ok(set);
        }
        faults.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        Err(Refused { faults })
    }

    fn read(bundle: &Bundle, faults: &mut Vec<DataFault>) -> GuidanceSet {
        let mut set = GuidanceSet::default();
        let one = |file, faults: &mut Vec<DataFault>| single(bundle, file, faults);
        if let Some(reading) = one("holidays.toml", faults) {
            (set.calendar, set.calendar_source) = calendar(reading, faults);
        }
        if let Some(reading) = one("clocks/clocks.toml", faults) {
            set.clocks = Clocks::read(reading, faults);
        }
        if let Some(reading) = one("barriers.toml", faults) {
            set.taxonomy = Taxonomy::read(reading, faults);
        }
        if let Some(reading) = one("evidence.toml", faults) {
            set.register.read_evidence(reading, faults);
        }
        if let Some(reading) = one("regions.csv", faults) {
            set.regions.read_regions(reading, faults);
        }
        if let Some(reading) = one("municipalities.csv", faults) {
            set.regions.read_municipalities(reading, faults);
        }
        if let Some(reading) = one("diplomas.toml", faults) {
            set.diplomas = Diplomas::read(reading, faults);
        }
        if let Some(reading) = one("durations.toml", faults) {
            set.durations = Durations::read(reading, faults);
        }
        if let Some(reading) = one("labour_market.toml", faults) {
            set.labour_market = LabourMarket::read(reading, faults);
        }
        if let Some(reading) = one("costs.toml", faults) {
            set.costs = CostTables::read(reading, faults);
        }
        if let Some(reading) = one("measures.toml", faults) {
            set.measures = Measures::read(reading, faults);
        }
        if let Some(reading) = one("agreements.toml", faults) {
            set.agreements = Agreements::read(reading, faults);
        }
        if let Some(reading) = one("language_plan.toml", faults) {
            set.language = LanguagePlans::read(reading, faults);
        }
        if let Some(reading) = one("trade_words.csv", faults) {
            set.language.read_words(reading, faults);
        }
        set.read_folders(bundle, faults);
        set
    }

    fn read_folders(&mut self, bundle: &Bundle, faults: &mut Vec<DataFault>) {
        for (file, text) in bundle.below("instruments/") {
            self.register
                .read_instruments(Reading { file, text }, faults);
        }
        self.register.finish(faults);
        for (file, text) in bundle.below("rules/") {
            let reading = Reading { file, text };
            if file.ends_with(".scenarios.toml") {
                self.scenarios.read_rules(reading, faults);
            } else {
                self.rules.read(reading, faults);
            }
        }
        self.rules.finish(faults);
        for (file, text) in bundle.below("clocks/") {
            if file.ends_with(".scenarios.toml") {
                self.scenarios.read_clocks(Reading { file, text }, faults);
            }
        }
        self.texts = Texts::read(bundle, faults);
    }
}

fn single<'a>(
    bundle: &'a Bundle,
    file: &'static str,
    faults: &mut Vec<DataFault>,
) -> Option<Reading<'a>> {
    let text = bundle.get(file);
    if text.is_none() {
        faults.push(fault(file, "the file is missing"));
    }
    text.map(|text| Reading { file, text })
}

fn calendar(reading: Reading<'_>, faults: &mut Vec<DataFault>) -> (Calendar, Option<Provenance>) {
    match reading.toml::<HolidayFile>() {
        Err(fault) => {
            faults.push(fault);
            (Calendar::default(), None)
        }
        Ok(file) => {
            if let Err(reason) = file.provenance.check() {
                faults.push(reading.fault(0, reason));
            }
            (Calendar::new(&file.holiday), Some(file.provenance))
        }
    }
}
