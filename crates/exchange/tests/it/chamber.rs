//! Saved pages in the form of the Chamber's open data, with fictional content.

use commitments::register::{Register, State};
use exchange::chamber::{Counts, import};

const COMMITMENTS: &str = r#"{"@odata.context": "x/$metadata#Toezegging", "value": [
  {"Id": "a1", "Nummer": "TZ209901-001", "Tekst": "De minister informeert de Kamer voor de zomer over vakscholen.",
   "Aanmaakdatum": "2024-01-15T00:00:00+01:00", "Status": "Openstaand", "DatumNakoming": "0001-01-01T00:00:00Z",
   "ToegezegdAanPersoon": "Okkersen, T.", "ToegezegdAanFractie": "D66", "Verwijderd": false},
  {"Id": "a2", "Nummer": "TZ209901-002", "Tekst": "Een overzicht volgt.", "Status": "Afgedaan",
   "KamerbriefNakoming": "41 207, nr. 30", "Verwijderd": false},
  {"Id": "a3", "Nummer": "TZ209901-003", "Tekst": "Weg.", "Verwijderd": true}
]}"#;

const MOTIONS: &str = r#"{"value": [
  {"Id": "z1", "Nummer": "2099Z00001", "Soort": "Motie", "Onderwerp": "Motie over avondonderwijs", "GestartOp": "2024-02-01",
   "Volgnummer": 15, "Kamerstukdossier": [{"Nummer": 41207, "Toevoeging": null}],
   "ZaakActor": [{"ActorNaam": "V. Lindeboom", "ActorFractie": "VVD", "Relatie": "Indiener"}],
   "Besluit": [{"BesluitTekst": "Ingediend"}, {"BesluitTekst": "Verworpen."}]},
  {"Id": "z2", "Nummer": "2099Z00002", "Soort": "Brief regering", "Onderwerp": "Brief"}
]}"#;

#[test]
fn taking_pages_in_twice_changes_nothing() {
    let mut register = Register::default();
    let first = import(&mut register, COMMITMENTS).unwrap();
    assert_eq!(
        first,
        Counts {
            new: 2,
            left: 1,
            ..Counts::default()
        }
    );
    let motions = import(&mut register, MOTIONS).unwrap();
    assert_eq!(
        motions,
        Counts {
            new: 1,
            left: 1,
            ..Counts::default()
        }
    );
    let before = register.clone();
    assert_eq!(
        import(&mut register, COMMITMENTS).unwrap(),
        Counts {
            same: 2,
            left: 1,
            ..Counts::default()
        }
    );
    assert_eq!(
        import(&mut register, MOTIONS).unwrap(),
        Counts {
            same: 1,
            left: 1,
            ..Counts::default()
        }
    );
    assert_eq!(register, before);
    let all: Vec<_> = register.obligations().collect();
    assert_eq!(all[0].state(), State::Made);
    let days = all[0].deadline().unwrap().interval.unwrap();
    assert_eq!(days.to_string(), "2024-01-15..2024-06-20");
    assert_eq!(all[1].state(), State::ConfirmedByChamber);
    assert_eq!(all[2].state(), State::Rejected);
    let paper = all[2]
        .content()
        .reference
        .as_ref()
        .unwrap()
        .paper
        .to_string();
    assert_eq!(paper, "41 207, nr. 15");
    let json = serde_json::to_string(&register).unwrap();
    assert_eq!(serde_json::from_str::<Register>(&json).unwrap(), register);
}

#[test]
fn a_change_at_the_chamber_is_taken_over() {
    let mut register = Register::default();
    import(&mut register, COMMITMENTS).unwrap();
    let changed = COMMITMENTS.replace("Openstaand", "Voldaan");
    assert_eq!(import(&mut register, &changed).unwrap().updated, 1);
    assert_eq!(
        register.obligations().next().unwrap().state(),
        State::ConfirmedByChamber
    );
    assert!(import(&mut register, "{}").is_err());
    assert!(import(&mut register, "geen json").is_err());
}
