//! The CV: the person chooses what is in, sees it, and takes it along as PDF.

use std::collections::BTreeSet;

use application::cv::{Cv, CvPart};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::code::Licence;
use domain::language::Language;
use domain::level::LanguageLevel;
use domain::placement::{Modality, Recognition};
use domain::profile::{Education, Experience, LanguageSkill, ProfileSkill};
use domain::text::ConceptUri;
use serde_json::{Value, json};

use super::words::modality_key;
use crate::attachment::{PDF, attachment};
use crate::failure::Failure;
use crate::locale::interface_language;
use crate::page::{self, Page, direction};
use crate::reading::{Named, Reader};

/// Parameter of a part that is in.
const PART: &str = "deel";

/// Parameter that says that the person chose.
const CHOSEN: &str = "gekozen";

/// Parameter of the second language of the document.
const SECOND: &str = "ernaast";

/// A part that can be in or out.
struct Part {
    code: &'static str,
    text: String,
    hint: Option<String>,
    is_in: bool,
}

#[derive(Template)]
#[template(path = "pages/newcomer/cv.html")]
struct CvPage {
    page: Page,
    parts: Vec<Part>,
    /// The languages that can stand beside Dutch, and whether it is chosen.
    seconds: Vec<(Language, bool)>,
    has_second: bool,
    sections: Vec<Section>,
    is_empty: bool,
    makes_pdf: bool,
}

/// A text in the language of the document and in the second one, which may be empty.
type Pair = [String; 2];

/// A section of the document.
pub(crate) struct Section {
    pub(crate) title: Pair,
    kind: &'static str,
    pub(crate) entries: Vec<Entry>,
}

/// A line of a section, with what is said of it.
pub(crate) struct Entry {
    pub(crate) main: Pair,
    pub(crate) note: Pair,
}

/// What a CV tells in the language of a page, apart from name and contact.
pub(crate) fn told(page: &Page, cv: &Cv) -> Vec<Section> {
    Speakers::of(page, page.beside()).sections(cv)
}

