//! Figures in the words of a language: numbers, intervals, reasons, groups.

use charts::{Measured, Scale, bar};
use domain::language::Language;
use language::Argument;
use monitoring::codes::{Dimension, EvidenceLevel};
use monitoring::compute::effect::METHODS;
use monitoring::figure::{Group, Key, Unit, Value};
use monitoring::indicator::{Indicator, Measure};
use monitoring::interactive::{Hidden, Shown, ShownOutcome};
use monitoring::programme::FundingUnit;
use monitoring::reasons;
use monitoring::texts::Texts;
use time::Date;

use super::labels;
use crate::monitor::Board;
use crate::page::{Page, direction};

/// A text that may be in another language than the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Foreign {
    pub(super) text: String,
    /// For `lang`.
    pub(super) language: &'static str,
    /// For `dir`.
    pub(super) direction: &'static str,
}

impl Foreign {
    pub(super) fn new(text: impl Into<String>, language: Language) -> Foreign {
        Foreign {
            text: text.into(),
            language: language.code(),
            direction: direction(&language),
        }
    }
}

/// What stands in a table in the place of a figure.
pub(super) enum Cell {
    /// A number.
    Value {
        text: String,
        interval: String,
        n: String,
        bar: String,
        caution: Option<Foreign>,
    },
    /// Hidden, with the reason.
    Hidden { why: String },
    /// Not computed, with the reason.
    NotComputed { why: Foreign },
}

/// A row of a table of figures.
pub(super) struct Row {
    pub(super) label: Foreign,
    /// Where the label leads; empty for nowhere.
    pub(super) link: String,
    pub(super) cell: Cell,
    pub(super) step: u8,
}

/// Puts figures into the words of a page.
pub(super) struct Words<'a> {
    page: &'a Page,
    board: &'a Board,
}

