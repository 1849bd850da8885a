//! Reading a compiled catalogue, trusting nothing.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use domain::language::Language;

use super::sections::{RelationTags, Tag, TextTags};
use super::{CompiledError, FORMAT_VERSION, MAGIC, MOST_SECTIONS};
use crate::catalogue::adjacency::Adjacency;
use crate::catalogue::labels::LanguageLabels;
use crate::catalogue::texts::Texts;
use crate::catalogue::{Catalogue, FactColumns, Family, N_KINDS, Relations};
use crate::concept::{Regulation, Relation, ReuseLevel, SkillKind, Verification};
use crate::linking::{FamilyIndexes, LanguageIndexes, LinkIndex, LinkParts};

/// Opens a compiled catalogue.
///
/// # Errors
/// Fails when the file cannot be read, is no compiled catalogue, has another format version, or is
/// damaged.
pub fn open(path: &Path) -> Result<Catalogue, CompiledError> {
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    read(BufReader::with_capacity(1 << 16, file), length)
}

/// Reads a compiled catalogue of `length` bytes.
///
/// # Errors
/// As [`open`].
pub fn read(mut from: impl Read, length: u64) -> Result<Catalogue, CompiledError> {
    let table = read_table(&mut from, length)?;
    let mut sections = Sections::default();
    for (tag, checksum, size) in table {
        // The sum of the sizes was checked against the file, so this memory is backed by content.
        let mut bytes = vec![0u8; size as usize];
        from.read_exact(&mut bytes)?;
        if crc32fast::hash(&bytes) != checksum {
            return Err(CompiledError::Damaged {
                what: "a section does not match its checksum",
            });
        }
        sections.content.insert(tag, bytes);
    }
    catalogue(&mut sections)
}

/// Reads magic, version and table of sections, and checks the length of the file.
fn read_table(from: &mut impl Read, length: u64) -> Result<Vec<(Tag, u32, u64)>, CompiledError> {
    let mut head = [0u8; 16];
    let announced = |expected| CompiledError::WrongLength {
        expected,
        found: length,
    };
    if length < head.len() as u64 {
        return Err(CompiledError::NotACatalogue);
    }
    from.read_exact(&mut head)?;
    if head[..8] != MAGIC {
        return Err(CompiledError::NotACatalogue);
    }
    let found = u32_at(&head, 8);
    if found != FORMAT_VERSION {
        return Err(CompiledError::OtherVersion { found });
    }
    let n_sections = u32_at(&head, 12);
    if n_sections > MOST_SECTIONS {
        return Err(CompiledError::Damaged {
            what: "the number of sections",
        });
    }
    let head_length = 16 + u64::from(n_sections) * 16 + 4;
    if length < head_length {
        return Err(announced(head_length));
    }
    let mut table = vec![0u8; n_sections as usize * 16 + 4];
    from.read_exact(&mut table)?;
    let (entries, checksum) = table.split_at(n_sections as usize * 16);
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&head);
    hasher.update(entries);
    if hasher.finalize() != u32_at(checksum, 0) {
        return Err(CompiledError::Damaged {
            what: "the table of sections",
        });
    }
    let table: Vec<(Tag, u32, u64)> = entries
        .chunks_exact(16)
        .map(|e| {
            (
                Tag(u32_at(e, 0)),
                u32_at(e, 4),
                u64::from(u32_at(e, 8)) | u64::from(u32_at(e, 12)) << 32,
            )
        })
        .collect();
    let expected = table
        .iter()
        .try_fold(head_length, |sum, entry| sum.checked_add(entry.2));
    if expected != Some(length) {
        return Err(announced(expected.unwrap_or(u64::MAX)));
    }
    Ok(table)
}

/// Reads four bytes as a number; callers pass slices that are long enough.
fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

fn catalogue(sections: &mut Sections) -> Result<Catalogue, CompiledError> {
    let facts = facts(sections)?;
    let n_concepts = facts.uris.len();
    let relations = relations(sections, n_concepts)?;
    let mut labels = Vec::new();
    for language in languages(sections)? {
        let [starts, marks, ends, block] = Tag::labels(language);
        let whole = LanguageLabels::from_parts(
            language,
            n_concepts,
            sections.u32s(starts)?,
            sections.bytes(marks)?,
            sections.texts(TextTags(ends, block))?,
        );
        labels.push(whole.ok_or(CompiledError::Damaged { what: "labels" })?);
    }
    let notices = sections.texts(Tag::NOTICES)?;
    let mut catalogue = Catalogue {
        facts,
        relations,
        labels,
        indexes: Vec::new(),
        descriptions: Vec::new(),
        notices,
    };
    let languages: Vec<Language> = catalogue.languages().collect();
    for language in languages {
        let read = FamilyIndexes {
            occupation: index(sections, language, Family::Occupation)?,
            skill: index(sections, language, Family::Skill)?,
        };
        if !read.fit(&catalogue, language) {
            return Err(CompiledError::Damaged {
                what: "a link index of other labels",
            });
        }
        catalogue
            .indexes
            .push(LanguageIndexes::built(language, read));
    }
    Ok(catalogue)
}

