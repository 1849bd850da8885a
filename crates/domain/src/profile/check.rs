//! The limits of a profile.

use std::collections::BTreeSet;

use super::{
    MOST_DISMISSED, MOST_EDUCATIONS, MOST_EXPERIENCES, MOST_LANGUAGES, MOST_LICENCES, MOST_SKILLS,
    MOST_TASKS, MOST_WISHES, Profile,
};

/// What is wrong with a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProfileFault {
    /// A list is longer than a life.
    #[error("{count} {what} in one profile: at most {most} are taken")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// How many were given.
        count: usize,
        /// The limit.
        most: usize,
    },
    /// Something is listed twice.
    #[error("one of the {what} is listed twice")]
    Twice {
        /// What it is.
        what: &'static str,
    },
    /// Something ended before it began.
    #[error("the end lies before the beginning")]
    EndsBeforeItBegins,
    /// Travel without a region.
    #[error("a reach names at least one region")]
    NoRegion,
}

impl Profile {
    /// Holds the profile to its limits.
    ///
    /// # Errors
    /// Names the first limit that is passed.
    pub fn check(&self) -> Result<(), ProfileFault> {
        for (what, count, most) in self.counts() {
            if count > most {
                return Err(ProfileFault::TooMany { what, count, most });
            }
        }
        for experience in &self.work {
            // What may be the same year is not before it.
            if let (Some(from), Some(until)) = (experience.from, experience.until)
                && until.latest() < from.earliest()
            {
                return Err(ProfileFault::EndsBeforeItBegins);
            }
        }
        if let Some(travel) = &self.availability.travel
            && travel.regions.is_empty()
        {
            return Err(ProfileFault::NoRegion);
        }
        once("skills", self.skills.iter().map(|skill| &skill.skill))?;
        once("languages", self.languages.iter().map(|l| l.language))?;
        once("licences", self.licences.iter().map(|held| held.licence))?;
        once(
            "dismissed vacancies",
            self.dismissed.iter().map(|d| d.vacancy),
        )
    }

    fn counts(&self) -> [(&'static str, usize, usize); 13] {
        let tasks = self.work.iter().map(|work| work.tasks.len()).max();
        let travel = self.availability.travel.as_ref();
        let municipalities = travel.and_then(|travel| travel.municipalities.as_ref());
        let wishes = &self.wishes;
        [
            ("experiences", self.work.len(), MOST_EXPERIENCES),
            ("tasks", tasks.unwrap_or(0), MOST_TASKS),
            ("skills", self.skills.len(), MOST_SKILLS),
            ("educations", self.school.len(), MOST_EDUCATIONS),
            ("licences", self.licences.len(), MOST_LICENCES),
            ("languages", self.languages.len(), MOST_LANGUAGES),
            (
                "regions",
                travel.map_or(0, |t| t.regions.len()),
                MOST_WISHES,
            ),
            // There are 342 municipalities; all of them is no limit at all.
            ("municipalities", municipalities.map_or(0, Vec::len), 400),
            ("wishes", wishes.words.len(), MOST_WISHES),
            ("wished occupations", wishes.occupations.len(), MOST_WISHES),
            ("wished sectors", wishes.sectors.len(), MOST_WISHES),
            ("wished kinds", wishes.kinds.len(), MOST_WISHES),
            ("dismissed vacancies", self.dismissed.len(), MOST_DISMISSED),
        ]
    }
}

fn once<T: Ord>(
    what: &'static str,
    mut items: impl Iterator<Item = T>,
) -> Result<(), ProfileFault> {
    let mut seen = BTreeSet::new();
    if items.all(|item| seen.insert(item)) {
        Ok(())
    } else {
        Err(ProfileFault::Twice { what })
    }
}
