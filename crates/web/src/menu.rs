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

const PUBLIC: [MenuItem; 3] = [
    item("/wat-kan-ik", "skills", "nav-skills"),
    item("/beroepen", "occupations", "nav-occupations"),
    item("/vergelijken", "compare", "nav-compare"),
];

const ADMINISTRATOR: [MenuItem; 1] = [item("/team", "sector-welfare", "nav-team")];

const POLICY_OFFICER: [MenuItem; 4] = [
    item("/cijfers/intern", "shield", "nav-monitor-internal"),
    item("/cijfers", "level", "nav-monitor"),
    item("/cijfers/acties", "check", "nav-monitor-actions"),
    item("/cijfers/begrippen", "info", "nav-monitor-terms"),
];

/// The menu of a visitor.
pub(crate) fn of(visitor: &Visitor) -> &'static [MenuItem] {
    match visitor.role() {
        Some(Role::Administrator) => &ADMINISTRATOR,
        Some(Role::PolicyOfficer) => &POLICY_OFFICER,
        _ => &PUBLIC,
    }
}

/// The page that somebody comes to after logging in.
pub(crate) fn first_page(actor: &Actor) -> &'static str {
    match actor {
        Actor::Staff(staff) => match staff.role {
            Role::Administrator => "/team",
            Role::PolicyOfficer => "/cijfers/intern",
            _ => "/apparaten",
        },
        Actor::Newcomer(_) | Actor::Machine => "/apparaten",
    }
}
