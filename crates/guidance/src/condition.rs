//! The closed condition language of rules: what can be asked of the facts and the date.
//!
//! The answer is met, not met, or unknown with the facts that are missing; unknown is not no.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::day::Day;
use crate::facts::{Fact, FactFault, FactKind, Facts, Value, Written};

/// Answer of a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It holds.
    Met,
    /// It does not hold.
    NotMet,
    /// It cannot be said without these facts.
    Unknown(BTreeSet<Fact>),
}

/// How a value is compared with a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    /// The value is the bound or more.
    AtLeast,
    /// The value is the bound or less.
    AtMost,
    /// The value is more than the bound.
    Above,
    /// The value is less than the bound.
    Below,
}

/// Unit in which the time since a day is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Days.
    Days,
    /// Whole months.
    Months,
}

/// A condition on the facts of a case and the date it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Always met.
    Always,
    /// The fact has one of these values.
    Is(Fact, Vec<Value>),
    /// The fact is known to be yes; not known counts as not met.
    StatedYes(Fact),
    /// The fact is known to be no; not known counts as not met.
    StatedNo(Fact),
    /// The fact is known, whatever it is.
    Known(Fact),
    /// The fact, a number, date or level, compared with a bound.
    Bound(Fact, Compare, Value),
    /// Time from the day of the fact to the date asked for.
    Since(Fact, Unit, Compare, i64),
    /// The date asked for lies in this period.
    Asked {
        /// First day.
        from: Option<Day>,
        /// Last day.
        to: Option<Day>,
    },
    /// All are met.
    All(Vec<Condition>),
    /// At least one is met.
    Any(Vec<Condition>),
    /// The inner one is not met.
    Not(Box<Condition>),
}

/// A condition as a file writes it: exactly one of the forms.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawCondition {
    all: Option<Vec<RawCondition>>,
    any: Option<Vec<RawCondition>>,
    not: Option<Box<RawCondition>>,
    fact: Option<String>,
    is: Option<OneOrMany>,
    at_least: Option<Written>,
    at_most: Option<Written>,
    above: Option<Written>,
    below: Option<Written>,
    months_since: Option<String>,
    days_since: Option<String>,
    yes: Option<String>,
    stated_yes: Option<String>,
    stated_no: Option<String>,
    known: Option<String>,
    asked_from: Option<Day>,
    asked_to: Option<Day>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    Many(Vec<Written>),
    One(Written),
}

/// Named numbers of a rule that its condition can refer to as `$name`.
pub type Parameters = BTreeMap<String, i64>;

/// A condition that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConditionFault {
    /// A fact or its value.
    #[error(transparent)]
    Fact(#[from] FactFault),
    /// None or several forms in one condition.
    #[error(
        "a condition needs exactly one of: all, any, not, fact, months_since, days_since, yes, stated_yes, stated_no, known, asked_from/asked_to"
    )]
    Form,
    /// A fact without a comparison, or with several.
    #[error("{fact} needs exactly one of: is, at_least, at_most, above, below")]
    Comparison {
        /// The fact.
        fact: String,
    },
    /// A parameter that the rule does not have.
    #[error("there is no parameter {name:?}")]
    Parameter {
        /// Its name.
        name: String,
    },
    /// A comparison that does not fit the kind of fact.
    #[error("{fact} cannot be used in this way")]
    Kind {
        /// The fact.
        fact: &'static str,
    },
}

impl RawCondition {
    /// The condition, with facts and parameters looked up.
    ///
    /// # Errors
    /// Says what is wrong with the first part that cannot be read.
    pub fn read(&self, parameters: &Parameters) -> Result<Condition, ConditionFault> {
        let many = |list: &[RawCondition]| -> Result<Vec<Condition>, ConditionFault> {
            list.iter().map(|inner| inner.read(parameters)).collect()
        };
        let mut found = Vec::new();
        if let Some(list) = &self.all {
            found.push(Condition::All(many(list)?));
        }
        if let Some(list) = &self.any {
            found.push(Condition::Any(many(list)?));
        }
        if let Some(inner) = &self.not {
            found.push(Condition::Not(Box::new(inner.read(parameters)?)));
        }
        if let Some(name) = &self.fact {
            found.push(self.read_fact(name, parameters)?);
        }
        for (name, unit) in [
            (&self.months_since, Unit::Months),
            (&self.days_since, Unit::Days),
        ] {
            if let Some(name) = name {
                found.push(self.read_since(name, unit, parameters)?);
            }
        }
        found.extend(self.read_flags()?);
        if self.asked_from.is_some() || self.asked_to.is_some() {
            let (from, to) = (self.asked_from, self.asked_to);
            found.push(Condition::Asked { from, to });
        }
        match <[Condition; 1]>::try_from(found) {
            Ok([only]) => Ok(only),
            Err(_) => Err(ConditionFault::Form),
        }
    }

