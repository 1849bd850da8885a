//! What the site says about itself: accessibility, privacy, how comparing works, translations.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::language::Language;
use language::Argument;
use taxonomy::concept::{ConceptKind, TranslationStatus};

use crate::failure::Failure;
use crate::page::{self, Page};
use crate::reading::{HIGH, SOME};

#[derive(Template)]
#[template(path = "pages/statements/accessibility.html")]
struct AccessibilityPage {
    page: Page,
}

#[derive(Template)]
#[template(path = "pages/statements/privacy.html")]
struct PrivacyPage {
    page: Page,
}

#[derive(Template)]
#[template(path = "pages/statements/algorithm.html")]
struct AlgorithmPage {
    page: Page,
    words: String,
    size: String,
}

#[derive(Template)]
#[template(path = "pages/statements/translations.html")]
struct TranslationsPage {
    page: Page,
    rows: Vec<Row>,
}

/// How far one language is.
struct Row {
    language: Language,
    n_texts: usize,
    n_reviewed: usize,
    n_labels: usize,
    n_reviewed_labels: usize,
}

impl Row {
    fn is_source(&self) -> bool {
        self.language == Language::NL
    }
}

/// `GET /toegankelijkheid`.
pub(crate) async fn accessibility(page: Page) -> Result<Response, Failure> {
    let template = AccessibilityPage { page };
    page::html(StatusCode::OK, &template.page, &template)
}

/// `GET /privacy`.
pub(crate) async fn privacy(page: Page) -> Result<Response, Failure> {
    let template = PrivacyPage { page };
    page::html(StatusCode::OK, &template.page, &template)
}

/// `GET /zo-vergelijken-wij`.
pub(crate) async fn algorithm(page: Page) -> Result<Response, Failure> {
    let number = |number: u16| Argument::Number(u64::from(number));
    let count = |kind| page.number(page.site.catalogue.of_kind(kind).len());
    let (occupations, skills) = (count(ConceptKind::Occupation), count(ConceptKind::Skill));
    let size = [
        ("occupations", Argument::Text(&occupations)),
        ("skills", Argument::Text(&skills)),
    ];
    let template = AlgorithmPage {
        words: page.texts(
            "algorithm-words-text",
            &[("high", number(HIGH)), ("some", number(SOME))],
        ),
        size: page.texts("algorithm-size", &size),
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

/// `GET /vertalingen`.
pub(crate) async fn translations(page: Page) -> Result<Response, Failure> {
    let template = TranslationsPage {
        rows: Language::interface()
            .map(|language| row(&page, language))
            .collect(),
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

fn row(page: &Page, language: Language) -> Row {
    let (n_texts, n_reviewed) = page.site.messages.n_reviewed(language);
    let catalogue = &page.site.catalogue;
    let (mut n_labels, mut n_reviewed_labels) = (0, 0);
    for &kind in ConceptKind::ALL {
        for label in catalogue
            .of_kind(kind)
            .flat_map(|c| catalogue.labels(c, language))
        {
            n_labels += 1;
            n_reviewed_labels += usize::from(label.status != TranslationStatus::Draft);
        }
    }
    Row {
        language,
        n_texts,
        n_reviewed,
        n_labels,
        n_reviewed_labels,
    }
}
