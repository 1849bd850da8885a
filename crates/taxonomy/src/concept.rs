//! What a concept of the catalogue is: its dense id, its kind and the closed lists around it.
//!
//! Every list has stable numbers, because they stand in the compiled file.

use std::fmt;
use std::ops::Range;

/// Dense number of a concept inside one catalogue.
///
/// Ids are only meaningful together with the catalogue they came from; outside, concepts are
/// named by URI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConceptId(u32);

impl ConceptId {
    /// The id with this number.
    #[must_use]
    pub const fn new(number: u32) -> ConceptId {
        ConceptId(number)
    }

    /// The number, dense from 0.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The number as a position in an array with one element per concept.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Display for ConceptId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Ids of all concepts of one kind; they are contiguous.
#[must_use]
pub(crate) fn ids(range: Range<u32>) -> impl ExactSizeIterator<Item = ConceptId> + Clone {
    (range.start..range.end).map(ConceptId)
}

/// Makes a closed list with stable numbers and codes.
macro_rules! closed_list {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $number:literal $code:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[repr(u8)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $code)] $variant = $number,)+
        }

        impl $name {
            /// All values in the order of their numbers.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// Stable code, as written in data files and machine output.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $($name::$variant => $code,)+ }
            }

            /// Stable number, as written in the compiled file.
            #[must_use]
            pub fn number(self) -> u8 {
                self as u8
            }

            /// The value with this number, if there is one.
            #[must_use]
            pub fn from_number(number: u8) -> Option<$name> {
                match number { $($number => Some($name::$variant),)+ _ => None }
            }

            /// The value with this code, if there is one.
            #[must_use]
            pub fn from_code(code: &str) -> Option<$name> {
                match code { $($code => Some($name::$variant),)+ _ => None }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.code())
            }
        }
    };
}

closed_list! {
    /// Kind of a concept; the catalogue numbers its concepts kind by kind in this order.
    ConceptKind {
        /// An occupation.
        Occupation = 0 "occupation",
        /// A skill, piece of knowledge, task, behaviour or language.
        Skill = 1 "skill",
        /// A group of occupations of ISCO-08.
        OccupationGroup = 2 "occupation-group",
        /// A group of skills.
        SkillGroup = 3 "skill-group",
        /// A sector of the labour market.
        Sector = 4 "sector",
    }
}

closed_list! {
    /// What sort of skill a skill concept is.
    SkillKind {
        /// An ability that shows in doing.
        Skill = 0 "skill",
        /// Something one knows, including certificates.
        Knowledge = 1 "knowledge",
        /// A task of an occupation.
        Task = 2 "task",
        /// A way of behaving at work; ESCO calls these attitudes and values.
        Behaviour = 3 "behaviour",
        /// Command of a human language.
        Language = 4 "language",
    }
}

closed_list! {
    /// How widely a skill can be used, after ESCO's reuse level.
    ReuseLevel {
        /// The source does not say.
        Unknown = 0 "unknown",
        /// In nearly every occupation.
        Transversal = 1 "transversal",
        /// In several sectors.
        CrossSector = 2 "cross-sector",
        /// Within one sector.
        SectorSpecific = 3 "sector-specific",
        /// Within one occupation.
        OccupationSpecific = 4 "occupation-specific",
    }
}

closed_list! {
    /// Whether law restricts who may do the work in the Netherlands.
    Regulation {
        /// The source does not say.
        Unknown = 0 "unknown",
        /// Anyone may do the work.
        No = 1 "no",
        /// The occupation itself is reserved by law.
        Profession = 2 "profession",
        /// Part of the work needs a certificate or permit.
        Activity = 3 "activity",
    }
}

closed_list! {
    /// Whether what is said about regulation was read in a source.
    Verification {
        /// From memory or from a source about another country: users are told to check the source.
        Unverified = 0 "unverified",
        /// Read in a source that the catalogue names.
        Verified = 1 "verified",
    }
}

closed_list! {
    /// How an occupation needs a skill.
    Relation {
        /// Without it the work cannot be done.
        Essential = 0 "essential",
        /// Needed in some workplaces.
        Optional = 1 "optional",
    }
}

closed_list! {
    /// Role of a label among the labels of its concept in one language.
    LabelRole {
        /// The one name shown to people.
        Preferred = 0 "preferred",
        /// Another name, shown on request.
        Alternative = 1 "alternative",
        /// A spelling to find the concept by, never shown.
        Hidden = 2 "hidden",
    }
}

closed_list! {
    /// How far a label's translation has been checked.
    TranslationStatus {
        /// Written or translated, not yet checked by a speaker who knows the field.
        Draft = 0 "draft",
        /// Checked by such a speaker.
        Reviewed = 1 "reviewed",
        /// Published by the owner of the classification.
        Official = 2 "official",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_codes_read_back() {
        for &kind in ConceptKind::ALL {
            assert_eq!(ConceptKind::from_number(kind.number()), Some(kind));
            assert_eq!(ConceptKind::from_code(kind.code()), Some(kind));
        }
        assert_eq!(SkillKind::from_number(9), None);
        assert_eq!(Relation::from_code("Essential"), None);
    }
}
