//! One plain Dutch sentence with every figure: the number, how sure it is, and what it says and
//! does not say.
//!
//! The same sentence stands on the command line, in a release and under a chart.

use crate::codes::EvidenceLevel;
use crate::figure::{Figure, Outcome, Unit, Value};
use crate::indicator::Indicator;

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
            "Dit vergelijkt deelnemers met mensen die op hen lijken. Het zegt niets over wat niet is gemeten."
        }
        () if ends("weighted") => {
            "Wie op deelnemers lijkt, telt hier zwaarder mee. Het zegt niets over wat niet is gemeten."
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

/// Parts of reasons and cautions, English as the crate gives them, Dutch as a reader sees them.
const PHRASES: [(&str, &str); 44] = [
    (
        "all permit holders of 2014; not the labour force",
        "alle vergunninghouders van 2014; niet de beroepsbevolking",
    ),
    (
        "eight years after the permit; a letter to Parliament dates it at five years among those in the labour force: denominator unclear",
        "acht jaar na de vergunning; een Kamerbrief noemt vijf jaar en de beroepsbevolking: noemer onduidelijk",
    ),
    ("around this percentage", "ongeveer dit percentage"),
    (
        "counts rounded to hundreds by the source; the cohort of 2023 has a shorter follow-up",
        "de bron rondt af op honderd; de groep van 2023 is korter gevolgd",
    ),
    (
        "definitions differ between years",
        "de definitie verschilt per jaar",
    ),
    (
        "282 of 380 municipalities answered",
        "282 van de 380 gemeenten gaven antwoord",
    ),
    (
        "72 % of the municipalities answered",
        "72 % van de gemeenten gaf antwoord",
    ),
    (
        "a small register: the interval says little",
        "een klein register: het interval zegt weinig",
    ),
    (
        "the seven rest on one annex that is not in the file",
        "de zeven steunen op één bijlage die niet in het dossier zit",
    ),
    ("cannot be computed because ", "niet te berekenen, want "),
    ("the file has no column ", "het bestand heeft geen kolom "),
    (
        "nobody belongs to the denominator",
        "niemand hoort bij de noemer",
    ),
    ("nobody is at risk", "er is niemand om te volgen"),
    (
        "fewer than half of the group can be followed for longer than ",
        "minder dan de helft van de groep is langer te volgen dan ",
    ),
    (" months", " maanden"),
    (
        "nobody is observed for so long",
        "niemand is zo lang gevolgd",
    ),
    ("nobody took part", "niemand deed mee"),
    (
        "a group of one has no spread",
        "een groep van één heeft geen spreiding",
    ),
    (
        "fewer than half have had the event in the time observed",
        "minder dan de helft had dit in de gevolgde tijd",
    ),
    (
        "the interval is open: its upper end lies beyond the time observed",
        "het interval is open: het einde ligt na de gevolgde tijd",
    ),
    (
        "no interval: nobody, or everybody, has had the event by then",
        "geen interval: niemand, of iedereen, had dit tot dan",
    ),
    (
        "no interval, because the source does not give the counts",
        "geen interval, want de bron geeft de aantallen niet",
    ),
    (
        "no interval, because the number of pairs with different outcomes was not published",
        "geen interval, want het aantal paren met verschillende uitkomst is niet gepubliceerd",
    ),
    (
        "the source itself was not read",
        "de bron zelf is niet gelezen",
    ),
    (
        "an amount divided by a count has no interval",
        "een bedrag gedeeld door een aantal heeft geen interval",
    ),
    (
        "how many people were reached with it is not known",
        "hoeveel mensen ermee zijn bereikt is niet bekend",
    ),
    (
        "the amount is per region and how many were reached is not known",
        "het bedrag is per regio en hoeveel mensen zijn bereikt is niet bekend",
    ),
    (
        "no session is recorded",
        "er is geen bijeenkomst vastgelegd",
    ),
    ("no agreement is recorded", "er is geen afspraak vastgelegd"),
    (
        "the source does not say how many were reached among how many",
        "de bron zegt niet hoeveel van hoeveel mensen zijn bereikt",
    ),
    ("there is no record of it", "er is niets over vastgelegd"),
    (
        "those compared are worth ",
        "na weging tellen zij met wie wordt vergeleken als ",
    ),
    (" people after weighting", " mensen"),
    (
        "the groups still differ in what was measured",
        "de groepen verschillen nog in wat is gemeten",
    ),
    (
        "the municipalities already went different ways before the start",
        "de gemeenten verschilden al voor de start",
    ),
    (
        "nobody who began without work has been followed for so long",
        "niemand die zonder werk begon, is zo lang gevolgd",
    ),
    (
        "nobody without the instrument is like those who took part",
        "niemand zonder het instrument lijkt op de deelnemers",
    ),
    (
        "no group can be compared with an untreated one",
        "er is geen gemeente om mee te vergelijken",
    ),
    (
        "too few resamples are asked for or can be used",
        "er zijn te weinig gemeenten om mee te rekenen",
    ),
    (
        "the panel has fewer than two clusters",
        "er zijn minder dan twee gemeenten",
    ),
    (
        "nobody is observed at the start",
        "niemand is aan het begin gevolgd",
    ),
    (
        "the data do not determine it",
        "de gegevens bepalen dit niet",
    ),
    (
        "nothing ended the time of anybody",
        "bij niemand gebeurde er iets",
    ),
    (
        "some participants have nobody like them and are left out",
        "sommige deelnemers lijken op niemand en tellen niet mee",
    ),
];

/// A reason or caution in Dutch; what has no translation stays as it is.
#[must_use]
pub fn reason_in_dutch(reason: &str) -> String {
    PHRASES
        .iter()
        .fold(reason.to_owned(), |text, (english, dutch)| {
            text.replace(english, dutch)
        })
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
        assert_eq!(
            reason_in_dutch("cannot be computed because the file has no column income"),
            "niet te berekenen, want het bestand heeft geen kolom income"
        );
    }
}