fn facts(sections: &mut Sections) -> Result<FactColumns, CompiledError> {
    let damaged = |what| CompiledError::Damaged { what };
    let kind_ends: [u32; N_KINDS] = sections
        .u32s(Tag::KIND_ENDS)?
        .try_into()
        .map_err(|_| damaged("the number of kinds of concepts"))?;
    let facts = FactColumns {
        kind_ends,
        uris: sections.texts(Tag::URIS)?,
        skill_kinds: sections.bytes(Tag::SKILL_KINDS)?,
        reuse: sections.bytes(Tag::REUSE)?,
        regulation: sections.bytes(Tag::REGULATION)?,
        verification: sections.bytes(Tag::VERIFICATION)?,
        nlqf: sections.bytes(Tag::NLQF)?,
        isco: sections.u16s(Tag::ISCO)?,
        authorities: sections.texts(Tag::AUTHORITIES)?,
        telling: sections.u16s(Tag::TELLING)?,
    };
    let n = facts.uris.len();
    let lengths = [
        facts.skill_kinds.len(),
        facts.reuse.len(),
        facts.regulation.len(),
        facts.verification.len(),
        facts.nlqf.len(),
        facts.isco.len(),
        facts.authorities.len(),
        facts.telling.len(),
        facts.kind_ends.last().map_or(0, |&end| end as usize),
    ];
    if lengths.iter().any(|&length| length != n) || !facts.kind_ends.is_sorted() {
        return Err(damaged("columns of different length"));
    }
    let in_list = facts
        .verification
        .iter()
        .all(|&number| Verification::from_number(number).is_some())
        && facts
            .skill_kinds
            .iter()
            .all(|&number| SkillKind::from_number(number).is_some())
        && facts
            .reuse
            .iter()
            .all(|&number| ReuseLevel::from_number(number).is_some())
        && facts
            .regulation
            .iter()
            .all(|&number| Regulation::from_number(number).is_some())
        && facts
            .telling
            .iter()
            .all(|&value| (1..=1000).contains(&value));
    if in_list {
        Ok(facts)
    } else {
        Err(damaged("a value outside its list"))
    }
}

fn relations(sections: &mut Sections, n_concepts: usize) -> Result<Relations, CompiledError> {
    let last = Relation::Optional.number();
    let broader = sections.relation(Tag::BROADER, n_concepts, 0)?;
    let skills_of = sections.relation(Tag::SKILLS_OF, n_concepts, last)?;
    Ok(Relations {
        narrower: broader.reversed(),
        occupations_with: skills_of.reversed(),
        related: sections.relation(Tag::RELATED, n_concepts, last)?,
        sectors: sections.relation(Tag::SECTORS, n_concepts, 0)?,
        broader,
        skills_of,
    })
}

fn languages(sections: &mut Sections) -> Result<Vec<Language>, CompiledError> {
    sections
        .bytes(Tag::LANGUAGES)?
        .chunks(2)
        .map(|code| {
            std::str::from_utf8(code)
                .ok()
                .and_then(|code| code.parse().ok())
        })
        .collect::<Option<Vec<Language>>>()
        .filter(|languages| languages.is_sorted_by(|a, b| a < b))
        .ok_or(CompiledError::Damaged {
            what: "the list of languages",
        })
}

fn index(
    sections: &mut Sections,
    language: Language,
    family: Family,
) -> Result<LinkIndex, CompiledError> {
    let n_bytes = LinkParts::BYTES.len();
    let tag = |number: usize| Tag::index(language, family, number as u32);
    let bytes: Vec<Vec<u8>> = (0..n_bytes)
        .map(|number| sections.bytes(tag(number)))
        .collect::<Result<_, _>>()?;
    let numbers: Vec<Vec<u32>> = (0..LinkParts::NUMBERS.len())
        .map(|number| sections.u32s(tag(n_bytes + number)))
        .collect::<Result<_, _>>()?;
    LinkIndex::from_parts(LinkParts::from_arrays(bytes, numbers))
        .map_err(|error| CompiledError::Damaged { what: error.array })
}

/// Contents of the sections that have not been used yet.
#[derive(Default)]
struct Sections {
    content: BTreeMap<Tag, Vec<u8>>,
}

impl Sections {
    /// Takes a section out; its memory goes when the caller has converted it.
    fn bytes(&mut self, tag: Tag) -> Result<Vec<u8>, CompiledError> {
        self.content.remove(&tag).ok_or(CompiledError::Damaged {
            what: "a section is missing",
        })
    }

    fn u16s(&mut self, tag: Tag) -> Result<Vec<u16>, CompiledError> {
        let bytes = self.bytes(tag)?;
        let (values, rest) = bytes.as_chunks::<2>();
        if !rest.is_empty() {
            return Err(CompiledError::Damaged {
                what: "a section of odd length",
            });
        }
        Ok(values
            .iter()
            .map(|value| u16::from_le_bytes(*value))
            .collect())
    }

    fn u32s(&mut self, tag: Tag) -> Result<Vec<u32>, CompiledError> {
        let bytes = self.bytes(tag)?;
        let (values, rest) = bytes.as_chunks::<4>();
        if !rest.is_empty() {
            return Err(CompiledError::Damaged {
                what: "a section of odd length",
            });
        }
        Ok(values
            .iter()
            .map(|value| u32::from_le_bytes(*value))
            .collect())
    }

    fn texts(&mut self, tags: TextTags) -> Result<Texts, CompiledError> {
        let ends = self.u32s(tags.0)?;
        let block = String::from_utf8(self.bytes(tags.1)?).map_err(|_| CompiledError::Damaged {
            what: "texts that are not UTF-8",
        })?;
        Texts::from_parts(block, ends).ok_or(CompiledError::Damaged {
            what: "a list of texts",
        })
    }

    fn relation(
        &mut self,
        tags: RelationTags,
        n_concepts: usize,
        last_mark: u8,
    ) -> Result<Adjacency, CompiledError> {
        let (starts, targets) = (self.u32s(tags.0)?, self.u32s(tags.1)?);
        let marks = self.bytes(tags.2)?;
        Adjacency::from_parts(n_concepts, last_mark, starts, targets, marks)
            .ok_or(CompiledError::Damaged { what: "a relation" })
    }
}
