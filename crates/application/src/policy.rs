//! Who may do what to whose things: one pure function.
//!
//! The whole matrix is written to `tests/it/policy.txt` and compared by a test, so that people who
//! do not read code can check it and every change shows.

use domain::organisation::{OrganisationKind, Role};
use domain::scope::{Scope, Scopes};

use crate::context::Actor;

/// What someone wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// Add organisations and see all of them.
    ManageOrganisations,
    /// Invite, list, reset and disable accounts of an organisation.
    ManageStaff,
    /// Make, list and end the tokens of an organisation's programs.
    ManageTokens,
    /// Add a newcomer.
    RegisterPerson,
    /// Search the newcomers of an organisation.
    SearchPersons,
    /// See who a newcomer is.
    ReadPerson,
    /// See what a newcomer of another organisation consented to show of their story.
    ReadShared,
    /// Change who a newcomer is.
    ChangePerson,
    /// Hand out a login code on paper.
    IssueLoginCode,
    /// Open a newcomer's case, read and change it.
    GuideCase,
    /// Follow the own plan, and say that an own task is done.
    FollowPlan,
    /// See lists of cases.
    ListCases,
    /// See how many cases there are, without seeing any.
    CountCases,
    /// Bring in many cases from a file.
    ImportCases,
    /// Take a list of cases out as a file.
    ExportCases,
    /// Hand a case to a colleague, or arrange cover.
    TransferCase,
    /// See who looked at a newcomer's data.
    ReadAccessLog,
    /// Set, change and remove a newcomer's own name and password.
    ManageOwnLogin,
    /// Consent to be known to an organisation, or withdraw that.
    DecideConsent,
    /// See a newcomer's consents.
    ReadConsents,
    /// Erase a newcomer.
    ErasePerson,
    /// Check the audit log.
    VerifyAudit,
    /// See a newcomer's profile and the work that fits it.
    ReadProfile,
    /// Change a newcomer's profile.
    ChangeProfile,
    /// Choose whether employers may see a newcomer among anonymous candidates.
    ChoosePool,
    /// Write, change, open and close vacancies of an employer.
    ManageVacancies,
    /// See a vacancy that is not open to everybody.
    ReadVacancy,
    /// See anonymous candidates for a vacancy, and what its demands cost.
    ReadAnonymousCandidates,
    /// See how many candidates a vacancy has, without seeing any.
    CountCandidates,
    /// Ask a candidate for contact.
    AskContact,
    /// Invite, hire or reject for a vacancy.
    AnswerMatch,
    /// See the matches of a newcomer.
    ReadMatches,
    /// Propose a vacancy to a newcomer and share what they agreed to.
    ProposeMatch,
    /// Agree to a match or decline it.
    DecideMatch,
    /// Take a match back.
    WithdrawMatch,
    /// See the register of motions and commitments with its internal side.
    ReadObligations,
    /// Take documents into the register, review, move and relate obligations.
    ManageObligations,
    /// Remove what was kept long enough.
    ApplyRetention,
    /// Give the installation another master key.
    RotateKey,
    /// Read the pseudonymous records to compute figures from them.
    ReadStatistics,
}

/// How the thing stands to who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// It belongs to the actor's organisation, or is that organisation.
    OwnOrganisation,
    /// It is a newcomer of another organisation who consented to be known to the actor's.
    Consented,
    /// It belongs to another organisation.
    OtherOrganisation,
    /// It is the newcomer who acts.
    Themselves,
    /// It belongs to no organisation: the installation as a whole.
    Installation,
}

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It may be done.
    Allow,
    /// It may not be done, and that there is such a thing is no secret.
    Refuse,
    /// It may not be done, and whether there is such a thing must not show.
    Hide,
}

/// What matters of an actor for the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Staff: role and kind of organisation.
    Staff(Role, OrganisationKind),
    /// A newcomer.
    Newcomer,
    /// A program: kind of organisation, and what its token allows.
    Program(OrganisationKind, Scopes),
    /// Whoever has the machine's shell.
    Machine,
}

impl Action {
    /// All actions.
    pub const ALL: [Action; 40] = [
        Action::ManageOrganisations,
        Action::ManageStaff,
        Action::ManageTokens,
        Action::RegisterPerson,
        Action::SearchPersons,
        Action::ReadPerson,
        Action::ReadShared,
        Action::ChangePerson,
        Action::IssueLoginCode,
        Action::GuideCase,
        Action::FollowPlan,
        Action::ListCases,
        Action::CountCases,
        Action::ImportCases,
        Action::ExportCases,
        Action::TransferCase,
        Action::ReadAccessLog,
        Action::ManageOwnLogin,
        Action::DecideConsent,
        Action::ReadConsents,
        Action::ErasePerson,
        Action::VerifyAudit,
        Action::ReadProfile,
        Action::ChangeProfile,
        Action::ChoosePool,
        Action::ManageVacancies,
        Action::ReadVacancy,
        Action::ReadAnonymousCandidates,
        Action::CountCandidates,
        Action::AskContact,
        Action::AnswerMatch,
        Action::ReadMatches,
        Action::ProposeMatch,
        Action::DecideMatch,
        Action::WithdrawMatch,
        Action::ReadObligations,
        Action::ManageObligations,
        Action::ApplyRetention,
        Action::RotateKey,
        Action::ReadStatistics,
    ];
}

