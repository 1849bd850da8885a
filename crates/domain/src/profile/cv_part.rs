//! Parts of what somebody told of themselves that they can show or leave out: in a CV, and towards
//! an organisation that they consent to be known to.

use std::collections::BTreeSet;

/// A part of a CV that a person can leave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CvPart {
    /// The name.
    Name,
    /// E-mail address and telephone number.
    Contact,
    /// Work of every kind.
    Work,
    /// Years of work and school; they tell how old somebody may be.
    Years,
    /// Skills.
    Skills,
    /// School.
    School,
    /// Licences and certificates.
    Licences,
    /// Dutch and English.
    WorkLanguages,
    /// Other languages; they tell where somebody may come from.
    OtherLanguages,
    /// Hours and first day.
    Availability,
}

impl CvPart {
    /// All parts, in the order of a CV.
    pub const ALL: [CvPart; 10] = [
        CvPart::Name,
        CvPart::Contact,
        CvPart::Work,
        CvPart::Years,
        CvPart::Skills,
        CvPart::School,
        CvPart::Licences,
        CvPart::WorkLanguages,
        CvPart::OtherLanguages,
        CvPart::Availability,
    ];

    /// Code in forms and keys of texts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            CvPart::Name => "name",
            CvPart::Contact => "contact",
            CvPart::Work => "work",
            CvPart::Years => "years",
            CvPart::Skills => "skills",
            CvPart::School => "school",
            CvPart::Licences => "licences",
            CvPart::WorkLanguages => "work-languages",
            CvPart::OtherLanguages => "other-languages",
            CvPart::Availability => "availability",
        }
    }

    /// The part with a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<CvPart> {
        CvPart::ALL.into_iter().find(|part| part.code() == code)
    }

    /// What is in unless the person takes it out: everything that tells nothing of age or origin.
    #[must_use]
    pub fn usual() -> BTreeSet<CvPart> {
        let telling = [CvPart::Years, CvPart::OtherLanguages];
        let all = CvPart::ALL.into_iter();
        all.filter(|part| !telling.contains(part)).collect()
    }
}
