//! What a year of employment costs an employer and what the schemes of the date take off it.
//!
//! All amounts are whole euro cents, rounded half up at every line.
//! Premiums for social insurance and pension are left out: they differ per employer.

use serde::{Deserialize, Serialize};

use crate::bundle::{DataFault, Reading};
use crate::day::Day;
use crate::provenance::Provenance;

/// Weeks in the year that is worked out.
const WEEKS: u64 = 52;

/// Legal minimum hourly wage in a period.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MinimumWage {
    hourly_cents: u64,
    provenance: Provenance,
}

/// Continued pay during sickness.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SickPay {
    percent: u64,
    weeks: u64,
    provenance: Provenance,
}

/// Holiday allowance.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayAllowance {
    percent: u64,
    provenance: Provenance,
}

/// An allowance per paid hour.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct HourlyAllowance {
    id: String,
    per_hour_cents: u64,
    max_per_year_cents: u64,
    min_hours_per_year: Option<u64>,
    wage_from_cents: Option<u64>,
    wage_to_cents: Option<u64>,
    employment_from: Option<Day>,
    employment_to: Option<Day>,
    months: Option<u32>,
    min_age: Option<u32>,
    #[serde(default)]
    for_whom: ForWhom,
    provenance: Provenance,
}

/// Whom a scheme is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForWhom {
    /// Everyone who meets the other demands.
    #[default]
    Everyone,
    /// People in the register of the banenafspraak.
    DisabilityRegister,
    /// People who had a benefit.
    FromBenefit,
}

/// Wage cost subsidy of the Participatiewet.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WageCostSubsidy {
    max_percent_of_minimum: u64,
    charge_tenths_percent: u64,
    provenance: Provenance,
}

/// No-risk policy: pays the sick pay back.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NoRisk {
    percent: u64,
    provenance: Provenance,
}

/// Amounts of a set.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CostTables {
    minimum_wage: Vec<MinimumWage>,
    sick_pay: Vec<SickPay>,
    holiday_allowance: Vec<HolidayAllowance>,
    hourly_allowance: Vec<HourlyAllowance>,
    wage_cost_subsidy: Vec<WageCostSubsidy>,
    no_risk: Vec<NoRisk>,
}

/// An employment to be worked out.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Employment {
    /// Gross hourly wage in euro cents.
    pub hourly_wage_cents: u64,
    /// Hours a week.
    pub hours_per_week: u64,
    /// Weeks of sickness to reckon with in the year, 0..=52.
    #[serde(default)]
    pub sick_weeks: u64,
    /// First day of the employment.
    pub employment_start: Day,
    /// Age of the person, only for schemes with an age.
    pub age: Option<u32>,
    /// Groups of schemes that the person belongs to.
    #[serde(default)]
    pub belongs_to: Vec<ForWhom>,
    /// Measured wage value, percent of the minimum wage, if measured.
    pub wage_value_percent: Option<u64>,
    /// Legal minimum hourly wage in euro cents, where the set knows none for the date.
    pub minimum_wage_cents: Option<u64>,
}

/// What one scheme or rule does to the cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line<'a> {
    /// Code of the line.
    pub id: &'a str,
    /// Euro cents; negative takes off the cost.
    pub cents: i64,
    /// Article.
    pub article: &'a str,
    /// Link.
    pub source: &'a str,
    /// Whether people must be told "controleer bij de bron".
    pub needs_check: bool,
}

/// A scheme that gives nothing, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Without<'a> {
    /// Code of the scheme.
    pub id: &'a str,
    /// Reason code.
    pub reason: &'static str,
    /// Last day of a scheme that was abolished.
    pub last_day: Option<Day>,
}

/// Cost of a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct YearCost<'a> {
    /// Lines that count.
    pub lines: Vec<Line<'a>>,
    /// Schemes that give nothing.
    pub without: Vec<Without<'a>>,
    /// Sum of the lines in euro cents.
    pub total_cents: i64,
    /// What the reckoned sickness costs: sick pay less what is paid back, in euro cents.
    pub sickness_cents: i64,
}

/// An employment that cannot be worked out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CostFault {
    /// The set has no amount for the date.
    #[error("no {what} is known for {date}; give it in the file or add it to the data")]
    NoAmount {
        /// Which amount.
        what: &'static str,
        /// The date.
        date: Day,
    },
    /// More sick weeks than a year has.
    #[error("sick_weeks {weeks} is more than 52")]
    SickWeeks {
        /// As given.
        weeks: u64,
    },
    /// Fewer cents an hour than the law allows.
    #[error("the hourly wage of {wage} cents lies below the legal minimum of {minimum} cents")]
    BelowMinimum {
        /// As given.
        wage: u64,
        /// Legal minimum.
        minimum: u64,
    },
    /// More hours than a week has, or none.
    #[error("hours_per_week {hours} is not between 1 and 60")]
    Hours {
        /// As given.
        hours: u64,
    },
}

