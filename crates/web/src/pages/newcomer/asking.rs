//! The question whose answer would settle most, in words.

use application::work::explain::{Asked, Question};
use application::work::newcomer::asked_by;

use super::cv::language_name;
use super::story;
use crate::page::Page;

/// A question that is worth asking.
pub(crate) struct Worth {
    /// Key of the question, as the story asks it.
    pub(crate) key: String,
    /// Which language it is about, if it is about one.
    pub(crate) about: Option<String>,
    /// What the answer would do.
    pub(crate) why: String,
    /// Where the person answers it.
    pub(crate) path: String,
}

impl Worth {
    pub(crate) fn of(page: &Page, asked: &Asked) -> Worth {
        let question = asked_by(asked.question);
        let resolves = asked.resolves;
        let why = if resolves.settles > 0 {
            page.tn("newcomer-ask-settles", resolves.settles as usize)
        } else {
            page.tn("newcomer-ask-touches", resolves.touches as usize)
        };
        Worth {
            key: story::title_key(question),
            about: match asked.question {
                Question::Language { language } => Some(language_name(page, language)),
                _ => None,
            },
            why,
            path: story::path_from_work(question),
        }
    }
}
