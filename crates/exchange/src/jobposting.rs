//! Vacancies of others: JobPosting as JSON-LD, alone, in a list or inside a web page, and CSV.
//!
//! A file is never trusted: what is too big, nests or holds too many postings is refused as a
//! whole; a posting that does not fit is refused alone, with its place, field and reason.
//! Names of places are handed on as words: which municipality they name is not known here.
//!
//! The properties are those of schema.org/JobPosting; what it has no place for is left empty and
//! never guessed.

mod csv_file;
mod json_ld;

use domain::text::{LongText, OwnWords, TextFault, Title};
use domain::vacancy::{Vacancy, VacancyFault, VacancyState};

/// Largest file with vacancies, in bytes.
pub const LARGEST_FILE: usize = 2 * 1024 * 1024;

/// Most vacancies in one file.
pub const MOST_POSTINGS: usize = 1_000;

/// Why a file is refused as a whole.
#[derive(Debug, thiserror::Error)]
pub enum PostingsError {
    /// More bytes than are read.
    #[error("the file is larger than {LARGEST_FILE} bytes")]
    TooLarge,
    /// More vacancies than are read.
    #[error("the file holds more than {MOST_POSTINGS} vacancies")]
    TooMany,
    /// Bytes that are no UTF-8.
    #[error("the file is not written in UTF-8")]
    NotText,
    /// No JSON.
    #[error("cannot read the JSON")]
    Json(#[from] serde_json::Error),
    /// No table.
    #[error("cannot read the table")]
    Table(#[from] csv::Error),
    /// A table without the one column that is needed.
    #[error("the table has no column for the title")]
    NoTitleColumn,
    /// Nothing that describes a vacancy.
    #[error("the file holds no vacancy")]
    Nothing,
}

/// Where in the file something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Position {
    /// Line of a table, the head being line 1.
    Line(u64),
    /// Number of the posting, from 1.
    Posting(usize),
}

/// A vacancy that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadVacancy {
    /// Where it stands.
    pub position: Position,
    /// What it says.
    pub vacancy: Vacancy,
    /// Name of the municipality, as written.
    pub municipality: Option<String>,
}

/// A field of a posting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PostingField {
    /// Title.
    Title,
    /// Text.
    Text,
    /// Tasks.
    Tasks,
    /// Occupation.
    Occupation,
    /// Skills.
    Skills,
    /// Hours a week.
    Hours,
    /// Number of places.
    Places,
    /// Kind of place.
    Kind,
    /// Municipality.
    Municipality,
    /// Licences.
    Licences,
    /// All of it.
    Whole,
}

/// Why a posting is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PostingFault {
    /// A text that cannot be taken.
    #[error(transparent)]
    Text(#[from] TextFault),
    /// Not a number in the range that is asked.
    #[error("not a number from {least} to {most}")]
    Number {
        /// Least.
        least: u32,
        /// Most.
        most: u32,
    },
    /// Not a word of the closed list.
    #[error("not a word that is known here")]
    UnknownWord,
    /// The vacancy passes a limit.
    #[error(transparent)]
    Vacancy(#[from] VacancyFault),
}

/// A posting that was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefusedPosting {
    /// Where it stands.
    pub position: Position,
    /// What of it.
    pub field: PostingField,
    /// Why.
    pub fault: PostingFault,
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Postings {
    /// What was read, in the order of the file.
    pub vacancies: Vec<ReadVacancy>,
    /// What was refused, in the order of the file.
    pub refused: Vec<RefusedPosting>,
}

/// Fault of one field.
type FieldFault = (PostingField, PostingFault);

impl PostingField {
    /// Code for the keys of texts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            PostingField::Title => "title",
            PostingField::Text => "text",
            PostingField::Tasks => "tasks",
            PostingField::Occupation => "occupation",
            PostingField::Skills => "skills",
            PostingField::Hours => "hours",
            PostingField::Places => "places",
            PostingField::Kind => "kind",
            PostingField::Municipality => "municipality",
            PostingField::Licences => "licences",
            PostingField::Whole => "whole",
        }
    }
}