    fn read_flags(&self) -> Result<Vec<Condition>, ConditionFault> {
        let mut found = Vec::new();
        if let Some(name) = &self.yes {
            let fact = flag(name)?;
            found.push(Condition::Is(fact, vec![Value::Flag(true)]));
        }
        if let Some(name) = &self.stated_yes {
            found.push(Condition::StatedYes(flag(name)?));
        }
        if let Some(name) = &self.stated_no {
            found.push(Condition::StatedNo(flag(name)?));
        }
        if let Some(name) = &self.known {
            found.push(Condition::Known(Fact::named(name)?));
        }
        Ok(found)
    }

    fn bounds(&self) -> Vec<(Compare, &Written)> {
        let all = [
            (Compare::AtLeast, &self.at_least),
            (Compare::AtMost, &self.at_most),
            (Compare::Above, &self.above),
            (Compare::Below, &self.below),
        ];
        let given = all.into_iter();
        given
            .filter_map(|(compare, bound)| bound.as_ref().map(|bound| (compare, bound)))
            .collect()
    }

    fn read_fact(&self, name: &str, parameters: &Parameters) -> Result<Condition, ConditionFault> {
        let fact = Fact::named(name)?;
        let unclear = || ConditionFault::Comparison {
            fact: name.to_owned(),
        };
        match (&self.is, self.bounds().as_slice()) {
            (Some(values), []) => {
                let written = match values {
                    OneOrMany::One(one) => std::slice::from_ref(one),
                    OneOrMany::Many(many) => many.as_slice(),
                };
                let values: Result<Vec<Value>, FactFault> =
                    written.iter().map(|w| fact.read(&w.text())).collect();
                Ok(Condition::Is(fact, values?))
            }
            (None, [(compare, bound)]) => {
                if matches!(fact.kind(), FactKind::Choice(_) | FactKind::Flag) {
                    return Err(ConditionFault::Kind { fact: fact.name() });
                }
                let text = parameter(bound, parameters)?;
                Ok(Condition::Bound(fact, *compare, fact.read(&text)?))
            }
            _ => Err(unclear()),
        }
    }

    fn read_since(
        &self,
        name: &str,
        unit: Unit,
        parameters: &Parameters,
    ) -> Result<Condition, ConditionFault> {
        let fact = Fact::named(name)?;
        if !matches!(fact.kind(), FactKind::Date) {
            return Err(ConditionFault::Kind { fact: fact.name() });
        }
        let bounds = self.bounds();
        let [(compare, bound)] = bounds.as_slice() else {
            let fact = name.to_owned();
            return Err(ConditionFault::Comparison { fact });
        };
        let text = parameter(bound, parameters)?;
        let number = text.parse().map_err(|_| FactFault::Unfit {
            fact: fact.name(),
            value: text,
            expected: "a whole number or a parameter".to_owned(),
        })?;
        Ok(Condition::Since(fact, unit, *compare, number))
    }
}

fn flag(name: &str) -> Result<Fact, ConditionFault> {
    let fact = Fact::named(name)?;
    if matches!(fact.kind(), FactKind::Flag) {
        Ok(fact)
    } else {
        Err(ConditionFault::Kind { fact: fact.name() })
    }
}

fn parameter(bound: &Written, parameters: &Parameters) -> Result<String, ConditionFault> {
    let text = bound.text();
    let Some(name) = text.strip_prefix('$') else {
        return Ok(text);
    };
    let value = parameters
        .get(name)
        .ok_or_else(|| ConditionFault::Parameter {
            name: name.to_owned(),
        })?;
    Ok(value.to_string())
}

impl Condition {
    /// Asks the condition of these facts on this date.
    #[must_use]
    pub fn ask(&self, facts: &Facts, date: Day) -> Verdict {
        match self {
            Condition::Always => Verdict::Met,
            Condition::Is(fact, values) => with(facts, *fact, |value| values.contains(&value)),
            Condition::StatedYes(fact) => {
                Verdict::from(facts.get(*fact) == Some(Value::Flag(true)))
            }
            Condition::StatedNo(fact) => {
                Verdict::from(facts.get(*fact) == Some(Value::Flag(false)))
            }
            Condition::Known(fact) => Verdict::from(facts.get(*fact).is_some()),
            Condition::Bound(fact, compare, bound) => {
                with(facts, *fact, |value| match (value, bound) {
                    (Value::Number(a), Value::Number(b)) => compare.holds(&a, b),
                    (Value::Date(a), Value::Date(b)) => compare.holds(&a, b),
                    (Value::Level(a), Value::Level(b)) => compare.holds(&a, b),
                    // Reading a condition refuses bounds of another kind.
                    _ => false,
                })
            }
            Condition::Since(fact, unit, compare, bound) => with(facts, *fact, |value| {
                let Value::Date(day) = value else {
                    return false;
                };
                let passed = match unit {
                    Unit::Days => day.days_until(date),
                    Unit::Months => day.months_until(date),
                };
                compare.holds(&passed, bound)
            }),
            Condition::Asked { from, to } => Verdict::from(
                from.is_none_or(|first| first <= date) && to.is_none_or(|last| date <= last),
            ),
            Condition::All(list) => list
                .iter()
                .fold(Verdict::Met, |sum, inner| sum.and(inner.ask(facts, date))),
            Condition::Any(list) => list
                .iter()
                .fold(Verdict::NotMet, |sum, inner| sum.or(inner.ask(facts, date))),
            Condition::Not(inner) => match inner.ask(facts, date) {
                Verdict::Met => Verdict::NotMet,
                Verdict::NotMet => Verdict::Met,
                unknown @ Verdict::Unknown(_) => unknown,
            },
        }
    }