impl CostTables {
    /// Reads the file of amounts.
    pub fn read(reading: Reading<'_>, faults: &mut Vec<DataFault>) -> CostTables {
        let tables: CostTables = match reading.toml() {
            Ok(tables) => tables,
            Err(fault) => {
                faults.push(fault);
                return CostTables::default();
            }
        };
        for provenance in tables.provenances() {
            if let Err(fault) = provenance.check() {
                let article = &provenance.article;
                faults.push(reading.fault(0, format!("{article:?}: {fault}")));
            }
        }
        tables
    }

    pub(crate) fn provenances(&self) -> impl Iterator<Item = &Provenance> {
        let wages = self.minimum_wage.iter().map(|row| &row.provenance);
        wages
            .chain(self.sick_pay.iter().map(|row| &row.provenance))
            .chain(self.holiday_allowance.iter().map(|row| &row.provenance))
            .chain(self.hourly_allowance.iter().map(|row| &row.provenance))
            .chain(self.wage_cost_subsidy.iter().map(|row| &row.provenance))
            .chain(self.no_risk.iter().map(|row| &row.provenance))
    }

    /// Codes of the lines that a cost can have.
    pub(crate) fn line_ids(&self) -> impl Iterator<Item = &str> {
        let fixed = ["wage", "sick-pay", "holiday-allowance", "no-risk", "lks"];
        fixed
            .into_iter()
            .chain(self.hourly_allowance.iter().map(|row| row.id.as_str()))
    }

    /// Works out a year of employment under the law of a date.
    ///
    /// # Errors
    /// Fails when an amount is missing or the employment is not lawful.
    pub fn year(&self, employment: &Employment, date: Day) -> Result<YearCost<'_>, CostFault> {
        let minimum = self.minimum(employment, date)?;
        check(employment, minimum)?;
        let missing = |what| CostFault::NoAmount { what, date };
        let sick = holding(&self.sick_pay, |r| &r.provenance, date);
        let sick = sick.ok_or_else(|| missing("rule on sick pay"))?;
        let holiday = holding(&self.holiday_allowance, |r| &r.provenance, date);
        let holiday = holiday.ok_or_else(|| missing("holiday allowance"))?;

        let week = employment.hourly_wage_cents * employment.hours_per_week;
        let least_week = minimum * employment.hours_per_week;
        let sick_weeks = employment.sick_weeks.min(sick.weeks);
        // In the first year the pay may not fall below the minimum wage (BW 7:629 lid 1).
        let sick_week = percent(week, sick.percent).max(least_week);
        let worked = week * (WEEKS - employment.sick_weeks);
        let sick_pay = sick_week * sick_weeks;
        let allowance = percent(worked + sick_pay, holiday.percent);
        let mut result = YearCost {
            lines: vec![
                line("wage", plus(worked), &sick.provenance),
                line("sick-pay", plus(sick_pay), &sick.provenance),
                line("holiday-allowance", plus(allowance), &holiday.provenance),
            ],
            without: Vec::new(),
            total_cents: 0,
            sickness_cents: plus(sick_pay),
        };
        self.no_risk(employment, date, sick_pay, &mut result);
        self.allowances(employment, date, &mut result);
        self.subsidy(employment, date, least_week, &mut result);
        result.total_cents = result.lines.iter().map(|line| line.cents).sum();
        Ok(result)
    }

    fn minimum(&self, employment: &Employment, date: Day) -> Result<u64, CostFault> {
        let row = holding(&self.minimum_wage, |r| &r.provenance, date);
        let given = employment.minimum_wage_cents;
        let known = given.or_else(|| row.map(|row| row.hourly_cents));
        known.ok_or(CostFault::NoAmount {
            what: "minimum wage",
            date,
        })
    }

    fn no_risk<'a>(&'a self, who: &Employment, date: Day, sick: u64, result: &mut YearCost<'a>) {
        let Some(row) = holding(&self.no_risk, |r| &r.provenance, date) else {
            return;
        };
        if !who.belongs_to.contains(&ForWhom::DisabilityRegister) {
            result.without.push(Without {
                id: "no-risk",
                reason: "not-in-register",
                last_day: None,
            });
        } else if sick > 0 {
            let back = -plus(percent(sick, row.percent));
            result.lines.push(line("no-risk", back, &row.provenance));
            result.sickness_cents += back;
        }
    }

    fn allowances<'a>(&'a self, who: &Employment, date: Day, result: &mut YearCost<'a>) {
        let mut seen: Vec<&str> = Vec::new();
        for row in &self.hourly_allowance {
            if seen.contains(&row.id.as_str()) {
                continue;
            }
            let rows = self.hourly_allowance.iter().filter(|r| r.id == row.id);
            seen.push(&row.id);
            let fits = rows
                .clone()
                .find(|r| r.provenance.holds_on(date) && r.starts(who));
            match fits {
                None => {
                    // The last day of the scheme as a whole: that of the row that ends last.
                    let last_day = rows.filter_map(|r| r.provenance.valid_to).max();
                    let ended = last_day.filter(|last| *last < date);
                    result.without.push(Without {
                        id: &row.id,
                        reason: if ended.is_some() {
                            "abolished"
                        } else {
                            "not-yet"
                        },
                        last_day: ended,
                    });
                }
                Some(row) => match row.refuses(who, date) {
                    Some(reason) => result.without.push(Without {
                        id: &row.id,
                        reason,
                        last_day: None,
                    }),
                    None => {
                        let hours = who.hours_per_week * WEEKS;
                        let cents = (hours * row.per_hour_cents).min(row.max_per_year_cents);
                        result
                            .lines
                            .push(line(&row.id, -plus(cents), &row.provenance));
                    }
                },
            }
        }
    }

    fn subsidy<'a>(&'a self, who: &Employment, date: Day, week: u64, result: &mut YearCost<'a>) {
        let Some(row) = holding(&self.wage_cost_subsidy, |r| &r.provenance, date) else {
            return;
        };
        let Some(value) = who.wage_value_percent.filter(|value| *value < 100) else {
            result.without.push(Without {
                id: "lks",
                reason: "wage-value-not-below-minimum",
                last_day: None,
            });
            return;
        };
        let share = (100 - value).min(row.max_percent_of_minimum);
        let year = percent(week * WEEKS, share);
        let charges = (year * row.charge_tenths_percent + 500) / 1000;
        result
            .lines
            .push(line("lks", -plus(year + charges), &row.provenance));
    }
}

