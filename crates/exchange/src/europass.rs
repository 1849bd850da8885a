//! A Europass CV as a profile: what somebody told elsewhere need not be told again.
//!
//! Three forms are read. Two are of Cedefop's Europass until 2020 (schema 3: `SkillsPassport`, as
//! XML and as JSON with the same names); one is of europass.europa.eu since (`Candidate`, XML).
//! Read are work, education, languages, driving licences and the words for skills. Who somebody is
//! and where it was (names, addresses, birth date, nationality, photo, employers, schools) is never
//! read: it has no place in a profile.
//! What does not fit is left out and named; nothing is guessed. This module must not know the
//! catalogue: words for skills stay words.

mod languages;
mod tree;

use std::collections::BTreeSet;

use domain::level::LanguageLevel;
use domain::partial_date::PartialDate;
use domain::profile::{
    Education, EducationLevel, Experience, HeldLicence, LanguageSkill, MOST_TASKS, Profile,
    WorkKind,
};
use domain::text::{ConceptUri, OwnWords};
use serde_json::Value;

use self::tree::Node;
use crate::profile_file::{
    EntryReason, ProfileEntryFault, ProfileFileError, ProfileForm, ReadProfile,
};

/// Namespace of the newer form, without its version.
const CANDIDATE: &str = "http://www.europass.eu/";

/// Longest word for a skill; what is longer is a story.
const LONGEST_SKILL: usize = 80;

/// Most words for skills.
const MOST_SKILL_WORDS: usize = 100;

/// Whether bytes begin as XML does.
pub(crate) fn is_xml(file: &str) -> bool {
    file.trim_start().starts_with('<')
}

/// Whether a JSON document is a Europass CV.
pub(crate) fn is_json(document: &Value) -> bool {
    document["SkillsPassport"].is_object()
}

/// Reads either XML form.
pub(crate) fn read_xml(text: &str) -> Result<ReadProfile, ProfileFileError> {
    let root = tree::of_xml(text).map_err(ProfileFileError::Markup)?;
    if let Some(passport) = root.child("SkillsPassport") {
        return Ok(passport_profile(passport));
    }
    let candidate = root.child("Candidate").filter(|candidate| {
        // Other programs have a `Candidate` of their own.
        let namespace = candidate.attribute("xmlns").unwrap_or_default();
        namespace.starts_with(CANDIDATE)
    });
    let candidate = candidate.ok_or(ProfileFileError::OtherFormat)?;
    Ok(candidate_profile(candidate))
}

/// Reads the older form as JSON.
pub(crate) fn read_json(document: &Value) -> ReadProfile {
    let root = tree::of_json(document);
    match root.child("SkillsPassport") {
        Some(passport) => passport_profile(passport),
        None => Reading::default().done(None),
    }
}

#[derive(Default)]
struct Reading {
    profile: Profile,
    faults: Vec<ProfileEntryFault>,
    skill_words: BTreeSet<String>,
}

/// Work as either form tells it.
struct Work<'a> {
    node: &'a Node,
    title: Option<&'a str>,
    occupation: Option<ConceptUri>,
    from: Option<&'a Node>,
    until: Option<&'a Node>,
    is_current: bool,
    activities: Option<&'a str>,
}

/// Education as either form tells it.
struct School<'a> {
    node: &'a Node,
    title: Option<&'a str>,
    level: Option<EducationLevel>,
    until: Option<&'a Node>,
    is_current: bool,
}

