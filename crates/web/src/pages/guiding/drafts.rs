//! What a klantmanager typed into a long form and did not send yet: kept sealed with the case, put
//! back when the page is opened, forgotten when the form is taken.

use application::ApplicationError;
use axum::extract::Path;
use axum::http::header::{ACCEPT, CACHE_CONTROL};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::case::Code;
use domain::id::CaseId;
use domain::moment::Moment;

use super::desk::DRAFT_FIELD;
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::Page;

/// Fields that belong to the moment of sending.
const OF_THE_MOMENT: [&str; 2] = ["doe", "weg"];

/// The draft of a form, and when it was kept.
pub(super) async fn find(
    page: &Page,
    case: CaseId,
    name: &str,
) -> Result<Option<(Posted, Moment)>, Failure> {
    let name = Code::new(name).map_err(|_| Failure::NotFound)?;
    let application = page.site.application()?;
    let draft = application.read_draft(page.context()?, case, &name).await?;
    // A draft of another version of the program that cannot be read is as good as none.
    Ok(draft.and_then(|draft| {
        let fields = serde_json::from_str(&draft.content).ok()?;
        Some((Posted::of(fields), draft.changed_at))
    }))
}

/// Forgets the draft of a form that was taken.
pub(super) async fn forget(page: &Page, case: &str, form: &Posted) -> Result<(), Failure> {
    let name = form.value(DRAFT_FIELD).and_then(|n| Code::new(&n).ok());
    let (Some(name), Ok(case)) = (name, case.parse::<CaseId>()) else {
        return Ok(());
    };
    let application = page.site.application()?;
    match application.drop_draft(page.context()?, case, &name).await {
        // The change itself may have taken the case away, as handing it over to nobody does.
        Ok(()) | Err(ApplicationError::NotFound) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// `POST /mensen/{id}/concept`: keeps a form as it is, or throws its draft away (`weg`). A script
/// gets the words to show, a person the page again.
pub(super) async fn keep(
    page: Page,
    Path(id): Path<String>,
    headers: HeaderMap,
    form: Posted,
) -> Result<Response, Failure> {
    let case: CaseId = id.parse().map_err(|_| Failure::NotFound)?;
    let name = form.value(DRAFT_FIELD).ok_or(Failure::Malformed)?;
    let code = Code::new(&name).map_err(|_| Failure::Malformed)?;
    let back = format!("/mensen/{case}/{}", page_of(&name));
    if form.has("weg") {
        forget(&page, &id, &form).await?;
        return Ok(Redirect::to(&back).into_response());
    }
    let fields: Vec<&(String, String)> = form
        .fields()
        .filter(|(name, _)| !OF_THE_MOMENT.contains(&name.as_str()))
        .collect();
    let content = serde_json::to_string(&fields).map_err(|_| Failure::Malformed)?;
    let application = page.site.application()?;
    let kept_at = application
        .keep_draft(page.context()?, case, &code, &content)
        .await?;
    let asks_words = headers
        .get(ACCEPT)
        .is_some_and(|value| value.as_bytes().starts_with(b"text/plain"));
    if asks_words {
        let said = page.plain(page.tt("guiding-draft-kept", "moment", page.moment(kept_at)));
        return Ok((StatusCode::OK, [(CACHE_CONTROL, "no-store")], said).into_response());
    }
    Ok(Redirect::to(&back).into_response())
}

/// Where the form of a draft stands: `plan`, or `intake_TOPIC`.
fn page_of(name: &str) -> String {
    match name.split_once('_') {
        Some(("intake", topic)) => format!("intake?deel={topic}"),
        _ => "plan".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_leads_back_to_its_form() {
        assert_eq!(page_of("plan"), "plan");
        assert_eq!(
            page_of("intake_work_experience"),
            "intake?deel=work_experience"
        );
    }
}