impl HourlyAllowance {
    /// Whether the row is the one for an employment that began on this day.
    fn starts(&self, who: &Employment) -> bool {
        self.employment_from
            .is_none_or(|day| day <= who.employment_start)
            && self
                .employment_to
                .is_none_or(|day| who.employment_start <= day)
    }

    fn refuses(&self, who: &Employment, date: Day) -> Option<&'static str> {
        let wage = who.hourly_wage_cents;
        let over = |months: u32| who.employment_start.plus_months(months) <= date;
        let hours = who.hours_per_week * WEEKS;
        if self.for_whom != ForWhom::Everyone && !who.belongs_to.contains(&self.for_whom) {
            Some(match self.for_whom {
                ForWhom::DisabilityRegister => "not-in-register",
                ForWhom::FromBenefit | ForWhom::Everyone => "no-benefit-before",
            })
        } else if self.wage_from_cents.is_some_and(|from| wage < from)
            || self.wage_to_cents.is_some_and(|to| wage > to)
        {
            Some("wage-outside-range")
        } else if self.min_hours_per_year.is_some_and(|least| hours < least) {
            Some("too-few-hours")
        } else if self
            .min_age
            .is_some_and(|least| who.age.is_none_or(|age| age < least))
        {
            Some("age")
        } else if self.months.is_some_and(over) {
            Some("period-over")
        } else {
            None
        }
    }
}

fn check(employment: &Employment, minimum: u64) -> Result<(), CostFault> {
    if employment.sick_weeks > WEEKS {
        let weeks = employment.sick_weeks;
        return Err(CostFault::SickWeeks { weeks });
    }
    if !(1..=60).contains(&employment.hours_per_week) {
        let hours = employment.hours_per_week;
        return Err(CostFault::Hours { hours });
    }
    let wage = employment.hourly_wage_cents;
    if wage < minimum || wage > 1_000_000 {
        return Err(CostFault::BelowMinimum { wage, minimum });
    }
    Ok(())
}

fn holding<T>(rows: &[T], provenance: impl Fn(&T) -> &Provenance, date: Day) -> Option<&T> {
    rows.iter().find(|row| provenance(row).holds_on(date))
}

fn percent(cents: u64, percent: u64) -> u64 {
    (cents * percent + 50) / 100
}

fn plus(cents: u64) -> i64 {
    i64::try_from(cents).unwrap_or(i64::MAX)
}

fn line<'a>(id: &'a str, cents: i64, provenance: &'a Provenance) -> Line<'a> {
    Line {
        id,
        cents,
        article: &provenance.article,
        source: &provenance.source,
        needs_check: !provenance.verified,
    }
}
