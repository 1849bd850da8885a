//! The report on the work agenda: per action its period, owner, reach, effect and proof.
//!
//! An action without a measurement of its effect says so in as many words.

use serde::Serialize;
use time::Date;

use super::{Action, Phase, Programme};
use crate::codes::EvidenceLevel;
use crate::compute::effect::METHODS;
use crate::figure::{Figure, Key};

/// An action with what is known of its reach and effect.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ActionReport {
    /// The action.
    pub action: Action,
    /// Where it stands.
    pub phase: Phase,
    /// Figures on its reach.
    pub reach: Vec<Figure>,
    /// Figures on its effect; empty means that there is no measurement of the effect.
    pub effect: Vec<Figure>,
    /// The highest step of the ladder among the figures with a number.
    pub evidence: EvidenceLevel,
    /// Codes of its networks and trainings.
    pub records: Vec<String>,
}

/// Reports on every action on a day. The figures may come from persons, published figures and
/// records; those for everybody are used.
#[must_use]
pub fn report(programme: &Programme, figures: &[Figure], on: Date) -> Vec<ActionReport> {
    let mut reports: Vec<ActionReport> = programme
        .action
        .iter()
        .map(|action| of_action(programme, action, figures, on))
        .collect();
    reports.sort_by(|a, b| {
        a.action
            .from
            .cmp(&b.action.from)
            .then(a.action.code.cmp(&b.action.code))
    });
    reports
}

fn of_action(programme: &Programme, action: &Action, figures: &[Figure], on: Date) -> ActionReport {
    let records: Vec<String> = programme
        .network
        .iter()
        .filter(|network| network.action == action.code)
        .map(|network| network.code.clone())
        .chain(
            programme
                .training
                .iter()
                .filter(|training| training.action == action.code)
                .map(|training| training.code.clone()),
        )
        .collect();
    let of = |address: &Option<String>| -> Vec<Figure> {
        let Some((indicator, measure)) = address.as_deref().and_then(|a| a.split_once('/')) else {
            return Vec::new();
        };
        let belongs = |key: &Key| {
            let measure_fits = key.measure == measure
                || METHODS.iter().any(|(ending, _)| {
                    let base = key.measure.strip_suffix(ending);
                    base.and_then(|base| base.strip_suffix('-')) == Some(measure)
                });
            // Records carry their own code; those of other actions do not belong here.
            let own = key
                .label
                .as_ref()
                .is_none_or(|label| records.is_empty() || records.contains(label));
            key.indicator == indicator && measure_fits && key.group.is_none() && own
        };
        figures
            .iter()
            .filter(|figure| belongs(&figure.key))
            .cloned()
            .collect()
    };
    let (reach, effect) = (of(&action.reach), of(&action.effect));
    let evidence = reach
        .iter()
        .chain(&effect)
        .filter(|figure| figure.value().is_some())
        .map(|figure| figure.evidence)
        .max()
        .unwrap_or(EvidenceLevel::Activity);
    ActionReport {
        phase: action.phase(on),
        action: action.clone(),
        reach,
        effect,
        evidence,
        records,
    }
}
