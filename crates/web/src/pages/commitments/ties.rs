//! What obligations can be tied to, in words of the page: indicators of the monitor, actions of
//! the programme.

use commitments::register::Tie;

use super::Choice;
use crate::page::Page;

/// Something that an obligation is tied to, as a page shows it.
pub(super) struct Tied {
    /// As forms and addresses write it.
    pub(super) code: String,
    /// Its title.
    pub(super) title: String,
    /// The page with its figures.
    pub(super) link: String,
    /// Titles of actions are Dutch in every language.
    pub(super) is_dutch: bool,
}

impl Tied {
    /// The tie in words; what is gone from the monitor keeps its code.
    pub(super) fn of(page: &Page, tie: &Tie) -> Tied {
        let board = page.site.monitor.board();
        let (title, link, is_dutch) = match tie {
            Tie::Indicator(code) => {
                let found = board.indicator(code);
                let title = found.map(|found| found.title.or_dutch(page.language));
                let (title, language) = title.unwrap_or((code.as_str(), page.language));
                let is_dutch = language != page.language;
                (title.to_owned(), format!("/cijfers/{code}"), is_dutch)
            }
            Tie::Action(code) => {
                let mut all = board.programme().action.iter();
                let found = all.find(|action| action.code == *code);
                let title = found.map_or(code, |action| &action.title);
                (title.clone(), "/cijfers/acties".to_owned(), true)
            }
        };
        Tied {
            code: tie.to_string(),
            title,
            link,
            is_dutch,
        }
    }
}

/// Everything that an obligation can be tied to.
pub(super) fn known(page: &Page) -> Vec<Tie> {
    let board = page.site.monitor.board();
    let indicators = board.registry().indicators().iter();
    let actions = board.programme().action.iter();
    indicators
        .map(|indicator| Tie::Indicator(indicator.code.clone()))
        .chain(actions.map(|action| Tie::Action(action.code.clone())))
        .collect()
}

/// A tie to choose in a list.
pub(super) fn choice(page: &Page, tie: &Tie) -> Choice {
    let key = match tie {
        Tie::Indicator(_) => "cm-tie-indicator",
        Tie::Action(_) => "cm-tie-action",
    };
    let tied = Tied::of(page, tie);
    let label = page.plain(page.tt(key, "name", tied.title));
    Choice::new(&tied.code, label)
}
