//! What the figures mean: definitions, the ladder of evidence, why a figure is hidden.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use language::Argument;
use monitoring::codes::EvidenceLevel;
use monitoring::indicator::Indicator;
use monitoring::interactive::Hidden;

use super::words::{Foreign, Words, hidden_key};
use crate::failure::Failure;
use crate::page::{self, Page};

/// All reasons for hiding a figure, in the order they are explained.
const REASONS: [Hidden; 8] = [
    Hidden::SmallCount,
    Hidden::SmallDenominator,
    Hidden::SmallGroup,
    Hidden::GroupDisclosure,
    Hidden::FewContributors,
    Hidden::Dominance,
    Hidden::ProtectsAnother,
    Hidden::LinkedTables,
];

/// An indicator in words.
pub(super) struct Definition {
    pub(super) code: String,
    pub(super) number: u16,
    pub(super) title: Foreign,
    /// Key of the name, text.
    pub(super) parts: Vec<(&'static str, Foreign)>,
    pub(super) says: Foreign,
    pub(super) says_not: Foreign,
    pub(super) version: String,
    pub(super) sources: Vec<SourceRow>,
    pub(super) errata: Vec<ErratumRow>,
}

/// A source.
pub(super) struct SourceRow {
    pub(super) title: String,
    pub(super) url: Option<String>,
    pub(super) is_verified: bool,
}

/// A correction.
pub(super) struct ErratumRow {
    pub(super) on: String,
    pub(super) wrong: String,
    pub(super) right: String,
}

impl Definition {
    pub(super) fn of(page: &Page, words: &Words<'_>, indicator: &Indicator) -> Definition {
        let since = page.date(indicator.valid_from);
        let version = [
            ("version", Argument::Number(indicator.version.into())),
            ("date", Argument::Text(&since)),
        ];
        Definition {
            code: indicator.code.clone(),
            number: indicator.number,
            title: words.text(&indicator.title),
            parts: vec![
                ("monitor-definition", words.text(&indicator.definition)),
                ("monitor-numerator", words.text(&indicator.numerator)),
                ("monitor-denominator", words.text(&indicator.denominator)),
                ("monitor-population", words.text(&indicator.population)),
                ("monitor-reference", words.text(&indicator.reference)),
            ],
            says: words.text(&indicator.says),
            says_not: words.text(&indicator.says_not),
            version: page.texts("monitor-version", &version),
            sources: indicator
                .source
                .iter()
                .map(|source| SourceRow {
                    title: source.title.clone(),
                    url: source.url.clone(),
                    is_verified: source.verified,
                })
                .collect(),
            errata: indicator
                .erratum
                .iter()
                .map(|erratum| ErratumRow {
                    on: page.date(erratum.on),
                    wrong: erratum.wrong.clone(),
                    right: erratum.right.clone(),
                })
                .collect(),
        }
    }
}

#[derive(Template)]
#[template(path = "pages/figures/terms.html")]
struct TermsPage {
    page: Page,
    definitions: Vec<Definition>,
    steps: Vec<(u8, String, String)>,
    reasons: Vec<String>,
}

/// `GET /cijfers/begrippen`.
pub(super) async fn show(page: Page) -> Result<Response, Failure> {
    let board = page.site.monitor.board();
    let words = Words::new(&page, &board);
    let definitions = board
        .registry()
        .indicators()
        .iter()
        .map(|indicator| Definition::of(&page, &words, indicator))
        .collect();
    let steps = EvidenceLevel::ALL
        .iter()
        .map(|level| (level.step(), words.step(*level), words.proof(*level)))
        .collect();
    let reasons = REASONS.map(|hidden| page.t(hidden_key(hidden))).to_vec();
    let template = TermsPage {
        definitions,
        steps,
        reasons,
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}
