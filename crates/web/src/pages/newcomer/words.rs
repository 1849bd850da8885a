//! Findings, levers and events of the use cases as people read them.

use application::Reason;
use application::audit::{CaseStep, Event};
use application::work::newcomer::LeverKind;
use domain::code::Region;
use domain::language::Language;
use domain::level::LanguageLevel;
use domain::placement::Modality;
use language::Argument;
use matching_words::{Finding, Gap, Lever, Outcome, Prospect, Remedy, Subject};

use super::cv::language_name;
use crate::page::Page;
use crate::reading::Reader;

/// The types of the engine that use cases hand on.
mod matching_words {
    pub(super) use application::work::explain::{
        Finding, Gap, Lever, Outcome, Prospect, Remedy, Subject,
    };
}

/// Says things in the language of a page.
pub(crate) struct Teller<'a> {
    page: &'a Page,
    regions: Vec<(Region, String)>,
}

impl<'a> Teller<'a> {
    pub(crate) fn new(page: &'a Page) -> Result<Teller<'a>, crate::failure::Failure> {
        Ok(Teller {
            regions: super::application(page)?.regions()?,
            page,
        })
    }

    /// Name of a region.
    pub(super) fn region(&self, region: Region) -> String {
        let found = self.regions.iter().find(|(code, _)| *code == region);
        found.map_or_else(|| region.to_string(), |(_, name)| name.clone())
    }

    /// A level of a language in words.
    pub(super) fn level(&self, level: LanguageLevel) -> String {
        self.page.t(&level_key(level))
    }

    fn language(&self, language: Language, modality: Modality) -> String {
        let modality = self.page.t(modality_key(modality));
        format!("{}: {modality}", language_name(self.page, language))
    }

    /// What a finding is about.
    fn subject(&self, subject: &Subject) -> String {
        let key = match subject {
            Subject::Language(language, modality) => return self.language(*language, *modality),
            Subject::Licence(licence) => {
                return self
                    .page
                    .tt("newcomer-about-licence", "licence", licence.code());
            }
            Subject::Qualification => "newcomer-about-diploma",
            Subject::Hours => "newcomer-about-hours",
            Subject::DayParts => "newcomer-about-days",
            Subject::Place => "newcomer-about-place",
            Subject::Permission => "newcomer-about-permission",
            Subject::Start => "newcomer-about-start",
            Subject::Learning => "newcomer-about-learning",
        };
        self.page.t(key)
    }

    fn has_needs(&self, has: &str, needs: &str) -> String {
        let arguments = [
            ("has", Argument::Text(has)),
            ("needs", Argument::Text(needs)),
        ];
        self.page.texts("newcomer-gap", &arguments)
    }

    /// A finding in words; the outcome stands in the icon and the words.
    pub(super) fn finding(&self, finding: &Finding) -> String {
        let subject = self.subject(&finding.subject);
        match finding.outcome {
            Outcome::Met => subject,
            Outcome::Unknown => format!("{subject}. {}", self.page.t("newcomer-gap-unknown")),
            Outcome::NotMet(gap) => match self.gap(gap) {
                Some(gap) => format!("{subject}. {gap}"),
                None => format!("{subject}. {}", self.page.t("newcomer-gap-no")),
            },
        }
    }

    fn gap(&self, gap: Gap) -> Option<String> {
        Some(match gap {
            Gap::Language { has, needs } => self.has_needs(&self.level(has), &self.level(needs)),
            Gap::Hours { has, needs } => {
                self.has_needs(&has.number().to_string(), &needs.number().to_string())
            }
            Gap::Qualification {
                remedy: Remedy::Recognition,
                ..
            } => self.page.t("newcomer-gap-recognition"),
            Gap::Qualification { has, needs, .. } => {
                self.has_needs(&has.number().to_string(), &needs.number().to_string())
            }
            Gap::Region { region } => self.region(region),
            Gap::Start { has, needs } => {
                self.has_needs(&self.page.date(has.date()), &self.page.date(needs.date()))
            }
            Gap::Licence
            | Gap::DayParts { .. }
            | Gap::Municipality { .. }
            | Gap::Permission { .. }
            | Gap::Learning => return None,
        })
    }

    /// A language to learn in the first year.
    pub(super) fn prospect(&self, prospect: &Prospect) -> String {
        let what = self.language(prospect.language, prospect.modality);
        format!("{what}: {}", self.level(prospect.wanted))
    }

    /// What a lever asks.
    pub(crate) fn lever(&self, lever: &LeverKind) -> String {
        let page = self.page;
        let to = |key: &str, what: &str| page.tt(key, "what", what);
        let other = match lever {
            LeverKind::Skill(skill) => {
                let name = page
                    .site
                    .catalogue
                    .find(skill.as_str())
                    .map(|concept| Reader::new(&page.site, page.language).named(concept).name);
                return to("newcomer-lever-skill", &name.unwrap_or_default());
            }
            LeverKind::Other(other) => other,
        };
        match *other {
            Lever::Language {
                language,
                to: level,
            } => to(
                "newcomer-lever-learn",
                &format!("{} {}", language_name(page, language), level.code()),
            ),
            Lever::Modality {
                language,
                modality,
                to: level,
            } => to(
                "newcomer-lever-learn",
                &format!("{} {}", self.language(language, modality), level.code()),
            ),
            Lever::Recognition => page.t("newcomer-lever-recognition"),
            Lever::Qualification { to: level } => {
                to("newcomer-lever-diploma", &level.number().to_string())
            }
            Lever::Licence { licence } => {
                page.tt("newcomer-about-licence", "licence", licence.code())
            }
            Lever::Hours { to: hours } => to("newcomer-lever-hours", &hours.number().to_string()),
            Lever::DayParts | Lever::DayPart { .. } => page.t("newcomer-lever-days"),
            Lever::Travel => page.t("newcomer-lever-travel"),
            Lever::TravelTo { region } => to("newcomer-lever-region", &self.region(region)),
            Lever::Permission { .. } => page.t("newcomer-about-permission"),
            Lever::Start => page.t("newcomer-lever-start"),
            Lever::Learning => page.t("newcomer-about-learning"),
            // A use case gives skills by their own name.
            Lever::Skill { .. } => String::new(),
        }
    }
}

/// Key of a level of a language.
pub(super) fn level_key(level: LanguageLevel) -> String {
    format!("newcomer-level-{}", level.code().to_ascii_lowercase())
}

/// Key of a modality.
pub(super) fn modality_key(modality: Modality) -> &'static str {
    match modality {
        Modality::Listening => "newcomer-listening",
        Modality::Speaking => "newcomer-speaking",
        Modality::Reading => "newcomer-reading",
        Modality::Writing => "newcomer-writing",
    }
}

