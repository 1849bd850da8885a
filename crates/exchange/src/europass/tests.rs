//! Europass files of every form: what is read, what is refused.

use domain::language::Language;
use proptest::prelude::*;

use super::*;
use crate::profile_file::read;

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// The older form, written for this test after the paths of the public schema 3.
const PASSPORT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass" locale="en">
<LearnerInfo>
<Identification><PersonName><FirstName>Kanarie</FirstName></PersonName>
<Demographics><Birthdate year="1958" month="--03" day="---01"/></Demographics></Identification>
<WorkExperienceList>
<WorkExperience><Period><From year="2009" month="--09"/><To year="2014"/><Current>false</Current></Period>
<Position><Label>Welder</Label></Position>
<Activities>&lt;p&gt;Welding of ships&lt;/p&gt;&lt;ul&gt;&lt;li&gt;Reading drawings &amp;amp; plans&lt;/li&gt;&lt;/ul&gt;</Activities>
<Employer><Name>Kanarie Yard</Name></Employer></WorkExperience>
<WorkExperience><Period><From year="2015" month="--13"/><Current>true</Current></Period></WorkExperience>
</WorkExperienceList>
<EducationList>
<Education><Period><To year="2008" month="--07" day="---15"/></Period><Title>Bachelor of Engineering</Title>
<Organisation><Name>Kanarie University</Name></Organisation></Education>
<Education><Title>Welding school</Title></Education>
</EducationList>
<Skills><Linguistic>
<MotherTongueList><MotherTongue><Description><Code>ar</Code><Label>Arabic</Label></Description></MotherTongue></MotherTongueList>
<ForeignLanguageList>
<ForeignLanguage><Description><Code>nl</Code></Description><ProficiencyLevel><Listening>B1</Listening><Reading>A2</Reading><SpokenInteraction>A2</SpokenInteraction><SpokenProduction>B1</SpokenProduction><Writing>A1</Writing></ProficiencyLevel></ForeignLanguage>
<ForeignLanguage><Description><Label>Klingon</Label></Description></ForeignLanguage>
</ForeignLanguageList></Linguistic>
<JobRelated><Description>TIG welding, quality control</Description></JobRelated>
<Driving><Description><Licence>B</Licence></Description></Driving>
</Skills>
</LearnerInfo></SkillsPassport>"#;

/// The newer form, written for this test after public descriptions of it.
const CANDIDATE_FILE: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Candidate xmlns="http://www.europass.eu/1.0" xmlns:hr="http://www.hr-xml.org/3" xmlns:eures="http://www.europass_eures.eu/1.0" xmlns:oa="http://www.openapplications.org/oagis/9">
<CandidatePerson><PersonName><oa:GivenName>Kanarie</oa:GivenName></PersonName><hr:BirthDate>1958-03-01</hr:BirthDate>
<PrimaryLanguageCode name="NORMAL">tir</PrimaryLanguageCode></CandidatePerson>
<CandidateProfile languageCode="nl">
<EmploymentHistory><EmployerHistory><hr:OrganizationName>Kanarie BV</hr:OrganizationName>
<PositionHistory><PositionTitle typeCode="URI" languageID="http://data.europa.eu/esco/occupation/f2b15a0e-e65a-438a-affb-29b9d50b77d1">Kok</PositionTitle>
<eures:EmploymentPeriod><eures:StartDate><hr:FormattedDateTime>2019-05</hr:FormattedDateTime></eures:StartDate><hr:CurrentIndicator>true</hr:CurrentIndicator></eures:EmploymentPeriod>
<oa:Description>&lt;p&gt;Koken voor 40 gasten&lt;/p&gt;</oa:Description></PositionHistory></EmployerHistory></EmploymentHistory>
<EducationHistory><EducationOrganizationAttendance><AttendancePeriod><EndDate><hr:FormattedDateTime>2012-06-30</hr:FormattedDateTime></EndDate><Ongoing>false</Ongoing></AttendancePeriod>
<EducationDegree><hr:DegreeName>Koksschool</hr:DegreeName></EducationDegree><EducationLevelCode>3</EducationLevelCode></EducationOrganizationAttendance></EducationHistory>
<eures:Licenses><eures:License><hr:LicenseTypeCode>BE</hr:LicenseTypeCode></eures:License></eures:Licenses>
<PersonQualifications><PersonCompetency><CompetencyID schemeName="NORMAL">eng</CompetencyID><hr:TaxonomyID>language</hr:TaxonomyID>
<eures:CompetencyDimension><hr:CompetencyDimensionTypeCode>CEF-Understanding-Listening</hr:CompetencyDimensionTypeCode><eures:Score><hr:ScoreText>B2</hr:ScoreText></eures:Score></eures:CompetencyDimension>
<eures:CompetencyDimension><hr:CompetencyDimensionTypeCode>CEF-Speaking-Production</hr:CompetencyDimensionTypeCode><eures:Score><hr:ScoreText>A2</hr:ScoreText></eures:Score></eures:CompetencyDimension>
</PersonCompetency></PersonQualifications>
<Skills><PersonCompetency><hr:TaxonomyID>Digital_Skill</hr:TaxonomyID><hr:CompetencyName>Excel</hr:CompetencyName></PersonCompetency></Skills>
</CandidateProfile></Candidate>"#;