/// The older form.
fn passport_profile(passport: &Node) -> ReadProfile {
    let mut reading = Reading::default();
    for (at, node) in passport.below("WorkExperience").into_iter().enumerate() {
        let work = Work {
            node,
            title: node.text_at(&["Position", "Label"]),
            occupation: None,
            from: node.at(&["Period", "From"]),
            until: node.at(&["Period", "To"]),
            is_current: node.text_at(&["Period", "Current"]) == Some("true"),
            activities: node.text_at(&["Activities"]),
        };
        reading.work(at + 1, &work);
    }
    for (at, node) in passport.below("Education").into_iter().enumerate() {
        let title = node.text_at(&["Title"]);
        let school = School {
            node,
            title,
            // Its level is a code of one of several lists, without saying which.
            level: title.and_then(level_in_title),
            until: node.at(&["Period", "To"]),
            is_current: node.text_at(&["Period", "Current"]) == Some("true"),
        };
        reading.school(at + 1, &school);
    }
    let skills = passport.at(&["LearnerInfo", "Skills"]);
    if let Some(skills) = skills {
        for (at, node) in skills.below("MotherTongue").into_iter().enumerate() {
            reading.mother_tongue(at + 1, node, described(node));
        }
        for (at, node) in skills.below("ForeignLanguage").into_iter().enumerate() {
            let level = |name| level_of(node.text_at(&["ProficiencyLevel", name]));
            let levels = Levels {
                listening: level("Listening"),
                reading: level("Reading"),
                interaction: level("SpokenInteraction"),
                production: level("SpokenProduction"),
                writing: level("Writing"),
            };
            reading.language(at + 1, node, described(node), &levels);
        }
        for topic in [
            "Communication",
            "Organisational",
            "JobRelated",
            "Computer",
            "Other",
        ] {
            if let Some(text) = skills.text_at(&[topic, "Description"]) {
                reading.skills(text);
            }
        }
        // In XML each licence is a part of its own, in JSON the list is the description.
        for driving in skills.all("Driving").flat_map(|one| one.all("Description")) {
            let own = driving.text().into_iter();
            let parts = driving.all("Licence").filter_map(Node::text);
            for code in own.chain(parts) {
                reading.licence(driving, code);
            }
        }
    }
    reading.done(passport.attribute("locale"))
}

/// The newer form; of a CV in several languages the first is read.
fn candidate_profile(candidate: &Node) -> ReadProfile {
    let mut reading = Reading::default();
    let Some(profile) = candidate.child("CandidateProfile") else {
        return reading.done(None);
    };
    for (at, node) in profile.below("PositionHistory").into_iter().enumerate() {
        let title = node.child("PositionTitle");
        let period = node.child("EmploymentPeriod");
        let work = Work {
            node,
            title: title.and_then(Node::text),
            occupation: title
                .filter(|title| title.attribute("typeCode") == Some("URI"))
                .and_then(|title| ConceptUri::new(title.attribute("languageID")?).ok()),
            from: period.and_then(|period| period.at(&["StartDate", "FormattedDateTime"])),
            until: period.and_then(|period| period.at(&["EndDate", "FormattedDateTime"])),
            is_current: period.and_then(|period| period.text_at(&["CurrentIndicator"]))
                == Some("true"),
            activities: node.text_at(&["Description"]),
        };
        reading.work(at + 1, &work);
    }
    let schools = profile.below("EducationOrganizationAttendance");
    for (at, node) in schools.into_iter().enumerate() {
        let title = node.text_at(&["EducationDegree", "DegreeName"]);
        let eqf = node.text_at(&["EducationLevelCode"]);
        let school = School {
            node,
            title,
            level: eqf.map_or_else(|| title.and_then(level_in_title), level_of_eqf),
            until: node.at(&["AttendancePeriod", "EndDate", "FormattedDateTime"]),
            is_current: node.text_at(&["AttendancePeriod", "Ongoing"]) == Some("true"),
        };
        reading.school(at + 1, &school);
    }
    let tongues = candidate.child("CandidatePerson").into_iter();
    let tongues = tongues.flat_map(|person| person.all("PrimaryLanguageCode"));
    for (at, node) in tongues.enumerate() {
        reading.mother_tongue(at + 1, node, node.text());
    }
    reading.competences(profile);
    for node in profile.below("LicenseTypeCode") {
        if let Some(code) = node.text() {
            reading.licence(node, code);
        }
    }
    reading.done(profile.attribute("languageCode"))
}

/// What a language part of the older form calls it.
fn described(node: &Node) -> Option<&str> {
    let code = node.text_at(&["Description", "Code"]);
    code.or_else(|| node.text_at(&["Description", "Label"]))
}

/// Levels as Europass has them: speaking is two.
struct Levels {
    listening: Option<LanguageLevel>,
    reading: Option<LanguageLevel>,
    interaction: Option<LanguageLevel>,
    production: Option<LanguageLevel>,
    writing: Option<LanguageLevel>,
}

