//! A measure by group; municipalities with control limits in place of a ranking.

use std::cmp::Reverse;

use charts::Wording;
use charts::funnel::{self, Institution, Limits};
use language::Argument;
use monitoring::codes::Dimension;
use monitoring::comparison::{self, FunnelPoint, Standing};
use monitoring::figure::Group;
use monitoring::interactive::Shown;
use statistics::Confidence;

use super::words::{Foreign, Row, Words, measured, scale, value};
use crate::monitor::board::Told;
use crate::page::Page;

/// Sizes at which the limits of a funnel are computed.
const LIMITS: u64 = 40;

/// A measure by group.
pub(super) struct Groups {
    /// What the groups are.
    pub(super) by: String,
    pub(super) message: String,
    pub(super) chart: Option<String>,
    pub(super) is_over_dispersed: bool,
    pub(super) has_funnel: bool,
    pub(super) rows: Vec<GroupRow>,
}

/// A group.
pub(super) struct GroupRow {
    pub(super) row: Row,
    /// Key of the text on where it stands, in a funnel.
    pub(super) standing: Option<&'static str>,
}

/// The groups of a measure at a moment; `None` when there are none.
pub(super) fn of(
    words: &Words<'_>,
    page: &Page,
    told: &[Told],
    label: &Foreign,
    measure: &str,
    months: Option<u16>,
    by: Option<Dimension>,
) -> Option<Groups> {
    let by = by?;
    let mut own: Vec<(&Group, &Shown)> = told
        .iter()
        .map(|told| &told.shown)
        .filter(|shown| shown.key.measure == measure && shown.key.months == months)
        .filter_map(|shown| Some((shown.key.group.as_ref()?, shown)))
        .filter(|(group, _)| group.by == by)
        .collect();
    if own.is_empty() {
        return None;
    }
    let mut funnel = None;
    if by == Dimension::Municipality {
        own.sort_by_key(|(_, shown)| Reverse(value(shown).and_then(|value| value.n)));
        let shown: Vec<&Shown> = own.iter().map(|(_, shown)| *shown).collect();
        funnel = comparison::funnel(&shown)
            .ok()
            .filter(|funnel| funnel.points.len() > 1);
    }
    let bars = scale(own.iter().map(|(_, shown)| *shown));
    let message = message(page, words, label, &own, funnel.as_ref());
    let chart = funnel
        .as_ref()
        .and_then(|funnel| draw(page, words, &own, funnel, &message));
    let rows = own
        .iter()
        .map(|(group, shown)| GroupRow {
            standing: funnel
                .as_ref()
                .and_then(|funnel| point(funnel, group))
                .map(|point| match point.standing {
                    Standing::Expected => "monitor-standing-expected",
                    Standing::Alert => "monitor-standing-alert",
                    Standing::Alarm => "monitor-standing-alarm",
                }),
            row: Row {
                label: words.group(group),
                link: String::new(),
                cell: words.cell(shown, bars),
                step: shown.evidence.step(),
            },
        })
        .collect();
    Some(Groups {
        by: words.dimension(by),
        message,
        chart,
        is_over_dispersed: funnel.as_ref().is_some_and(|funnel| funnel.over_dispersed),
        has_funnel: funnel.is_some(),
        rows,
    })
}

fn point<'f>(funnel: &'f comparison::Funnel, group: &Group) -> Option<&'f FunnelPoint> {
    let mut points = funnel.points.iter();
    points.find(|point| point.municipality == group.code)
}

fn message(
    page: &Page,
    words: &Words<'_>,
    label: &Foreign,
    own: &[(&Group, &Shown)],
    funnel: Option<&comparison::Funnel>,
) -> String {
    if let Some(funnel) = funnel {
        let outside = funnel
            .points
            .iter()
            .filter(|point| point.standing != Standing::Expected)
            .count();
        let said = match outside {
            0 => page.t("monitor-message-funnel-none"),
            outside => page.tn("monitor-message-funnel", outside),
        };
        return format!("{}: {said}", label.text);
    }
    let numbers: Vec<f64> = own
        .iter()
        .filter_map(|(_, shown)| value(shown).map(|value| value.point))
        .collect();
    let lowest = numbers.iter().copied().reduce(f64::min);
    let highest = numbers.iter().copied().reduce(f64::max);
    let (Some(lowest), Some(highest), Some((_, first))) = (lowest, highest, own.first()) else {
        return page.tt("monitor-message-none", "label", &label.text);
    };
    let lowest = words.number(lowest, first.unit);
    let highest = words.number(highest, first.unit);
    let parts = [
        ("label", Argument::Text(&label.text)),
        ("from", Argument::Text(&lowest)),
        ("to", Argument::Text(&highest)),
    ];
    page.texts("monitor-message-groups", &parts)
}

/// The funnel; `None` when no limit can be computed.
fn draw(
    page: &Page,
    words: &Words<'_>,
    own: &[(&Group, &Shown)],
    funnel: &comparison::Funnel,
    message: &str,
) -> Option<String> {
    let unit = own.first()?.1.unit;
    let institutions: Vec<Institution> = own
        .iter()
        .filter_map(|(group, shown)| {
            let (point, value) = (point(funnel, group)?, value(shown)?);
            Some(Institution {
                label: words.group(group).text,
                size: point.n as f64,
                measured: measured(value)?,
                standing: match point.standing {
                    Standing::Expected => funnel::Standing::Expected,
                    Standing::Alert => funnel::Standing::Alert,
                    Standing::Alarm => funnel::Standing::Alarm,
                },
                text: words.in_full(value, unit),
            })
        })
        .collect();
    let sizes = funnel.points.iter().map(|point| point.n);
    let (smallest, largest) = (sizes.clone().min()?, sizes.max()?);
    let (from, to) = ((smallest / 2).max(10), largest + largest / 20);
    let limits = (0..=LIMITS)
        .map(|step| from + (to - from) * step / LIMITS)
        .filter_map(|size| limits(funnel.target, size))
        .collect();
    let chart = funnel::Funnel {
        wording: Wording {
            id: "trechter".to_owned(),
            title: message.to_owned(),
            description: page.t("monitor-chart-funnel"),
            along: page.t("monitor-axis-size"),
        },
        target: funnel.target,
        institutions,
        limits,
    };
    Some(chart.svg(
        page.language.direction(),
        &|number| words.number(number, unit),
        &|number| page.decimal(number, 0),
    ))
}

fn limits(target: f64, size: u64) -> Option<Limits> {
    let at = |confidence| {
        let interval = statistics::funnel::limits(target, size, confidence).ok()?;
        Some((interval.lower, interval.upper))
    };
    Some(Limits {
        size: size as f64,
        inner: at(Confidence::NINETY_FIVE)?,
        outer: at(Confidence::NINETY_NINE_POINT_EIGHT)?,
    })
}
