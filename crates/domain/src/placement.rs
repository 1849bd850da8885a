//! What a place to work is, and what somebody brings to be allowed on it.

use serde::{Deserialize, Serialize};

use crate::level::Nlqf;

/// One of the four modalities in which a language is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Modality {
    /// Understanding speech.
    Listening,
    /// Speaking.
    Speaking,
    /// Reading.
    Reading,
    /// Writing.
    Writing,
}

impl Modality {
    /// All modalities.
    pub const ALL: [Modality; 4] = [
        Modality::Listening,
        Modality::Speaking,
        Modality::Reading,
        Modality::Writing,
    ];

    /// Position in [`Modality::ALL`], 0..4.
    #[must_use]
    pub fn position(self) -> usize {
        self as usize
    }
}

/// Kind of place to work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceKind {
    /// An ordinary job.
    Regular,
    /// Work and school together (*leerwerkplek*, the BBL route of mbo).
    WorkAndLearn,
    /// Trial placement with benefit (*proefplaatsing*).
    TrialPlacement,
    /// Work experience without wage (*werkervaringsplaats*).
    WorkExperience,
    /// First job with guidance (*startbaan*).
    StarterJob,
    /// Programme for starters with a finished education.
    Traineeship,
    /// Volunteer work.
    Volunteer,
}

impl PlaceKind {
    /// All kinds.
    pub const ALL: [PlaceKind; 7] = [
        PlaceKind::Regular,
        PlaceKind::WorkAndLearn,
        PlaceKind::TrialPlacement,
        PlaceKind::WorkExperience,
        PlaceKind::StarterJob,
        PlaceKind::Traineeship,
        PlaceKind::Volunteer,
    ];

    /// Whether learning is part of the place, so that it asks somebody who wants to learn.
    #[must_use]
    pub fn includes_learning(self) -> bool {
        matches!(self, PlaceKind::WorkAndLearn | PlaceKind::Traineeship)
    }
}

/// What must be arranged before somebody may work: the outcome of the rules, not their ground.
///
/// The order is that of freedom: who is freer may also do what asks less freedom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WorkPermission {
    /// May not work now.
    NotAllowed,
    /// The employer needs a permit first (*tewerkstellingsvergunning*).
    PermitNeeded,
    /// The employer reports the work, no permit is needed.
    NotificationNeeded,
    /// Free on the labour market.
    Free,
}

impl WorkPermission {
    /// All permissions, least free first.
    pub const ALL: [WorkPermission; 4] = [
        WorkPermission::NotAllowed,
        WorkPermission::PermitNeeded,
        WorkPermission::NotificationNeeded,
        WorkPermission::Free,
    ];
}

/// State of the recognition of a qualification in the Netherlands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recognition {
    /// Not recognised, or never asked for.
    NotRecognised,
    /// Asked for, no decision yet.
    Pending,
    /// Dutch, or recognised as equal to a Dutch one.
    Recognised,
}

/// Level of a qualification as 0..=8, where 0 is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct QualificationLevel(u8);

impl QualificationLevel {
    /// No qualification.
    pub const NONE: QualificationLevel = QualificationLevel(0);
    /// The highest level.
    pub const HIGHEST: QualificationLevel = QualificationLevel(8);

    /// The number of the level, 0 for none.
    #[must_use]
    pub fn number(self) -> u8 {
        self.0
    }

    /// The level with this number, or none outside 0..=8.
    #[must_use]
    pub fn from_number(number: u8) -> Option<QualificationLevel> {
        (number <= 8).then_some(QualificationLevel(number))
    }
}

impl From<Nlqf> for QualificationLevel {
    fn from(level: Nlqf) -> QualificationLevel {
        QualificationLevel(level.number())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_written_in_kebab_case() -> Result<(), serde_json::Error> {
        assert_eq!(
            serde_json::to_string(&PlaceKind::WorkAndLearn)?,
            "\"work-and-learn\""
        );
        Ok(())
    }

    #[test]
    fn free_is_the_freest_permission() {
        assert!(WorkPermission::Free > WorkPermission::NotificationNeeded);
        assert!(WorkPermission::PermitNeeded > WorkPermission::NotAllowed);
    }
}
