//! Command of languages.

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::level::LanguageLevel;
use crate::placement::Modality;

/// Command of one language; a modality without a level is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LanguageSkill {
    /// Which language.
    pub language: Language,
    /// Understanding speech.
    #[serde(default)]
    pub listening: Option<LanguageLevel>,
    /// Speaking.
    #[serde(default)]
    pub speaking: Option<LanguageLevel>,
    /// Reading.
    #[serde(default)]
    pub reading: Option<LanguageLevel>,
    /// Writing.
    #[serde(default)]
    pub writing: Option<LanguageLevel>,
}

impl LanguageSkill {
    /// The levels in the order of [`Modality::ALL`].
    #[must_use]
    pub fn levels(&self) -> [Option<LanguageLevel>; 4] {
        [self.listening, self.speaking, self.reading, self.writing]
    }

    /// The level in a modality.
    #[must_use]
    pub fn level(&self, modality: Modality) -> Option<LanguageLevel> {
        match modality {
            Modality::Listening => self.listening,
            Modality::Speaking => self.speaking,
            Modality::Reading => self.reading,
            Modality::Writing => self.writing,
        }
    }
}
