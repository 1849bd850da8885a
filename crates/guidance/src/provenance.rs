//! Where a fact comes from, from when to when it holds, and whether somebody checked it.
//!
//! Every rule, clock, instrument and amount carries these; none of them may be shown without.

use serde::{Deserialize, Serialize};

use crate::day::Day;

/// Standing of a fact in law or practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Holds between its dates.
    InForce,
    /// Announced; shown, but never decides.
    Announced,
    /// Withdrawn altogether; never decides.
    Repealed,
}

/// Source, check and period of a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    /// Law and article (`Wet arbeid vreemdelingen art. 2`), letter or publication.
    ///
    /// What stands before ` art. ` is the title; its words in other languages are texts below
    /// `work`.
    pub article: String,
    /// Link to it.
    pub source: String,
    /// First day on which it holds.
    pub valid_from: Day,
    /// Last day on which it holds, if it ends.
    pub valid_to: Option<Day>,
    /// Day on which the source was last compared.
    pub checked_on: Day,
    /// Standing in law.
    pub status: Standing,
    /// Whether the source itself was read; if not, people see "controleer bij de bron".
    pub verified: bool,
    /// Remark for whoever keeps the file.
    pub note: Option<String>,
}

/// Something wrong with a [`Provenance`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProvenanceFault {
    /// The period ends before it begins.
    #[error("valid_to {to} lies before valid_from {from}")]
    EndsBeforeItBegins {
        /// First day.
        from: Day,
        /// Last day.
        to: Day,
    },
    /// The link is not a web address.
    #[error("source {link:?} is no web address")]
    NoWebAddress {
        /// What stands there.
        link: String,
    },
    /// A front page says nothing that could have been read.
    #[error("source {link:?} is a front page, so verified must be false")]
    FrontPage {
        /// What stands there.
        link: String,
    },
    /// No article or title is named.
    #[error("article is empty")]
    NoArticle,
}

impl Provenance {
    /// Title of the law, letter or page: the article without its number.
    #[must_use]
    pub fn work(&self) -> &str {
        work_of(&self.article)
    }

    /// Whether the fact holds on a day: in force and within its period.
    #[must_use]
    pub fn holds_on(&self, day: Day) -> bool {
        self.status == Standing::InForce && self.covers(day)
    }

    /// Whether the day lies within the period, whatever the standing.
    #[must_use]
    pub fn covers(&self, day: Day) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }

    /// Checks that the parts fit together.
    ///
    /// # Errors
    /// Names the first part that does not.
    pub fn check(&self) -> Result<(), ProvenanceFault> {
        if self.article.trim().is_empty() {
            return Err(ProvenanceFault::NoArticle);
        }
        if let Some(to) = self.valid_to
            && to < self.valid_from
        {
            let from = self.valid_from;
            return Err(ProvenanceFault::EndsBeforeItBegins { from, to });
        }
        let link = || self.source.clone();
        if !is_web_address(&self.source) {
            return Err(ProvenanceFault::NoWebAddress { link: link() });
        }
        if self.verified && is_front_page(&self.source) {
            return Err(ProvenanceFault::FrontPage { link: link() });
        }
        Ok(())
    }
}

/// Title of the law, letter or page that an article stands in: what comes before ` art. `.
#[must_use]
pub fn work_of(article: &str) -> &str {
    article.split(" art. ").next().unwrap_or(article)
}

/// Whether a web address names a site as a whole instead of a page.
#[must_use]
pub fn is_front_page(link: &str) -> bool {
    let (_, rest) = link.split_once("://").unwrap_or_default();
    rest.split_once('/').is_none_or(|(_, page)| page.is_empty())
}

/// Whether a text has the form of a web address: scheme, host with a dot, no blanks.
#[must_use]
pub fn is_web_address(link: &str) -> bool {
    let Some(rest) = link
        .strip_prefix("https://")
        .or_else(|| link.strip_prefix("http://"))
    else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    labels.len() >= 2
        && labels.iter().all(|label| !label.is_empty())
        && host
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
        && !rest
            .chars()
            .any(|c| c.is_whitespace() || "<>\"{}".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_pages_are_told_from_pages() {
        assert!(is_front_page("https://www.idw.nl") && is_front_page("https://www.idw.nl/"));
        assert!(!is_front_page(
            "https://wetten.overheid.nl/jci1.3:c:BWBR0044770&artikel=14"
        ));
    }

    #[test]
    fn web_addresses_are_told_from_other_text() {
        for good in [
            "https://wetten.overheid.nl/BWBR0044770/",
            "http://a.nl",
            "https://x.nl/a?b=c#d",
        ] {
            assert!(is_web_address(good), "{good}");
        }
        for bad in [
            "",
            "wetten.overheid.nl",
            "https://",
            "https://nl",
            "https://a..nl",
            "https://a.nl/b c",
            "ftp://a.nl",
        ] {
            assert!(!is_web_address(bad), "{bad}");
        }
    }
}
