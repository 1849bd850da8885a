//! The whole policy as a table that people can read, and laws that hold for every entry.

use std::fmt::Write as _;

use application::policy::{Action, Decision, Relation, Standing, decide};
use domain::organisation::{OrganisationKind, Role};
use domain::scope::Scope;

const GOLDEN: &str = include_str!("policy.txt");

fn standings() -> Vec<(String, Standing)> {
    let mut standings = vec![
        ("machine".to_owned(), Standing::Machine),
        ("newcomer".to_owned(), Standing::Newcomer),
    ];
    for kind in OrganisationKind::ALL {
        for role in kind.roles() {
            standings.push((format!("{kind} {role}"), Standing::Staff(*role, kind)));
        }
    }
    for kind in OrganisationKind::ALL {
        for scope in Scope::ALL {
            let scopes = [scope].into_iter().collect();
            standings.push((
                format!("{kind} program {scope}"),
                Standing::Program(kind, scopes),
            ));
        }
    }
    standings
}

/// Only what is allowed; everything else is refused or hidden.
fn table() -> String {
    let mut table = String::from(
        "# Who may do what to whose things; written by the test `policy`. What is not here is\n\
         # refused, or hidden where it belongs to someone else.\n",
    );
    for action in Action::ALL {
        let _ = writeln!(table, "\n{action:?}");
        for (name, standing) in standings() {
            let allowed: Vec<String> = Relation::ALL
                .into_iter()
                .filter(|relation| decide(standing, action, *relation) == Decision::Allow)
                .map(|relation| format!("{relation:?}"))
                .collect();
            if !allowed.is_empty() {
                let _ = writeln!(table, "  {name}: {}", allowed.join(", "));
            }
        }
    }
    table
}

#[test]
fn the_policy_is_the_one_that_was_agreed() {
    let table = table();
    if std::env::var_os("WERKBRUG_UPDATE_GOLDEN").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/policy.txt");
        std::fs::write(path, &table).unwrap_or_else(|error| panic!("{error}"));
        return;
    }
    assert!(
        table == GOLDEN,
        "the policy changed; if that is meant, run this test with WERKBRUG_UPDATE_GOLDEN=1\n{table}"
    );
}

#[test]
fn what_belongs_to_others_is_never_refused_but_hidden() {
    for (name, standing) in standings() {
        for action in Action::ALL {
            let decision = decide(standing, action, Relation::OtherOrganisation);
            assert_ne!(decision, Decision::Refuse, "{name} {action:?}");
        }
    }
}

#[test]
fn nobody_who_sees_no_persons_sees_one() {
    let about_persons = [
        Action::RegisterPerson,
        Action::SearchPersons,
        Action::ReadPerson,
        Action::ChangePerson,
        Action::GuideCase,
        Action::ReadProfile,
        Action::ChangeProfile,
        Action::ReadMatches,
        Action::ProposeMatch,
        Action::ReadAnonymousCandidates,
        Action::AskContact,
    ];
    for (name, standing) in standings() {
        let sees_none = match standing {
            Standing::Machine | Standing::Program(..) => true,
            Standing::Newcomer => false,
            Standing::Staff(role, _) => matches!(
                role,
                Role::Administrator
                    | Role::PolicyOfficer
                    | Role::PrivacyOfficer
                    | Role::Coordinator
            ),
        };
        if sees_none {
            for action in about_persons {
                for relation in Relation::ALL {
                    assert_ne!(
                        decide(standing, action, relation),
                        Decision::Allow,
                        "{name} {action:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_program_with_a_scope_too_many_may_nothing() {
    for kind in OrganisationKind::ALL {
        for scope in Scope::ALL {
            if kind.scopes().contains(scope) {
                continue;
            }
            let scopes = kind.scopes().iter().chain([scope]).collect();
            for action in Action::ALL {
                for relation in Relation::ALL {
                    let decision = decide(Standing::Program(kind, scopes), action, relation);
                    assert_ne!(decision, Decision::Allow, "{kind} {scope} {action:?}");
                }
            }
        }
    }
}

#[test]
fn a_role_that_an_organisation_cannot_give_may_nothing() {
    for kind in OrganisationKind::ALL {
        for role in Role::ALL {
            if kind.roles().contains(&role) {
                continue;
            }
            for action in Action::ALL {
                for relation in Relation::ALL {
                    let decision = decide(Standing::Staff(role, kind), action, relation);
                    assert_ne!(decision, Decision::Allow, "{kind} {role} {action:?}");
                }
            }
        }
    }
}
