//! Vacancies in a table: one line each, with a head; columns in any order, Dutch or English.

use domain::availability::WeeklyHours;
use domain::demand::{Importance, Moment};
use domain::placement::PlaceKind;
use domain::vacancy::{MOST_PLACES, SkillDemand, Vacancy};

use super::json_ld::concept;
use super::{
    FieldFault, Position, PostingFault, PostingField, Postings, PostingsError, add, first_number,
    long_text, tasks, title,
};

/// Names of columns.
const COLUMNS: [(&str, PostingField); 19] = [
    ("titel", PostingField::Title),
    ("title", PostingField::Title),
    ("tekst", PostingField::Text),
    ("omschrijving", PostingField::Text),
    ("description", PostingField::Text),
    ("taken", PostingField::Tasks),
    ("tasks", PostingField::Tasks),
    ("beroep", PostingField::Occupation),
    ("occupation", PostingField::Occupation),
    ("vaardigheden", PostingField::Skills),
    ("skills", PostingField::Skills),
    ("uren", PostingField::Hours),
    ("hours", PostingField::Hours),
    ("plaatsen", PostingField::Places),
    ("places", PostingField::Places),
    ("soort", PostingField::Kind),
    ("gemeente", PostingField::Municipality),
    ("municipality", PostingField::Municipality),
    ("rijbewijs", PostingField::Licences),
];

/// Dutch words for kinds of places.
const KINDS: [(&str, PlaceKind); 7] = [
    ("baan", PlaceKind::Regular),
    ("leerwerkplek", PlaceKind::WorkAndLearn),
    ("proefplaatsing", PlaceKind::TrialPlacement),
    ("werkervaringsplaats", PlaceKind::WorkExperience),
    ("startbaan", PlaceKind::StarterJob),
    ("traineeship", PlaceKind::Traineeship),
    ("vrijwilligerswerk", PlaceKind::Volunteer),
];

/// Reads a table; the sign between columns is the most frequent one of its head.
pub(super) fn read(text: &str) -> Result<Postings, PostingsError> {
    let head = text.lines().next().unwrap_or_default();
    let count = |sign: &u8| head.bytes().filter(|b| b == sign).count();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(count);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b','))
        .flexible(true)
        .from_reader(text.as_bytes());
    let fields: Vec<Option<PostingField>> = reader.headers()?.iter().map(field).collect();
    if !fields.contains(&Some(PostingField::Title)) {
        return Err(PostingsError::NoTitleColumn);
    }
    let mut postings = Postings::default();
    for row in reader.records() {
        let row = row?;
        let line = row.position().map_or(0, csv::Position::line);
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let cells = fields.iter().zip(row.iter());
        let cells = cells.filter_map(|(field, cell)| Some(((*field)?, cell)));
        let cells: Vec<(PostingField, &str)> = cells.collect();
        add(&mut postings, Position::Line(line), vacancy(&cells))?;
    }
    if postings == Postings::default() {
        return Err(PostingsError::Nothing);
    }
    Ok(postings)
}

fn field(name: &str) -> Option<PostingField> {
    let name = name.trim().to_lowercase();
    let found = COLUMNS.iter().find(|(known, _)| *known == name);
    found.map(|(_, field)| *field)
}

