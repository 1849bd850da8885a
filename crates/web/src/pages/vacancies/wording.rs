//! Keys and words for what a vacancy and a match are made of.

use application::matches::EmployerMatch;
use application::work::employer::{Available, CostedDemand, PoolCount, Relaxed, TravelClass};
use application::work::explain::{Fit, Subject};
use domain::demand::Support;
use domain::language::Language;
use domain::level::LanguageLevel;
use domain::match_state::MatchState;
use domain::placement::{Modality, PlaceKind};
use domain::text::ConceptUri;
use domain::vacancy::{Vacancy, VacancyState};
use language::Argument;

use crate::page::Page;
use crate::reading::{Named, Reader};

/// Kinds of support, with the codes of their keys.
pub(super) const SUPPORTS: [(Support, &str); 6] = [
    (Support::Buddy, "buddy"),
    (Support::JobCoach, "job-coach"),
    (Support::LanguageAtWork, "language"),
    (Support::Training, "training"),
    (Support::ChildCare, "child-care"),
    (Support::Transport, "transport"),
];

/// Levels of a language that a vacancy can ask.
pub(super) const LEVELS: [LanguageLevel; 7] = [
    LanguageLevel::None,
    LanguageLevel::A1,
    LanguageLevel::A2,
    LanguageLevel::B1,
    LanguageLevel::B2,
    LanguageLevel::C1,
    LanguageLevel::C2,
];

/// Key of a kind of place.
pub(crate) fn kind_key(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::Regular => "employer-kind-regular",
        PlaceKind::WorkAndLearn => "employer-kind-work-and-learn",
        PlaceKind::TrialPlacement => "employer-kind-trial",
        PlaceKind::WorkExperience => "employer-kind-experience",
        PlaceKind::StarterJob => "employer-kind-starter",
        PlaceKind::Traineeship => "employer-kind-traineeship",
        PlaceKind::Volunteer => "employer-kind-volunteer",
    }
}

/// Keys of kinds of support, in their order.
pub(crate) fn support_keys(supports: &[Support]) -> Vec<&'static str> {
    let key = |support: &Support| match support {
        Support::Buddy => "employer-support-buddy",
        Support::JobCoach => "employer-support-job-coach",
        Support::LanguageAtWork => "employer-support-language",
        Support::Training => "employer-support-training",
        Support::ChildCare => "employer-support-child-care",
        Support::Transport => "employer-support-transport",
    };
    supports.iter().map(key).collect()
}

/// Key of a state of a vacancy.
pub(super) fn state_key(state: VacancyState) -> &'static str {
    match state {
        VacancyState::Draft => "employer-state-draft",
        VacancyState::Open => "employer-state-open",
        VacancyState::Closed => "employer-state-closed",
    }
}

/// Key of a state of a match, as the employer may know it.
pub(super) fn match_key(found: &EmployerMatch) -> &'static str {
    match found.state {
        MatchState::Shared => "employer-match-shared",
        MatchState::Invited => "employer-match-invited",
        MatchState::Hired => "employer-match-hired",
        MatchState::Rejected => "employer-match-rejected",
        MatchState::Withdrawn => "employer-match-withdrawn",
        // What is hidden from the employer never gets here; it looks like no answer.
        _ => "employer-match-asked",
    }
}

/// Key of a fit.
pub(super) fn fit_key(fit: Fit) -> &'static str {
    match fit {
        Fit::Well => "employer-fit-well",
        Fit::Partly => "employer-fit-partly",
        Fit::NotYet => "employer-fit-not-yet",
    }
}

/// Key of how far somebody travels.
pub(super) fn travel_key(travel: TravelClass) -> &'static str {
    match travel {
        TravelClass::Municipality => "employer-travel-municipality",
        TravelClass::Region => "employer-travel-region",
        TravelClass::Anywhere => "employer-travel-anywhere",
        TravelClass::Unknown => "employer-unknown",
    }
}

/// Key of a modality.
pub(crate) fn modality_key(modality: Modality) -> &'static str {
    match modality {
        Modality::Listening => "employer-listening",
        Modality::Speaking => "employer-speaking",
        Modality::Reading => "employer-reading",
        Modality::Writing => "employer-writing",
    }
}

