//! One plain Dutch sentence with every figure: the number, how sure it is, and what it says and
//! does not say.
//!
//! The same sentence stands on the command line, in a release and under a chart.

use domain::language::Language;

use crate::codes::EvidenceLevel;
use crate::figure::{Figure, Outcome, Unit, Value};
use crate::indicator::Indicator;
use crate::reasons;

/// What kind of proof a level of the ladder is, in plain Dutch.
#[must_use]
pub fn evidence_in_dutch(level: EvidenceLevel) -> &'static str {
    match level {
        EvidenceLevel::Activity => {
            "Trede 0, activiteit: dit telt wat er is gedaan of gevonden. Er is geen effectmeting."
        }
        EvidenceLevel::Reach => {
            "Trede 1, bereik: dit telt wie is bereikt. Er is geen effectmeting."
        }
        EvidenceLevel::BeforeAfter => {
            "Trede 2, voor en na: dezelfde mensen eerder en later. Wat er zonder de actie was gebeurd, blijft onbekend."
        }
        EvidenceLevel::Matched => {
            "Trede 3, vergelijking: met mensen die op gemeten kenmerken lijken. Verschillen die niet zijn gemeten, blijven mogelijk."
        }
        EvidenceLevel::Randomised => {
            "Trede 4, loting: het lot bepaalde wie meedeed. Dit is het sterkste bewijs, voor deze groep en deze tijd."
        }
    }
}

/// What a method of measuring an effect says and does not say, in plain Dutch; `None` for a
/// measure that is no effect.
#[must_use]
pub fn method_in_dutch(measure: &str) -> Option<&'static str> {
    let ends = |ending: &str| {
        measure
            .strip_suffix(ending)
            .is_some_and(|m| m.ends_with('-'))
    };
    Some(match () {
        () if ends("before-after") => {
            "Dit vergelijkt deelnemers met zichzelf. Het zegt niet wat er zonder hulp was gebeurd."
        }
        () if ends("matched") => {
            "Dit vergelijkt deelnemers met mensen die op hen lijken. Het zegt niets over wat niet is gemeten. De anderen deden nooit mee. Daardoor kan het effect kleiner lijken."
        }
        () if ends("weighted") => {
            "Wie op deelnemers lijkt, telt hier zwaarder mee. Het zegt niets over wat niet is gemeten. De anderen deden nooit mee. Daardoor kan het effect kleiner lijken."
        }
        () if ends("staggered") => {
            "Dit vergelijkt gemeenten voor en na hun start. Het gaat over aanbieden, niet over meedoen."
        }
        () => return None,
    })
}

/// The number with interval and n, Dutch notation.
#[must_use]
pub fn number_in_dutch(figure: &Figure) -> String {
    let value = match &figure.outcome {
        Outcome::Value(value) => value,
        Outcome::NotComputed(reason) => {
            return format!("Geen cijfer: {}.", reason_in_dutch(reason));
        }
    };
    let mut text = shown(value.point, figure.unit);
    let mut parts = Vec::new();
    if let Some(range) = &value.interval {
        let (lower, upper) = (
            shown(range.lower, figure.unit),
            shown(range.upper, figure.unit),
        );
        parts.push(format!("interval {lower} tot {upper}"));
    }
    parts.push(match value {
        Value { n: Some(n), .. } => format!("n = {}", thousands(*n)),
        Value { n: None, .. } => "n onbekend".to_owned(),
    });
    text.push_str(&format!(" ({})", parts.join("; ")));
    if let Some(caution) = &value.caution {
        text.push_str(&format!(". Let op: {}", reason_in_dutch(caution)));
    }
    text
}

/// Number, what it says, what it does not say, and its step on the ladder.
#[must_use]
pub fn in_dutch(figure: &Figure, indicator: &Indicator) -> String {
    format!(
        "{} Dit zegt: {} Dit zegt niet: {} {}",
        with_full_stop(&number_in_dutch(figure)),
        with_full_stop(indicator.says.dutch()),
        with_full_stop(indicator.says_not.dutch()),
        evidence_in_dutch(figure.evidence)
    )
}

fn with_full_stop(text: &str) -> String {
    if text.ends_with('.') {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// A reason or caution in Dutch; what has no translation stays English.
fn reason_in_dutch(reason: &str) -> String {
    let (text, _) = reasons::in_language(reason, Language::NL);
    text
}

/// A number in the notation of its unit: decimal comma, percent, euro.
#[must_use]
pub fn shown(number: f64, unit: Unit) -> String {
    let comma = |text: String| text.replace('.', ",");
    match unit {
        Unit::Share => comma(format!("{:.1} %", number * 100.0)),
        Unit::ShareDifference => comma(format!("{:+.1} procentpunt", number * 100.0)),
        Unit::Ratio | Unit::Kappa => comma(format!("{number:.2}")),
        Unit::Months => comma(format!("{number:.1} maanden")),
        Unit::Days => comma(format!("{number:.1} dagen")),
        Unit::Hours => comma(format!("{number:.1} uur")),
        Unit::Euro => comma(format!("€ {number:.2}")),
    }
}

/// A whole number with a point between thousands.
#[must_use]
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dutch_notation() {
        assert_eq!(shown(0.4532, Unit::Share), "45,3 %");
        assert_eq!(shown(-0.05, Unit::ShareDifference), "-5,0 procentpunt");
        assert_eq!(thousands(1_234_567), "1.234.567");
        assert_eq!(thousands(100), "100");
    }
}
