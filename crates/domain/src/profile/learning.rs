//! Education, certificates and licences.

use serde::{Deserialize, Serialize};

use crate::code::{EducationField, Licence};
use crate::level::Nlqf;
use crate::partial_date::PartialDate;
use crate::placement::Recognition;
use crate::text::OwnWords;

/// A school or study. Where in the world it was is not asked: it decides nothing here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Education {
    /// What was learned, in the person's own words and script.
    #[serde(default)]
    pub words: Option<OwnWords>,
    /// Its level.
    pub level: EducationLevel,
    /// Its field, if known.
    #[serde(default)]
    pub field: Option<EducationField>,
    /// Whether it was finished.
    pub is_finished: bool,
    /// Until when; a year is precise enough.
    #[serde(default)]
    pub until: Option<PartialDate>,
    /// Which papers there are; none when it was not asked.
    #[serde(default)]
    pub documents: Option<Documents>,
    /// Whether it is recognised in the Netherlands; none when it was not asked.
    #[serde(default)]
    pub recognition: Option<Recognition>,
}

/// Level of an education in words that everybody knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EducationLevel {
    /// Primary school.
    Primary,
    /// Lower secondary school.
    LowerSecondary,
    /// Upper secondary school that leads to study.
    UpperSecondary,
    /// Vocational, as an assistant or basic worker.
    VocationalBasic,
    /// Vocational, as a skilled worker or specialist.
    VocationalSkilled,
    /// A bachelor's degree or as high.
    Bachelor,
    /// A master's degree or as high.
    Master,
    /// A doctorate.
    Doctorate,
}

/// Which papers of an education there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Documents {
    /// The original diploma.
    Original,
    /// A copy or photograph.
    Copy,
    /// Nothing.
    None,
}

/// A driving licence or certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldLicence {
    /// Which one.
    pub licence: Licence,
    /// Whether it is valid in the Netherlands; none when that is not known.
    #[serde(default)]
    pub is_valid_here: Option<bool>,
    /// Last day or month of validity.
    #[serde(default)]
    pub valid_until: Option<PartialDate>,
}

impl EducationLevel {
    /// All levels, lowest first.
    pub const ALL: [EducationLevel; 8] = [
        EducationLevel::Primary,
        EducationLevel::LowerSecondary,
        EducationLevel::UpperSecondary,
        EducationLevel::VocationalBasic,
        EducationLevel::VocationalSkilled,
        EducationLevel::Bachelor,
        EducationLevel::Master,
        EducationLevel::Doctorate,
    ];

    /// The NLQF level that it is thought to have until it is valued; none below level 1.
    ///
    /// After the usual readings of NLQF levels (see [`Nlqf`]): lower secondary (vmbo) 2, skilled
    /// vocational (mbo-3 and 4) counted low as 3, upper secondary (havo) 4.
    #[must_use]
    pub fn nlqf(self) -> Option<Nlqf> {
        let number = match self {
            EducationLevel::Primary => return None,
            EducationLevel::LowerSecondary | EducationLevel::VocationalBasic => 2,
            EducationLevel::VocationalSkilled => 3,
            EducationLevel::UpperSecondary => 4,
            EducationLevel::Bachelor => 6,
            EducationLevel::Master => 7,
            EducationLevel::Doctorate => 8,
        };
        Nlqf::new(number).ok()
    }
}
