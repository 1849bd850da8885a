//! Dossiers and members that documents are compared with.
//!
//! Dated data with a source; what is from memory is marked `unverified` and must be shown as
//! "controleer bij de bron".
//! This module must not decide what a slip is; `lint` does.

/// A dossier that exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownDossier {
    /// Its number.
    pub number: u32,
    /// Its chapter, for budgets.
    pub chapter: Option<String>,
    /// Its title.
    pub title: String,
    /// Whether somebody checked it at a source.
    pub verified: bool,
}

/// A member of the Chamber, now or in the past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownMember {
    /// First name and surname.
    pub name: String,
    /// Group.
    pub party: String,
    /// Whether somebody checked it at a source.
    pub verified: bool,
}

/// The lists to compare with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Dossiers.
    pub dossiers: Vec<KnownDossier>,
    /// Members.
    pub members: Vec<KnownMember>,
}

impl Known {
    /// The lists that come with the program.
    #[must_use]
    pub fn built_in() -> Known {
        Known {
            dossiers: rows(include_str!("../data/dossiers.csv"))
                .filter_map(|cells| match cells.as_slice() {
                    [number, chapter, title, source, _] => Some(KnownDossier {
                        number: number.parse().ok()?,
                        chapter: (!chapter.is_empty()).then(|| (*chapter).to_owned()),
                        title: (*title).to_owned(),
                        verified: *source != "unverified",
                    }),
                    _ => None,
                })
                .collect(),
            members: rows(include_str!("../data/members.csv"))
                .filter_map(|cells| match cells.as_slice() {
                    [name, party, source, _] => Some(KnownMember {
                        name: (*name).to_owned(),
                        party: (*party).to_owned(),
                        verified: *source != "unverified",
                    }),
                    _ => None,
                })
                .collect(),
        }
    }
}

/// The rows of a list without its header; no cell holds a comma or a quote.
fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().skip(1).map(|line| line.split(',').collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::people::Party;

    #[test]
    fn the_built_in_lists_are_whole() {
        let known = Known::built_in();
        let lines = |text: &str| text.lines().count() - 1;
        assert_eq!(
            known.dossiers.len(),
            lines(include_str!("../data/dossiers.csv"))
        );
        assert_eq!(
            known.members.len(),
            lines(include_str!("../data/members.csv"))
        );
        for member in &known.members {
            assert!(Party::known(&member.party).is_some(), "{}", member.party);
        }
        assert!(
            known
                .dossiers
                .iter()
                .all(|d| (10_000..100_000).contains(&d.number))
        );
    }
}
