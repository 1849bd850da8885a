//! Saved pages of the open data of the Chamber (OData JSON) → obligations of the register.
//!
//! Reads `Zaak` of kind motion and `Toezegging`; other entities are counted and left alone.
//! Taking the same pages in again changes nothing.
//! Field names: OData 4.0 of the Tweede Kamer; marked unverified in the project's notes where they
//! were not read at the source.

use commitments::calendar::{PartialDate, parse_iso};
use commitments::deadline::{self, Conventions, Reference};
use commitments::place::Span;
use commitments::read::people::{Member, Party};
use commitments::read::references::{Dossier, PaperReference};
use commitments::read::token::tokens;
use commitments::read::words::Words;
use commitments::record::{
    Ask, AskForm, Kind, RecordContent, ReferenceOrigin, SourceReference, Standing, Status,
};
use commitments::register::{Origin, Register, State, Taken};
use serde_json::Value;

/// Why a page cannot be taken in.
#[derive(Debug, thiserror::Error)]
pub enum ChamberError {
    /// No JSON.
    #[error("no JSON")]
    Json(#[from] serde_json::Error),
    /// JSON that is no page of the open data.
    #[error("no page of open data: there is no list \"value\" and no \"Id\"")]
    NoPage,
}

/// What taking pages in did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// New in the register.
    pub new: usize,
    /// Known, and changed at the Chamber.
    pub updated: usize,
    /// Known and the same.
    pub same: usize,
    /// Deleted at the Chamber, of another kind, or without a text.
    pub left: usize,
}

impl Counts {
    /// The sum of two counts.
    #[must_use]
    pub fn plus(self, other: Counts) -> Counts {
        Counts {
            new: self.new + other.new,
            updated: self.updated + other.updated,
            same: self.same + other.same,
            left: self.left + other.left,
        }
    }
}

/// Takes one saved page into the register.
///
/// # Errors
/// Fails when the text is no JSON or no page of the open data.
pub fn import(register: &mut Register, page: &str) -> Result<Counts, ChamberError> {
    let json: Value = serde_json::from_str(page)?;
    let entities: Vec<&Value> = match (json.get("value").and_then(Value::as_array), json.get("Id"))
    {
        (Some(list), _) => list.iter().collect(),
        (None, Some(_)) => vec![&json],
        (None, None) => return Err(ChamberError::NoPage),
    };
    let mut counts = Counts::default();
    for entity in entities {
        let Some((content, origin, state)) = obligation(entity) else {
            counts.left += 1;
            continue;
        };
        match register.take_in_state(content, origin, state) {
            Taken::New(_) => counts.new += 1,
            Taken::Updated(_) => counts.updated += 1,
            Taken::Same(_) => counts.same += 1,
        }
    }
    Ok(counts)
}

fn text<'a>(entity: &'a Value, name: &str) -> Option<&'a str> {
    entity
        .get(name)
        .and_then(Value::as_str)
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

fn obligation(entity: &Value) -> Option<(RecordContent, Origin, State)> {
    if entity.get("Verwijderd").and_then(Value::as_bool) == Some(true) {
        return None;
    }
    if entity.get("Tekst").is_some() {
        return commitment(entity);
    }
    (text(entity, "Soort") == Some("Motie"))
        .then(|| motion(entity))
        .flatten()
}

fn origin(entity: &Value) -> Option<Origin> {
    Some(Origin::Chamber {
        id: text(entity, "Id")?.to_owned(),
        number: text(entity, "Nummer").unwrap_or("").to_owned(),
        status: text(entity, "Status").map(str::to_owned),
    })
}

/// A commitment of the register of the Chamber.
fn commitment(entity: &Value) -> Option<(RecordContent, Origin, State)> {
    let words = text(entity, "Tekst")?;
    let made = day(entity, "Aanmaakdatum");
    let members: Vec<Member> = member(
        text(entity, "ToegezegdAanPersoon"),
        text(entity, "ToegezegdAanFractie"),
    )
    .into_iter()
    .collect();
    let (standing, state) = match text(entity, "Status") {
        Some("Afgedaan" | "Voldaan") => (Standing::Done, State::ConfirmedByChamber),
        Some("Deels Afgedaan" | "Deels afgedaan" | "Deels voldaan") => {
            (Standing::PartlyDone, State::PartlySettled)
        }
        Some("Vervallen") => (Standing::Done, State::Lapsed),
        _ => (Standing::Open, State::Made),
    };
    let by = text(entity, "KamerbriefNakoming").map(|letter| format!("Kamerbrief {letter}"));
    let content = content(Kind::CommitmentInDebate, words, members, made, standing, by);
    Some((content, origin(entity)?, state))
}

