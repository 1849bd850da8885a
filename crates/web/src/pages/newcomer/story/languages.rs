//! Part 4: languages, each in four modalities; people speak better than they write, or the other
//! way round.

use domain::language::Language;
use domain::level::LanguageLevel;
use domain::placement::Modality;
use domain::profile::{LanguageSkill, Profile};

use super::super::words::{level_key, modality_key};
use super::fields::Field;
use super::{Asking, Next, Problem};
use crate::form::Posted;

/// Short names of the modalities in forms.
const NAMES: [(Modality, &str); 4] = [
    (Modality::Listening, "luister"),
    (Modality::Speaking, "spreek"),
    (Modality::Reading, "lees"),
    (Modality::Writing, "schrijf"),
];

/// Languages that are asked: Dutch, the person's own, English, and what they added.
fn asked(profile: &Profile) -> Vec<Language> {
    let mut asked = vec![Language::NL];
    let told = profile.languages.iter().map(|skill| skill.language);
    for language in profile
        .about
        .language
        .into_iter()
        .chain([Language::EN])
        .chain(told)
    {
        if !asked.contains(&language) {
            asked.push(language);
        }
    }
    asked
}

pub(super) fn ask(asking: &Asking<'_>, profile: &Profile) -> Vec<Field> {
    let page = asking.page;
    let levels: Vec<(String, String)> = std::iter::once((String::new(), page.t("newcomer-unsaid")))
        .chain(
            LanguageLevel::ALL
                .into_iter()
                .map(|level| (level.code().to_owned(), page.t(&level_key(level)))),
        )
        .collect();
    let mut fields = Vec::new();
    let asked = asked(profile);
    for language in &asked {
        let told = profile
            .languages
            .iter()
            .find(|skill| skill.language == *language);
        fields.push(Field::Open(language.own_name().to_owned()));
        for (modality, name) in NAMES {
            let level = told.and_then(|skill| skill.level(modality));
            fields.push(Field::select(
                &format!("{name}-{}", language.code()),
                page.t(modality_key(modality)),
                levels.clone(),
                level.map_or("", LanguageLevel::code),
            ));
        }
        fields.push(Field::Close);
    }
    let others = Language::all().filter(|language| !asked.contains(language));
    let others =
        others.map(|language| (language.code().to_owned(), language.own_name().to_owned()));
    let none = (String::new(), page.t("newcomer-no-other"));
    fields.push(Field::select(
        "erbij",
        page.t("newcomer-more-language"),
        std::iter::once(none).chain(others).collect(),
        "",
    ));
    fields
}

pub(super) fn take(form: &Posted, profile: &mut Profile) -> Result<Next, Problem> {
    let mut told = Vec::new();
    for language in asked(profile) {
        let level = |name: &str| -> Option<LanguageLevel> {
            form.value(&format!("{name}-{}", language.code()))?
                .parse()
                .ok()
        };
        let [listening, speaking, reading, writing] = NAMES.map(|(_, name)| level(name));
        let skill = LanguageSkill {
            language,
            listening,
            speaking,
            reading,
            writing,
        };
        if skill.levels().iter().any(Option::is_some) {
            told.push(skill);
        }
    }
    let more = form
        .value("erbij")
        .and_then(|code| code.parse::<Language>().ok());
    let is_new = more.filter(|more| told.iter().all(|skill| skill.language != *more));
    if let Some(language) = is_new {
        told.push(LanguageSkill {
            language,
            listening: None,
            speaking: None,
            reading: None,
            writing: None,
        });
    }
    profile.languages = told;
    Ok(if is_new.is_some() {
        Next::Again
    } else {
        Next::Onward
    })
}
