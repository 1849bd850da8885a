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
            PdfTemplate::Table => Template::Table,
            PdfTemplate::SideBySide => Template::SideBySide,
            PdfTemplate::Cv => Template::Cv,
        };
        documents::render(template, data, language, made_on)
            .map_err(|error| TypesettingError(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use application::obligations::{ExportForm, Presentation, write_overview};
    use commitments::calendar::parse_iso;
    use commitments::deadline::Conventions;
    use commitments::overview::headline;
    use commitments::place::Span;
    use commitments::read::Document;
    use commitments::record::{Record, RecordContent};
    use commitments::register::{Origin, Register};

    use super::Documents;

    type Outcome = Result<(), Box<dyn std::error::Error>>;

    const FICTIONAL: &str = include_str!("../../exchange/tests/fixtures/overview.txt");

    fn read(text: &str) -> Result<Vec<RecordContent>, Box<dyn std::error::Error>> {
        let day = parse_iso("2022-12-01")?;
        let document = Document::read("o", text, Some(day), &Conventions::default());
        Ok(document.records.iter().map(Record::content).collect())
    }

    fn register(contents: &[RecordContent]) -> Register {
        let mut register = Register::default();
        for content in contents {
            let origin = Origin::Document {
                name: "overzicht".to_owned(),
                date: None,
                span: Span::default(),
                record: None,
            };
            register.take(content.clone(), origin);
        }
        register
    }

    /// What a PDF of ours says is read back from its letters as the same records, but for its
    /// footnotes: their text is not told from what stands above, and so neither is a reference that
    /// stands in one. The files that are meant to be read back are docx, odt, Markdown and tables.
    #[test]
    fn an_overview_set_as_pdf_reads_back_as_the_same_records() -> Outcome {
        let published = testkit::test_data("sources/002.txt");
        let published = published.map(std::fs::read_to_string).transpose()?;
        for text in published.into_iter().chain([FICTIONAL.to_owned()]) {
            let before = read(&text)?;
            let day = parse_iso("2022-12-01")?;
            let pdf = |presentation| {
                let form = (ExportForm::Pdf, presentation);
                write_overview(&register(&before), form, "Overzicht", day, Some(&Documents))
            };
            let extracted = exchange::extract("o.pdf", &pdf(Presentation::Prose)?)?;
            let after = read(&extracted.text)?;
            assert_eq!(
                headline(&after, &[]),
                headline(&before, &[]),
                "{}",
                extracted.text
            );
            for (after, before) in after.iter().zip(&before) {
                let after = RecordContent {
                    account: before.account.clone(),
                    reference: before.reference.clone(),
                    notes: before.notes.clone(),
                    ..after.clone()
                };
                assert_eq!(&after, before, "{}", extracted.text);
            }
            let table = exchange::extract("t.pdf", &pdf(Presentation::Table)?)?;
            for heading in ["Omschrijving", "Vindplaats", "Stand van zaken"] {
                assert!(table.text.contains(heading), "{}", table.text);
            }
        }
        Ok(())
    }
}