/// A motion.
fn motion(entity: &Value) -> Option<(RecordContent, Origin, State)> {
    let words = text(entity, "Onderwerp").or_else(|| text(entity, "Titel"))?;
    let made = day(entity, "GestartOp");
    let members = entity
        .get("ZaakActor")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter(|actor| matches!(text(actor, "Relatie"), Some("Indiener" | "Medeindiener")))
        .filter_map(|actor| member(text(actor, "ActorNaam"), text(actor, "ActorFractie")))
        .collect();
    let outcome = decision(entity).unwrap_or_default();
    let state = match (outcome.as_str(), text(entity, "Kabinetsappreciatie")) {
        (outcome, _) if outcome.contains("aangenomen") => State::Adopted,
        (outcome, _) if outcome.contains("verworpen") => State::Rejected,
        (outcome, _) if outcome.contains("ingetrokken") => State::Withdrawn,
        (outcome, _) if outcome.contains("vervallen") => State::Lapsed,
        (outcome, _) if outcome.contains("aangehouden") => State::Withheld,
        (_, Some("Overgenomen")) => State::TakenOver,
        _ => State::Submitted,
    };
    // "Afgedaan" in a Zaak says that the Chamber handled it, not that it was carried out.
    let mut content = content(Kind::Motion, words, members, made, Standing::Open, None);
    content.reference = paper(entity);
    Some((content, origin(entity)?, state))
}

/// The text of the last decision, in small letters.
fn decision(entity: &Value) -> Option<String> {
    entity
        .get("Besluit")?
        .as_array()?
        .iter()
        .rev()
        .find_map(|decision| {
            text(decision, "BesluitTekst").or_else(|| text(decision, "BesluitSoort"))
        })
        .map(str::to_lowercase)
}

/// The paper, when the page was saved with its dossier.
fn paper(entity: &Value) -> Option<SourceReference> {
    let dossier = match entity.get("Kamerstukdossier")? {
        Value::Array(list) => list.first()?,
        one => one,
    };
    let number = match dossier.get("Nummer")? {
        Value::Number(number) => u32::try_from(number.as_u64()?).ok()?,
        other => other.as_str()?.replace(' ', "").parse().ok()?,
    };
    let volume = entity.get("Volgnummer").and_then(Value::as_u64);
    Some(SourceReference {
        paper: PaperReference {
            dossiers: vec![Dossier {
                number,
                chapter: text(dossier, "Toevoeging").map(str::to_owned),
            }],
            numbers: volume
                .and_then(|number| u32::try_from(number).ok())
                .into_iter()
                .collect(),
            replaces: None,
        },
        origin: ReferenceOrigin::Stated,
    })
}

fn content(
    kind: Kind,
    words: &str,
    members: Vec<Member>,
    made: Option<PartialDate>,
    standing: Standing,
    shown_by: Option<String>,
) -> RecordContent {
    let flat = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let row = tokens(&flat, &[Span::new(0, flat.len())]);
    let conventions = Conventions::default();
    let document = match made {
        Some(PartialDate::Day(day)) => Some(day),
        _ => None,
    };
    let reference = Reference {
        document,
        conventions: &conventions,
    };
    let found = deadline::find(Words(&row), reference);
    RecordContent {
        kind,
        members,
        and_others: false,
        topic: None,
        deadline: deadline::best(&found, &[]).map(|field| field.value),
        ask: Ask {
            words: flat,
            form: AskForm::Bare,
        },
        reference: None,
        debate: None,
        date: made,
        account: shown_by.clone(),
        status: Status {
            standing,
            words: shown_by.unwrap_or_default(),
        },
        attachments: Vec::new(),
        notes: Vec::new(),
    }
}

fn member(name: Option<&str>, party: Option<&str>) -> Option<Member> {
    Some(Member {
        name: name?.to_owned(),
        party: party.and_then(Party::known),
    })
}

/// The day of a date or time; the year 1 stands for "none".
fn day(entity: &Value, name: &str) -> Option<PartialDate> {
    let day = parse_iso(text(entity, name)?.get(..10)?).ok()?;
    (day.year() > 1).then_some(PartialDate::Day(day))
}