impl Reading {
    fn work(&mut self, number: usize, work: &Work<'_>) {
        let entry = format!("work/{number}");
        let lines = work.activities.map(plain_lines).unwrap_or_default();
        let words = work.title.or_else(|| lines.first().map(String::as_str));
        let words: Option<OwnWords> = words.and_then(|words| one_line(words).parse().ok());
        let Some(words) = words else {
            return self.refuse(work.node, entry, EntryReason::NoTitle);
        };
        let mut tasks: Vec<OwnWords> = Vec::new();
        for line in lines {
            match line.parse() {
                Ok(task) if task == words || tasks.contains(&task) => {}
                Ok(task) if tasks.len() < MOST_TASKS => tasks.push(task),
                _ => {
                    let place = format!("{entry}/tasks");
                    self.refuse(work.node, place, EntryReason::Form);
                }
            }
        }
        let until = work.until.filter(|_| !work.is_current);
        self.profile.work.push(Experience {
            words,
            occupation: work.occupation.clone(),
            // Europass has a part of its own for volunteers; the rest is work for pay.
            kind: WorkKind::Paid,
            from: work.from.and_then(date),
            until: until.and_then(date),
            tasks,
        });
    }

    fn school(&mut self, number: usize, school: &School<'_>) {
        let entry = format!("school/{number}");
        let words = school.title.and_then(|title| one_line(title).parse().ok());
        let Some(level) = school.level else {
            return self.refuse(school.node, entry, EntryReason::LevelMissing);
        };
        let until = school.until.filter(|_| !school.is_current).and_then(date);
        self.profile.school.push(Education {
            words,
            level,
            field: None,
            is_finished: until.is_some(),
            until,
            documents: None,
            recognition: None,
        });
    }

    /// A mother tongue is spoken and understood; whether it is read and written, is asked.
    fn mother_tongue(&mut self, number: usize, node: &Node, name: Option<&str>) {
        let spoken = Some(LanguageLevel::C2);
        let levels = Levels {
            listening: spoken,
            interaction: spoken,
            production: spoken,
            reading: None,
            writing: None,
        };
        self.language(number, node, name, &levels);
    }

    fn language(&mut self, number: usize, node: &Node, name: Option<&str>, levels: &Levels) {
        let language = name.and_then(languages::named);
        let Some(language) = language else {
            let entry = format!("languages/{number}");
            return self.refuse(node, entry, EntryReason::UnknownLanguage);
        };
        let is_known = |known: &LanguageSkill| known.language == language;
        if self.profile.languages.iter().any(is_known) {
            return;
        }
        let speaking = [levels.interaction, levels.production];
        self.profile.languages.push(LanguageSkill {
            language,
            listening: levels.listening,
            // Who speaks less well alone than in a talk is not sure of either yet.
            speaking: speaking.into_iter().flatten().min(),
            reading: levels.reading,
            writing: levels.writing,
        });
    }

    /// Languages and words for skills of the newer form.
    fn competences(&mut self, profile: &Node) {
        let mut n_languages = 0;
        for node in profile.below("PersonCompetency") {
            if node.text_at(&["TaxonomyID"]) != Some("language") {
                if let Some(words) = node.text_at(&["CompetencyName"]) {
                    self.skills(words);
                }
                continue;
            }
            n_languages += 1;
            let level = |code: &str| {
                let dimensions = node.all("CompetencyDimension");
                let found = dimensions.filter(|dimension| {
                    dimension.text_at(&["CompetencyDimensionTypeCode"]) == Some(code)
                });
                found
                    .filter_map(|dimension| level_of(dimension.text_at(&["Score", "ScoreText"])))
                    .min()
            };
            let levels = Levels {
                listening: level("CEF-Understanding-Listening"),
                reading: level("CEF-Understanding-Reading"),
                interaction: level("CEF-Speaking-Interaction"),
                production: level("CEF-Speaking-Production"),
                writing: level("CEF-Writing-Production"),
            };
            self.language(n_languages, node, node.text_at(&["CompetencyID"]), &levels);
        }
    }

    fn licence(&mut self, node: &Node, code: &str) {
        let Ok(licence) = code.parse() else {
            return self.refuse(node, "licences".to_owned(), EntryReason::Form);
        };
        let held = HeldLicence {
            licence,
            // A licence of another country may have to be changed first.
            is_valid_here: None,
            valid_until: None,
        };
        let is_known = |known: &HeldLicence| known.licence == licence;
        if !self.profile.licences.iter().any(is_known) {
            self.profile.licences.push(held);
        }
    }

