//! Organisations that use the system and the roles that people have in them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What an organisation is; it decides which roles it can give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganisationKind {
    /// A municipality: guides its newcomers by law.
    Municipality,
    /// A partner that guides newcomers for or beside a municipality.
    Partner,
    /// An employer.
    Employer,
    /// A labour-market region in which municipalities work together.
    Region,
    /// A ministry or research institute: statistics only.
    Ministry,
    /// Whoever runs this installation.
    Operator,
}

/// What a member of staff does in an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Guides newcomers (klantmanager, job coach).
    Klantmanager,
    /// Divides scarce places, organises meetings.
    Coordinator,
    /// Looks at reach, effect and promises; sees no persons.
    PolicyOfficer,
    /// Speaks for an employer.
    EmployerContact,
    /// Manages accounts of the own organisation; of the operator: of all.
    Administrator,
    /// Watches over privacy: sees who looked at what.
    PrivacyOfficer,
}

/// A word that names no organisation kind or role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown; known are {known}")]
pub struct UnknownWord {
    known: String,
}

impl OrganisationKind {
    /// All kinds.
    pub const ALL: [OrganisationKind; 6] = [
        OrganisationKind::Municipality,
        OrganisationKind::Partner,
        OrganisationKind::Employer,
        OrganisationKind::Region,
        OrganisationKind::Ministry,
        OrganisationKind::Operator,
    ];

    /// The word that stands for it in storage and commands.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            OrganisationKind::Municipality => "municipality",
            OrganisationKind::Partner => "partner",
            OrganisationKind::Employer => "employer",
            OrganisationKind::Region => "region",
            OrganisationKind::Ministry => "ministry",
            OrganisationKind::Operator => "operator",
        }
    }

    /// The roles that an organisation of this kind can give.
    #[must_use]
    pub fn roles(self) -> &'static [Role] {
        use Role::{
            Administrator, Coordinator, EmployerContact, Klantmanager, PolicyOfficer,
            PrivacyOfficer,
        };
        match self {
            OrganisationKind::Municipality => &[
                Klantmanager,
                Coordinator,
                PolicyOfficer,
                Administrator,
                PrivacyOfficer,
            ],
            OrganisationKind::Partner => {
                &[Klantmanager, Coordinator, Administrator, PrivacyOfficer]
            }
            OrganisationKind::Employer => &[EmployerContact, Administrator],
            OrganisationKind::Region => &[Coordinator, PolicyOfficer, Administrator],
            OrganisationKind::Ministry => &[PolicyOfficer, Administrator],
            OrganisationKind::Operator => &[Administrator, PrivacyOfficer],
        }
    }
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 6] = [
        Role::Klantmanager,
        Role::Coordinator,
        Role::PolicyOfficer,
        Role::EmployerContact,
        Role::Administrator,
        Role::PrivacyOfficer,
    ];

    /// The word that stands for it in storage and commands.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Role::Klantmanager => "klantmanager",
            Role::Coordinator => "coordinator",
            Role::PolicyOfficer => "policy_officer",
            Role::EmployerContact => "employer_contact",
            Role::Administrator => "administrator",
            Role::PrivacyOfficer => "privacy_officer",
        }
    }
}

macro_rules! words {
    ($($name:ident)*) => {$(
        impl FromStr for $name {
            type Err = UnknownWord;

            fn from_str(word: &str) -> Result<$name, UnknownWord> {
                $name::ALL
                    .into_iter()
                    .find(|known| known.code() == word)
                    .ok_or_else(|| UnknownWord {
                        known: $name::ALL.map($name::code).join(" "),
                    })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.code())
            }
        }
    )*};
}

words! { OrganisationKind Role }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back_and_match_their_json() {
        for kind in OrganisationKind::ALL {
            assert_eq!(kind.code().parse(), Ok(kind));
            assert_eq!(serde_json::json!(kind), kind.code());
            assert!(kind.roles().contains(&Role::Administrator));
        }
        for role in Role::ALL {
            assert_eq!(role.code().parse(), Ok(role));
            assert_eq!(serde_json::json!(role), role.code());
            assert!(
                OrganisationKind::ALL
                    .iter()
                    .any(|kind| kind.roles().contains(&role))
            );
        }
        assert!("king".parse::<Role>().is_err());
    }

    #[test]
    fn who_sees_no_persons_can_have_no_klantmanager() {
        for kind in [
            OrganisationKind::Employer,
            OrganisationKind::Region,
            OrganisationKind::Ministry,
        ] {
            assert!(!kind.roles().contains(&Role::Klantmanager));
        }
    }
}
