//! Organisations and staff of the town.

use std::net::{IpAddr, Ipv4Addr};

use anyhow::Context as _;
use application::identity_provider::{PasswordAndApp, PasswordProof};
use application::throttle::Network;
use application::{ApplicationError, Context, InvalidInput, InviteStaff};
use domain::id::OrganisationId;
use domain::organisation::{OrganisationKind, Role};
use vault::one_time::STEP;

use super::{Account, Login, Town};

/// The password of everybody in the demo.
const PASSWORD: &str = "vier houten bruggen";

/// Newcomers that one klantmanager guides; a larger town gets more klantmanagers.
const CASELOAD: u32 = 80;

/// The partner organisation with which some newcomers share a part of their story.
const PARTNER: &str = "Stichting Samenvoorbeeld";

/// How often setting up an account is tried.
const MOST_TRIES: u32 = 3;

/// Organisations with their staff.
pub(super) struct Staff {
    /// Klantmanagers.
    pub(super) guides: Vec<Context>,
    /// Contacts of employers.
    pub(super) employers: Vec<Context>,
    /// Policy officers of ministries, with their ministry.
    pub(super) officials: Vec<(Context, OrganisationId)>,
    /// The first municipality's name, for letters.
    pub(super) organisations: Vec<(OrganisationId, String)>,
}

impl Staff {
    /// The partner organisation.
    pub(super) fn partner(&self) -> Option<OrganisationId> {
        let mut known = self.organisations.iter();
        known.find(|(_, name)| name == PARTNER).map(|(id, _)| *id)
    }
}

/// Kind, name, and staff as role, login name and name.
type Organisation = (
    OrganisationKind,
    &'static str,
    &'static [(Role, &'static str, &'static str)],
);

const ORGANISATIONS: [Organisation; 8] = [
    (
        OrganisationKind::Municipality,
        "Gemeente Voorbeeldstad",
        &[
            (Role::Klantmanager, "kees", "Kees Verzonnen"),
            (Role::Klantmanager, "noor", "Noor Verzonnen"),
            (Role::Administrator, "beheer.voorbeeldstad", "Bea Heer"),
            (Role::PrivacyOfficer, "privacy.voorbeeldstad", "Pia Vacy"),
            (Role::PolicyOfficer, "beleid.voorbeeldstad", "Bo Leid"),
        ],
    ),
    (
        OrganisationKind::Municipality,
        "Gemeente Testdam",
        &[
            (Role::Klantmanager, "tess", "Tess Verzonnen"),
            (Role::Administrator, "beheer.testdam", "Ben Heer"),
        ],
    ),
    (
        OrganisationKind::Partner,
        PARTNER,
        &[(Role::Klantmanager, "sam", "Sam Menwerk")],
    ),
    (
        OrganisationKind::Employer,
        "Fictielas Metaal",
        &[(Role::EmployerContact, "werk.fictielas", "Lasse Fictie")],
    ),
    (
        OrganisationKind::Employer,
        "Zorgfictie",
        &[(Role::EmployerContact, "werk.zorgfictie", "Zora Fictie")],
    ),
    (
        OrganisationKind::Employer,
        "Verzonnen Keuken",
        &[(Role::EmployerContact, "werk.keuken", "Koos Fictie")],
    ),
    (
        OrganisationKind::Ministry,
        "Ministerie van Voorbeelden",
        &[(Role::PolicyOfficer, "beleid.ministerie", "Mies Fictie")],
    ),
    (
        OrganisationKind::Operator,
        "Beheer van de demo",
        &[
            (Role::Administrator, "beheer", "Bram Heer"),
            (Role::PrivacyOfficer, "privacy", "Petra Vacy"),
        ],
    ),
];

impl Town {
    /// Adds the organisations, with enough klantmanagers for so many newcomers; every member of
    /// staff has accepted the invitation.
    pub(super) async fn staff(&mut self, n_people: u32) -> anyhow::Result<Staff> {
        let machine = Context::machine();
        let mut staff = Staff {
            guides: Vec::new(),
            employers: Vec::new(),
            officials: Vec::new(),
            organisations: Vec::new(),
        };
        let mut number = 0;
        for (kind, name, members) in ORGANISATIONS {
            let id = self
                .application
                .add_organisation(&machine, kind, name)
                .await?;
            staff.organisations.push((id, name.to_owned()));
            for (role, login, display_name) in members {
                number += 1;
                let new = InviteStaff {
                    organisation: id,
                    role: *role,
                    login_name: &format!("{login}@demo.example"),
                    display_name,
                };
                let context = self.enrol(new, number, name).await?;
                match (role, kind) {
                    (Role::Klantmanager, _) => staff.guides.push(context),
                    (Role::EmployerContact, _) => staff.employers.push(context),
                    (Role::PolicyOfficer, OrganisationKind::Ministry) => {
                        staff.officials.push((context, id));
                    }
                    _ => {}
                }
            }
        }
        let (town, name) = staff
            .organisations
            .first()
            .cloned()
            .context("there is no municipality")?;
        while (staff.guides.len() as u32) < n_people.div_ceil(CASELOAD) {
            number += 1;
            let new = InviteStaff {
                organisation: town,
                role: Role::Klantmanager,
                login_name: &format!("gids{number}@demo.example"),
                display_name: &format!("Gids Verzonnen {number}"),
            };
            staff.guides.push(self.enrol(new, number, &name).await?);
        }
        Ok(staff)
    }

    /// Invites, accepts and logs in, as the person would.
    async fn enrol(
        &mut self,
        new: InviteStaff<'_>,
        number: u32,
        organisation: &str,
    ) -> anyhow::Result<Context> {
        // Each from a network of their own, so that the limit on attempts stays out of the way.
        let network = Network::from(IpAddr::V4(Ipv4Addr::new(192, 168, number as u8, 1)));
        let application = &self.application;
        let (_, code) = application.invite_staff(&Context::machine(), new).await?;
        let enrolment = application.read_invitation(network, &code).await?;
        // On a slow machine a step may end between making a password and checking it.
        let mut tries = 0;
        let logged_in = loop {
            tries += 1;
            let step = (application.now().micros() / 1_000_000) as u64 / STEP;
            // The step before the present one still counts, so that the present one is left to log
            // in.
            let earlier = enrolment.second_factor.password(step.saturating_sub(1));
            let accepted = application
                .accept_invitation(network, &code, PASSWORD, &earlier)
                .await;
            match accepted {
                Err(ApplicationError::Invalid(InvalidInput::OneTimePassword))
                    if tries < MOST_TRIES =>
                {
                    continue;
                }
                accepted => accepted?,
            };
            let proof = PasswordProof {
                login_name: new.login_name.to_owned(),
                password: PASSWORD.to_owned(),
                one_time_password: enrolment.second_factor.password(step),
            };
            break application
                .log_in(&PasswordAndApp, &proof, network, None)
                .await?;
        };
        self.accounts.push(Account {
            role: new.role.code().to_owned(),
            organisation: organisation.to_owned(),
            name: new.display_name.to_owned(),
            login: Login::Password {
                login_name: new.login_name.to_owned(),
                password: PASSWORD.to_owned(),
                secret: enrolment.second_factor.to_text(),
            },
        });
        Ok(Context::of(logged_in.actor))
    }
}