    /// Words for skills: what stands between commas and on lines of its own.
    fn skills(&mut self, text: &str) {
        for line in plain_lines(text) {
            for words in line.split([',', ';', '•', '،']) {
                let words = words.trim_matches(|c: char| !c.is_alphanumeric());
                let fits = (2..=LONGEST_SKILL).contains(&words.chars().count());
                if fits && self.skill_words.len() < MOST_SKILL_WORDS {
                    self.skill_words.insert(words.to_owned());
                }
            }
        }
    }

    fn refuse(&mut self, node: &Node, entry: String, reason: EntryReason) {
        self.faults.push(ProfileEntryFault {
            line: node.line,
            entry,
            reason,
        });
    }

    fn done(mut self, language: Option<&str>) -> ReadProfile {
        if let Err(fault) = self.profile.check() {
            self.faults.push(ProfileEntryFault {
                line: None,
                entry: "profile".to_owned(),
                reason: EntryReason::Limit(fault),
            });
            self.profile = Profile::default();
        }
        ReadProfile {
            form: ProfileForm::Europass,
            profile: self.profile,
            faults: self.faults,
            skill_words: self.skill_words.into_iter().collect(),
            language: language.and_then(languages::named),
        }
    }
}

/// A date: attributes or parts in the older form (a month as `--09`), ISO 8601 in the newer one.
fn date(node: &Node) -> Option<PartialDate> {
    if let Some(text) = node.text() {
        return text.get(..10).unwrap_or(text).parse().ok();
    }
    let part = |attribute, child| {
        let text = node.attribute(attribute).or_else(|| node.text_at(&[child]));
        text.map(|text| text.trim_start_matches('-'))
    };
    let year = part("year", "Year")?.parse().ok()?;
    let number = |text: Option<&str>| text.and_then(|text| text.parse().ok()).unwrap_or(0);
    let (month, day) = (number(part("month", "Month")), number(part("day", "Day")));
    let dates = [(month, day), (month, 0), (0, 0)];
    // As much of it as there is such a day.
    dates
        .into_iter()
        .find_map(|(month, day)| PartialDate::new(year, month, day).ok())
}

fn level_of(text: Option<&str>) -> Option<LanguageLevel> {
    let level: LanguageLevel = text?.trim().to_uppercase().parse().ok()?;
    (level >= LanguageLevel::A1).then_some(level)
}

/// The level of an education by its level of the European Qualifications Framework, counted low
/// where there is none between (NLQF 5 has no word of its own here).
fn level_of_eqf(text: &str) -> Option<EducationLevel> {
    Some(match text.trim() {
        "1" => EducationLevel::Primary,
        "2" => EducationLevel::LowerSecondary,
        "3" => EducationLevel::VocationalSkilled,
        "4" | "5" => EducationLevel::UpperSecondary,
        "6" => EducationLevel::Bachelor,
        "7" => EducationLevel::Master,
        "8" => EducationLevel::Doctorate,
        _ => return None,
    })
}

/// The level that a title says itself.
fn level_in_title(title: &str) -> Option<EducationLevel> {
    let title = title.to_lowercase();
    let mut words = title.split(|c: char| !c.is_alphanumeric() && c != '.');
    words.find_map(|word| {
        Some(match word.replace('.', "").as_str() {
            "phd" | "doctorate" => EducationLevel::Doctorate,
            "master" | "master's" | "masters" | "msc" | "mba" => EducationLevel::Master,
            "bachelor" | "bachelors" | "bsc" | "bba" => EducationLevel::Bachelor,
            _ => return None,
        })
    })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines of a text that may hold HTML; tags end a line or are left out.
fn plain_lines(text: &str) -> Vec<String> {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        let name = from.trim_start_matches(['<', '/']);
        let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic());
        let end = from.find('>').filter(|_| is_tag);
        let Some(end) = end else {
            plain.push('<');
            rest = from.get(1..).unwrap_or_default();
            continue;
        };
        let inline = ["b>", "strong", "i>", "em", "u>", "span", "a ", "a>"];
        if !inline.iter().any(|tag| name.starts_with(tag)) {
            plain.push('\n');
        }
        rest = from.get(end + 1..).unwrap_or_default();
    }
    plain.push_str(rest);
    let named = [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    for (entity, sign) in named {
        plain = plain.replace(entity, sign);
    }
    let lines = plain.lines().map(one_line);
    let lines = lines.map(|line| line.trim_start_matches(['-', '•', '*', ' ']).to_owned());
    lines.filter(|line| !line.is_empty()).collect()
}

#[cfg(test)]
mod tests;