    /// Facts that the condition asks about.
    #[must_use]
    pub fn asks_about(&self) -> BTreeSet<Fact> {
        match self {
            Condition::Always | Condition::Asked { .. } => BTreeSet::new(),
            Condition::Is(fact, _)
            | Condition::StatedYes(fact)
            | Condition::StatedNo(fact)
            | Condition::Known(fact)
            | Condition::Bound(fact, _, _)
            | Condition::Since(fact, _, _, _) => BTreeSet::from([*fact]),
            Condition::All(list) | Condition::Any(list) => {
                list.iter().flat_map(Condition::asks_about).collect()
            }
            Condition::Not(inner) => inner.asks_about(),
        }
    }
}

impl Compare {
    fn holds<T: Ord>(self, value: &T, bound: &T) -> bool {
        match self {
            Compare::AtLeast => value >= bound,
            Compare::AtMost => value <= bound,
            Compare::Above => value > bound,
            Compare::Below => value < bound,
        }
    }
}

impl From<bool> for Verdict {
    fn from(met: bool) -> Verdict {
        if met { Verdict::Met } else { Verdict::NotMet }
    }
}

impl Verdict {
    fn and(self, other: Verdict) -> Verdict {
        match (self, other) {
            (Verdict::NotMet, _) | (_, Verdict::NotMet) => Verdict::NotMet,
            (Verdict::Met, other) | (other, Verdict::Met) => other,
            (Verdict::Unknown(a), Verdict::Unknown(b)) => Verdict::Unknown(&a | &b),
        }
    }

    fn or(self, other: Verdict) -> Verdict {
        match (self, other) {
            (Verdict::Met, _) | (_, Verdict::Met) => Verdict::Met,
            (Verdict::NotMet, other) | (other, Verdict::NotMet) => other,
            (Verdict::Unknown(a), Verdict::Unknown(b)) => Verdict::Unknown(&a | &b),
        }
    }
}

fn with(facts: &Facts, fact: Fact, holds: impl Fn(Value) -> bool) -> Verdict {
    match facts.get(fact) {
        Some(value) => Verdict::from(holds(value)),
        None => Verdict::Unknown(BTreeSet::from([fact])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(condition: &str, facts: &Facts) -> Verdict {
        #[derive(Deserialize)]
        struct File {
            when: RawCondition,
        }
        let file: File = toml::from_str(condition).expect("a condition");
        let parameters = Parameters::from([("wait".to_owned(), 6)]);
        let condition = file.when.read(&parameters).expect("readable");
        condition.ask(facts, "2026-11-22".parse().expect("a date"))
    }

    #[test]
    fn unknown_is_neither_yes_nor_no() {
        let text = r#"when = { all = [{ fact = "kind", is = "employment" }, { months_since = "procedure_start", at_least = "$wait" }] }"#;
        let facts = Facts::none().with(Fact::Kind, "employment").expect("kind");
        assert_eq!(
            ask(text, &facts),
            Verdict::Unknown(BTreeSet::from([Fact::ProcedureStart]))
        );
        let other = Facts::none().with(Fact::Kind, "volunteer").expect("kind");
        assert_eq!(ask(text, &other), Verdict::NotMet);
        let full = facts
            .with(Fact::ProcedureStart, "2026-05-22")
            .expect("date");
        assert_eq!(ask(text, &full), Verdict::Met);
    }

    #[test]
    fn stated_conditions_take_silence_as_not_met() {
        assert_eq!(
            ask(r#"when = { stated_no = "bsn" }"#, &Facts::none()),
            Verdict::NotMet
        );
        assert_ne!(
            ask(r#"when = { yes = "bsn" }"#, &Facts::none()),
            Verdict::NotMet
        );
    }

    #[test]
    fn refuses_what_the_language_does_not_have() {
        for text in [
            r#"{ fact = "nationality", is = "x" }"#,
            r#"{ fact = "kind" }"#,
            r#"{ fact = "kind", at_least = 3 }"#,
            r#"{ fact = "kind", is = "hobby" }"#,
            r#"{ yes = "bsn", known = "bsn" }"#,
            r#"{ months_since = "kind", at_least = 3 }"#,
            r#"{ months_since = "procedure_start", at_least = "$none" }"#,
            "{}",
        ] {
            #[derive(Debug, Deserialize)]
            struct File {
                when: RawCondition,
            }
            let file: File = toml::from_str(&format!("when = {text}")).expect("toml");
            assert!(file.when.read(&Parameters::new()).is_err(), "{text}");
        }
    }
}
