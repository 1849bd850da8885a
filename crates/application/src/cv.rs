//! A newcomer's CV: what stands in it is the person's own choice, part by part.
//!
//! A CV goes to employers, so there is no place in it for a birth date, residence situation,
//! origin, what the person set aside, or what a klantmanager wrote.
//! How it is worded and set, others know.

use std::collections::BTreeSet;

use domain::availability::{StartDay, WeeklyHours};
use domain::code::Licence;
use domain::id::PersonId;
use domain::language::Language;
use domain::profile::{Education, Experience, LanguageSkill, Profile, ProfileSkill};
use serde_json::Value;

use crate::audit::Event;
use crate::obligations::PdfTemplate;
use crate::policy::Action;
use crate::{Application, ApplicationError, Context};

pub use domain::profile::CvPart;

/// What stands in a CV.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cv {
    /// The name as on the residence permit, where that is known.
    pub name: Option<String>,
    /// E-mail address and telephone number.
    pub contact: Vec<String>,
    /// Work, in the order told.
    pub work: Vec<Experience>,
    /// Skills that the person keeps.
    pub skills: Vec<ProfileSkill>,
    /// School.
    pub school: Vec<Education>,
    /// Licences and certificates.
    pub licences: Vec<Licence>,
    /// Languages.
    pub languages: Vec<LanguageSkill>,
    /// Most hours a week.
    pub hours: Option<WeeklyHours>,
    /// First day.
    pub start: Option<StartDay>,
}

impl Cv {
    /// Whether the story gives nothing to a CV yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.work.is_empty() && self.skills.is_empty() && self.school.is_empty()
    }

    /// What of a profile stands in a CV with these parts; the name and contact are not in a profile.
    #[must_use]
    pub fn of(profile: Profile, parts: &BTreeSet<CvPart>) -> Cv {
        let has = |part| parts.contains(&part);
        let mut cv = Cv::default();
        if has(CvPart::Skills) {
            cv.skills = profile.kept_skills().cloned().collect();
        }
        if has(CvPart::Work) {
            cv.work = profile.work;
        }
        if has(CvPart::School) {
            cv.school = profile.school;
        }
        if !has(CvPart::Years) {
            for work in &mut cv.work {
                (work.from, work.until) = (None, None);
            }
            for school in &mut cv.school {
                school.until = None;
            }
        }
        if has(CvPart::Licences) {
            cv.licences = profile.licences.iter().map(|held| held.licence).collect();
        }
        let languages = profile.languages.into_iter().filter(|skill| {
            let at_work = [Language::NL, Language::EN].contains(&skill.language);
            has(if at_work {
                CvPart::WorkLanguages
            } else {
                CvPart::OtherLanguages
            })
        });
        cv.languages = languages.collect();
        if has(CvPart::Availability) {
            cv.hours = profile.availability.hours;
            cv.start = profile.availability.start;
        }
        cv
    }
}

impl Application {
    /// The CV of a newcomer with the parts they chose; that it was read is written down first.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such person for the actor.
    pub async fn cv(
        &self,
        context: &Context,
        person: PersonId,
        parts: &BTreeSet<CvPart>,
    ) -> Result<Cv, ApplicationError> {
        let found = self
            .person_for(context, Action::ReadProfile, person)
            .await?;
        self.audit_alone(context, Event::ProfileRead { person })
            .await?;
        let mut cv = Cv::of(self.profile_of(&found).await?.profile, parts);
        if !parts.contains(&CvPart::Name) && !parts.contains(&CvPart::Contact) {
            return Ok(cv);
        }
        let identity = self.read_person(context, person).await?.identity;
        if parts.contains(&CvPart::Name) {
            let name = &identity.name;
            cv.name = Some(match (&name.as_on_permit, &name.family) {
                (Some(name), _) => name.as_str().to_owned(),
                (None, Some(family)) => {
                    format!("{} {}", name.given_or_only.as_str(), family.as_str())
                }
                (None, None) => name.given_or_only.as_str().to_owned(),
            });
        }
        if parts.contains(&CvPart::Contact) {
            let email = identity.email.map(String::from);
            cv.contact = email
                .into_iter()
                .chain(identity.phone.map(String::from))
                .collect();
        }
        Ok(cv)
    }

    /// A worded CV as accessible PDF; its data is that of the template for CVs.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] where nobody makes PDF.
    pub async fn cv_pdf(&self, data: Value) -> Result<Vec<u8>, ApplicationError> {
        let typesetter = self.typesetter.clone();
        let typesetter = typesetter.ok_or(ApplicationError::NotFound)?;
        let made_on = self.now().in_amsterdam().date();
        let made = tokio::task::spawn_blocking(move || {
            // Employers read Dutch; texts in another language say so themselves.
            typesetter.pdf(PdfTemplate::Cv, &data, Language::NL, made_on)
        });
        let made = made
            .await
            .map_err(|_| ApplicationError::Fault("setting a document failed"))?;
        Ok(made?)
    }

    /// Whether this installation makes PDF.
    #[must_use]
    pub fn makes_pdf(&self) -> bool {
        self.typesetter.is_some()
    }
}