/// Key of what was done with somebody's data.
pub(super) fn event_key(event: &Event) -> &'static str {
    match event {
        Event::PersonRead { .. } => "newcomer-event-person",
        Event::DetailsOpened { .. } => "my-event-details",
        Event::ProfileRead { .. } => "my-event-story",
        Event::WorkRead { .. } => "my-event-work",
        Event::ProfileChanged { .. } => "my-event-story-changed",
        Event::PoolJoined { .. } | Event::PoolLeft { .. } => "my-event-pool",
        Event::PersonRegistered { .. } => "my-event-registered",
        Event::PersonChanged { .. } => "my-event-person-changed",
        Event::CaseOpened { .. } => "my-event-case-opened",
        Event::CaseRead { .. } => "my-event-case-read",
        Event::CaseChanged { step, .. } => match step {
            CaseStep::Intake => "my-event-case-intake",
            CaseStep::Plan => "my-event-case-plan",
            CaseStep::Tasks => "my-event-case-tasks",
            CaseStep::Placements => "my-event-case-placements",
            CaseStep::Transfer => "my-event-case-transfer",
            CaseStep::Closing => "my-event-case-closing",
            CaseStep::Advice | CaseStep::Barriers => "my-event-case-advice",
            CaseStep::Bar | CaseStep::Timeline | CaseStep::Events | CaseStep::Undone => {
                "newcomer-event-case"
            }
        },
        Event::CaseDraftKept { .. } => "newcomer-event-case",
        Event::ConsentGiven { .. }
        | Event::ConsentWithdrawn { .. }
        | Event::ConsentsRead { .. } => "newcomer-event-consent",
        Event::AccessLogRead { .. } => "my-event-log",
        Event::MatchesRead { .. } => "my-event-matches",
        Event::MatchChanged { .. } => "my-event-match-changed",
        Event::LoginCodeIssued { .. }
        | Event::OwnLoginSet { .. }
        | Event::OwnLoginRemoved { .. }
        | Event::LoggedIn { .. }
        | Event::LoggedOut { .. } => "newcomer-event-login",
        _ => "newcomer-event-other",
    }
}

/// Key of why it was done.
pub(super) fn reason_key(reason: Reason) -> &'static str {
    match reason {
        Reason::Guidance => "my-why-guidance",
        Reason::OwnData => "my-why-own-data",
        Reason::Administration => "my-why-administration",
        Reason::PrivacyRights => "my-why-privacy",
        Reason::Access => "my-why-access",
    }
}
