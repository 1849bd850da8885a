//! The main menu, and the first page, of everybody.

use application::Actor;
use domain::organisation::Role;

use crate::visitor::Visitor;

/// One entry of the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MenuItem {
    /// Address.
    pub(crate) path: &'static str,
    /// Icon of the sprite.
    pub(crate) icon: &'static str,
    /// Key of the text.
    pub(crate) key: &'static str,
}

const fn item(path: &'static str, icon: &'static str, key: &'static str) -> MenuItem {
    MenuItem { path, icon, key }
}

const PUBLIC: [MenuItem; 4] = [
    item("/wat-kan-ik", "skills", "nav-skills"),
    item("/beroepen", "occupations", "nav-occupations"),
    item("/vergelijken", "compare", "nav-compare"),
    item("/werk", "search", "employer-nav-jobs"),
];

const ADMINISTRATOR: [MenuItem; 2] = [
    item("/team", "sector-welfare", "nav-team"),
    item("/koppelingen", "sector-ict", "programs-nav"),
];

const POLICY_OFFICER: [MenuItem; 4] = [
    item("/toezeggingen", "law", "nav-commitments"),
    item("/beloften", "globe", "nav-promises"),
    item("/cijfers/intern", "shield", "nav-monitor-internal"),
    item("/cijfers", "level", "nav-monitor"),
];

const NEWCOMER: [MenuItem; 4] = [
    item("/mijn", "skills", "newcomer-home-title"),
    item("/mijn/plan", "todo", "my-plan-title"),
    item("/mijn/werk", "occupations", "newcomer-nav-work"),
    item("/mijn/mag-ik-werken", "law", "newcomer-may-title"),
];

const KLANTMANAGER: [MenuItem; 2] = [
    item("/vandaag", "todo", "guiding-nav-today"),
    item("/mensen", "sector-welfare", "guiding-nav-people"),
];

const PRIVACY_OFFICER: [MenuItem; 2] = [
    item("/privacy-beheer", "shield", "guiding-nav-privacy"),
    item("/cijfers/intern", "level", "nav-monitor-internal"),
];

const EMPLOYER: [MenuItem; 4] = [
    item("/vacatures", "occupations", "employer-nav-vacancies"),
    item("/werkvloer", "check", "employer-nav-scan"),
    item("/werk", "search", "employer-nav-jobs"),
    item("/beroepen", "skills", "nav-occupations"),
];

/// The menu of a visitor.
pub(crate) fn of(visitor: &Visitor) -> &'static [MenuItem] {
    if visitor.is_newcomer() {
        return &NEWCOMER;
    }
    match visitor.role() {
        Some(Role::Administrator) => &ADMINISTRATOR,
        Some(Role::PolicyOfficer) => &POLICY_OFFICER,
        Some(Role::Klantmanager) => &KLANTMANAGER,
        Some(Role::PrivacyOfficer) => &PRIVACY_OFFICER,
        Some(Role::EmployerContact) => &EMPLOYER,
        _ => &PUBLIC,
    }
}

/// The page that somebody comes to after logging in.
pub(crate) fn first_page(actor: &Actor) -> &'static str {
    match actor {
        Actor::Staff(staff) => match staff.role {
            Role::Administrator => "/team",
            Role::PolicyOfficer => "/toezeggingen",
            Role::Klantmanager => "/vandaag",
            Role::PrivacyOfficer => "/privacy-beheer",
            Role::EmployerContact => "/vacatures",
            _ => "/apparaten",
        },
        Actor::Newcomer(_) => "/mijn",
        Actor::Program(_) | Actor::Machine => "/apparaten",
    }
}