fn vacancy(cells: &[(PostingField, &str)]) -> Result<(Vacancy, Option<String>), FieldFault> {
    let cell = |wanted: PostingField| {
        let found = cells.iter().find(|(field, _)| *field == wanted);
        found.map_or("", |(_, text)| text.trim())
    };
    let mut vacancy = Vacancy::titled(title(cell(PostingField::Title))?);
    let mut text = cell(PostingField::Text).to_owned();
    vacancy.tasks = tasks(cell(PostingField::Tasks).split(['\n', '|']))?;
    for skill in cell(PostingField::Skills).split(['\n', '|']).map(str::trim) {
        match concept(skill) {
            Some(skill) if vacancy.skills.iter().any(|known| known.skill == skill) => {}
            Some(skill) => vacancy.skills.push(SkillDemand {
                skill,
                importance: Importance::Important,
                moment: Moment::AtStart,
                level: None,
            }),
            None if skill.is_empty() => {}
            // Words are for whoever completes the draft; they are suggested from the text.
            None => text.push_str(&format!("\n- {skill}")),
        }
    }
    vacancy.text = long_text(&text)?;
    let occupation = cell(PostingField::Occupation);
    if !occupation.is_empty() {
        let known = concept(occupation);
        vacancy.occupation =
            Some(known.ok_or((PostingField::Occupation, PostingFault::UnknownWord))?);
    }
    let hours = cell(PostingField::Hours);
    if !hours.is_empty() {
        let read = first_number(hours).and_then(|n| WeeklyHours::new(i64::from(n)).ok());
        vacancy.hours = Some(read.ok_or((PostingField::Hours, range(0, 168)))?);
    }
    let places = cell(PostingField::Places);
    if !places.is_empty() {
        let read = places
            .parse()
            .ok()
            .filter(|n| (1..=MOST_PLACES).contains(n));
        vacancy.places = read.ok_or((PostingField::Places, range(1, MOST_PLACES)))?;
    }
    let kind = cell(PostingField::Kind).to_lowercase();
    if !kind.is_empty() {
        let known = KINDS.iter().find(|(word, _)| *word == kind);
        vacancy.kind = known
            .ok_or((PostingField::Kind, PostingFault::UnknownWord))?
            .1;
    }
    for licence in cell(PostingField::Licences)
        .split([' ', '|'])
        .filter(|code| !code.is_empty())
    {
        let read = licence.parse();
        let read = read.map_err(|_| (PostingField::Licences, PostingFault::UnknownWord))?;
        vacancy.licences.push(read);
    }
    let municipality = cell(PostingField::Municipality);
    Ok((
        vacancy,
        (!municipality.is_empty()).then(|| municipality.to_owned()),
    ))
}

fn range(least: u32, most: u32) -> PostingFault {
    PostingFault::Number { least, most }
}

#[cfg(test)]
mod tests {
    use domain::text::TextFault;

    use super::*;

    type TestError = Box<dyn std::error::Error>;

    #[test]
    fn lines_are_read_or_refused_with_their_number() -> Result<(), TestError> {
        let table = "\u{feff}titel;uren;gemeente;soort;taken;iets anders\n\
            Kok;32;Almere;leerwerkplek;koken|snijden;x\n\
            ;24;;;;\n\
            Bakker;veel;;;;\n\
            Bakker;24;;paleis;;\n\
            ;;;;;\n\
            \"Lasser\nin ploegen\";;;;;\n";
        let postings = super::super::read(table.as_bytes())?;
        let [cook] = &postings.vacancies[..] else {
            return Err("one vacancy".into());
        };
        assert_eq!(cook.position, Position::Line(2));
        assert_eq!(cook.municipality.as_deref(), Some("Almere"));
        assert_eq!(cook.vacancy.kind, PlaceKind::WorkAndLearn);
        assert_eq!(cook.vacancy.tasks.len(), 2);
        let refused: Vec<_> = postings
            .refused
            .iter()
            .map(|r| (r.position, r.field, r.fault))
            .collect();
        assert_eq!(
            refused,
            [
                (
                    Position::Line(3),
                    PostingField::Title,
                    PostingFault::Text(TextFault::Empty)
                ),
                (Position::Line(4), PostingField::Hours, range(0, 168)),
                (
                    Position::Line(5),
                    PostingField::Kind,
                    PostingFault::UnknownWord
                ),
                (
                    Position::Line(7),
                    PostingField::Title,
                    PostingFault::Text(TextFault::Control)
                ),
            ]
        );
        assert!(matches!(
            super::super::read(b"a,b\n1,2"),
            Err(PostingsError::NoTitleColumn)
        ));
        Ok(())
    }
}
