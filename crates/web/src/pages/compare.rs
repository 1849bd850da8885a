//! Two occupations side by side.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use language::Argument;
use taxonomy::ConceptId;

use crate::failure::Failure;
use crate::page::{self, LONGEST_TEXT, Page};
use crate::reading::{Compared, Named, Reader};
use crate::search::{Wanted, search};

/// Other occupations offered for a typed text.
const N_OTHERS: usize = 4;

/// One of the two fields.
struct Field {
    /// Name of the parameter and id of the input.
    name: &'static str,
    /// Key of the label.
    label: &'static str,
    /// What stands in the input.
    text: String,
    /// What is wrong with it, already in words.
    problem: Option<String>,
    chosen: Option<ConceptId>,
    /// Short name of what was chosen.
    id: String,
    /// Other occupations that the text may name.
    others: Vec<Named>,
}

#[derive(Template)]
#[template(path = "pages/compare/compare.html")]
struct ComparePage {
    page: Page,
    fields: [Field; 2],
    compared: Option<Compared>,
}

impl ComparePage {
    fn has_problem(&self) -> bool {
        self.fields.iter().any(|field| field.problem.is_some())
    }

    fn count_text(&self, compared: &Compared) -> String {
        let counts = [
            ("shared", Argument::Number(compared.shared.len() as u64)),
            ("total", Argument::Number(compared.n_all() as u64)),
        ];
        self.page.texts("compare-count", &counts)
    }

    fn other_field(&self, name: &str) -> &Field {
        &self.fields[usize::from(name == self.fields[0].name)]
    }
}

/// `GET /vergelijken`.
pub(crate) async fn show(page: Page) -> Result<Response, Failure> {
    let reader = Reader::new(&page.site, page.language);
    let is_asked = page.value("van").is_some() || page.value("naar").is_some();
    let mut fields = [
        read(&page, &reader, "van", "compare-from", is_asked.into()),
        read(&page, &reader, "naar", "compare-to", is_asked.into()),
    ];
    let mut compared = None;
    if let [Some(from), Some(to)] = [fields[0].chosen, fields[1].chosen] {
        if from == to {
            fields[1].problem = Some(page.t("compare-same"));
        } else {
            compared = Some(reader.compare(from, to));
        }
    }
    let is_too_long = [page.typed("van"), page.typed("naar")]
        .iter()
        .any(Result::is_err);
    let status = if is_too_long {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::OK
    };
    let template = ComparePage {
        page,
        fields,
        compared,
    };
    page::html(status, &template.page, &template)
}

/// Whether the form was sent or only opened.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sent {
    Yes,
    No,
}

impl From<bool> for Sent {
    fn from(is_sent: bool) -> Sent {
        if is_sent { Sent::Yes } else { Sent::No }
    }
}

/// Reads a field: the short name of an occupation, or a text that may name one.
fn read(
    page: &Page,
    reader: &Reader<'_>,
    name: &'static str,
    label: &'static str,
    sent: Sent,
) -> Field {
    let mut field = Field {
        name,
        label,
        text: String::new(),
        problem: None,
        chosen: None,
        id: String::new(),
        others: Vec::new(),
    };
    match page.typed(name) {
        Err(page::TextTooLong) => {
            field.problem = Some(page.tn("search-too-long", LONGEST_TEXT));
        }
        Ok(None) => field.problem = (sent == Sent::Yes).then(|| page.t("compare-fill")),
        Ok(Some(text)) => choose(page, reader, &mut field, text),
    }
    field
}

fn choose(page: &Page, reader: &Reader<'_>, field: &mut Field, text: String) {
    let catalogue = &page.site.catalogue;
    let mut found: Vec<ConceptId> = match page.site.directory.occupation(&text) {
        Some(occupation) => vec![occupation],
        None => search(
            catalogue,
            &text,
            Wanted::Occupations,
            page.language,
            N_OTHERS + 1,
        )
        .iter()
        .map(|hit| hit.concept)
        .collect(),
    };
    if found.is_empty() {
        field.problem = Some(page.texts("compare-unknown", &[("query", Argument::Text(&text))]));
        field.text = text;
        return;
    }
    let chosen = reader.named(found.remove(0));
    field.chosen = page.site.directory.occupation(&chosen.id);
    field.text = chosen.name;
    field.id = chosen.id;
    field.others = found.into_iter().map(|other| reader.named(other)).collect();
}
