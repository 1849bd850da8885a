//! Writing a compiled catalogue.

use std::io::{self, Write};

use super::sections::{RelationTags, Tag, TextTags};
use super::{FORMAT_VERSION, MAGIC};
use crate::catalogue::adjacency::Adjacency;
use crate::catalogue::texts::Texts;
use crate::catalogue::{Catalogue, Family};

/// Writes a catalogue in the compiled layout.
///
/// The same catalogue always gives the same bytes.
///
/// # Errors
/// Fails when the writer does.
pub fn write(catalogue: &Catalogue, to: &mut impl Write) -> io::Result<()> {
    catalogue.build_indexes();
    let mut sections = Sections::default();
    facts(catalogue, &mut sections);
    relations(catalogue, &mut sections);
    texts_per_language(catalogue, &mut sections);
    sections.finish(to)
}

fn facts(catalogue: &Catalogue, sections: &mut Sections) {
    let facts = &catalogue.facts;
    sections.u32s(Tag::KIND_ENDS, &facts.kind_ends);
    sections.texts(Tag::URIS, &facts.uris);
    sections.bytes(Tag::SKILL_KINDS, &facts.skill_kinds);
    sections.bytes(Tag::REUSE, &facts.reuse);
    sections.bytes(Tag::REGULATION, &facts.regulation);
    sections.bytes(Tag::VERIFICATION, &facts.verification);
    sections.bytes(Tag::NLQF, &facts.nlqf);
    sections.u16s(Tag::ISCO, &facts.isco);
    sections.texts(Tag::AUTHORITIES, &facts.authorities);
    sections.u16s(Tag::TELLING, &facts.telling);
    sections.texts(Tag::NOTICES, &catalogue.notices);
}

fn relations(catalogue: &Catalogue, sections: &mut Sections) {
    // Reversed relations are computed when the file is opened.
    let relations = &catalogue.relations;
    sections.relation(Tag::BROADER, &relations.broader);
    sections.relation(Tag::SKILLS_OF, &relations.skills_of);
    sections.relation(Tag::RELATED, &relations.related);
    sections.relation(Tag::SECTORS, &relations.sectors);
}

fn texts_per_language(catalogue: &Catalogue, sections: &mut Sections) {
    let codes: String = catalogue
        .languages()
        .map(domain::language::Language::code)
        .collect();
    sections.bytes(Tag::LANGUAGES, codes.as_bytes());
    for labels in &catalogue.labels {
        let [starts_tag, marks_tag, ends_tag, block_tag] = Tag::labels(labels.language);
        let (starts, marks, texts) = labels.parts();
        sections.u32s(starts_tag, starts);
        sections.bytes(marks_tag, marks);
        sections.texts(TextTags(ends_tag, block_tag), texts);
    }
    for indexes in &catalogue.indexes {
        for family in [Family::Occupation, Family::Skill] {
            let parts = indexes.get(catalogue).of(family).parts();
            let tag = |number| Tag::index(indexes.language, family, number as u32);
            let bytes = parts.bytes();
            let n_bytes = bytes.len();
            for (number, part) in bytes.into_iter().enumerate() {
                sections.bytes(tag(number), part);
            }
            for (number, part) in parts.numbers().into_iter().enumerate() {
                sections.u32s(tag(n_bytes + number), part);
            }
        }
    }
}

/// The sections in the order in which they will stand in the file.
#[derive(Default)]
struct Sections {
    table: Vec<(Tag, u32, u64)>,
    content: Vec<u8>,
}

impl Sections {
    fn bytes(&mut self, tag: Tag, bytes: &[u8]) {
        self.table
            .push((tag, crc32fast::hash(bytes), bytes.len() as u64));
        self.content.extend_from_slice(bytes);
    }

    fn u16s(&mut self, tag: Tag, values: &[u16]) {
        let bytes: Vec<u8> = values
            .iter()
            .flat_map(|value| value.to_le_bytes())
            .collect();
        self.bytes(tag, &bytes);
    }

    fn u32s(&mut self, tag: Tag, values: &[u32]) {
        let bytes: Vec<u8> = values
            .iter()
            .flat_map(|value| value.to_le_bytes())
            .collect();
        self.bytes(tag, &bytes);
    }

    fn texts(&mut self, TextTags(ends_tag, block_tag): TextTags, texts: &Texts) {
        let (block, ends) = texts.parts();
        self.u32s(ends_tag, ends);
        self.bytes(block_tag, block.as_bytes());
    }

    fn relation(&mut self, tags: RelationTags, relation: &Adjacency) {
        let (starts, targets, marks) = relation.parts();
        self.u32s(tags.0, starts);
        self.u32s(tags.1, targets);
        self.bytes(tags.2, marks);
    }

    fn finish(self, to: &mut impl Write) -> io::Result<()> {
        let mut head = Vec::with_capacity(20 + self.table.len() * 16);
        head.extend_from_slice(&MAGIC);
        head.extend_from_slice(&FORMAT_VERSION.to_le_bytes());
        head.extend_from_slice(&(self.table.len() as u32).to_le_bytes());
        for (tag, checksum, length) in &self.table {
            head.extend_from_slice(&tag.0.to_le_bytes());
            head.extend_from_slice(&checksum.to_le_bytes());
            head.extend_from_slice(&length.to_le_bytes());
        }
        let checksum = crc32fast::hash(&head);
        to.write_all(&head)?;
        to.write_all(&checksum.to_le_bytes())?;
        to.write_all(&self.content)
    }
}
