//! The parts of a catalogue and the tags of their sections.

use domain::language::Language;

use crate::catalogue::Family;

/// What a section holds.
///
/// The number of a tag never changes its meaning within one format version.
/// Tags of a language have its position in [`Language::all`] in their second byte; tags of a link
/// index have the number of the index part in the third.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Tag(pub(super) u32);

impl Tag {
    pub(super) const KIND_ENDS: Tag = Tag(1);
    pub(super) const URIS: TextTags = TextTags(Tag(2), Tag(3));
    pub(super) const SKILL_KINDS: Tag = Tag(4);
    pub(super) const REUSE: Tag = Tag(5);
    pub(super) const REGULATION: Tag = Tag(6);
    pub(super) const NLQF: Tag = Tag(7);
    pub(super) const ISCO: Tag = Tag(8);
    pub(super) const AUTHORITIES: TextTags = TextTags(Tag(9), Tag(10));
    pub(super) const TELLING: Tag = Tag(11);
    pub(super) const NOTICES: TextTags = TextTags(Tag(12), Tag(13));
    pub(super) const LANGUAGES: Tag = Tag(14);
    pub(super) const VERIFICATION: Tag = Tag(15);
    pub(super) const BROADER: RelationTags = RelationTags(Tag(20), Tag(21), Tag(22));
    pub(super) const SKILLS_OF: RelationTags = RelationTags(Tag(23), Tag(24), Tag(25));
    pub(super) const RELATED: RelationTags = RelationTags(Tag(26), Tag(27), Tag(28));
    pub(super) const SECTORS: RelationTags = RelationTags(Tag(29), Tag(30), Tag(31));

    /// Labels of a language: starts, marks, text ends, text block.
    pub(super) fn labels(language: Language) -> [Tag; 4] {
        [40, 41, 42, 43].map(|part| Tag(part | position(language) << 8))
    }

    /// Part `part` of the link index of a language and family.
    pub(super) fn index(language: Language, family: Family, part: u32) -> Tag {
        let base = match family {
            Family::Occupation => 50,
            Family::Skill => 51,
        };
        Tag(base | position(language) << 8 | part << 16)
    }
}

/// Sections of a list of texts: ends and block.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextTags(pub(super) Tag, pub(super) Tag);

/// Sections of a relation: starts, targets, marks.
#[derive(Clone, Copy, Debug)]
pub(super) struct RelationTags(pub(super) Tag, pub(super) Tag, pub(super) Tag);

fn position(language: Language) -> u32 {
    Language::all()
        .position(|other| other == language)
        .map_or(255, |position| position as u32)
}