fn passport_as_json() -> Value {
    serde_json::json!({ "SkillsPassport": { "Locale": "en", "LearnerInfo": {
        "WorkExperience": [{
            "Period": { "From": { "Year": 2009, "Month": 9 }, "To": { "Year": 2014 }, "Current": false },
            "Position": { "Label": "Welder" },
            "Activities": "<p>Welding of ships</p><ul><li>Reading drawings &amp; plans</li></ul>",
            "Employer": { "Name": "Kanarie Yard" },
        }],
        "Skills": { "Linguistic": {
            "MotherTongue": [{ "Description": { "Code": "ar", "Label": "Arabic" } }],
            "ForeignLanguage": [{
                "Description": { "Code": "nl" },
                "ProficiencyLevel": { "Listening": "B1", "Reading": "A2",
                    "SpokenInteraction": "A2", "SpokenProduction": "B1", "Writing": "A1" },
            }],
        }, "Driving": { "Description": ["B"] } },
    }}})
}

fn words(read: &ReadProfile) -> Vec<&str> {
    let work = read.profile.work.iter();
    work.map(|work| work.words.as_str()).collect()
}

#[test]
fn the_older_form_gives_work_school_languages_and_words_and_nothing_of_who() -> Outcome {
    let found = read(PASSPORT.as_bytes())?;
    assert_eq!(words(&found), ["Welder"]);
    let work = &found.profile.work[0];
    let dates = [work.from, work.until].map(|date| date.map(|date| date.to_string()));
    assert_eq!(dates, [Some("2009-09".into()), Some("2014".into())]);
    let tasks: Vec<&str> = work.tasks.iter().map(OwnWords::as_str).collect();
    assert_eq!(tasks, ["Welding of ships", "Reading drawings & plans"]);
    let school = &found.profile.school;
    assert_eq!(
        (school.len(), school[0].level),
        (1, EducationLevel::Bachelor)
    );
    assert!(school[0].is_finished);
    let [arabic, dutch] = found.profile.languages.as_slice() else {
        return Err("two languages".into());
    };
    assert_eq!(
        (arabic.speaking, arabic.reading),
        (Some(LanguageLevel::C2), None)
    );
    assert_eq!(
        dutch.levels(),
        [
            LanguageLevel::B1,
            LanguageLevel::A2,
            LanguageLevel::A2,
            LanguageLevel::A1
        ]
        .map(Some)
    );
    assert_eq!(found.profile.licences[0].licence.code(), "B");
    assert_eq!(found.skill_words, ["TIG welding", "quality control"]);
    let text = serde_json::to_string(&found.profile)?;
    assert!(
        !text.contains("Kanarie") && !text.contains("1958"),
        "{text}"
    );
    Ok(())
}

