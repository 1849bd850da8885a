//! Makes PDF for the use cases: the one place that knows both them and the typesetter.

use application::obligations::{PdfTemplate, Typesetter, TypesettingError};
use documents::Template;
use domain::language::Language;
use serde_json::Value;
use time::Date;

/// The typesetter of this program.
pub(crate) struct Documents;

impl Typesetter for Documents {
    fn pdf(
        &self,
        template: PdfTemplate,
        data: &Value,
        language: Language,
        made_on: Date,
    ) -> Result<Vec<u8>, TypesettingError> {
        let template = match template {
            PdfTemplate::Prose => Template::Prose,
        };
        documents::render(template, data, language, made_on)
            .map_err(|error| TypesettingError(error.to_string()))
    }
}
