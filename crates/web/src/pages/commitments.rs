//! The register of motions and commitments, for policy officers; and what everybody may see of it.
//!
//! Words of the Chamber's procedure (kinds, states, moves) stay Dutch in every language, as in the
//! documents; they are marked as Dutch.

mod board;
mod detail;
mod export;
mod fields;
mod intake;
mod moves;
mod public;
mod review;
mod source_text;
mod ties;

use application::obligations::ObligationView;
use application::{Application, ApplicationError, StaffActor};
use commitments::calendar::iso;
use commitments::deadline::Deadline;
use commitments::read::people;
use commitments::record::RecordContent;
use commitments::register::{ObligationId, Refused, RegisterError, Urgency};
use domain::organisation::Role;

use crate::access::{Access, Routes};
use crate::failure::Failure;
use crate::page::Page;

const POLICY_OFFICERS: Access = Access::Staff(&[Role::PolicyOfficer]);

/// Adds the routes.
pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .page("/toezeggingen", POLICY_OFFICERS, board::show)
        .upload(
            "/toezeggingen/toevoegen",
            POLICY_OFFICERS,
            intake::show,
            intake::receive,
        )
        .page("/toezeggingen/bron/{id}", POLICY_OFFICERS, intake::source)
        .page("/toezeggingen/uitvoer", POLICY_OFFICERS, export::overview)
        .form(
            "/toezeggingen/{nummer}",
            POLICY_OFFICERS,
            detail::show,
            detail::receive,
        )
        .form(
            "/toezeggingen/{nummer}/nakijken",
            POLICY_OFFICERS,
            review::show,
            review::receive,
        )
        .page("/toezeggingen/{nummer}/nota", POLICY_OFFICERS, export::note)
        .page("/beloften", Access::Public, public::show)
}

/// An entry of a list to choose from.
struct Choice {
    code: String,
    label: String,
}

impl Choice {
    fn new(code: &str, label: impl Into<String>) -> Choice {
        Choice {
            code: code.to_owned(),
            label: label.into(),
        }
    }
}

/// The member of staff who acts, with the use cases.
fn acting(page: &Page) -> Result<(&Application, StaffActor), Failure> {
    Ok((page.site.application()?, page.staff()?))
}

/// The number of an obligation in an address.
fn number(text: &str) -> Result<ObligationId, Failure> {
    text.parse()
        .map(ObligationId::new)
        .map_err(|_| Failure::NotFound)
}

async fn view(page: &Page, id: ObligationId) -> Result<ObligationView, Failure> {
    let (application, staff) = acting(page)?;
    Ok(application
        .obligation(page.context()?, staff.organisation, id)
        .await?)
}

/// Members as `Aartsen (VVD) en Peters (CDA) c.s.`; empty when there are none.
fn who(content: &RecordContent) -> String {
    let others = if content.and_others { " c.s." } else { "" };
    match content.members.as_slice() {
        [] => String::new(),
        members => format!("{}{others}", people::in_words(members)),
    }
}

/// The words of a term with its last day.
fn term(page: &Page, deadline: Option<&Deadline>) -> String {
    let Some(deadline) = deadline else {
        return String::new();
    };
    match deadline.until() {
        Some(until) => format!("{} ({})", deadline.words, page.date(until)),
        None => deadline.words.clone(),
    }
}

/// How pressing, in words of the page.
fn urgency(page: &Page, urgency: Urgency) -> String {
    let days = |days: i64| usize::try_from(days).unwrap_or(0);
    match urgency {
        Urgency::Late { days: n } => page.tn("cm-late", days(n)),
        Urgency::Near { days: n } | Urgency::Later { days: n } => page.tn("cm-left", days(n)),
        Urgency::UndatedAlert => page.t("cm-undated-alert"),
        Urgency::NeedsDate => page.t("cm-needs-date"),
        Urgency::Undated => page.t("cm-undated"),
        Urgency::NoTerm => page.t("cm-no-term"),
    }
}

/// What the register or the use case refused, as a sentence; other errors are failures.
fn problem(page: &Page, error: ApplicationError) -> Result<String, Failure> {
    use application::InvalidInput;
    let key = match &error {
        ApplicationError::Obligation(RegisterError::Refused { source, .. }) => match source {
            Refused::NotAllowed { .. } => "cm-refused-now",
            Refused::BeforeLast { last, .. } => {
                return Ok(page.tt("cm-refused-before", "date", iso(*last)));
            }
            Refused::Lacks(_) => "cm-refused-lacks",
        },
        ApplicationError::Obligation(RegisterError::NotReviewed(_)) => "cm-refused-proposal",
        ApplicationError::Obligation(RegisterError::NoReason) => "cm-refused-reason",
        ApplicationError::Obligation(_) => "cm-refused-relation",
        ApplicationError::Invalid(InvalidInput::FutureDay) => "cm-refused-future",
        ApplicationError::Invalid(InvalidInput::UnknownTie) => "cm-tie-unknown",
        ApplicationError::Invalid(InvalidInput::TooLong) => "cm-refused-long",
        ApplicationError::Invalid(_) => "cm-refused-empty",
        ApplicationError::Stale(_) => "cm-refused-stale",
        _ => return Err(error.into()),
    };
    Ok(page.t(key))
}
