//! Forms that were sent: names and values, cleaned where they are read.

use axum::Form;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::IntoResponse;

use crate::failure::Failure;
use crate::page::cleaned;
use crate::site::SharedSite;

/// Most fields in one form.
const MOST_FIELDS: usize = 500;

/// The fields of a form that was sent with POST.
#[derive(Clone)]
pub(crate) struct Posted {
    fields: Vec<(String, String)>,
}

impl Posted {
    /// A form with these fields, for pages that are shown before anything was sent.
    pub(crate) fn empty() -> Posted {
        Posted { fields: Vec::new() }
    }

    /// A form with these fields, as if it had been sent.
    pub(crate) fn of(fields: Vec<(String, String)>) -> Posted {
        Posted { fields }
    }

    /// The last value of a field on one line; `None` when absent or blank.
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        let text = cleaned(self.raw(name)?);
        (!text.is_empty()).then_some(text)
    }

    /// As [`Posted::value`], keeping the lines of a longer text.
    pub(crate) fn lines(&self, name: &str) -> Option<String> {
        let lines: Vec<String> = self.raw(name)?.lines().map(cleaned).collect();
        let text = lines.join("\n").trim().to_owned();
        (!text.is_empty()).then_some(text)
    }

    /// The last value of a field exactly as it was sent: for secrets, in which every space counts.
    pub(crate) fn secret(&self, name: &str) -> &str {
        self.raw(name).unwrap_or_default()
    }

    /// All values of a field, cleaned, blank ones left out.
    pub(crate) fn values(&self, name: &str) -> Vec<String> {
        self.fields
            .iter()
            .filter(|(own, _)| own == name)
            .map(|(_, value)| cleaned(value))
            .filter(|value| !value.is_empty())
            .collect()
    }

    /// Every field as it was sent, in order: for sending a form again that could not be taken.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &(String, String)> {
        self.fields.iter()
    }

    /// Whether a field or button was sent.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.raw(name).is_some()
    }

    fn raw(&self, name: &str) -> Option<&str> {
        let last = self.fields.iter().rev().find(|(own, _)| own == name)?;
        Some(&last.1)
    }
}

impl FromRequest<SharedSite> for Posted {
    type Rejection = Failure;

    async fn from_request(request: Request, site: &SharedSite) -> Result<Posted, Failure> {
        let form = Form::<Vec<(String, String)>>::from_request(request, site).await;
        let Form(fields) = form.map_err(|rejection| match rejection.into_response().status() {
            StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Failure::WrongType,
            _ => Failure::Malformed,
        })?;
        if fields.len() > MOST_FIELDS {
            return Err(Failure::TooLarge);
        }
        Ok(Posted { fields })
    }
}