#[test]
fn what_does_not_fit_is_named_with_its_line() -> Outcome {
    let found = read(PASSPORT.as_bytes())?;
    let faults: Vec<(&str, &EntryReason)> = found
        .faults
        .iter()
        .map(|f| (f.entry.as_str(), &f.reason))
        .collect();
    assert_eq!(
        faults,
        [
            ("work/2", &EntryReason::NoTitle),
            ("school/2", &EntryReason::LevelMissing),
            ("languages/2", &EntryReason::UnknownLanguage),
        ]
    );
    for fault in &found.faults {
        let line = PASSPORT
            .lines()
            .nth(fault.line.ok_or("no line")? as usize - 1);
        let line = line.ok_or("no such line")?;
        assert!(
            line.contains("<WorkExperience>")
                || line.contains("<Education>")
                || line.contains("<ForeignLanguage>"),
            "{line}"
        );
    }
    Ok(())
}

#[test]
fn the_newer_form_gives_the_same_kinds_of_things() -> Outcome {
    let found = read(CANDIDATE_FILE.as_bytes())?;
    assert_eq!(found.faults, []);
    assert_eq!(words(&found), ["Kok"]);
    let work = &found.profile.work[0];
    assert!(work.occupation.is_some() && work.until.is_none());
    assert_eq!(
        work.from.map(|date| date.to_string()),
        Some("2019-05".into())
    );
    assert_eq!(
        found.profile.school[0].level,
        EducationLevel::VocationalSkilled
    );
    let [tigrinya, english] = found.profile.languages.as_slice() else {
        return Err("two languages".into());
    };
    assert_eq!(tigrinya.language.code(), "ti");
    assert_eq!(
        (english.listening, english.speaking),
        (Some(LanguageLevel::B2), Some(LanguageLevel::A2))
    );
    assert_eq!(english.writing, None);
    assert_eq!(found.profile.licences[0].licence.code(), "BE");
    assert_eq!(found.skill_words, ["Excel"]);
    assert_eq!(found.language, Some(Language::NL));
    let text = serde_json::to_string(&found.profile)?;
    assert!(
        !text.contains("Kanarie") && !text.contains("1958"),
        "{text}"
    );
    Ok(())
}

#[test]
fn json_of_the_older_form_reads_as_its_xml_does() -> Outcome {
    let xml = read(PASSPORT.as_bytes())?.profile;
    let json = read(passport_as_json().to_string().as_bytes())?;
    assert_eq!((json.profile.work, json.faults), (xml.work, Vec::new()));
    assert_eq!(json.profile.languages, xml.languages);
    assert_eq!(json.profile.licences, xml.licences);
    Ok(())
}

#[test]
fn what_is_no_europass_is_refused_as_a_whole() {
    let other = "<Candidate xmlns=\"http://www.hr-xml.org/3\"/>";
    assert!(matches!(
        read(other.as_bytes()),
        Err(ProfileFileError::OtherFormat)
    ));
    assert!(matches!(
        read(b"<html></html>"),
        Err(ProfileFileError::OtherFormat)
    ));
    let bomb = "<!DOCTYPE x [<!ENTITY a \"b\">]><SkillsPassport>&a;</SkillsPassport>";
    assert!(matches!(
        read(bomb.as_bytes()),
        Err(ProfileFileError::Markup(_))
    ));
    assert!(matches!(
        read(b"<SkillsPassport><a></b>"),
        Err(ProfileFileError::Markup(_))
    ));
    let deep = "<a>".repeat(300);
    assert!(matches!(
        read(deep.as_bytes()),
        Err(ProfileFileError::Markup(_))
    ));
}

#[test]
fn text_with_tags_becomes_lines() {
    assert_eq!(
        plain_lines("a <b>b</b> c<br/>d &lt; 5 < 6"),
        ["a b c", "d < 5 < 6"]
    );
    assert_eq!(plain_lines("<p>• één</p><p></p>twee"), ["één", "twee"]);
    assert_eq!(plain_lines("<unclosed"), ["<unclosed"]);
}

proptest! {
    #[test]
    fn no_text_within_stops_the_reader(text in "\\PC{0,60}", year in "\\PC{0,6}") {
        let escaped = crate::markup::escape(&text);
        let year = crate::markup::escape(&year);
        let file = format!(
            "<SkillsPassport><WorkExperience><Period><From year=\"{year}\"/></Period>\
             <Position><Label>{escaped}</Label></Position><Activities>{escaped}</Activities>\
             </WorkExperience></SkillsPassport>"
        );
        let read = read(file.as_bytes());
        prop_assert!(read.is_ok_and(|read| read.profile.check().is_ok()));
    }
}