/// Reads a file: JSON-LD, a web page that holds it, or a table; which it is, the content tells.
///
/// # Errors
/// Refuses the file as a whole; see [`PostingsError`].
pub fn read(bytes: &[u8]) -> Result<Postings, PostingsError> {
    if bytes.len() > LARGEST_FILE {
        return Err(PostingsError::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| PostingsError::NotText)?;
    let text = text.trim_start_matches('\u{feff}').trim();
    match text.chars().next() {
        None => Err(PostingsError::Nothing),
        Some('{' | '[') => json_ld::read([text].into_iter()),
        Some('<') => json_ld::read(json_ld::blocks(text)),
        Some(_) => csv_file::read(text),
    }
}

/// Adds a posting to what is read or refused.
fn add(
    postings: &mut Postings,
    position: Position,
    read: Result<(Vacancy, Option<String>), FieldFault>,
) -> Result<(), PostingsError> {
    if postings.vacancies.len() + postings.refused.len() >= MOST_POSTINGS {
        return Err(PostingsError::TooMany);
    }
    let checked = read.and_then(|(vacancy, municipality)| {
        vacancy
            .check(VacancyState::Draft)
            .map_err(|fault| (PostingField::Whole, fault.into()))?;
        Ok((vacancy, municipality))
    });
    match checked {
        Ok((vacancy, municipality)) => postings.vacancies.push(ReadVacancy {
            position,
            vacancy,
            municipality,
        }),
        Err((field, fault)) => postings.refused.push(RefusedPosting {
            position,
            field,
            fault,
        }),
    }
    Ok(())
}

fn title(text: &str) -> Result<Title, FieldFault> {
    Title::new(text).map_err(|fault| (PostingField::Title, fault.into()))
}

fn long_text(text: &str) -> Result<Option<LongText>, FieldFault> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    LongText::new(text)
        .map(Some)
        .map_err(|fault| (PostingField::Text, fault.into()))
}

/// The lines of a text as tasks, marks of lists dropped.
fn tasks<'a>(lines: impl Iterator<Item = &'a str>) -> Result<Vec<OwnWords>, FieldFault> {
    lines
        .map(|line| line.trim().trim_start_matches(['-', '•', '*', '–']).trim())
        .filter(|line| !line.is_empty())
        .map(|line| OwnWords::new(line).map_err(|fault| (PostingField::Tasks, fault.into())))
        .collect()
}

/// The first whole number in a text such as `24-32 uur`: the least that is asked.
fn first_number(text: &str) -> Option<u32> {
    let digits: String = text
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .take(9)
        .collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_big_no_text_or_nothing_is_refused_as_a_whole() {
        let big = vec![b'a'; LARGEST_FILE + 1];
        assert!(matches!(read(&big), Err(PostingsError::TooLarge)));
        assert!(matches!(read(b"\xff\xfe"), Err(PostingsError::NotText)));
        assert!(matches!(read(b"  "), Err(PostingsError::Nothing)));
        assert!(matches!(read(b"{}"), Err(PostingsError::Nothing)));
        assert!(matches!(
            read(b"<html></html>"),
            Err(PostingsError::Nothing)
        ));
        let deep = "[".repeat(100_000);
        assert!(matches!(read(deep.as_bytes()), Err(PostingsError::Json(_))));
        let many = "titel\n".to_owned() + &"Lasser\n".repeat(MOST_POSTINGS + 1);
        assert!(matches!(read(many.as_bytes()), Err(PostingsError::TooMany)));
        let one = "{\"@type\":\"JobPosting\",\"title\":\"Lasser\"},";
        let many = format!("[{}{{}}]", one.repeat(MOST_POSTINGS + 1));
        assert!(matches!(read(many.as_bytes()), Err(PostingsError::TooMany)));
    }

    #[test]
    fn the_least_of_a_range_is_read() {
        assert_eq!(first_number("24-32 uur"), Some(24));
        assert_eq!(first_number("in overleg"), None);
    }
}
