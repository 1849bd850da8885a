//! Municipalities beside each other with control limits, in place of a league table.
//!
//! Works on figures fit for a page ([`crate::interactive::Shown`]), so that a comparison shows
//! nothing the page would not.

use serde::Serialize;
use statistics::Confidence;
use statistics::funnel::{self, Position};
use statistics::proportion::Share;

use crate::codes::Dimension;
use crate::figure::Range;
use crate::interactive::{Shown, ShownOutcome};

/// Where a municipality stands; never a rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// What chance alone can bring.
    Expected,
    /// Outside the 95 % limits.
    Alert,
    /// Outside the 99.8 % limits.
    Alarm,
}

/// A point of the funnel.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FunnelPoint {
    /// Code of the municipality.
    pub municipality: String,
    /// Share.
    pub share: f64,
    /// Denominator.
    pub n: u64,
    /// 95 % limits at this size.
    pub inner: Range,
    /// 99.8 % limits at this size.
    pub outer: Range,
    /// Where it stands.
    pub standing: Standing,
}

/// Municipalities around the share of all of them together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Funnel {
    /// The share of all shown municipalities together.
    pub target: f64,
    /// Points, largest denominator first.
    pub points: Vec<FunnelPoint>,
    /// Municipalities that are hidden.
    pub hidden: Vec<String>,
    /// Whether municipalities differ by more than chance, so that limits are too narrow.
    pub over_dispersed: bool,
}

/// Level from which variation counts as more than chance.
const LEVEL: f64 = 0.05;
/// Share cut off at both ends before variation is judged.
const WINSORISED: f64 = 0.1;

/// A funnel over the figures of one measure at one moment.
///
/// # Errors
/// "cannot be computed because …": fewer than two municipalities are shown, or all or nobody have
/// the characteristic.
pub fn funnel(figures: &[&Shown]) -> Result<Funnel, String> {
    let mut shares: Vec<(String, Share)> = Vec::new();
    let mut hidden = Vec::new();
    for figure in figures {
        let Some(group) = &figure.key.group else {
            continue;
        };
        if group.by != Dimension::Municipality {
            continue;
        }
        match &figure.outcome {
            ShownOutcome::Value(value) => {
                if let (Some(numerator), Some(n)) = (value.numerator, value.n) {
                    let share = Share::new(numerator, n).map_err(|error| error.to_string())?;
                    shares.push((group.code.clone(), share));
                }
            }
            _ => hidden.push(group.code.clone()),
        }
    }
    shares.sort_by(|a, b| b.1.total().cmp(&a.1.total()).then(a.0.cmp(&b.0)));
    let only: Vec<Share> = shares.iter().map(|(_, share)| *share).collect();
    let dispersion = funnel::dispersion(&only, WINSORISED).map_err(|error| error.to_string())?;
    let points = shares
        .into_iter()
        .map(|(municipality, share)| point(municipality, &share, dispersion.target))
        .collect::<Result<_, _>>()?;
    Ok(Funnel {
        target: dispersion.target,
        points,
        hidden,
        over_dispersed: dispersion.is_over_dispersed(LEVEL),
    })
}

fn point(municipality: String, share: &Share, target: f64) -> Result<FunnelPoint, String> {
    let limits = |confidence| {
        funnel::limits(target, share.total(), confidence).map_err(|error| error.to_string())
    };
    let inner = limits(Confidence::NINETY_FIVE)?;
    let outer = limits(Confidence::NINETY_NINE_POINT_EIGHT)?;
    let standing = match funnel::position(share.value(), &inner, &outer) {
        Position::Expected => Standing::Expected,
        Position::Alert => Standing::Alert,
        Position::Alarm => Standing::Alarm,
    };
    Ok(FunnelPoint {
        municipality,
        share: share.value(),
        n: share.total(),
        inner: inner.into(),
        outer: outer.into(),
        standing,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::EvidenceLevel;
    use crate::figure::{Group, Key, Outcome, Unit, of_share};

    fn shown(code: &str, numerator: u64, n: u64) -> Shown {
        let share = Share::new(numerator, n).unwrap();
        let Outcome::Value(value) = of_share(&share, Confidence::NINETY_FIVE) else {
            unreachable!()
        };
        Shown {
            key: Key {
                indicator: "paid-work".into(),
                version: 1,
                measure: "now".into(),
                months: None,
                label: None,
                group: Some(Group {
                    by: Dimension::Municipality,
                    code: code.into(),
                }),
            },
            unit: Unit::Share,
            evidence: EvidenceLevel::Activity,
            outcome: ShownOutcome::Value(value),
        }
    }

    #[test]
    fn municipalities_stand_within_or_outside_limits_and_have_no_rank() {
        let all = [
            shown("A", 90, 200),
            shown("B", 45, 100),
            shown("C", 180, 400),
            shown("D", 75, 100),
        ];
        let found = funnel(&all.iter().collect::<Vec<_>>()).unwrap();
        let standing = |code: &str| {
            found
                .points
                .iter()
                .find(|p| p.municipality == code)
                .unwrap()
                .standing
        };
        assert_eq!(standing("B"), Standing::Expected);
        assert_eq!(standing("D"), Standing::Alarm);
        assert_eq!(found.points[0].municipality, "C", "by size, not by outcome");
        assert!(found.over_dispersed);
        assert!(funnel(&[&all[0]]).unwrap_err().contains("fewer than two"));
    }
}
