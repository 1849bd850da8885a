//! How much a profile can hold: more than a life, less than an attack.

/// Most experiences.
pub const MOST_EXPERIENCES: usize = 40;
/// Most tasks of one experience.
pub const MOST_TASKS: usize = 30;
/// Most skills, dropped ones included.
pub const MOST_SKILLS: usize = 300;
/// Most educations.
pub const MOST_EDUCATIONS: usize = 20;
/// Most languages.
pub const MOST_LANGUAGES: usize = 15;
/// Most licences and certificates.
pub const MOST_LICENCES: usize = 30;
/// Most entries of each list of wishes, regions and municipalities.
pub const MOST_WISHES: usize = 100;
/// Most dismissed vacancies; the oldest must go for a new one.
pub const MOST_DISMISSED: usize = 500;