/// A level in words: CEFR levels are their own name.
pub(crate) fn level_name(page: &Page, level: LanguageLevel) -> String {
    match level {
        LanguageLevel::None => page.t("employer-level-none"),
        LanguageLevel::AlfaA => page.tt("employer-level-alfa", "letter", "A"),
        LanguageLevel::AlfaB => page.tt("employer-level-alfa", "letter", "B"),
        LanguageLevel::AlfaC => page.tt("employer-level-alfa", "letter", "C"),
        level => level.code().to_owned(),
    }
}

/// A language in the language of the page, where that is known, else its own name.
pub(crate) fn language_name(page: &Page, language: Language) -> String {
    match language {
        Language::NL => page.t("employer-dutch"),
        Language::EN => page.t("employer-english"),
        other => other.own_name().to_owned(),
    }
}

/// A concept by URI; none when the catalogue does not know it.
pub(super) fn concept(page: &Page, uri: &ConceptUri) -> Option<Named> {
    let concept = page.site.catalogue.find(uri.as_str())?;
    Some(Reader::new(&page.site, page.language).named(concept))
}

/// From when somebody is available.
pub(super) fn available(page: &Page, available: Available) -> String {
    match available {
        Available::Now => page.t("employer-available-now"),
        Available::Unknown => page.t("employer-unknown"),
        Available::Month { year, month } => {
            let month = format!("{month:02}");
            let year = year.to_string();
            let parts = [
                ("month", Argument::Text(&month)),
                ("year", Argument::Text(&year)),
            ];
            page.texts("employer-available-month", &parts)
        }
    }
}

/// A number of candidates that singles nobody out.
pub(super) fn pool(page: &Page, count: PoolCount) -> String {
    match count {
        PoolCount::Few => page.t("employer-few"),
        PoolCount::Exactly(count) => page.number(count as usize),
    }
}

/// What a condition is about.
pub(super) fn subject(page: &Page, subject: Subject) -> String {
    match subject {
        Subject::Language(language, modality) => {
            let modality = page.t(modality_key(modality));
            format!("{}: {modality}", language_name(page, language))
        }
        Subject::Qualification => page.t("employer-topic-qualification"),
        Subject::Licence(licence) => page.tt("employer-topic-licence", "licence", licence.code()),
        Subject::Hours => page.t("employer-topic-hours"),
        Subject::DayParts => page.t("employer-topic-day-parts"),
        Subject::Place => page.t("employer-topic-place"),
        Subject::Permission => page.t("employer-topic-permission"),
        Subject::Start => page.t("employer-topic-start"),
        Subject::Learning => page.t("employer-topic-learning"),
    }
}

/// A demand that costs candidates, and the step where it can be changed.
pub(super) fn demand(page: &Page, vacancy: &Vacancy, demand: CostedDemand) -> (String, usize) {
    let relaxed = match demand {
        CostedDemand::Skill(at) => {
            let uri = vacancy.skills.get(at).map(|demand| &demand.skill);
            let named = uri.and_then(|uri| concept(page, uri));
            return (named.map_or_else(String::new, |named| named.name), 3);
        }
        CostedDemand::Other(relaxed) => relaxed,
    };
    match relaxed {
        Relaxed::Language { language, to } => {
            let (name, level) = (language_name(page, language), level_name(page, to));
            let parts = [
                ("language", Argument::Text(&name)),
                ("level", Argument::Text(&level)),
            ];
            (page.texts("employer-topic-language", &parts), 4)
        }
        Relaxed::Licence { licence } => {
            let text = page.tt("employer-topic-licence", "licence", licence.code());
            (text, 5)
        }
        Relaxed::Qualification => (page.t("employer-topic-qualification"), 5),
        Relaxed::Hours => (page.t("employer-topic-hours"), 5),
        Relaxed::DayParts => (page.t("employer-topic-day-parts"), 5),
        Relaxed::Place => (page.t("employer-topic-place"), 5),
        Relaxed::Permission => (page.t("employer-topic-permission"), 5),
        Relaxed::Start => (page.t("employer-topic-start"), 5),
        Relaxed::Learning => (page.t("employer-topic-learning"), 5),
        // Skills of the vacancy come by their position; see `CostedDemand`.
        Relaxed::Skill { .. } => (String::new(), 3),
    }
}