impl Relation {
    /// All relations.
    pub const ALL: [Relation; 5] = [
        Relation::OwnOrganisation,
        Relation::Consented,
        Relation::OtherOrganisation,
        Relation::Themselves,
        Relation::Installation,
    ];
}

impl From<&Actor> for Standing {
    fn from(actor: &Actor) -> Standing {
        match actor {
            Actor::Staff(staff) => Standing::Staff(staff.role, staff.kind),
            Actor::Newcomer(_) => Standing::Newcomer,
            Actor::Program(program) => Standing::Program(program.kind, program.scopes),
            Actor::Machine => Standing::Machine,
        }
    }
}

/// Whether an actor may do something to a thing.
#[must_use]
pub fn decide(standing: Standing, action: Action, relation: Relation) -> Decision {
    let allowed = match standing {
        Standing::Machine => machine_may(action),
        Standing::Newcomer => newcomer_may(action, relation),
        Standing::Program(kind, scopes) => {
            scopes.are_within(kind.scopes()) && program_may(scopes, action, relation)
        }
        Standing::Staff(role, kind) => {
            kind.roles().contains(&role) && staff_may(role, kind, action, relation)
        }
    };
    match relation {
        _ if allowed => Decision::Allow,
        // What belongs to others is not known to be there at all.
        Relation::OtherOrganisation => Decision::Hide,
        // A newcomer's thing that is not theirs, and a machine that asks for persons.
        Relation::OwnOrganisation if standing == Standing::Newcomer => Decision::Hide,
        _ => Decision::Refuse,
    }
}

/// The shell sets up and checks the installation; it does not look into people's lives.
fn machine_may(action: Action) -> bool {
    matches!(
        action,
        Action::ManageOrganisations
            | Action::ManageStaff
            | Action::ManageTokens
            | Action::VerifyAudit
            | Action::ReadObligations
            | Action::ManageObligations
            | Action::ApplyRetention
            | Action::RotateKey
            | Action::ReadStatistics
    )
}

fn newcomer_may(action: Action, relation: Relation) -> bool {
    relation == Relation::Themselves
        && matches!(
            action,
            Action::ReadPerson
                | Action::ChangePerson
                | Action::ReadAccessLog
                | Action::ManageOwnLogin
                | Action::DecideConsent
                | Action::ReadConsents
                | Action::FollowPlan
                | Action::ReadProfile
                | Action::ChangeProfile
                | Action::ChoosePool
                | Action::ReadMatches
                | Action::DecideMatch
                | Action::WithdrawMatch
        )
}

/// A program sees no persons, whatever its scopes.
fn program_may(scopes: Scopes, action: Action, relation: Relation) -> bool {
    let needed = match action {
        Action::ReadVacancy => Scope::VacanciesRead,
        Action::ManageVacancies => Scope::VacanciesWrite,
        Action::CountCandidates => Scope::CandidateCountsRead,
        Action::CountCases => Scope::CaseloadRead,
        _ => return false,
    };
    relation == Relation::OwnOrganisation && scopes.contains(needed)
}

fn staff_may(role: Role, kind: OrganisationKind, action: Action, relation: Relation) -> bool {
    let is_operator = kind == OrganisationKind::Operator;
    let is_own = relation == Relation::OwnOrganisation;
    match action {
        Action::ManageOrganisations => {
            role == Role::Administrator && is_operator && relation == Relation::Installation
        }
        Action::ManageStaff | Action::ManageTokens => {
            let reaches = is_own || is_operator && relation == Relation::OtherOrganisation;
            role == Role::Administrator && reaches
        }
        Action::RegisterPerson
        | Action::SearchPersons
        | Action::ChangePerson
        | Action::IssueLoginCode
        | Action::GuideCase
        | Action::ListCases
        | Action::CountCases
        | Action::ImportCases
        | Action::ExportCases
        | Action::TransferCase
        | Action::ReadProfile
        | Action::ChangeProfile
        | Action::ReadMatches
        | Action::ProposeMatch
        | Action::WithdrawMatch => role == Role::Klantmanager && is_own,
        Action::ManageVacancies
        | Action::ReadVacancy
        | Action::ReadAnonymousCandidates
        | Action::CountCandidates
        | Action::AskContact
        | Action::AnswerMatch => role == Role::EmployerContact && is_own,
        Action::ReadPerson => {
            let consented = relation == Relation::Consented
                && matches!(role, Role::Klantmanager | Role::EmployerContact);
            consented || role == Role::Klantmanager && is_own
        }
        Action::ReadShared => role == Role::Klantmanager && relation == Relation::Consented,
        Action::ReadConsents => matches!(role, Role::Klantmanager | Role::PrivacyOfficer) && is_own,
        Action::ReadAccessLog | Action::ErasePerson => role == Role::PrivacyOfficer && is_own,
        // A consent is the person's alone to give, and so is every yes.
        Action::DecideConsent
        | Action::ChoosePool
        | Action::DecideMatch
        | Action::FollowPlan
        | Action::ManageOwnLogin => false,
        // Whoever runs the machine answers for keys and terms.
        Action::ApplyRetention | Action::RotateKey => false,
        // People see figures, never the records behind them.
        Action::ReadStatistics => false,
        Action::ReadObligations | Action::ManageObligations => {
            role == Role::PolicyOfficer && is_own
        }
        Action::VerifyAudit => {
            role == Role::PrivacyOfficer && is_operator && relation == Relation::Installation
        }
    }
}
