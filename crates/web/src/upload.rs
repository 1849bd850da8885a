//! Forms with a file: `multipart/form-data`, held in memory up to the limit of the route.

use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::IntoResponse;

use crate::failure::Failure;
use crate::site::SharedSite;

/// Most fields in one form with a file.
const MOST_FIELDS: usize = 20;

/// The fields of a form with a file; bytes as they were sent.
pub(crate) struct Uploaded {
    fields: Vec<(String, Vec<u8>)>,
}

impl Uploaded {
    /// The content of a field or file; `None` when absent or empty.
    pub(crate) fn bytes(&self, name: &str) -> Option<&[u8]> {
        let (_, content) = self.fields.iter().find(|(own, _)| own == name)?;
        (!content.is_empty()).then_some(content)
    }

    /// Whether a field or button was sent.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(own, _)| own == name)
    }
}

impl FromRequest<SharedSite> for Uploaded {
    type Rejection = Failure;

    async fn from_request(request: Request, site: &SharedSite) -> Result<Uploaded, Failure> {
        let form = Multipart::from_request(request, site).await;
        let mut form = form.map_err(|_: MultipartRejection| Failure::Malformed)?;
        let mut fields = Vec::new();
        loop {
            let field = match form.next_field().await {
                Ok(Some(field)) => field,
                Ok(None) => return Ok(Uploaded { fields }),
                Err(error) => return Err(refused(error.into_response().status())),
            };
            let name = field.name().unwrap_or_default().to_owned();
            let content = field.bytes().await;
            let content = content.map_err(|error| refused(error.into_response().status()))?;
            fields.push((name, content.to_vec()));
            if fields.len() > MOST_FIELDS {
                return Err(Failure::TooLarge);
            }
        }
    }
}

fn refused(status: StatusCode) -> Failure {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge,
        _ => Failure::Malformed,
    }
}