/// `GET /mijn/cv`.
pub(super) async fn show(page: Page) -> Result<Response, Failure> {
    let person = super::acting(&page)?;
    let app = super::application(&page)?;
    let chosen = chosen(&page);
    let cv = app.cv(page.context()?, person, &chosen).await?;
    let second = second(&page);
    let offered = [page.language, page.beside().unwrap_or(Language::NL)];
    let mut seconds: Vec<Language> = offered.into_iter().chain(second).collect();
    seconds.retain(|language| *language != Language::NL);
    seconds.dedup();
    let parts = CvPart::ALL.into_iter().map(|part| Part {
        code: part.code(),
        text: page.t(&format!("my-cv-part-{}", part.code())),
        hint: match part {
            CvPart::Years => Some(page.t("my-cv-hint-years")),
            CvPart::OtherLanguages => Some(page.t("my-cv-hint-other-languages")),
            _ => None,
        },
        is_in: chosen.contains(&part),
    });
    let template = CvPage {
        parts: parts.collect(),
        seconds: seconds
            .into_iter()
            .map(|l| (l, second == Some(l)))
            .collect(),
        has_second: second.is_some(),
        sections: told(&page, &cv),
        is_empty: cv.is_empty(),
        makes_pdf: app.makes_pdf(),
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

/// `GET /mijn/cv/pdf`.
pub(super) async fn download(page: Page) -> Result<Response, Failure> {
    let person = super::acting(&page)?;
    let app = super::application(&page)?;
    let cv = app.cv(page.context()?, person, &chosen(&page)).await?;
    let data = Speakers::of(&page.in_language(Language::NL), second(&page)).document(&cv);
    Ok(attachment(app.cv_pdf(data).await?, PDF, "cv.pdf"))
}

/// The parts that are in.
fn chosen(page: &Page) -> BTreeSet<CvPart> {
    if page.value(CHOSEN).is_none() {
        return CvPart::usual();
    }
    page.values(PART).filter_map(CvPart::from_code).collect()
}

/// The language beside Dutch.
fn second(page: &Page) -> Option<Language> {
    let second = interface_language(&page.value(SECOND)?)?;
    (second != Language::NL).then_some(second)
}

/// Who words the document, in one language or two.
struct Speakers {
    first: Page,
    second: Option<Page>,
}

impl Speakers {
    fn of(page: &Page, second: Option<Language>) -> Speakers {
        Speakers {
            first: page.in_language(page.language),
            second: second.map(|language| page.in_language(language)),
        }
    }

    /// What both say; marks of direction have no place in a document.
    fn say(&self, words: impl Fn(&Page) -> String) -> Pair {
        let plain = |page: &Page| page.plain(words(page));
        [
            plain(&self.first),
            self.second.as_ref().map(plain).unwrap_or_default(),
        ]
    }

    fn document(&self, cv: &Cv) -> Value {
        let sections = self.sections(cv).into_iter().map(|section| {
            let entries = section.entries.into_iter();
            let entries = entries.map(|one| json!({ "main": one.main, "note": one.note }));
            json!({
                "title": section.title,
                "kind": section.kind,
                "entries": entries.collect::<Vec<_>>(),
            })
        });
        json!({
            "title": cv.name.clone().unwrap_or_else(|| "Curriculum vitae".to_owned()),
            "subtitle": cv.contact.join(" · "),
            "second": self.second.as_ref().map(|page| json!({
                "language": page.language.code(),
                "direction": direction(&page.language),
            })),
            "sections": sections.collect::<Vec<_>>(),
        })
    }

    /// Everything but name and contact.
    fn sections(&self, cv: &Cv) -> Vec<Section> {
        let section = |key: &str, kind, entries| Section {
            title: self.say(|page| page.t(key)),
            kind,
            entries,
        };
        let mut when: Vec<Entry> = Vec::new();
        if let Some(hours) = cv.hours {
            let hours = hours.number().to_string();
            when.push(self.line(|page| page.tt("newcomer-hours", "hours", &hours)));
        }
        if let Some(start) = cv.start {
            when.push(self.line(|page| page.tt("my-cv-from", "date", page.date(start.date()))));
        }
        let all = [
            section("my-cv-work", "entries", self.all(&cv.work, work)),
            section("my-cv-skills", "list", self.all(&cv.skills, skill)),
            section("my-cv-school", "entries", self.all(&cv.school, school)),
            section("my-cv-licences", "list", self.all(&cv.licences, licence)),
            section(
                "my-cv-languages",
                "entries",
                self.all(&cv.languages, language),
            ),
            section("my-cv-availability", "list", when),
        ];
        let all = all.into_iter();
        all.filter(|section| !section.entries.is_empty()).collect()
    }

    fn line(&self, words: impl Fn(&Page) -> String) -> Entry {
        Entry {
            main: self.say(words),
            note: Pair::default(),
        }
    }

    fn all<T>(&self, told: &[T], words: impl Fn(&Page, &T) -> (String, String)) -> Vec<Entry> {
        let entry = |one: &T| Entry {
            main: self.say(|page| words(page, one).0),
            note: self.say(|page| words(page, one).1),
        };
        told.iter().map(entry).collect()
    }
}

fn concept(page: &Page, uri: &ConceptUri) -> Option<Named> {
    let concept = page.site.catalogue.find(uri.as_str())?;
    Some(Reader::new(&page.site, page.language).named(concept))
}

fn joined(parts: impl IntoIterator<Item = Option<String>>) -> String {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

fn work(page: &Page, told: &Experience) -> (String, String) {
    let own = told.words.as_str().to_owned();
    let name = told.occupation.as_ref().and_then(|uri| concept(page, uri));
    let kind = super::story::kind_code(told.kind);
    let years = match (told.from, told.until) {
        (None, None) => None,
        (from, until) => {
            let text = |date: Option<domain::partial_date::PartialDate>| {
                date.map_or_else(String::new, |date| date.year().to_string())
            };
            Some(format!("{} – {}", text(from), text(until)))
        }
    };
    // Own words that are the name of the occupation say nothing more.
    let says_more = name
        .as_ref()
        .is_some_and(|name| name.name != own && name.dutch.as_ref() != Some(&own));
    let notes = [
        Some(page.t(&format!("my-cv-kind-{kind}"))),
        years,
        says_more.then(|| own.clone()),
    ];
    (name.map_or(own, |name| name.name), joined(notes))
}

fn skill(page: &Page, held: &ProfileSkill) -> (String, String) {
    let name = concept(page, &held.skill).map_or_else(String::new, |named| named.name);
    let level = held.level.map(super::story::skill_level_code);
    let text = match level {
        Some(level) => {
            let level = page.t(&format!("newcomer-skill-{level}"));
            format!("{name} ({})", level.to_lowercase())
        }
        None => name,
    };
    (text, String::new())
}

fn school(page: &Page, told: &Education) -> (String, String) {
    let level = super::story::education_name(page, told.level);
    let finished = if told.is_finished {
        "newcomer-finished"
    } else {
        "newcomer-unfinished"
    };
    let is_valued = told.recognition == Some(Recognition::Recognised);
    let notes = [
        told.words.is_some().then(|| level.clone()),
        Some(page.t(finished)),
        told.until.map(|until| until.year().to_string()),
        is_valued.then(|| page.t("my-cv-valued")),
    ];
    let words = told.words.as_ref().map(|words| words.as_str().to_owned());
    (words.unwrap_or(level), joined(notes))
}

fn licence(page: &Page, held: &Licence) -> (String, String) {
    let name = super::story::licence_name(page, held.code());
    (name, String::new())
}

fn language(page: &Page, skill: &LanguageSkill) -> (String, String) {
    let levels = Modality::ALL.into_iter().map(|modality| {
        let level = skill.level(modality)?;
        // Employers read levels as letters; what has none is said in words.
        let text = match level {
            LanguageLevel::None | LanguageLevel::AlfaA | LanguageLevel::AlfaB => return None,
            LanguageLevel::AlfaC => return None,
            level => level.code(),
        };
        Some(format!("{} {text}", page.t(modality_key(modality))))
    });
    (language_name(page, skill.language), joined(levels))
}

/// Name of a language: in that of the page where it is one of the interface, else its own name.
pub(super) fn language_name(page: &Page, language: Language) -> String {
    match interface_language(language.code()) {
        Some(language) => page.t(&format!("my-language-{}", language.code())),
        None => language.own_name().to_owned(),
    }
}