impl<'a> Words<'a> {
    pub(super) fn new(page: &'a Page, board: &'a Board) -> Words<'a> {
        Words { page, board }
    }

    /// A number in its unit.
    pub(super) fn number(&self, number: f64, unit: Unit) -> String {
        let with = |key: &str, text: String| self.page.tt(key, "number", text);
        match unit {
            Unit::Share => format!("{}%", self.page.decimal(number * 100.0, 1)),
            Unit::ShareDifference => {
                let sign = if number > 0.0 { "+" } else { "" };
                let points = self.page.decimal(number * 100.0, 1);
                with("monitor-points", format!("{sign}{points}"))
            }
            Unit::Ratio | Unit::Kappa => self.page.decimal(number, 2),
            Unit::Months => with("monitor-months", self.page.decimal(number, 1)),
            Unit::Days => with("monitor-days", self.page.decimal(number, 1)),
            Unit::Hours => with("monitor-hours", self.page.decimal(number, 1)),
            Unit::Euro => format!("€ {}", self.page.decimal(number, 2)),
        }
    }

    /// From one number to another.
    pub(super) fn range(&self, from: &str, to: &str) -> String {
        let ends = [
            ("lower", Argument::Text(from)),
            ("upper", Argument::Text(to)),
        ];
        self.page.texts("monitor-range", &ends)
    }

    /// A part of a whole.
    pub(super) fn of(&self, part: &str, whole: &str) -> String {
        let counts = [
            ("part", Argument::Text(part)),
            ("whole", Argument::Text(whole)),
        ];
        self.page.texts("monitor-of", &counts)
    }

    /// From a day to another, or since a day.
    pub(super) fn period(&self, from: Date, until: Option<Date>) -> String {
        let from = self.page.date(from);
        match until {
            Some(until) => self.range(&from, &self.page.date(until)),
            None => self.page.tt("monitor-since", "date", from),
        }
    }

    /// So many reached of those it is meant for.
    pub(super) fn people_reached(&self, reached: u64, meant_for: u64) -> String {
        let [part, whole] = [reached, meant_for].map(|count| self.page.number(count as usize));
        let counts = [
            ("part", Argument::Text(&part)),
            ("whole", Argument::Text(&whole)),
        ];
        self.page.texts("monitor-people-reached", &counts)
    }

    /// That nobody knows how many were reached.
    pub(super) fn reached_unknown(&self) -> String {
        self.page.t("monitor-reached-unknown")
    }

    /// How many people were reached.
    pub(super) fn reached(&self, people: u64) -> String {
        let people = self.page.number(people as usize);
        self.page.tt("monitor-reached", "number", people)
    }

    /// Whole euro, and for what.
    pub(super) fn amount(&self, euro: u64, per: FundingUnit) -> String {
        let euro = format!("€ {}", self.page.number(euro as usize));
        let key = match per {
            FundingUnit::Total => "monitor-in-total",
            FundingUnit::Region => "monitor-per-region",
        };
        self.page.tt(key, "euro", euro)
    }

    fn interval(&self, value: &Value, unit: Unit) -> String {
        match &value.interval {
            Some(range) => {
                let (from, to) = (
                    self.number(range.lower, unit),
                    self.number(range.upper, unit),
                );
                self.range(&from, &to)
            }
            None => self.page.t("monitor-no-interval"),
        }
    }

    fn n(&self, value: &Value) -> String {
        match value.n {
            Some(n) => self.page.number(n as usize),
            None => self.page.t("monitor-n-unknown"),
        }
    }

    /// The number with its interval and n in one line, for titles and charts.
    pub(super) fn in_full(&self, value: &Value, unit: Unit) -> String {
        let parts = [
            ("value", self.number(value.point, unit)),
            ("interval", self.interval(value, unit)),
            ("n", self.n(value)),
        ];
        let arguments: Vec<(&str, Argument<'_>)> = parts
            .iter()
            .map(|(name, text)| (*name, Argument::Text(text)))
            .collect();
        self.page.texts("monitor-in-full", &arguments)
    }

    /// A cell of a table, its bar on a scale.
    pub(super) fn cell(&self, shown: &Shown, scale: Scale) -> Cell {
        match &shown.outcome {
            ShownOutcome::Value(value) => Cell::Value {
                text: self.number(value.point, shown.unit),
                interval: self.interval(value, shown.unit),
                n: self.n(value),
                bar: measured(value).map_or_else(String::new, |measured| {
                    bar::svg(&measured, scale, self.page.language.direction())
                }),
                caution: value.caution.as_ref().map(|text| self.reason(text)),
            },
            ShownOutcome::Hidden(hidden) => Cell::Hidden {
                why: self.hidden(*hidden),
            },
            ShownOutcome::NotComputed(reason) => Cell::NotComputed {
                why: self.reason(reason),
            },
        }
    }

    /// A cell beside figures in other units: only shares have a bar, for they have a whole.
    pub(super) fn cell_alone(&self, shown: &Shown) -> Cell {
        let mut cell = self.cell(shown, Scale::SHARE);
        if let Cell::Value { bar, .. } = &mut cell
            && shown.unit != Unit::Share
        {
            bar.clear();
        }
        cell
    }

    /// Why a figure is hidden.
    pub(super) fn hidden(&self, hidden: Hidden) -> String {
        self.page.t(hidden_key(hidden))
    }

    /// A reason or caution, English where it has no translation.
    pub(super) fn reason(&self, reason: &str) -> Foreign {
        let (text, language) = reasons::in_language(reason, self.page.language);
        Foreign::new(text, language)
    }

    /// A text of a definition in the language of the page, or in Dutch.
    pub(super) fn text(&self, texts: &Texts) -> Foreign {
        let (text, language) = texts.or_dutch(self.page.language);
        Foreign::new(text, language)
    }

    /// What a measure is called, also one that was derived from another.
    pub(super) fn measure(&self, indicator: &Indicator, code: &str) -> Foreign {
        let fits = |measure: &&Measure| {
            code.strip_prefix(measure.code.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        let measures = indicator.measure.iter().filter(fits);
        let Some(measure) = measures.max_by_key(|measure| measure.code.len()) else {
            return Foreign::new(code, Language::EN);
        };
        let mut label = self.text(&measure.label);
        let ending = code.get(measure.code.len()..).unwrap_or_default();
        if let Some(ending) = ending.strip_prefix('-') {
            let ending = self.page.t(&format!("monitor-ending-{ending}"));
            label.text = format!("{} ({ending})", label.text);
        }
        label
    }

    /// The moment of a figure; empty for the reference month.
    pub(super) fn moment(&self, key: &Key) -> Option<Foreign> {
        if let Some(months) = key.months {
            return Some(Foreign::new(self.after(months), self.page.language));
        }
        let label = key.label.as_ref()?;
        Some(labels::label(self.page, self.board.programme(), label))
    }

    /// So many months after the start.
    pub(super) fn after(&self, months: u16) -> String {
        self.page.tn("monitor-after", usize::from(months))
    }

    /// The label of a figure in the reference month.
    pub(super) fn reference_month(&self) -> Foreign {
        Foreign::new(self.page.t("monitor-month"), self.page.language)
    }

    /// What a dimension is called.
    pub(super) fn dimension(&self, by: Dimension) -> String {
        self.page.t(&format!("monitor-by-{}", by.code()))
    }

    /// What a group is called.
    pub(super) fn group(&self, group: &Group) -> Foreign {
        let own = |text: String| Foreign::new(text, self.page.language);
        let code = group.code.as_str();
        if code == "unknown" {
            return own(self.page.t("monitor-unknown"));
        }
        match group.by {
            Dimension::Municipality => Foreign::new(self.board.places().name(code), Language::NL),
            Dimension::Cohort | Dimension::Age => Foreign::new(code, Language::NL),
            Dimension::Dutch if code != "a0" => Foreign::new(code.to_uppercase(), Language::NL),
            by => {
                let key = format!("monitor-{}-{code}", by.code()).replace('_', "-");
                own(self.page.t(&key))
            }
        }
    }

    /// A step of the ladder in a few words.
    pub(super) fn step(&self, level: EvidenceLevel) -> String {
        self.page.t(&format!("monitor-step-{}", level.step()))
    }

    /// What the method of a measure of effect says and does not say; empty for other measures.
    pub(super) fn method(&self, code: &str) -> String {
        let ending = METHODS.iter().find(|(ending, _)| {
            code.strip_suffix(ending)
                .is_some_and(|base| base.ends_with('-'))
        });
        ending.map_or_else(String::new, |(ending, _)| {
            self.page.t(&format!("monitor-method-{ending}"))
        })
    }

    /// What a step of the ladder proves.
    pub(super) fn proof(&self, level: EvidenceLevel) -> String {
        self.page.t(&format!("monitor-step-{}-text", level.step()))
    }
}

/// Key of the text on why a figure is hidden.
pub(super) fn hidden_key(hidden: Hidden) -> &'static str {
    match hidden {
        Hidden::SmallCount => "monitor-hidden-small-count",
        Hidden::GroupDisclosure => "monitor-hidden-group-disclosure",
        Hidden::SmallDenominator => "monitor-hidden-small-denominator",
        Hidden::FewContributors => "monitor-hidden-few-contributors",
        Hidden::Dominance => "monitor-hidden-dominance",
        Hidden::ProtectsAnother => "monitor-hidden-protects-another",
        Hidden::LinkedTables => "monitor-hidden-linked-tables",
        Hidden::SmallGroup => "monitor-hidden-small-group",
    }
}

/// The number of a value with its interval, for drawing.
pub(super) fn measured(value: &Value) -> Option<Measured> {
    let interval = value.interval.map(|range| (range.lower, range.upper));
    Measured::new(value.point, interval).ok()
}

/// A scale that holds all these figures: whole for shares, so that bars on a page compare.
pub(super) fn scale<'f>(figures: impl Iterator<Item = &'f Shown>) -> Scale {
    let mut numbers = Vec::new();
    for shown in figures {
        if shown.unit == Unit::Share {
            return Scale::SHARE;
        }
        if let ShownOutcome::Value(value) = &shown.outcome {
            numbers.extend(measured(value).iter().flat_map(Measured::extremes));
        }
    }
    Scale::around(numbers)
}

/// The number of a figure, if it is shown.
pub(super) fn value(shown: &Shown) -> Option<&Value> {
    match &shown.outcome {
        ShownOutcome::Value(value) => Some(value),
        _ => None,
    }
}
